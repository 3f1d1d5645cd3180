#include "platform/cli/verify.h"

#include "platform/cli/files.h"
#include "platform/native/desktop_press.h"

#include <nlohmann/json.hpp>

#include <iostream>

namespace ca::cli {

Exit verify_paper(const Call& call) {
    auto pdf = read_file(call.operands[0]);
    if (!pdf) {
        std::cerr << pdf.error().message << '\n';
        return Exit::wrong_use;
    }
    platform::DesktopPress press(CA_FONTS_DIR);
    Result<documents::PaperCheck> checked;
    press.check(std::move(*pdf), [&](Result<documents::PaperCheck> given) { checked = std::move(given); });
    if (!checked) {
        std::cerr << "The file was not checked. " << checked.error().message << '\n';
        return Exit::wrong_use;
    }
    const auto& check = *checked;

    nlohmann::ordered_json answer{{"verdict", documents::to_words(check.verdict)}, {"message", check.message}};
    answer["number"] = check.number.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(check.number);
    answer["last_event"] =
        check.record_of ? nlohmann::ordered_json(format_iso(*check.record_of)) : nlohmann::ordered_json();
    answer["pages"] = check.pages > 0 ? nlohmann::ordered_json(check.pages) : nlohmann::ordered_json();
    answer["events"] = check.event_hashes.size();
    answer["sha256"] = check.sha256;
    if (!check.signatures.empty()) {
        answer["signatures"] = nlohmann::ordered_json::array();
        for (const auto& each : check.signatures) {
            answer["signatures"].push_back(
                {{"person", each.person}, {"what", each.what}, {"at", format_iso(each.at)}, {"key", each.key}});
            std::cerr << "Signed: " << each.what << " (" << each.person << ", " << format_words(each.at) << ")\n";
        }
    }
    answer["differences"] = nlohmann::ordered_json::array();
    for (const auto& each : check.differences)
        answer["differences"].push_back({{"where", each.where}, {"what", each.what}});
    std::cout << answer.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << std::endl;
    std::cerr << check.message << '\n';
    return check.verdict == documents::Verdict::exact ? Exit::done : Exit::refused;
}

}  // namespace ca::cli
