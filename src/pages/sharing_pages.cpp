// A shared workspace: joining it by an invitation, and what there is to know and do about it once one has.

#include "base/text.h"
#include "interop/json_text.h"
#include "lifecycle/explain.h"
#include "pages/catalogue.h"
#include "pages/present.h"
#include "pages/registering_form.h"

#include <algorithm>

namespace ca::pages {
namespace {

// "Jo Field (jo@acme.example)" of "contact:jo@acme.example", "Priya Shah, NHS England" of "team:Priya Shah".
std::string person_in_words(const lifecycle::Sight& seen, const std::string& person) {
    const auto colon = person.find(':');
    const std::string kind = person.substr(0, colon), name = person.substr(colon + 1);
    if (kind != "contact") return name + ", NHS England";
    const auto* contact = seen.find_contact(name);
    return contact ? contact->name + " (" + name + ")" : name;
}

std::string organisation_in_words(const lifecycle::Sight& seen, const std::string& organisation) {
    if (organisation == "nhse") return "NHS England";
    const auto* account = seen.find_account(organisation);
    return account ? account->name + " (" + organisation + ")" : "ODS code " + organisation;
}

// "Accept: CNTR0000001", and what was typed.
std::string command_in_words(const std::string& text) {
    const auto command = interop::parse_json(text);
    const auto* verb = command ? command->find("do") : nullptr;
    if (!verb || verb->text.empty()) return text;
    std::string words = verb->text;
    std::ranges::replace(words, '_', ' ');
    words.front() = to_ascii_upper(words).front();
    std::string separator = ": ";
    for (const auto& [name, begin, end, value] : command->members)
        if (name != "do" && name != "access" && value.kind == interop::Json::Kind::string && !value.text.empty())
            words += std::exchange(separator, ", ") +
                     (name == "person" ? value.text.substr(value.text.find(':') + 1) : value.text);
    return words;
}

void say(ui::Ui& ui, std::string_view key, std::string_view name, std::string words) {
    auto field = ui.field(key, name);
    ui.paragraph(std::move(words), ui::TextSize::body, "value");
}

// ---- Joining ----------------------------------------------------------------------------------------------

class JoinPage : public Page {
public:
    explicit JoinPage(std::string token) : token_(std::move(token)) {}
    std::string heading(const Context& context) const override {
        return visitors_link(context) ? RegisteringForm::heading : "Join a shared workspace";
    }
    bool has_errors() const override { return registering_.has_errors(); }

    void build(Context& context) override {
        auto& ui = context.ui;
        if (const auto link = visitors_link(context); link && !context.shared)
            return registering_.build(context, *link);
        if (context.sharing && asked_ && !context.sharing->join_trouble().empty())
            ui.error_summary(std::vector<ui::Problem>{{"main/form/device", context.sharing->join_trouble()}});
        ui.heading(1, heading(context), "h1");
        if (!context.sharing)
            return refuse(ui, "This program cannot take part in a shared workspace. Open the link in a browser.");
        if (context.shared)
            return refuse(ui, "This browser takes part in a shared workspace already, as " +
                                  person_in_words(context.workspace, context.shared->person) +
                                  ". To take this invitation up, open the link in another browser or another profile.");
        const auto invitation = context.sharing->invitation(token_);
        if (!invitation) return refuse(ui, invitation.error().message);
        build_invitation(context, *invitation);
    }

private:
    std::optional<sharing::InvitationLink> visitors_link(const Context& context) const {
        auto link = context.sharing ? context.sharing->invitation(token_) : fail("", "");
        return link && link->is_for_visitors() ? std::optional(*std::move(link)) : std::nullopt;
    }
    static void refuse(ui::Ui& ui, std::string words) {
        auto inset = ui.inset("refused");
        ui.paragraph(std::move(words), ui::TextSize::body, "words");
    }

