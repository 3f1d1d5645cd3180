// Folding events into a Workspace. Nothing is decided here: each event says what became of what, and this writes it
// down. An event that speaks of a record that is not there (a damaged journal) changes nothing.
#include "lifecycle/engine.h"

#include "base/text.h"
#include "lifecycle/streams.h"
#include "lifecycle/views.h"

#include <algorithm>

namespace ca::lifecycle {
namespace {

class Fold {
public:
    Fold(Workspace& workspace, const Event& event)
        : workspace_(workspace), event_(event), account_(account_of(event.account)) {}

    // ---- People and catalogue -----------------------------------------------------------------------------

    void operator()(const AccountRegistered& body) {
        put(Account{.ods_code = body.ods_code,
                    .name = body.name,
                    .address = body.address,
                    .company_number = body.company_number,
                    .public_healthcare = body.public_healthcare,
                    .outside_uk = body.outside_uk,
                    .delivery_email = body.delivery_email});
    }

    void operator()(const ProductRegistered& body) {
        put(Product{.id = body.id, .name = body.name, .special_terms = body.special_terms});
    }

    void operator()(const ContactRegistered& body) {
        put(Contact{.email = body.email, .name = body.name, .account = account_});
    }

    void operator()(const ContactNominated& body) {
        change_contact(body.email, [&](Contact& contact) {
            contact.onboarding_contact = true;
            contact.nominated_at = event_.at;
        });
    }

    void operator()(const NominationEnded& body) {
        change_contact(body.email, [&](Contact& contact) {
            contact.onboarding_contact = false;
            contact.nominated_at.reset();
        });
    }

    void operator()(const ContactCorrected& body) {
        change_contact(body.email, [&](Contact& contact) { contact.name = body.name; });
    }

    void operator()(const AccountCorrected& body) {
        if (!workspace_.accounts.contains(body.record->ods_code)) return;
        const auto registration = company_registration_number(*body.was);
        for (const auto& each : Book(workspace_.book_of(body.record->ods_code)).agreements) {
            if (each->state == State::draft || each->party) continue;
            change_agreement(each->number, [&](Agreement& agreement) {
                agreement.party = {.name = body.was->name,
                                   .registration_number = registration.number,
                                   .registration_reason = registration.reason};
            });
        }
        put(*body.record);
    }

    void operator()(const TermsPublished& body) {
        put(TermsVersion{.version = body.version,
                         .title = body.title,
                         .standard_terms = body.standard_terms,
                         .acceptable_use_policy = body.acceptable_use_policy,
                         .changes = body.changes,
                         .uplift = body.uplift,
                         .published_at = event_.at});
        if (!body.uplift) return;
        std::vector<std::string> withdrawn;  // R51
        for (const auto& [number, agreement] : workspace_.agreements) {
            if (agreement.uplift_withdrawn) withdrawn.push_back(number);
        }
        for (const auto& number : withdrawn)
            change_agreement(number, [](Agreement& agreement) { agreement.uplift_withdrawn = false; });
    }

    // ---- Requests -----------------------------------------------------------------------------------------

    void operator()(const AgreementRequested& body) {
        put(Request{.number = body.number,
                    .account = account_,
                    .products = body.products,
                    .note = body.note,
                    .by = event_.by.name,
                    .at = event_.at});
    }

    void operator()(const RequestAnswered& body) {
        change(workspace_.requests, body.number, [&](Request& request) {
            request.state = RequestState::created;
            request.agreement = body.agreement;
        });
    }

    void operator()(const RequestDeclined& body) {
        change(workspace_.requests, body.number, [&](Request& request) {
            request.state = RequestState::declined;
            request.reason = body.reason;
        });
    }

    // ---- Agreements ---------------------------------------------------------------------------------------

