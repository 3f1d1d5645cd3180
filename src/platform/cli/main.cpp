#include "platform/cli/check.h"
#include "platform/cli/cli.h"
#include "platform/cli/compare.h"
#include "platform/cli/export.h"
#include "platform/cli/import.h"
#include "platform/cli/pdf.h"
#include "platform/cli/run.h"
#include "platform/cli/verify.h"

#include <iostream>

namespace {

using namespace ca::cli;

// To add a subcommand: a file of its own with its function, and a line here.
const Subcommand subcommands[]{
    {"run",
     "[FILE] [--workspace DIR]",
     "speaks the command language: one JSON object a line in, one a line out",
     {.operands_max = 1, .options = {"--workspace"}},
     run_commands},
    {"import",
     "FILE… --workspace DIR [--dry-run] [--mapping FILE] [--terms-version V] [--product P] [--at INSTANT]",
     "takes in ServiceNow tables, terms documents, or a backup",
     {.operands_min = 1,
      .operands_max = 1000,
      .options = {"--workspace", "--mapping", "--terms-version", "--product", "--at"},
      .flags = {"--dry-run"}},
     import_files},
    {"export",
     "--workspace DIR --servicenow OUTDIR | --backup FILE | --csv FILE | --xlsx FILE [--at INSTANT]",
     "writes ServiceNow tables, a backup, or the list of agreements",
     {.options = {"--workspace", "--servicenow", "--backup", "--csv", "--xlsx", "--at"}},
     export_files},
    {"pdf",
     "NUMBER OUT.pdf --workspace DIR [--at INSTANT] [--profile a3ua|a1b]",
     "writes the PDF of an agreement",
     {.operands_min = 2, .operands_max = 2, .options = {"--workspace", "--at", "--profile"}},
     print_agreement},
    {"terms",
     "FILE.md OUT.pdf",
     "writes any CommonMark document as a PDF",
     {.operands_min = 2, .operands_max = 2},
     print_terms},
    {"verify",
     "FILE.pdf",
     "says whether a downloaded agreement is what the portal issued, or what differs",
     {.operands_min = 1, .operands_max = 1},
     verify_paper},
    {"check",
     "--workspace DIR",
     "verifies a workspace's journal and names the first bad event",
     {.options = {"--workspace"}},
     check},
    {"compare",
     "OLD.md NEW.md",
     "compares two versions of terms clause by clause",
     {.operands_min = 2, .operands_max = 2},
     compare_terms},
};

void print_usage(std::ostream& out) {
    out << "Usage: portal-cli <subcommand> …\n\n";
    for (const auto& each : subcommands)
        out << "  portal-cli " << each.name << ' ' << each.arguments << "\n      " << each.summary << '\n';
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
    if (words.size() == 1 && (words[0] == "--help" || words[0] == "help")) {
        print_usage(std::cout);
        return static_cast<int>(Exit::done);
    }
    for (const auto& each : subcommands) {
        if (words.empty() || words[0] != each.name) continue;
        Call call;
        if (const auto wrong = read_call(each.shape, {words.begin() + 1, words.end()}, call)) {
            std::cerr << *wrong << "\nUsage: portal-cli " << each.name << ' ' << each.arguments << '\n';
            return static_cast<int>(Exit::wrong_use);
        }
        return static_cast<int>(each.run(call));
    }
    if (!words.empty()) std::cerr << "There is no subcommand “" << words[0] << "”.\n";
    print_usage(std::cerr);
    return static_cast<int>(Exit::wrong_use);
}
