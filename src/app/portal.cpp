#include "app/portal.h"

namespace ca::app {
namespace {

// Set while somebody practises: whoever finds it set at the start has loaded the portal anew meanwhile. In a browser it
// is the tab's.
constexpr std::string_view practising_setting = "tab.practising";
constexpr std::string_view joined_setting = "tab.joined";  // a shared workspace, a moment ago

}  // namespace

Portal::Portal(Platform& platform, journal::Store& store, papers::Press& press)
    : platform_(platform),
      drafts_(platform),
      session_(platform, store, drafts_, make_sharing(store)),
      visit_(
          platform, session_, drafts_, [this] { downloads_.forget_what_was_told(); },
          [this] { downloads_.begin_page(); }),
      downloads_(platform, session_, drafts_, visit_, press),
      keeping_(platform, store, session_, drafts_) {
    session_.wire({
        .another_person =
            [this] {
                // What one person asked for, was told, looked for or typed is not given to another.
                downloads_.another_person();
                visit_.another_person();
            },
        .practice_begins = [this] { downloads_.stop_zip("Practice mode has begun."); },
        .practice_began =
            [this] {
                visit_.focus_next("practice/title");
                platform_.set_setting(practising_setting, "yes");
            },
        .practice_ends = [this] { downloads_.stop_zip("Practice mode has ended."); },
        .practice_ended =
            [this] {
                platform_.set_setting(practising_setting, "");
                visit_.show_page_anew();
                visit_.focus_next("main/h1");
            },
        .asked = [this] { visit_.forget_done(); },
        .all_saved = [this] { visit_.say_done("Everything is saved", ""); },
        .ended_elsewhere =
            [this](std::string_view form, const pages::Outcome& outcome) {
                if (session_.is_shared()) {
                    if (outcome.state == pages::Outcome::State::saved)
                        return visit_.say_news({.heading = "What you asked for is recorded", .words = ""});
                    return visit_.say_news(
                        {.heading = "What you asked for was not recorded", .words = outcome.error.message});
                }
                const bool is_import = form == "import";
                if (!is_import && form != "publish") return;
                const std::string what = is_import ? "import" : "publication";
                if (outcome.state == pages::Outcome::State::saved)
                    visit_.say_news({.heading = "The " + what + " has ended", .words = "Everything of it is saved."});
                else visit_.say_news({.heading = "The " + what + " was not saved", .words = outcome.error.message});
            },
    });
    visit_.show_page_anew();
    if (session_.is_shared() && !platform_.setting(joined_setting).empty()) {
        platform_.set_setting(joined_setting, "");
        visit_.say_done("You have joined NHS England’s shared workspace",
                        "What you do here now counts. The record comes by itself, and works offline too.");
    }
}

Sharing* Portal::make_sharing(journal::Store& store) {
    auto* hub = platform_.hub();
    if (!hub) return nullptr;
    auto& sharing = sharing_.emplace(platform_, store, *hub, membership_of(platform_.setting("shared")));
    sharing.wire({.changed = [this] { session_.invalidate(); },
                  .ended =
                      [this](const sharing::Answer& answer, const std::string&) {
                          visit_.say_news({.heading = "What you sent earlier is recorded",
                                           .words = answer.number ? "It is " + *answer.number + "." : ""});
                      }});
    return &sharing;
}

void Portal::start(std::string_view address) {
    visit_.start(address);
    if (!platform_.setting(practising_setting).empty()) {
        platform_.set_setting(practising_setting, "");
        visit_.say_news({.heading = "Practice mode has ended",
                         .words = "It ends when the portal is loaded again. Nothing that you did in it was kept: what "
                                  "you see is the workspace itself, and today’s date."});
    }
    session_.start();
}

void Portal::prepare(pages::Context& context, pages::Page& page) {
    const auto preparing = context.loaded ? page.prepare(context) : std::nullopt;
    is_preparing_ = preparing && preparing->hides_page;
    if (!preparing) return;
    platform_.request_frame();
    if (!is_preparing_) return;
    context.loaded = false;
    context.underway = preparing->at;
}

void Portal::build(ui::Ui& ui) {
    visit_.page()->hear(ui, visit_.route(), visit_);
    // The page may navigate, act and change the workspace while it is built: it, its route and its workspace are kept
    // until it has finished.
    const auto route = visit_.route();
    const auto& clock = session_.look_at_clock();
    const auto seen = session_.seen();
    const journal::SeenRecord record(session_.log(), *seen);
    const auto page = visit_.page();
    const auto page_number = session_.page();
    const auto banner = visit_.show_banner();
    const auto parted = keeping_.parted();
    // Who has just joined has nothing yet; the page that says how it stands is there at once.
    const bool is_fetching = session_.is_shared() && sharing_->is_fetching() && route.path_text() != "data/sharing";
    const bool loaded = !session_.is_reading() && !is_fetching;
    pages::Context context{.workspace = *seen,
                           .actor = session_.actor(),
                           .now = session_.now(),
                           .revision = session_.revision(),
                           .record = record,
                           .route = route,
                           .arrival = visit_.arrival(),
                           .session = session_,
                           .visit = visit_,
                           .downloads = downloads_,
                           .keeping = keeping_,
                           .ui = ui,
                           .sharing = sharing_ ? &*sharing_ : nullptr,
                           .shared = sharing_ ? sharing_->shared() : std::nullopt,
                           .practising = session_.practising(),
                           .lines = lines_,
                           .loaded = loaded,
                           .underway = session_.underway(),
                           .has_banner = banner.has_value(),
                           .trouble = keeping_.trouble(),
                           .clock = clock ? &*clock : nullptr,
                           .parted = parted ? &*parted : nullptr,
                           .unsaved = keeping_.unsaved(),
                           .another_writes = keeping_.waits_for_another()};
    if (const auto typed_at = drafts_.came_back()) {
        context.came_back = pages::CameBack{.typed_at = *typed_at};
        for (auto& field : drafts_.without_place())
            context.came_back->without_place.push_back({std::move(field.label), std::move(field.value)});
    }
    if (drafts_.trouble()) context.draft_trouble = drafts_.trouble()->message;
    prepare(context, *page);
    if (context.loaded) {
        drafts_.begin_frame(context.now);
        ui.remember_fields(drafts_);
        // What opens while this frame is built is there in the next one only.
        if (const auto focus = visit_.take_focus();
            !focus.empty()) {  // unless the page wants to show something else of itself
            ui.focus(focus);
            ui.reveal("banner");
        }
    }
    pages::build_chrome(context, visit_.chrome(), *page, banner);
    if (context.loaded && page_number == session_.page()) drafts_.end_frame();
    visit_.set_title(pages::window_title(context, *page));
    downloads_.frame_has_told();
    keeping_.mark_unfinished();
    if (session_.next_due()) ui.redraw_at(*session_.next_due());
}

}  // namespace ca::app
