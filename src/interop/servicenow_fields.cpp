#include "interop/servicenow_fields.h"

#include "base/sha256.h"
#include "base/text.h"
#include "lifecycle/command.h"
#include "lifecycle/views.h"

#include <algorithm>

namespace ca::interop {

namespace {

using lifecycle::SignatureType;
using lifecycle::State;
using lifecycle::Workspace;

constexpr std::size_t id_length_max = 64;
constexpr std::size_t line_length_max = 1000;   // code points
constexpr std::size_t text_length_max = 32000;  // code points
constexpr std::size_t list_length_max = 32000;  // code points: it holds many names
constexpr std::size_t agreement_name_length_max =
    line_length_max + std::string_view("YGA123456 - ").size();  // R26: a code before the account's name

std::string in_quotes(std::string_view text) {
    constexpr std::size_t shown_max = 60;
    if (count_code_points(text) <= shown_max) return "“" + std::string(text) + "”";
    auto points = to_code_points(text);
    points.resize(shown_max);
    return "“" + to_utf8(points) + "…”";
}

bool has_control_characters(std::string_view text, bool lines_allowed) {
    return std::any_of(text.begin(), text.end(), [&](char c) {
        auto const byte = static_cast<unsigned char>(c);
        if (lines_allowed && (c == '\n' || c == '\r' || c == '\t')) return false;
        return byte < 0x20 || byte == 0x7f;
    });
}

bool is_number(std::string_view text, std::string_view prefix) {
    if (!text.starts_with(prefix) || text.size() != prefix.size() + 7) return false;
    return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(prefix.size()), text.end(),
                       [](char c) { return c >= '0' && c <= '9'; });
}

// Reads the columns of one row, and remembers the first thing that is wrong.
class Reader {
public:
    Reader(Table table, const Row& row, const Mapping& mapping, const Directory& directory)
        : row_(row), mapping_(mapping), columns_(mapping[table]), directory_(directory) {}

    std::string value(std::string_view field) const { return std::string(trim(row_.value(columns_.column(field)))); }
    std::string raw(std::string_view field) const { return std::string(row_.value(columns_.column(field))); }
    std::string column(std::string_view field) const {
        auto const name = columns_.column(field);
        return name.empty() ? std::string(field) : std::string(name);
    }

    void refuse(std::string reason) {
        if (!error_) error_ = Error{"unsound", std::move(reason)};
    }
    void wait(std::string reason) {
        if (!waits_) waits_ = Error{"waits", std::move(reason)};
    }

