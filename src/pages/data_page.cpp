// Data in this browser: what comes in (always with a dry run first), what goes out, and how it is kept.

#include "interop/csv.h"
#include "interop/recognise.h"
#include "interop/servicenow.h"
#include "interop/terms_document.h"
#include "interop/xlsx.h"
#include "lifecycle/sight.h"
#include "pages/catalogue.h"
#include "pages/lost_lines.h"
#include "pages/present.h"

#include "base/text.h"

#include <algorithm>
#include <utility>

namespace ca::pages {
namespace {

constexpr std::size_t rows_shown_at_most = 200;

// Files that were chosen, by what they are. Everything about them is computed anew from the workspace, so a dry run is
// never stale.
struct Chosen {
    interop::Files servicenow{};
    std::vector<interop::TermsDocument> terms;
    std::vector<NamedLostLine> lost;  // of these documents
    std::optional<interop::File> backup;
    std::optional<std::string> mapping;
    std::vector<std::string> problems;  // in words, one a file that cannot be taken
    bool empty() const { return servicenow.empty() && terms.empty() && !backup && problems.empty(); }
};

// Whoever does not see everything imports only where there is nothing yet, also by the time of saving.
Result<> check_permitted(const lifecycle::Sight& seen) {
    if (seen.sees_everything() || seen.is_of_nobody()) return {};
    return fail("not_permitted",
                "Nothing was imported: somebody has begun to work in this workspace meanwhile. Choose the "
                "agreement team under “Acting as”, then import again.");
}

// An import as somebody asked for it; what is wrong with a file refuses it.
class Importing final : public lifecycle::Steps {
public:
    struct Done {
        std::size_t records = 0, events = 0;
    };
    Importing(interop::ImportRun run, lifecycle::Actor actor, std::shared_ptr<Done> done)
        : run_(std::move(run)), actor_(std::move(actor)), done_(std::move(done)) {}
    Result<bool> go_on(lifecycle::Recording& recording) override {
        if (!std::exchange(has_begun_, true))
            CA_TRY_VOID(check_permitted(lifecycle::Sight::of(recording.workspace(), actor_)));
        if (!CA_TRY(run_.go_on(recording))) return false;
        const auto plan = std::move(run_).plan();
        *done_ = {.records = plan.fresh + plan.changed, .events = plan.events};
        if (plan.broken.empty()) return true;
        const auto& broken = plan.broken.front();
        return fail("broken_file", broken.file + ": " + broken.reason, broken.where);
    }
    Progress progress() const override { return run_.progress(); }

private:
    interop::ImportRun run_;
    lifecycle::Actor actor_;
    std::shared_ptr<Done> done_;
    bool has_begun_ = false;
};

class DataPage : public Page {
public:
    std::string heading(const Context&) const override { return "Data in this browser"; }
    bool has_errors() const override { return errors_shown_; }

    void build(Context& context) override {
        auto& ui = context.ui;
        take_answers(context);
        auto problems = problems_of(context);
        errors_shown_ = !problems.empty();
        ui.error_summary(problems);
        ui.heading(1, heading(context), "h1");
        if (context.shared) build_of_shared(context);
        else
            ui.paragraph("Everything in this portal is kept in this browser, on this device. Nothing is sent anywhere.",
                         ui::TextSize::lead, "lead");
        if (context.shared) return build_export_and_storage(context);
        if (may_change_everything(context)) build_import(context);
        else build_import_by_team(context);
        build_export(context);
        build_storage(context);
        build_sample(context);
        if (may_change_everything(context)) build_erase(context);
    }

private:
    // What concerns every account is the teams'. An empty workspace is nobody's yet: whoever opens it begins.
    static bool may_change_everything(const Context& context) {
        return context.sees_everything() || context.workspace.is_of_nobody();
    }

    static void build_of_shared(Context& context) {
        auto& ui = context.ui;
        ui.paragraph(
            "This browser takes part in a shared workspace of NHS England. It keeps what you may read of its record, "
            "so that you can work offline.",
            ui::TextSize::lead, "lead");
        ui.link("sharing", "Sharing: connection, what waits, your browsers", "#/data/sharing");
    }
    void build_export_and_storage(Context& context) {
        build_export(context);
        build_storage(context);
    }

