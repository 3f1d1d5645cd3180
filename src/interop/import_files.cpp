#include "interop/import_files.h"

#include "interop/recognise.h"

#include <algorithm>

namespace ca::interop {

namespace {

void take_document(ImportPlan& plan, lifecycle::Recording& recording, const TermsDocument& document,
                   const ImportChoices& choices, Instant now) {
    auto const& work = recording.workspace();
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
    for (auto const& event : taken->events) recording.record(event);
    plan.events += taken->events.size();
}

Files tables_of(const Files& files) {
    Files tables;
    std::ranges::copy_if(files, std::back_inserter(tables), [](const auto& file) {
        return recognise(file->name, file->bytes).kind == FileKind::servicenow;
    });
    return tables;
}

}  // namespace

// The tables first, also where there are none: the mapping file is read with them, and they bring the versions that
// documents fill.
FilesRun::FilesRun(const Files& files, const ImportChoices& choices, Instant now)
    : choices_(choices), now_(now), tables_(tables_of(files), choices.mapping_text, now) {
    for (auto const& file : files) {
        auto const [kind, message] = recognise(file->name, file->bytes);
        switch (kind) {
            case FileKind::servicenow: break;
            case FileKind::terms:
                if (auto document = read_terms_document(file->name, file->bytes))
                    documents_.push_back(*std::move(document));
                else broken_.push_back({file->name, document.error().message, document.error().where});
                break;
            case FileKind::backup:
                broken_.push_back({file->name, "This is a backup of the portal. Import it on its own.", {}});
                break;
            case FileKind::unknown: broken_.push_back({file->name, message, {}}); break;
        }
    }
    // Standard terms before what belongs to them.
    std::ranges::stable_sort(documents_, {}, &TermsDocument::part);
}

Result<bool> FilesRun::go_on(lifecycle::Recording& recording) {
    // Nothing at all comes in where something is broken; what is wrong with the tables is told beside it.
    if (!broken_.empty()) {
        if (!trial_) trial_.emplace(recording.workspace());
        if (!CA_TRY(tables_.go_on(*trial_))) return false;
        std::ranges::move(std::move(tables_).plan().broken, std::back_inserter(broken_));
        plan_.broken = std::exchange(broken_, {});
        return true;
    }
    if (!CA_TRY(tables_.go_on(recording))) return false;
    plan_ = std::move(tables_).plan();
    if (!plan_.broken.empty()) return true;
    for (auto const& document : documents_) take_document(plan_, recording, document, choices_, now_);
    return true;
}

}  // namespace ca::interop
