// Search: agreements, cases, accounts, pages and forms by any part of their words, and every text that can be read
// here: terms, the acceptable use policy, published changes, help. Each result says where it was found and leads to
// that place.

#include "base/text.h"
#include "documents/markdown.h"
#include "pages/catalogue.h"
#include "pages/information_text.h"
#include "pages/present.h"
#include "pages/text_search.h"

#include <algorithm>

namespace ca::pages {
namespace {

struct Place {
    std::string_view words, address, also;  // `also`: further words by which it is looked for
    bool of_teams = false;
};
constexpr Place places[] = {
    {"My Connection Agreements", "#/agreements", "my extras contracts list"},
    {"My cases", "#/cases", "my extras queries messages"},
    {"Notifications", "#/notifications", "email messages"},
    {"Supplier Onboarding Contact Nomination", "#/nomination", "form nominate who can accept"},
    {"Register for an account", "#/register", "form self-register sign up contact"},
    {"Your details", "#/details",
     "name email correct change marry leave no longer an onboarding contact end nomination"},
    {"Check a downloaded agreement", "#/verify", "verify pdf proof sha-256"},
    {"End User Organisation Acceptable Use Policy", "#/policies/acceptable-use", "appendix 1a"},
    {"Connection Agreement Published Changes", "#/changes", "terms versions core documents"},
    {"Data in this browser", "#/data", "import export backup storage erase servicenow"},
    {"Help", "#/help", "guide states deadlines"},
    {"Accessibility statement", "#/accessibility", "screen reader keyboard zoom"},
    {"What needs a hand today", "#/team", "team queue", true},
    {"Create agreement", "#/team/agreements/create", "team form new contract", true},
    {"Agreement requests", "#/team/requests", "team form request an agreement decline", true},
    {"Accounts", "#/team/accounts", "team register organisation contacts ods code", true},
    {"API products", "#/team/products", "team register special terms", true},
    {"Terms", "#/team/terms", "team publish version uplift", true},
    {"Cases of all accounts", "#/team/cases", "team queries", true},
    {"Outbox", "#/team/outbox", "team email messages send", true},
};

struct Hit {
    std::string words, address, more;
};
struct Group {
    std::string_view key, title;
    std::vector<Hit> hits{};
};

// `where`: what the text is, in words; `address`: of a place in it, by its id.
void add_places(Group& group, const documents::Blocks& blocks, const std::vector<std::string>& wanted,
                const std::string& where, const std::function<std::string(const std::string&)>& address) {
    for (const auto& place : find_in_text(blocks, wanted)) {
        const auto words = place.heading.empty() ? where : place.heading + ", " + where;
        group.hits.push_back({words, address(place.id), place.around.empty() ? "" : "“" + place.around + "”"});
    }
}

documents::Blocks blocks_of(std::string_view markdown, const std::string& prefix) {
    auto read = documents::parse_markdown(markdown, {.top_level = 2, .id_prefix = prefix, .lift_title = true});
    return read ? std::move(read->blocks) : documents::Blocks{};  // one that cannot be read says so where it is shown
}

// The agreement in which somebody reads a text: one that is in force before any other, then the newest.
const lifecycle::Agreement* reads_in(const std::vector<const lifecycle::Agreement*>& seen,
                                     const std::function<bool(const lifecycle::Agreement&)>& has) {
    const lifecycle::Agreement* best = nullptr;
    for (const auto* agreement : seen) {
        if (!has(*agreement)) continue;
        const bool is_active = agreement->state == lifecycle::State::active;
        if (!best || is_active || best->state != lifecycle::State::active) best = agreement;
    }
    return best;
}

class SearchPage : public Page {
public:
    std::string heading(const Context&) const override { return "Search results"; }

    void build(Context& context) override {
        auto& ui = context.ui;
        const auto typed = std::string(trim(context.route.query_value("q")));
        ui.heading(1, "Search results", "h1", typed.empty() ? "" : "“" + typed + "”");
        if (typed.empty()) {
            ui.paragraph(
                "Type a number, a name, a product, some words of the terms, or the name of a page or form in the "
                "search field at the top.");
            return;
        }
        look_for(context, typed);
        std::size_t found = 0;
        for (const auto& group : groups_) found += group.hits.size();
        ui.status("count", found == 0 ? "Nothing was found. Check the spelling, or type fewer words."
                                      : count_of(found, "result", "results"));
        for (const auto& group : groups_) build_group(ui, group);
    }

private:
    static void build_group(ui::Ui& ui, const Group& group) {
        constexpr std::size_t shown = 50;
        if (group.hits.empty()) return;
        auto section = ui.section(group.key, group.title);
        ui.heading(2, std::string(group.title) + " (" + grouped(group.hits.size()) + ")", "heading");
        auto items = ui.list("hits", false, false);
        for (std::size_t i = 0; i < std::min(group.hits.size(), shown); ++i) {
            const auto& hit = group.hits[i];
            auto item = ui.list_item(hit.address);
            ui.link("link", hit.words, hit.address);
            if (!hit.more.empty()) ui.hint(hit.more, "more");
        }
        if (group.hits.size() > shown) {
            auto item = ui.list_item("rest");
            ui.hint("And " + grouped(group.hits.size() - shown) + " more. Type more words to narrow the search.",
                    "words");
        }
    }