    static void build_import_by_team(Context& context) {
        auto& ui = context.ui;
        auto section = ui.section("import", "Import");
        ui.heading(2, "Import", "heading");
        ui.paragraph(
            "Importing records and erasing the workspace concern every account. They are done by the NHS England "
            "teams: choose one of them under “Acting as” at the top of the page.",
            ui::TextSize::body, "words");
    }

    // ---- In -----------------------------------------------------------------------------------------------

    void build_import(Context& context) {
        auto& ui = context.ui;
        auto section = ui.section("import", "Import");
        ui.heading(2, "Import", "heading");
        auto files =
            ui.file_input("file", "Import file", ".json,.md,.markdown,.txt,.jsonl,.backup", true,
                          {.hint = "A ServiceNow export (one table or several together), a portal backup, or terms "
                                   "documents in Markdown. You see what will change before anything does."});
        const bool is_importing = context.session.progress("import").has_value();
        if (!files.empty() && is_importing)
            chosen_.problems.push_back("An import is going on. Choose further files when it has ended.");
        else if (!files.empty()) {
            take(context, std::move(files));
            plan_is_new_ = chosen_.problems.empty();
        }
        if (!chosen_.servicenow.empty()) build_servicenow(context);
        if (!chosen_.terms.empty()) build_terms(context);
        if (chosen_.backup) build_backup(context);
        if (!run_) plan_is_new_ = false;
        if (recording_progress(context, "import", {"Importing", "records", "Cancel the import"})) {
            given_up_ = true;
            ui.focus(plan_ ? "main/import/plan/buttons/import" : "main/import/file");
        }
        saving_status(context, "import", given_up_ ? "The import was cancelled. Nothing was imported." : "");
    }

    // The dry run, made once for each state of the workspace: it reads every record, some in each frame.
    void go_on_planning(const Context& context) {
        if (plan_ && (planned_at_ == context.revision || is_saving(context, "import"))) return;
        if (!run_ || planned_at_ != context.revision) {
            run_.emplace(chosen_.servicenow, chosen_.mapping, context.now);
            trial_ = std::make_unique<lifecycle::Rehearsal>(context.workspace);
            planned_at_ = context.revision;
            plan_.reset();
        }
        constexpr int steps_a_frame = 3;
        for (int i = 0; i < steps_a_frame; ++i) {
            const auto is_planned = run_->go_on(*trial_);
            if (!is_planned || *is_planned) return take_plan();
        }
    }

    void take_plan() {
        plan_ = std::move(*run_).plan();
        run_.reset();
        trial_.reset();
    }

    void choose_anew() {
        chosen_ = {};
        run_.reset();
        trial_.reset();
        plan_.reset();
        given_up_ = false;
    }

    void build_planning(Context& context) {
        auto& ui = context.ui;
        auto part = ui.section("planning", "Reading the records");
        const auto [done, all] = run_->progress();
        const auto [bytes, bytes_all] = run_->reading();
        if (all == 0)
            ui.progress("progress", "Reading the files: " + size_in_words(bytes) + " of " + size_in_words(bytes_all),
                        bytes_all == 0 ? -1 : static_cast<double>(bytes) / static_cast<double>(bytes_all));
        else
            ui.progress("progress", "Checking the records: " + grouped(done) + " of " + grouped(all),
                        static_cast<double>(done) / static_cast<double>(all));
        if (ui.button("cancel", "Cancel", ui::Tone::secondary)) {
            choose_anew();
            ui.focus("main/import/file");
        }
        ui.go_on();
    }

