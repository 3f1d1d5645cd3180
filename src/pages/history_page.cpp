// The lineage of an agreement: Original Version → superseded → current, and the full record of its events.

#include "base/text.h"
#include "lifecycle/explain.h"
#include "interop/servicenow.h"
#include "pages/catalogue.h"
#include "pages/derived.h"
#include "pages/present.h"

#include <algorithm>
#include <iterator>
#include <optional>

namespace ca::pages {
namespace {

class HistoryPage : public PageOfAgreement {
public:
    using PageOfAgreement::PageOfAgreement;
    std::string heading_of_it() const override { return "History of " + number_; }

    void build_of(Context& context, const lifecycle::Agreement& agreement) override {
        auto& ui = context.ui;
        ui.link("back", "Back to " + number_, agreement_address(number_));
        ui.heading(1, heading(context), "h1", agreement.name);
        build_lineage(context, agreement);
        build_record(context, agreement);
    }

private:
    // An agreement of the lineage, and where it stands in the drawing. Each was made from one before it: so several may
    // come from one.
    struct Step {
        const lifecycle::Agreement* agreement;
        std::optional<std::size_t> from{};  // among the steps; none: nothing before it is known
        std::size_t column = 0, line = 0;   // line 0: the way from the first to the last that was in force
    };

    static bool was_in_force(const lifecycle::Agreement& agreement) {
        return agreement.state == lifecycle::State::active || agreement.state == lifecycle::State::expired;
    }

    // By the instant of creation, as lineage() gives them.
    static std::vector<Step> steps_of(const Context& context, const lifecycle::Agreement& agreement) {
        std::vector<Step> steps;
        for (const auto& number : lifecycle::lineage(context.workspace, agreement))
            if (const auto* step = context.workspace.find_agreement(number)) steps.push_back({step});
        for (auto& step : steps)
            for (std::size_t i = 0; i < steps.size(); ++i)
                if (steps[i].agreement->number == step.agreement->supersedes && &steps[i] != &step) step.from = i;
        std::vector<bool> placed(steps.size());  // an import may bring a circle
        std::size_t lines = 0;
        for (std::size_t i = 0; i < steps.size(); ++i)
            if (!steps[i].from) place(steps, placed, i, 0, lines++, lines);
        for (std::size_t i = 0; i < steps.size(); ++i)
            if (!placed[i]) {
                steps[i].from.reset();
                place(steps, placed, i, 0, lines++, lines);
            }
        return steps;
    }

    static void place(std::vector<Step>& steps, std::vector<bool>& placed, std::size_t at, std::size_t column,
                      std::size_t line, std::size_t& lines) {
        if (placed[at]) return;
        placed[at] = true;
        steps[at].column = column;
        steps[at].line = line;
        std::vector<std::size_t> next;
        for (std::size_t i = 0; i < steps.size(); ++i)
            if (steps[i].from == at && !placed[i]) next.push_back(i);
        if (next.empty()) return;
        // The one that came into force goes on in the same line, and where none did the newest.
        auto main = std::ranges::find_if(next, [&](std::size_t i) { return was_in_force(*steps[i].agreement); });
        if (main == next.end()) main = std::prev(next.end());
        const auto straight = *main;
        place(steps, placed, straight, column + 1, line, lines);
        for (const auto i : next)
            if (i != straight) place(steps, placed, i, column + 1, lines++, lines);
    }

