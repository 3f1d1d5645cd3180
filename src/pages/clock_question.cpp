// “Is this the right time?”: asked before anything is written by a clock that is not plausible.

#include "pages/present.h"

#include <algorithm>

namespace ca::pages {
namespace {

TimeChanges changes_until(const Context& context, Instant until) {
    TimeChanges changes{.revision = context.revision, .until = until, .actor = context.actor};
    auto ahead = context.workspace;
    changes.seen = change_by_time(ahead, until);
    return changes;
}

void build_changes(Context& context, const TimeChanges& changes, std::size_t whoever_sees_them) {
    auto& ui = context.ui;
    const auto all = std::max(whoever_sees_them, changes.seen.size());
    if (all == 0) {
        ui.paragraph("Nothing changes by time alone. But what you do would be recorded with this time, for good.",
                     ui::TextSize::body, "none");
        return;
    }
    ui.paragraph("If this is the right time, " + count_of(all, "change is", "changes are") +
                     " made at once, for good, each with the time at which it fell due:",
                 ui::TextSize::body, "count");
    std::vector<ui::TableRow> rows;
    for (const auto& change : changes.seen)
        rows.push_back({.key = change.number + "-" + format_iso(change.at),
                        .cells = {{.words = change.number, .header = true},
                                  {.words = change.from},
                                  {.words = change.to},
                                  {.words = date_and_time(change.at)}}});
    static const std::vector<ui::TableColumn> columns{{.key = "agreement", .header = "Agreement"},
                                                      {.key = "from", .header = "Now"},
                                                      {.key = "to", .header = "Would be"},
                                                      {.key = "at", .header = "From"}};
    if (!rows.empty()) ui.table("changes", columns, rows, {.caption = "What would change by time"});
    if (const auto others = all - changes.seen.size(); others > 0)
        ui.hint(count_of(others, "of them is", "of them are") + " of agreements that you do not see.", "others");
}

}  // namespace

void build_clock_question(Context& context, ChromeState& state) {
    if (context.clock == nullptr) return;
    const auto& question = *context.clock;
    auto& ui = context.ui;
    auto section = ui.section("clock", "Time");
    auto box = ui.banner_box(
        "box", ui::BannerKind::warning,
        question.was_said_wrong ? "Nothing is changed, because the clock is wrong" : "Is this the right time?");
    ui.paragraph(question.words, ui::TextSize::body, "words");
    ui.paragraph("Until this is settled everything is shown as it was on " + date_and_time(question.believed) +
                     ", and nothing is changed.",
                 ui::TextSize::body, "as-of");
    if (question.was_said_wrong) {
        ui.paragraph(
            "Set the clock of this device right, then load this page again. If the clock was right after all, say so "
            "here.",
            ui::TextSize::body, "what-to-do");
    } else if (!question.is_behind) {
        // A clock goes on while it is asked about: what would change is made anew only when a minute has passed.
        constexpr std::int64_t goes_on_seconds = 60;
        auto& known = state.by_time;
        const bool is_known = known.revision == context.revision && known.actor == context.actor &&
                              question.shows >= known.until &&
                              question.shows.seconds - known.until.seconds < goes_on_seconds;
        if (!is_known) known = changes_until(context, question.shows);
        build_changes(context, known, question.changes);
    }
    auto row = ui.row("buttons");
    const auto answer = [&](bool is_right) {
        context.session.answer_clock(is_right);
        ui.focus(is_right ? "main/h1" : "main/clock/box/title");
    };
    if (ui.button("right", "The time is right")) answer(true);
    if (!question.was_said_wrong && ui.button("wrong", "The time is wrong, change nothing", ui::Tone::primary))
        answer(false);
}

}  // namespace ca::pages