    // As it stands, not trimmed: a name may be shown with care.
    std::string line(std::string_view field, bool required, std::size_t length_max = line_length_max) {
        auto text = raw(field);
        if (is_blank(text)) {
            if (required) refuse("It has no " + column(field) + ".");
            return {};
        }
        if (has_control_characters(text, false))
            refuse(column(field) + " holds a line break or another control character.");
        expect_length(field, text, length_max);
        return text;
    }
    std::string text(std::string_view field) {
        auto text = raw(field);
        if (has_control_characters(text, true)) refuse(column(field) + " holds control characters.");
        expect_length(field, text, text_length_max);
        return is_blank(text) ? std::string() : text;
    }
    // Several names or addresses. A line break belongs to a name only where the list is written as the portal writes
    // lists, in quotation marks: elsewhere somebody has put one entry under another.
    std::vector<std::string> list(std::string_view field, std::span<const std::string> known = {}) {
        auto const text = raw(field);
        if (is_blank(text)) return {};
        auto entries = split_list(text, known);
        if (has_control_characters(text, join_list(entries) == text))
            refuse(column(field) + " holds a line break or another control character.");
        expect_length(field, text, list_length_max);
        return entries;
    }
    std::string date(std::string_view field) {
        auto const text = value(field);
        if (text.empty()) return {};
        if (auto const date = parse_date(text)) return format_iso(*date);
        // A column that is a date and time in their table counts as the London date on which it falls.
        if (auto const instant = parse_utc(text)) return format_iso(london_date(*instant));
        refuse(column(field) + " says " + in_quotes(text) + ", which is not a date. Dates are written YYYY-MM-DD.");
        return {};
    }
    std::string instant(std::string_view field, bool required) {
        auto const text = value(field);
        if (text.empty()) {
            if (required) refuse("It has no " + column(field) + ".");
            return {};
        }
        auto const instant = parse_utc(text);
        if (!instant) {
            refuse(column(field) + " says " + in_quotes(text) +
                   ", which is not a date and time. They are written YYYY-MM-DD HH:MM:SS, in UTC.");
            return {};
        }
        return format_iso(*instant);
    }
    // One of our words; empty where the column is.
    std::string word(std::string_view field, std::string_view vocabulary, bool required) {
        auto const text = value(field);
        if (text.empty()) {
            if (required) refuse("It has no " + column(field) + ".");
            return {};
        }
        if (auto const ours = mapping_.ours(vocabulary, text); !ours.empty()) return std::string(ours);
        if (auto const* cell = row_.find(columns_.column(field)); cell && !cell->display.empty())
            if (auto const ours = mapping_.ours(vocabulary, cell->display); !ours.empty()) return std::string(ours);
        std::vector<std::string> known;
        if (auto const words = mapping_.words.find(vocabulary); words != mapping_.words.end())
            for (auto const& [theirs, _] : words->second) known.push_back(theirs);
        refuse(column(field) + " says " + in_quotes(text) + ", which is not one of: " + join(known, ", ") + ".");
        return {};
    }
    std::string flag(std::string_view field) {
        auto const ours = word(field, "flag", false);
        return ours == "yes" ? "true" : "false";
    }
    std::string email(std::string_view field, bool required) {
        auto const text = value(field);
        if (text.empty()) {
            if (required) refuse("It has no " + column(field) + ".");
            return {};
        }
        if (!lifecycle::is_email(text))
            refuse(column(field) + " says " + in_quotes(text) + ", which is not an email address.");
        return text;
    }
    std::string number(std::string_view field, std::string_view prefix, bool required) {
        auto const text = value(field);
        if (text.empty()) {
            if (required) refuse("It has no " + column(field) + ".");
            return {};
        }
        if (!is_number(text, prefix))
            refuse(column(field) + " says " + in_quotes(text) + ", which is not " + std::string(prefix) +
                   " and 7 digits.");
        return text;
    }
    // Our key of the record that is meant.
    std::string reference(std::string_view field, Table to, std::string_view what) {
        auto const id = value(field);
        if (id.empty()) {
            refuse("It names no " + std::string(what) + " (" + column(field) + " is empty).");
            return {};
        }
        if (auto const key = directory_.key_of(to, id)) return std::string(*key);
        wait("Its " + std::string(what) + " is not known yet (" + column(field) + " is " + in_quotes(id) +
             "). Import " + mapping_[to].name +
             " first, or together with this file. A record imported before it waits, and comes in with it.");
        return {};
    }

    Result<Fields> done(Fields fields) {
        if (error_) return std::unexpected(*error_);
        if (waits_) return std::unexpected(*waits_);
        return fields;
    }

private:
    void expect_length(std::string_view field, std::string_view text, std::size_t length_max) {
        if (count_code_points(text) > length_max)
            refuse(column(field) + " is longer than " + std::to_string(length_max) + " characters.");
    }
    static std::optional<Instant> parse_utc(std::string_view text) {
        if (text.size() != 19 || text[10] != ' ') return std::nullopt;
        std::string iso(text);
        iso[10] = 'T';
        auto const instant = parse_instant(iso + "Z");
        return instant ? std::optional(*instant) : std::nullopt;
    }

