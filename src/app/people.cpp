#include "app/people.h"

#include "base/text.h"
#include "lifecycle/views.h"

#include <algorithm>

namespace ca::app {

std::vector<pages::Person> people_of(const lifecycle::Workspace& workspace, Instant now) {
    std::vector<pages::Person> all{
        {"visitor", "Visitor", "Somebody who is not registered yet", {lifecycle::Role::visitor, ""}},
        {"agreement-team",
         "Agreement team",
         "NHS England connection agreement team",
         {lifecycle::Role::agreement_team, "Agreement team"}},
        {"product-team",
         "API product team",
         "NHS England API product onboarding team",
         {lifecycle::Role::product_team, "API product team"}},
    };
    std::vector<const lifecycle::Contact*> contacts;
    for (const auto& [email, contact] : workspace.contacts) contacts.push_back(&contact);
    std::ranges::sort(contacts, {}, [](const auto* contact) { return std::pair(contact->account, contact->order); });
    for (const auto* contact : contacts) {
        const auto* account = workspace.find_account(contact->account);
        const lifecycle::Actor actor{lifecycle::Role::contact, contact->email};
        const auto can_accept = [&](const auto& agreement) {
            return !lifecycle::why_not_accept(workspace, actor, *agreement, now);
        };
        all.push_back({to_ascii_lower(contact->email), contact->name,
                       std::string(contact->onboarding_contact ? "Onboarding contact" : "Contact") + " of " +
                           (account ? account->name : contact->account) + ", " + contact->email,
                       actor, std::ranges::any_of(workspace.book_of(contact->account).agreements, can_accept)});
    }
    return all;
}

}  // namespace ca::app
