// Whether a PDF file keeps what it claims: the rules of PDF/A-3a and PDF/UA-1 (or PDF/A-1b) that a program can check.
//
//     for (Finding const& finding : check(file)) print(finding.rule, finding.message);
//
// The rules, by what they look at (a test breaks each of them in a file and expects just that finding):
//   trailer.id  trailer.encrypted  catalog.marked  catalog.language  catalog.title  catalog.javascript
//   metadata.missing  metadata.xml  metadata.info  metadata.pdfa  metadata.pdfua  metadata.extension
//   marks.balance  marks.unmarked  marks.nested
//   structure.missing  structure.content  structure.parents  structure.parent_tree
//   link.structure  link.contents  link.print  page.tabs
//   roles.standard  roles.nesting  headings.order  table.scope  table.columns  list.numbering
//   font.embedded  font.subset  font.unicode  font.widths  font.notdef  font.cid_set
//   intent.missing  intent.profile  attachment.keys  attachment.associated
//
// Out of reach here: contrast, whether the structure says what the page shows, everything that only a person can judge.
#pragma once

#include "pdf_check/pdf_file.h"

#include <expected>
#include <string>
#include <vector>

namespace pdf_check {

struct Finding {
    std::string rule;
    std::string message;
};

std::vector<Finding> check(const File&);

// The words of the document in the order of its structure tree: one string for each stretch of an element.
struct Said {
    std::string role;
    std::string text;
};
std::vector<Said> reading_order(const File&);

// The bytes of an attached file.
std::expected<std::string, std::string> attachment(const File&, std::string_view name);

}  // namespace pdf_check
