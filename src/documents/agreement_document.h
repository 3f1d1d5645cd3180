// The portal's papers as documents: an agreement, its parts on their own, a comparison, a case.
//
//     auto record = record_of(workspace, *workspace.find_agreement("CNTR0000001"));
//     Result<Document> paper = agreement_document(record, {the attached record});
//
// An agreement reads: a cover (the parties, what it stands at); the details in the guide's order; contents; the
// standard terms; Appendix 1 (API Products Applicable), Appendix 1A (acceptable use policy), Appendix 2 … (special
// terms, one for each product that has any); the acceptance record; notified contacts; lineage. An agreement that is
// not Active says so in words on every page.
//
// The same record gives the same document: no clock is read, and nothing in it depends on when it was asked for. Texts
// are Markdown as they were published; a text that the portal does not hold is said to be missing, never left out in
// silence. Errors: those of parse_markdown; `where` names the text as well ("special terms of PDS FHIR, line 12").
// Rules: L4, V1–V5, V7 and R29–R35; the field names are the guide's.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "documents/compare.h"
#include "documents/document.h"
#include "lifecycle/model.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ca::documents {

struct ProductTerms {
    std::string id;
    std::string name;
    std::string special_terms{};  // Markdown; empty: none
    static void describe(auto&& member, auto& self) {
        member("id", self.id);
        member("name", self.name);
    }
};

struct LineageStep {
    std::string number;
    std::string signature_type;  // in words
    std::string terms_version;
    std::string state;  // "Active", "Draft, Under Review"
    std::optional<Date> start_date{};
    std::optional<Instant> ended_at{};
    std::string ended_why{};
    static void describe(auto&& member, auto& self) {
        member("number", self.number);
        member("signature_type", self.signature_type);
        member("terms_version", self.terms_version);
        member("state", self.state);
        member("start_date", self.start_date);
        member("ended_at", self.ended_at);
        member("ended_why", self.ended_why);
    }
};

// Everything that the paper says, and nothing else. `describe` names all but the texts, which travel as files of their
// own.
struct AgreementRecord {
    std::string number;
    std::string name;
    std::optional<std::string> registration_number{};
    std::string registration_reason{};  // L4, a sentence
    std::string account_name;
    std::string ods_code;
    std::vector<ProductTerms> products{};
    std::optional<std::string> case_number{};
    lifecycle::State state = lifecycle::State::draft;
    std::optional<lifecycle::Substate> substate{};
    lifecycle::SignatureType signature_type = lifecycle::SignatureType::accepted_via_portal;
    std::optional<Date> accepted_on{};
    std::optional<std::string> accepted_by{};      // the person's name
    std::optional<std::string> pdf_accepted_by{};  // V1
    std::optional<Date> start_date{};
    std::optional<Date> end_date{};
    std::string end_reason{};
    Instant created;
    std::optional<Date> issued{};
    lifecycle::Review review{};
    std::optional<Instant> ended_at{};
    std::string ended_why{};  // "not accepted in time"
    std::optional<std::string> replaced_by{};
    std::string terms_version;
    std::string terms_title{};
    std::string standard_terms{};              // Markdown; empty: not held
    std::string acceptable_use_policy{};       // likewise
    std::vector<std::string> contacts{};       // V2
    std::optional<bool> notified_elsewhere{};  // only where so: who was is not known here
    std::string original_version{};            // V3
    std::optional<std::string> superseded_contract{};
    std::vector<LineageStep> lineage{};  // oldest first
    static void describe(auto&& member, auto& self) {
        member("number", self.number);
        member("name", self.name);
        member("registration_number", self.registration_number);
        member("registration_reason", self.registration_reason);
        member("account_name", self.account_name);
        member("ods_code", self.ods_code);
        member("products", self.products);
        member("case_number", self.case_number);
        member("state", self.state);
        member("substate", self.substate);
        member("signature_type", self.signature_type);
        member("accepted_on", self.accepted_on);
        member("accepted_by", self.accepted_by);
        member("pdf_accepted_by", self.pdf_accepted_by);
        member("start_date", self.start_date);
        member("end_date", self.end_date);
        member("end_reason", self.end_reason);
        member("created", self.created);
        member("issued", self.issued);
        member("review", self.review);
        member("ended_at", self.ended_at);
        member("ended_why", self.ended_why);
        member("replaced_by", self.replaced_by);
        member("terms_version", self.terms_version);
        member("terms_title", self.terms_title);
        member("contacts", self.contacts);
        member("notified_elsewhere", self.notified_elsewhere);
        member("original_version", self.original_version);
        member("superseded_contract", self.superseded_contract);
        member("lineage", self.lineage);
    }
};

AgreementRecord record_of(const lifecycle::Workspace& workspace, const lifecycle::Agreement& agreement);

Result<Document> agreement_document(const AgreementRecord& record, std::vector<Attachment> attachments = {});

// Any terms on their own: a title (that of the text, or `title` where it has none) and the text.
Result<Document> terms_document(std::string_view markdown, const std::string& title);
// Appendix 1A on its own, and what was published about a version's changes.
Result<Document> acceptable_use_policy_document(const lifecycle::TermsVersion& terms);
Result<Document> published_changes_document(const lifecycle::TermsVersion& terms);

// A comparison for people: the counts, one line for each clause that is not the same, then these clauses with their
// changes.
struct ComparisonTitles {
    std::string before;   // "Version 6.0"
    std::string after;    // "Version 6.1"
    std::string about{};  // whom it concerns: "CNTR0000002 – YGA12 - Aire Pharmacy Services LLP"; empty: everyone
};
Document comparison_document(const ComparisonTitles& titles, const Comparison& comparison);

// A case with its activity, oldest first. The entries are those that the reader may see (lifecycle::Sight).
Document case_document(const lifecycle::Workspace& workspace, const lifecycle::Case& the_case,
                       const std::vector<const lifecycle::CaseEntry*>& activity);

// What an agreement that is not Active says on every page: "DRAFT – under review, not accepted"; empty where it is
// Active.
std::string status_words(const AgreementRecord& record);

}  // namespace ca::documents
