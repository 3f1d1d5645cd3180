// Says what is wrong with PDF files:  pdf_check FILE…   (exit code 1 where anything is)
//                                     pdf_check --read FILE   the words in reading order, one element a line
#include "pdf_check/check.h"

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string_view>

int main(int count, char** arguments) {
    bool read_aloud = false, failed = count < 2;
    for (int i = 1; i < count; ++i) {
        if (std::string_view(arguments[i]) == "--read") {
            read_aloud = true;
            continue;
        }
        std::ifstream stream(arguments[i], std::ios::binary);
        std::string const bytes{std::istreambuf_iterator<char>(stream), {}};
        auto const file = pdf_check::File::read(bytes);
        if (!file) {
            std::printf("%s: syntax: %s\n", arguments[i], file.error().c_str());
            failed = true;
            continue;
        }
        if (read_aloud) {
            for (auto const& said : pdf_check::reading_order(*file))
                std::printf("%s\t%s\n", said.role.c_str(), said.text.c_str());
            continue;
        }
        auto const findings = pdf_check::check(*file);
        for (auto const& finding : findings)
            std::printf("%s: %s: %s\n", arguments[i], finding.rule.c_str(), finding.message.c_str());
        if (findings.empty()) std::printf("%s: nothing found\n", arguments[i]);
        failed = failed || !findings.empty();
    }
    return failed ? 1 : 0;
}
