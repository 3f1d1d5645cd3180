// Outbox: each notification as the message that it would be. The portal sends nothing and never says that it has: the agreement team
// takes a message as a file, sends it with its own mail program, and marks it by hand.
//
// Query: `show` = "sent" or "all" (absent: what is still to be sent); `q` = the typed filter; `from` = the first row; `message` = the one
// that is open, by its place among all, from 1.

#include "interop/email.h"
#include "pages/catalogue.h"
#include "pages/present.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>

namespace ca::pages {
namespace {

constexpr std::size_t rows_per_page = 50;

struct Mark {
    std::string words;
    ui::TagKind kind;
};
Mark mark_of(const lifecycle::Notification& notification) {
    const auto& mark = notification.marked_sent;
    if (!mark) return {"To send", ui::TagKind::paused};
    return {"Marked as sent by " + mark->by + " on " + format_words(london_date(mark->at)), ui::TagKind::active};
}

class OutboxPage : public Page {
public:
    std::string heading(const Context&) const override { return "Outbox"; }

    void build(Context& context) override {
        auto& ui = context.ui;
        if (!begin_team_page(context, heading(context))) return;
        ui.paragraph("Each notification as the message that it would be. This portal sends nothing: take a message as a file, send it with your own mail program, and then mark it "
                     "here as sent.");
        take_answer(context);
        const auto& all = context.workspace.notifications;
        if (const auto opened = chosen(context); opened < all.size()) build_message(context, opened);
        build_filters(context);
        build_list(context, matching(context));
    }

private:
    static std::size_t chosen(const Context& context) {
        std::size_t number = 0;
        const auto text = context.route.query_value("message");
        std::from_chars(text.data(), text.data() + text.size(), number);
        return number - 1;  // no number: beyond every message
    }

    // ---- The mark

    static void mark(Context& context, std::size_t index) {
        if (is_saving(context, "mark")) return;
        const bool is_marked = context.workspace.notifications[index].marked_sent.has_value();
        context.actions.submit("mark", {is_marked ? "mark_to_send" : "mark_sent", {{"notification", static_cast<std::int64_t>(index + 1)}}});
    }

    // The row that was marked may have left the list, and focus with it.
    void take_answer(Context& context) {
        const auto decision = take_saved(context, "mark");
        if (decision) {
            if (context.route.query_value("show") != "all") context.ui.focus(context.ui.full_key("h1"));
            for (const auto& event : decision->events) {
                if (const auto* sent = std::get_if<lifecycle::NotificationMarkedSent>(&event.body)) told_ = "Marked as sent: the message to " + sent->to + ".";
                if (const auto* to_send = std::get_if<lifecycle::NotificationMarkedToSend>(&event.body)) told_ = "Marked as to send: the message to " + to_send->to + ".";
            }
        }
        const auto* outcome = context.actions.outcome("mark");
        context.ui.alert("mark-problem", outcome && outcome->state == Outcome::State::refused ? outcome->error.message : std::string());
        saving_status(context, "mark", told_);
    }

    // ---- Which are shown

    void build_filters(Context& context) {
        auto& ui = context.ui;
        auto form = ui.search("filter");
        auto row = ui.row("row");
        static const std::vector<ui::Choice> choices{{.value = "", .label = "To send"}, {.value = "sent", .label = "Marked as sent"}, {.value = "all", .label = "All"}};
        std::string show(context.route.query_value("show"));
        if (ui.select("show", "Show", choices, show, {.width = ui::FieldWidth::twenty})) context.actions.open(context.route.with("show", show).with("from", "").address());
        text_.build(context, "text", "Filter messages");
    }

    // Places in workspace.notifications, newest first.
    std::vector<std::size_t> matching(const Context& context) const {
        const auto& all = context.workspace.notifications;
        const auto show = context.route.query_value("show");
        const auto wanted = fold_for_search(trim(text_.text()));
        std::vector<std::size_t> found;
        for (std::size_t i = all.size(); i-- > 0;) {
            if (show != "all" && all[i].marked_sent.has_value() != (show == "sent")) continue;
            if (!wanted.empty() && fold_for_search(all[i].to + " " + interop::subject_of(all[i])).find(wanted) == std::string::npos) continue;
            found.push_back(i);
        }
        return found;
    }