    void take(Context& context, std::vector<semantics::ChosenFile> files) {
        choose_anew();
        context.visit.forget_done();
        refused_told_.clear();
        context.session.forget("import");
        for (auto& file : files) {
            const auto kind = interop::recognise(file.name, file.bytes);
            switch (kind.kind) {
                case interop::FileKind::servicenow:
                    chosen_.servicenow.push_back(
                        std::make_shared<const interop::File>(file.name, std::move(file.bytes)));
                    break;
                case interop::FileKind::backup: chosen_.backup = interop::File{file.name, std::move(file.bytes)}; break;
                case interop::FileKind::terms:
                    if (auto document = interop::read_terms_document(file.name, file.bytes)) {
                        if (const auto why = why_unreadable(document->markdown)) {
                            chosen_.problems.push_back(file.name + ": This text cannot be read. " + *why +
                                                       " Nothing was changed.");
                            break;
                        }
                        for (auto& line : lost_lines_of(file.name, document->markdown))
                            chosen_.lost.push_back(std::move(line));
                        chosen_.terms.push_back(std::move(*document));
                    } else {
                        chosen_.problems.push_back(file.name + ": " + document.error().message);
                    }
                    break;
                case interop::FileKind::unknown: chosen_.problems.push_back(file.name + ": " + kind.message); break;
            }
        }
        version_.clear();
        title_.clear();
        product_.clear();
        if (!chosen_.terms.empty()) {
            version_ = interop::suggest_version(context.workspace, chosen_.terms.front()).value_or("");
            title_ = chosen_.terms.front().title;
        }
    }

    // A version whose text is kept: what it is called stays.
    static const lifecycle::TermsVersion* with_text(const Context& context, std::string_view version) {
        const auto* here = context.workspace.find_terms(std::string(trim(version)));
        return here && !here->standard_terms.empty() ? here : nullptr;
    }

    // Whoever has chosen a file goes on here.
    void build_plan_heading(ui::Ui& ui) {
        ui.heading(3, "What will change", "heading");
        if (std::exchange(plan_is_new_, false)) ui.focus(ui.full_key("heading"));
    }

    void build_servicenow(Context& context) {
        auto& ui = context.ui;
        const bool is_new = !plan_;
        go_on_planning(context);
        if (!plan_) return build_planning(context);
        if (is_new) ui.go_on();  // what is wrong with a file is said at the top of the page
        const auto& plan = *plan_;
        if (!plan.broken.empty()) return;  // said in the summary
        auto part = ui.section("plan", "What will change");
        build_plan_heading(ui);
        build_counts(context, plan.fresh, plan.changed, plan.same, plan.refused_records());
        build_waiting(context, plan.refused);
        static const std::vector<ui::TableColumn> columns{{.key = "table", .header = "Table"},
                                                          {.key = "new", .header = "New", .numeric = true},
                                                          {.key = "changed", .header = "Changed", .numeric = true},
                                                          {.key = "same", .header = "Same", .numeric = true},
                                                          {.key = "refused", .header = "Refused", .numeric = true}};
        std::vector<ui::TableRow> rows;
        for (const auto& table : plan.by_table)
            rows.push_back({.key = table.name,
                            .cells = {{.words = table.name, .header = true},
                                      {.words = grouped(table.fresh)},
                                      {.words = grouped(table.changed)},
                                      {.words = grouped(table.same)},
                                      {.words = grouped(table.refused)}}});
        ui.table("tables", columns, rows, {.caption = "By table"});
        if (!plan.due.empty())
            ui.paragraph(count_of(plan.due.size(), "agreement changes", "agreements change") +
                             " at once, because the date for it has passed: their reviews ended before today.",
                         ui::TextSize::body, "due");
        build_changes(context, plan.changes);
        build_unseen(context, plan.unseen);
        build_refused(context, plan.refused);
        build_import_button(context, plan.fresh + plan.changed, plan.events > 0, [this, &context] {
            done_ = std::make_shared<Importing::Done>();
            context.session.record(
                "import",
                [files = chosen_.servicenow, mapping = chosen_.mapping, done = done_](
                    const lifecycle::Actor& actor, Instant now) -> std::unique_ptr<lifecycle::Steps> {
                    return std::make_unique<Importing>(interop::ImportRun(files, mapping, now), actor, done);
                });
        });
    }

