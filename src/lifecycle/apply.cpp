// Folding events into a Workspace. Nothing is decided here: each event says what became of what, and this writes it down. An event
// that speaks of a record that is not there (a damaged journal) changes nothing.
#include "lifecycle/engine.h"

#include "base/text.h"
#include "lifecycle/views.h"

#include <algorithm>

namespace ca::lifecycle {
namespace {

// The digits of a number such as CNTR0000042, so that none is used twice (L1, L2).
std::uint32_t digits_of(std::string_view number, std::string_view prefix) {
    if (!number.starts_with(prefix)) return 0;
    const auto value = parse_version(number.substr(prefix.size()));
    return value ? value->parts[0] : 0;
}

class Fold {
public:
    Fold(Workspace& workspace, const Event& event) : workspace_(workspace), event_(event) {}

    // ---- People and catalogue

    void operator()(const AccountRegistered& body) {
        workspace_.accounts[body.ods_code] = {.ods_code = body.ods_code,
                                              .name = body.name,
                                              .address = body.address,
                                              .company_number = body.company_number,
                                              .public_healthcare = body.public_healthcare,
                                              .outside_uk = body.outside_uk,
                                              .delivery_email = body.delivery_email};
    }

    void operator()(const ProductRegistered& body) { put({.id = body.id, .name = body.name, .special_terms = body.special_terms}); }

    void operator()(const ContactRegistered& body) {
        put({.email = body.email, .name = body.name, .account = event_.account});
    }

    void operator()(const ContactNominated& body) {
        if (auto* contact = find(workspace_.contacts, body.email)) {
            contact->onboarding_contact = true;
            contact->nominated_at = event_.at;
        }
    }

    void operator()(const NominationEnded& body) {
        if (auto* contact = find(workspace_.contacts, body.email)) {
            contact->onboarding_contact = false;
            contact->nominated_at.reset();
        }
    }

    void operator()(const ContactCorrected& body) {
        if (auto* contact = find(workspace_.contacts, body.email)) contact->name = body.name;
    }

    void operator()(const AccountCorrected& body) {
        auto* account = find(workspace_.accounts, body.record.ods_code);
        if (!account) return;
        for (auto& [number, agreement] : workspace_.agreements) {
            if (agreement.account != body.record.ods_code || agreement.state == State::draft || agreement.party) continue;
            const auto registration = company_registration_number(body.was);
            agreement.party = {.name = body.was.name, .registration_number = registration.number, .registration_reason = registration.reason};
        }
        *account = body.record;
    }

    void operator()(const TermsPublished& body) {
        put({.version = body.version,
             .title = body.title,
             .standard_terms = body.standard_terms,
             .acceptable_use_policy = body.acceptable_use_policy,
             .changes = body.changes,
             .uplift = body.uplift,
             .published_at = event_.at});
        if (!body.uplift) return;
        for (auto& [number, agreement] : workspace_.agreements) agreement.uplift_withdrawn = false;  // R51
    }

    // ---- Requests

    void operator()(const AgreementRequested& body) {
        workspace_.requests[body.number] = {.number = body.number,
                                            .account = event_.account,
                                            .products = body.products,
                                            .note = body.note,
                                            .by = event_.by.name,
                                            .at = event_.at};
        workspace_.last_request = std::max(workspace_.last_request, digits_of(body.number, "REQ"));
    }

    void operator()(const RequestAnswered& body) {
        if (auto* request = find(workspace_.requests, body.number)) {
            request->state = RequestState::created;
            request->agreement = body.agreement;
        }
    }

    void operator()(const RequestDeclined& body) {
        if (auto* request = find(workspace_.requests, body.number)) {
            request->state = RequestState::declined;
            request->reason = body.reason;
        }
    }

    // ---- Agreements

    void operator()(const AgreementCreated& body) {
        put(Agreement{.number = body.number,
                      .name = body.name,
                      .account = event_.account,
                      .products = body.products,
                      .terms_version = body.terms_version,
                      .from_version = body.from_version,
                      .signature_type = body.signature_type,
                      .state = State::draft,
                      .substate = Substate::awaiting_review,
                      .created = event_.at,
                      .review = {.window_days = body.window_days, .day_one = body.day_one},
                      .supersedes = body.supersedes,
                      .acceptance_case = body.acceptance_case});
    }

    void operator()(const AgreementRenamed& body) {
        if (auto* agreement = find_agreement(body.number)) agreement->name = body.name;
    }

    void operator()(const AgreementIssued& body) {
        if (auto* agreement = find_agreement(body.number)) {
            agreement->substate = Substate::under_review;
            agreement->issued = body.on;
        }
    }

