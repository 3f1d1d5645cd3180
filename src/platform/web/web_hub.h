// The page's side of a shared workspace (app/hub.h), by way of the bridge: web/src/hub.ts and sharing.ts.
#pragma once

#include "app/hub.h"

namespace ca::platform {

class WebHub final : public app::Hub {
public:
    void start(Hears) override;
    void kept(std::int64_t answers, bool more) override;
    std::vector<Waiting> outbox() override;
    void send(std::string_view id, std::string_view text) override;
    void answered(std::string_view id, std::string_view answer) override;
    void forget(std::string_view id) override;
    void join(std::string_view invitation, std::string_view device, std::function<void(std::string)> refused) override;
    void leave() override;
    void ask(std::string_view link, std::string_view id, std::string_view text,
             std::function<void(std::string words)> done) override;
    void find_registering(std::function<void(std::string token)> found) override;

    // What the page says.
    const Hears& hears() const { return hears_; }
    void not_joined(std::string words);
    void asked(std::string words);
    void registering(std::string token);

private:
    Hears hears_;
    std::function<void(std::string)> refused_, asked_, found_;
};

}  // namespace ca::platform
