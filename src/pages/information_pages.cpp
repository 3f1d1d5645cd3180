// Help, the accessibility statement, and the page for addresses that lead nowhere.
// Query of the first two: `section` = the heading that the address leads to.

#include "pages/catalogue.h"
#include "pages/information_text.h"
#include "pages/present.h"
#include "pages/section_link.h"

#include <algorithm>

namespace ca::pages {
namespace {

class InformationPage : public Page {
public:
    InformationPage(std::string heading, std::string lead, documents::Blocks text)
        : heading_(std::move(heading)), lead_(std::move(lead)), text_(std::move(text)) {}
    std::string heading(const Context&) const override { return heading_; }

    void build(Context& context) override {
        auto& ui = context.ui;
        ui.heading(1, heading_, "h1");
        if (!lead_.empty()) ui.paragraph(lead_, ui::TextSize::lead, "lead");
        ui.document("text", text_, 2);
        const auto wanted = context.route.query_value("section");
        if (wanted.empty() || !section_.leads(context)) return;
        const auto is_wanted = [&](const documents::Block& block) {
            const auto* heading = std::get_if<documents::Heading>(&block);
            return heading != nullptr && heading->id == wanted;
        };
        if (std::ranges::any_of(text_, is_wanted))
            section_.lead_to(context, ui.full_key("text/" + std::string(wanted)));
    }

private:
    std::string heading_, lead_;
    documents::Blocks text_;
    SectionLink section_;
};

class NotFoundPage : public Page {
public:
    explicit NotFoundPage(std::string what) : what_(std::move(what)) {}
    std::string heading(const Context&) const override { return what_ + " not found"; }
    void build(Context& context) override { build_not_found(context, what_); }

private:
    std::string what_;
};

}  // namespace

std::unique_ptr<Page> make_help_page() {
    return std::make_unique<InformationPage>(
        "Help", "How a Connection Agreement is issued, reviewed, accepted and kept.", help_text());
}
std::unique_ptr<Page> make_accessibility_page() {
    return std::make_unique<InformationPage>("Accessibility statement", "", accessibility_text());
}
std::unique_ptr<Page> make_not_found_page(std::string what) { return std::make_unique<NotFoundPage>(std::move(what)); }

}  // namespace ca::pages