    void build_invitation(Context& context, const sharing::InvitationLink& invitation) {
        auto& ui = context.ui;
        ui.paragraph(
            "NHS England invites you to its Connection Agreements portal: one record that NHS England and each "
            "supplier share.",
            ui::TextSize::lead, "lead");
        if (auto fields = ui.fields("invitation")) {
            say(ui, "person", "For", invitation.person.substr(invitation.person.find(':') + 1));
            say(ui, "organisation", "Of", organisation_in_words(context.workspace, invitation.organisation));
            say(ui, "until", "Good until",
                format_words(*invitation.until) + ", once" +
                    (context.now >= *invitation.until
                         ? ". By this device’s clock that is over: if it is right, ask NHS "
                           "England for a new invitation"
                         : ""));
        }
        if (auto list = ui.list("means")) {
            point(ui, "key", "What you do there is signed with a key that this browser makes and never gives out.");
            point(ui, "who", "It counts as yours. Join only if the invitation is for you, in a browser that is yours.");
            point(ui, "own",
                  "What this browser may hold of a workspace of your own stays, and is there again when you leave.");
        }
        auto form = ui.form("form");
        ui.text_field("device", "Name of this browser", device_,
                      {.hint = "So that you know it among others of yours, for example “Laptop at work”.",
                       .width = ui::FieldWidth::twenty,
                       .anew = true});
        const bool busy = context.sharing->is_joining();
        if (ui.button("join", "Join", ui::Tone::primary, {.busy = busy}) && !busy) {
            asked_ = true;
            context.sharing->join(invitation, is_blank(device_) ? "A browser" : std::string(trim(device_)));
        }
        ui.status("joining", busy ? "Joining: keys are made, and NHS England’s steward is asked…" : "");
    }
    static void point(ui::Ui& ui, std::string_view key, std::string_view words) {
        auto item = ui.list_item(key);
        ui.paragraph(std::string(words), ui::TextSize::body, "words");
    }

    std::string token_, device_;
    bool asked_ = false;  // here: what was wrong with another invitation is not told of this one
    RegisteringForm registering_;
};

// ---- Taking part ------------------------------------------------------------------------------------------

class SharingPage : public Page {
public:
    std::string heading(const Context&) const override { return "Sharing"; }

    void build(Context& context) override {
        auto& ui = context.ui;
        ui.heading(1, heading(context), "h1", "Data in this browser");
        begin(context);
        if (!context.shared) {
            ui.paragraph("This workspace is your own. It is kept in this browser, and nothing of it is sent anywhere.",
                         ui::TextSize::lead, "lead");
            ui.paragraph(
                "To work in one record with NHS England, open the link of an invitation: NHS England sends it "
                "to the contacts of each supplier.",
                ui::TextSize::body, "words");
            return;
        }
        build_connection(context);
        build_waiting(context);
        build_access(context);
        if (context.is_team()) build_invite(context);
        build_leave(context);
    }

private:
    static std::string connection_in_words(const Shared& shared) {
        if (shared.is_refused)
            return "Not let in: this browser’s access was removed, or the broker refuses it. " + shared.words;
        if (!shared.connected_since)
            return "Not connected. It is tried again by itself; what you do is kept until then.";
        return "Since " + date_and_time(*shared.connected_since);
    }

    static void build_connection(Context& context) {
        auto& ui = context.ui;
        const auto& shared = *context.shared;
        auto section = ui.section("connection", "This shared workspace");
        ui.heading(2, "This shared workspace", "heading");
        auto fields = ui.fields("fields");
        say(ui, "whose", "Whose it is", "NHS England");
        say(ui, "you", "You", person_in_words(context.workspace, shared.person));
        say(ui, "organisation", "Of", organisation_in_words(context.workspace, shared.organisation));
        say(ui, "connected", "Connected", connection_in_words(shared));
        if (!shared.trouble.empty()) say(ui, "trouble", "The record", shared.trouble);
        say(ui, "device", "This browser", shared.device + ", joined on " + date_and_time(shared.joined));
        say(ui, "key", "Signs with the key", shared.key.substr(0, 16) + "…");
    }

    static std::string state_in_words(const Waiting& each) {
        switch (each.state) {
            case Waiting::State::waiting:
                return "Waiting to be sent" + (each.trouble.empty() ? "." : ": " + each.trouble);
            case Waiting::State::sent: return "Sent, waiting for the record.";
            case Waiting::State::refused: return "Not recorded, because: " + each.trouble;
        }
        return {};
    }

