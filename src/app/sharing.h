// A shared workspace, as a browser takes part in it: what others have recorded goes into its journal as it comes, and
// what its person asks for goes to the steward and is waited for. It decides nothing.
//
//     Sharing sharing(platform, store, hub, membership);
//     sharing.give(command, actor, [&](pages::Outcome outcome) { … });   // once it is recorded, or refused
//
// What is asked for while there is no connection waits in the hub's outbox, also when this page is left; then nobody
// here waits for it, and what becomes of it is told as news.
#pragma once

#include "app/hub.h"
#include "app/platform.h"
#include "journal/store.h"
#include "pages/page.h"
#include "sharing/signed_command.h"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace ca::app {

class Sharing final : public pages::Sharing {
public:
    // Where a workspace is not shared there is no membership; it may then be joined.
    Sharing(Platform&, journal::Store&, Hub&, std::optional<Membership>);

    struct Around {
        std::function<void()> changed;                                         // what is shown is made anew
        std::function<void(const sharing::Answer&, std::string asked)> ended;  // what nobody here waits for
    };
    void wire(Around around) { around_ = std::move(around); }
    void start();

    bool is_joined() const { return membership_.has_value(); }
    lifecycle::Actor actor() const;
    bool is_fetching() const { return store_.log().size() == 0 && state_ != Hub::State::refused && trouble_.empty(); }
    void give(const lifecycle::Command&, std::function<void(pages::Outcome)> done);
    // Likewise many: done when all are, with the first refusal.
    void give_all(const std::vector<lifecycle::Command>&, std::function<void(pages::Outcome)> done);

    // ---- pages::Sharing -----------------------------------------------------------------------------------
    std::optional<pages::Shared> shared() const override;
    std::vector<pages::Waiting> waiting() const override;
    void forget(std::string_view id) override { hub_.forget(id); }
    Result<sharing::InvitationLink> invitation(std::string_view token) const override;
    void join(const sharing::InvitationLink&, std::string_view device) override;
    const std::string& join_trouble() const override { return join_trouble_; }
    bool is_joining() const override { return joining_; }
    void leave() override;
    void ask(const sharing::InvitationLink&, const lifecycle::Command&) override;
    const Asking& asking() const override { return asking_; }
    void forget_asking() override { asking_ = {}; }
    std::string registering() override;

private:
    void hear(const std::string& text);
    void look_at_outbox();
    bool is_in_record(std::string_view id) const;
    bool is_keeping() const;

    Platform& platform_;
    journal::Store& store_;
    Hub& hub_;
    std::optional<Membership> membership_;
    Around around_;
    Hub::State state_ = Hub::State::connecting;
    std::string words_;               // why it is refused
    std::optional<Instant> since_{};  // connected
    std::vector<Hub::Waiting> outbox_{};
    std::map<std::string, std::function<void(pages::Outcome)>, std::less<>> asked_;  // by id
    std::string trouble_;                                                            // the record cannot be taken in
    bool joining_ = false;
    std::string join_trouble_;
    Asking asking_{};
    std::optional<std::string> registering_{};  // none: the site has not been asked
};

}  // namespace ca::app
