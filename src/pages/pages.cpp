#include "base/shown_text.h"
#include "pages/catalogue.h"

namespace ca::pages {

std::unique_ptr<Page> make_page(const Route& route) {
    const auto first = route.segment(0);
    const auto second = std::string(route.segment(1));
    const auto third = route.segment(2);
    const auto depth = route.path.size();

    if (depth == 0) return make_start_page();
    if (first == "agreements") {
        if (depth == 1) return make_agreements_page(false);
        if (depth == 2) return make_agreement_page(second);
        if (depth == 3 && third == "compare") return make_compare_page(second);
        if (depth == 3 && third == "history") return make_history_page(second);
        if (depth == 3 && third == "terms") return make_terms_page(second);
    }
    if (first == "cases") {
        if (depth == 1) return make_cases_page(false);
        if (depth == 2) return make_case_page(second);
    }
    if (depth == 2 && first == "policies" && second == "acceptable-use") return make_acceptable_use_page();
    if (depth == 2 && first == "join") return make_join_page(second);
    if (depth == 2 && first == "data" && second == "sharing") return make_sharing_page();
    if (depth == 1) {
        if (first == "notifications") return make_notifications_page();
        if (first == "nomination") return make_nomination_page();
        if (first == "register") return make_register_page();
        if (first == "details") return make_details_page();
        if (first == "changes") return make_changes_page();
        if (first == "verify") return make_verify_page();
        if (first == "data") return make_data_page();
        if (first == "search") return make_search_page();
        if (first == "help") return make_help_page();
        if (first == "accessibility") return make_accessibility_page();
    }
    if (first == "team") {
        if (depth == 1) return make_today_page();
        if (second == "agreements" && depth == 2) return make_agreements_page(true);
        if (second == "agreements" && third == "create" && depth == 3) return make_create_page();
        if (second == "agreements" && depth == 3) return make_agreement_page(std::string(third));
        if (second == "cases" && depth == 2) return make_cases_page(true);
        if (second == "requests" && depth == 2) return make_requests_page();
        if (second == "accounts" && depth == 2) return make_accounts_page();
        if (second == "products" && depth == 2) return make_products_page();
        if (second == "outbox" && depth == 2) return make_outbox_page();
        if (second == "terms" && depth == 2) return make_team_terms_page();
    }
    return make_not_found_page("Page");
}

bool lists_agreements(const Route& route) {
    const auto path = route.path_text();
    return path == "agreements" || path == "team/agreements";
}

std::string Context::actor_name() const {
    switch (actor.role) {
        case lifecycle::Role::agreement_team:
        case lifecycle::Role::product_team: return actor.name;
        case lifecycle::Role::contact: {
            const auto* person = workspace.find_contact(actor.name);
            return person ? person->name : actor.name;
        }
        case lifecycle::Role::visitor: return "Visitor";
        case lifecycle::Role::system: return "System";
    }
    return actor.name;
}

std::string window_title(const Context& context, const Page& page) {
    return (page.has_errors() ? "Error: " : "") + shown_line(page.heading(context)) + " – Connection Agreements";
}

}  // namespace ca::pages