    const Row& row_;
    const Mapping& mapping_;
    const TableMapping& columns_;
    const Directory& directory_;
    std::optional<Error> error_, waits_;
};

Fields read_account(Reader& reader) {
    Fields fields;
    fields["name"] = reader.line("name", true);
    auto const ods_code = reader.value("ods_code");
    if (ods_code.empty()) {
        reader.refuse("It has no " + reader.column("ods_code") + ". An account is known by its ODS code.");
    } else if (auto const code = lifecycle::check_ods_code(ods_code)) {
        fields["ods_code"] = *code;
    } else {
        reader.refuse(reader.column("ods_code") + " says " + in_quotes(ods_code) +
                      ". An ODS code has 1 to 9 letters and digits.");
    }
    if (auto const given = reader.value("company_number"); !given.empty()) {
        if (auto const number = lifecycle::check_company_number(given)) fields["company_number"] = *number;
        else
            reader.refuse(reader.column("company_number") + " says " + in_quotes(given) +
                          ". A company number has 8 characters: 2 letters or digits, then 6 digits.");
    }
    fields["public_healthcare"] = reader.flag("public_healthcare");
    fields["outside_uk"] = reader.flag("outside_uk");
    fields["delivery_email"] = reader.email("delivery_email", false);
    std::vector<std::string> address;
    for (auto const* part : {"street", "city", "postcode", "country"})
        if (auto const text = reader.text(part); !text.empty()) address.emplace_back(trim(text));
    fields["address"] = join(address, ", ");
    return fields;
}

Fields read_contact(Reader& reader) {
    Fields fields;
    fields["email"] = reader.email("email", true);
    fields["name"] = reader.line("name", true);
    fields["onboarding_contact"] = reader.flag("onboarding_contact");
    fields["account"] = reader.reference("account", Table::account, "account");
    return fields;
}

Fields read_agreement(Reader& reader, const Directory& directory) {
    Fields fields;
    auto const number = fields["number"] = reader.number("number", "CNTR", true);
    fields["name"] = reader.line("name", true, agreement_name_length_max);
    auto const state = fields["state"] = reader.word("state", "state", true);
    auto const substate = fields["substate"] = reader.word("substate", "substate", false);
    if (state == "Draft" && substate.empty())
        reader.refuse("It is a draft whose " + reader.column("substate") +
                      " is empty: it must say awaiting_review or under_review.");
    if (!state.empty() && state != "Draft" && !substate.empty())
        reader.refuse("It is " + to_ascii_lower(state) + ", but " + reader.column("substate") + " says " +
                      in_quotes(reader.value("substate")) + ", which only a draft can be.");
    auto const type = fields["signature_type"] = reader.word("signature_type", "signature_type", true);
    fields["terms_version"] = std::string(trim(reader.line("terms_version", true)));
    fields["products"] = join_list(reader.list("products", directory.names_with_commas()));
    fields["accepted_on"] = reader.date("accepted_on");
    fields["accepted_by"] = std::string(trim(reader.line("accepted_by", false)));
    fields["start_date"] = reader.date("start_date");
    fields["end_date"] = reader.date("end_date");
    fields["company_registration_number"] = std::string(trim(reader.line("company_registration_number", false)));
    fields["superseded_contract"] = reader.number("superseded_contract", "CNTR", false);
    if (!number.empty() && fields["superseded_contract"] == number)
        reader.refuse(reader.column("superseded_contract") + " names the agreement itself.");
    fields["original_version"] = reader.number("original_version", "CNTR", false);
    fields["created"] = reader.instant("created", true);
    fields["review_day_one"] = reader.date("review_day_one");
    fields["paused_on"] = reader.date("paused_on");
    fields["pause_reason"] = reader.text("pause_reason");
    // Only a terms change under review has a clock that can be paused or reset (R40).
    if (state != "Draft" || type != "Auto Accepted")
        fields["review_day_one"] = fields["paused_on"] = fields["pause_reason"] = "";
    if (fields["paused_on"].empty()) fields["pause_reason"] = "";
    fields["notified"] = join_list(reader.list("notified"));
    fields["account"] = reader.reference("account", Table::account, "account");
    return fields;
}

Fields read_case(Reader& reader) {
    Fields fields;
    fields["number"] = reader.number("number", "CS", true);
    auto const title = reader.line("title", false);
    fields["description"] = reader.text("description");
    fields["close_notes"] = reader.text("close_notes");
    fields["state"] = reader.word("state", "case_state", true);
    fields["opened"] = reader.instant("opened", true);
    fields["kind"] = reader.word("kind", "kind", false);
    if (fields["kind"].empty())
        fields["kind"] = to_ascii_lower(title).starts_with("connection agreement") ? "acceptance" : "query";
    auto const watch_list = reader.list("watch_list");
    for (auto const& entry : watch_list)
        if (!lifecycle::is_email(entry) && !looks_like_sys_id(entry))
            reader.refuse(reader.column("watch_list") + " holds " + in_quotes(entry) +
                          ", which is neither an email address nor a sys_id.");
    fields["watch_list"] = join_list(watch_list);
    fields["agreement"] = reader.reference("agreement", Table::agreement, "agreement");
    // Where the account's column is empty, the agreement says whose case it is.
    if (!reader.value("account").empty()) fields["account"] = reader.reference("account", Table::account, "account");
    return fields;
}

std::string yes_or_no(bool flag) { return flag ? "true" : "false"; }
std::string date_or_nothing(const std::optional<Date>& date) { return date ? format_iso(*date) : std::string(); }

Fields fields_of(const lifecycle::Account& account) {
    return {{"ods_code", account.ods_code},
            {"name", account.name},
            {"company_number", account.company_number.value_or("")},
            {"public_healthcare", yes_or_no(account.public_healthcare)},
            {"outside_uk", yes_or_no(account.outside_uk)},
            {"delivery_email", account.delivery_email.value_or("")},
            {"address", account.address}};
}

Fields fields_of(const lifecycle::Contact& contact) {
    return {{"email", contact.email},
            {"name", contact.name},
            {"account", contact.account},
            {"onboarding_contact", yes_or_no(contact.onboarding_contact)}};
}

Fields fields_of(const Workspace& workspace, const lifecycle::Agreement& agreement) {
    Fields fields = {{"number", agreement.number},
                     {"name", agreement.name},
                     {"account", agreement.account},
                     {"state", std::string(to_words(agreement.state))},
                     {"substate", agreement.substate ? std::string(to_words(*agreement.substate)) : std::string()},
                     {"signature_type", std::string(to_words(agreement.signature_type))},
                     {"terms_version", agreement.terms_version},
                     {"products", join_list(lifecycle::product_names(workspace, agreement.products))},
                     {"accepted_on", date_or_nothing(agreement.accepted_on)},
                     {"accepted_by", agreement.accepted_by.value_or("")},
                     {"start_date", date_or_nothing(agreement.start_date)},
                     {"end_date", date_or_nothing(agreement.end_date)},
                     {"company_registration_number", agreement.company_registration_number.value_or("")},
                     {"superseded_contract", agreement.supersedes.value_or("")},
                     {"original_version", agreement.original_version.value_or("")},
                     {"created", format_iso(agreement.created)},
                     {"review_day_one", ""},
                     {"paused_on", ""},
                     {"pause_reason", ""},
                     {"notified", join_list(agreement.notified)}};
    if (agreement.state == State::draft && agreement.signature_type == SignatureType::auto_accepted) {
        auto const& review = agreement.review;
        if (review.day_one != london_date(agreement.created)) fields["review_day_one"] = format_iso(review.day_one);
        if (review.paused()) {
            fields["paused_on"] = format_iso(review.pauses.back().from);
            fields["pause_reason"] = review.pauses.back().reason;
        }
    }
    if (!agreement.imported) {
        auto const shown = lifecycle::view(workspace, agreement, workspace.now);
        if (!agreement.company_registration_number)
            fields["company_registration_number"] = shown.company_registration_number.value_or("");
        // Theirs is empty where an agreement is its own original version.
        if (!agreement.original_version && shown.original_version != agreement.number)
            fields["original_version"] = shown.original_version;
    }
    return fields;
}

Fields fields_of(const lifecycle::Case& the_case) {
    Fields fields = {{"number", the_case.number},
                     {"kind", std::string(to_words(the_case.kind))},
                     {"state", std::string(to_words(the_case.state))},
                     {"account", the_case.account},
                     {"agreement", the_case.agreement},
                     {"opened", format_iso(the_case.opened)},
                     {"watch_list", join_list(the_case.watch_list)},
                     {"description", ""},
                     {"close_notes", ""}};
    auto const& activity = the_case.activity;
    bool const asks = the_case.kind == lifecycle::CaseKind::query && !activity.empty();
    if (asks) fields["description"] = activity.front().text;
    // What settled it is the last word that the customer saw. Acceptance settles a case without a word (R56).
    bool const has_words =
        the_case.kind == lifecycle::CaseKind::query || the_case.state == lifecycle::CaseState::closed;
    if (!the_case.is_open() && has_words) {
        for (std::size_t i = activity.size(); i > (asks ? 1u : 0u); --i) {
            if (!activity[i - 1].visible_to_customer) continue;
            fields["close_notes"] = activity[i - 1].text;
            break;
        }
    }
    return fields;
}

}  // namespace

