#include "interop/servicenow_mapping.h"

#include "base/text.h"
#include "interop/json_text.h"

#include <algorithm>

namespace ca::interop {

namespace {

// Verified in ServiceNow's documents: the tables and the columns without "u_". Every "u_" name is an assumption, and so
// are the words of state, substate and signature type: this is the place to put them right.
constexpr std::string_view default_text = R"json({
  "instance": "https://instance.example",
  "tables": {
    "account": {
      "name": "customer_account",
      "columns": {
        "id": "sys_id",
        "class": "sys_class_name",
        "number": "number",
        "name": "name",
        "ods_code": "u_ods_code",
        "company_number": "registration_code",
        "public_healthcare": "u_public_healthcare",
        "outside_uk": "u_outside_uk",
        "delivery_email": "u_delivery_email",
        "street": "street",
        "city": "city",
        "postcode": "zip",
        "country": "country"
      },
      "order": ["sys_id", "number", "name", "u_ods_code", "registration_code", "u_public_healthcare", "u_outside_uk",
                "u_delivery_email", "street", "city", "zip", "country"],
      "constants": {}
    },
    "contact": {
      "name": "customer_contact",
      "columns": {
        "id": "sys_id",
        "class": "sys_class_name",
        "name": "name",
        "email": "email",
        "account": "account",
        "onboarding_contact": "u_onboarding_contact"
      },
      "order": ["sys_id", "name", "email", "account", "u_onboarding_contact"],
      "constants": {}
    },
    "agreement": {
      "name": "ast_contract",
      "columns": {
        "id": "sys_id",
        "class": "sys_class_name",
        "number": "number",
        "name": "short_description",
        "account": "account",
        "state": "state",
        "substate": "substate",
        "start_date": "starts",
        "end_date": "ends",
        "active": "active",
        "terms_version": "u_terms_version",
        "signature_type": "u_signature_type",
        "accepted_by": "u_accepted_by",
        "accepted_on": "u_accepted_on",
        "company_registration_number": "u_company_registration_number",
        "products": "u_api_products",
        "superseded_contract": "u_superseded_contract",
        "original_version": "u_original_version",
        "created": "sys_created_on",
        "updated": "sys_updated_on",
        "review_day_one": "u_review_day_one",
        "paused_on": "u_review_paused_on",
        "pause_reason": "u_review_pause_reason",
        "notified": "u_contacts_notified"
      },
      "order": ["sys_id", "sys_class_name", "number", "short_description", "account", "state", "substate",
                "starts", "ends", "active", "terms_and_conditions", "u_terms_version", "u_signature_type",
                "u_accepted_by", "u_accepted_on", "u_company_registration_number", "u_api_products",
                "u_superseded_contract", "u_original_version", "sys_created_on", "sys_updated_on", "sys_mod_count"],
      "constants": {"sys_mod_count": "0"}
    },
    "case": {
      "name": "sn_customerservice_case",
      "columns": {
        "id": "sys_id",
        "class": "sys_class_name",
        "number": "number",
        "title": "short_description",
        "description": "description",
        "agreement": "contract",
        "account": "account",
        "state": "state",
        "opened": "opened_at",
        "watch_list": "watch_list",
        "kind": "auto_created_case",
        "close_notes": "close_notes"
      },
      "order": ["sys_id", "number", "short_description", "description", "contract", "account", "state", "priority",
                "opened_at", "watch_list", "auto_created_case", "resolution_code", "close_notes"],
      "constants": {"priority": "4"}
    }
  },
  "words": {
    "state": {
      "draft": "Draft",
      "active": "Active",
      "expired": "Expired",
      "cancelled": "Cancelled",
      "canceled": "Cancelled"
    },
    "substate": {
      "awaiting_review": "Awaiting Review",
      "awaiting review": "Awaiting Review",
      "under_review": "Under Review",
      "under review": "Under Review"
    },
    "signature_type": {
      "Accepted via Portal": "Accepted via Portal",
      "accepted_via_portal": "Accepted via Portal",
      "Auto Accepted": "Auto Accepted",
      "auto_accepted": "Auto Accepted"
    },
    "case_state": {
      "1": "New",
      "10": "Open",
      "18": "Awaiting Info",
      "6": "Resolved",
      "3": "Closed"
    },
    "kind": {
      "true": "acceptance",
      "1": "acceptance",
      "false": "query",
      "0": "query"
    },
    "flag": {
      "true": "yes",
      "1": "yes",
      "yes": "yes",
      "false": "no",
      "0": "no",
      "no": "no"
    }
  }
}
)json";