    void operator()(const AgreementAccepted& body) {
        if (auto* agreement = find_agreement(body.number)) {
            activate(*agreement, body.on);
            agreement->accepted_by = body.accepted_by;
            agreement->supersedes = body.supersedes;
        }
    }

    void operator()(const AgreementAutoAccepted& body) {
        if (auto* agreement = find_agreement(body.number)) {
            activate(*agreement, body.on);
            agreement->end_date = body.end_date;
            agreement->end_reason = body.end_reason;
        }
    }

    void operator()(const AgreementExpired& body) {
        if (auto* agreement = find_agreement(body.number)) {
            end(*agreement, State::expired, body.ending);
            agreement->replaced_by = body.superseded_by;
        }
    }

    void operator()(const AgreementCancelled& body) {
        auto* agreement = find_agreement(body.number);
        if (!agreement) return;
        end(*agreement, State::cancelled, body.ending);
        agreement->ended_why = body.reason;
        agreement->replaced_by = body.replaced_by;
        if (body.ending != Ending::withdrawn || agreement->signature_type != SignatureType::auto_accepted) return;
        if (auto* superseded = find_agreement(agreement->supersedes.value_or(""))) superseded->uplift_withdrawn = true;  // R51
    }

    void operator()(const AgreementTerminated& body) {
        if (auto* agreement = find_agreement(body.number)) {
            agreement->end_date = body.end_date;
            agreement->end_reason = body.reason;
        }
    }

    void operator()(const ReviewPaused& body) {
        if (auto* agreement = find_agreement(body.number)) {
            agreement->review.pauses.push_back({.from = body.on, .reason = body.reason, .by = event_.by.name});
        }
    }

    void operator()(const ReviewResumed& body) {
        auto* agreement = find_agreement(body.number);
        if (!agreement || !agreement->review.paused()) return;
        auto& review = agreement->review;
        review.day_one = review.day_one + (body.on - review.pauses.back().from);  // R45
        review.pauses.back().until = body.on;
    }

    void operator()(const ReviewReset& body) {
        auto* agreement = find_agreement(body.number);
        if (!agreement) return;
        auto& review = agreement->review;
        if (review.paused()) review.pauses.back().until = body.on;
        review.resets.push_back(body.on);
        review.day_one = body.on;
    }

    void operator()(const DownloadRecorded& body) {
        if (auto* agreement = find_agreement(body.number)) {
            agreement->attachments.push_back(
                {.file_name = body.file_name, .size = body.size, .sha256 = body.sha256, .by = body.person, .at = event_.at});
        }
    }

    // ---- Cases

    void operator()(const CaseOpened& body) {
        put(Case{.number = body.number,
                 .kind = body.kind,
                 .account = event_.account,
                 .agreement = body.agreement,
                 .opened = event_.at,
                 .opened_by = body.opened_by});
    }

    void operator()(const CaseEntryAdded& body) {
        if (auto* the_case = find(workspace_.cases, body.number)) {
            the_case->activity.push_back(
                {.at = event_.at, .author = body.author, .text = body.text, .visible_to_customer = body.visible_to_customer});
        }
    }

    void operator()(const CaseStateChanged& body) {
        auto* the_case = find(workspace_.cases, body.number);
        if (!the_case) return;
        const bool was_open = the_case->is_open();
        the_case->state = body.state;
        if (the_case->is_open()) {
            the_case->settled_at.reset();
        } else if (was_open) {
            the_case->settled_at = event_.at;
        }
    }

    void operator()(const WatcherAdded& body) {
        if (auto* the_case = find(workspace_.cases, body.number)) the_case->watch_list.push_back(body.email);
    }

    void operator()(const WatcherRemoved& body) {
        if (auto* the_case = find(workspace_.cases, body.number)) {
            const std::string address = to_ascii_lower(body.email);
            std::erase_if(the_case->watch_list, [&](const std::string& each) { return to_ascii_lower(each) == address; });
        }
    }