    void operator()(const AgreementCreated& body) {
        put(Agreement{.number = body.number,
                      .name = body.name,
                      .account = account_,
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
        change_agreement(body.number, [&](Agreement& agreement) { agreement.name = body.name; });
    }

    void operator()(const AgreementIssued& body) {
        change_agreement(body.number, [&](Agreement& agreement) {
            agreement.substate = Substate::under_review;
            agreement.issued = body.on;
        });
    }

    void operator()(const AgreementAccepted& body) {
        change_agreement(body.number, [&](Agreement& agreement) {
            activate(agreement, body.on);
            agreement.accepted_by = body.accepted_by;
            agreement.supersedes = body.supersedes;
        });
    }

    void operator()(const AgreementAutoAccepted& body) {
        change_agreement(body.number, [&](Agreement& agreement) {
            activate(agreement, body.on);
            agreement.end_date = body.end_date;
            agreement.end_reason = body.end_reason;
        });
    }

    void operator()(const AgreementExpired& body) {
        change_agreement(body.number, [&](Agreement& agreement) {
            end(agreement, State::expired, body.ending);
            agreement.replaced_by = body.superseded_by;
        });
    }

    void operator()(const AgreementCancelled& body) {
        change_agreement(body.number, [&](Agreement& agreement) {
            end(agreement, State::cancelled, body.ending);
            agreement.ended_why = body.reason;
            agreement.replaced_by = body.replaced_by;
        });
        const Agreement* cancelled = workspace_.find_agreement(body.number);
        if (!cancelled || body.ending != Ending::withdrawn || cancelled->signature_type != SignatureType::auto_accepted)
            return;
        // Where the streams of a shared workspace are read one after the other, the next one may be known already.
        if (std::ranges::any_of(workspace_.terms,
                                [&](const auto& each) { return each.uplift && each.published_at > event_.at; }))
            return;
        change_agreement(cancelled->supersedes.value_or(""),
                         [](Agreement& superseded) { superseded.uplift_withdrawn = true; });  // R51
    }

    void operator()(const AgreementTerminated& body) {
        change_agreement(body.number, [&](Agreement& agreement) {
            agreement.end_date = body.end_date;
            agreement.end_reason = body.reason;
        });
    }

    void operator()(const ReviewPaused& body) {
        change_agreement(body.number, [&](Agreement& agreement) {
            agreement.review.pauses.push_back({.from = body.on, .reason = body.reason, .by = event_.by.name});
        });
    }

    void operator()(const ReviewResumed& body) {
        change_agreement(body.number, [&](Agreement& agreement) {
            auto& review = agreement.review;
            if (!review.paused()) return;
            review.day_one = review.day_one + (body.on - review.pauses.back().from);  // R45
            review.pauses.back().until = body.on;
        });
    }

    void operator()(const ReviewReset& body) {
        change_agreement(body.number, [&](Agreement& agreement) {
            auto& review = agreement.review;
            if (review.paused()) review.pauses.back().until = body.on;
            review.resets.push_back(body.on);
            review.day_one = body.on;
        });
    }

    void operator()(const DownloadRecorded& body) {
        change_agreement(body.number, [&](Agreement& agreement) {
            agreement.attachments.push_back({.file_name = body.file_name,
                                             .size = body.size,
                                             .sha256 = body.sha256,
                                             .by = body.person,
                                             .at = event_.at});
        });
    }

    // ---- Cases --------------------------------------------------------------------------------------------

    void operator()(const CaseOpened& body) {
        put(Case{.number = body.number,
                 .kind = body.kind,
                 .account = account_,
                 .agreement = body.agreement,
                 .opened = event_.at,
                 .opened_by = body.opened_by});
    }

    void operator()(const CaseEntryAdded& body) {
        change(workspace_.cases, body.number, [&](Case& the_case) {
            // Entries that are not in this stream; more than that no case has.
            constexpr std::int64_t hidden_max = 10'000;
            const std::int64_t hidden = body.place.value_or(0) - std::ssize(the_case.activity);
            if (hidden > 0 && hidden <= hidden_max)
                the_case.activity.resize(static_cast<std::size_t>(*body.place),
                                         {.at = event_.at, .author = {}, .text = {}, .visible_to_customer = false});
            the_case.activity.push_back({.at = event_.at,
                                         .author = body.author,
                                         .text = body.text,
                                         .visible_to_customer = body.visible_to_customer});
        });
    }

    void operator()(const CaseStateChanged& body) {
        change(workspace_.cases, body.number, [&](Case& the_case) {
            const bool was_open = the_case.is_open();
            the_case.state = body.state;
            if (the_case.is_open()) {
                the_case.settled_at.reset();
            } else if (was_open) {
                the_case.settled_at = event_.at;
            }
        });
    }

    void operator()(const WatcherAdded& body) {
        change(workspace_.cases, body.number, [&](Case& the_case) { the_case.watch_list.push_back(body.email); });
    }

    void operator()(const WatcherRemoved& body) {
        change(workspace_.cases, body.number, [&](Case& the_case) {
            const std::string address = to_ascii_lower(body.email);
            std::erase_if(the_case.watch_list,
                          [&](const std::string& each) { return to_ascii_lower(each) == address; });
        });
    }

    void operator()(const NotificationsSent& body) {
        const bool ends = body.kind == NotificationKind::agreement_termination;
        const auto* ending = ends ? workspace_.find_agreement(body.agreement) : nullptr;
        for (const auto& address : body.to) {
            put(Notification{.at = event_.at,
                             .kind = body.kind,
                             .account = account_,
                             .agreement = body.agreement,
                             .case_number = body.case_number,
                             .to = address,
                             .entry = body.entry.value_or(-1),
                             .end_date = ending ? ending->end_date : std::nullopt,
                             .end_reason = ending ? ending->end_reason.value_or("") : std::string()});
        }
        if (body.kind == NotificationKind::case_update)
            return;  // a copy of an entry is no notice of the agreement (R31)
        change_agreement(body.agreement, [&](Agreement& agreement) {
            for (const auto& address : body.to) {
                const auto is_same = [&](const std::string& each) {
                    return to_ascii_lower(each) == to_ascii_lower(address);
                };
                if (std::ranges::none_of(agreement.notified, is_same)) agreement.notified.push_back(address);
            }
        });
    }

    void operator()(const NotificationMarkedSent& body) {
        mark(body.notification, body.to, SentMark{.by = event_.by.name, .at = event_.at});
    }
    void operator()(const NotificationMarkedToSend& body) { mark(body.notification, body.to, std::nullopt); }

    // ---- Imports ------------------------------------------------------------------------------------------

    void operator()(const AccountImported& body) { put(body.record); }
    void operator()(const ContactImported& body) { put(body.record); }
    void operator()(const ProductImported& body) { put(body.record); }
    void operator()(const TermsImported& body) { put(body.record); }
    void operator()(const AgreementImported& body) { put(*body.record); }
    void operator()(const CaseImported& body) { put(body.record); }

    void operator()(const ServiceNowRowKept& body) {
        put(ServiceNowRow{.table = body.table, .sys_id = body.sys_id, .row = body.row});
    }

    // ---- Shared workspaces --------------------------------------------------------------------------------

    void operator()(const CommandSigned&) {}  // what it caused says what became of it
    void operator()(const PersonInvited& body) {
        put(Access{.user = body.invitation,
                   .person = body.person,
                   .account = account_,
                   .since = event_.at,
                   .until = body.until});
    }
    void operator()(const DeviceAdmitted& body) {
        change(workspace_.access, body.invitation, [&](Access& invitation) { invitation.removed = event_.at; });
        put(Access{.user = body.user,
                   .person = body.person,
                   .account = account_,
                   .key = body.key,
                   .device = body.device,
                   .since = event_.at});
    }
    void operator()(const AccessRemoved& body) {
        change(workspace_.access, body.access, [&](Access& each) { each.removed = event_.at; });
    }

private:
    template<typename Record>
    void put(Record record) {
        workspace_.put(std::move(record));
    }

    template<typename Records, typename Edit>
    void change(const Records& records, const std::string& key, Edit edit) {
        const auto* known = records.get(key);
        if (!known) return;
        auto changed = *known;
        edit(changed);
        workspace_.put(std::move(changed));
    }
    template<typename Edit>
    void change_contact(const std::string& email, Edit edit) {
        change(workspace_.contacts, email, edit);
    }
    template<typename Edit>
    void change_agreement(const std::string& number, Edit edit) {
        change(workspace_.agreements, number, edit);
    }

    void mark(int place, const std::string& to, std::optional<SentMark> mark) {
        if (place < 1 || static_cast<std::size_t>(place) > workspace_.notifications.size()) return;
        const auto at = static_cast<std::size_t>(place) - 1;
        Notification changed = workspace_.notifications[at];
        if (changed.to != to) return;
        changed.marked_sent = std::move(mark);
        workspace_.put(at, std::move(changed));
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
    std::string account_;
};

}  // namespace

void apply(Workspace& workspace, const Event& event) {
    std::visit(Fold(workspace, event), event.body);
    workspace.now = std::max(workspace.now, event.at);
}

}  // namespace ca::lifecycle
