#include "interop/csv.h"

#include "base/text.h"
#include "lifecycle/views.h"

namespace ca::interop {

namespace {

std::string date_or_nothing(const std::optional<Date>& date) { return date ? format_iso(*date) : std::string(); }

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::string london_time(Instant instant) {
    int const seconds = london_seconds_of_day(instant);
    return format_iso(london_date(instant)) + " " + two_digits(seconds / 3600) + ":" + two_digits(seconds / 60 % 60);
}

}  // namespace

std::string harmless_cell(std::string_view text) {
    auto const first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return std::string(text);
    auto const rest = text.substr(first);
    auto const byte = static_cast<unsigned char>(rest.front());
    // The full-width forms too: some spreadsheets read them as the narrow ones.
    bool const starts_formula = byte < 0x20 || rest.starts_with('=') || rest.starts_with('+') || rest.starts_with('-') || rest.starts_with('@') ||
                                rest.starts_with("＝") || rest.starts_with("＋") || rest.starts_with("－") || rest.starts_with("＠");
    return (starts_formula ? "'" : "") + std::string(text);
}

std::string to_csv(std::span<const std::vector<std::string>> rows) {
    std::string csv = "\xef\xbb\xbf";
    for (auto const& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0) csv += ',';
            csv += '"';
            for (char const c : harmless_cell(row[i])) {
                if (c == '"') csv += '"';
                csv += c;
            }
            csv += '"';
        }
        csv += "\r\n";
    }
    return csv;
}

std::string agreements_csv(const lifecycle::Workspace& workspace, std::span<const std::string> numbers) {
    std::vector<std::vector<std::string>> rows = {{"Number", "Name", "Company Registration Number", "Account", "API Products Applicable", "Case", "State",
                                                   "Substate", "Accepted On", "Accepted By", "Start Date", "Created"}};
    for (auto const& number : numbers) {
        auto const* agreement = workspace.find_agreement(number);
        if (!agreement) continue;
        auto const shown = lifecycle::view(workspace, *agreement, workspace.now);
        auto const* account = workspace.find_account(agreement->account);
        std::vector<std::string> products;
        for (auto const& id : agreement->products) {
            auto const* product = workspace.find_product(id);
            products.push_back(product ? product->name : id);
        }
        rows.push_back({shown.number, shown.name, shown.company_registration_number.value_or(""), account ? account->name : shown.account,
                        join(products, ", "), shown.case_number.value_or(""), std::string(to_words(shown.state)),
                        shown.substate ? std::string(to_words(*shown.substate)) : std::string(), date_or_nothing(shown.accepted_on),
                        shown.accepted_by.value_or(""), date_or_nothing(shown.start_date), london_time(shown.created)});
    }
    return to_csv(rows);
}

std::string agreements_csv(const lifecycle::Workspace& workspace) {
    std::vector<std::string> numbers;
    for (auto const& [number, _] : workspace.agreements) numbers.push_back(number);
    return agreements_csv(workspace, numbers);
}

}  // namespace ca::interop
