#include "platform/cli/import.h"

#include "interop/import_files.h"
#include "interop/recognise.h"
#include "journal/bundle.h"
#include "documents/markdown.h"
#include "platform/cli/clock.h"
#include "platform/cli/kept_journal.h"
#include "platform/cli/lost_lines.h"
#include "platform/cli/workspace.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <utility>

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

Exit refused(const Error& error) {
    std::cerr << error.message << '\n';
    return Exit::refused;
}

// The store speaks of the page that holds what is not saved; here nobody does.
Exit not_kept(const Error& error) {
    const auto page = error.message.find(" It is kept on this page");
    std::cerr << error.message.substr(0, page);
    if (page != std::string::npos) std::cerr << " Nothing was imported: make room, then import again.";
    std::cerr << '\n';
    return Exit::refused;
}

Exit answer(const interop::ImportPlan& plan, bool dry_run,
            nlohmann::ordered_json lost = nlohmann::ordered_json::array()) {
    nlohmann::ordered_json refused = nlohmann::ordered_json::array();
    for (const auto& [file, reason, where] : plan.broken) {
        std::string words = reason;
        if (!where.empty()) words += " (" + where + ")";
        refused.push_back({{"file", file}, {"position", nullptr}, {"reason", words}});
        std::cerr << file << ": " << words << '\n';
    }
    for (const auto& each : plan.refused) {
        const bool whole_file = each.position == 0;
        refused.push_back({{"file", each.file},
                           {"position", whole_file ? nlohmann::ordered_json() : nlohmann::ordered_json(each.position)},
                           {"reason", each.reason}});
        std::cerr << each.file;
        if (!whole_file)
            std::cerr << ", record " << each.position << (each.number.empty() ? "" : " (" + each.number + ")");
        std::cerr << ": " << each.reason << '\n';
    }
    for (const auto& each : plan.unseen) std::cerr << in_words(each) << '\n';
    if (dry_run)
        for (const auto& each : plan.changes) std::cerr << in_words(each) << '\n';
    for (const auto& note : plan.notes) std::cerr << note << '\n';
    if (!plan.broken.empty()) {
        std::cerr << "Nothing has been changed.\n";
    } else {
        std::cerr << (dry_run ? "This would be imported: " : "Imported: ") << plan.fresh << " new, " << plan.changed
                  << " changed, " << plan.same << " the same, " << plan.refused_records() << " refused.";
        if (!plan.due.empty()) std::cerr << " Agreements whose time has run out: " << plan.due.size() << ".";
        std::cerr << '\n';
    }
    nlohmann::ordered_json result{{"new", plan.fresh},
                                  {"changed", plan.changed},
                                  {"same", plan.same},
                                  {"refused", std::move(refused)},
                                  {"due", plan.due.size()}};
    if (!lost.empty()) result["not_in_document"] = std::move(lost);
    std::cout << result.dump() << std::endl;
    const bool nothing_came = plan.fresh + plan.changed + plan.same == 0 && !plan.refused.empty();
    return !plan.broken.empty() || nothing_came ? Exit::refused : Exit::done;
}

// A backup is the journal's own: its events come in as they are, or not at all.
interop::ImportPlan plan_backup(const journal::WorkspaceLog& log, const interop::File& file) {
    interop::ImportPlan plan;
    if (const auto report = journal::compare_bundle(log, file.bytes)) {
        plan.fresh = report->added.size();
        plan.same = report->same;
    } else {
        plan.broken.push_back({file.name, report.error().message, report.error().where});
    }
    return plan;
}

Exit import_backup(Workspace& workspace, const interop::File& file) {
    auto plan = plan_backup(workspace.store().log(), file);
    if (plan.broken.empty()) {
        workspace.store().restore(file.bytes, [&](Result<journal::Committed> done) {
            if (!done) plan.broken.push_back({file.name, done.error().message, done.error().where});
        });
    }
    return answer(plan, false);
}

Result<interop::Files> read_files(const std::vector<std::string>& paths) {
    interop::Files files;
    for (const auto& path : paths) {
        auto bytes = read_file(path);
        if (!bytes) return fail("wrong_use", "The file " + path + " cannot be read.");
        files.push_back(std::make_shared<const interop::File>(path, *std::move(bytes)));
    }
    return files;
}