    // Made once for each search and state of the workspace: it reads every text.
    void look_for(const Context& context, const std::string& typed) {
        if (typed == typed_ && revision_ == context.revision) return;
        typed_ = typed;
        revision_ = context.revision;
        const auto wanted = words_to_find(typed);
        groups_.clear();
        groups_.push_back(pages(context, wanted));
        groups_.push_back(agreements(context, wanted));
        groups_.push_back(cases(context, wanted));
        if (context.sees_everything()) groups_.push_back(accounts(context, wanted));
        groups_.push_back(terms(context, wanted));
        groups_.push_back(policy(context, wanted));
        groups_.push_back(changes(context, wanted));
        groups_.push_back(information(wanted));
    }

    static Group pages(const Context& context, const std::vector<std::string>& wanted) {
        Group group{"pages", "Pages and forms"};
        for (const auto& place : places)
            if ((!place.of_teams || context.sees_everything()) &&
                holds_all(std::string(place.words) + " " + std::string(place.also), wanted))
                group.hits.push_back(
                    {std::string(place.words), std::string(place.address), place.of_teams ? "NHS England teams" : ""});
        return group;
    }

    static Group agreements(const Context& context, const std::vector<std::string>& wanted) {
        Group group{"agreements", "Agreements"};
        for (const auto* agreement : visible_agreements(context)) {
            const auto products = product_names(context.workspace, agreement->products);
            if (holds_all(agreement->number + " " + agreement->name + " " + agreement->account + " " + products,
                          wanted))
                group.hits.push_back({agreement->number, agreement_address(agreement->number),
                                      agreement->name + ", " + mark_of(*agreement).words});
        }
        return group;
    }

    static Group cases(const Context& context, const std::vector<std::string>& wanted) {
        Group group{"cases", "Cases"};
        for (const auto* item : visible_cases(context))
            if (holds_all(item->number + " " + item->agreement + " " + account_name(context.workspace, item->account),
                          wanted))
                group.hits.push_back(
                    {item->number, case_address(item->number), "On " + item->agreement + ", " + mark_of(*item).words});
        return group;
    }

    static Group accounts(const Context& context, const std::vector<std::string>& wanted) {
        Group group{"accounts", "Accounts"};
        for (const auto& [code, account] : context.workspace.accounts)
            if (holds_all(code + " " + account.name, wanted))
                group.hits.push_back({account.name, "#/agreements?state=all&q=" + percent_encode(code), code});
        return group;
    }

    static Group terms(const Context& context, const std::vector<std::string>& wanted) {
        Group group{"terms", "Terms and conditions"};
        const auto seen = visible_agreements(context);
        const auto in_terms_of = [](const lifecycle::Agreement& agreement, const std::string& part) {
            return [=, number = agreement.number](const std::string& id) {
                return agreement_address(number, "terms") + "?section=" + percent_encode(id.empty() ? part : id);
            };
        };
        for (const auto* version : versions_newest_first(context.workspace)) {
            const auto* agreement =
                reads_in(seen, [&](const auto& each) { return each.terms_version == version->version; });
            if (!agreement || version->standard_terms.empty()) continue;
            add_places(group, blocks_of(version->standard_terms, "standard-terms-"), wanted,
                       "Standard terms, version " + version->version + ", of " + agreement->number,
                       in_terms_of(*agreement, "standard-terms"));
        }
        for (const auto& [id, product] : context.workspace.products) {
            const auto* agreement = reads_in(
                seen, [&](const auto& each) { return std::ranges::find(each.products, id) != each.products.end(); });
            if (!agreement || product.special_terms.empty()) continue;
            add_places(group, blocks_of(product.special_terms, "special-terms-" + id + "-"), wanted,
                       "Special terms for " + product.name + ", of " + agreement->number,
                       in_terms_of(*agreement, "special-terms-" + id));
        }
        return group;
    }

    // The one that its page shows.
    static Group policy(const Context& context, const std::vector<std::string>& wanted) {
        Group group{"policy", "Acceptable use policy"};
        for (const auto* version : versions_newest_first(context.workspace)) {
            if (version->acceptable_use_policy.empty()) continue;
            add_places(group, blocks_of(version->acceptable_use_policy, "policy-"), wanted,
                       "End User Organisation Acceptable Use Policy", [](const std::string& id) {
                           return "#/policies/acceptable-use" + (id.empty() ? "" : "?section=" + percent_encode(id));
                       });
            break;
        }
        return group;
    }

    static Group changes(const Context& context, const std::vector<std::string>& wanted) {
        Group group{"changes", "Published changes"};
        for (const auto* version : versions_newest_first(context.workspace))
            add_places(group, blocks_of(version->changes, "changes-"), wanted,
                       "Published Changes, version " + version->version, [&](const std::string& id) {
                           return "#/changes?version=" + percent_encode(version->version) +
                                  (id.empty() ? "" : "&section=" + percent_encode(id));
                       });
        return group;
    }

    static Group information(const std::vector<std::string>& wanted) {
        Group group{"information", "Help and accessibility"};
        const auto in = [](std::string page) {
            return [page = std::move(page)](const std::string& id) {
                return page + (id.empty() ? "" : "?section=" + percent_encode(id));
            };
        };
        add_places(group, help_text(), wanted, "Help", in("#/help"));
        add_places(group, accessibility_text(), wanted, "Accessibility statement", in("#/accessibility"));
        return group;
    }

    std::string typed_;
    std::uint64_t revision_ = 0;
    std::vector<Group> groups_;
};

}  // namespace

std::unique_ptr<Page> make_search_page() { return std::make_unique<SearchPage>(); }

}  // namespace ca::pages
