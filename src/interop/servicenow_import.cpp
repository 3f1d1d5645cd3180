#include "interop/servicenow_export.h"

#include "base/shown_text.h"
#include "base/text.h"
#include "lifecycle/engine.h"

#include <algorithm>
#include <set>
#include <utility>

namespace ca::interop {

namespace {

using namespace lifecycle;

std::string get(const Fields& fields, std::string_view field) {
    auto const found = fields.find(field);
    return found == fields.end() ? std::string() : found->second;
}

std::optional<std::string> optional_text(std::string text) {
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

std::optional<Date> optional_date(std::string_view text) {
    auto const date = parse_date(text);
    return date ? std::optional(*date) : std::nullopt;
}

Instant instant_of(const std::string& text) {
    return parse_instant(text).value_or(Instant{});
}  // Fields hold only sound ones

// ---- Merging ----------------------------------------------------------------------------------------------

// What belongs together changes together: a record is never half as it was there and half as it became here.
const std::vector<std::vector<std::string>>& groups(Table table) {
    static const std::array<std::vector<std::vector<std::string>>, 4> all = {{
        {},
        {},
        {{"state", "substate", "start_date", "end_date", "accepted_on", "accepted_by", "superseded_contract",
          "review_day_one", "paused_on", "pause_reason"}},
        {},
    }};
    return all[static_cast<std::size_t>(table)];
}

// Of three: what the row said when it last came, what it says now, and what the record is here. What differs there is
// taken.
Fields merge(Table table, const Fields& before, const Fields& incoming, const Fields& here) {
    Fields merged = here;
    auto differs = [&](const std::string& field) { return get(before, field) != get(incoming, field); };
    for (auto const& [field, text] : incoming)
        if (differs(field)) merged[field] = text;
    for (auto const& group : groups(table))
        if (std::any_of(group.begin(), group.end(), differs))
            for (auto const& field : group) merged[field] = get(incoming, field);
    return merged;
}

// ---- Product ids ------------------------------------------------------------------------------------------

// "PDS FHIR API" → "pds-fhir-api". Made from the name alone, so that every import makes the same.
std::string slug(std::string_view name) {
    std::string id;
    for (char const c : fold_for_search(name)) {
        bool const keeps = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (keeps) id += c;
        else if (!id.empty() && id.back() != '-') id += '-';
    }
    while (!id.empty() && id.back() == '-') id.pop_back();
    return id.empty() ? "product" : id;
}

// ---- One import -------------------------------------------------------------------------------------------

struct Source {
    std::string_view file;  // the name of a TableFile that outlives it
    int position = 0;
    std::string kept_as{};  // of a row kept earlier that still waits: its sys_id; empty for one of a file
};

class Importer {
public:
    Importer(Recording& recording, const Mapping& mapping, std::vector<TableFile> files, Instant now)
        : files_(std::move(files)),
          recording_(recording),
          work_(recording.workspace()),
          mapping_(mapping),
          directory_(work_, mapping),
          now_(now),
          writer_(work_, mapping_, directory_) {}

    void begin(const std::optional<std::string>& mapping_text);
    bool go_on(std::size_t records);  // true: all have been taken
    ImportPlan& plan() { return plan_; }
    const std::vector<TableFile>& files() const { return files_; }
    std::size_t rows_done() const { return rows_done_; }
    std::size_t rows_all() const { return rows_all_; }

private:
    struct Pending {
        Source source;
        Row row;
    };
    struct Seen {
        std::string_view file;
        int position = 0;
        Seen(const Source& source) : file(source.file), position(source.position) {}
    };
    enum class Outcome : std::uint8_t { same, changed, refused };

    void keep(const std::string& table, const std::string& sys_id, const std::string& account, std::string row);
    void record(std::string account, std::string entity, EventBody body);
    void refuse(const Source&, Table, std::string_view number, std::string_view reason, bool waiting = false);
    void tell_unseen(Table, const Pending&, std::string_view key);
    std::vector<Pending> waiting_rows(Table) const;
    void take(Table, const Pending&);
    void take_new(Table, const Pending&, const std::string& key, const Fields&);
    Outcome take_known(Table, const Pending&, const std::string& key, const Fields&);
    // Why a reference is not known: the record that it names was refused just now.
    std::optional<std::string> why_unknown(Table, const Row&) const;
    // Adds the record's event; an error is a reason to refuse the row.
    Result<> write(Table, const std::string& key, const Fields&);
    std::string account_of(Table, const Fields&) const;

    void write_account(const std::string& key, const Fields&);
    void write_contact(const std::string& key, const Fields&);
    Result<> write_agreement(const std::string& key, const Fields&);
    Result<> write_case(const std::string& key, const Fields&);
    std::vector<std::string> product_ids(std::string_view names);
    void know_terms(const std::string& version, Instant at);
    void promise(Table, const std::string& key, const std::string& id);
    std::optional<std::string> acceptance_of(const Agreement&) const;
    void link_acceptance_case(const Case&);
    void keep_promises();
    void name_lowest_acceptance(const std::string& number, const std::string& named);
    void resolve_watchers();

    void begin_table();
    void end_table();

    std::vector<TableFile> files_;
    struct {
        std::size_t table = 0, file = 0, row = 0;
        std::size_t events_before = 0;
    } at_;  // the next row
    std::size_t rows_done_ = 0, rows_all_ = 0;

    Recording& recording_;
    const Workspace& work_;  // with all that was recorded
    Mapping const& mapping_;
    Directory directory_;
    Instant now_;
    RowWriter writer_;
    ImportPlan plan_;
    std::array<TableCount, 4> counts_{};
    ByText<Seen> seen_ids_, seen_keys_;  // of the table that is being taken
    std::array<ByText<Seen>, 4> refused_ids_;
    Texts new_contacts_;
    ByText<std::string> acceptances_;  // by the sys_id of an agreement: the case that is to be its acceptance
    ByText<std::string> promised_;     // by the number of an agreement that says so already; "" once the case is there
};

void Importer::record(std::string account, std::string entity, EventBody body) {
    const Event event{.at = now_,
                      .by = {.role = Role::system},
                      .account = std::move(account),
                      .entity = std::move(entity),
                      .body = std::move(body)};
    recording_.record(event);
    ++plan_.events;
}

void Importer::keep(const std::string& table, const std::string& sys_id, const std::string& account, std::string row) {
    auto const kept = work_.servicenow_rows.get(table, sys_id);
    if (kept && kept->row == row) return;
    record(account, table + "/" + sys_id, ServiceNowRowKept{table, sys_id, std::move(row)});
}

void Importer::refuse(const Source& source, Table table, std::string_view number, std::string_view reason,
                      bool waiting) {
    plan_.refused.push_back(
        {std::string(source.file), source.position, shown_line(number), shown_text(reason), waiting});
    ++counts_[static_cast<std::size_t>(table)].refused;
}

void Importer::tell_unseen(Table table, const Pending& pending, std::string_view key) {
    constexpr std::size_t shown_max = 80;
    auto const& mapped = mapping_[table].columns;
    for (auto const& column : pending.row.columns) {
        auto const is_field = std::ranges::any_of(mapped, [&](const auto& each) { return each.second == column.name; });
        auto const controls = hidden_controls(column.value);
        if (!is_field || controls.empty()) continue;
        std::vector<std::string> names;
        for (auto const control : controls) names.push_back(code_point_name(control));
        auto shown = shown_line(column.value);
        if (auto points = to_code_points(shown); points.size() > shown_max) {
            points.resize(shown_max);
            shown = to_utf8(points) + "…";
        }
        plan_.unseen.push_back({std::string(pending.source.file), pending.source.position, shown_line(key),
                                shown_line(column.name), join(names, ", "), std::move(shown)});
    }
}

// Rows of earlier imports that have no record yet, unless a file brings them again.
std::vector<Importer::Pending> Importer::waiting_rows(Table table) const {
    std::vector<Pending> waiting;
    for_each_row(work_.servicenow_rows, table, mapping_, [&](const ServiceNowRow& kept) {
        auto row = read_row(kept.row);
        if (row && !exists(work_, table, key_of(table, *row, mapping_)))
            waiting.push_back({{"an earlier import", kept.position + 1, kept.sys_id}, *std::move(row)});
        return true;
    });
    if (waiting.empty()) return waiting;
    std::set<std::string> ids, keys;
    for (auto const& file : files_)
        for (std::size_t i = 0; file.table == table && i < file.size(); ++i)
            if (auto const row = file.row(i)) {
                ids.insert(id_of(table, *row, mapping_));
                keys.insert(key_of(table, *row, mapping_));
            }
    std::erase_if(waiting, [&](const Pending& each) {
        return ids.contains(id_of(table, each.row, mapping_)) || keys.contains(key_of(table, each.row, mapping_));
    });
    return waiting;
}

std::string Importer::account_of(Table table, const Fields& fields) const {
    return table == Table::account ? get(fields, "ods_code") : get(fields, "account");
}

void Importer::take(Table table, const Pending& pending) {
    auto const index = static_cast<std::size_t>(table);
    auto const& [source, row] = pending;
    auto const key = key_of(table, row, mapping_);
    auto const id = id_of(table, row, mapping_);
    auto const shown = !key.empty() ? key : !id.empty() ? id : std::string();
    auto const is_old = !source.kept_as.empty();

    auto refuse_here = [&](std::string reason, bool waiting = false) {
        if (!id.empty()) refused_ids_[index].try_emplace(id, source);
        if (is_old) return;  // it was listed when it came; it goes on waiting
        refuse(source, table, shown, std::move(reason), waiting);
    };
    auto const fields = read_fields(table, row, mapping_, directory_);
    if (!fields && fields.error().code == "unsound") return refuse_here(fields.error().message);
    auto said_before = [&](const ByText<Seen>& seen, const std::string& what, const std::string& name) {
        auto const* other = what.empty() ? nullptr : seen.find(what);
        if (!other) return false;
        refuse_here("It has the same " + name + " (“" + what + "”) as record " + std::to_string(other->position) +
                    " of " + std::string(other->file) + ".");
        return true;
    };
    std::string const key_name(mapping_[table].column(table == Table::account   ? "ods_code"
                                                      : table == Table::contact ? "email"
                                                                                : "number"));
    if (said_before(seen_ids_, id, "sys_id")) return;
    if (said_before(seen_keys_, key, key_name)) return;
    if (auto const known = directory_.key_of(table, id); known && *known != key)
        return refuse_here("Its sys_id is that of “" + std::string(*known) + "” here, but " + key_name + " now says “" +
                           key + "”. A record keeps its " + key_name + "; export it under a sys_id of its own.");
    if (!id.empty()) seen_ids_.try_emplace(id, source);
    seen_keys_.try_emplace(key, source);

    if (!fields) {
        if (!is_old && !directory_.row_of(table, key)) keep(mapping_[table].name, id.empty() ? key : id, {}, row.text);
        return refuse_here(why_unknown(table, row).value_or(fields.error().message), true);
    }
    if (!exists(work_, table, key)) return take_new(table, pending, key, *fields);
    switch (take_known(table, pending, key, *fields)) {
        case Outcome::same: ++counts_[index].same; break;
        case Outcome::changed: ++counts_[index].changed; break;
        case Outcome::refused: break;
    }
}

std::optional<std::string> Importer::why_unknown(Table table, const Row& row) const {
    for (auto const to : {Table::account, Table::agreement}) {
        auto const field = to_words(to);
        auto const id = std::string(trim(row.value(mapping_[table].column(field))));
        auto const* other = refused_ids_[static_cast<std::size_t>(to)].find(id);
        if (to == table || !other) continue;
        return "Its " + std::string(field) + " did not come in: record " + std::to_string(other->position) + " of " +
               std::string(other->file) + ". This record waits, and comes in when that one does.";
    }
    return std::nullopt;
}

void Importer::take_new(Table table, const Pending& pending, const std::string& key, const Fields& fields) {
    auto const index = static_cast<std::size_t>(table);
    auto const id = id_of(table, pending.row, mapping_);
    promise(table, key, id);
    if (auto const written = write(table, key, fields); !written) {
        if (!id.empty()) refused_ids_[index].try_emplace(id, pending.source);
        if (pending.source.kept_as.empty()) refuse(pending.source, table, key, written.error().message);
        return;
    }
    auto const sys_id = id.empty() ? key : id;
    auto const is_old = !pending.source.kept_as.empty();
    if (!is_old) keep(mapping_[table].name, sys_id, account_of(table, fields), pending.row.text);
    directory_.add(table, is_old ? pending.source.kept_as : sys_id, id, key);
    if (table == Table::contact) new_contacts_.add(key);
    ++counts_[index].fresh;
    tell_unseen(table, pending, key);
}

Importer::Outcome Importer::take_known(Table table, const Pending& pending, const std::string& key,
                                       const Fields& incoming) {
    auto const& row = pending.row;
    auto const id = id_of(table, row, mapping_);
    auto const kept_as = directory_.row_of(table, key);
    auto const here = fields_of(table, work_, key);
    Fields before = here;
    std::string kept_id = id.empty() ? key : id;
    if (auto const kept =
            kept_as ? work_.servicenow_rows.get(mapping_[table].name, std::string(*kept_as)) : std::nullopt) {
        kept_id = kept->sys_id;
        if (auto const kept_row = read_row(kept->row)) {
            if (same_values(*kept_row, row)) return Outcome::same;
            if (auto fields = read_fields(table, *kept_row, mapping_, directory_)) before = *std::move(fields);
        }
    }
    auto const now_row = read_row(writer_.row_of(table, key));
    if (now_row && same_values(*now_row, row)) return Outcome::same;

    // Known by its number alone, it may be somebody else's that happens to have the same one.
    if (table != Table::account && !directory_.key_of(table, id) && get(here, "account") != get(incoming, "account") &&
        !get(incoming, "account").empty()) {
        if (!id.empty()) refused_ids_[static_cast<std::size_t>(table)].try_emplace(id, pending.source);
        refuse(pending.source, table, key,
               "“" + key + "” is already here, for account " + get(here, "account") +
                   ", but this record is one of account " + get(incoming, "account") + ". They cannot be the same.");
        return Outcome::refused;
    }

    auto const merged = merge(table, before, incoming, here);
    if (merged != here) {
        promise(table, key, id);
        if (auto const written = write(table, key, merged); !written) {
            if (!id.empty()) refused_ids_[static_cast<std::size_t>(table)].try_emplace(id, pending.source);
            refuse(pending.source, table, key, written.error().message);
            return Outcome::refused;
        }
    }
    auto changes = field_changes(key, here, merged);
    if (changes.empty()) changes.push_back({.number = key, .field = {}, .from = {}, .to = {}});
    std::ranges::move(changes, std::back_inserter(plan_.changes));
    keep(mapping_[table].name, kept_id, account_of(table, merged), row.text);
    directory_.add(table, kept_id, id, key);
    tell_unseen(table, pending, key);
    return Outcome::changed;
}

// ---- Records ----------------------------------------------------------------------------------------------

Result<> Importer::write(Table table, const std::string& key, const Fields& fields) {
    switch (table) {
        case Table::account: write_account(key, fields); return {};
        case Table::contact: write_contact(key, fields); return {};
        case Table::agreement: return write_agreement(key, fields);
        case Table::case_: return write_case(key, fields);
    }
    return {};
}

void Importer::write_account(const std::string& key, const Fields& fields) {
    auto const* here = work_.find_account(key);
    Account account = here ? *here : Account{};
    if (!here) account.imported = true;
    account.ods_code = key;
    account.name = get(fields, "name");
    account.address = get(fields, "address");
    account.company_number = optional_text(get(fields, "company_number"));
    account.public_healthcare = get(fields, "public_healthcare") == "true";
    account.outside_uk = get(fields, "outside_uk") == "true";
    account.delivery_email = optional_text(get(fields, "delivery_email"));
    record(key, key, AccountImported{std::move(account)});
}

void Importer::write_contact(const std::string& key, const Fields& fields) {
    auto const* here = work_.find_contact(key);
    Contact contact = here ? *here : Contact{};
    contact.email = get(fields, "email");
    contact.name = get(fields, "name");
    contact.account = get(fields, "account");
    contact.onboarding_contact = get(fields, "onboarding_contact") == "true";
    if (!contact.onboarding_contact) contact.nominated_at.reset();
    auto const account = contact.account;
    record(account, key, ContactImported{std::move(contact)});
}

std::vector<std::string> Importer::product_ids(std::string_view names) {
    std::vector<std::string> ids;
    for (auto const& name : split_list(names)) {
        auto const known = std::find_if(work_.products.begin(), work_.products.end(),
                                        [&](const auto& each) { return each.second.name == name; });
        if (known != work_.products.end()) {
            ids.push_back(known->first);
            continue;
        }
        auto const base = slug(name);
        auto id = base;
        for (int suffix = 2; work_.products.contains(id); ++suffix) id = base + "-" + std::to_string(suffix);
        record({}, id, ProductImported{{.id = id, .name = name}});
        ids.push_back(id);
    }
    return ids;
}

void Importer::know_terms(const std::string& version, Instant at) {
    if (version.empty() || work_.find_terms(version)) return;
    TermsVersion stub{.version = version,
                      .title = "Terms version " + version,
                      .standard_terms = {},
                      .acceptable_use_policy = {},
                      .changes = {},
                      .imported_stub = true,
                      .published_at = at};
    record({}, version, TermsImported{std::move(stub)});
}

Result<> Importer::write_agreement(const std::string& key, const Fields& fields) {
    auto const* here = work_.find_agreement(key);
    Agreement agreement = here ? *here : Agreement{};
    if (!here) agreement.imported = true;

    auto const superseded = get(fields, "superseded_contract");
    std::set<std::string> chain{key};
    for (auto next = superseded; !next.empty();) {
        if (!chain.insert(next).second)
            return fail("unsound", "By " + std::string(mapping_[Table::agreement].column("superseded_contract")) +
                                       " it would, over others, supersede itself (" + superseded + ").");
        auto const* other = work_.find_agreement(next);
        next = other ? other->supersedes.value_or("") : std::string();
    }

    auto const before_state = agreement.state;
    agreement.number = key;
    agreement.name = get(fields, "name");
    agreement.account = get(fields, "account");
    agreement.state = from_words<State>(get(fields, "state")).value_or(State::draft);
    agreement.substate = from_words<Substate>(get(fields, "substate"));
    agreement.signature_type =
        from_words<SignatureType>(get(fields, "signature_type")).value_or(SignatureType::accepted_via_portal);
    agreement.created = instant_of(get(fields, "created"));
    agreement.terms_version = get(fields, "terms_version");
    know_terms(agreement.terms_version, agreement.created);
    agreement.products = product_ids(get(fields, "products"));
    agreement.accepted_on = optional_date(get(fields, "accepted_on"));
    agreement.accepted_by = optional_text(get(fields, "accepted_by"));
    agreement.start_date = optional_date(get(fields, "start_date"));
    agreement.end_date = optional_date(get(fields, "end_date"));
    agreement.supersedes = optional_text(superseded);
    // Of a record made here these are worked out; what an import says of them stays only where it says something else.
    auto const fields_here = here ? fields_of(Table::agreement, work_, key) : Fields{};
    auto take_where_different = [&](const std::string& field, std::optional<std::string>& member) {
        if (!here || get(fields_here, field) != get(fields, field)) member = optional_text(get(fields, field));
    };
    take_where_different("original_version", agreement.original_version);
    take_where_different("company_registration_number", agreement.company_registration_number);

    bool const is_uplift = agreement.signature_type == SignatureType::auto_accepted;
    auto const created_on = london_date(agreement.created);
    if (!here) {
        if (is_uplift && agreement.substate != Substate::awaiting_review) agreement.issued = created_on;  // R33
        agreement.review.window_days = is_uplift ? 30 : 90;
        agreement.review.day_one = created_on;
        agreement.notified = split_list(get(fields, "notified"));
        if (is_uplift && agreement.start_date && agreement.state != State::draft)
            agreement.activated_at = london_midnight(*agreement.start_date);  // U2
    } else if (agreement.state != before_state) {
        agreement.ended_at.reset();
        agreement.ending.reset();
        agreement.ended_why.clear();
    }
    if (agreement.state == State::draft && is_uplift) {
        auto const day_one = optional_date(get(fields, "review_day_one"));
        agreement.review.day_one = day_one.value_or(created_on);
        auto const paused_on = optional_date(get(fields, "paused_on"));
        if (paused_on && !agreement.review.paused())
            agreement.review.pauses.push_back(
                {.from = *paused_on, .until = {}, .reason = get(fields, "pause_reason"), .by = {}});
        if (!paused_on && agreement.review.paused())
            agreement.review.pauses.back().until = std::max(agreement.review.pauses.back().from, london_date(now_));
    }
    for (auto const& address : split_list(get(fields, "notified")))
        if (std::find(agreement.notified.begin(), agreement.notified.end(), address) == agreement.notified.end())
            agreement.notified.push_back(address);
    auto const account = agreement.account;
    agreement.acceptance_case = acceptance_of(agreement);
    record(account, key, AgreementImported{std::move(agreement)});
    return {};
}

Result<> Importer::write_case(const std::string& key, const Fields& fields) {
    auto const* agreement = work_.find_agreement(get(fields, "agreement"));
    if (!agreement) return fail("unsound", "Its agreement is not known.");
    if (auto const account = get(fields, "account"); !account.empty() && account != agreement->account)
        return fail("unsound", "It is a case of account " + account + ", but its agreement " + agreement->number +
                                   " is one of account " + agreement->account + ".");

    auto const* here = work_.find_case(key);
    Case the_case = here ? *here : Case{};
    if (!here) the_case.imported = true;
    the_case.number = key;
    the_case.kind = from_words<CaseKind>(get(fields, "kind")).value_or(CaseKind::query);
    the_case.state = from_words<CaseState>(get(fields, "state")).value_or(CaseState::fresh);
    the_case.account = agreement->account;
    the_case.agreement = agreement->number;
    the_case.opened = instant_of(get(fields, "opened"));
    // The row does not say when it was settled. For what hangs on that (U5) the earliest that it can have been counts.
    if (the_case.is_open()) the_case.settled_at.reset();
    else if (!the_case.settled_at) the_case.settled_at = the_case.opened;
    the_case.watch_list = watchers(get(fields, "watch_list"), directory_, work_);
    auto add = [&](const std::string& field, const std::string& author) {
        auto const text = get(fields, field);
        if (text.empty() || (here && get(fields_of(Table::case_, work_, key), field) == text)) return;
        the_case.activity.push_back(
            {.at = here ? now_ : the_case.opened, .author = author, .text = text, .visible_to_customer = true});
    };
    // The row names nobody: a query was asked by somebody of the account; closing words are the system's.
    auto const* account = work_.find_account(the_case.account);
    auto const asker = account ? account->name : std::string("System");
    if (!here && the_case.kind == CaseKind::query) the_case.opened_by = asker;
    add("description", the_case.kind == CaseKind::query ? asker : "System");
    add("close_notes", "System");
    auto const account_code = the_case.account;
    auto const was_acceptance_of = here && here->kind == CaseKind::acceptance ? here->agreement : std::string();
    record(account_code, key, CaseImported{the_case});
    link_acceptance_case(the_case);
    // It may have been another agreement's before, or is no acceptance any more.
    if (!was_acceptance_of.empty()) name_lowest_acceptance(was_acceptance_of, key);
    return {};
}

// ---- Acceptance cases -------------------------------------------------------------------------------------

// The agreement names its acceptance case, not the other way round in ServiceNow. Of several the lowest number counts,
// so that the order of rows does not matter. An agreement's one event says it at once: the files were read through, so
// what their cases promise is known before those come in.
void Importer::promise(Table table, const std::string& key, const std::string& id) {
    if (table != Table::agreement) return;
    if (auto const* promised = acceptances_.find(id)) promised_.try_emplace(key, {}).first = *promised;
}

std::optional<std::string> Importer::acceptance_of(const Agreement& agreement) const {
    auto const* promised = promised_.find(agreement.number);
    if (!promised || promised->empty() || agreement.signature_type != SignatureType::accepted_via_portal ||
        (agreement.acceptance_case && *agreement.acceptance_case <= *promised))
        return agreement.acceptance_case;
    return *promised;
}

void Importer::link_acceptance_case(const Case& the_case) {
    if (the_case.kind != CaseKind::acceptance) return;
    if (auto* promised = promised_.find(the_case.agreement); promised && *promised == the_case.number)
        promised->clear();
    auto agreement = work_.agreements.at(the_case.agreement);
    if (agreement.signature_type != SignatureType::accepted_via_portal) return;
    if (agreement.acceptance_case && *agreement.acceptance_case <= the_case.number) return;
    agreement.acceptance_case = the_case.number;
    auto const [account, number] = std::pair(agreement.account, agreement.number);
    record(account, number, AgreementImported{std::move(agreement)});
}

// A case that was promised and did not come in, or not as an acceptance of this agreement, is not named.
void Importer::keep_promises() {
    std::vector<std::pair<std::string, std::string>> open;
    promised_.for_each([&](std::string_view number, const std::string& promised) {
        if (!promised.empty()) open.emplace_back(number, promised);
    });
    std::ranges::sort(open);
    for (auto const& [number, promised] : open) name_lowest_acceptance(number, promised);
}

// Where this case is named, and is not the agreement's lowest acceptance, that one is, or none.
void Importer::name_lowest_acceptance(const std::string& number, const std::string& named) {
    auto const* known = work_.find_agreement(number);
    if (!known || known->acceptance_case != named) return;
    std::optional<std::string> lowest;
    for (auto const* each : work_.cases_of(number))
        if (each->kind == CaseKind::acceptance && (!lowest || each->number < *lowest)) lowest = each->number;
    if (known->acceptance_case == lowest) return;
    auto agreement = *known;
    agreement.acceptance_case = lowest;
    record(agreement.account, number, AgreementImported{agreement});
}

// Cases may have come before the contacts that their watch lists name by sys_id.
void Importer::resolve_watchers() {
    if (new_contacts_.empty()) return;
    std::vector<Row> rows;
    for_each_row(work_.servicenow_rows, Table::case_, mapping_, [&](const ServiceNowRow& kept) {
        auto const columns = read_row(kept.row);
        auto const entries = columns ? split_list(columns->value(mapping_[Table::case_].column("watch_list")))
                                     : std::vector<std::string>();
        if (std::ranges::any_of(entries, looks_like_sys_id)) rows.push_back(*columns);
        return true;
    });
    for (auto const& row : rows) {
        auto const found = work_.cases.find(key_of(Table::case_, row, mapping_));
        if (found == work_.cases.end()) continue;
        auto const entries = split_list(row.value(mapping_[Table::case_].column("watch_list")));
        std::vector<std::string> missing;
        for (auto const& entry : entries) {
            auto const key = looks_like_sys_id(entry) ? directory_.key_of(Table::contact, entry) : std::nullopt;
            if (key && new_contacts_.contains(*key)) missing.push_back(work_.contacts.at(std::string(*key)).email);
        }
        std::erase_if(missing, [&](const std::string& address) {
            auto const& list = found->second.watch_list;
            return std::any_of(list.begin(), list.end(), [&](const std::string& each) {
                return to_ascii_lower(each) == to_ascii_lower(address);
            });
        });
        if (missing.empty()) continue;
        auto the_case = found->second;
        auto const whole = watchers(row.value(mapping_[Table::case_].column("watch_list")), directory_, work_);
        // Untouched here since, the list is what the row says, in its order.
        if (whole.size() == the_case.watch_list.size() + missing.size()) the_case.watch_list = whole;
        else the_case.watch_list.insert(the_case.watch_list.end(), missing.begin(), missing.end());
        auto const [account, number] = std::pair(the_case.account, the_case.number);
        record(account, number, CaseImported{std::move(the_case)});
    }
}

void Importer::begin(const std::optional<std::string>& mapping_text) {
    for (auto const& file : files_) rows_all_ += file.size();
    for (auto& file : files_) {
        for (auto& [agreement, number] : std::exchange(file.acceptances, {})) {
            auto const [known, is_new] = acceptances_.try_emplace(agreement, number);
            if (!is_new) known = std::min(known, number);
        }
    }
    if (mapping_text) {
        bool const is_default = !work_.servicenow_rows.contains(mapping_row_table, {}) && mapping_ == default_mapping();
        if (!is_default) keep(mapping_row_table, {}, {}, *mapping_text);
    }
    if (!tables.empty()) begin_table();
}

void Importer::begin_table() {
    auto const table = tables[at_.table];
    counts_[static_cast<std::size_t>(table)] = {.table = table, .name = mapping_[table].name};
    at_.file = at_.row = 0;
    seen_ids_ = {};
    seen_keys_ = {};
    at_.events_before = plan_.events;
    auto const waiting = waiting_rows(table);
    for (auto const& pending : waiting) take(table, pending);
}

void Importer::end_table() {
    auto const table = tables[at_.table];
    bool has_file = false;
    // The white space around the rows, with the first that brings any.
    for (auto& file : files_) {
        if (file.table != table) continue;
        file.let_go();
        has_file = true;
        bool const is_known = work_.servicenow_rows.contains(mapping_[table].name, {});
        if (!file.layout || is_known || plan_.events == at_.events_before) continue;
        if (*file.layout != Layout()) keep(mapping_[table].name, {}, {}, file.layout->to_text());
    }
    auto const& count = counts_[static_cast<std::size_t>(table)];
    plan_.fresh += count.fresh;
    plan_.changed += count.changed;
    plan_.same += count.same;
    if (has_file || count.fresh + count.changed + count.refused > 0) plan_.by_table.push_back(count);
}

bool Importer::go_on(std::size_t records) {
    while (at_.table < tables.size()) {
        auto const table = tables[at_.table];
        while (at_.file < files_.size() && (files_[at_.file].table != table || at_.row == files_[at_.file].size())) {
            ++at_.file;
            at_.row = 0;
        }
        if (at_.file == files_.size()) {
            end_table();
            if (++at_.table < tables.size()) {
                begin_table();
                continue;
            }
            keep_promises();
            resolve_watchers();
            return true;
        }
        if (records-- == 0) return false;
        auto const& file = files_[at_.file];
        auto row = file.row(at_.row++);
        ++rows_done_;
        const Source source{file.name, static_cast<int>(at_.row)};
        if (row) take(table, {source, *std::move(row)});
        else refuse(source, table, {}, row.error().message);
    }
    return true;
}

// A reason without what it quotes of the one record.
std::string kind_of(std::string_view reason) {
    static constexpr std::string_view open = "“", close = "”";
    std::string kind;
    for (;;) {
        auto const begin = reason.find(open);
        kind += reason.substr(0, begin);
        if (begin == std::string_view::npos) return kind;
        kind += open;
        auto const end = reason.find(close, begin);
        if (end == std::string_view::npos) return kind;
        reason.remove_prefix(end);
    }
}

// Where every record of a file is refused for the same reason the file is what is wrong, and one sentence says so. One
// or two are as well said each.
constexpr std::size_t said_once_from = 3;
void say_once(std::vector<Refused>& refused, std::string_view file, std::size_t records, std::string_view table) {
    auto const is_of_file = [&](const Refused& each) { return each.file == file; };
    auto const first = std::ranges::find_if(refused, is_of_file);
    if (records < said_once_from || first == refused.end() ||
        static_cast<std::size_t>(std::ranges::count_if(refused, is_of_file)) != records)
        return;
    auto const kind = kind_of(first->reason);
    if (!std::ranges::all_of(refused, [&](const Refused& each) {
            return !is_of_file(each) || (!each.waiting && kind_of(each.reason) == kind);
        }))
        return;
    first->reason = "None of its " + std::to_string(records) +
                    " records can come in, all for the same reason. Of the first: " + first->reason +
                    " The file was read as " + std::string(table) +
                    "; if it holds another table, or not all columns, export it again.";
    first->position = 0;
    first->number.clear();
    first->records = records;
    refused.erase(std::remove_if(std::next(first), refused.end(), is_of_file), refused.end());
}

// Agreements that time itself changes, not those that change with them; some in each step.
class DueAhead {
public:
    explicit DueAhead(Workspace workspace) : workspace_(std::move(workspace)) {}
    bool go_on(Instant now, std::size_t agreements) {
        auto const events = due(workspace_, now, agreements);
        for (auto const& event : events) {
            take(event);
            apply(workspace_, event);
        }
        return events.empty();
    }
    const std::set<std::string>& numbers() const { return numbers_; }

private:
    void take(const Event& event) {
        if (auto const* cancelled = std::get_if<AgreementCancelled>(&event.body);
            cancelled && cancelled->ending == Ending::not_accepted)
            numbers_.insert(cancelled->number);
        if (auto const* accepted = std::get_if<AgreementAutoAccepted>(&event.body)) numbers_.insert(accepted->number);
        if (auto const* expired = std::get_if<AgreementExpired>(&event.body);
            expired && expired->ending == Ending::end_date_reached)
            numbers_.insert(expired->number);
    }
    Workspace workspace_;
    std::set<std::string> numbers_;
};

}  // namespace

std::string in_words(const Unseen& unseen) {
    return unseen.file + ", record " + std::to_string(unseen.position) +
           (unseen.number.empty() ? "" : " (" + unseen.number + ")") + ": " + unseen.column + " holds " +
           unseen.controls +
           ", which cannot be seen or turns the text around it. It is kept, and shown by name: " + unseen.shown;
}

std::size_t ImportPlan::refused_records() const {
    std::size_t records = 0;
    for (auto const& each : refused) records += each.records;
    return records;
}

struct ImportRun::State {
    Files files;
    std::optional<std::string> mapping_text;
    Instant now;
    std::size_t records_a_step;