    void build_list(Context& context, const std::vector<std::size_t>& shown) {
        auto& ui = context.ui;
        const auto& all = context.workspace.notifications;
        const auto sent = static_cast<std::size_t>(std::ranges::count_if(all, [](const auto& each) { return each.marked_sent.has_value(); }));
        std::string counts = count_of(all.size() - sent, "message", "messages") + " to send, " + std::to_string(sent) + " marked as sent";
        if (!is_blank(text_.text())) counts += "; " + std::to_string(shown.size()) + " shown by the filter";
        ui.status("count", counts);

        const auto paging = paging_of(context.route, shown.size(), rows_per_page);
        std::vector<ui::TableRow> rows;
        for (auto at = paging.from; at < paging.until; ++at) {
            const auto i = shown[at];
            const auto tag = mark_of(all[i]);
            ui::CellContent state{.words = tag.words, .tag = tag.kind, .actions = {{"eml", "Download .eml"}}};
            if (context.is_team()) state.actions.insert(state.actions.begin(), {"mark", mark_label(all[i])});
            rows.push_back({.key = std::to_string(i),  // notifications are only ever added at the end
                            .cells = {{.words = interop::subject_of(all[i]), .href = context.route.with("message", std::to_string(i + 1)).address(), .header = true},
                                      {.words = all[i].to}, {.words = date_and_time(all[i].at)}, std::move(state)}});
        }
        static const std::vector<ui::TableColumn> columns{{.key = "subject", .header = "Subject"}, {.key = "to", .header = "To"}, {.key = "at", .header = "Since"}, {.key = "state", .header = "State"}};
        const auto pressed = ui.table("messages", columns, rows, {.caption = "Messages", .hidden_caption = true, .empty = "There are no such messages."});
        std::size_t index = 0;
        std::from_chars(pressed.row.data(), pressed.row.data() + pressed.row.size(), index);
        if (pressed.action == "eml") save(context, index);
        if (pressed.action == "mark") mark(context, index);
        build_paging(context, paging, "messages");
    }

    static std::string mark_label(const lifecycle::Notification& notification) { return notification.marked_sent ? "Mark as to send" : "Mark as sent"; }

    // ---- One message

    static void save(Context& context, std::size_t index) {
        const auto message = interop::message_of(context.workspace, index, context.actions.portal_address());
        context.actions.save_file(message.file_name, "message/rfc822", interop::to_eml(message));
    }

    void build_message(Context& context, std::size_t index) {
        auto& ui = context.ui;
        const auto message = interop::message_of(context.workspace, index, context.actions.portal_address());
        const auto& notification = context.workspace.notifications[index];
        auto card = ui.card("message");
        ui.heading(2, message.subject, "subject");
        const auto tag = mark_of(notification);
        ui.tag("mark", tag.words, tag.kind);
        {
            auto fields = ui.fields("fields");
            const auto say = [&](std::string_view key, std::string_view name, std::string words) {
                auto field = ui.field(key, name);
                ui.paragraph(std::move(words), ui::TextSize::body, "value");
            };
            say("from", "From", std::string(interop::sender_name) + " <" + std::string(interop::sender_address) + ">");
            say("to", "To", message.to_name.empty() ? message.to_address : message.to_name + " <" + message.to_address + ">");
            say("subject", "Subject", message.subject);
            {
                auto field = ui.field("link", "Link");
                ui.link("value", message.link, message.link);
            }
        }
        std::size_t paragraph = 0;
        for (const auto& line : split(message.text, '\n'))
            if (!is_blank(line)) ui.paragraph(line, ui::TextSize::body, "line-" + std::to_string(++paragraph));
        if (ui.disclosure("html", "HTML part, as source", html_open_)) ui.document("html-part", std::vector<documents::Block>{documents::CodeBlock{message.html}}, 3);
        auto row = ui.row("buttons");
        if (ui.button("eml", "Download .eml", ui::Tone::primary)) save(context, index);
        if (context.is_team() && ui.button("mark", mark_label(notification))) mark(context, index);
        ui.link("close", "Close", context.route.with("message", "").address());
    }

    FilterText text_;
    std::string told_;          // what was marked last
    bool html_open_ = false;
};

}  // namespace

std::unique_ptr<Page> make_outbox_page() { return std::make_unique<OutboxPage>(); }

}  // namespace ca::pages
