// Cases: queries, notes, replies, watch lists (C1–C3, R56–R59), and the release of a held acceptance (U5).
#include "lifecycle/decide.h"

#include "base/text.h"

#include <algorithm>

namespace ca::lifecycle {
namespace {

// R56: what an entry makes of the case's state.
CaseState state_after(CaseState state, EntryKind kind) {
    switch (kind) {
        case EntryKind::note:
            return state == CaseState::awaiting_info || state == CaseState::resolved ? CaseState::open : state;
        case EntryKind::reply: return state == CaseState::fresh ? CaseState::open : state;
        case EntryKind::work_note: return state;
        case EntryKind::question: return CaseState::awaiting_info;
        case EntryKind::resolution: return CaseState::resolved;
    }
    return state;
}

void add_entry(Recorder& record, const Case& the_case, const std::string& author, const std::string& text,
               bool visible_to_customer) {
    const std::string number = the_case.number;
    const std::string account = the_case.account;
    const std::string agreement = the_case.agreement;
    const int entry = static_cast<int>(the_case.activity.size());
    const std::vector<std::string> watchers = the_case.watch_list;
    record.record(
        account, number,
        CaseEntryAdded{.number = number, .author = author, .text = text, .visible_to_customer = visible_to_customer});
    if (!visible_to_customer || watchers.empty()) return;
    record.record(account, number,
                  NotificationsSent{.kind = NotificationKind::case_update,
                                    .agreement = agreement,
                                    .case_number = number,
                                    .entry = entry,
                                    .to = watchers});
}

Result<const Case*> look_up_unclosed_case(const Context& context, const std::string& number) {
    const Case* the_case = CA_TRY(look_up_case(context, number));
    if (the_case->state == CaseState::closed) {
        return fail("case_closed",
                    "The case " + the_case->number + " is Closed and takes no more entries. Raise a query instead.");
    }
    return the_case;
}

bool watches(const Case& the_case, const std::string& email) {
    const std::string address = to_ascii_lower(email);
    return std::ranges::any_of(the_case.watch_list,
                               [&](const std::string& each) { return to_ascii_lower(each) == address; });
}

}  // namespace

// ---- Consequences -----------------------------------------------------------------------------------------

std::string open_case(Recorder& record, const std::string& account, const std::string& agreement, CaseKind kind,
                      const std::string& opened_by) {
    const std::string number = next_case_number(record.before());
    record.record(account, number,
                  CaseOpened{.number = number, .kind = kind, .agreement = agreement, .opened_by = opened_by});
    return number;
}

void write_entry(Recorder& record, const std::string& case_number, EntryKind kind, const std::string& author,
                 const std::string& text) {
    const Case* the_case = record.workspace().find_case(case_number);
    if (!the_case) return;
    const CaseState before = the_case->state;
    const CaseState after = state_after(before, kind);
    const std::string account = the_case->account;
    add_entry(record, *the_case, author, text, kind != EntryKind::work_note);
    if (after != before) record.record(account, case_number, CaseStateChanged{.number = case_number, .state = after});
}

void close_case(Recorder& record, const std::string& case_number, const std::string& author, const std::string& text) {
    const Case* the_case = record.workspace().find_case(case_number);
    if (!the_case || the_case->state == CaseState::closed) return;
    const std::string account = the_case->account;
    add_entry(record, *the_case, author, text, true);
    record.record(account, case_number, CaseStateChanged{.number = case_number, .state = CaseState::closed});
}

// ---- Commands ---------------------------------------------------------------------------------------------

Result<Decision> decide(const Context& context, const ask::RaiseQuery& given) {
    const Agreement* agreement = CA_TRY(look_up_agreement(context, given.number));
    if (agreement->substate == Substate::awaiting_review) {
        return wrong_state(state_in_words(*agreement) + ". A query can be raised once it has been issued for review.");
    }
    const std::string person = name_of(context.workspace, context.actor);
    const std::string text = given.description;
    Recorder record(context);

    std::string case_number;
    const Case* acceptance = context.workspace.find_case(agreement->acceptance_case.value_or(""));
    const bool is_portal_draft =
        agreement->state == State::draft && agreement->signature_type == SignatureType::accepted_via_portal;
    if (is_portal_draft && acceptance && acceptance->state != CaseState::closed) {
        case_number = acceptance->number;  // R57
        write_entry(record, case_number, EntryKind::note, person, text);
    } else {
        case_number = open_case(record, agreement->account, agreement->number, CaseKind::query, person);
        write_entry(record, case_number, EntryKind::note, person, text);
    }
    Decision decision = std::move(record).decision();
    decision.case_number = case_number;
    return decision;
}

namespace {

Result<Decision> decide_entry(const Context& context, const std::string& number, EntryKind kind,
                              const std::string& text) {
    const Case* the_case = CA_TRY(look_up_unclosed_case(context, number));
    if (kind == EntryKind::resolution && the_case->state == CaseState::resolved) {
        return wrong_state("The case " + the_case->number +
                           " is Resolved already. Reply to it, or ask for information, instead.");
    }
    Recorder record(context);
    write_entry(record, the_case->number, kind, name_of(context.workspace, context.actor), text);
    if (kind == EntryKind::resolution && the_case->kind == CaseKind::query) {
        fall_due(record, context.now);  // U5: a held acceptance happens at this instant
    }
    return std::move(record).decision();
}

}  // namespace

Result<Decision> decide(const Context& context, const ask::AddNote& given) {
    return decide_entry(context, given.case_number, EntryKind::note, given.text);
}
Result<Decision> decide(const Context& context, const ask::Reply& given) {
    return decide_entry(context, given.case_number, EntryKind::reply, given.text);
}
Result<Decision> decide(const Context& context, const ask::WorkNote& given) {
    return decide_entry(context, given.case_number, EntryKind::work_note, given.text);
}
Result<Decision> decide(const Context& context, const ask::AskForInfo& given) {
    return decide_entry(context, given.case_number, EntryKind::question, given.text);
}
Result<Decision> decide(const Context& context, const ask::Resolve& given) {
    return decide_entry(context, given.case_number, EntryKind::resolution, given.text);
}

Result<Decision> decide(const Context& context, const ask::Watch& given) {
    const Case* the_case = CA_TRY(look_up_unclosed_case(context, given.case_number));  // R59
    const std::string email = given.email;
    if (watches(*the_case, email)) return Decision{};  // R13
    Recorder record(context);
    record.record(the_case->account, the_case->number, WatcherAdded{.number = the_case->number, .email = email});
    return std::move(record).decision();
}

Result<Decision> decide(const Context& context, const ask::Unwatch& given) {
    const Case* the_case = CA_TRY(look_up_case(context, given.case_number));
    const std::string email = given.email;
    if (!watches(*the_case, email)) return Decision{};
    Recorder record(context);
    record.record(the_case->account, the_case->number, WatcherRemoved{.number = the_case->number, .email = email});
    return std::move(record).decision();
}

Result<Decision> decide(const Context& context, const ask::ShowCase& given) {
    const Case* the_case = CA_TRY(look_up_case(context, given.case_number));
    Decision decision;
    decision.case_number = the_case->number;
    return decision;
}

}  // namespace ca::lifecycle
