#include "papers/papers.h"

#include "papers/agreement_pdf.h"
#include "app/sample_world.h"
#include "documents/agreement_document.h"
#include "documents/markdown.h"
#include "support/planned.h"
#include "lifecycle/views.h"
#include "support/whole.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <tuple>

namespace ca::papers {

namespace {

using namespace documents;

const Instant sample_day = *parse_instant("2026-03-02T09:00:00Z");
const Instant import_day = *parse_instant("2026-05-01T12:00:00Z");

journal::WorkspaceLog log_of(const std::vector<lifecycle::Event>& events) {
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < events.size(); ++i) {
        std::string const digits = std::to_string(i + 1);
        ids.push_back(std::string(32 - digits.size(), '0') + digits);
    }
    journal::WorkspaceLog log;
    log.append(log.seal(events, ids));
    return log;
}

Document agreement_paper(const lifecycle::Workspace& workspace, const journal::WorkspaceLog& log,
                         const std::string& number) {
    const auto seen = ca::test::whole(workspace);
    auto document = papers::agreement_pdf_document(seen, {log, seen}, number);
    REQUIRE_MESSAGE(document.has_value(),
                    number << ": " << (document ? "" : document.error().message + " " + document.error().where));
    return std::move(*document);
}

Document whole(Result<Document> document) {
    REQUIRE_MESSAGE(document.has_value(), (document ? "" : document.error().message + " " + document.error().where));
    return std::move(*document);
}

Document comparison_of(const lifecycle::TermsVersion& before, const lifecycle::TermsVersion& after,
                       const std::string& about) {
    auto const part = [](const lifecycle::TermsVersion& version, const std::string& prefix) {
        auto read = parse_markdown(version.standard_terms, {.top_level = 3, .id_prefix = prefix, .lift_title = true});
        REQUIRE(read.has_value());
        return std::vector<Part>{{.title = "Standard terms", .product = {}, .blocks = std::move(read->blocks)}};
    };
    return comparison_document(
        {.before = "Version " + before.version, .after = "Version " + after.version, .about = about},
        compare_parts(part(before, "before-"), part(after, "after-")));
}

std::vector<lifecycle::Event> sample_events() {
    auto events = app::sample_world({}, sample_day);
    REQUIRE_MESSAGE(events.has_value(), (events ? "" : events.error().message));
    return std::move(*events);
}

lifecycle::Workspace after_due(lifecycle::Workspace workspace, Instant now) {
    for (auto const& event : lifecycle::due(workspace, now)) lifecycle::apply(workspace, event);
    return workspace;
}

// What files bring, appended to the events so far.
void import(std::vector<lifecycle::Event>& events, lifecycle::Workspace& workspace,
            const std::vector<std::string>& paths, const interop::ImportChoices& choices) {
    std::vector<interop::File> files;
    for (std::string const& path : paths) files.push_back({path, read_file("../shared/data/" + path)});
    auto const plan = interop::test::plan_files(workspace, files, choices, import_day);
    REQUIRE(plan.broken.empty());
    REQUIRE(plan.refused.empty());
    for (auto const& event : plan.events) {
        lifecycle::apply(workspace, event);
        events.push_back(event);
    }
}

}  // namespace

std::string read_file(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    REQUIRE_MESSAGE(stream.good(), path);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<Paper> sample_papers() {
    auto const log = log_of(sample_events());
    auto const workspace = after_due(log.workspace(), sample_day);
    std::vector<Paper> papers;
    for (auto const& [number, agreement] : workspace.agreements)
        papers.push_back({number, agreement_paper(workspace, log, number)});
    for (auto const& terms : workspace.terms) {
        papers.push_back({"policy-" + terms.version, whole(acceptable_use_policy_document(terms))});
        if (!terms.changes.empty())
            papers.push_back({"changes-" + terms.version, whole(published_changes_document(terms))});
    }
    REQUIRE(workspace.terms.size() == 2);
    papers.push_back(
        {"comparison", comparison_of(workspace.terms[0], workspace.terms[1], "YGA12 - Aire Pharmacy Services LLP")});
    for (auto const& [number, the_case] : workspace.cases) {
        std::vector<const lifecycle::CaseEntry*> entries;
        for (auto const& entry : the_case.activity) entries.push_back(&entry);
        papers.push_back({number, case_document(workspace, the_case, entries)});
    }
    return papers;
}

std::vector<Paper> imported_papers() {
    std::vector<lifecycle::Event> events;
    lifecycle::Workspace workspace;
    import(events, workspace,
           {"servicenow/customer_account.json", "servicenow/customer_contact.json", "servicenow/ast_contract.json",
            "servicenow/sn_customerservice_case.json"},
           {});
    import(events, workspace, {"terms/standard-terms-1.md", "terms/acceptable-use-policy.md"},
           {.terms_version = "6.0"});
    import(events, workspace, {"terms/standard-terms-2.md"}, {.terms_version = "6.1"});
    for (const char* product : {"MESH", "PDS FHIR API"})
        import(events, workspace, {"terms/special-terms.md"}, {.product = product});
    auto const log = log_of(events);
    workspace = after_due(log.workspace(), import_day);
    REQUIRE(workspace.agreements.size() == 340);

    std::vector<Paper> papers;
    std::set<std::tuple<lifecycle::State, std::optional<lifecycle::Substate>, lifecycle::SignatureType>> seen;
    std::size_t position = 0;
    for (auto const& [number, agreement] : workspace.agreements) {
        bool const is_new = seen.emplace(agreement.state, agreement.substate, agreement.signature_type).second;
        if (!is_new && ++position % 20 != 0) continue;
        papers.push_back({number, agreement_paper(workspace, log, number)});
    }
    papers.push_back(
        {"comparison-real", comparison_of(*workspace.find_terms("6.0"), *workspace.find_terms("6.1"), {})});
    return papers;
}

Document changed_paper(const char* number, const std::function<void(lifecycle::Workspace&)>& change) {
    auto const log = log_of(sample_events());
    auto workspace = after_due(log.workspace(), sample_day);
    change(workspace);
    return agreement_paper(workspace, log, number);
}

}  // namespace ca::papers
