// The acceptable use policy on its own (Appendix 1A), and the published changes of each terms version (V7).
// Query: `section` = a heading of the text, `version` = a version of the changes: where the address leads.

#include "documents/agreement_document.h"
#include "documents/markdown.h"
#include "pages/catalogue.h"
#include "pages/present.h"
#include "pages/section_link.h"

#include <algorithm>

namespace ca::pages {
namespace {

// Markdown drawn as a document, read once for each text.
class MarkdownText {
public:
    // `section`: the heading that the address leads to.
    void build(Context& context, std::string_view key, std::string_view source, int top_level, std::string_view section,
               SectionLink& link) {
        if (source != source_) {
            source_ = source;
            auto read = documents::parse_markdown(
                source, {.top_level = top_level, .id_prefix = std::string(key) + "-", .lift_title = true});
            problem_ = read ? "" : read.error().message;
            blocks_ = read ? std::move(read->blocks) : documents::Blocks{};
        }
        if (!problem_.empty())
            return context.ui.paragraph("This text cannot be shown. " + problem_, ui::TextSize::body,
                                        std::string(key) + "-problem");
        context.ui.document(key, blocks_, top_level);
        if (section.empty() || !link.leads(context)) return;
        const auto is_wanted = [&](const documents::Block& block) {
            const auto* heading = std::get_if<documents::Heading>(&block);
            return heading != nullptr && heading->id == section;
        };
        if (std::ranges::any_of(blocks_, is_wanted))
            link.lead_to(context, context.ui.full_key(std::string(key) + "/" + std::string(section)));
    }

private:
    std::string source_, problem_;
    documents::Blocks blocks_;
};

class AcceptableUsePage : public Page {
public:
    std::string heading(const Context&) const override { return "End User Organisation Acceptable Use Policy"; }
    void build(Context& context) override {
        auto& ui = context.ui;
        ui.heading(1, heading(context), "h1", "Appendix 1A");
        for (const auto* version : versions_newest_first(context.workspace)) {
            if (version->acceptable_use_policy.empty()) continue;
            ui.paragraph("As published with terms version " + version->version + " on " +
                         format_words(london_date(version->published_at)) +
                         ". Share it with every customer who uses your products to access NHS England services, and "
                         "with each new one.");
            offer_pdf(context, "pdf", "Download PDF", "acceptable-use-policy-" + version->version + ".pdf",
                      [&] { return documents::acceptable_use_policy_document(*version); });
            text_.build(context, "policy", version->acceptable_use_policy, 2, context.route.query_value("section"),
                        section_);
            return;
        }
        ui.paragraph("No acceptable use policy has been published in this workspace yet.");
    }

private:
    MarkdownText text_;
    SectionLink section_;
};

class ChangesPage : public Page {
public:
    std::string heading(const Context&) const override { return "Connection Agreement Published Changes"; }
    void build(Context& context) override {
        auto& ui = context.ui;
        ui.heading(1, heading(context), "h1");
        ui.paragraph("What each version of the terms and conditions changed, newest first.");
        const auto versions = versions_newest_first(context.workspace);
        if (versions.empty())
            ui.paragraph("No terms have been published in this workspace yet.", ui::TextSize::body, "none");
        texts_.resize(std::max(texts_.size(), versions.size()));
        for (std::size_t i = 0; i < versions.size(); ++i) {
            const auto& version = *versions[i];
            auto section = ui.section("version-" + version.version, "Version " + version.version);
            ui.heading(2, "Version " + version.version + (version.title.empty() ? "" : ": " + version.title),
                       "heading");
            const bool is_wanted = context.route.query_value("version") == version.version;
            const auto wanted = is_wanted ? context.route.query_value("section") : std::string_view();
            if (is_wanted && wanted.empty() && section_.leads(context))
                section_.lead_to(context, ui.full_key("heading"));
            ui.hint((version.imported_stub ? "Known from imported records since " : "Published on ") +
                        format_words(london_date(version.published_at)),
                    "when");
            if (version.changes.empty())
                ui.paragraph("No description of changes was published with this version.", ui::TextSize::body, "none");
            else {
                // Forms are the page's, so each version's has a name of its own.
                offer_pdf(context, "pdf-" + version.version, "Download PDF of version " + version.version,
                          "published-changes-" + version.version + ".pdf",
                          [&] { return documents::published_changes_document(version); });
                texts_[i].build(context, "changes", version.changes, 3, wanted, section_);
            }
        }
    }

private:
    std::vector<MarkdownText> texts_;
    SectionLink section_;
};

}  // namespace

std::unique_ptr<Page> make_acceptable_use_page() { return std::make_unique<AcceptableUsePage>(); }
std::unique_ptr<Page> make_changes_page() { return std::make_unique<ChangesPage>(); }

}  // namespace ca::pages
