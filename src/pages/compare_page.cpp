// Clause by clause: the terms of an agreement against those of the one it supersedes, or against any other version.
//
// Query: `with` = the terms version to compare with (absent: the superseded agreement's); `show` = "all" for unchanged
// clauses too; `change` = the number of the change in view.

#include "base/text.h"
#include "documents/agreement_document.h"
#include "documents/compare.h"
#include "documents/markdown.h"
#include "pages/catalogue.h"
#include "pages/present.h"

#include <algorithm>
#include <charconv>

namespace ca::pages {
namespace {

using documents::ClauseChange;

std::string_view words_of(ClauseChange change) {
    switch (change) {
        case ClauseChange::same: return "Unchanged";
        case ClauseChange::changed: return "Changed";
        case ClauseChange::moved: return "Moved";
        case ClauseChange::added: return "Added";
        case ClauseChange::removed: return "Removed";
    }
    return "";
}

ui::TagKind tag_of(ClauseChange change) {
    switch (change) {
        case ClauseChange::same: return ui::TagKind::expired;
        case ClauseChange::changed: return ui::TagKind::paused;
        case ClauseChange::moved: return ui::TagKind::under_review;
        case ClauseChange::added: return ui::TagKind::active;
        case ClauseChange::removed: return ui::TagKind::cancelled;
    }
    return ui::TagKind::information;
}

class ComparePage : public PageOfAgreement {
public:
    using PageOfAgreement::PageOfAgreement;

    std::string heading_of_it() const override { return "What changed in " + number_; }

    void build_of(Context& context, const lifecycle::Agreement& agreement) override {
        auto& ui = context.ui;
        ui.link("back", "Back to " + number_, agreement_address(number_));
        ui.heading(1, heading(context), "h1", agreement.name);
        const auto* after = context.workspace.find_terms(agreement.terms_version);
        const auto* before = other_version(context, agreement);
        build_about(context, agreement);
        build_choice(context, agreement, before);
        if (!before) {
            ui.paragraph("Choose a version to compare with. This agreement does not supersede another one.",
                         ui::TextSize::body, "choose");
            return;
        }
        if (!after || after->standard_terms.empty() || before->standard_terms.empty()) {
            auto inset = ui.inset("no-text");
            const auto& missing = !after || after->standard_terms.empty() ? agreement.terms_version : before->version;
            ui.paragraph("The text of terms version " + missing +
                             " is not in this workspace yet, so the two cannot be compared.",
                         ui::TextSize::body, "words");
            ui.paragraph(
                ui::Words{{ui::text("Import it under "), ui::link_to("Data in this browser", "#/data"), ui::text(".")}},
                ui::TextSize::body, "how");
            return;
        }
        compare(context, agreement, *before, *after);
        if (!problem_.empty())
            return ui.paragraph("These texts cannot be compared. " + problem_, ui::TextSize::body, "problem");
        build_result(context, agreement, *before, *after);
    }

private:
    static void build_about(Context& context, const lifecycle::Agreement& agreement) {
        if (agreement.signature_type != lifecycle::SignatureType::auto_accepted) return;
        context.ui.paragraph(
            ui::Words{{ui::text("The terms change under clause 8.5 (Change Management) of the Standard terms. What NHS "
                                "England says of it is in the "),
                       ui::link_to("Connection Agreement Published Changes", "#/changes"),
                       ui::text("; the whole text is in the "),
                       ui::link_to("full terms", agreement_address(agreement.number, "terms")), ui::text(".")}},
            ui::TextSize::body, "about");
    }

    static const lifecycle::TermsVersion* other_version(const Context& context, const lifecycle::Agreement& agreement) {
        if (auto with = context.route.query_value("with"); !with.empty()) return context.workspace.find_terms(with);
        const auto* superseded =
            agreement.supersedes ? context.workspace.find_agreement(*agreement.supersedes) : nullptr;
        return superseded ? context.workspace.find_terms(superseded->terms_version) : nullptr;
    }

    // Moving through the versions changes nothing: the button does.
    void build_choice(Context& context, const lifecycle::Agreement& agreement, const lifecycle::TermsVersion* before) {
        auto& ui = context.ui;
        std::vector<ui::Choice> choices;
        if (!before) choices.push_back({.value = "", .label = "Choose a version"});
        for (const auto* version_of : versions_newest_first(context.workspace)) {
            const auto& version = *version_of;
            choices.push_back({.value = version.version, .label = "Version " + version.version});
        }
        const std::string shown = before ? before->version : "";
        if (shown != shown_version_) chosen_version_ = shown_version_ = shown;  // the first frame, and Back and Forward
        auto form = ui.form("choice", "Versions");
        auto row = ui.row("row");
        ui.select("with", "Compare version " + agreement.terms_version + " with", choices, chosen_version_,
                  {.width = ui::FieldWidth::twenty, .anew = true});
        if (ui.button("compare", "Compare"))
            context.visit.replace(context.route.with("with", chosen_version_).with("change", "").address());
    }