    void operator()(const NotificationsSent& body) {
        const bool ends = body.kind == NotificationKind::agreement_termination;
        const auto* ending = ends ? find_agreement(body.agreement) : nullptr;
        for (const auto& address : body.to) {
            workspace_.notifications.push_back({.at = event_.at,
                                                .kind = body.kind,
                                                .account = event_.account,
                                                .agreement = body.agreement,
                                                .case_number = body.case_number,
                                                .to = address,
                                                .entry = body.entry.value_or(-1),
                                                .end_date = ending ? ending->end_date : std::nullopt,
                                                .end_reason = ending ? ending->end_reason.value_or("") : std::string()});
        }
        if (body.kind == NotificationKind::case_update) return;  // a copy of an entry is no notice of the agreement (R31)
        auto* agreement = find_agreement(body.agreement);
        if (!agreement) return;
        for (const auto& address : body.to) {
            const auto is_same = [&](const std::string& each) { return to_ascii_lower(each) == to_ascii_lower(address); };
            if (std::ranges::none_of(agreement->notified, is_same)) agreement->notified.push_back(address);
        }
    }

    void operator()(const NotificationMarkedSent& body) {
        if (auto* notification = find_notification(body.notification, body.to)) {
            notification->marked_sent = SentMark{.by = event_.by.name, .at = event_.at};
        }
    }

    void operator()(const NotificationMarkedToSend& body) {
        if (auto* notification = find_notification(body.notification, body.to)) notification->marked_sent.reset();
    }

    // ---- Imports

    void operator()(const AccountImported& body) { workspace_.accounts[to_ascii_upper(body.record.ods_code)] = body.record; }
    void operator()(const ContactImported& body) { put(body.record); }
    void operator()(const ProductImported& body) { put(body.record); }
    void operator()(const TermsImported& body) { put(body.record); }
    void operator()(const AgreementImported& body) { put(body.record); }
    void operator()(const CaseImported& body) { put(body.record); }

    void operator()(const ServiceNowRowKept& body) {
        auto& rows = workspace_.servicenow_rows;
        const int arrival = static_cast<int>(rows.size());
        auto [row, is_new] = rows.try_emplace(body.table + "/" + body.sys_id);
        const int position = is_new ? arrival : row->second.position;
        row->second = {.table = body.table, .sys_id = body.sys_id, .row = body.row, .position = position};
    }

private:
    template<typename Map>
    static typename Map::mapped_type* find(Map& map, const std::string& key) {
        const auto found = map.find(key);
        return found == map.end() ? nullptr : &found->second;
    }

    Notification* find_notification(int place, const std::string& to) {
        if (place < 1 || static_cast<std::size_t>(place) > workspace_.notifications.size()) return nullptr;
        auto& found = workspace_.notifications[static_cast<std::size_t>(place) - 1];
        return found.to == to ? &found : nullptr;
    }

    Agreement* find_agreement(const std::string& number) { return find(workspace_.agreements, number); }

    void put(Product product) {
        if (!workspace_.products.contains(product.id)) workspace_.product_order.push_back(product.id);
        workspace_.products[product.id] = std::move(product);
    }

    void put(Contact contact) {
        const std::string key = to_ascii_lower(contact.email);
        const auto known = workspace_.contacts.find(key);
        contact.order = known == workspace_.contacts.end() ? static_cast<int>(workspace_.contacts.size()) : known->second.order;
        workspace_.contacts[key] = std::move(contact);
    }

    void put(TermsVersion terms) {
        const auto known = std::ranges::find(workspace_.terms, terms.version, &TermsVersion::version);
        if (known == workspace_.terms.end()) {
            workspace_.terms.push_back(std::move(terms));
        } else if (known->imported_stub && !terms.imported_stub) {
            workspace_.terms.erase(known);  // its publication is what counts for the order
            workspace_.terms.push_back(std::move(terms));
        } else if (!terms.imported_stub) {
            *known = std::move(terms);
        }
    }

    void put(Agreement agreement) {
        workspace_.last_agreement = std::max(workspace_.last_agreement, digits_of(agreement.number, "CNTR"));
        workspace_.agreements[agreement.number] = std::move(agreement);
    }

    void put(Case the_case) {
        workspace_.last_case = std::max(workspace_.last_case, digits_of(the_case.number, "CS"));
        workspace_.cases[the_case.number] = std::move(the_case);
    }

    void activate(Agreement& agreement, Date on) {
        agreement.state = State::active;
        agreement.substate.reset();
        agreement.accepted_on = on;
        agreement.start_date = on;
        agreement.activated_at = event_.at;
    }

    void end(Agreement& agreement, State state, Ending ending) {
        agreement.state = state;
        agreement.substate.reset();
        agreement.ended_at = event_.at;
        agreement.ending = ending;
        agreement.ended_why = to_words(ending);
    }

    Workspace& workspace_;
    const Event& event_;
};

}  // namespace

void apply(Workspace& workspace, const Event& event) {
    std::visit(Fold(workspace, event), event.body);
    workspace.now = std::max(workspace.now, event.at);
}

}  // namespace ca::lifecycle
