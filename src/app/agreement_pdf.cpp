#include "app/agreement_pdf.h"

#include "base/sha256.h"
#include "documents/agreement_document.h"
#include "lifecycle/explain.h"

namespace ca::app {
namespace {

struct Text {
    std::string name, file_name, markdown;
};

std::vector<Text> texts_of(const documents::AgreementRecord& record) {
    std::vector<Text> texts;
    const auto add = [&](std::string name, std::string file_name, const std::string& markdown) {
        if (!markdown.empty()) texts.push_back({std::move(name), std::move(file_name), markdown});
    };
    add("standard_terms", "standard-terms-" + record.terms_version + ".md", record.standard_terms);
    add("acceptable_use_policy", "acceptable-use-policy-" + record.terms_version + ".md", record.acceptable_use_policy);
    for (const auto& product : record.products) add("special_terms " + product.id, "special-terms-" + product.id + ".md", product.special_terms);
    return texts;
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        // Names and numbers hold no control characters; one would be a fault of the record and is kept visible.
        if (static_cast<unsigned char>(c) < 0x20) out += "\\u0020";
        else out += c;
    }
    return out + "\"";
}

// Downloads stay out, or no two copies of one record would be the same; work notes stay out, for contacts never see them (C2).
bool travels(const lifecycle::Event& event) {
    if (std::holds_alternative<lifecycle::DownloadRecorded>(event.body)) return false;
    const auto* entry = std::get_if<lifecycle::CaseEntryAdded>(&event.body);
    return !entry || entry->visible_to_customer;
}

// The record that travels inside: the journal's own lines, byte for byte, so that their hashes can be recomputed.
std::string attached_record(const documents::AgreementRecord& record, const std::vector<Text>& texts, const journal::WorkspaceLog& log) {
    std::string json = "{\"record\":\"connection-agreement\",\"format\":1,\"number\":" + quoted(record.number) + ",\n\"texts\":[";
    for (std::size_t i = 0; i < texts.size(); ++i)
        json += std::string(i ? "," : "") + "\n{\"name\":" + quoted(texts[i].name) + ",\"version\":" + quoted(record.terms_version) + ",\"sha256\":\"" + sha256_hex(texts[i].markdown) + "\"}";
    json += "],\n\"events\":[";
    bool first = true;
    for (const auto& entry : log.entries()) {
        if (!lifecycle::concerns(entry.event, record.number) || !travels(entry.event)) continue;
        json += (first ? "\n" : ",\n") + journal::to_line(entry);
        first = false;
    }
    return json + "]}\n";
}

}  // namespace

Result<documents::Document> agreement_pdf_document(const lifecycle::Workspace& workspace, const journal::WorkspaceLog& log, std::string_view number) {
    const auto* agreement = workspace.find_agreement(number);
    if (!agreement) return fail("unknown_agreement", "There is no agreement " + std::string(number) + ".", "number");
    const auto record = documents::record_of(workspace, *agreement);
    const auto texts = texts_of(record);
    std::vector<documents::Attachment> attachments{{.file_name = record.number + ".json",
                                                    .media_type = "application/json",
                                                    .description = "The events of " + record.number + " as they are kept, and the hashes of its terms",
                                                    .relationship = "Data",
                                                    .bytes = attached_record(record, texts, log)}};
    for (const auto& text : texts)
        attachments.push_back({.file_name = text.file_name, .media_type = "text/markdown", .description = "Text of the terms as it was published", .relationship = "Source", .bytes = text.markdown});
    return documents::agreement_document(record, std::move(attachments));
}

}  // namespace ca::app