    static void build_counts(Context& context, std::size_t fresh, std::size_t changed, std::size_t same,
                             std::size_t refused) {
        auto& ui = context.ui;
        auto fields = ui.fields("counts");
        const auto say = [&](std::string_view key, std::string_view name, std::size_t count) {
            auto field = ui.field(key, name);
            ui.paragraph(grouped(count), ui::TextSize::body, "count");
        };
        say("new", "New", fresh);
        say("changed", "Changed", changed);
        say("same", "Same", same);
        say("refused", "Refused", refused);
    }

    // Of the refused ones some are kept.
    static void build_waiting(Context& context, const std::vector<interop::Refused>& refused) {
        std::size_t waiting = 0;
        for (const auto& record : refused)
            if (record.waiting) waiting += record.records;
        if (waiting == 0) return;
        context.ui.paragraph(count_of(waiting, "of the refused records waits", "of the refused records wait") +
                                 " for others that are not here yet. " + (waiting == 1 ? "It is" : "They are") +
                                 " kept when you import, and " + (waiting == 1 ? "comes" : "come") + " in by " +
                                 (waiting == 1 ? "itself" : "themselves") + " with those.",
                             ui::TextSize::body, "waiting");
    }

    static std::string row_words(const interop::Refused& record) {
        return record.position > 0 ? grouped(record.position) : "All " + grouped(record.records);
    }

    void build_refused(Context& context, const std::vector<interop::Refused>& refused) {
        if (refused.empty()) return;
        auto& ui = context.ui;
        ui.heading(4, "Refused records", "refused-heading");
        std::vector<ui::TableRow> rows;
        for (const auto& record : refused) {
            if (rows.size() == rows_shown_at_most) break;
            rows.push_back({.key = record.file + "-" + std::to_string(record.position),
                            .cells = {{.words = record.file},
                                      {.words = row_words(record)},
                                      {.words = record.number, .header = true},
                                      {.words = record.reason}}});
        }
        static const std::vector<ui::TableColumn> columns{{.key = "file", .header = "File"},
                                                          {.key = "row", .header = "Row", .numeric = true},
                                                          {.key = "record", .header = "Record"},
                                                          {.key = "reason", .header = "Reason"}};
        ui.table("refused", columns, rows, {.caption = "Refused records", .hidden_caption = true});
        if (refused.size() > rows_shown_at_most)
            ui.hint("And " + grouped(refused.size() - rows_shown_at_most) +
                        " more. They are in the list that you can save.",
                    "more");
        if (ui.button("save-refused", "Save the list of refused records", ui::Tone::quiet)) {
            interop::Rows lines{{"File", "Row", "Record", "Reason"}};
            for (const auto& record : refused)
                lines.push_back({record.file,
                                 record.position > 0 ? interop::Cell::number(record.position) : row_words(record),
                                 record.number, record.reason});
            context.downloads.save_file("refused-records.csv", "text/csv",
                                        interop::to_csv(interop::shown_rows(std::move(lines))));
            refused_told_ = "refused-records.csv is in your downloads.";
        }
        ui.status("refused-saved", refused_told_);
    }

    void build_changes(Context& context, const std::vector<interop::FieldChange>& changes) {
        if (changes.empty()) return;
        auto& ui = context.ui;
        const auto label = count_of(changes.size(), "field changes", "fields change") + ", one by one";
        if (!ui.disclosure("changes", label, changes_shown_)) return;
        std::vector<ui::TableRow> rows;
        for (const auto& change : changes) {
            if (rows.size() == rows_shown_at_most) break;
            const bool is_unused = change.field.empty();
            rows.push_back(
                {.key = change.number + "-" + change.field,
                 .cells = {{.words = change.number, .header = true},
                           {.words = is_unused ? "Columns that the portal keeps and does not use" : change.field},
                           {.words = change.from},
                           {.words = change.to}}});
        }
        static const std::vector<ui::TableColumn> columns{{.key = "record", .header = "Record"},
                                                          {.key = "field", .header = "Field"},
                                                          {.key = "from", .header = "Is"},
                                                          {.key = "to", .header = "Becomes"}};
        ui.table("changed-fields", columns, rows, {.caption = "What changes", .hidden_caption = true});
        if (changes.size() > rows.size())
            ui.hint(
                "And " + grouped(changes.size() - rows.size()) + " more. “portal-cli import --dry-run” lists them all.",
                "changes-more");
    }

