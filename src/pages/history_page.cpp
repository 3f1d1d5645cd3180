// The lineage of an agreement: Original Version → superseded → current, and the full record of its events.

#include "lifecycle/explain.h"
#include "pages/catalogue.h"
#include "pages/present.h"

#include <algorithm>

namespace ca::pages {
namespace {

class HistoryPage : public Page {
public:
    explicit HistoryPage(std::string number) : number_(std::move(number)) {}
    std::string heading(const Context& context) const override { return find(context) ? "History of " + number_ : "Agreement not found"; }

    void build(Context& context) override {
        const auto* agreement = find(context);
        if (!agreement) return build_not_found(context, "Agreement");
        auto& ui = context.ui;
        ui.link("back", "Back to " + number_, agreement_address(number_));
        ui.heading(1, heading(context), "h1", agreement->name);
        build_lineage(context, *agreement);
        build_record(context, *agreement);
    }

private:
    const lifecycle::Agreement* find(const Context& context) const {
        const auto* agreement = context.workspace.find_agreement(number_);
        return agreement && lifecycle::may_see(context.workspace, context.actor, *agreement) ? agreement : nullptr;
    }

    void build_lineage(Context& context, const lifecycle::Agreement& agreement) {
        auto& ui = context.ui;
        auto section = ui.section("lineage", "Lineage");
        ui.heading(2, "Lineage", "heading");
        const auto chain = lifecycle::lineage(context.workspace, agreement);
        const auto original = lifecycle::original_version(context.workspace, agreement);
        std::vector<const lifecycle::Agreement*> steps;
        for (const auto& number : chain)
            if (const auto* step = context.workspace.find_agreement(number); step && lifecycle::may_see(context.workspace, context.actor, *step)) steps.push_back(step);
        draw(context, steps);
        auto list = ui.list("steps", true, true);
        for (const auto* step : steps) {
            auto item = ui.list_item(step->number);
            {
                auto row = ui.row("row");
                if (step->number == number_) ui.paragraph(ui::Words{{ui::bold(step->number + " (this agreement)")}}, ui::TextSize::body, "number");
                else ui.link("link", step->number, agreement_address(step->number));
                const auto mark = mark_of(*step);
                ui.tag("state", mark.words, mark.kind);
                if (step->number == original) ui.tag("original", "Original Version", ui::TagKind::information);
            }
            std::string words = "Terms version " + step->terms_version + ", " + std::string(to_words(step->signature_type)) + ", created " + format_words(london_date(step->created)) + ".";
            if (step->accepted_on) words += " Accepted on " + format_words(*step->accepted_on) + (step->accepted_by ? " by " + *step->accepted_by : " automatically") + ".";
            if (!step->ended_why.empty()) words += " " + step->ended_why;
            ui.paragraph(words, ui::TextSize::small, "words");
        }
    }

    void draw(Context& context, const std::vector<const lifecycle::Agreement*>& steps) {
        if (steps.size() < 2) return;
        std::string words = "Lineage: ";
        for (std::size_t i = 0; i < steps.size(); ++i) words += (i ? ", then " : "") + steps[i]->number;
        const auto count = static_cast<float>(steps.size());
        context.ui.figure("drawing", words, 84, [&](ui::Canvas& canvas) {
            const float gap = 28, width = std::min((canvas.width() - gap * (count - 1)) / count, 190.0f);
            if (width < 60) return;  // on a narrow window the list below says it all
            for (std::size_t i = 0; i < steps.size(); ++i) {
                const float x = static_cast<float>(i) * (width + gap);
                const bool here = steps[i]->number == number_;
                canvas.rect(x, 12, width, 60, here ? "information_fill" : "surface", 6);
                canvas.outline(x, 12, width, 60, here ? "link" : "border", here ? 3 : 1, 6);
                canvas.text(x + 10, 22, width < 120 ? steps[i]->number.substr(steps[i]->number.size() - 4) : steps[i]->number, "text", 16, 600);
                canvas.text(x + 10, 46, std::string(to_words(steps[i]->state)), "text_quiet", 14);
                if (i + 1 < steps.size()) {
                    canvas.line(x + width + 4, 42, x + width + gap - 6, 42, "text", 2);
                    canvas.line(x + width + gap - 12, 36, x + width + gap - 6, 42, "text", 2);
                    canvas.line(x + width + gap - 12, 48, x + width + gap - 6, 42, "text", 2);
                }
            }
        });
    }

    void build_record(Context& context, const lifecycle::Agreement& agreement) {
        auto& ui = context.ui;
        auto section = ui.section("record", "Record of events");
        ui.heading(2, "Record of events", "heading");
        if (context.practising) return ui.paragraph("The record is not shown in practice mode: nothing of it is kept.", ui::TextSize::body, "practice");
        std::vector<ui::TableRow> rows;
        std::string exported;
        for (const std::size_t number : context.log.stream(agreement.account)) {
            const auto entry = context.log.entry(number);
            const bool of_its_account = lifecycle::concerns_account(entry.event, agreement.account) && entry.event.at >= agreement.created;
            if (!of_its_account && !lifecycle::concerns(entry.event, agreement.number)) continue;
            if (context.is_contact() && lifecycle::hidden_from_contacts(entry.event)) continue;
            const auto words = lifecycle::explain(entry.event);
            exported += journal::to_line(entry) + "\n";
            rows.push_back({.key = entry.id,
                            .cells = {{.words = date_and_time(entry.event.at)}, {.words = words.what, .header = true}, {.words = words.why}, {.words = lifecycle::actor_words(entry.event.by)}, {.words = words.rule}, {.words = entry.hash.substr(0, 12), .monospace = true}}});
        }
        static const std::vector<ui::TableColumn> columns{{.key = "at", .header = "When"}, {.key = "what", .header = "What"}, {.key = "why", .header = "Why"}, {.key = "who", .header = "Who"}, {.key = "rule", .header = "Rule"}, {.key = "hash", .header = "Hash"}};
        ui.table("events", columns, rows, {.caption = "Record of events", .hidden_caption = true, .empty = "Nothing is recorded for this agreement yet."});
        if (!rows.empty() && ui.button("export", "Export this record", ui::Tone::secondary)) context.actions.save_file(number_ + "-events.jsonl", "application/jsonl", exported);
    }

    std::string number_;
};

}  // namespace

std::unique_ptr<Page> make_history_page(std::string number) { return std::make_unique<HistoryPage>(std::move(number)); }

}  // namespace ca::pages
