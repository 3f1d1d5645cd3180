// The terms versions, and publishing one: with a dry run that says what would become of the agreements.

#include "base/text.h"
#include "pages/catalogue.h"
#include "pages/present.h"

#include <algorithm>
#include <utility>

namespace ca::pages {
namespace {

class TeamTermsPage : public Page {
public:
    std::string heading(const Context&) const override { return "Terms versions"; }
    bool has_errors() const override { return errors_shown_; }
    void build(Context& context) override {
        auto& ui = context.ui;
        if (auto decision = take_saved(context, "publish")) {
            context.actions.say_done("Terms published", count_of(decision->created.size(), "agreement is", "agreements are") + " uplifted, " + count_of(decision->skipped.size(), "draft was", "drafts were") + " skipped.");
            *this = TeamTermsPage();
        }
        const auto problems = publish_errors(refused_ ? &*refused_ : context.actions.outcome("publish")).problems;
        errors_shown_ = !problems.empty();
        ui.error_summary(problems);
        if (!begin_team_page(context, heading(context))) return;
        build_versions(context);
        if (context.is_team()) build_form(context, {problems});
    }

private:
    static FormErrors publish_errors(const Outcome* outcome) {
        return errors_of(outcome, {{"version", "publish/version", "Enter a version, for example 6.1"}, {"title", "publish/title", "Enter a title"}, {"standard_terms", "publish/standard", "Enter the standard terms, or choose a file"}, {"acceptable_use_policy", "publish/policy"}, {"changes", "publish/changes"}});
    }

    static void build_versions(Context& context) {
        auto& ui = context.ui;
        std::vector<ui::TableRow> rows;
        for (const auto& version : context.workspace.terms) {
            const auto active = std::ranges::count_if(context.workspace.agreements, [&](const auto& pair) { return pair.second.state == lifecycle::State::active && pair.second.terms_version == version.version; });
            rows.push_back({.key = version.version, .cells = {{.words = version.version, .header = true}, {.words = version.title}, {.words = format_words(london_date(version.published_at))},
                                                              {.words = version.imported_stub ? "From records, no text yet" : version.uplift ? "Uplift" : "For new agreements"}, {.words = std::to_string(active)}}});
        }
        static const std::vector<ui::TableColumn> columns{{.key = "version", .header = "Version"}, {.key = "title", .header = "Title"}, {.key = "published", .header = "Published"}, {.key = "kind", .header = "Kind"}, {.key = "active", .header = "Active agreements", .numeric = true}};
        ui.table("versions", columns, rows, {.caption = "Terms versions", .hidden_caption = true, .empty = "No terms have been published yet."});
    }

    lifecycle::Command command() const {
        std::map<std::string, lifecycle::Value> arguments{{"version", version_}, {"title", title_}, {"standard_terms", standard_}, {"uplift", uplift_}};
        if (!is_blank(policy_)) arguments["acceptable_use_policy"] = policy_;
        if (!is_blank(changes_)) arguments["changes"] = changes_;
        return {"publish_terms", std::move(arguments)};
    }

    void build_form(Context& context, const FormErrors& errors) {
        auto& ui = context.ui;
        auto form = ui.form("publish", "Publish terms");
        ui.heading(2, "Publish terms", "heading");
        bool touched = false;
        touched |= ui.text_field("version", "Version", version_, {.hint = "Newer than every version before, for example 6.1.", .error = errors.at("publish/version"), .width = ui::FieldWidth::five, .required = true});
        touched |= ui.text_field("title", "Title", title_, {.error = errors.at("publish/title"), .width = ui::FieldWidth::thirty, .required = true});
        touched |= build_file(context, "standard", "Standard terms", standard_, errors.at("publish/standard"), "Markdown text, or choose a file below.");
        touched |= build_file(context, "policy", "Acceptable use policy", policy_, errors.at("publish/policy"), "Appendix 1A, in Markdown. Optional.");
        touched |= build_file(context, "changes", "Published changes", changes_, errors.at("publish/changes"), "What changed since the version before, in Markdown. Optional.");
        touched |= ui.checkbox("uplift", "Uplift existing agreements to these terms", uplift_, {.hint = "Every Active agreement on older terms gets a new one that becomes Active by itself after 30 days. Its contacts are notified at once."});
        if (touched) {
            preview_.reset();
            refused_.reset();
        }
        if (ui.button("preview", "See what will change", ui::Tone::secondary)) {
            // The dry run is the command itself, decided and not kept.
            auto decision = lifecycle::decide(context.workspace, command(), context.actor, context.now);
            preview_.reset();
            refused_.reset();
            preview_is_new_ = decision.has_value();
            if (decision) preview_ = *decision;
            else refused_ = Outcome{.state = Outcome::State::refused, .error = decision.error(), .decision = {}, .missing = lifecycle::missing_arguments(command())};
        }
        if (preview_) build_preview(context);
        saving_status(context, "publish");
    }

    static bool build_file(Context& context, std::string_view key, std::string_view label, std::string& text, const std::string& error, std::string_view hint) {
        auto& ui = context.ui;
        bool changed = ui.text_area(key, label, text, {.hint = std::string(hint), .error = error, .rows = 6});
        for (auto& file : ui.file_input(std::string(key) + "-file", std::string(label) + " from a file", ".md,.markdown,.txt", false)) {
            text = std::move(file.bytes);
            changed = true;
        }
        return changed;
    }

    void build_preview(Context& context) {
        auto& ui = context.ui;
        auto section = ui.section("preview-result", "What will change");
        ui.heading(3, "What will change", "heading");
        if (std::exchange(preview_is_new_, false)) ui.focus(ui.full_key("heading"));
        ui.paragraph(count_of(preview_->created.size(), "agreement will be", "agreements will be") + " uplifted. " + count_of(preview_->skipped.size(), "draft is", "drafts are") + " left alone and listed as skipped.", ui::TextSize::body, "words");
        if (!preview_->created.empty()) ui.paragraph("New agreements: " + join(preview_->created, ", "), ui::TextSize::body, "created");
        if (!preview_->skipped.empty()) ui.paragraph("Skipped drafts: " + join(preview_->skipped, ", "), ui::TextSize::body, "skipped");
        if (ui.button("publish", "Publish terms", ui::Tone::primary, {.busy = is_saving(context, "publish")}) && !is_saving(context, "publish")) context.actions.submit("publish", command());
    }

    std::string version_, title_, standard_, policy_, changes_;
    bool uplift_ = true, errors_shown_ = false;
    std::optional<lifecycle::Decision> preview_;
    std::optional<Outcome> refused_;
    bool preview_is_new_ = false;
};

}  // namespace

std::unique_ptr<Page> make_team_terms_page() { return std::make_unique<TeamTermsPage>(); }

}  // namespace ca::pages
