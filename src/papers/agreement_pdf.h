// The paper of an agreement with its own record inside (app/enclosed_record.h), and its texts as they were published.
//
// The same record gives the same document, whoever asks and wherever. The workspace is taken as it is: apply what fell
// due first. Errors: unknown_agreement, and what the texts of the terms are refused for.
#pragma once

#include "papers/enclosed_record.h"
#include "base/result.h"
#include "documents/document.h"
#include "journal/seen_record.h"

namespace ca::papers {

Result<documents::Document> agreement_pdf_document(const lifecycle::Sight&, const journal::SeenRecord&,
                                                   std::string_view number);
// Of a record alone: what a paper that is read back gives again.
Result<documents::Document> agreement_pdf_document(EnclosedRecord);
// Of a workspace whose clock was moved: says so on every page, and carries no record, for there is none.
Result<documents::Document> practice_pdf_document(const lifecycle::Sight&, std::string_view number);

}  // namespace ca::papers