Directory::Directory(const Workspace& workspace, const Mapping& mapping) {
    for (auto const table : tables) {
        workspace.servicenow_rows.for_each(mapping[table].name, [&](const lifecycle::ServiceNowRow& kept) {
            if (kept.sys_id.empty()) return true;  // the white space around the others
            auto const row = read_row(kept.row);
            auto const key = row ? interop::key_of(table, *row, mapping) : std::string();
            if (!exists(workspace, table, key)) return true;  // it still waits
            add(table, kept.sys_id, kept.sys_id, key);
            if (auto const id = id_of(table, *row, mapping); !id.empty()) add(table, kept.sys_id, id, key);
            return true;
        });
    }
    for (auto const& [_, product] : workspace.products)
        if (product.name.contains(',')) names_with_commas_.push_back(product.name);
    // What was made here is known by the sys_id with which it goes out.
    auto add_made_here = [&](Table table, const auto& records) {
        auto& all = tables_[static_cast<std::size_t>(table)];
        for (auto const& [key, _] : records) {
            if (row_of(table, key)) continue;
            auto const id = all.texts.add(sys_id_of(table, key));
            if (all.key_of_id.of(id) == 0) all.key_of_id.set(id, all.texts.add(key));
        }
    };
    add_made_here(Table::account, workspace.accounts);
    add_made_here(Table::contact, workspace.contacts);
    add_made_here(Table::agreement, workspace.agreements);
    add_made_here(Table::case_, workspace.cases);
}

