// An import planned whole, with the events that it would record, for tests and fuzzers that look at each of them.
#pragma once

#include "interop/import_files.h"

#include <utility>
#include <vector>

namespace ca::interop::test {

struct Planned : ImportPlan {
    std::vector<lifecycle::Event> events;
};

inline Files shared(const std::vector<File>& files) {
    Files shared;
    for (const auto& file : files) shared.push_back(std::make_shared<const File>(file));
    return shared;
}

template<typename Run>
Planned planned(const lifecycle::Workspace& workspace, Run run) {
    lifecycle::Listing collecting(workspace);
    while (!run.go_on(collecting).value()) {
    }
    return {std::move(run).plan(), std::move(collecting.events)};
}

inline Planned plan_import(const lifecycle::Workspace& workspace, const std::vector<File>& files,
                           const std::optional<std::string>& mapping_text, Instant now) {
    return planned(workspace, ImportRun(shared(files), mapping_text, now));
}

inline Planned plan_files(const lifecycle::Workspace& workspace, const std::vector<File>& files,
                          const ImportChoices& choices, Instant now) {
    return planned(workspace, FilesRun(shared(files), choices, now));
}

}  // namespace ca::interop::test
