#include "interop/sheet.h"

#include "base/shown_text.h"
#include "interop/list_cell.h"
#include "lifecycle/views.h"

namespace ca::interop {

namespace {

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

Cell cell_of(Cell::Kind kind, std::string text, std::int64_t amount) {
    Cell cell(std::move(text));
    cell.kind = kind;
    cell.amount = amount;
    return cell;
}

}  // namespace

Cell Cell::number(std::int64_t number) { return cell_of(Kind::number, std::to_string(number), number); }

Cell Cell::date(const std::optional<Date>& date) {
    return date ? cell_of(Kind::date, format_iso(*date), date->days) : Cell("");
}

Cell Cell::london_time(Instant instant) {
    auto const day = london_date(instant);
    int const minutes = london_seconds_of_day(instant) / 60;
    return cell_of(Kind::date_time, format_iso(day) + " " + two_digits(minutes / 60) + ":" + two_digits(minutes % 60),
                   std::int64_t{day.days} * 24 * 60 + minutes);
}

Rows shown_rows(Rows rows) {
    for (auto& row : rows)
        for (auto& cell : row)
            if (cell.kind == Cell::Kind::text) cell.text = shown_text(cell.text);
    return rows;
}

Rows agreement_rows(const lifecycle::Sight& workspace, std::span<const std::string> numbers) {
    Rows rows = {{"Number", "Name", "Company Registration Number", "Account", "API Products Applicable", "Case",
                  "State", "Substate", "Accepted On", "Accepted By", "Start Date", "Created"}};
    for (auto const& number : numbers) {
        auto const* agreement = workspace.find_agreement(number);
        if (!agreement) continue;
        auto const shown = lifecycle::view(workspace, *agreement, workspace.now);
        auto const* account = workspace.find_account(agreement->account);
        auto const products = lifecycle::product_names(workspace, agreement->products);
        rows.push_back(
            {shown.number, shown.name, shown.company_registration_number.value_or(""),
             account ? account->name : shown.account, join_list(products, ", "), shown.case_number.value_or(""),
             to_words(shown.state), shown.substate ? to_words(*shown.substate) : "", Cell::date(shown.accepted_on),
             shown.accepted_by.value_or(""), Cell::date(shown.start_date), Cell::london_time(shown.created)});
    }
    return shown_rows(std::move(rows));
}

Rows agreement_rows(const lifecycle::Sight& workspace) {
    std::vector<std::string> numbers;
    for (auto const& [number, _] : workspace.agreements) numbers.push_back(number);
    return agreement_rows(workspace, numbers);
}

}  // namespace ca::interop
