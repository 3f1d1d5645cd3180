// Search: agreements, cases, accounts, pages and forms, by any part of their words.

#include "base/text.h"
#include "pages/catalogue.h"
#include "pages/present.h"

#include <algorithm>

namespace ca::pages {
namespace {

struct Place {
    std::string_view words, address, also;  // `also`: further words by which it is looked for
};
constexpr Place places[] = {
    {"My Connection Agreements", "#/agreements", "my extras contracts list"},
    {"My cases", "#/cases", "my extras queries messages"},
    {"Notifications", "#/notifications", "e-mail messages"},
    {"Supplier Onboarding Contact Nomination", "#/nomination", "form nominate who can accept"},
    {"Register for an account", "#/register", "form self-register sign up contact"},
    {"Your details", "#/details", "name email correct change marry leave no longer an onboarding contact end nomination"},
    {"Check a downloaded agreement", "#/verify", "verify pdf proof sha-256"},
    {"End User Organisation Acceptable Use Policy", "#/policies/acceptable-use", "appendix 1a"},
    {"Connection Agreement Published Changes", "#/changes", "terms versions core documents"},
    {"Data in this browser", "#/data", "import export backup storage erase servicenow"},
    {"Help", "#/help", "guide states deadlines"},
    {"Accessibility statement", "#/accessibility", "screen reader keyboard zoom"},
};

class SearchPage : public Page {
public:
    std::string heading(const Context&) const override { return "Search results"; }

    void build(Context& context) override {
        auto& ui = context.ui;
        const auto typed = std::string(trim(context.route.query_value("q")));
        ui.heading(1, "Search results", "h1", typed.empty() ? "" : "“" + typed + "”");
        if (typed.empty()) {
            ui.paragraph("Type a number, a name, a product, or the name of a page or form in the search field at the top.");
            return;
        }
        std::vector<std::string> wanted;
        for (const auto& word : split(fold_for_search(typed), ' '))
            if (!word.empty()) wanted.push_back(word);
        const auto matches = [&](const std::string& text) {
            const auto folded = fold_for_search(text);
            return std::ranges::all_of(wanted, [&](const auto& word) { return folded.find(word) != std::string::npos; });
        };

        std::size_t found = 0;
        const auto list = [&](std::string_view key, std::string_view title, auto fill) {
            std::vector<std::array<std::string, 3>> hits;  // words, address, more
            fill(hits);
            if (hits.empty()) return;
            constexpr std::size_t shown = 50;
            found += hits.size();
            auto section = ui.section(key, title);
            ui.heading(2, std::string(title) + " (" + std::to_string(hits.size()) + ")", "heading");
            auto items = ui.list("hits", false, false);
            for (std::size_t i = 0; i < std::min(hits.size(), shown); ++i) {
                auto item = ui.list_item(hits[i][1]);
                ui.link("link", hits[i][0], hits[i][1]);
                if (!hits[i][2].empty()) ui.hint(hits[i][2], "more");
            }
            if (hits.size() > shown) {
                auto item = ui.list_item("rest");
                ui.hint("And " + std::to_string(hits.size() - shown) + " more. Type more words to narrow the search.", "words");
            }
        };
        list("pages", "Pages and forms", [&](auto& hits) {
            for (const auto& place : places)
                if (matches(std::string(place.words) + " " + std::string(place.also))) hits.push_back({std::string(place.words), std::string(place.address), ""});
        });
        list("agreements", "Agreements", [&](auto& hits) {
            for (const auto* agreement : visible_agreements(context)) {
                const auto products = product_names(context.workspace, agreement->products);
                if (matches(agreement->number + " " + agreement->name + " " + agreement->account + " " + products))
                    hits.push_back({agreement->number, agreement_address(agreement->number), agreement->name + ", " + mark_of(*agreement).words});
            }
        });
        list("cases", "Cases", [&](auto& hits) {
            for (const auto* item : visible_cases(context))
                if (matches(item->number + " " + item->agreement + " " + account_name(context.workspace, item->account)))
                    hits.push_back({item->number, case_address(item->number), "On " + item->agreement + ", " + mark_of(*item).words});
        });
        if (context.sees_everything())
            list("accounts", "Accounts", [&](auto& hits) {
                for (const auto& [code, account] : context.workspace.accounts)
                    if (matches(code + " " + account.name)) hits.push_back({account.name, "#/agreements?state=all&q=" + percent_encode(code), code});
            });
        ui.status("count", found == 0 ? "Nothing was found. Check the spelling, or type fewer words." : count_of(found, "result", "results"));
    }
};

}  // namespace

std::unique_ptr<Page> make_search_page() { return std::make_unique<SearchPage>(); }

}  // namespace ca::pages