constexpr std::size_t text_length_max = 200;

std::unexpected<Error> bad(std::string message, std::string where) {
    return fail("bad_mapping", "The mapping file: " + std::move(message), std::move(where));
}

Result<std::string> text_at(const Json& value, const std::string& where) {
    if (value.kind != Json::Kind::string)
        return bad("a text was expected here, not " + std::string(in_words(value.kind)) + ".", where);
    if (value.text.size() > text_length_max) return bad("this text is too long for a name.", where);
    return value.text;
}

Result<> expect_object(const Json& value, const std::string& where) {
    if (value.kind != Json::Kind::object)
        return bad("a record in braces was expected here, not " + std::string(in_words(value.kind)) + ".", where);
    for (auto first = value.members.begin(); first != value.members.end(); ++first)
        if (std::any_of(std::next(first), value.members.end(),
                        [&](const JsonMember& other) { return other.name == first->name; }))
            return bad("“" + first->name + "” stands here twice.", where);
    return {};
}

// Known keys come from `base`, which is empty only while the default itself is read.
Result<> read_table(const Json& json, TableMapping& table, const std::string& where, bool is_default) {
    CA_TRY_VOID(expect_object(json, where));
    for (auto const& [name, begin, end, value] : json.members) {
        std::string const place = where + "." + name;
        if (name == "name") {
            table.name = CA_TRY(text_at(value, place));
            if (is_blank(table.name)) return bad("a table needs a name.", place);
        } else if (name == "columns") {
            CA_TRY_VOID(expect_object(value, place));
            for (auto const& column : value.members) {
                std::string const column_place = place + "." + column.name;
                if (!is_default && !table.columns.contains(column.name)) {
                    std::vector<std::string> known;
                    for (auto const& [field, _] : table.columns) known.push_back(field);
                    return bad("there is no field “" + column.name + "”. The fields are: " + join(known, ", ") + ".",
                               column_place);
                }
                auto theirs = CA_TRY(text_at(column.value, column_place));
                if (!theirs.empty())
                    for (auto const& [field, other] : table.columns)
                        if (other == theirs && field != column.name && !value.find(field))
                            return bad("the column “" + theirs + "” is already that of “" + field +
                                           "”. Give that field another one, or \"\".",
                                       column_place);
                // A renamed column keeps its place in the order of a new record.
                auto& ours = table.columns[column.name];
                if (!is_default && !ours.empty()) std::replace(table.order.begin(), table.order.end(), ours, theirs);
                ours = std::move(theirs);
            }
            std::erase(table.order, std::string());
            for (auto const& [field, theirs] : table.columns)
                for (auto const& [other, same] : table.columns)
                    if (field < other && !theirs.empty() && theirs == same)
                        return bad(
                            "the fields “" + field + "” and “" + other + "” have the same column, “" + theirs + "”.",
                            place);
        } else if (name == "order") {
            if (value.kind != Json::Kind::array) return bad("a list of columns was expected here.", place);
            table.order.clear();
            for (auto const& item : value.items) {
                auto column = CA_TRY(text_at(item, place));
                if (std::find(table.order.begin(), table.order.end(), column) != table.order.end())
                    return bad("the column “" + column + "” stands here twice.", place);
                table.order.push_back(std::move(column));
            }
        } else if (name == "constants") {
            CA_TRY_VOID(expect_object(value, place));
            for (auto const& constant : value.members)
                table.constants[constant.name] = CA_TRY(text_at(constant.value, place + "." + constant.name));
        } else {
            return bad("“" + name + "” is not known here. Known are: name, columns, order, constants.", place);
        }
    }
    return {};
}

// What each field's words may mean.
const std::map<std::string, std::vector<std::string>, std::less<>>& meanings() {
    static const std::map<std::string, std::vector<std::string>, std::less<>> all = {
        {"state", {"Draft", "Active", "Expired", "Cancelled"}},
        {"substate", {"Awaiting Review", "Under Review"}},
        {"signature_type", {"Accepted via Portal", "Auto Accepted"}},
        {"case_state", {"New", "Open", "Awaiting Info", "Resolved", "Closed"}},
        {"kind", {"acceptance", "query"}},
        {"flag", {"yes", "no"}},
    };
    return all;
}

