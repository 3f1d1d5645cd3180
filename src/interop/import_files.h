// Any files that somebody brings, together: ServiceNow tables and terms documents in one plan. A portal backup is not
// planned here (journal/bundle.h reads it); recognise() tells it apart, and it is imported on its own.
//
//     auto plan = plan_files(workspace, files, {}, now);   // pure; the dry run. notes say which terms document becomes
//     what
//
// A terms document whose version nobody said becomes the one that suggest_version gives, and a note says so. In the
// counts a terms version is one record: new, changed where it was known by its number alone, same; refused at
// position 1.
#pragma once

#include "interop/servicenow.h"

namespace ca::interop {

struct ImportChoices {
    std::optional<std::string> mapping_text{};
    std::string terms_version{};  // of every terms document that does not say its own; empty: as suggested
    std::string terms_title{};    // of the version; empty: the document's
    std::string product{};        // of special terms that do not say their own: its id or name
};

ImportPlan plan_files(const lifecycle::Workspace&, std::span<const File> files, const ImportChoices&, Instant now);

}  // namespace ca::interop
