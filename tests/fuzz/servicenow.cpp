// Any bytes beside a sound account: the import plans or refuses, never half; what came in is the same again; and it
// goes out, in and out again as the same bytes.
#include "lifecycle/engine.h"
#include "support/fuzzing.h"
#include "support/planned.h"
#include "support/whole.h"

namespace {

constexpr std::string_view account =
    R"({"result": [{"sys_id": "a1", "name": "Birch Care", "u_ods_code": "RBA11", "registration_code": "01234567", "u_public_healthcare": "false"}]})";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ca::interop;
    using namespace ca::interop::test;
    using ca::fuzzing::require;
    if (size > 8192) return 0;
    ca::Instant const now{1'795'345'200};  // 22 November 2026
    std::string const bytes(reinterpret_cast<const char*>(data), size);
    std::vector<File> const files = {{"customer_account.json", std::string(account)}, {"ast_contract.json", bytes}};

    auto const plan = plan_import({}, files, {}, now);
    if (!plan.broken.empty()) {
        require(plan.events.empty() && plan.fresh + plan.changed + plan.same == 0, "a broken file changes something");
        return 0;
    }
    ca::lifecycle::Workspace workspace;
    for (auto const& event : plan.events) apply(workspace, event);
    for (auto const& refused : plan.refused)
        require(!refused.reason.empty() && (refused.position >= 1 || refused.records > 1),
                "a refusal without its reason or its place");
    auto const again = plan_import(workspace, files, {}, now);
    require(again.events.empty() && again.fresh == 0 && again.changed == 0, "the same file again is not the same");

    auto const first = export_servicenow(ca::test::whole(workspace));
    auto const back = plan_import({}, first, {}, now);
    require(back.broken.empty() && back.refused.empty(), "what went out does not come in");
    ca::lifecycle::Workspace copy;
    for (auto const& event : back.events) apply(copy, event);
    require(export_servicenow(ca::test::whole(copy)) == first, "what went out and came in goes out as something else");

    (void)read_mapping(bytes);
    (void)plan_files(workspace, std::vector<File>{{"terms.md", bytes}}, {.terms_version = "7.0"}, now);
    return 0;
}