void Directory::add(Table table, const std::string& kept_as, const std::string& sys_id, const std::string& key) {
    auto& all = tables_[static_cast<std::size_t>(table)];
    auto const key_number = all.texts.add(key);
    if (!sys_id.empty()) {
        auto const id = all.texts.add(sys_id);
        all.key_of_id.set(id, key_number);
        if (sys_id != kept_as) all.id_of_key.set(key_number, id);
        else if (all.id_of_key.of(key_number) != 0) all.id_of_key.set(key_number, 0);
    }
    all.row_of_key.set(key_number, all.texts.add(kept_as));
}

std::optional<std::string_view> Directory::PerTable::linked(const Links& links, std::string_view from) const {
    auto const to = links.of(texts.find(from));
    return to == 0 ? std::nullopt : std::optional(texts.at(to));
}

std::optional<std::string_view> Directory::key_of(Table table, std::string_view sys_id) const {
    auto const& all = tables_[static_cast<std::size_t>(table)];
    return all.linked(all.key_of_id, sys_id);
}

std::optional<std::string_view> Directory::row_of(Table table, std::string_view key) const {
    auto const& all = tables_[static_cast<std::size_t>(table)];
    return all.linked(all.row_of_key, key);
}

std::string Directory::sys_id_of(Table table, std::string_view key) const {
    auto const& all = tables_[static_cast<std::size_t>(table)];
    if (auto const id = all.linked(all.id_of_key, key)) return std::string(*id);
    // A row without a sys_id is kept under its key.
    if (auto const kept = row_of(table, key); kept && *kept != key) return std::string(*kept);
    constexpr std::size_t sys_id_length = 32;
    return sha256_hex("connection agreements portal/" + std::string(to_words(table)) + "/" + std::string(key))
        .substr(0, sys_id_length);
}