    static void build_waiting(Context& context) {
        auto& ui = context.ui;
        auto section = ui.section("waiting", "What waits");
        ui.heading(2, "What waits", "heading");
        const auto waiting = context.sharing->waiting();
        std::vector<ui::TableRow> rows;
        for (const auto& each : waiting) {
            ui::CellContent what{.words = command_in_words(each.command), .header = true};
            ui::CellContent state{.words = state_in_words(each)};
            if (each.state == Waiting::State::refused) state.actions = {{"forget", "Take off this list"}};
            rows.push_back({.key = each.id, .cells = {std::move(what), std::move(state)}});
        }
        const std::vector<ui::TableColumn> columns{{.key = "what", .header = "What you asked for"},
                                                   {.key = "state", .header = "What became of it"}};
        const auto pressed = ui.table("outbox", columns, rows,
                                      {.caption = "What waits", .hidden_caption = true, .empty = "Nothing waits."});
        if (pressed.action == "forget") context.sharing->forget(pressed.row);
    }

    // One's own devices; of the team's everybody's.
    void build_access(Context& context) {
        auto& ui = context.ui;
        const std::string title = context.is_team() ? "Who takes part" : "Your browsers";
        auto section = ui.section("access", title);
        ui.heading(2, title, "heading");
        std::vector<ui::TableRow> rows;
        for (const auto& [name, access] : context.workspace.access) {
            const bool own = to_ascii_lower(access.person) == to_ascii_lower(context.shared->person);
            if (access.removed || (!own && !context.is_team())) continue;
            if (access.is_invitation() && !access.is_good(context.now)) continue;
            ui::TableRow row{
                .key = name,
                .cells = {
                    {.words = person_in_words(context.workspace, access.person), .header = true},
                    {.words = access.is_invitation() ? "Invited, until " + format_words(*access.until) : access.device},
                    {.words = date_and_time(access.since)}}};
            ui::CellContent action{.words = name == context.shared->key ? "This browser" : ""};
            if (name != context.shared->key) action.actions = {{"remove", "Remove access"}};
            row.cells.push_back(std::move(action));
            rows.push_back(std::move(row));
        }
        const std::vector<ui::TableColumn> columns{{.key = "who", .header = "Who"},
                                                   {.key = "device", .header = "Browser"},
                                                   {.key = "since", .header = "Since"},
                                                   {.key = "action", .header = "Access"}};
        const auto pressed =
            ui.table("people", columns, rows, {.caption = title, .hidden_caption = true, .empty = "Nobody yet."});
        if (pressed.action == "remove") {
            removing_ = {pressed.row};
            removed_.clear();
            ui.focus(ui.full_key("confirm/buttons/yes"));
        }
        if (!removing_.empty()) build_removing(context);
        const auto* outcome = context.session.outcome("remove");
        ui.alert("not-removed", outcome && outcome->state == Outcome::State::refused ? outcome->error.message : "");
        if (take_saved(context, "remove")) removed_ = "Access is removed. What had it is let in no more.";
        saving_status(context, "remove", removed_);
    }

    void build_removing(Context& context) {
        auto& ui = context.ui;
        std::string what, person;
        for (const auto& name : removing_) {
            const auto* access = context.workspace.access.get(name);
            if (!access || access->removed) return removing_.clear();
            what +=
                (what.empty() ? "" : ", ") + (access->is_invitation() ? "the invitation" : "“" + access->device + "”");
            person = access->person;
        }
        const bool is_one = removing_.size() == 1;
        auto inset = ui.inset("confirm");
        ui.paragraph("Access of " + person_in_words(context.workspace, person) + ": " + what + ". " +
                         (is_one ? "It is" : "All of these are") +
                         " let in no more, and at once. What they did stays in the record.",
                     ui::TextSize::body, "words");
        auto row = ui.row("buttons");
        if (ui.button("yes", is_one ? "Remove this access" : "Remove all of this access", ui::Tone::warning)) {
            std::vector<lifecycle::Command> commands;
            for (const auto& name : removing_)
                commands.push_back({.verb = "remove_access", .arguments = {{"access", name}}});
            context.session.submit_all("remove", std::move(commands));
            removing_.clear();
        }
        if (ui.button("no", "Keep it")) removing_.clear();
    }

