// The PDF of an agreement as it is at an instant: the agreement as a document, with its own record inside (documents.md, point 7).
//
// The same record gives the same document, whoever asks and wherever: what is shown is the workspace at `at`, what is attached are the
// journal's entries that concern the agreement, and the SHA-256 of each text of its terms.
// Errors: unknown_agreement, and what the texts of the terms are refused for.
#pragma once

#include "base/result.h"
#include "documents/document.h"
#include "journal/workspace_log.h"

namespace ca::app {

Result<documents::Document> agreement_pdf_document(const lifecycle::Workspace&, const journal::WorkspaceLog&, std::string_view number, Instant at);

}  // namespace ca::app
