// Notifications: what is addressed to this person (to everyone, for the team), newest first. Query: `message` = the one
// whose text is shown, by its place among all, from 1.

#include "interop/email.h"
#include "pages/catalogue.h"
#include "pages/message_view.h"
#include "pages/present.h"
#include "pages/section_link.h"

#include "base/text.h"

namespace ca::pages {
namespace {

class NotificationsPage : public Page {
public:
    std::string heading(const Context&) const override { return "Notifications"; }
    void build(Context& context) override {
        constexpr std::size_t shown_at_most = 500;
        auto& ui = context.ui;
        ui.heading(1, "Notifications", "h1", "My Extras");
        ui.paragraph(context.is_contact() ? "What has been addressed to you."
                                          : "What has been addressed to contacts, delivery addresses and watchers.");
        std::vector<ui::TableRow> rows;
        std::size_t all = 0;
        const auto& sent = context.workspace.notifications;
        if (const auto opened = context.workspace.notification_at(named_message(context.route)))
            build_message(context, *opened);
        for (std::size_t i = sent.size(); i-- > 0;) {
            const auto& item = sent[i];
            if (++all > shown_at_most) continue;
            const bool about_case = item.case_number.has_value();
            rows.push_back(
                {.key = std::to_string(i),  // notifications are only ever added at the end
                 .cells = {{.words = date_and_time(item.at)},
                           {.words = interop::subject_of(item),
                            .href = context.route
                                        .with("message", std::to_string(context.workspace.place_of_notification(i) + 1))
                                        .address(),
                            .header = true},
                           {.words = about_case ? *item.case_number : item.agreement,
                            .href = about_case ? case_address(*item.case_number) : agreement_address(item.agreement)},
                           {.words = item.to}}});
        }
        ui.status("count", all > shown_at_most ? "The newest " + grouped(shown_at_most) + " of " +
                                                     count_of(all, "notification", "notifications")
                                               : count_of(all, "notification", "notifications"));
        static const std::vector<ui::TableColumn> columns{{.key = "at", .header = "When"},
                                                          {.key = "subject", .header = "What"},
                                                          {.key = "about", .header = "About"},
                                                          {.key = "to", .header = "To"}};
        ui.table("notifications", columns, rows,
                 {.caption = "Notifications", .hidden_caption = true, .empty = "There are no notifications yet."});
    }

private:
    // As it goes to whoever it is addressed to.
    void build_message(Context& context, std::size_t index) {
        auto& ui = context.ui;
        auto card = ui.card("message");
        build_message_text(context, index);
        if (opened_.leads(context)) opened_.lead_to(context, ui.full_key("subject"));
        ui.link("close", "Close", context.route.with("message", "").address());
    }

    SectionLink opened_;
};

}  // namespace

std::unique_ptr<Page> make_notifications_page() { return std::make_unique<NotificationsPage>(); }

}  // namespace ca::pages
