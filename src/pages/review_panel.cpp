// The deadline of a review, in words and drawn.

#include "pages/present.h"

#include <algorithm>

namespace ca::pages {
namespace {

struct Span {
    int from, until;  // days since the first day drawn; `until` is not in it
};

std::string range_words(const lifecycle::Pause& pause) {
    if (!pause.until) return "Paused since " + format_words(pause.from) + ": " + pause.reason;
    const int days = *pause.until - pause.from;
    return "Paused from " + format_words(pause.from) + " to " + format_words(*pause.until) + " (" +
           count_of(static_cast<std::size_t>(std::max(days, 0)), "day", "days") + " not counted): " + pause.reason;
}

// The bar: one length for each London date from the first day to the last, what has gone by filled, pauses hatched, today marked.
void draw_bar(ui::Canvas& canvas, const lifecycle::Agreement& agreement, const lifecycle::ReviewView& review, Date today) {
    const auto& window = agreement.review;
    const Date first = london_date(agreement.created) < window.day_one || window.pauses.empty() ? std::min(window.day_one, window.pauses.empty() ? window.day_one : window.pauses.front().from)
                                                                                               : window.day_one;
    const Date end = std::max(window.last_day() + 1, today + 1);
    const int days = std::max(end - first, 1);
    const float scale = canvas.width() / static_cast<float>(days);
    const auto x_of = [&](Date date) { return static_cast<float>(std::clamp(date - first, 0, days)) * scale; };
    const float top = 22, height = 20;

    canvas.rect(0, top, canvas.width(), height, "track", 4);
    const Date gone = std::min(today + 1, end);
    canvas.rect(0, top, x_of(gone), height, review.days_left <= 7 ? "warning" : "progress", 4);
    for (const auto& pause : window.pauses) {
        const float from = x_of(pause.from), until = x_of(pause.until.value_or(today + 1));
        canvas.rect(from, top, until - from, height, "paused_fill", 0);
        canvas.hatch(from, top, until - from, height, "text");
    }
    canvas.outline(0, top, canvas.width(), height, "border", 1, 4);
    const float mark = std::min(x_of(gone), canvas.width() - 1);
    canvas.line(mark, top - 4, mark, top + height + 4, "text", 2);
    const std::string label = "Today";
    const float width = canvas.text_width(label, 14, 600);
    canvas.text(std::clamp(mark - width / 2, 0.0f, canvas.width() - width), 0, label, "text", 14, 600);
    canvas.text(0, top + height + 4, format_words(first), "text_quiet", 14);
    const auto last = format_words(window.last_day());
    canvas.text(canvas.width() - canvas.text_width(last, 14, 400), top + height + 4, last, "text_quiet", 14);
}

}  // namespace

void build_review_panel(Context& context, const lifecycle::Agreement& agreement, const lifecycle::AgreementView& view) {
    if (!view.review) return;
    auto& ui = context.ui;
    const auto& review = *view.review;
    auto panel = ui.section("review", "Review");
    auto card = ui.card("card");
    ui.heading(2, "Review", "review-heading");

    const std::string day = "Day " + std::to_string(review.day) + " of " + std::to_string(review.window_days);
    ui.paragraph(ui::Words{{ui::bold(day)}}, ui::TextSize::lead, "day");
    const bool held = !review.held_by.empty();
    const bool automatic = agreement.signature_type == lifecycle::SignatureType::auto_accepted;
    if (review.last_day) {
        const auto last = format_words(*review.last_day);
        ui.paragraph(automatic ? "Last day of the review: " + last : "Last day to accept: " + last, ui::TextSize::body, "last-day");
    }

    std::string next;
    if (agreement.substate == lifecycle::Substate::awaiting_review) {
        next = "This agreement is being prepared by the NHS England connection agreement team. You do not need to take any action until you have received an e-mail notification.";
    } else if (review.paused) {
        next = "The review clock is paused. " + count_of(static_cast<std::size_t>(review.days_left), "day is", "days are") + " left when it is resumed.";
    } else if (held) {
        next = "The review has ended, but acceptance is held until " + std::string(review.held_by.size() == 1 ? "this query is" : "these queries are") + " resolved: ";
        for (std::size_t i = 0; i < review.held_by.size(); ++i) next += (i ? ", " : "") + review.held_by[i];
        next += ".";
    }
    if (!next.empty()) ui.paragraph(next, ui::TextSize::body, "next");

    const auto today = london_date(context.now);
    const std::string drawn = day + ". " + (review.last_day ? "The window ends on " + format_words(*review.last_day) + "." : "The clock is paused.");
    ui.figure("bar", drawn, 64, [&](ui::Canvas& canvas) { draw_bar(canvas, agreement, review, today); });

    if (!agreement.review.pauses.empty()) {
        auto list = ui.list("pauses");
        for (const auto& pause : agreement.review.pauses) {
            auto item = ui.list_item(format_iso(pause.from));
            ui.paragraph(range_words(pause), ui::TextSize::body, "words");
        }
    }
    const auto upcoming = lifecycle::upcoming(context.workspace, agreement, context.now);
    if (!upcoming.empty()) {
        ui.heading(3, "What happens next", "upcoming-heading");
        auto list = ui.list("upcoming");
        for (const auto& step : upcoming) {
            auto item = ui.list_item(format_iso(step.at) + "-" + step.rule);
            ui.paragraph(format_words(step.at) + ": " + step.what + " (rule " + step.rule + ")", ui::TextSize::body, "words");
        }
    }
    // The number of the day changes at midnight.
    ui.redraw_at(london_midnight(today + 1));
}

}  // namespace ca::pages
