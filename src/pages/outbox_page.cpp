// Outbox: each notification as the message that it would be. The portal sends nothing and never says that it has: the
// agreement team takes messages as files, one or all that are shown in one ZIP, sends them with its own mail program,
// and marks them by hand.
//
// Query: `show` = "sent" or "all" (absent: what is still to be sent); `q` = the typed filter; `from` = the first row;
// `message` = the one that is open, by its place among all, from 1.

#include "interop/csv.h"
#include "interop/email.h"
#include "interop/zip.h"
#include "pages/catalogue.h"
#include "pages/message_view.h"
#include "pages/present.h"
#include "pages/section_link.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

namespace ca::pages {
namespace {

struct Mark {
    std::string words;
    ui::TagKind kind;
};
Mark mark_of(const lifecycle::Notification& notification) {
    const auto& mark = notification.marked_sent;
    if (!mark) return {"To send", ui::TagKind::paused};
    return {"Marked as sent by " + mark->by + " on " + format_words(london_date(mark->at)), ui::TagKind::active};
}

using Places = std::vector<std::size_t>;  // in workspace.notifications, which are only ever added at the end

// "to a@x.example, b@x.example and 7 more"
std::string receivers_in_words(const std::vector<std::string>& to) {
    constexpr std::size_t named_at_most = 3;
    const auto named = std::min(to.size(), named_at_most);
    std::string words =
        join(std::vector<std::string>(to.begin(), to.begin() + static_cast<std::ptrdiff_t>(named)), ", ");
    if (to.size() > named) words += " and " + grouped(to.size() - named) + " more";
    return words;
}

lifecycle::Command marking(std::size_t index, bool as_sent) {
    const auto place = static_cast<std::int64_t>(index + 1);
    return as_sent ? lifecycle::to_command(lifecycle::ask::MarkSent{.notification = place})
                   : lifecycle::to_command(lifecycle::ask::MarkToSend{.notification = place});
}

// Each of them as it is when it is marked: one that somebody else has marked meanwhile stays as it is.
std::vector<lifecycle::Command> mark_each(const Context& context, const Places& places, bool as_sent) {
    std::vector<lifecycle::Command> commands;
    for (const auto place : places)
        if (context.workspace.notifications[place].marked_sent.has_value() != as_sent)
            commands.push_back(marking(place, as_sent));
    return commands;
}

// The messages as files, and a list of them.
Result<std::string> zip_of(const Context& context, const Places& places) {
    interop::ZipWriter zip;
    interop::Rows list{{"File", "To", "Subject", "Since"}};
    for (const auto place : places) {
        const auto message = interop::message_of(context.workspace, place, context.visit.portal_address());
        CA_TRY_VOID(zip.add(message.file_name, interop::to_eml(message), context.now));
        list.push_back({message.file_name, message.to_address, message.subject, date_and_time(message.at)});
    }
    CA_TRY_VOID(zip.add("messages.csv", interop::to_csv(interop::shown_rows(std::move(list))), context.now));
    return std::move(zip).finish();
}

class OutboxPage : public Page {
public:
    std::string heading(const Context&) const override { return "Outbox"; }

    void hear(ui::Ui& ui, const Route& route, Visit& visit) override { text_.hear(ui, route, visit); }

    void build(Context& context) override {
        auto& ui = context.ui;
        if (!begin_team_page(context, heading(context))) return;
        ui.paragraph(
            "Each notification as the message that it would be. This portal sends nothing: take a message as a file, "
            "or many in one ZIP, send them with your own mail "
            "program, and then mark them here as sent.");
        take_answer(context);
        const auto& all = context.workspace.notifications;
        if (const auto opened = named_message(context.route); opened < all.size()) build_message(context, opened);
        build_filters(context);
        const auto shown = matching(context);
        build_counts(context, shown);
        build_choosing(context, shown);
        build_list(context, shown);
    }

private:
    // ---- The mark -----------------------------------------------------------------------------------------

    static void mark(Context& context, std::size_t index) {
        if (is_saving(context, "mark")) return;
        const bool is_marked = context.workspace.notifications[index].marked_sent.has_value();
        context.session.submit("mark", marking(index, !is_marked));
    }