    static void build_unseen(Context& context, const std::vector<interop::Unseen>& unseen) {
        if (unseen.empty()) return;
        auto& ui = context.ui;
        ui.heading(4, "Characters that cannot be seen", "unseen-heading");
        ui.paragraph(
            "These values hold characters that cannot be seen, or turn the text around them. They are kept as they "
            "came, and shown by name wherever they stand.",
            ui::TextSize::body, "unseen-words");
        std::vector<ui::TableRow> rows;
        for (const auto& each : unseen) {
            if (rows.size() == rows_shown_at_most) break;
            rows.push_back({.key = each.file + "-" + std::to_string(each.position) + "-" + each.column,
                            .cells = {{.words = each.file},
                                      {.words = grouped(each.position)},
                                      {.words = each.number, .header = true},
                                      {.words = each.column},
                                      {.words = each.controls},
                                      {.words = each.shown}}});
        }
        static const std::vector<ui::TableColumn> columns{
            {.key = "file", .header = "File"},           {.key = "row", .header = "Row", .numeric = true},
            {.key = "record", .header = "Record"},       {.key = "column", .header = "Column"},
            {.key = "controls", .header = "Characters"}, {.key = "shown", .header = "Shown as"}};
        ui.table("unseen", columns, rows, {.caption = "Characters that cannot be seen", .hidden_caption = true});
        if (unseen.size() > rows.size())
            ui.hint("And " + grouped(unseen.size() - rows.size()) + " more.", "unseen-more");
    }

    void build_documents(ui::Ui& ui) const {
        auto list = ui.list("documents");
        for (const auto& document : chosen_.terms) {
            auto item = ui.list_item(document.file_name);
            ui.paragraph(
                document.file_name + ": " + std::string(to_words(document.part)) + ", “" + document.title + "”",
                ui::TextSize::body, "words");
        }
    }

    void build_terms(Context& context) {
        auto& ui = context.ui;
        auto part = ui.section("terms-plan", "What will change");
        build_plan_heading(ui);
        build_documents(ui);
        build_lost_lines(ui, chosen_.lost);
        std::vector<interop::TermsDocument> of_version, special;
        for (const auto& document : chosen_.terms)
            (document.part == interop::TermsPart::special_terms ? special : of_version).push_back(document);
        if (!of_version.empty()) {
            ui.text_field("version", "Terms version", version_,
                          {.hint = "The version that these texts belong to, for example 6.0.",
                           .width = ui::FieldWidth::five,
                           .required = true});
            if (const auto* here = with_text(context, version_))
                ui.paragraph("Version " + here->version + " is here already, as “" + here->title + "”.",
                             ui::TextSize::body, "title-here");
            else ui.text_field("title", "Title", title_, {.width = ui::FieldWidth::thirty});
        }
        if (!special.empty()) {
            std::vector<ui::Choice> products{{.value = "", .label = "Choose an API product"}};
            for (const auto& id : context.workspace.product_order)
                if (const auto* product = context.workspace.find_product(id))
                    products.push_back({.value = id, .label = product->name});
            ui.select("product", "API product of the special terms", products, product_,
                      {.width = ui::FieldWidth::thirty, .required = true});
        }
        if (!of_version.empty() && is_blank(version_))
            return ui.paragraph("Enter the version that these texts belong to, to see what will change.",
                                ui::TextSize::body, "no-version");
        auto decide = [of_version, special, version = std::string(trim(version_)),
                       title = with_text(context, version_) ? std::string() : title_, product = product_](
                          const lifecycle::Sight& workspace, Instant now) -> Result<interop::TermsPlan> {
            interop::TermsPlan whole;
            const auto add = [&](interop::TermsPlan part) {
                whole.events.insert(whole.events.end(), part.events.begin(), part.events.end());
                whole.fresh += part.fresh;
                whole.changed += part.changed;
                whole.same += part.same;
            };
            if (!of_version.empty()) add(CA_TRY(interop::plan_terms(workspace, of_version, version, title, now)));
            for (const auto& document : special) {
                if (product.empty() && !document.product)
                    return fail("no_product", "Choose the API product that the special terms belong to.");
                add(CA_TRY(interop::plan_special_terms(workspace, document, document.product.value_or(product), now)));
            }
            return whole;
        };
        const auto plan = decide(context.workspace, context.now);
        if (!plan) {
            auto inset = ui.inset("refused");
            ui.paragraph(plan.error().message, ui::TextSize::body, "words");
            return;
        }
        build_counts(context, plan->fresh, plan->changed, plan->same, 0);
        build_import_button(context, plan->fresh + plan->changed, !plan->events.empty(), [&context, decide] {
            context.session.commit(
                "import", [decide](const lifecycle::Sight& workspace, Instant now) -> Result<lifecycle::Decision> {
                    CA_TRY_VOID(check_permitted(workspace));
                    auto fresh = CA_TRY(decide(workspace, now));
                    return lifecycle::Decision{.events = std::move(fresh.events)};
                });
        });
    }

