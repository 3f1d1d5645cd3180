// The paper of an agreement with its own record inside: attached are the journal's entries that concern it, byte for byte, the
// SHA-256 of each text of its terms, and these texts.
//
// The same record gives the same document, whoever asks and wherever. The workspace is taken as it is: apply what fell due first.
// Errors: unknown_agreement, and what the texts of the terms are refused for.
#pragma once

#include "base/result.h"
#include "documents/document.h"
#include "journal/workspace_log.h"

namespace ca::app {

Result<documents::Document> agreement_pdf_document(const lifecycle::Workspace&, const journal::WorkspaceLog&, std::string_view number);

}  // namespace ca::app
