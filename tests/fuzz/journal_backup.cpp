// Whatever file is imported as a backup: what is taken from it is a journal that writes the same backup, and taking it
// twice adds nothing.
#include "journal/bundle.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ca::journal;
    const std::string_view backup(reinterpret_cast<const char*>(data), size);
    WorkspaceLog log;
    const auto report = compare_bundle(log, backup);
    if (!report) return 0;
    log.append(report->added);
    // Of no events, it says nothing but in which format it says it.
    if (log.size() > 0 && to_bundle(log) != backup) std::abort();
    const auto again = compare_bundle(log, backup);
    if (!again || !again->added.empty()) std::abort();
    return 0;
}