// The files' records, as of an instant that the workspace says something about.
class Importing final : public lifecycle::Steps {
public:
    Importing(Result<interop::Files> files, interop::ImportChoices choices, std::optional<Instant> said,
              interop::ImportPlan& plan)
        : files_(std::move(files)), choices_(std::move(choices)), said_(said), plan_(plan) {}

    Result<bool> go_on(lifecycle::Recording& recording) override {
        if (!run_) {
            const lifecycle::Workspace& kept = recording.workspace();
            const auto now = CA_TRY(instant_for(kept, said_, Use::records));
            run_.emplace(CA_TRY(std::move(files_)), choices_, std::max(now, kept.now));
        }
        if (!CA_TRY(run_->go_on(recording))) return false;
        plan_ = std::move(*run_).plan();
        return true;
    }

private:
    Result<interop::Files> files_;
    interop::ImportChoices choices_;
    std::optional<Instant> said_;
    std::optional<interop::FilesRun> run_;
    interop::ImportPlan& plan_;
};

void warn(const std::vector<std::string>& words) {
    for (const auto& each : words) std::cerr << each << '\n';
}

}  // namespace

Exit import_files(const Call& call) {
    const auto folder = call.option("--workspace");
    if (!folder) return wrong_use("Say which workspace: --workspace DIR.");
    const auto said = said_instant(call);
    if (!said) return wrong_use(said.error().message);

    interop::ImportChoices choices{.terms_version = call.option("--terms-version").value_or(""),
                                   .product = call.option("--product").value_or("")};
    if (const auto path = call.option("--mapping")) {
        choices.mapping_text = read_file(*path);
        if (!choices.mapping_text) return wrong_use("The file " + *path + " cannot be read.");
    }
    auto read = read_files(call.operands);
    if (!read) return wrong_use(read.error().message);
    auto files = *std::move(read);

    // What a text loses on its way into the document is said before anything else; a text that cannot be read at all is
    // refused.
    auto lost = nlohmann::ordered_json::array();
    interop::ImportPlan unreadable;
    for (const auto& file : files) {
        if (interop::recognise(file->name, file->bytes).kind != interop::FileKind::terms) continue;
        if (const auto read = documents::parse_markdown(file->bytes); !read)
            unreadable.broken.push_back({file->name, read.error().message, read.error().where});
        for (auto& line : tell_lost_lines(file->name, file->bytes)) lost.push_back(std::move(line));
    }

    const bool dry_run = call.has("--dry-run");
    if (!unreadable.broken.empty()) return answer(unreadable, dry_run);
    const bool is_backup =
        files.size() == 1 && interop::recognise(files[0]->name, files[0]->bytes).kind == interop::FileKind::backup;
    interop::ImportPlan plan;
    if (dry_run) {
        const auto journal = read_journal(*folder);
        if (!journal) return refused(journal.error());
        warn(warnings(*journal));
        if (is_backup) return answer(plan_backup(journal->log, *files[0]), dry_run);
        Importing importing(std::move(files), choices, *said, plan);
        lifecycle::Rehearsal trial(journal->log.workspace());
        for (bool all = false; !all;) {
            const auto step = importing.go_on(trial);
            if (!step) return refused(step.error());
            all = *step;
        }
        return answer(plan, dry_run, std::move(lost));
    }

    Workspace workspace{*folder};
    if (const auto opened = workspace.open(); !opened) return refused(opened.error());
    warn(workspace.warnings());
    if (is_backup) return import_backup(workspace, *files[0]);

    Result<> kept;
    workspace.store().record(
        [&] {
            // Each file is let go as soon as its records are taken; another attempt reads them again.
            auto taken = std::exchange(files, {});
            return std::make_unique<Importing>(taken.empty() ? read_files(call.operands) : std::move(taken), choices,
                                               *said, plan);
        },
        [&](Result<journal::Committed> done) {
            if (!done) kept = std::unexpected(done.error());
        });
    if (!kept) return not_kept(kept.error());
    return answer(plan, dry_run, std::move(lost));
}

}  // namespace ca::cli
