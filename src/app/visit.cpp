#include "app/visit.h"

#include "app/actor_setting.h"

#include <utility>

namespace ca::app {

Visit::Visit(Platform& platform, Session& session, Drafts& drafts, std::function<void()> another_page,
             std::function<void()> page_anew)
    : platform_(platform),
      session_(session),
      drafts_(drafts),
      another_page_(std::move(another_page)),
      page_anew_(std::move(page_anew)) {}

void Visit::start(std::string_view address) {
    route_to(pages::parse_route(address), false);
    focus_next_.clear();  // a page that has just been opened keeps the browser's own first focus
}

void Visit::route_to(pages::Route route, bool replaced) {
    const bool same_page = route.subject() == route_.subject();
    route_ = std::move(route);
    // The search field holds the words of the results that are shown, and none on any other page.
    if (route_.path_text() == "search") chrome_.search = route_.query_value("q");
    else if (!same_page) chrome_.search.clear();
    if (same_page) return;
    another_page_();
    show_page_anew();
    chrome_.choosing_actor = chrome_.menu_open = false;
    if (done_ && done_->shown) done_.reset();
    focus_next_ = replaced ? "" : "main/h1";
}

void Visit::show_page_anew() {
    page_ = pages::make_page(route_);
    session_.begin_page();
    page_anew_();
    drafts_.open(setting_of(session_.actor()), route_.subject());
}

void Visit::another_person() {
    done_.reset();
    chrome_ = {};
    route_.query.clear();
    platform_.set_address(route_.address(), true);
    show_page_anew();
}

void Visit::open_address(std::string_view address) {
    auto route = pages::parse_route(address);
    ++arrival_;
    platform_.request_frame();
    if (route != route_) route_to(std::move(route), false);
}

void Visit::open(std::string address) {
    platform_.set_address(address, false);
    open_address(address);
}

void Visit::replace(std::string address) {
    follow(std::move(address));
    platform_.request_frame();
}

void Visit::follow(std::string address) {
    platform_.set_address(address, true);
    route_to(pages::parse_route(address), true);
}

void Visit::say_done(std::string heading, ui::Words words) {
    done_ = Done{.banner = {.heading = std::move(heading), .words = std::move(words)}};
    platform_.request_frame();
}

void Visit::forget_done() {
    if (done_ && done_->shown) done_.reset();
}

void Visit::say_news(pages::Banner banner) { done_ = Done{.banner = std::move(banner), .is_answer = false}; }

std::optional<pages::Banner> Visit::show_banner() {
    if (!done_) return std::nullopt;
    auto banner = done_->banner;
    banner.takes_focus = done_->is_answer && !done_->shown;
    done_->shown = true;
    return banner;
}

void Visit::set_title(std::string title) {
    if (title == title_) return;
    title_ = std::move(title);
    platform_.set_title(title_);
}

void Visit::throw_draft_away() {
    drafts_.throw_away();
    show_page_anew();
    focus_next_ = "main/h1";
    platform_.request_frame();
}

void Visit::set_html_view(bool on) {
    platform_.set_html_view(on);
    platform_.request_frame();
}

void Visit::prefer(std::string_view name, std::string_view value) {
    platform_.set_setting(preference_setting(name), value);
    platform_.request_frame();
}

}  // namespace ca::app
