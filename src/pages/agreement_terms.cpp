#include "pages/agreement_terms.h"

#include "base/sha256.h"
#include "documents/markdown.h"
#include "documents/plain_text.h"

#include <algorithm>
#include <utility>

namespace ca::pages {
namespace {

bool is_heading(const documents::Block& block, std::string_view id) {
    const auto* heading = std::get_if<documents::Heading>(&block);
    return heading && heading->id == id;
}

}  // namespace

AgreementTerms::Part AgreementTerms::products_part(const lifecycle::Sight& workspace,
                                                   const lifecycle::Agreement& agreement) {
    documents::List list{.items = {}};
    for (const auto& id : agreement.products) {
        const auto* product = workspace.find_product(id);
        list.items.push_back(
            {.marker = "•", .blocks = {documents::Paragraph{documents::plain(product ? product->name : id)}}});
    }
    Part part{.id = "appendix-1", .title = "Appendix 1: API Products Applicable", .blocks = {}, .problem = {}};
    part.blocks.emplace_back(
        documents::Paragraph{documents::plain("The standard terms apply to each of these products. Where special terms "
                                              "apply as well, they are in an appendix of their own.")});
    if (!list.items.empty()) part.blocks.emplace_back(std::move(list));
    return part;
}

void AgreementTerms::read(const lifecycle::Sight& workspace, const lifecycle::Agreement& agreement, int top_level) {
    const auto* terms = workspace.find_terms(agreement.terms_version);
    std::string source = agreement.terms_version + "\n" + std::to_string(top_level);
    if (terms) source += "\n" + terms->standard_terms + "\n" + terms->acceptable_use_policy;
    for (const auto& id : agreement.products)
        if (const auto* product = workspace.find_product(id))
            source += "\n" + id + "\n" + product->name + "\n" + product->special_terms;
    auto digest = std::to_string(source.size()) + ":" + sha256_hex(source);
    if (digest == made_from_) return;
    made_from_ = std::move(digest);
    parts_.clear();
    copied_.clear();

    const auto add = [&](std::string id, std::string title, std::string_view markdown) {
        Part part{.id = std::move(id), .title = std::move(title), .blocks = {}, .problem = {}};
        if (auto read = documents::parse_markdown(
                markdown, {.top_level = top_level + 1, .id_prefix = part.id + "-", .lift_title = true}))
            part.blocks = std::move(read->blocks);
        else part.problem = read.error().message;
        parts_.push_back(std::move(part));
    };
    if (terms && !terms->standard_terms.empty()) add("standard-terms", "Standard terms", terms->standard_terms);
    if (!parts_.empty()) parts_.push_back(products_part(workspace, agreement));
    if (terms && !terms->acceptable_use_policy.empty())
        add("appendix-1a", "Appendix 1A: End User Organisation Acceptable Use Policy", terms->acceptable_use_policy);
    int appendix = 2;
    for (const auto& id : agreement.products) {
        const auto* product = workspace.find_product(id);
        if (product && !product->special_terms.empty())
            add("special-terms-" + id,
                "Appendix " + std::to_string(appendix++) + ": Special terms for " + product->name,
                product->special_terms);
    }
}

// The guide asks for it: the policy goes to every customer.
void AgreementTerms::build_sharing(Context& context, const Part& part) {
    auto& ui = context.ui;
    auto inset = ui.inset("sharing");
    ui.paragraph(ui::Words{{ui::bold("Note and share this with all your customers"),
                            ui::text(" who use your products to access NHS England services, and have a way to share "
                                     "it with new ones. A standalone copy is the "),
                            ui::link_to("End User Organisation Acceptable Use Policy", "#/policies/acceptable-use"),
                            ui::text(".")}},
                 ui::TextSize::body, "words");
    if (ui.button("copy", "Copy the policy")) {
        context.downloads.copy_text(documents::to_plain_text(part.blocks));
        copied_ = "The policy is copied: paste it where you share it.";
    }
    ui.status("copied", copied_);
}

void AgreementTerms::build_contents(Context& context, const lifecycle::Agreement& agreement, int top_level,
                                    const std::string& prefix) {
    read(context.workspace, agreement, top_level);
    if (!parts_.empty()) build_list(context, top_level, prefix);
}

void AgreementTerms::build_list(Context& context, int top_level, const std::string& prefix) {
    auto& ui = context.ui;
    auto contents = ui.navigation("contents", "Contents of the terms");
    auto list = ui.list("list", false, false);
    list_prefix_ = ui.full_key("");
    const auto link = [&](const std::string& id, const std::string& words, bool quiet, const std::string& place) {
        auto item = ui.list_item(id);
        ui.link("link", words, context.route.with("section", id).address(), {.quiet = quiet, .place = place});
    };
    for (const auto& part : parts_) {
        const auto part_key = prefix + part.id;
        link(part.id, part.title, false, part_key + "/title");
        for (const auto& block : part.blocks) {
            const auto* heading = std::get_if<documents::Heading>(&block);
            if (!heading || heading->level > top_level + 1 || heading->id.empty()) continue;
            link(heading->id, documents::to_text(heading->text), true, part_key + "/text/" + heading->id);
        }
    }
}

void AgreementTerms::build(Context& context, const lifecycle::Agreement& agreement, int top_level) {
    auto& ui = context.ui;
    read(context.workspace, agreement, top_level);
    if (parts_.empty()) {
        auto inset = ui.inset("no-text");
        ui.paragraph("The text of terms version " + agreement.terms_version + " is not in this workspace yet.",
                     ui::TextSize::body, "words");
        ui.paragraph(
            ui::Words{{ui::text("Import it under "), ui::link_to("Data in this browser", "#/data"), ui::text(".")}},
            ui::TextSize::body, "how");
        return;
    }
    if (list_prefix_.empty()) build_list(context, top_level, ui.full_key(""));
    const auto list_prefix = std::exchange(list_prefix_, {});
    // Back to where no section is named leads to the link by which it was left; every opening of an address leads to
    // its section anew.
    const auto wanted = std::string(context.route.query_value("section"));
    if (wanted.empty() && !revealed_.empty()) ui.focus(list_prefix + std::exchange(revealed_, {}) + "/link");
    const bool leads = !wanted.empty() && arrival_ != context.arrival;
    const auto lead_to = [&](const std::string& key) {
        ui.reveal(key);
        ui.focus(key);
        revealed_ = wanted;
        arrival_ = context.arrival;
    };
    for (const auto& part : parts_) {
        auto article = ui.article(part.id, part.title);
        ui.heading(top_level, part.title, "title");
        const auto title_key = ui.full_key("title");
        if (!part.problem.empty()) {
            ui.paragraph("This text cannot be shown. " + part.problem, ui::TextSize::body, "problem");
            continue;
        }
        if (part.id == "appendix-1a") build_sharing(context, part);
        ui.document("text", part.blocks, top_level + 1);
        if (!leads) continue;
        if (wanted == part.id) lead_to(title_key);
        else if (std::ranges::any_of(part.blocks, [&](const auto& block) { return is_heading(block, wanted); }))
            lead_to(ui.full_key("text/" + wanted));
    }
}

}  // namespace ca::pages
