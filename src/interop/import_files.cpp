#include "interop/import_files.h"

#include "interop/recognise.h"
#include "interop/terms_document.h"
#include "lifecycle/engine.h"

#include <algorithm>

namespace ca::interop {

namespace {

void take_document(ImportPlan& plan, lifecycle::Workspace& work, const TermsDocument& document,
                   const ImportChoices& choices, Instant now) {
    auto refuse = [&](const std::string& reason) {
        plan.refused.push_back({document.file_name, 1, document.title, reason, false});
    };
    Result<TermsPlan> taken;
    std::string becomes;
    if (document.part == TermsPart::special_terms) {
        auto const product = document.product.value_or(choices.product);
        if (product.empty()) {
            refuse(
                "These are special terms. Say for which API product, in the document's front matter: product: <id or "
                "name>.");
            return;
        }
        taken = plan_special_terms(work, document, product, now);
        becomes = "the special terms of " + product;
    } else {
        auto const version = document.version                 ? document.version
                             : !choices.terms_version.empty() ? std::optional(choices.terms_version)
                                                              : suggest_version(work, document);
        if (!version) {
            refuse("It does not say of which terms version it is. Say so in its front matter: version: 6.1.");
            return;
        }
        taken = plan_terms(work, std::vector{document}, *version,
                           document.part == TermsPart::standard_terms ? choices.terms_title : std::string(), now);
        becomes = "the " + std::string(to_words(document.part)) + " of version " + *version;
    }
    if (!taken) {
        refuse(taken.error().message);
        return;
    }
    plan.fresh += taken->fresh;
    plan.changed += taken->changed;
    plan.same += taken->same;
    plan.notes.push_back(document.file_name + (taken->same > 0 ? " is already " : " becomes ") + becomes + ".");
    for (auto& event : taken->events) {
        lifecycle::apply(work, event);
        plan.events.push_back(std::move(event));
    }
}

}  // namespace

ImportPlan plan_files(const lifecycle::Workspace& workspace, std::span<const File> files, const ImportChoices& choices,
                      Instant now) {
    std::vector<File> tables;
    std::vector<TermsDocument> documents;
    std::vector<Broken> broken;
    for (auto const& file : files) {
        auto const [kind, message] = recognise(file.name, file.bytes);
        switch (kind) {
            case FileKind::servicenow: tables.push_back(file); break;
            case FileKind::terms:
                if (auto document = read_terms_document(file.name, file.bytes))
                    documents.push_back(*std::move(document));
                else broken.push_back({file.name, document.error().message, document.error().where});
                break;
            case FileKind::backup:
                broken.push_back({file.name, "This is a backup of the portal. Import it on its own.", {}});
                break;
            case FileKind::unknown: broken.push_back({file.name, message, {}}); break;
        }
    }
    // The tables first, also where there are none: the mapping file is read with them, and they bring the versions that
    // documents fill.
    auto plan = plan_import(workspace, tables, choices.mapping_text, now);
    if (!broken.empty() || !plan.broken.empty()) {
        broken.insert(broken.end(), plan.broken.begin(), plan.broken.end());
        plan = {};
        plan.broken = std::move(broken);
        return plan;
    }
    if (documents.empty()) return plan;
    auto work = workspace;
    for (auto const& event : plan.events) lifecycle::apply(work, event);
    // Standard terms before what belongs to them.
    std::stable_sort(documents.begin(), documents.end(), [](const auto& a, const auto& b) { return a.part < b.part; });
    for (auto const& document : documents) take_document(plan, work, document, choices, now);
    return plan;
}

}  // namespace ca::interop
