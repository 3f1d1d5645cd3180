// Notifications: what is addressed to this person (to everyone, for the team), newest first.

#include "pages/catalogue.h"
#include "pages/present.h"

#include "base/text.h"

namespace ca::pages {
namespace {

std::string_view subject_of(lifecycle::NotificationKind kind) {
    using enum lifecycle::NotificationKind;
    switch (kind) {
    case new_agreement: return "New connection agreement awaiting acceptance";
    case uplift_v5_to_v6: return "Connection agreement uplifted from version 5 to version 6, awaiting acceptance";
    case terms_change: return "Change of terms and conditions";
    case agreement_termination: return "Connection agreement ending";
    case case_update: return "Case updated";
    }
    return "";
}

class NotificationsPage : public Page {
public:
    std::string heading(const Context&) const override { return "Notifications"; }
    void build(Context& context) override {
        constexpr std::size_t shown_at_most = 500;
        auto& ui = context.ui;
        ui.heading(1, "Notifications", "h1", "My Extras");
        ui.paragraph(context.is_contact() ? "What has been addressed to you." : "What has been addressed to contacts, delivery addresses and watchers.");
        std::vector<ui::TableRow> rows;
        std::size_t all = 0;
        const auto& sent = context.workspace.notifications;
        for (std::size_t i = sent.size(); i-- > 0;) {
            const auto& item = sent[i];
            if (context.is_contact() && to_ascii_lower(item.to) != to_ascii_lower(context.actor.name)) continue;
            if (!context.is_contact() && !context.sees_everything()) continue;
            if (++all > shown_at_most) continue;
            const bool about_case = item.case_number.has_value();
            rows.push_back({.key = std::to_string(i),  // notifications are only ever added at the end
                            .cells = {{.words = date_and_time(item.at)},
                                      {.words = subject_of(item.kind), .header = true},
                                      {.words = about_case ? *item.case_number : item.agreement, .href = about_case ? case_address(*item.case_number) : agreement_address(item.agreement)},
                                      {.words = item.to}}});
        }
        ui.status("count", all > shown_at_most ? "The newest " + std::to_string(shown_at_most) + " of " + count_of(all, "notification", "notifications") : count_of(all, "notification", "notifications"));
        static const std::vector<ui::TableColumn> columns{{.key = "at", .header = "When"}, {.key = "subject", .header = "What"}, {.key = "about", .header = "About"}, {.key = "to", .header = "To"}};
        ui.table("notifications", columns, rows, {.caption = "Notifications", .hidden_caption = true, .empty = "There are no notifications yet."});
    }
};

}  // namespace

std::unique_ptr<Page> make_notifications_page() { return std::make_unique<NotificationsPage>(); }

}  // namespace ca::pages
