// The deadline of a review, in words and drawn. What is said is the engine's (lifecycle/explain.h); this draws it.

#include "interop/icalendar.h"
#include "lifecycle/explain.h"
#include "pages/present.h"

#include <algorithm>

namespace ca::pages {
namespace {

using lifecycle::SpanKind;

// The bar: one length for each London date, what has gone by filled, pauses hatched, holds barred, today marked.
void draw_bar(ui::Canvas& canvas, const lifecycle::Deadline& deadline) {
    if (deadline.spans.empty()) return;
    const Date first = deadline.spans.front().from, end = std::max(deadline.spans.back().until, deadline.today + 1);
    const int days = std::max(end - first, 1);
    const float scale = canvas.width() / static_cast<float>(days);
    const auto x_of = [&](Date date) { return static_cast<float>(std::clamp(date - first, 0, days)) * scale; };
    constexpr float top = 24, height = 20;

    canvas.rect(0, top, canvas.width(), height, "track", 4);
    const Date gone = std::min(deadline.today + 1, end);
    for (const auto& span : deadline.spans) {
        const float from = x_of(span.from), until = x_of(span.until), filled = x_of(std::min(span.until, std::max(span.from, gone)));
        switch (span.kind) {
        case SpanKind::running: canvas.rect(from, top, filled - from, height, deadline.days_left < 7 ? "warning" : "progress"); break;
        case SpanKind::paused:
            canvas.rect(from, top, until - from, height, "paused_fill");
            canvas.hatch(from, top, until - from, height, "paused_ink");
            break;
        case SpanKind::held:
            canvas.rect(from, top, until - from, height, "held");
            canvas.hatch(from, top, until - from, height, "text");
            break;
        }
    }
    canvas.outline(0, top, canvas.width(), height, "border_strong", 1, 4);
    const float mark = std::clamp(x_of(deadline.today), 1.0f, canvas.width() - 1);
    canvas.line(mark, top - 4, mark, top + height + 4, "text", 2);
    const float width = canvas.text_width("Today", 14, 600);
    canvas.text(std::clamp(mark - width / 2, 0.0f, std::max(0.0f, canvas.width() - width)), 2, "Today", "text", 14, 600);
    canvas.text(0, top + height + 6, format_words(first), "text_quiet", 14);
    const auto last = format_words(deadline.spans.back().until - 1);
    canvas.text(canvas.width() - canvas.text_width(last, 14, 400), top + height + 6, last, "text_quiet", 14);
}

void save_calendar(Context& context, const lifecycle::Agreement& agreement) {
    if (auto file = interop::last_day_calendar(context.workspace, agreement, context.now, context.actions.portal_address()))
        context.actions.save_file(interop::calendar_file_name(agreement), "text/calendar", *file);
    else
        context.actions.say_done("No calendar file was made", file.error().message);
}

}  // namespace

void build_review_panel(Context& context, const lifecycle::Agreement& agreement, const lifecycle::AgreementView& view) {
    const auto deadline = lifecycle::explain_deadline(context.workspace, agreement, context.now);
    if (!deadline || !view.review) return;
    auto& ui = context.ui;
    const auto& review = *view.review;
    auto panel = ui.section("review", "Review");
    auto card = ui.card("card");
    ui.heading(2, "Review", "review-heading");
    ui.paragraph(ui::Words{{ui::bold("Day " + std::to_string(review.day) + " of " + std::to_string(review.window_days))}}, ui::TextSize::lead, "day");
    const bool automatic = agreement.signature_type == lifecycle::SignatureType::auto_accepted;
    if (review.last_day) ui.paragraph((automatic ? "Last day of the review: " : "Last day to accept: ") + format_words(*review.last_day), ui::TextSize::body, "last-day");
    if (agreement.substate == lifecycle::Substate::awaiting_review)
        ui.paragraph("This agreement is being prepared by the NHS England connection agreement team. You do not need to take any action until you have received an e-mail notification.", ui::TextSize::body, "preparing");
    ui.figure("bar", deadline->headline + ".", 66, [&](ui::Canvas& canvas) { draw_bar(canvas, *deadline); });

    std::vector<std::string> stops;
    for (const auto& span : deadline->spans)
        if (span.kind != SpanKind::running) stops.push_back(span.words);
    if (!stops.empty()) {
        auto list = ui.list("stops");
        for (std::size_t i = 0; i < stops.size(); ++i) {
            auto item = ui.list_item("stop-" + std::to_string(i + 1));  // spans go by date and never change places
            ui.paragraph(stops[i], ui::TextSize::body, "words");
        }
    }
    ui.heading(3, "What happens next", "next-heading");
    ui.paragraph(deadline->next + (deadline->rule.empty() ? "" : " (Rule " + deadline->rule + ".)"), ui::TextSize::body, "next");
    if (review.last_day && review.held_by.empty() && agreement.substate == lifecycle::Substate::under_review && ui.button("calendar", "Add the last day to a calendar", ui::Tone::quiet))
        save_calendar(context, agreement);
    // The number of the day changes at midnight.
    ui.redraw_at(london_midnight(deadline->today + 1));
}

}  // namespace ca::pages
