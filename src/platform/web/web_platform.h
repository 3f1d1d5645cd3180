// The browser as the portal's machine (app/platform.h), by way of the bridge.
#pragma once

#include "app/platform.h"
#include "platform/web/web_hub.h"

namespace ca::platform {

class WebPlatform final : public app::Platform {
public:
    Instant now() override;
    std::string new_id() override;
    void save_file(std::string_view file_name, std::string_view media_type, std::string_view bytes) override;
    void set_title(std::string_view) override;
    void set_address(std::string_view, bool replace) override;
    void request_frame() override;
    void request_frame_at(Instant) override;
    void later(std::function<void()>) override;
    void copy_text(std::string_view) override;
    app::StorageReport storage() override;
    void ask_to_persist() override;
    void set_unfinished(bool) override;
    bool can_choose_view() override;
    bool html_view() override;
    std::string portal_address() override;
    void set_html_view(bool) override;
    std::string draft(std::string_view name) override;
    Result<> keep_draft(std::string_view name, std::string_view text) override;
    void forget_drafts() override;
    bool another_writes() override;
    std::string setting(std::string_view name) override;
    void set_setting(std::string_view name, std::string_view value) override;
    app::Hub* hub() override { return &hub_; }
    WebHub& web_hub() { return hub_; }

private:
    WebHub hub_;
    std::string title_;        // the page's now, so that it is set only when it changes
    bool unfinished_ = false;  // likewise
};

}  // namespace ca::platform
