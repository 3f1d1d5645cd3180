// Outbox: each notification as the message that it would be. The portal sends nothing and never says that it has: whoever sends a
// message takes it as a file.

#include "interop/email.h"
#include "pages/catalogue.h"
#include "pages/present.h"

#include "base/text.h"

#include <charconv>

namespace ca::pages {
namespace {

class OutboxPage : public Page {
public:
    std::string heading(const Context&) const override { return "Outbox"; }

    void build(Context& context) override {
        constexpr std::size_t shown_at_most = 200;
        auto& ui = context.ui;
        ui.heading(1, heading(context), "h1", "NHS England teams");
        if (!context.sees_everything()) {
            auto inset = ui.inset("team-only");
            ui.paragraph("This page is for the NHS England teams. To work as one of them, use “Acting as” at the top of the page.", ui::TextSize::body, "words");
            return;
        }
        ui.paragraph("Each notification as the message that it would be. This portal sends nothing by itself: take a message as a file, and send it with your mail program.");
        const auto& all = context.workspace.notifications;
        if (const auto shown = chosen(context); shown < all.size()) build_message(context, shown);
        ui.text_field("filter", "Filter messages", filter_, {.kind = ui::FieldKind::search, .width = ui::FieldWidth::thirty});
        const auto wanted = fold_for_search(trim(filter_));
        std::vector<ui::TableRow> rows;
        std::size_t matches = 0;
        for (std::size_t i = all.size(); i-- > 0;) {
            const auto message = interop::message_of(context.workspace, i, context.actions.portal_address());
            if (fold_for_search(message.to_address + " " + message.subject).find(wanted) == std::string::npos) continue;
            if (++matches > shown_at_most) continue;
            rows.push_back({.key = std::to_string(i),  // notifications are only ever added at the end
                            .cells = {{.words = message.subject, .href = "#/team/outbox?message=" + std::to_string(i + 1), .header = true}, {.words = message.to_address}, {.words = date_and_time(message.at)},
                                      {.words = "", .actions = {{"eml", "Download .eml"}}}}});
        }
        ui.status("count", matches > shown_at_most ? "The newest " + std::to_string(shown_at_most) + " of " + count_of(matches, "message", "messages") : count_of(matches, "message", "messages"));
        static const std::vector<ui::TableColumn> columns{{.key = "subject", .header = "Subject"}, {.key = "to", .header = "To"}, {.key = "at", .header = "Since"}, {.key = "file", .header = "File"}};
        const auto pressed = ui.table("messages", columns, rows, {.caption = "Messages", .hidden_caption = true, .empty = "There are no messages."});
        if (pressed.action == "eml") {
            std::size_t index = 0;
            std::from_chars(pressed.row.data(), pressed.row.data() + pressed.row.size(), index);
            save(context, index);
        }
    }

private:
    static std::size_t chosen(const Context& context) {
        std::size_t number = 0;
        const auto text = context.route.query_value("message");
        std::from_chars(text.data(), text.data() + text.size(), number);
        return number - 1;  // no number: beyond every message
    }

    static void save(Context& context, std::size_t index) {
        const auto message = interop::message_of(context.workspace, index, context.actions.portal_address());
        context.actions.save_file(message.file_name, "message/rfc822", interop::to_eml(message));
    }

    static void build_message(Context& context, std::size_t index) {
        auto& ui = context.ui;
        const auto message = interop::message_of(context.workspace, index, context.actions.portal_address());
        auto card = ui.card("message");
        ui.heading(2, message.subject, "subject");
        {
            auto fields = ui.fields("fields");
            const auto say = [&](std::string_view key, std::string_view name, std::string words) {
                auto field = ui.field(key, name);
                ui.paragraph(std::move(words), ui::TextSize::body, "value");
            };
            say("from", "From", std::string(interop::sender_name) + " <" + std::string(interop::sender_address) + ">");
            say("to", "To", message.to_name.empty() ? message.to_address : message.to_name + " <" + message.to_address + ">");
            say("subject", "Subject", message.subject);
        }
        std::size_t paragraph = 0;
        for (const auto& line : split(message.text, '\n'))
            if (!is_blank(line)) ui.paragraph(line, ui::TextSize::body, "line-" + std::to_string(++paragraph));
        auto row = ui.row("buttons");
        if (ui.button("eml", "Download .eml", ui::Tone::primary)) save(context, index);
        ui.link("close", "Close", "#/team/outbox");
    }

    std::string filter_;
};

}  // namespace

std::unique_ptr<Page> make_outbox_page() { return std::make_unique<OutboxPage>(); }

}  // namespace ca::pages
