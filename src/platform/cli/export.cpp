#include "platform/cli/export.h"

#include "interop/csv.h"
#include "interop/json_text.h"
#include "interop/servicenow.h"
#include "interop/xlsx.h"
#include "journal/bundle.h"
#include "lifecycle/engine.h"
#include "platform/cli/clock.h"
#include "platform/cli/files.h"
#include "platform/cli/kept_journal.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <iostream>

namespace ca::cli {
namespace {

Exit wrong_use(const std::string& words) {
    std::cerr << words << '\n';
    return Exit::wrong_use;
}

Exit refused(const Error& error) {
    std::cerr << error.message << '\n';
    return Exit::refused;
}

// Writes a file, or says in words why not.
bool written_out(const std::filesystem::path& path, std::string_view bytes) {
    const auto written = write_file(path, bytes);
    if (!written) std::cerr << written.error().message << '\n';
    return written.has_value();
}

std::size_t count_records(std::string_view bytes) {
    const auto root = interop::parse_json(bytes);
    const auto* list = root ? root->find("result") : nullptr;
    return list ? list->items.size() : 0;
}

}  // namespace

Exit export_files(const Call& call) {
    const auto folder = call.option("--workspace");
    if (!folder) return wrong_use("Say which workspace: --workspace DIR.");
    if (!std::filesystem::is_directory(*folder)) return wrong_use("There is no folder " + *folder + ".");
    const auto servicenow = call.option("--servicenow"), backup = call.option("--backup"), csv = call.option("--csv"),
               xlsx = call.option("--xlsx");
    if (!servicenow && !backup && !csv && !xlsx)
        return wrong_use("Say what to write: --servicenow OUTDIR, --backup FILE, --csv FILE or --xlsx FILE.");
    const auto said = said_instant(call);
    if (!said) return wrong_use(said.error().message);

    const auto journal = read_journal(*folder);
    if (!journal) return refused(journal.error());
    for (const auto& warning : warnings(*journal)) std::cerr << warning << '\n';
    auto state = journal->log.workspace();
    if (servicenow || csv || xlsx) {  // a backup is what is kept, at whatever time it is made
        const auto now = instant_for(state, *said, Use::reads);
        if (!now) return refused(now.error());
        for (const auto& event : lifecycle::due(state, *now)) lifecycle::apply(state, event);
        state.now = std::max(state.now, *now);
    }

    const auto seen = lifecycle::Sight::of(state, reader);
    nlohmann::ordered_json written = nlohmann::ordered_json::object();
    if (servicenow) {
        std::error_code error;
        std::filesystem::create_directories(*servicenow, error);
        for (const auto& [name, bytes] : interop::export_servicenow(seen)) {
            if (!written_out(std::filesystem::path(*servicenow) / name, bytes)) return Exit::refused;
            written[name] = count_records(bytes);
        }
    }
    if (backup) {
        if (!written_out(*backup, journal::to_bundle(journal->log))) return Exit::refused;
        written[*backup] = journal->log.size();
    }
    if (csv) {
        if (!written_out(*csv, interop::to_csv(interop::agreement_rows(seen)))) return Exit::refused;
        written[*csv] = state.agreements.size();
    }
    if (xlsx) {
        const auto workbook = interop::to_xlsx("Agreements", interop::agreement_rows(seen));
        if (!workbook) return refused(workbook.error());
        if (!written_out(*xlsx, *workbook)) return Exit::refused;
        written[*xlsx] = state.agreements.size();
    }
    std::cout << nlohmann::ordered_json{{"written", std::move(written)}}.dump() << std::endl;
    return Exit::done;
}

}  // namespace ca::cli