    // `keeps` without a count: rows that wait for others are kept, and come in with those.
    void build_import_button(Context& context, std::size_t count, bool keeps, const std::function<void()>& import) {
        auto& ui = context.ui;
        if (!keeps) {
            ui.paragraph("Nothing would change.", ui::TextSize::body, "nothing");
            return;
        }
        auto row = ui.row("buttons");
        if (ui.button("import",
                      count > 0 ? "Import " + count_of(count, "record", "records") : "Keep the rows that wait",
                      ui::Tone::primary, {.busy = is_saving(context, "import")}) &&
            !is_saving(context, "import")) {
            importing_ = count;
            given_up_ = false;
            import();
        }
        if (!is_saving(context, "import") && ui.button("cancel", "Do not import", ui::Tone::quiet)) {
            choose_anew();
            ui.focus("main/import/file");
        }
    }

    void build_backup(Context& context) {
        auto& ui = context.ui;
        auto part = ui.section("backup-plan", "What will change");
        build_plan_heading(ui);
        const auto report = context.keeping.compare_backup(chosen_.backup->bytes);
        if (!report) {
            auto inset = ui.inset("refused");
            ui.paragraph(report.error().message, ui::TextSize::body, "words");
            return;
        }
        ui.paragraph("A backup holds events: each thing that has happened is one record of it.", ui::TextSize::body,
                     "events");
        build_counts(context, report->added, 0, report->same, 0);
        if (report->added == 0) {
            ui.paragraph("Nothing would change: this browser already holds everything in this backup.",
                         ui::TextSize::body, "nothing");
            return;
        }
        if (ui.button("import", "Import " + count_of(report->added, "record", "records"), ui::Tone::primary,
                      {.busy = is_saving(context, "import")})) {
            importing_ = report->added;
            context.keeping.import_backup("import", chosen_.backup->bytes);
        }
    }

    // ---- Out ----------------------------------------------------------------------------------------------