    // Led here by “Invite” or “Remove access” beside a contact.
    void begin(Context& context) {
        if (arrival_ == context.arrival) return;
        arrival_ = context.arrival;
        if (!context.shared || !context.is_team()) return;
        if (const auto invited = context.route.query_value("invite"); !invited.empty()) {
            person_ = invited;
            context.ui.focus(context.ui.full_key("invite/form/person"));
        }
        if (const auto email = context.route.query_value("remove"); !email.empty()) {
            removing_ = access_of_contact(context.workspace, email, context.now);
            removed_.clear();
            context.ui.focus(context.ui.full_key("access/confirm/buttons/no"));  // it may be out of sight
        }
    }

    void build_invite(Context& context) {
        auto& ui = context.ui;
        auto section = ui.section("invite", "Invite");
        ui.heading(2, "Invite", "heading");
        ui.paragraph(
            "Each invitation is good once, for one browser, and for 14 days. Whoever has its link can join as "
            "that person: send it to them alone.",
            ui::TextSize::body, "words");
        auto form = ui.form("form");
        const auto* outcome = context.session.outcome("invite");
        ui.text_field("person", "Email address of a contact, or name of a colleague", person_,
                      {.hint = "A contact must be registered. A colleague joins the agreement team under this name.",
                       .error = outcome && outcome->state == Outcome::State::refused ? outcome->error.message : "",
                       .required = true});
        const bool saving = is_saving(context, "invite");
        if (ui.button("invite", "Invite", ui::Tone::primary, {.busy = saving}) && !saving && !is_blank(person_)) {
            const std::string name(trim(person_));
            const bool is_contact = name.find('@') != std::string::npos;
            link_.clear();
            context.session.submit(
                "invite", lifecycle::Command{.verb = "invite",
                                             .arguments = {{"person", (is_contact ? "contact:" : "team:") + name}}});
        }
        if (outcome && outcome->state == Outcome::State::saved) {
            link_ = outcome->link;
            invited_ = person_;
            person_.clear();
            context.session.forget("invite");
        }
        saving_status(context, "invite", link_.empty() ? "" : invited_ + " is invited.");
        if (link_.empty()) return;
        auto inset = ui.inset("link");
        ui.paragraph("The link for " + invited_ + ". It is shown here only now:", ui::TextSize::body, "words");
        ui.paragraph(link_, ui::TextSize::body, "address");
        if (ui.button("copy", "Copy the link", ui::Tone::secondary)) {
            context.downloads.copy_text(link_);
            copied_ = "Copied.";
        }
        ui.status("copied", copied_);
    }

    void build_leave(Context& context) {
        auto& ui = context.ui;
        auto section = ui.section("leave", "Leave this workspace");
        ui.heading(2, "Leave this workspace", "heading");
        ui.paragraph(
            "This browser takes part no more: its keys are thrown away, its access ends, and to come back you need a "
            "new "
            "invitation. "
            "The record stays with NHS England. What it holds of it is downloaded as a backup first.",
            ui::TextSize::body, "words");
        const auto all = context.sharing->waiting();
        const auto waiting = static_cast<std::size_t>(
            std::ranges::count(all, Waiting::State::waiting, [](const Waiting& each) { return each.state; }));
        if (waiting > 0)
            ui.paragraph("What waits here to be sent (" + count_of(waiting, "thing", "things") + ") is lost by it.",
                         ui::TextSize::body, "waiting");
        ui.checkbox("sure", "Yes, leave this workspace", sure_, {.anew = true});
        if (ui.button("leave", "Leave this workspace", ui::Tone::warning, {.disabled = !sure_}) && sure_) {
            context.downloads.save_file("connection-agreements-" + format_iso(london_date(context.now)) + ".backup",
                                        "application/jsonl", context.keeping.export_backup());
            context.sharing->leave();
        }
    }

    std::string person_, invited_, link_, copied_, removed_;
    std::uint64_t arrival_ = 0;
    std::vector<std::string> removing_;  // which access, while it is asked whether that is meant
    bool sure_ = false;
};

}  // namespace

std::unique_ptr<Page> make_join_page(std::string token) { return std::make_unique<JoinPage>(std::move(token)); }
std::unique_ptr<Page> make_sharing_page() { return std::make_unique<SharingPage>(); }

}  // namespace ca::pages
