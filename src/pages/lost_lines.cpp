#include "pages/lost_lines.h"

#include "base/text.h"
#include "pages/present.h"

#include <algorithm>

namespace ca::pages {

std::optional<std::string> why_unreadable(std::string_view text) {
    if (is_blank(text)) return std::nullopt;
    const auto lines = documents::lost_lines(text);
    if (lines) return std::nullopt;
    const auto& [code, message, where] = lines.error();
    return message + (where.empty() ? "" : " (" + where + ")");
}

std::vector<NamedLostLine> lost_lines_of(std::string_view document, std::string_view text) {
    std::vector<NamedLostLine> lost;
    if (auto lines = documents::lost_lines(text)) {
        for (auto& line : *lines) lost.push_back({std::string(document), std::move(line)});
    }
    return lost;
}

void build_lost_lines(ui::Ui& ui, std::span<const NamedLostLine> lost) {
    if (lost.empty()) return;
    constexpr std::size_t shown_at_most = 100;
    ui.heading(4, "Words that would be lost", "lost-heading");
    ui.paragraph(count_of(lost.size(), "line of the source has", "lines of the source have") +
                     " words or numbers that the document would not have. Put the source right, or read each of them "
                     "and be sure that nothing is missing.",
                 ui::TextSize::body, "lost-words");
    std::vector<ui::TableRow> rows;
    for (const auto& [document, line] : lost.first(std::min(lost.size(), shown_at_most)))
        rows.push_back({.key = document + " " + std::to_string(line.line) + " " + std::to_string(rows.size()),
                        .cells = {{.words = document},
                                  {.words = std::to_string(line.line), .header = true},
                                  {.words = line.sentence()}}});
    static const std::vector<ui::TableColumn> columns{{.key = "document", .header = "Document"},
                                                      {.key = "line", .header = "Line", .numeric = true},
                                                      {.key = "what", .header = "What is lost"}};
    ui.table("lost", columns, rows, {.caption = "Words that would be lost", .hidden_caption = true, .empty = ""});
    if (lost.size() > rows.size())
        ui.paragraph("And " + grouped(lost.size() - rows.size()) + " more.", ui::TextSize::body, "lost-more");
}

}  // namespace ca::pages
