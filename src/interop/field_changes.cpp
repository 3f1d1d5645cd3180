#include "base/text.h"
#include "interop/servicenow.h"
#include "interop/servicenow_fields.h"
#include "lifecycle/engine.h"

#include <algorithm>

namespace ca::interop {
namespace {

// "accepted_on" as it stands on a page.
std::string name_in_words(std::string_view field) {
    std::string words(field);
    std::ranges::replace(words, '_', ' ');
    if (!words.empty()) words.front() = to_ascii_upper(words.substr(0, 1)).front();
    return words;
}

std::string value_in_words(const std::string& value) {
    if (value.empty()) return "nothing";
    if (value == "true") return "Yes";
    if (value == "false") return "No";
    if (auto const date = parse_date(value)) return format_words(*date);
    if (auto const instant = parse_instant(value)) return format_words(*instant);
    return value;
}

}  // namespace

std::vector<FieldChange> field_changes(const std::string& number, const Fields& before, const Fields& after) {
    std::vector<FieldChange> changes;
    for (auto const& [field, value] : after) {
        auto const known = before.find(field);
        auto const& was = known == before.end() ? std::string() : known->second;
        if (was != value) changes.push_back({number, name_in_words(field), value_in_words(was), value_in_words(value)});
    }
    return changes;
}

std::string in_words(const FieldChange& change) {
    if (change.field.empty()) return change.number + ": only columns change that the portal keeps and does not use.";
    return change.number + ": " + change.field + " is “" + change.from + "” and becomes “" + change.to + "”.";
}

std::vector<std::vector<FieldChange>> changes_by_imports(std::span<const journal::Entry> stream,
                                                         const std::string& number, const lifecycle::Sight& names) {
    std::vector<std::vector<FieldChange>> changes;
    lifecycle::Workspace then;
    then.products = names.products;
    std::optional<Fields> known;
    for (auto const& entry : stream) {
        lifecycle::apply(then, entry.event);
        auto& changed = changes.emplace_back();
        if (!then.find_agreement(number)) continue;
        auto fields = fields_of(Table::agreement, then, number);
        if (known && std::holds_alternative<lifecycle::AgreementImported>(entry.event.body))
            changed = field_changes(number, *known, fields);
        known = std::move(fields);
    }
    return changes;
}

}  // namespace ca::interop
