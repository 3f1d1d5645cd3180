// The deadline of a review, in words and drawn. What is said is the engine's (lifecycle/explain.h); this draws it.

#include "interop/icalendar.h"
#include "lifecycle/explain.h"
#include "pages/present.h"

#include <algorithm>

namespace ca::pages {
namespace {

using lifecycle::SpanKind;

// The bar: one length for each London date, what has gone by filled, pauses hatched, holds barred, today marked.
// What was before a reset counts no more: it is there, without colour, so that one sees from where day 1 has moved.
void draw_bar(ui::Canvas& canvas, const lifecycle::Deadline& deadline, Date created) {
    if (deadline.spans.empty()) return;
    const Date day_one = deadline.spans.front().from;
    const bool was_reset = !deadline.resets.empty() && created < day_one;
    const Date first = was_reset ? created : day_one, end = std::max(deadline.spans.back().until, deadline.today + 1);
    const int days = std::max(end - first, 1);
    const float scale = canvas.width() / static_cast<float>(days);
    const auto x_of = [&](Date date) { return static_cast<float>(std::clamp(date - first, 0, days)) * scale; };
    constexpr float top = 24, height = 20;

    canvas.rect(0, top, canvas.width(), height, "track", 4);
    const Date gone = std::min(deadline.today + 1, end);
    for (const auto& span : deadline.spans) {
        const float from = x_of(span.from), until = x_of(span.until),
                    filled = x_of(std::min(span.until, std::max(span.from, gone)));
        switch (span.kind) {
            case SpanKind::running:
                canvas.rect(from, top, filled - from, height, deadline.days_left < 7 ? "warning" : "progress");
                break;
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
    if (was_reset) {
        canvas.hatch(0, top, x_of(day_one), height, "border_strong");
        canvas.line(x_of(day_one), top - 4, x_of(day_one), top + height + 4, "text", 2);
    }
    const float mark = std::clamp(x_of(deadline.today), 1.0f, canvas.width() - 1);
    canvas.line(mark, top - 4, mark, top + height + 4, "text", 2);
    const float width = canvas.text_width("Today", 14, 600);
    canvas.text(std::clamp(mark - width / 2, 0.0f, std::max(0.0f, canvas.width() - width)), 2, "Today", "text", 14,
                600);
    // Words that would run into one another are left to the text.
    constexpr float gap = 16;
    const auto last = format_words(deadline.spans.back().until - 1);
    float room_until = canvas.width() - canvas.text_width(last, 14, 400);
    canvas.text(room_until, top + height + 6, last, "text_quiet", 14);
    float from = 0;
    const auto label = [&](float x, const std::string& words) {
        const float wide = canvas.text_width(words, 14, 400);
        if (x < from || x + wide + gap > room_until) return;
        canvas.text(x, top + height + 6, words, "text_quiet", 14);
        from = x + wide + gap;
    };
    if (was_reset) {
        const auto again = "Reset: day 1 is " + format_words(day_one);
        label(std::min(x_of(day_one), std::max(0.0f, room_until - gap - canvas.text_width(again, 14, 400) - 1)), again);
    } else {
        label(0, "Day 1: " + format_words(first));
    }
}

// Why day 1 or the last day is not what it was when the agreement was created.
std::vector<std::string> moved_days(const lifecycle::Agreement& agreement) {
    std::vector<std::string> words;
    const auto& review = agreement.review;
    const auto window = std::to_string(review.window_days);
    for (const auto& reset : review.resets)
        words.push_back("The agreement team reset the review on " + format_words(reset) +
                        ": that day became day 1, and all " + window + " days ran anew from it.");
    int moved = 0;
    for (const auto& pause : review.pauses)
        if (pause.until && (review.resets.empty() || pause.from >= review.resets.back()))
            moved += *pause.until - pause.from;
    if (moved > 0 && !review.paused())
        words.push_back("The clock stood still for " + count_of(static_cast<std::size_t>(moved), "day", "days") +
                        ". They do not count: the last day moved from " + format_words(review.last_day() - moved) +
                        " to " + format_words(review.last_day()) + ".");
    const bool by_itself = review.resets.empty() && moved == 0 && !review.paused();
    if (by_itself && review.day_one != london_date(agreement.created))
        words.push_back("Day 1 is " + format_words(review.day_one) +
                        ", as its imported record says, and not the day on which it was created.");
    return words;
}

// What became of it, in words.
std::string save_calendar(Context& context, const lifecycle::Agreement& agreement) {
    const auto file =
        interop::last_day_calendar(context.workspace, agreement, context.now, context.visit.portal_address());
    if (!file) return "No calendar file was made. " + file.error().message;
    const auto name = interop::calendar_file_name(agreement);
    context.downloads.save_file(name, "text/calendar", *file);
    return name + " is in your downloads. Open it to put the last day into your calendar.";
}

}  // namespace

std::string last_day_in_words(const lifecycle::Agreement& agreement, const lifecycle::AgreementView& view) {
    if (!view.review || !view.review->last_day) return {};
    const bool automatic = agreement.signature_type == lifecycle::SignatureType::auto_accepted;
    return (automatic ? "Last day of the review: " : "Last day to accept: ") + format_words(*view.review->last_day);
}

void build_review_panel(Context& context, const lifecycle::Agreement& agreement, const lifecycle::AgreementView& view,
                        std::string& told) {
    const auto deadline = lifecycle::explain_deadline(context.workspace, agreement, context.now);
    if (!deadline || !view.review) return;
    auto& ui = context.ui;
    const auto& review = *view.review;
    auto panel = ui.section("review", "Review");
    auto card = ui.card("card");
    ui.heading(2, "Review", "review-heading");
    ui.paragraph(
        ui::Words{{ui::bold("Day " + std::to_string(review.day) + " of " + std::to_string(review.window_days))}},
        ui::TextSize::lead, "day");
    if (const auto last_day = last_day_in_words(agreement, view); !last_day.empty() && !ui.is_wide())
        ui.paragraph(last_day, ui::TextSize::body, "last-day");
    if (agreement.substate == lifecycle::Substate::awaiting_review)
        ui.paragraph(
            context.is_team()
                ? "This agreement is being prepared. Nobody is notified until you issue it for review."
                : "This agreement is being prepared by the NHS England connection agreement team. You do not need to "
                  "take any action until you have received an email notification.",
            ui::TextSize::body, "preparing");
    // The last day is said beside it.
    const auto shows = deadline->spans.empty() ? deadline->headline + "."
                                               : "Day 1 is " + format_words(deadline->spans.front().from) + ".";
    ui.figure("bar", shows, 66,
              [&](ui::Canvas& canvas) { draw_bar(canvas, *deadline, london_date(agreement.created)); });

    std::vector<std::string> stops = moved_days(agreement);
    for (const auto& span : deadline->spans)
        if (span.kind != SpanKind::running) stops.push_back(span.words);
    if (!stops.empty()) {
        auto list = ui.list("stops");
        for (std::size_t i = 0; i < stops.size(); ++i) {
            auto item =
                ui.list_item("stop-" + std::to_string(i + 1));  // resets and spans go by date and never change places
            ui.paragraph(stops[i], ui::TextSize::body, "words");
        }
    }
    ui.heading(3, "What happens next", "next-heading");
    ui.paragraph(deadline->next, ui::TextSize::body, "next");
    if (context.is_team() && !deadline->rule.empty()) ui.hint("Details: rule " + deadline->rule, "rule");
    if (review.last_day && review.held_by.empty() && agreement.substate == lifecycle::Substate::under_review &&
        ui.button("calendar", "Add the last day to a calendar", ui::Tone::quiet))
        told = save_calendar(context, agreement);
    ui.status("calendar-status", told);
    // The number of the day changes at midnight.
    ui.redraw_at(london_midnight(deadline->today + 1));
}

}  // namespace ca::pages
