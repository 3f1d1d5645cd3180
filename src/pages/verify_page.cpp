// Check a downloaded agreement: whether a PDF is what the portal issued, or where it is not.

#include "pages/catalogue.h"
#include "pages/present.h"

#include <algorithm>

namespace ca::pages {
namespace {

using documents::PaperCheck;
using documents::Verdict;

struct Heading {
    std::string_view words;
    std::string_view tag;
    ui::TagKind kind;
};

Heading heading_of(const PaperCheck& check) {
    switch (check.made_by) {
        case documents::MadeBy::this_version: break;
        case documents::MadeBy::another_version:
            return {"This was made by another version of the portal", "Record sound", ui::TagKind::paused};
        case documents::MadeBy::another_version_same_words:
            return {"This was made by another version of the portal", "Record and words sound", ui::TagKind::paused};
    }
    switch (check.verdict) {
        case Verdict::exact: return {"This is the agreement as issued", "Exact", ui::TagKind::active};
        case Verdict::differs: return {"This is not the agreement as issued", "Differs", ui::TagKind::cancelled};
        case Verdict::not_ours: return {"This is not a document of the portal", "Not ours", ui::TagKind::expired};
        case Verdict::broken: return {"This file is not whole", "Broken", ui::TagKind::paused};
    }
    return {"", "", ui::TagKind::expired};
}

std::string events_in_words(const Context& context, const PaperCheck& check) {
    const auto in_file = check.event_hashes.size();
    const auto known = context.record.count_known(check.event_hashes);
    if (in_file == 0) return "It has no events.";
    if (known == in_file)
        return "All " + count_of(in_file, "event", "events") + " in the file stand in this browser’s journal.";
    if (known == 0)
        return "None of the " + count_of(in_file, "event", "events") +
               " in the file stands in this browser’s journal. That is so where this browser keeps another copy of the "
               "portal’s data; it can then not say whether NHS England holds the same record.";
    return grouped(known) + " of the " + count_of(in_file, "event", "events") +
           " in the file stand in this browser’s journal. Compare with a copy of the portal’s data that is up to date.";
}

class VerifyPage : public Page {
public:
    std::string heading(const Context&) const override { return "Check a downloaded agreement"; }

    void build(Context& context) override {
        auto& ui = context.ui;
        ui.heading(1, heading(context), "h1");
        ui.paragraph(
            "Every agreement that you download carries its own record. From that record the portal makes the document "
            "again and compares the two, byte for byte.",
            ui::TextSize::lead, "lead");
        auto files =
            ui.file_input("file", "Agreement (PDF file)", ".pdf,application/pdf", false,
                          {.hint = "Choose the file, or drop it here. It is checked on this device and sent nowhere."});
        if (!files.empty()) context.downloads.check_paper(files.front().name, std::move(files.front().bytes));
        const auto* paper = context.downloads.checked_paper();
        ui.status("status", paper ? status_words(*paper) : "");
        ui.alert("alert", paper && paper->check && !*paper->check
                              ? paper->file_name + " was not checked. " + paper->check->error().message
                              : "");
        if (paper && paper->check && *paper->check) build_answer(context, paper->file_name, **paper->check);
        build_meaning(context);
    }

private:
    static std::string status_words(const CheckedPaper& paper) {
        if (!paper.check) return "Checking " + paper.file_name + "…";
        if (!*paper.check) return {};  // an alert says it
        return paper.file_name + ": " + std::string(heading_of(**paper.check).words) + ".";
    }

