// Any files that somebody brings, together: ServiceNow tables and terms documents in one plan. A portal backup is not
// planned here (journal/bundle.h reads it); recognise() tells it apart, and it is imported on its own.
//
//     FilesRun run{files, choices, now};                  // steps (lifecycle/recording.h), as an ImportRun's
//     while (!CA_TRY(run.go_on(recording))) …
//     auto plan = std::move(run).plan();                  // its notes say which terms document becomes what
//
// A terms document whose version nobody said becomes the one that suggest_version gives, and a note says so. In the
// counts a terms version is one record: new, changed where it was known by its number alone, same; refused at
// position 1.
#pragma once

#include "interop/servicenow.h"
#include "interop/terms_document.h"

namespace ca::interop {

struct ImportChoices {
    std::optional<std::string> mapping_text{};
    std::string terms_version{};  // of every terms document that does not say its own; empty: as suggested
    std::string terms_title{};    // of the version; empty: the document's
    std::string product{};        // of special terms that do not say their own: its id or name
};

class FilesRun final : public lifecycle::Steps {
public:
    FilesRun(const Files&, const ImportChoices&, Instant now);
    Result<bool> go_on(lifecycle::Recording&) override;
    Progress progress() const override { return tables_.progress(); }
    ImportPlan plan() && { return std::move(plan_); }

private:
    ImportChoices choices_;
    Instant now_;
    std::vector<TermsDocument> documents_;
    std::vector<Broken> broken_;                 // of what is no table
    std::optional<lifecycle::Rehearsal> trial_;  // where something is broken
    ImportRun tables_;
    ImportPlan plan_;
};

}  // namespace ca::interop