    void build_export(Context& context) {
        auto& ui = context.ui;
        auto section = ui.section("export", "Export");
        ui.heading(2, "Export", "heading");
        if (!context.sees_everything() && !context.contact()) {
            ui.paragraph(
                "Records are given to the contacts of their account and to the NHS England teams. Register for an "
                "account, or choose somebody under “Acting as” at the top of the page.",
                ui::TextSize::body, "words");
            return;
        }
        ui.paragraph(context.sees_everything()
                         ? "A backup holds everything and can be imported again, here or in another browser. The "
                           "others are for other programs: XLSX for a spreadsheet, where every number and code "
                           "stays as it is; CSV for a program, or for a spreadsheet that reads nothing else."
                         : "What is exported is your account's, and what is published for everybody. The record of "
                           "your account is each event as it was recorded, with its hash. It proves "
                           "what happened, but cannot be imported again: a backup of the whole workspace is made by "
                           "the NHS England teams.",
                     ui::TextSize::body, "words");
        const auto day = format_iso(london_date(context.now));
        const auto give = [&](const std::vector<interop::File>& files, std::string_view media_type) {
            std::vector<std::string> names;
            for (const auto& file : files) {
                context.downloads.save_file(file.name, media_type, file.bytes);
                names.push_back(file.name);
            }
            exported_ = join(names, ", ") + (names.size() == 1 ? " is" : " are") + " in your downloads.";
        };
        {
            auto row = ui.row("buttons");
            if (context.sees_everything() && ui.button("backup", "Export backup", ui::Tone::primary))
                give({{"connection-agreements-" + day + ".jsonl", context.keeping.export_backup()}},
                     "application/jsonl");
            if (!context.sees_everything() &&
                ui.button("record", "Export the record of your account", ui::Tone::primary))
                give({{"record-" + context.contact()->account + "-" + day + ".jsonl", context.record.lines()}},
                     "application/jsonl");
            if (ui.button("servicenow", "Export for ServiceNow"))
                give(interop::export_servicenow(context.workspace), "application/json");
            if (ui.button("csv", "Export CSV"))
                give({{"agreements-" + day + ".csv", interop::to_csv(interop::agreement_rows(context.workspace))}},
                     "text/csv");
            if (ui.button("xlsx", "Export XLSX")) {
                if (auto workbook = interop::to_xlsx("Agreements", interop::agreement_rows(context.workspace)))
                    give({{"agreements-" + day + ".xlsx", *std::move(workbook)}}, interop::xlsx_media_type);
                else exported_ = workbook.error().message;
            }
        }
        ui.status("exported", exported_);
    }

    // ---- How it is kept -----------------------------------------------------------------------------------

    static void build_storage(Context& context) {
        auto& ui = context.ui;
        auto section = ui.section("storage", "Storage");
        ui.heading(2, "Storage", "heading");
        const auto storage = context.keeping.storage();
        auto fields = ui.fields("fields");
        const auto say = [&](std::string_view key, std::string_view name, std::string words) {
            auto field = ui.field(key, name);
            ui.paragraph(std::move(words), ui::TextSize::body, "value");
        };
        say("where", "Kept in", storage.where);
        say("used", "Used", storage.used_bytes ? size_in_words(*storage.used_bytes) : "Not known");
        say("quota", "Quota", storage.quota_bytes ? size_in_words(*storage.quota_bytes) : "Not known");
        say("persistent", "Kept for good",
            !storage.persistent   ? "Not known"
            : *storage.persistent ? "Yes: the browser promised not to clear it by itself"
                                  : "Not promised: the browser may clear it when space is short, and a private window "
                                    "keeps nothing once it is closed. Export a backup now and then.");
        // How much has happened in other accounts is nobody else's.
        if (context.sees_everything()) say("events", "Events", grouped(storage.events));
        say("sound", "Record", storage.damage.empty() ? "Sound: the chain of events was verified" : storage.damage);
        if (storage.unsaved > 0) {
            auto field = ui.field("unsaved", "Not saved yet");
            ui.paragraph(count_of(storage.unsaved, "change", "changes"), ui::TextSize::body, "value");
        }
        build_asides(context, storage);
    }

    // What another tab held when it parted from what is kept here: whole, and another history.
    static void build_asides(Context& context, const Storage& storage) {
        if (storage.asides.empty() || !context.sees_everything()) return;
        auto& ui = context.ui;
        auto field = ui.field("asides", "Records set aside");
        for (const auto& name : storage.asides) {
            const auto number = name.substr(0, name.find('-'));
            const auto count = number.substr(number.find('/') + 1);
            if (ui.button(name, "Save the " + count + " changes that were set aside (" +
                                    name.substr(name.find('-') + 1, 8) + ")"))
                context.keeping.save_aside("aside", name);
        }
        (void)take_saved(context, "aside");
        saving_status(context, "aside");
    }