    static void build_answer(Context& context, const std::string& file_name, const PaperCheck& check) {
        auto& ui = context.ui;
        const auto words = heading_of(check);
        auto card = ui.card("answer");
        ui.tag("verdict", words.tag, words.kind);
        ui.heading(2, words.words, "heading");
        ui.paragraph(check.message, ui::TextSize::body, "message");
        if (!check.differences.empty()) {
            ui.heading(3, "What differs", "differences-heading");
            static const std::vector<ui::TableColumn> columns{{.key = "where", .header = "Where"},
                                                              {.key = "what", .header = "What"}};
            std::vector<ui::TableRow> rows;
            for (const auto& each : check.differences)
                rows.push_back({.key = std::to_string(rows.size()),
                                .cells = {{.words = each.where, .header = true}, {.words = each.what}}});
            ui.table("differences", columns, rows, {.caption = "What differs", .hidden_caption = true});
        }
        build_signatures(context, check);
        auto fields = ui.fields("facts");
        const auto say = [&](std::string_view key, std::string_view name, ui::Words value) {
            auto field = ui.field(key, name);
            ui.paragraph(std::move(value), ui::TextSize::body, "value");
        };
        say("file", "File", file_name);
        if (!check.number.empty()) {
            const auto* agreement = context.workspace.find_agreement(check.number);
            if (agreement)
                say("agreement", "Agreement", ui::Words{{ui::link_to(check.number, "#/agreements/" + check.number)}});
            else say("agreement", "Agreement", check.number);
            if (check.record_of) say("last-event", "Last event in it", date_and_time(*check.record_of));
            if (check.pages > 0) say("pages", "Pages", grouped(check.pages));
            say("journal", "Journal", events_in_words(context, check));
            if (agreement) say("downloads", "Downloads", downloads_in_words(*agreement, check));
        }
        say("sha256", "SHA-256", check.sha256);
    }

    // Of a shared workspace: what people have signed with keys of their own.
    static void build_signatures(Context& context, const PaperCheck& check) {
        if (check.signatures.empty()) return;
        auto& ui = context.ui;
        ui.heading(3, "Signatures in it", "signatures-heading");
        static const std::vector<ui::TableColumn> columns{{.key = "what", .header = "What was signed"},
                                                          {.key = "who", .header = "By"},
                                                          {.key = "when", .header = "When"},
                                                          {.key = "key", .header = "With the key"}};
        std::vector<ui::TableRow> rows;
        for (const auto& each : check.signatures)
            rows.push_back({.key = std::to_string(rows.size()),
                            .cells = {{.words = each.what, .header = true},
                                      {.words = each.person.substr(each.person.find(':') + 1)},
                                      {.words = date_and_time(each.at)},
                                      {.words = each.key.substr(0, 16) + "…", .monospace = true}}});
        ui.table("signatures", columns, rows, {.caption = "Signatures in it", .hidden_caption = true});
    }

    // V6 keeps the hash of each download, so this holds also for a file of an earlier version of the portal.
    static std::string downloads_in_words(const lifecycle::Agreement& agreement, const PaperCheck& check) {
        const auto found = std::ranges::find(agreement.attachments, check.sha256, &lifecycle::Attachment::sha256);
        if (found == agreement.attachments.end())
            return "This browser’s journal has no download of a file with this SHA-256.";
        return "Exactly this file was downloaded by " + found->by + " on " + date_and_time(found->at) + ".";
    }

    static void build_meaning(Context& context) {
        auto& ui = context.ui;
        ui.heading(2, "What this shows", "meaning-heading");
        ui.paragraph(
            "Exact means three things. Not one byte of the file was changed since the portal made it. Each event in "
            "its record has its own right hash. What the document says of the agreement follows from these events.",
            ui::TextSize::body, "meaning");
        ui.paragraph(
            "Another version of the portal sets documents on other lines and pages. Of a file that it made the record, "
            "the events and the words are compared, not what its pages look like.",
            ui::TextSize::body, "versions");
        ui.paragraph(
            "A file carries no secret, so it cannot show by itself that NHS England holds the same record. Where this "
            "browser holds the agreement, its journal is compared as well.",
            ui::TextSize::body, "limits");
    }
};

}  // namespace

std::unique_ptr<Page> make_verify_page() { return std::make_unique<VerifyPage>(); }

}  // namespace ca::pages
