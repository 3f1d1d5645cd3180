// The page that is shown: its address, its heading's focus, the banner above it, and what stands around it.
#pragma once

#include "app/session.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace ca::app {

class Visit final : public pages::Visit {
public:
    // `another_page`: called before a page of another address is shown. `page_anew`: whenever a page begins.
    Visit(Platform&, Session&, Drafts&, std::function<void()> another_page, std::function<void()> page_anew);

    void start(std::string_view address);
    void open_address(std::string_view address);  // the platform's address changed
    void show_page_anew();
    void another_person();  // of what the one before was told, looked for and typed nothing stays
    void focus_next(std::string key) { focus_next_ = std::move(key); }
    void forget_done() override;   // once it has been shown
    void say_news(pages::Banner);  // a banner that must not disturb: it is no answer to what the person has just done

    const pages::Route& route() const { return route_; }
    std::uint64_t arrival() const { return arrival_; }
    const std::shared_ptr<pages::Page>& page() const { return page_; }
    pages::ChromeState& chrome() { return chrome_; }
    bool has_banner() const { return done_.has_value(); }
    std::optional<pages::Banner> show_banner();  // of this frame
    std::string take_focus() { return std::exchange(focus_next_, {}); }
    void set_title(std::string title);
    const std::string& title() const { return title_; }

    // ---- pages::Visit -------------------------------------------------------------------------------------
    void open(std::string address) override;
    void replace(std::string address) override;
    void follow(std::string address) override;
    void say_done(std::string heading, ui::Words words) override;
    void throw_draft_away() override;
    std::string portal_address() override { return platform_.portal_address(); }
    bool can_choose_view() override { return platform_.can_choose_view(); }
    bool html_view() override { return platform_.html_view(); }
    void set_html_view(bool) override;
    std::string preference(std::string_view name) override { return platform_.setting(preference_setting(name)); }
    void prefer(std::string_view name, std::string_view value) override;

private:
    struct Done {
        pages::Banner banner;
        bool shown = false;
        bool is_answer = true;  // to what the person has just done; otherwise it is news
    };
    void route_to(pages::Route, bool replaced);
    static std::string preference_setting(std::string_view name) { return "prefers-" + std::string(name); }

    Platform& platform_;
    Session& session_;
    Drafts& drafts_;
    std::function<void()> another_page_, page_anew_;
    std::uint64_t arrival_ = 0;  // goes up whenever an address is opened
    pages::Route route_;
    std::shared_ptr<pages::Page> page_;  // shared with a frame, in which a page may open another
    pages::ChromeState chrome_;
    std::optional<Done> done_;
    std::string title_;
    std::string focus_next_;  // the heading of what has just opened: a page, or practice mode; empty: focus stays
};

}  // namespace ca::app
