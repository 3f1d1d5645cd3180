// The pages that there are. Each is made by one function, which stands in the file of its name.
#pragma once

#include "pages/page.h"

namespace ca::pages {

std::unique_ptr<Page> make_start_page();
std::unique_ptr<Page> make_agreements_page(bool team);
std::unique_ptr<Page> make_agreement_page(std::string number);
std::unique_ptr<Page> make_terms_page(std::string number);
std::unique_ptr<Page> make_compare_page(std::string number);
std::unique_ptr<Page> make_history_page(std::string number);
std::unique_ptr<Page> make_cases_page(bool team);
std::unique_ptr<Page> make_case_page(std::string number);
std::unique_ptr<Page> make_notifications_page();
std::unique_ptr<Page> make_nomination_page();
std::unique_ptr<Page> make_register_page();
std::unique_ptr<Page> make_details_page();
std::unique_ptr<Page> make_acceptable_use_page();
std::unique_ptr<Page> make_changes_page();
std::unique_ptr<Page> make_verify_page();
std::unique_ptr<Page> make_data_page();
std::unique_ptr<Page> make_join_page(std::string token);
std::unique_ptr<Page> make_sharing_page();
std::unique_ptr<Page> make_today_page();
std::unique_ptr<Page> make_create_page();
std::unique_ptr<Page> make_requests_page();
std::unique_ptr<Page> make_accounts_page();
std::unique_ptr<Page> make_products_page();
std::unique_ptr<Page> make_team_terms_page();
std::unique_ptr<Page> make_outbox_page();
std::unique_ptr<Page> make_search_page();
std::unique_ptr<Page> make_help_page();
std::unique_ptr<Page> make_accessibility_page();
std::unique_ptr<Page> make_not_found_page(std::string what);

}  // namespace ca::pages