    void build_lineage(Context& context, const lifecycle::Agreement& agreement) {
        auto& ui = context.ui;
        auto section = ui.section("lineage", "Lineage");
        ui.heading(2, "Lineage", "heading");
        const auto original = lifecycle::original_version(context.workspace, agreement);
        const auto steps = steps_of(context, agreement);
        draw(context, steps);
        auto list = ui.list("steps", true, true);
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const auto* step = steps[i].agreement;
            auto item = ui.list_item(step->number);
            {
                auto row = ui.row("row");
                if (step->number == number_)
                    ui.paragraph(ui::Words{{ui::bold(step->number + " (this agreement)")}}, ui::TextSize::body,
                                 "number");
                else ui.link("link", step->number, agreement_address(step->number));
                const auto mark = mark_of(*step);
                ui.tag("state", mark.words, mark.kind);
                if (step->number == original) ui.tag("original", "Original Version", ui::TagKind::information);
                if (steps[i].line > 0) ui.tag("branch", "Branch", ui::TagKind::awaiting_review);
            }
            std::string words;
            if (steps[i].from)
                words = (steps[i].line > 0 ? "A branch from " : "Follows ") + steps[*steps[i].from].agreement->number +
                        ". ";
            words += "Terms version " + step->terms_version + ", " + std::string(to_words(step->signature_type)) +
                     ", created " + format_words(london_date(step->created)) + ".";
            if (step->accepted_on)
                words += " Accepted on " + format_words(*step->accepted_on) +
                         (step->accepted_by ? " by " + *step->accepted_by : " automatically") + ".";
            if (step->state == lifecycle::State::cancelled || step->state == lifecycle::State::expired)
                words += " " + why_it_ended_in_words(context.workspace, *step);
            ui.paragraph(words, ui::TextSize::small, "words");
        }
    }

    // "From CNTR0000141 came CNTR0000322, Cancelled, and CNTR0000406, Active." for each that others were made from.
    static std::string drawn_words(const std::vector<Step>& steps) {
        std::string words = "Lineage.";
        for (std::size_t i = 0; i < steps.size(); ++i) {
            std::vector<std::string> next;
            for (const auto& step : steps)
                if (step.from == i)
                    next.push_back(step.agreement->number + ", " + std::string(to_words(step.agreement->state)));
            if (!next.empty()) words += " From " + steps[i].agreement->number + " came " + join(next, ", and ") + ".";
        }
        return words;
    }

    void draw(Context& context, const std::vector<Step>& steps) {
        if (steps.size() < 2) return;
        constexpr float gap = 28, above = 12, tall = 60, between = 14, width_max = 190, width_min = 60;
        std::size_t columns = 0, lines = 0;
        for (const auto& step : steps) {
            columns = std::max(columns, step.column + 1);
            lines = std::max(lines, step.line + 1);
        }
        const auto count = static_cast<float>(columns), rows = static_cast<float>(lines);
        const float width = std::min((context.ui.width() - gap * (count - 1)) / count, width_max);
        if (width < width_min) return;  // on a narrow window the list below says it all
        const auto left = [&](const Step& step) { return static_cast<float>(step.column) * (width + gap); };
        const auto top = [&](const Step& step) { return above + static_cast<float>(step.line) * (tall + between); };
        context.ui.figure(
            "drawing", drawn_words(steps), above * 2 + rows * tall + (rows - 1) * between, [&](ui::Canvas& canvas) {
                for (const auto& step : steps) {
                    const float x = left(step), y = top(step), middle = y + tall / 2;
                    const bool here = step.agreement->number == number_;
                    canvas.rect(x, y, width, tall, here ? "information_fill" : "surface", 6);
                    canvas.outline(x, y, width, tall, here ? "link" : "border", here ? 3 : 1, 6);
                    const auto& number = step.agreement->number;
                    canvas.text(x + 10, y + 10, width < 120 ? number.substr(number.size() - 4) : number, "text", 16,
                                600);
                    canvas.text(x + 10, y + 34, std::string(to_words(step.agreement->state)), "text_quiet", 14);
                    if (!step.from) continue;
                    // Out of the one that it was made from, down to its own line where that is another, and into it.
                    const auto& from = steps[*step.from];
                    const float out = left(from) + width + 4, start = top(from) + tall / 2, bend = x - gap / 2,
                                tip = x - 6;
                    if (start == middle) {
                        canvas.line(out, middle, tip, middle, "text", 2);
                    } else {
                        canvas.line(out, start, bend, start, "text", 2);
                        canvas.line(bend, start - 1, bend, middle + 1, "text", 2);
                        canvas.line(bend, middle, tip, middle, "text", 2);
                    }
                    canvas.line(tip - 6, middle - 6, tip, middle, "text", 2);
                    canvas.line(tip - 6, middle + 6, tip, middle, "text", 2);
                }
            });
    }