    // Made once for each state of the workspace: an import may bring other texts while the page is shown.
    void compare(const Context& context, const lifecycle::Agreement& agreement, const lifecycle::TermsVersion& before,
                 const lifecycle::TermsVersion& after) {
        const auto& workspace = context.workspace;
        const auto made_from = std::to_string(context.revision) + " " + before.version;
        if (made_from == made_from_) return;
        made_from_ = made_from;
        problem_.clear();
        const auto parts_of = [&](const lifecycle::TermsVersion& version, std::string_view prefix) {
            std::vector<documents::Part> parts;
            const auto add = [&](std::string title, std::string_view text, std::string_view key) {
                if (text.empty()) return;
                auto read = documents::parse_markdown(
                    text, {.top_level = 3, .id_prefix = std::string(prefix) + std::string(key), .lift_title = true});
                if (read)
                    parts.push_back({.title = std::move(title),
                                     .product = {},
                                     .blocks = std::move(read->blocks),
                                     .own_title = std::move(read->title)});
                else problem_ = read.error().message;
            };
            add("Standard terms", version.standard_terms, "standard-");
            add("Appendix 1A: End User Organisation Acceptable Use Policy", version.acceptable_use_policy, "policy-");
            return parts;
        };
        auto all = documents::compare_parts(parts_of(before, "before-"), parts_of(after, "after-"));
        std::vector<std::string> names, applicable;
        for (const auto& [id, product] : workspace.products) names.push_back(product.name);
        for (const auto& id : agreement.products)
            if (const auto* product = workspace.find_product(id)) applicable.push_back(product->name);
        comparison_ = documents::only_for(all, names, applicable);
    }

    void build_result(Context& context, const lifecycle::Agreement& agreement, const lifecycle::TermsVersion& before,
                      const lifecycle::TermsVersion& after) {
        auto& ui = context.ui;
        const auto counts = comparison_.counts();
        ui.heading(2, "Version " + before.version + " to version " + after.version, "result-heading");
        const auto changes = counts.changed + counts.moved + counts.added + counts.removed;
        ui.paragraph(counts_in_words(counts), ui::TextSize::body, "counts");
        const auto here = changes > 0 ? build_steps(context, changes) : 0;
        const bool all = context.route.query_value("show") == "all";
        {
            auto row = ui.row("result-actions");
            offer_pdf(context, "pdf", "Download PDF",
                      number_ + "-changes-" + before.version + "-to-" + after.version + ".pdf", [&] {
                          return documents::comparison_document({.before = "Version " + before.version,
                                                                 .after = "Version " + after.version,
                                                                 .about = number_ + " – " + agreement.name},
                                                                comparison_);
                      });
            if (changes > 0 &&
                ui.button("all", all ? "Show changes only" : "Show unchanged clauses too", ui::Tone::secondary,
                          {.pressed = all ? semantics::Toggle::on : semantics::Toggle::off}))
                context.visit.replace(context.route.with("show", all ? "" : "all").address());
        }
        if (changes == 0)
            return ui.paragraph("No clause that concerns this agreement has changed.", ui::TextSize::body, "nothing");
        ui.hint(
            "Inserted words are underlined and marked “inserted”, deleted words are struck through and marked "
            "“deleted”.",
            "legend");
        build_clauses(context, {.before = "Version " + before.version, .after = "Version " + after.version}, all, here);
    }

    static std::string counts_in_words(const documents::Counts& counts) {
        std::vector<std::string> kinds;
        const auto tell = [&](std::size_t count, std::string_view kind) {
            if (count > 0) kinds.push_back(grouped(count) + " " + std::string(kind));
        };
        tell(counts.changed, "changed");
        tell(counts.moved, "moved");
        tell(counts.added, "added");
        tell(counts.removed, "removed");
        tell(counts.same, "unchanged");
        return "Clauses: " + join(kinds, ", ") + ".";
    }

    // Leads from change to change, and stays in sight. Returns the number of the change one is at; 0: at none yet.
    std::size_t build_steps(Context& context, std::size_t changes) {
        auto& ui = context.ui;
        std::size_t here = 0;
        const auto wanted = context.route.query_value("change");
        std::from_chars(wanted.data(), wanted.data() + wanted.size(), here);
        if (here > changes) here = 0;
        const auto lead_to = [&](std::size_t change) {
            shown_change_ = 0;  // also where it is the only one
            context.visit.replace(context.route.with("change", std::to_string(change)).address());
        };
        auto row = ui.kept_row("steps", "Changes");
        ui.status("where", here > 0 ? "Change " + grouped(here) + " of " + grouped(changes)
                                    : count_of(changes, "change", "changes"));
        if (ui.button("previous", "Previous", ui::Tone::secondary, {.hidden_name = "Previous change"}))
            lead_to(here <= 1 ? changes : here - 1);
        if (ui.button("next", "Next", ui::Tone::secondary, {.hidden_name = "Next change"}))
            lead_to(here >= changes ? 1 : here + 1);
        return here;
    }

