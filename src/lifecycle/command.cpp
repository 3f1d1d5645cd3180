#include "lifecycle/command.h"

#include "base/text.h"

#include <algorithm>
#include <set>

namespace ca::lifecycle {
namespace {

// ---- The table, from the structs of the verbs -------------------------------------------------------------

template<Verb Asked>
CommandRule rule_of() {
    CommandRule rule{.verb = Asked::verb, .who = Asked::who, .arguments = {}};
    const Asked shape;
    Asked::describe(
        [&]<typename Given>(std::string_view name, const Given&) {
            rule.arguments.push_back({.name = name, .kind = Given::kind, .need = Given::need, .empty = Given::empty});
        },
        shape);
    return rule;
}

template<typename... Asked>
std::vector<CommandRule> rules_of(const std::variant<Asked...>*) {
    return {rule_of<Asked>()...};
}

const std::vector<CommandRule>& table() {
    static const auto rules = rules_of(static_cast<const ask::All*>(nullptr));
    return rules;
}

constexpr std::size_t entry_code_points_max = 4'000;
constexpr std::int64_t size_max = (std::int64_t{1} << 53) - 1;

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

bool is_ascii_alphanumeric(char c) { return is_ascii_letter(c) || is_ascii_digit(c); }

bool is_sha256(std::string_view text) {
    const auto is_hex = [](char c) { return is_ascii_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
    return text.size() == 64 && std::ranges::all_of(text, is_hex);
}

// Whether a value is the "" that takes an optional value away (R64).
bool takes_away(const ArgumentRule& rule, const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    return rule.empty == Empty::takes_away && text && text->empty();
}

// null and blank text count as absent (R9); a blank entry is present, and refused as empty_text.
bool is_absent(const ArgumentRule& rule, const Value& value) {
    if (std::holds_alternative<Absent>(value)) return true;
    const auto* text = std::get_if<std::string>(&value);
    return text && rule.kind != Kind::entry && is_blank(*text) && !takes_away(rule, value);
}

const Value* value_given(const Command& command, const ArgumentRule& rule) {
    const auto given = command.arguments.find(std::string(rule.name));
    return given == command.arguments.end() || is_absent(rule, given->second) ? nullptr : &given->second;
}

std::string in_words(std::string_view name) {
    std::string words(name);
    std::ranges::replace(words, '_', ' ');
    return words;
}

std::unexpected<Error> fail_about(const ArgumentRule& rule, std::string code, std::string message) {
    return fail(std::move(code), std::move(message), std::string(rule.name));
}

// What the type and shape of a value show (R8).
Result<> check_type(const ArgumentRule& rule, const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    const auto* number = std::get_if<std::int64_t>(&value);
    const std::string name = "“" + std::string(rule.name) + "” ";
    const auto refuse = [&](std::string expected) { return fail_about(rule, "bad_argument", name + expected); };
    switch (rule.kind) {
        case Kind::flag:
            if (!std::holds_alternative<bool>(value)) return refuse("must be true or false.");
            return {};
        case Kind::products: {
            const auto* list = std::get_if<std::vector<std::string>>(&value);
            if (!list || std::ranges::any_of(*list, is_blank))
                return refuse("must be a list of product ids, for example [\"pds-fhir\"].");
            return {};
        }
        case Kind::from_version:
            if (!number || *number != 5)
                return refuse("can only be the number 5. Leave it out for any other agreement.");
            return {};
        case Kind::place:
            if (!number || *number < 1)
                return refuse("must be a whole number from 1: its place in the order of list_notifications.");
            return {};
        case Kind::size:
            if (!number || *number < 0 || *number > size_max)
                return refuse("must be the file's size in bytes, a whole number from 0.");
            return {};
        case Kind::sha256:
            if (!text || !is_sha256(*text)) return refuse("must be the file's SHA-256 as 64 hexadecimal digits.");
            return {};
        case Kind::version:
            if (!text || !parse_version(*text))
                return refuse("must be one to four numbers with dots between them, for example 6.1.");
            return {};
        case Kind::filter:
            if (!text || (*text != "default" && *text != "all")) return refuse("must be “default” or “all”.");
            return {};
        case Kind::text:
        case Kind::entry:
        case Kind::date:
        case Kind::email:
        case Kind::ods_code:
        case Kind::company_number:
            if (!text) return refuse("must be text.");
            return {};
    }
    return {};
}

// What the content of a value of the right type shows; brings the value into the form in which it is kept.
Result<Value> check_content(const ArgumentRule& rule, Value value) {
    const auto place = [&](Error error) {
        error.where = std::string(rule.name);
        return std::unexpected(std::move(error));
    };
    if (takes_away(rule, value)) return value;
    switch (rule.kind) {
        case Kind::entry: {
            const auto& text = std::get<std::string>(value);
            if (is_blank(text))
                return fail_about(rule, "empty_text", "Enter a " + in_words(rule.name) + " of 1 to 4,000 characters.");
            if (const auto count = count_code_points(text); count > entry_code_points_max) {
                return fail_about(rule, "text_too_long",
                                  "The " + in_words(rule.name) + " has " + std::to_string(count) +
                                      " characters. Shorten it to 4,000 characters or fewer.");
            }
            return value;
        }
        case Kind::products: {
            const auto& list = std::get<std::vector<std::string>>(value);
            if (list.empty()) return fail_about(rule, "no_products", "Choose at least one API product.");
            std::set<std::string_view> seen;
            for (const auto& id : list) {
                if (!seen.insert(id).second)
                    return fail_about(rule, "duplicate_product",
                                      "The product " + id + " is named twice. Name each product once.");
            }
            return value;
        }
        case Kind::date:
            if (const auto date = parse_date(std::get<std::string>(value)); !date) return place(date.error());
            return value;
        case Kind::email:
            if (!is_email(std::get<std::string>(value))) {
                return fail_about(rule, "bad_email",
                                  "Enter an email address in the right format, such as name@example.com.");
            }
            return value;
        case Kind::ods_code: {
            auto code = check_ods_code(std::get<std::string>(value));
            if (!code) return place(code.error());
            return *code;
        }
        case Kind::company_number: {
            auto number = check_company_number(std::get<std::string>(value));
            if (!number) return place(number.error());
            return *number;
        }
        case Kind::sha256: return to_ascii_lower(std::get<std::string>(value));
        default: return value;
    }
}

}  // namespace

bool CommandRule::permits(Role role) const { return std::ranges::find(who, role) != who.end(); }

std::span<const CommandRule> command_table() { return table(); }

const CommandRule* find_command(std::string_view verb) {
    const auto found = std::ranges::find(table(), verb, &CommandRule::verb);
    return found == table().end() ? nullptr : &*found;
}

Result<> check_shape(const Command& command) {
    const CommandRule* rule = find_command(command.verb);
    if (!rule) return fail("bad_command", "There is no command “" + command.verb + "”.", "do");
    for (const auto& [name, value] : command.arguments) {
        if (std::ranges::find(rule->arguments, name, &ArgumentRule::name) == rule->arguments.end()) {
            return fail("bad_command", "The command “" + command.verb + "” does not take “" + name + "”. Remove it.",
                        name);
        }
    }
    return {};
}

std::vector<std::string> missing_arguments(const Command& command) {
    std::vector<std::string> missing, wanted;
    const CommandRule* rule = find_command(command.verb);
    if (!rule) return missing;
    bool one_given = false;
    for (const auto& argument : rule->arguments) {
        const bool given = value_given(command, argument) != nullptr;
        if (argument.need == Need::required && !given) missing.emplace_back(argument.name);
        if (argument.need != Need::one_at_least) continue;
        wanted.emplace_back(argument.name);
        one_given = one_given || given;
    }
    if (!one_given) missing.insert(missing.end(), wanted.begin(), wanted.end());
    return missing;
}

std::vector<Error> wrong_arguments(const Command& command) {
    std::vector<Error> wrong;
    const CommandRule* rule = find_command(command.verb);
    if (!rule) return wrong;
    for (const auto& argument : rule->arguments) {
        const auto* value = value_given(command, argument);
        if (!value) continue;
        if (const auto type = check_type(argument, *value); !type) wrong.push_back(type.error());
        else if (const auto content = check_content(argument, *value); !content) wrong.push_back(content.error());
    }
    return wrong;
}

Result<Values> check_arguments(const Command& command) {
    const CommandRule* rule = find_command(command.verb);
    if (!rule) return fail("bad_command", "There is no command “" + command.verb + "”.", "do");
    if (const auto missing = missing_arguments(command); !missing.empty()) {
        const auto& first = *std::ranges::find(rule->arguments, missing.front(), &ArgumentRule::name);
        if (first.need == Need::required)
            return fail("missing_argument", "Enter “" + missing.front() + "”: “" + command.verb + "” needs it.",
                        missing.front());
        return fail(
            "missing_argument",
            "Enter at least one of “" + join(missing, "”, “") + "”: “" + command.verb + "” changes nothing else.",
            missing.front());
    }

    Values present;
    for (const auto& argument : rule->arguments)
        if (const auto* value = value_given(command, argument))
            present.insert_or_assign(std::string(argument.name), *value);
    const auto for_each_present = [&](auto&& check) -> Result<> {
        for (const auto& argument : rule->arguments) {
            if (const auto given = present.find(std::string(argument.name)); given != present.end()) {
                CA_TRY_VOID(check(argument, given->second));
            }
        }
        return {};
    };
    CA_TRY_VOID(
        for_each_present([](const ArgumentRule& argument, Value& value) { return check_type(argument, value); }));
    CA_TRY_VOID(for_each_present([](const ArgumentRule& argument, Value& value) -> Result<> {
        value = CA_TRY(check_content(argument, value));
        return {};
    }));
    return present;
}

// ---- Single checks ----------------------------------------------------------------------------------------

Result<std::string> check_ods_code(std::string_view text) {
    if (text.empty() || text.size() > 9 || !std::ranges::all_of(text, is_ascii_alphanumeric)) {
        return fail("bad_ods_code", "An ODS code is 1 to 9 letters and digits, for example YGA12. Check the code.");
    }
    return to_ascii_upper(text);
}

Result<std::string> check_company_number(std::string_view text) {
    std::string number = to_ascii_upper(text);
    const bool numeric = !number.empty() && std::ranges::all_of(number, is_ascii_digit);
    if (numeric && number.size() < 8) number.insert(0, 8 - number.size(), '0');
    const auto head = std::string_view(number).substr(0, 2);
    const auto tail = std::string_view(number).substr(std::min<std::size_t>(2, number.size()));
    if (number.size() != 8 || !std::ranges::all_of(head, is_ascii_alphanumeric) ||
        !std::ranges::all_of(tail, is_ascii_digit)) {
        return fail("bad_company_number",
                    "A company registration number is 8 characters: 2 letters or digits, then 6 digits, for example "
                    "01234567 or SC123456. Check the number.");
    }
    return number;
}

bool is_email(std::string_view text) {
    constexpr std::size_t size_max_bytes = 254;
    constexpr std::string_view local_marks = ".!#$%&'*+/=?^_`{|}~-";
    constexpr std::size_t label_max = 63;

    const auto at = text.find('@');
    if (text.size() > size_max_bytes || at == std::string_view::npos || at == 0) return false;
    const auto is_local = [&](char c) { return is_ascii_alphanumeric(c) || local_marks.contains(c); };
    if (!std::ranges::all_of(text.substr(0, at), is_local)) return false;

    const auto labels = split(text.substr(at + 1), '.');
    return labels.size() >= 2 && std::ranges::all_of(labels, [](const std::string& label) {
               const auto is_inner = [](char c) { return is_ascii_alphanumeric(c) || c == '-'; };
               return !label.empty() && label.size() <= label_max && label.front() != '-' && label.back() != '-' &&
                      std::ranges::all_of(label, is_inner);
           });
}

}  // namespace ca::lifecycle
