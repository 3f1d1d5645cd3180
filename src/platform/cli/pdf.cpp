#include "platform/cli/pdf.h"

#include "papers/agreement_pdf.h"
#include "base/sha256.h"
#include "documents/agreement_document.h"
#include "lifecycle/engine.h"
#include "platform/cli/clock.h"
#include "platform/cli/files.h"
#include "platform/cli/kept_journal.h"
#include "platform/cli/lost_lines.h"
#include "platform/native/press_fonts_folder.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

namespace ca::cli {
namespace {

Exit say(const Error& error, Exit exit = Exit::refused) {
    std::cerr << error.message << (error.where.empty() ? "" : " (" + error.where + ")") << '\n';
    return exit;
}

Exit print(const documents::Document& document, const std::string& path, pdf::Profile profile,
           nlohmann::ordered_json lost = nlohmann::ordered_json::array()) {
    auto fonts = platform::read_press_fonts(CA_FONTS_DIR);
    if (!fonts) return say(fonts.error());
    const auto file = platform::write_from_folder(CA_FONTS_DIR, *fonts, document, {.profile = profile});
    if (!file) return say(file.error());
    if (const auto written = write_file(path, file->bytes); !written) return say(written.error());
    nlohmann::ordered_json answer{
        {"pages", file->page_count}, {"bytes", file->bytes.size()}, {"sha256", sha256_hex(file->bytes)}};
    if (!lost.empty()) answer["not_in_document"] = std::move(lost);
    std::cout << answer.dump() << std::endl;
    return Exit::done;
}

}  // namespace

Exit print_agreement(const Call& call) {
    const auto folder = call.option("--workspace");
    if (!folder || !std::filesystem::is_directory(*folder))
        return say(
            {"wrong_use", folder ? "There is no folder " + *folder + "." : "Say which workspace: --workspace DIR."},
            Exit::wrong_use);
    const auto said = said_instant(call);
    if (!said) return say(said.error(), Exit::wrong_use);
    const auto named = call.option("--profile").value_or("a3ua");
    if (named != "a3ua" && named != "a1b") return say({"wrong_use", "--profile is a3ua or a1b."}, Exit::wrong_use);
    const auto profile = named == "a1b" ? pdf::Profile::a1b : pdf::Profile::a3ua;

    const auto journal = read_journal(*folder);
    if (!journal) return say(journal.error());
    for (const auto& warning : warnings(*journal)) std::cerr << warning << '\n';
    auto state = journal->log.workspace();
    const auto now = instant_for(state, *said, Use::reads);
    if (!now) return say(now.error());
    for (const auto& event : lifecycle::due(state, *now)) lifecycle::apply(state, event);
    const auto seen = lifecycle::Sight::of(state, reader);
    auto document = papers::agreement_pdf_document(seen, journal::SeenRecord{journal->log, seen}, call.operands[0]);
    if (!document) return say(document.error());
    if (profile == pdf::Profile::a1b) document->attachments.clear();  // PDF/A-1 takes none
    return print(*document, call.operands[1], profile);
}

Exit print_terms(const Call& call) {
    const auto markdown = read_file(call.operands[0]);
    if (!markdown) return say(markdown.error(), Exit::wrong_use);
    const auto document = documents::terms_document(*markdown, std::filesystem::path(call.operands[0]).stem().string());
    if (!document) return say(document.error());
    return print(*document, call.operands[1], pdf::Profile::a3ua, tell_lost_lines(call.operands[0], *markdown));
}

}  // namespace ca::cli