    void take_answer(Context& context) {
        if (const auto decision = take_saved(context, "mark")) {
            tell(*decision);
            if (!focus_next_.empty())
                context.ui.focus(focus_next_);  // the row that was marked may have left the list, and focus with it
            focus_next_.clear();
        }
        const auto* outcome = context.session.outcome("mark");
        context.ui.alert("mark-problem",
                         outcome && outcome->state == Outcome::State::refused ? outcome->error.message : std::string());
        saving_status(context, "mark", told_);
    }

    void tell(const lifecycle::Decision& decision) {
        std::vector<std::string> sent, to_send;
        for (const auto& event : decision.events) {
            if (const auto* marked = std::get_if<lifecycle::NotificationMarkedSent>(&event.body))
                sent.push_back(marked->to);
            if (const auto* marked = std::get_if<lifecycle::NotificationMarkedToSend>(&event.body))
                to_send.push_back(marked->to);
        }
        const auto say = [](std::string_view mark, const std::vector<std::string>& to) {
            const std::string what = to.size() == 1 ? "the message" : grouped(to.size()) + " messages";
            return "Marked as " + std::string(mark) + ": " + what + " to " + receivers_in_words(to) + ".";
        };
        told_ = !sent.empty()      ? say("sent", sent)
                : !to_send.empty() ? say("to send", to_send)
                                   : "Nothing was marked: all of them were marked already.";
    }

    // ---- Which are shown ----------------------------------------------------------------------------------

    // Links, so that a choice that is moved through by keyboard changes nothing until one is followed.
    void build_filters(Context& context) {
        auto& ui = context.ui;
        const auto show = context.route.query_value("show");
        const auto& all = context.workspace.notifications;
        const auto sent = static_cast<std::size_t>(
            std::ranges::count_if(all, [](const auto& each) { return each.marked_sent.has_value(); }));
        {
            auto choice = ui.navigation("show", "Which messages are shown");
            auto row = ui.row("row");
            const auto way = [&](std::string_view key, std::string_view words, std::size_t count,
                                 std::string_view value) {
                ui.link(key, std::string(words) + " (" + grouped(count) + ")",
                        context.route.with("show", value).with("from", "").address(), {.current = show == value});
            };
            way("to-send", "To send", all.size() - sent, "");
            way("sent", "Marked as sent", sent, "sent");
            way("all", "All", all.size(), "all");
        }
        auto form = ui.search("filter");
        text_.build(context, "text", "Filter messages");
        if (!text_.text().empty() && ui.button("clear", "Clear All")) {
            ui.focus(ui.full_key("text"));
            context.visit.open(context.route.with("q", "").with("from", "").address());
        }
    }

    // Newest first.
    Places matching(const Context& context) const {
        const auto& all = context.workspace.notifications;
        const auto show = context.route.query_value("show");
        const auto wanted = fold_for_search(trim(text_.text()));
        Places found;
        for (std::size_t i = all.size(); i-- > 0;) {
            if (show != "all" && all[i].marked_sent.has_value() != (show == "sent")) continue;
            if (!wanted.empty() &&
                fold_for_search(all[i].to + " " + interop::subject_of(all[i])).find(wanted) == std::string::npos)
                continue;
            found.push_back(i);
        }
        return found;
    }

    void build_counts(Context& context, const Places& shown) {
        const auto& all = context.workspace.notifications;
        const auto sent = static_cast<std::size_t>(
            std::ranges::count_if(all, [](const auto& each) { return each.marked_sent.has_value(); }));
        std::string counts =
            count_of(all.size() - sent, "message", "messages") + " to send, " + grouped(sent) + " marked as sent";
        if (!is_blank(text_.text())) counts += "; " + grouped(shown.size()) + " shown by the filter";
        context.ui.status("count", counts);
    }

    // ---- Many at once -------------------------------------------------------------------------------------

    // What is acted on: what is chosen and shown, or all that is shown where nothing is chosen.
    Places acted_on(const Places& shown) const {
        Places places;
        for (const auto place : shown)
            if (chosen_.empty() || chosen_.contains(place)) places.push_back(place);
        return places;
    }

