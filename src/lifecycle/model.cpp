#include "lifecycle/model.h"

#include "base/text.h"

#include <algorithm>
#include <limits>
#include <span>

namespace ca::lifecycle {
namespace {

// ---- Words of enums ---------------------------------------------------------------------------------------
// One table an enum, in the order of its values; to_words and from_words both read it.

template<typename Enum>
struct Words;

template<>
struct Words<State> {
    static constexpr std::array<std::string_view, 4> list{"Draft", "Active", "Expired", "Cancelled"};
};
template<>
struct Words<Substate> {
    static constexpr std::array<std::string_view, 2> list{"Awaiting Review", "Under Review"};
};
template<>
struct Words<SignatureType> {
    static constexpr std::array<std::string_view, 2> list{"Accepted via Portal", "Auto Accepted"};
};
template<>
struct Words<Role> {
    static constexpr std::array<std::string_view, 5> list{"team", "products", "contact", "visitor", "system"};
};
template<>
struct Words<CaseKind> {
    static constexpr std::array<std::string_view, 2> list{"acceptance", "query"};
};
template<>
struct Words<CaseState> {
    static constexpr std::array<std::string_view, 5> list{"New", "Open", "Awaiting Info", "Resolved", "Closed"};
};
template<>
struct Words<NotificationKind> {
    static constexpr std::array<std::string_view, 5> list{"new_agreement", "uplift_v5_to_v6", "terms_change",
                                                          "agreement_termination", "case_update"};
};
template<>
struct Words<Ending> {
    static constexpr std::array<std::string_view, 7> list{"not accepted in time",
                                                          "withdrawn",
                                                          "replaced by a newer terms change",
                                                          "no longer applies",
                                                          "the agreement it would have superseded ended",
                                                          "superseded",
                                                          "end date reached"};
};
template<>
struct Words<RequestState> {
    static constexpr std::array<std::string_view, 3> list{"Open", "Created", "Declined"};
};

template<typename Enum>
std::string_view words_of(Enum value) {
    return Words<Enum>::list[static_cast<std::size_t>(value)];
}

}  // namespace

std::string_view to_words(State value) { return words_of(value); }
std::string_view to_words(Substate value) { return words_of(value); }
std::string_view to_words(SignatureType value) { return words_of(value); }
std::string_view to_words(Role value) { return words_of(value); }
std::string_view to_words(CaseKind value) { return words_of(value); }
std::string_view to_words(CaseState value) { return words_of(value); }
std::string_view to_words(NotificationKind value) { return words_of(value); }
std::string_view to_words(Ending value) { return words_of(value); }
std::string_view to_words(RequestState value) { return words_of(value); }

template<typename Enum>
std::optional<Enum> from_words(std::string_view words) {
    const auto& list = Words<Enum>::list;
    const auto found = std::ranges::find(list, words);
    if (found == list.end()) return std::nullopt;
    return static_cast<Enum>(found - list.begin());
}

template std::optional<State> from_words<State>(std::string_view);
template std::optional<Substate> from_words<Substate>(std::string_view);
template std::optional<SignatureType> from_words<SignatureType>(std::string_view);
template std::optional<Role> from_words<Role>(std::string_view);
template std::optional<CaseKind> from_words<CaseKind>(std::string_view);
template std::optional<CaseState> from_words<CaseState>(std::string_view);
template std::optional<NotificationKind> from_words<NotificationKind>(std::string_view);
template std::optional<Ending> from_words<Ending>(std::string_view);
template std::optional<RequestState> from_words<RequestState>(std::string_view);

std::string_view rule_of(Ending ending) {
    constexpr std::array<std::string_view, 7> rules{"N4", "E3", "U6", "U7", "E2", "N3", "E1"};
    return rules[static_cast<std::size_t>(ending)];
}

// ---- Versions ---------------------------------------------------------------------------------------------

std::optional<VersionNumber> parse_version(std::string_view text) {
    const auto parts = split(text, '.');
    VersionNumber version;
    if (parts.size() > version.parts.size()) return std::nullopt;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].empty()) return std::nullopt;
        std::uint64_t value = 0;
        for (const char digit : parts[i]) {
            if (digit < '0' || digit > '9') return std::nullopt;
            value = value * 10 + static_cast<std::uint64_t>(digit - '0');
            if (value > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
        }
        version.parts[i] = static_cast<std::uint32_t>(value);
    }
    return version;
}

VersionNumber order_of(std::string_view version) { return parse_version(version).value_or(VersionNumber{}); }

}  // namespace ca::lifecycle
