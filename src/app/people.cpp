#include "app/people.h"

#include "base/text.h"
#include "lifecycle/views.h"

#include <algorithm>

namespace ca::app {

std::vector<pages::Person> people_of(const lifecycle::Workspace& workspace, Instant now) {
    const std::string teams = "NHS England";
    std::vector<pages::Person> all{
        {.key = "agreement-team",
         .name = "Agreement team",
         .what = "NHS England connection agreement team",
         .actor = {lifecycle::Role::agreement_team, "Agreement team"},
         .group = teams,
         .role = "Connection agreement team"},
        {.key = "product-team",
         .name = "API product team",
         .what = "NHS England API product onboarding team",
         .actor = {lifecycle::Role::product_team, "API product team"},
         .group = teams,
         .role = "API product onboarding team"},
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
        const auto organisation = account ? account->name : contact->account;
        const std::string role = contact->onboarding_contact ? "Onboarding contact" : "Contact";
        all.push_back({.key = to_ascii_lower(contact->email),
                       .name = contact->name,
                       .what = role + " of " + organisation + ", " + contact->email,
                       .actor = actor,
                       .has_to_accept = std::ranges::any_of(workspace.book_of(contact->account).agreements, can_accept),
                       .group = organisation + " (" + contact->account + ")",
                       .role = role + ", " + contact->email});
    }
    all.push_back({.key = "visitor",
                   .name = "Visitor",
                   .what = "Somebody who is not registered yet",
                   .actor = {lifecycle::Role::visitor, ""},
                   .group = "Nobody’s account",
                   .role = "Somebody who is not registered yet"});
    return all;
}

}  // namespace ca::app
