#include "lifecycle/sight.h"

#include "lifecycle/explain.h"
#include "lifecycle/views.h"

#include <variant>

namespace ca::lifecycle {

Workspace seen_by(const Workspace& whole, const Actor& actor) {
    if (actor.role != Role::contact && actor.role != Role::visitor) return whole;
    Workspace seen;
    seen.product_order = whole.product_order;
    seen.products = whole.products;
    seen.terms = whole.terms;
    seen.now = whole.now;
    // A row of another system holds what that system shows to its own people, and so goes to nobody else.
    const auto* self = actor.role == Role::contact ? whole.find_contact(actor.name) : nullptr;
    if (!self) return seen;
    if (const auto* account = whole.find_account(self->account)) seen.put(*account);
    const Book& book = whole.book_of(self->account);
    for (const auto& contact : book.contacts) seen.put(*contact);
    for (const auto& agreement : book.agreements) seen.put(*agreement);
    for (const auto& [number, item] : whole.cases) {
        if (!may_see(whole, actor, item)) continue;
        Case own = item;
        own.activity.clear();
        for (const auto* entry : visible_activity(item, actor)) own.activity.push_back(*entry);
        seen.put(std::move(own));
    }
    for (const auto* notification : visible_notifications(whole, actor)) seen.put(*notification);
    return seen;
}

bool may_see(const Workspace& whole, const Actor& actor, const Event& event) {
    if (actor.role != Role::contact && actor.role != Role::visitor) return true;
    const auto is = [&]<typename... Bodies>(std::variant<Bodies...>*) { return (std::holds_alternative<Bodies>(event.body) || ...); };
    using Catalogue = std::variant<ProductRegistered, TermsPublished, ProductImported, TermsImported>;
    using BetweenTeams = std::variant<AgreementRequested, RequestAnswered, RequestDeclined, ServiceNowRowKept>;
    if (is(static_cast<Catalogue*>(nullptr))) return true;
    if (is(static_cast<BetweenTeams*>(nullptr)) || hidden_from_contacts(event)) return false;
    const auto* self = actor.role == Role::contact ? whole.find_contact(actor.name) : nullptr;
    return self && !event.account.empty() && event.account == self->account;
}

}  // namespace ca::lifecycle
