#include "ui/gallery.h"

namespace ca::test {

using namespace ui;

namespace {

void build_table(Ui& ui, Gallery& state) {
    static const std::vector<TableColumn> columns = {
        {.key = "number", .header = "Number", .sortable = true, .sort = semantics::Sort::descending},
        {.key = "name", .header = "Name", .sortable = true},
        {.key = "crn", .header = "Company Registration Number", .sortable = true},
        {.key = "account", .header = "Account", .sortable = true},
        {.key = "apis", .header = "API Products Applicable", .sortable = true},
        {.key = "case", .header = "Case", .sortable = true},
        {.key = "state", .header = "State", .sortable = true},
        {.key = "substate", .header = "Substate", .sortable = true},
        {.key = "accepted-on", .header = "Accepted On", .sortable = true},
        {.key = "accepted-by", .header = "Accepted By", .sortable = true},
        {.key = "start", .header = "Start Date", .sortable = true},
        {.key = "created", .header = "Created", .sortable = true},
    };
    std::vector<TableRow> rows;
    for (int i = 0; i < state.rows; ++i) {
        const std::string number = "CNTR" + std::to_string(1000001 + i * 7);
        rows.push_back({number,
                        {{.words = number, .href = "#/agreements/" + number, .header = true},
                         {.words = "Meadow Vale Digital Health Ltd connection agreement"},
                         {.words = "0" + std::to_string(7412233 + i)},
                         {.words = "Meadow Vale Digital Health"},
                         {.words = i % 2 ? "Personal Demographics Service - FHIR API" : "e-RS API, GP Connect"},
                         {.words = i % 3 ? "" : "CS0000042", .href = i % 3 ? "" : "#/cases/CS0000042"},
                         {.words = i % 2 ? "Active" : "Draft", .tag = i % 2 ? TagKind::active : TagKind::under_review},
                         {.words = i % 2 ? "" : "Under Review"},
                         {.words = i % 2 ? "1 August 2025" : ""},
                         {.words = i % 2 ? "Priya Shah" : ""},
                         {.words = i % 2 ? "1 August 2025" : ""},
                         {.words = "14 July 2025"}}});
    }
    if (auto column = ui.hear_sort(ui.full_key("agreements"))) state.sorted = *std::move(column);
    ui.table("agreements", columns, rows, {.caption = "Agreements"});
}

documents::Blocks sample_terms() {
    using namespace documents;
    const Inline clause = {
        {.text = "The Connecting Party shall use the "},
        {.text = "API", .emphasis = Emphasis::bold},
        {.text = " only for the purposes stated in the "},
        {.text = "schedule", .link = "#schedule"},
        {.text = ", and shall keep a record of each use for six years from the day on which it was made."}};
    const Inline changed = {{.text = "Notice is given "},
                            {.text = "in writing", .change = Change::deleted},
                            {.text = "through the portal", .change = Change::inserted},
                            {.text = " and takes effect on the next working day."}};
    List nested{ListKind::lower_alpha,
                true,
                {{"(a)", {Paragraph{plain("to the accounts named in the agreement; and")}}},
                 {"(b)", {Paragraph{plain("to nobody else.")}}}}};
    return {Contents{2},
            Heading{1, plain("Terms of connection"), "terms"},
            Paragraph{clause},
            Heading{2, plain("Use of the service"), "use"},
            List{ListKind::decimal,
                 false,
                 {{"1.1", {Paragraph{clause}, nested}},
                  {"1.2", {Paragraph{changed}}},
                  {"1.10", {Paragraph{plain("A short clause.")}}}}},
            List{ListKind::bullet,
                 true,
                 {{"•", {Paragraph{plain("Bulleted, and short")}}},
                  {"•",
                   {Paragraph{plain("Bulleted again, with rather more words in it, so that the line wraps on a narrow "
                                    "window and hangs")}}}}},
            Note{"Draft", {Paragraph{plain("This text is not agreed yet.")}}},
            Quote{{Paragraph{plain("What was said by somebody else.")}}},
            Heading{2, plain("Schedule"), "schedule"},
            Table{.header = {{plain("Service")}, {plain("Hours")}, {plain("Response")}},
                  .rows = {{{plain("Sandbox")}, {plain("Always")}, {plain("None promised")}},
                           {{plain("Production")},
                            {plain("8am to 6pm")},
                            {plain("Four working hours for a fault that stops work")}}},
                  .header_column = true},
            CodeBlock{"GET /agreements/CNTR0000001\nAccept: application/json"},
            Paragraph{{{.text = "Said in "},
                       {.text = "italics", .emphasis = Emphasis::italic},
                       {.text = " with "},
                       {.text = "code_in_words", .code = true},
                       {.text = "."}}}};
}

void build_timeline(Ui& ui) {
    ui.figure("days", "Day 37 of 90; paused from day 20 to day 27", 64, [](Canvas& canvas) {
        const float day = canvas.width() / 90;
        canvas.rect(0, 20, canvas.width(), 16, "track", 8);
        canvas.rect(0, 20, 37 * day, 16, "progress", 8);
        canvas.rect(20 * day, 20, 7 * day, 16, "held");
        canvas.hatch(20 * day, 20, 7 * day, 16, "paused_ink");
        canvas.line(37 * day, 12, 37 * day, 44, "text", 2);
        canvas.text(37 * day, 42, "Day 37", "text", 14, 600, 1);
        canvas.text(canvas.width(), 42, "29 October 2025", "text_quiet", 14, 400, 2);
    });
}

void build_banner(Ui& ui) {
    const auto banner = ui.banner();
    ui.link("home", "Connection Agreements", "#/");
    if (const auto search = ui.search("search")) {
        static std::string query;
        ui.text_field("query", "Search", query, {.kind = FieldKind::search, .hidden_label = true});
        ui.button("go", "Search");
    }
    ui.button("acting-as", "Acting as Priya Shah", Tone::secondary, {.expanded = semantics::Toggle::off});
}

}  // namespace

void build_gallery(Ui& ui, Gallery& state) {
    build_banner(ui);
    if (const auto menu = ui.navigation("menu", "Main")) {
        ui.link("agreements", "My Connection Agreements", "#/agreements", {.current = true});
        ui.link("cases", "My cases", "#/cases");
        ui.link("notifications", "Notifications", "#/notifications");
        ui.link("verify", "Check a downloaded agreement", "#/verify");
        ui.link("data", "Data in this browser", "#/data");
    }
    if (const auto main = ui.main()) {
        if (state.problems)
            ui.error_summary(
                std::vector<Problem>{{"email", "Enter an email address in the correct format, like name@example.com"},
                                     {"read", "Say that you have read the terms"}});
        ui.heading(1, "CNTR0000001", "title", "Connection agreement");
        ui.paragraph(Words{documents::Inline{
                         bold("Day 37"), text(" of 90. The last day to accept is 29 October 2025. Read "),
                         link_to("the terms and conditions", "#/agreements/CNTR0000001/terms"), text(" first.")}},
                     TextSize::lead);
        if (const auto note =
                ui.banner_box("deadline", BannerKind::information, "The review window ends on 29 October 2025"))
            ui.paragraph("After that day the agreement is accepted automatically at midnight.");
        if (const auto done = ui.banner_box("done", BannerKind::success, "Agreement accepted"))
            ui.paragraph("Accepted by Priya Shah on 1 August 2025 at 5:30pm.");
        if (const auto row = ui.row("tags")) {
            ui.tag("t1", "Active", TagKind::active);
            ui.tag("t2", "Under Review", TagKind::under_review);
            ui.tag("t3", "Awaiting Review", TagKind::awaiting_review);
            ui.tag("t4", "Cancelled", TagKind::cancelled);
            ui.tag("t5", "Paused", TagKind::paused);
            ui.tag("t6", "Work note", TagKind::information);
        }
        if (const auto columns = ui.columns("summary", 0.62f)) {
            if (const auto left = ui.column("fields")) {
                ui.heading(2, "Summary");
                if (const auto fields = ui.fields("list")) {
                    if (const auto field = ui.field("number", "Number")) ui.paragraph("CNTR0000001");
                    if (const auto field = ui.field("account", "Account"))
                        ui.paragraph("Meadow Vale Digital Health Ltd");
                    if (const auto field = ui.field("state", "State")) ui.tag("tag", "Draft", TagKind::under_review);
                    if (const auto field = ui.field("case", "Case")) ui.link("link", "CS0000042", "#/cases/CS0000042");
                    if (const auto field = ui.field("hash", "Terms SHA-256"))
                        ui.paragraph(documents::Inline{
                            {.text = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                             .code = true}});
                }
            }
            if (const auto right = ui.column("review")) {
                if (const auto card = ui.card("panel")) {
                    ui.heading(2, "Review");
                    build_timeline(ui);
                    ui.paragraph("Paused for 7 days while a query was open.", TextSize::small);
                    ui.progress("save", "Saving 40 of 100 records", 0.4);
                    if (const auto buttons = ui.row("actions")) {
                        ui.button("accept", "Accept agreement", Tone::primary);
                        ui.button("query", "Raise a query");
                    }
                }
            }
        }
        ui.heading(2, "My Connection Agreements", "agreements-title");
        if (const auto bar = ui.row("filters")) {
            ui.text_field("filter", "Filter agreements", state.filter, {.width = FieldWidth::thirty});
            ui.button("remove-active", "Remove filter: State: Active", Tone::plain);
            ui.button("remove-draft", "Remove filter: State: Draft, Under Review", Tone::plain);
            ui.button("clear", "Clear All", Tone::quiet);
        }
        ui.status("count", std::to_string(state.rows) + " of 340 agreements");
        build_table(ui, state);
        ui.heading(2, "A form");
        if (const auto form = ui.form("form")) {
            ui.text_field(
                "email", "Email address", state.email,
                {.hint = "We use it for notifications only.",
                 .error = state.problems ? "Enter an email address in the correct format, like name@example.com" : "",
                 .kind = FieldKind::email,
                 .width = FieldWidth::thirty,
                 .autocomplete = "email"});
            ui.text_area("description", "Description", state.description, {.hint = "Say which clause it is about."});
            ui.select("state", "State",
                      std::vector<Choice>{{"any", "Any"}, {"review", "Draft, Under Review"}, {"active", "Active"}},
                      state.state);
            ui.radios("signature", "How is the agreement signed?",
                      std::vector<Choice>{{"manual", "Accepted via Portal", "A person presses the button."},
                                          {"auto", "Auto Accepted"}},
                      state.signature);
            ui.checkbox("read", "I have read and understood the terms and conditions", state.read,
                        {.error = state.problems ? "Say that you have read the terms" : ""});
            ui.checkbox("wanted", "Send me a copy", state.wanted, {.hint = "By email, as a PDF."});
            ui.file_input("file", "Import file", ".json,.csv", true);
            if (ui.button("send", "Accept agreement", Tone::primary)) ++state.pressed;
            if (const auto row = ui.row("more")) {
                ui.button("second", "Download PDF");
                ui.button("third", "Erase this workspace", Tone::warning);
                ui.button("fourth", "Cancel", Tone::quiet);
                ui.button("fifth", "Not now", Tone::secondary, {.disabled = true});
            }
        }
        if (ui.disclosure("details", "What happens next?", state.open)) {
            if (const auto inset = ui.inset("next"))
                ui.paragraph(
                    "The agreement team answers within five working days, and the clock stands still until then.");
        }
        ui.heading(2, "Cards");
        if (const auto grid = ui.grid("cards", 260)) {
            for (const char* name : {"Import", "Export", "Storage"}) {
                if (const auto card = ui.card(name)) {
                    ui.heading(3, name);
                    ui.paragraph(std::string(name) == "Import" ? "A ServiceNow export, a portal backup, or a terms "
                                                                 "document; what will change is shown first."
                                                               : "Short words.");
                    ui.link("go", std::string("Open ") + name, "#/data");
                }
            }
        }
        ui.heading(2, "Watch list");
        static const std::vector<TableColumn> columns = {{.key = "who", .header = "Who"},
                                                         {.key = "size", .header = "Size", .numeric = true},
                                                         {.key = "do", .header = "Actions"}};
        const std::vector<TableRow> rows = {
            {"a",
             {{.words = "priya.shah@example.nhs.uk", .header = true},
              {.words = "1,204"},
              {.words = "", .actions = {{"remove", "Remove"}, {"send", "Send", Tone::primary}}}}},
            {"b",
             {{.words = "sam@example.com", .header = true},
              {.words = "3"},
              {.words = "Waiting", .actions = {{"remove", "Remove"}}}}}};
        if (const TableResult result =
                ui.table("watch", columns, rows, {.caption = "Watchers", .hidden_caption = true});
            !result.action.empty())
            state.row_action = result.row + "/" + result.action;
        ui.separator("rule");
        ui.document("terms", sample_terms(), 2);
        if (state.dialog) {
            const auto dialog = ui.dialog("erase", "Erase this workspace?");
            ui.paragraph("Everything in this browser goes. Type ERASE to say that you mean it.");
            static std::string typed;
            ui.text_field("typed", "Type ERASE", typed, {.width = FieldWidth::twenty});
            const auto row = ui.row("buttons");
            if (ui.button("yes", "Erase", Tone::warning)) state.dialog = false;
            ui.button("no", "Keep it");
        }
    }
    if (const auto footer = ui.footer()) {
        const auto row = ui.row("links");
        ui.link("accessibility", "Accessibility statement", "#/accessibility");
        ui.link("help", "Help", "#/help");
        ui.button("view", "Use the HTML view", Tone::quiet);
    }
}

}  // namespace ca::test