    void build_choosing(Context& context, const Places& shown) {
        if (context.workspace.notifications.empty()) return;
        auto& ui = context.ui;
        std::erase_if(chosen_, [&](std::size_t place) { return std::ranges::find(shown, place) == shown.end(); });
        const auto places = acted_on(shown);
        if (auto row = ui.row("choosing")) {
            if (ui.button("zip",
                          places.empty() ? "Download as ZIP"
                                         : "Download " + count_of(places.size(), "message", "messages") + " as ZIP",
                          ui::Tone::secondary, {.disabled = places.empty()}))
                save_zip(context, places);
            if (context.is_team()) build_mark_all(context, places);
            if (ui.button("all", "Choose all shown", ui::Tone::quiet)) chosen_.insert(shown.begin(), shown.end());
            if (ui.button("none", "Choose none", ui::Tone::quiet)) chosen_.clear();
            ui.status("chosen", shown.empty()                          ? ""
                                : chosen_.empty() && shown.size() == 1 ? "Nothing chosen: the one shown is meant"
                                : chosen_.empty() ? "Nothing chosen: all " + grouped(shown.size()) + " shown are meant"
                                                  : grouped(chosen_.size()) + " chosen");
        }
        ui.status("saved", saved_);
    }

    static void build_mark_all(Context& context, const Places& places) {
        const bool as_sent = context.route.query_value("show") != "sent";
        const auto count = std::ranges::count_if(places, [&](std::size_t place) {
            return context.workspace.notifications[place].marked_sent.has_value() != as_sent;
        });
        const std::string label = "Mark " + count_of(static_cast<std::size_t>(count), "message", "messages") +
                                  (as_sent ? " as sent" : " as to send");
        const bool saving = is_saving(context, "mark");
        if (context.ui.button("mark", label, ui::Tone::secondary, {.disabled = count == 0, .busy = saving}) && !saving)
            context.session.submit_all("mark", mark_each(context, places, as_sent));
    }

    void save_zip(Context& context, const Places& places) {
        const auto zip = zip_of(context, places);
        const auto name =
            "messages-" + format_iso(london_date(context.now)) + (context.practising ? "-practice" : "") + ".zip";
        if (zip) context.downloads.save_file(name, "application/zip", *zip);
        saved_ = zip ? name + " is in your downloads: " + count_of(places.size(), "message", "messages") +
                           ", and a list of them. Mark them here when you have sent them."
                     : "No ZIP was made. " + zip.error().message;
    }

    // ---- The list -----------------------------------------------------------------------------------------

    void build_list(Context& context, const Places& shown) {
        auto& ui = context.ui;
        const auto& all = context.workspace.notifications;
        const auto paging = paging_of(context.route, shown.size(), rows_per_page);
        std::vector<ui::TableRow> rows;
        for (auto at = paging.from; at < paging.until; ++at) {
            const auto i = shown[at];
            const auto tag = mark_of(all[i]);
            const auto subject = interop::subject_of(all[i]);
            // Two messages may be to the same person and of the same subject.
            const std::string about = "(message " + std::to_string(i + 1) + ", to " + all[i].to + ")";
            ui::CellContent state{.words = tag.words, .tag = tag.kind};
            if (context.is_team())
                state.actions.push_back({.key = "mark", .label = mark_label(all[i]), .about = about});
            state.actions.push_back({.key = "eml", .label = "Download .eml", .about = about});
            rows.push_back({.key = std::to_string(i),
                            .cells = {{.words = subject,
                                       .href = context.route.with("message", std::to_string(i + 1)).address(),
                                       .tick = ui::CellContent::Tick{.label = "Choose the message to " + all[i].to +
                                                                              ": " + subject,
                                                                     .on = chosen_.contains(i)},
                                       .header = true},
                                      {.words = all[i].to},
                                      {.words = date_and_time(all[i].at)},
                                      std::move(state)}});
        }
        static const std::vector<ui::TableColumn> columns{{.key = "subject", .header = "Subject"},
                                                          {.key = "to", .header = "To"},
                                                          {.key = "at", .header = "Since"},
                                                          {.key = "state", .header = "State"}};
        const auto done = ui.table("messages", columns, rows,
                                   {.caption = "Messages", .hidden_caption = true, .empty = empty_words(context)});
        for (const auto& [row, on] : done.ticked) {
            if (on) chosen_.insert(place_of(row));
            else chosen_.erase(place_of(row));
        }
        if (done.action == "eml") save(context, place_of(done.row));
        if (done.action == "mark") {
            focus_next_ =
                context.route.query_value("show") == "all" ? done.button : after(context, done.row, done.button, rows);
            mark(context, place_of(done.row));
        }
        build_paging(context, paging, "messages");
    }