Result<Mapping> read(std::string_view text, Mapping mapping, bool is_default) {
    auto parsed = parse_json(text);
    if (!parsed) return bad(parsed.error().message, parsed.error().where);
    CA_TRY_VOID(expect_object(*parsed, "the file"));
    for (auto const& [name, begin, end, value] : parsed->members) {
        if (name == "instance") {
            mapping.instance = CA_TRY(text_at(value, name));
        } else if (name == "tables") {
            CA_TRY_VOID(expect_object(value, name));
            for (auto const& table : value.members) {
                auto const which = std::find_if(tables.begin(), tables.end(),
                                                [&](Table each) { return to_words(each) == table.name; });
                if (which == tables.end())
                    return bad("there is no “" + table.name + "”. Known are: account, contact, agreement, case.",
                               "tables." + table.name);
                CA_TRY_VOID(read_table(table.value, mapping.by_table[static_cast<std::size_t>(*which)],
                                       "tables." + table.name, is_default));
            }
        } else if (name == "words") {
            CA_TRY_VOID(expect_object(value, name));
            for (auto const& field : value.members) {
                std::string const place = "words." + field.name;
                auto const known = meanings().find(field.name);
                if (known == meanings().end())
                    return bad("there are no words for “" + field.name +
                                   "”. Known are: state, substate, signature_type, case_state, kind, flag.",
                               place);
                CA_TRY_VOID(expect_object(field.value, place));
                Words words;
                for (auto const& word : field.value.members) {
                    auto ours = CA_TRY(text_at(word.value, place + "." + word.name));
                    if (std::find(known->second.begin(), known->second.end(), ours) == known->second.end())
                        return bad("“" + ours + "” is not one of: " + join(known->second, ", ") + ".",
                                   place + "." + word.name);
                    words.emplace_back(word.name, std::move(ours));
                }
                // The words of the default still hold after those of the file, so that a file need not repeat them.
                for (auto const& word : mapping.words[field.name])
                    if (std::none_of(words.begin(), words.end(), [&](const auto& mine) {
                            return to_ascii_lower(mine.first) == to_ascii_lower(word.first);
                        }))
                        words.push_back(word);
                mapping.words[field.name] = std::move(words);
            }
        } else {
            return bad("“" + name + "” is not known. Known are: instance, tables, words.", name);
        }
    }
    auto const& names = mapping.by_table;
    for (std::size_t i = 0; i < names.size(); ++i)
        for (std::size_t j = i + 1; j < names.size(); ++j)
            if (names[i].name == names[j].name) return bad("two tables are called “" + names[i].name + "”.", "tables");
    return mapping;
}

}  // namespace

std::string_view to_words(Table table) {
    switch (table) {
        case Table::account: return "account";
        case Table::contact: return "contact";
        case Table::agreement: return "agreement";
        case Table::case_: return "case";
    }
    return "";
}

std::string_view TableMapping::column(std::string_view field) const {
    auto const found = columns.find(field);
    return found == columns.end() ? std::string_view() : std::string_view(found->second);
}

std::string_view TableMapping::field(std::string_view column) const {
    for (auto const& [field, theirs] : columns)
        if (theirs == column && !column.empty()) return field;
    return {};
}

std::string_view Mapping::ours(std::string_view field, std::string_view theirs) const {
    auto const found = words.find(field);
    if (found == words.end()) return {};
    auto const wanted = to_ascii_lower(trim(theirs));
    for (auto const& [their_word, our_word] : found->second)
        if (to_ascii_lower(their_word) == wanted) return our_word;
    return {};
}

std::string_view Mapping::theirs(std::string_view field, std::string_view ours) const {
    auto const found = words.find(field);
    if (found == words.end()) return ours;
    for (auto const& [their_word, our_word] : found->second)
        if (our_word == ours) return their_word;
    return ours;
}

std::string_view default_mapping_text() { return default_text; }

const Mapping& default_mapping() {
    static const Mapping mapping = *read(default_text, {}, true);
    return mapping;
}

Result<Mapping> read_mapping(std::string_view text) { return read(text, default_mapping(), false); }

}  // namespace ca::interop
