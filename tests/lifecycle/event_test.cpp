#include "lifecycle/event.h"

#include <doctest/doctest.h>

#include <set>

using namespace ca::lifecycle;

TEST_CASE("each event has a type of its own, and an empty body of that type") {
    std::set<std::string_view> seen;
    for (const auto type : event_types()) {
        CHECK_MESSAGE(seen.insert(type).second, type);
        const auto body = empty_body(type);
        REQUIRE_MESSAGE(body.has_value(), type);
        CHECK(type_of(*body) == type);
    }
    CHECK(seen.size() == std::variant_size_v<EventBody>);
    CHECK_FALSE(empty_body("agreement_deleted").has_value());
}

TEST_CASE("no member of a body is called like one of the envelope's, and each is named once") {
    for (const auto type : event_types()) {
        std::set<std::string> names{"type", "at", "by", "account", "entity"};
        std::visit(
            [&](const auto& body) {
                std::decay_t<decltype(body)>::describe(
                    [&](std::string_view name, const auto&) {
                        CHECK_MESSAGE(names.insert(std::string(name)).second, type << "." << name);
                    },
                    body);
            },
            *empty_body(type));
        CHECK_MESSAGE(names.size() > 5, type);
    }
}

namespace {

template<typename Enum>
void check_words(std::initializer_list<Enum> values) {
    std::set<std::string_view> seen;
    for (const Enum value : values) {
        CHECK(seen.insert(to_words(value)).second);
        CHECK(from_words<Enum>(to_words(value)) == value);
    }
    CHECK_FALSE(from_words<Enum>("").has_value());
    CHECK_FALSE(from_words<Enum>("draft ").has_value());
}

}  // namespace

TEST_CASE("words of enums read back") {
    check_words({State::draft, State::active, State::expired, State::cancelled});
    check_words({Substate::awaiting_review, Substate::under_review});
    check_words({SignatureType::accepted_via_portal, SignatureType::auto_accepted});
    check_words({Role::agreement_team, Role::product_team, Role::contact, Role::visitor, Role::system});
    check_words({CaseKind::acceptance, CaseKind::query});
    check_words({CaseState::fresh, CaseState::open, CaseState::awaiting_info, CaseState::resolved, CaseState::closed});
    check_words({NotificationKind::new_agreement, NotificationKind::uplift_v5_to_v6, NotificationKind::terms_change,
                 NotificationKind::agreement_termination, NotificationKind::case_update});
    check_words({Ending::not_accepted, Ending::withdrawn, Ending::replaced, Ending::no_longer_applies,
                 Ending::agreement_ended, Ending::superseded, Ending::end_date_reached});
    check_words({RequestState::open, RequestState::created, RequestState::declined});
    CHECK(to_words(State::draft) == "Draft");
    CHECK(to_words(Substate::under_review) == "Under Review");
    CHECK(to_words(SignatureType::auto_accepted) == "Auto Accepted");
    CHECK(to_words(CaseState::fresh) == "New");
    CHECK(to_words(CaseState::awaiting_info) == "Awaiting Info");
}

TEST_CASE("versions order by their numbers, missing parts count as zero (R24)") {
    CHECK(order_of("6") == order_of("6.0.0.0"));
    CHECK(order_of("06.00") == order_of("6"));
    CHECK(order_of("6.9") < order_of("6.10"));
    CHECK(order_of("6.10.0.1") > order_of("6.10"));
    CHECK(order_of("draft") < order_of("0.1"));
    for (const char* bad : {"", ".", "6.", ".6", "6..1", "1.2.3.4.5", "v6", "6a", " 6", "-1", "99999999999"})
        CHECK_MESSAGE(!parse_version(bad), bad);
}
