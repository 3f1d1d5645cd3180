// What is kept of the workspace is not what this tab holds any more: what happened, and how nothing is lost by it.

#include "pages/present.h"

namespace ca::pages {
namespace {

std::string events_until(std::size_t count, const std::optional<Instant>& until) {
    return count_of(count, "change", "changes") + (until ? ", the last of " + date_and_time(*until) : "");
}

void build_loss(Context& context, const journal::Parted& parted) {
    auto& ui = context.ui;
    ui.paragraph("This tab still holds everything: " + events_until(parted.held, parted.held_until) +
                     ". What is kept on this device now is " +
                     (parted.kept == 0 ? std::string("nothing.")
                                       : "only the first " + events_until(parted.kept, parted.kept_until) + "."),
                 ui::TextSize::body, "words");
    ui.paragraph(
        "This happens when the disk was full and the browser cleared its storage, or when site data were deleted. "
        "Write it all back before you close or reload this tab. Until then nothing else can be saved.",
        ui::TextSize::body, "why");
}

void build_divergence(Context& context, const journal::Parted& parted) {
    auto& ui = context.ui;
    ui.paragraph("This tab holds " + events_until(parted.held, parted.held_until) + ". Kept on this device are " +
                     events_until(parted.kept, parted.kept_until) + ". " +
                     (parted.common == 0 ? std::string("They have nothing in common")
                                         : "Only the first " + count_of(parted.common, "is", "are") + " the same") +
                     ", and neither can be added to the other.",
                 ui::TextSize::body, "words");
    ui.paragraph(
        "Nothing is lost: set this tab’s records aside, and they are kept whole beside the others, to be saved as a "
        "backup file under Data in this browser. Until then nothing else can be saved in this tab.",
        ui::TextSize::body, "why");
}

}  // namespace

void build_parted(Context& context, ChromeState& state) {
    // Told on whatever page is shown when it is done.
    if (take_saved(context, "write-back"))
        context.visit.say_done("Everything is kept again", count_of(state.written_back, "change was", "changes were") +
                                                               " written back, and read again to be sure.");
    if (take_saved(context, "set-aside"))
        context.visit.say_done("This tab’s records were set aside",
                               "They are kept whole, and can be saved as a backup file under Data in this browser. "
                               "What is shown now is what is kept.");
    if (context.parted == nullptr) return;
    const auto& parted = *context.parted;
    auto& ui = context.ui;
    auto section = ui.section("parted", "Storage");
    const bool can_write_back = parted.can_write_back();
    auto box = ui.banner_box("box", ui::BannerKind::warning,
                             !can_write_back    ? "This tab and this device keep different records"
                             : parted.kept == 0 ? "What was kept on this device is gone"
                                                : "A part of what was kept on this device is gone");
    can_write_back ? build_loss(context, parted) : build_divergence(context, parted);
    {
        auto row = ui.row("buttons");
        if (can_write_back &&
            ui.button("write-back", "Write it all back", ui::Tone::primary,
                      {.busy = is_saving(context, "write-back")}) &&
            !is_saving(context, "write-back")) {
            state.written_back = parted.held - parted.kept;
            context.keeping.write_back("write-back");
        }
        if (!can_write_back &&
            ui.button("set-aside", "Set this tab’s records aside and show the others", ui::Tone::secondary,
                      {.busy = is_saving(context, "set-aside")}) &&
            !is_saving(context, "set-aside"))
            context.keeping.set_aside("set-aside");
        if (context.sees_everything() && ui.button("backup", "Save a backup of what this tab holds"))
            context.downloads.save_file(
                "connection-agreements-" + format_iso(london_date(context.now)) + "-from-this-tab.jsonl",
                "application/jsonl", context.keeping.export_backup());
    }
    saving_status(context, can_write_back ? "write-back" : "set-aside");
}

}  // namespace ca::pages