    bool has_begun = false;
    Mapping mapping{};
    std::size_t files_read = 0, bytes_read = 0, bytes_all = 0;
    std::optional<TableReading> reading{};
    std::vector<TableFile> read{};  // until the rows of all are taken
    std::optional<Importer> importer{};
    std::optional<std::size_t> taken{};  // records: all of them
    std::optional<DueAhead> before{}, after{};
    ImportPlan plan{};

    void begin(const Workspace&);
    void go_on_reading();
    bool finish();
};

ImportRun::ImportRun(Files files, std::optional<std::string> mapping_text, Instant now, std::size_t records_a_step)
    : state_(new State{.files = std::move(files),
                       .mapping_text = std::move(mapping_text),
                       .now = now,
                       .records_a_step = records_a_step}) {}

ImportRun::ImportRun(ImportRun&&) noexcept = default;
ImportRun& ImportRun::operator=(ImportRun&&) noexcept = default;
ImportRun::~ImportRun() = default;

void ImportRun::State::begin(const Workspace& workspace) {
    has_begun = true;
    before.emplace(workspace);
    mapping = mapping_of(workspace);
    for (auto const& file : files) bytes_all += file->bytes.size();
    if (!mapping_text) return;
    if (auto own = read_mapping(*mapping_text)) mapping = *std::move(own);
    else  // how the files are to be read is not known
        plan.broken.push_back({"the mapping file", own.error().message, own.error().where});
}

void ImportRun::State::go_on_reading() {
    auto& file = files[files_read];
    if (!reading) reading.emplace(file, mapping);
    auto const is_read = reading->go_on(2 * records_a_step);
    if (is_read && !*is_read) return;
    if (is_read) read.push_back(std::move(*reading).table());
    else plan.broken.push_back({file->name, is_read.error().message, is_read.error().where});
    bytes_read += file->bytes.size();
    ++files_read;
    reading.reset();
    file.reset();
}

bool ImportRun::State::finish() {
    if (!before->go_on(now, records_a_step) || !after->go_on(now, records_a_step)) return false;
    for (auto const& number : after->numbers())
        if (!before->numbers().contains(number)) plan.due.push_back(number);
    before.reset();
    after.reset();
    return true;
}

Result<bool> ImportRun::go_on(Recording& recording) {
    auto& state = *state_;
    if (!state.has_begun) state.begin(recording.workspace());
    if (state.taken) return state.finish();
    if (!state.importer) {
        if (state.files_read < state.files.size() && !(state.mapping_text && !state.plan.broken.empty())) {
            state.go_on_reading();
            return false;
        }
        if (!state.plan.broken.empty()) return true;
        state.importer.emplace(recording, state.mapping, std::exchange(state.read, {}), state.now);
        state.importer->begin(state.mapping_text);
    }
    if (!state.importer->go_on(state.records_a_step)) return false;
    state.taken = state.importer->rows_all();
    state.plan = std::move(state.importer->plan());
    for (auto const& file : state.importer->files())
        say_once(state.plan.refused, file.name, file.size(), state.mapping[file.table].name);
    state.after.emplace(recording.workspace());
    state.importer.reset();
    return false;
}

Steps::Progress ImportRun::progress() const {
    auto const& importer = state_->importer;
    if (state_->taken) return {*state_->taken, *state_->taken};
    return importer ? Progress{importer->rows_done(), importer->rows_all()} : Progress{};
}

Steps::Progress ImportRun::reading() const {
    return {state_->bytes_read + (state_->reading ? state_->reading->bytes_read() : 0), state_->bytes_all};
}

ImportPlan ImportRun::plan() && { return std::move(state_->plan); }

}  // namespace ca::interop
