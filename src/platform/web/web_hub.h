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

    // What the page says.
    const Hears& hears() const { return hears_; }
    void not_joined(std::string words);

private:
    Hears hears_;
    std::function<void(std::string)> refused_;
};

}  // namespace ca::platform