    static std::size_t place_of(std::string_view row) {
        std::size_t place = 0;
        std::from_chars(row.data(), row.data() + row.size(), place);
        return place;
    }

    // The same button of the row that takes the place of one that leaves the list; the heading where none does.
    static std::string after(Context& context, const std::string& row, const std::string& button,
                             const std::vector<ui::TableRow>& rows) {
        const auto here = std::ranges::find(rows, row, &ui::TableRow::key);
        const auto next = here != rows.end() && here + 1 != rows.end() ? here + 1
                          : here != rows.begin()                       ? here - 1
                                                                       : rows.end();
        const auto at = button.rfind("/" + row + "/");
        if (next == rows.end() || at == std::string::npos) return context.ui.full_key("h1");
        return button.substr(0, at + 1) + next->key + button.substr(at + 1 + row.size());
    }

    // What hides the rest, and how to see it.
    std::string empty_words(const Context& context) const {
        const auto& all = context.workspace.notifications;
        if (all.empty())
            return "There are no messages yet. One is made when an agreement is issued, changed or ended, and when "
                   "somebody writes on a case that is watched.";
        const auto show = context.route.query_value("show");
        const auto sent = static_cast<std::size_t>(
            std::ranges::count_if(all, [](const auto& each) { return each.marked_sent.has_value(); }));
        std::string words = show == "sent"  ? "No message that is marked as sent"
                            : show == "all" ? "No message"
                                            : "No message that is to be sent";
        if (!is_blank(text_.text())) words += " has “" + text_.text() + "” in it";
        else words += " is there";
        words += ".";
        if (!is_blank(text_.text())) words += " Choose Clear All to see the others.";
        if (show.empty() && sent > 0)
            words += " " + count_of(sent, "message is", "messages are") + " marked as sent: choose All to see " +
                     (sent == 1 ? "it." : "them.");
        if (show == "sent" && sent < all.size())
            words += " " + count_of(all.size() - sent, "message is", "messages are") +
                     " to be sent: choose All to see " + (all.size() - sent == 1 ? "it." : "them.");
        return words;
    }

    static std::string mark_label(const lifecycle::Notification& notification) {
        return notification.marked_sent ? "Mark as to send" : "Mark as sent";
    }

    // ---- One message --------------------------------------------------------------------------------------

    void save(Context& context, std::size_t index) {
        const auto message = interop::message_of(context.workspace, index, context.visit.portal_address());
        context.downloads.save_file(message.file_name, "message/rfc822", interop::to_eml(message));
        saved_ = message.file_name + " is in your downloads.";
    }

    void build_message(Context& context, std::size_t index) {
        auto& ui = context.ui;
        const auto& notification = context.workspace.notifications[index];
        auto card = ui.card("message");
        build_message_text(context, index);
        if (opened_.leads(context)) opened_.lead_to(context, ui.full_key("subject"));
        const auto tag = mark_of(notification);
        ui.tag("mark", tag.words, tag.kind);
        const auto message = interop::message_of(context.workspace, index, context.visit.portal_address());
        if (ui.disclosure("html", "HTML part, as source", html_open_))
            ui.document("html-part", std::vector<documents::Block>{documents::CodeBlock{message.html}}, 3);
        auto row = ui.row("buttons");
        if (ui.button("eml", "Download .eml", ui::Tone::primary)) save(context, index);
        if (context.is_team() && ui.button("mark", mark_label(notification))) mark(context, index);
        ui.link("close", "Close", context.route.with("message", "").address());
    }

    FilterText text_;
    std::set<std::size_t> chosen_;
    std::string told_, saved_;  // what was marked last, and what was downloaded
    std::string focus_next_;    // once the mark is saved
    SectionLink opened_;
    bool html_open_ = false;
};

}  // namespace

std::unique_ptr<Page> make_outbox_page() { return std::make_unique<OutboxPage>(); }

}  // namespace ca::pages