    static void build_sample(Context& context) {
        if (!offers_sample(context)) return;
        auto& ui = context.ui;
        auto section = ui.section("sample", "Sample data");
        ui.heading(2, "Sample data", "heading");
        ui.paragraph("A small made-up world to look around in.", ui::TextSize::body, "words");
        if (ui.button("start", "Start with sample data", ui::Tone::secondary, {.busy = is_saving(context, "sample")}))
            context.keeping.start_with_sample_data("sample");
        saving_status(context, "sample");
    }

    void build_erase(Context& context) {
        auto& ui = context.ui;
        auto section = ui.section("erase", "Erase");
        ui.heading(2, "Erase this workspace", "heading");
        ui.paragraph(
            "Everything in this browser is erased, for every tab, and cannot be brought back without a backup.",
            ui::TextSize::body, "words");
        auto form = ui.form("form", "Erase");
        ui.text_field("confirm", "Type ERASE to confirm", confirm_,
                      {.error = erase_error_, .width = ui::FieldWidth::ten, .anew = true});
        if (ui.button("erase", "Erase this workspace", ui::Tone::warning)) {
            erase_error_ = trim(confirm_) == "ERASE"
                               ? ""
                               : "Type ERASE in capital letters to confirm that everything is to be erased.";
            if (erase_error_.empty()) context.keeping.erase_workspace("erase");
        }
        saving_status(context, "erase");
    }

    // ---- Answers ------------------------------------------------------------------------------------------

    void take_answers(Context& context) {
        if (take_saved(context, "import")) {
            // What came in, which is less than was foreseen where another tab has imported the same.
            if (done_) importing_ = done_->records;
            if (done_ && done_->events == 0)
                context.visit.say_done("Nothing was different", "Everything in these files was here already.");
            else if (importing_ == 0)
                context.visit.say_done("The rows are kept",
                                       "They come in by themselves with the records that they wait for.");
            else
                context.visit.say_done(
                    "Imported " + count_of(importing_, "record", "records"),
                    "To see the portal as one of the contacts does, use “Acting as” at the top of the page.");
            done_.reset();
            choose_anew();
        }
        take_sample(context);
        if (take_saved(context, "erase")) {
            context.visit.say_done("The workspace was erased");
            confirm_.clear();
        }
    }

    std::vector<ui::Problem> problems_of(const Context& context) {
        std::vector<ui::Problem> problems;
        for (const auto& words : chosen_.problems) problems.push_back({"import/file", words});
        if (plan_)
            for (const auto& broken : plan_->broken)
                problems.push_back({"import/file", broken.file + ": " + broken.reason +
                                                       (broken.where.empty() ? "" : " (" + broken.where + ")") +
                                                       " Nothing was changed."});
        for (const auto& problem : errors_of(context.session.outcome("import"), {{"file", "import/file"}}).problems)
            problems.push_back(problem);
        for (const auto& problem :
             errors_of(context.session.outcome("erase"), {{"confirm", "erase/form/confirm"}}).problems)
            problems.push_back(problem);
        if (!erase_error_.empty()) problems.push_back({"erase/form/confirm", erase_error_});
        return problems;
    }

    Chosen chosen_;
    std::optional<interop::ImportPlan> plan_;
    std::optional<interop::ImportRun> run_;        // while it is being made,
    std::unique_ptr<lifecycle::Rehearsal> trial_;  // on this
    std::uint64_t planned_at_ = 0;
    std::string version_, title_, product_, confirm_, erase_error_;
    std::string refused_told_;  // that the list of refused records was saved
    std::string exported_;      // which files went out last, in words
    std::size_t importing_ = 0;
    std::shared_ptr<Importing::Done> done_;  // what an import in steps came to
    bool plan_is_new_ = false;
    bool given_up_ = false;
    bool changes_shown_ = false;
    bool errors_shown_ = false;
};

}  // namespace

std::unique_ptr<Page> make_data_page() { return std::make_unique<DataPage>(); }

}  // namespace ca::pages