    struct Versions {
        std::string before, after;
    };
    void build_clauses(Context& context, const Versions& versions, bool all, std::size_t here) {
        auto& ui = context.ui;
        std::size_t change = 0;
        for (std::size_t i = 0; i < comparison_.clauses.size(); ++i) {
            const auto& clause = comparison_.clauses[i];
            const bool same = clause.change == ClauseChange::same;
            if (!same) ++change;
            if (same && clause.note.empty() && !all) continue;
            // Both texts are fixed while the page shows them, so a clause's place among them is its identity.
            auto part = ui.article("clause-" + std::to_string(i + 1), clause.name());
            ui.heading(3, clause.name(), "heading");
            build_about_clause(ui, clause);
            build_text(ui, clause, versions);
            build_links(ui, clause);
            if (!same && change == here && here != shown_change_) {
                ui.reveal(ui.full_key("heading"));
                ui.focus(ui.full_key("heading"));
                shown_change_ = here;
            }
        }
    }

    static void build_about_clause(ui::Ui& ui, const documents::Clause& clause) {
        auto row = ui.row("about");
        ui.tag("change", words_of(clause.change), tag_of(clause.change));
        if (clause.change == ClauseChange::moved && clause.before && clause.after)
            ui.hint("From “" + clause.before->path + "” to “" + clause.after->path + "”" +
                        (clause.words_changed   ? ", with other words"
                         : clause.links.empty() ? ", with the same words"
                                                : ", with the same words and another link"),
                    "moved");
        else if (clause.renumbered && clause.before && clause.after)
            ui.hint("Was " + clause.before->number + ", is now " + clause.after->number, "renumbered");
        else if (!clause.part.empty()) ui.hint(clause.part, "part");
        if (!clause.note.empty()) ui.hint(clause.note, "note");
    }

    // A heading whose words have changed is read as its text is. One that has only moved, and has no text of its own,
    // has nothing to be read twice.
    static documents::Blocks text_of(const documents::Clause& clause) {
        documents::Blocks blocks;
        const bool is_marked = std::ranges::any_of(
            clause.title, [](const documents::Run& run) { return run.change != documents::Change::none; });
        if (is_marked && clause.before && clause.after) {
            documents::Inline title = clause.title;
            for (auto& run : title) run.emphasis = documents::Emphasis::bold;
            blocks.emplace_back(documents::Paragraph{std::move(title)});
        }
        blocks.insert(blocks.end(), clause.blocks.begin(), clause.blocks.end());
        return blocks;
    }

    static void build_text(ui::Ui& ui, const documents::Clause& clause, const Versions& versions) {
        const auto blocks = text_of(clause);
        if (blocks.empty()) return;
        if (clause.change != ClauseChange::same && ui.is_wide()) build_sides(ui, clause, blocks, versions);
        else ui.document("text", blocks, 4);
    }

    // What it was beside what it is.
    static void build_sides(ui::Ui& ui, const documents::Clause& clause, const documents::Blocks& blocks,
                            const Versions& versions) {
        auto sides = ui.columns("sides", 0.5f);
        const auto side = [&](std::string_view key, const std::string& version, bool has_it, documents::Change other) {
            auto column = ui.column(key);
            ui.paragraph(ui::Words{{ui::bold(version)}}, ui::TextSize::small, "version");
            if (!has_it) return ui.hint("This clause is not in it.", "none");
            const auto words = documents::without(blocks, other);
            if (words.empty()) return ui.hint("It is a heading, and has no words of its own.", "none");
            ui.document("text", words, 4);
        };
        side("before", versions.before, clause.change != ClauseChange::added, documents::Change::inserted);
        side("after", versions.after, clause.change != ClauseChange::removed, documents::Change::deleted);
    }

    static void build_links(ui::Ui& ui, const documents::Clause& clause) {
        if (clause.links.empty()) return;
        documents::Blocks links;
        for (const auto& link : clause.links) links.emplace_back(documents::Paragraph{documents::link_sentence(link)});
        ui.document("links", links, 4);
    }

    std::string made_from_, problem_;
    std::string shown_version_, chosen_version_;  // compared with, and chosen to be compared with next
    documents::Comparison comparison_;
    std::size_t shown_change_ = 0;
};

}  // namespace

std::unique_ptr<Page> make_compare_page(std::string number) { return std::make_unique<ComparePage>(std::move(number)); }

}  // namespace ca::pages