bool exists(const Workspace& workspace, Table table, const std::string& key) {
    switch (table) {
        case Table::account: return workspace.accounts.contains(key);
        case Table::contact: return workspace.contacts.contains(key);
        case Table::agreement: return workspace.agreements.contains(key);
        case Table::case_: return workspace.cases.contains(key);
    }
    return false;
}

std::string key_of(Table table, const Row& row, const Mapping& mapping) {
    auto value = [&](std::string_view field) { return trim(row.value(mapping[table].column(field))); };
    switch (table) {
        case Table::account: return to_ascii_upper(value("ods_code"));
        case Table::contact: return to_ascii_lower(value("email"));
        case Table::agreement:
        case Table::case_: return std::string(value("number"));
    }
    return {};
}

std::string id_of(Table table, const Row& row, const Mapping& mapping) {
    return std::string(trim(row.value(mapping[table].column("id"))));
}

Result<Fields> read_fields(Table table, const Row& row, const Mapping& mapping, const Directory& directory) {
    Reader reader(table, row, mapping, directory);
    auto const id = reader.value("id");
    if (id.size() > id_length_max || id.find('/') != std::string::npos || has_control_characters(id, false))
        reader.refuse(reader.column("id") + " says " + in_quotes(id) + ", which is not a sys_id.");
    // Not only of the portal's other tables: alone in an export, such a record would make it one of a table that nobody
    // reads.
    if (auto const given = reader.value("class"); !given.empty() && given != mapping[table].name)
        reader.refuse("It is a record of " + given + " among those of " + mapping[table].name + ".");
    switch (table) {
        case Table::account: return reader.done(read_account(reader));
        case Table::contact: return reader.done(read_contact(reader));
        case Table::agreement: return reader.done(read_agreement(reader, directory));
        case Table::case_: return reader.done(read_case(reader));
    }
    return fail("unsound", "It is of no table that the portal knows.");
}

Fields fields_of(Table table, const Workspace& workspace, const std::string& key) {
    switch (table) {
        case Table::account: return fields_of(workspace.accounts.at(key));
        case Table::contact: return fields_of(workspace.contacts.at(key));
        case Table::agreement: return fields_of(workspace, workspace.agreements.at(key));
        case Table::case_: return fields_of(workspace.cases.at(key));
    }
    return {};
}

std::vector<std::string> watchers(std::string_view list, const Directory& directory, const Workspace& workspace) {
    std::vector<std::string> addresses;
    for (auto& entry : split_list(list)) {
        auto const key = directory.key_of(Table::contact, entry);
        auto const* contact = key ? workspace.find_contact(*key) : nullptr;
        auto address = contact ? contact->email : entry;
        if (!lifecycle::is_email(address)) continue;
        auto const is_same = [&](const std::string& each) { return to_ascii_lower(each) == to_ascii_lower(address); };
        if (std::none_of(addresses.begin(), addresses.end(), is_same)) addresses.push_back(std::move(address));
    }
    return addresses;
}

}  // namespace ca::interop
