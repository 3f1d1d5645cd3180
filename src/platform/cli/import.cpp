#include "platform/cli/import.h"

#include "interop/import_files.h"
#include "interop/recognise.h"
#include "journal/bundle.h"
#include "documents/markdown.h"
#include "platform/cli/clock.h"
#include "platform/cli/lost_lines.h"
#include "platform/cli/workspace.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

namespace ca::cli {
namespace {

std::optional<std::string> read_file(const std::string& path) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) return std::nullopt;
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream bytes;
    if (!stream || !(bytes << stream.rdbuf())) {
        // An empty file leaves the stream failed too; it is the reader's to complain about.
        if (stream.is_open() && std::filesystem::file_size(path, error) == 0 && !error) return std::string();
        return std::nullopt;
    }
    return std::move(bytes).str();
}

Exit wrong_use(const std::string& words) {
    std::cerr << words << '\n';
    return Exit::wrong_use;
}

Exit answer(const interop::ImportPlan& plan, bool dry_run, nlohmann::ordered_json lost = nlohmann::ordered_json::array()) {
    nlohmann::ordered_json refused = nlohmann::ordered_json::array();
    for (const auto& [file, reason, where] : plan.broken) {
        std::string words = reason;
        if (!where.empty()) words += " (" + where + ")";
        refused.push_back({{"file", file}, {"position", nullptr}, {"reason", words}});
        std::cerr << file << ": " << words << '\n';
    }
    for (const auto& each : plan.refused) {
        const bool whole_file = each.position == 0;
        refused.push_back({{"file", each.file}, {"position", whole_file ? nlohmann::ordered_json() : nlohmann::ordered_json(each.position)}, {"reason", each.reason}});
        std::cerr << each.file;
        if (!whole_file) std::cerr << ", record " << each.position << (each.number.empty() ? "" : " (" + each.number + ")");
        std::cerr << ": " << each.reason << '\n';
    }
    for (const auto& note : plan.notes) std::cerr << note << '\n';
    if (!plan.broken.empty()) {
        std::cerr << "Nothing has been changed.\n";
    } else {
        std::cerr << (dry_run ? "This would be imported: " : "Imported: ") << plan.fresh << " new, " << plan.changed << " changed, " << plan.same
                  << " the same, " << plan.refused_records() << " refused.";
        if (!plan.due.empty()) std::cerr << " Agreements whose time has run out: " << plan.due.size() << ".";
        std::cerr << '\n';
    }
    nlohmann::ordered_json result{
        {"new", plan.fresh}, {"changed", plan.changed}, {"same", plan.same}, {"refused", std::move(refused)}, {"due", plan.due.size()}};
    if (!lost.empty()) result["not_in_document"] = std::move(lost);
    std::cout << result.dump() << std::endl;
    const bool nothing_came = plan.fresh + plan.changed + plan.same == 0 && !plan.refused.empty();
    return !plan.broken.empty() || nothing_came ? Exit::refused : Exit::done;
}

// A backup is the journal's own: its events come in as they are, or not at all.
Exit import_backup(Workspace& workspace, const interop::File& file, bool dry_run) {
    interop::ImportPlan plan;
    const auto report = journal::compare_bundle(workspace.store().log(), file.bytes);
    if (report) {
        plan.fresh = report->added.size();
        plan.same = report->same;
    } else {
        plan.broken.push_back({file.name, report.error().message, report.error().where});
    }
    if (report && !dry_run) {
        workspace.store().restore(file.bytes, [&](Result<journal::Committed> done) {
            if (!done) plan.broken.push_back({file.name, done.error().message, done.error().where});
        });
    }
    return answer(plan, dry_run);
}

}  // namespace

Exit import_files(const Call& call) {
    const auto folder = call.option("--workspace");
    if (!folder) return wrong_use("Say which workspace: --workspace DIR.");
    const auto now = instant_of(call);
    if (!now) return wrong_use("--at: " + now.error().message);

    interop::ImportChoices choices{.terms_version = call.option("--terms-version").value_or(""), .product = call.option("--product").value_or("")};
    if (const auto path = call.option("--mapping")) {
        choices.mapping_text = read_file(*path);
        if (!choices.mapping_text) return wrong_use("The file " + *path + " cannot be read.");
    }
    std::vector<interop::File> files;
    for (const auto& path : call.operands) {
        auto bytes = read_file(path);
        if (!bytes) return wrong_use("The file " + path + " cannot be read.");
        files.push_back({path, *std::move(bytes)});
    }

    // What a text loses on its way into the document is said before anything else; a text that cannot be read at all is refused.
    auto lost = nlohmann::ordered_json::array();
    interop::ImportPlan unreadable;
    for (const auto& file : files) {
        if (interop::recognise(file.name, file.bytes).kind != interop::FileKind::terms) continue;
        if (const auto read = documents::parse_markdown(file.bytes); !read) unreadable.broken.push_back({file.name, read.error().message, read.error().where});
        for (auto& line : tell_lost_lines(file.name, file.bytes)) lost.push_back(std::move(line));
    }

    const bool dry_run = call.has("--dry-run");
    if (!unreadable.broken.empty()) return answer(unreadable, dry_run);
    std::error_code error;
    if (dry_run && !std::filesystem::exists(*folder, error)) {
        // A dry run makes no folder.
        if (files.size() == 1 && interop::recognise(files[0].name, files[0].bytes).kind == interop::FileKind::backup) {
            interop::ImportPlan plan;
            if (const auto report = journal::compare_bundle({}, files[0].bytes)) plan.fresh = report->added.size();
            else plan.broken.push_back({files[0].name, report.error().message, report.error().where});
            return answer(plan, dry_run);
        }
        return answer(interop::plan_files({}, files, choices, *now), dry_run, std::move(lost));
    }

    Workspace workspace{*folder};
    if (const auto opened = workspace.open(); !opened) {
        std::cerr << opened.error().message << '\n';
        return Exit::refused;
    }
    for (const auto& warning : workspace.warnings()) std::cerr << warning << '\n';
    if (files.size() == 1 && interop::recognise(files[0].name, files[0].bytes).kind == interop::FileKind::backup)
        return import_backup(workspace, files[0], dry_run);

    interop::ImportPlan plan;
    const auto decide = [&](const lifecycle::Workspace& fresh) -> Result<std::vector<lifecycle::Event>> {
        plan = interop::plan_files(fresh, files, choices, std::max(*now, fresh.now));
        return plan.events;
    };
    if (dry_run) {
        (void)decide(workspace.state());
        return answer(plan, dry_run, std::move(lost));
    }
    Result<> kept;
    workspace.store().commit(decide, [&](Result<journal::Committed> done) {
        if (!done) kept = std::unexpected(done.error());
    });
    if (!kept) {
        std::cerr << kept.error().message << '\n';
        return Exit::refused;
    }
    return answer(plan, dry_run, std::move(lost));
}

}  // namespace ca::cli