    struct Line {
        journal::Entry entry;
        lifecycle::Explanation words;
    };
    // The account's entries that concern this agreement, oldest first. Of one that was imported again it says what
    // became different.
    static std::vector<Line> lines_of(const lifecycle::Sight& seen, const journal::SeenRecord& record,
                                      const lifecycle::Agreement& agreement) {
        std::vector<Line> lines;
        auto stream = record.stream(agreement.account);
        const auto changes = interop::changes_by_imports(stream, agreement.number, seen);
        for (std::size_t i = 0; i < stream.size(); ++i) {
            auto& entry = stream[i];
            const bool of_its_account =
                lifecycle::concerns_account(entry.event, agreement.account) && entry.event.at >= agreement.created;
            if (!of_its_account && !lifecycle::concerns(entry.event, agreement.number)) continue;
            auto words = lifecycle::explain(entry.event);
            if (!changes[i].empty()) words.why = changed_in_words(changes[i]);
            lines.push_back({std::move(entry), std::move(words)});
        }
        return lines;
    }
    static std::string changed_in_words(const std::vector<interop::FieldChange>& changes) {
        std::string words;
        for (const auto& change : changes)
            words += (words.empty() ? "" : " ") + change.field + " was “" + change.from + "” and became “" + change.to +
                     "”.";
        return words;
    }

    void build_record(Context& context, const lifecycle::Agreement& agreement) {
        auto& ui = context.ui;
        auto section = ui.section("record", "Record of events");
        ui.heading(2, "Record of events", "heading");
        if (context.practising)
            return ui.paragraph("The record is not shown in practice mode: nothing of it is kept.", ui::TextSize::body,
                                "practice");
        // Rules and hashes are the team's tools, and shown when they are asked for.
        if (context.is_team()) ui.checkbox("details", "Details: rule and hash of each event", details_);
        else details_ = false;
        const auto& lines =
            lines_.of(context, [&](const lifecycle::Sight& seen) { return lines_of(seen, context.record, agreement); });
        std::vector<ui::TableRow> rows;
        std::string exported;
        for (const Line& line : lines) {
            const auto& [entry, words] = line;
            exported += journal::to_line(entry) + "\n";
            ui::TableRow row{.key = entry.id,
                             .cells = {{.words = date_and_time(entry.event.at)},
                                       {.words = words.what, .header = true},
                                       {.words = words.why},
                                       {.words = lifecycle::actor_words(entry.event.by)}}};
            if (details_) {
                row.cells.push_back({.words = words.rule});
                row.cells.push_back({.words = entry.hash.substr(0, 12), .monospace = true});
            }
            rows.push_back(std::move(row));
        }
        std::vector<ui::TableColumn> columns{{.key = "at", .header = "When"},
                                             {.key = "what", .header = "What"},
                                             {.key = "why", .header = "Why"},
                                             {.key = "who", .header = "Who"}};
        if (details_) {
            columns.push_back({.key = "rule", .header = "Rule"});
            columns.push_back({.key = "hash", .header = "Hash"});
        }
        ui.table("events", columns, rows,
                 {.caption = "Record of events",
                  .hidden_caption = true,
                  .empty = "Nothing is recorded for this agreement yet."});
        if (!rows.empty() && ui.button("export", "Export this record", ui::Tone::secondary)) {
            const auto file = number_ + "-events.jsonl";
            context.downloads.save_file(file, "application/jsonl", exported);
            exported_ = file + " is in your downloads: " + count_of(rows.size(), "event", "events") + ".";
        }
        ui.status("exported", exported_);
    }

    Derived<std::vector<Line>> lines_;
    std::string exported_;  // which file went out last
    bool details_ = false;
};

}  // namespace

std::unique_ptr<Page> make_history_page(std::string number) { return std::make_unique<HistoryPage>(std::move(number)); }

}  // namespace ca::pages
