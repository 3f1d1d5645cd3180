#include "papers/agreement_pdf.h"

#include "documents/agreement_document.h"

namespace ca::papers {
namespace {

Result<const lifecycle::Agreement*> find(const lifecycle::Sight& workspace, std::string_view number) {
    if (const auto* agreement = workspace.find_agreement(number)) return agreement;
    return fail("unknown_agreement", "There is no connection agreement “" + std::string(number) + "” that you can see.",
                "number");
}

}  // namespace

Result<documents::Document> agreement_pdf_document(EnclosedRecord enclosed) {
    const auto& number = enclosed.agreement.number;
    std::vector<documents::Attachment> attachments{
        {.file_name = number + ".json",
         .media_type = "application/json",
         .description = "The record of " + number + ", its events as they are kept, and the hashes of its terms",
         .relationship = "Data",
         .bytes = to_json(enclosed)}};
    for (const auto& text : texts_of(enclosed.agreement))
        if (!text.markdown->empty())
            attachments.push_back({.file_name = text.file_name,
                                   .media_type = "text/markdown",
                                   .description = "Text of the terms as it was published",
                                   .relationship = "Source",
                                   .bytes = *text.markdown});
    return documents::agreement_document(enclosed.agreement, std::move(attachments));
}

Result<documents::Document> agreement_pdf_document(const lifecycle::Sight& workspace, const journal::SeenRecord& record,
                                                   std::string_view number) {
    return agreement_pdf_document(enclose(workspace, record, *CA_TRY(find(workspace, number))));
}

Result<documents::Document> practice_pdf_document(const lifecycle::Sight& workspace, std::string_view number) {
    auto document =
        CA_TRY(documents::agreement_document(documents::record_of(workspace, *CA_TRY(find(workspace, number)))));
    document.status = "PRACTICE – not a record" + (document.status.empty() ? "" : "; " + document.status);
    return document;
}

}  // namespace ca::papers
