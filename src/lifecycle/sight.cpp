#include "lifecycle/sight.h"

#include "base/text.h"
#include "lifecycle/explain.h"

#include <algorithm>
#include <variant>

namespace ca::lifecycle {
namespace {

// A case as the customer reads it, and where each entry then stands (-1: not seen).
struct SeenCase {
    Case item;
    std::vector<int> places;
};

SeenCase as_seen(const Case& whole) {
    SeenCase seen{.item = whole, .places = std::vector<int>(whole.activity.size(), -1)};
    seen.item.activity.clear();
    for (std::size_t i = 0; i < whole.activity.size(); ++i) {
        if (!whole.activity[i].visible_to_customer) continue;  // R58
        seen.places[i] = static_cast<int>(seen.item.activity.size());
        seen.item.activity.push_back(whole.activity[i]);
    }
    return seen;
}

// A work note is carried to nobody, whatever is asked for.
const CaseEntry* carried_entry(const Workspace& workspace, const Notification& notification) {
    const auto* item = workspace.find_case(notification.case_number.value_or(""));
    if (!item || notification.entry < 0 || static_cast<std::size_t>(notification.entry) >= item->activity.size())
        return nullptr;
    const auto& entry = item->activity[static_cast<std::size_t>(notification.entry)];
    return entry.visible_to_customer ? &entry : nullptr;
}

}  // namespace

Sight Sight::of(const Workspace& whole, const Actor& actor) {
    const bool of_nobody = whole.accounts.empty() && whole.agreements.empty();
    if (actor.role != Role::contact && actor.role != Role::visitor) return {whole, actor, of_nobody};
    Sight seen{{}, actor, of_nobody};
    seen.product_order = whole.product_order;
    seen.products = whole.products;
    seen.terms = whole.terms;
    seen.now = whole.now;
    // What is looked ahead to gets the numbers that it will have.
    seen.last_agreement = whole.last_agreement;
    seen.last_case = whole.last_case;
    seen.last_request = whole.last_request;
    if (actor.role == Role::visitor) {
        for (const auto& [code, account] : whole.accounts) seen.names_.push_back({account.ods_code, account.name});
        return seen;
    }
    // A row of another system holds what that system shows to its own people, and so goes to nobody else.
    const auto* self = whole.find_contact(actor.name);
    if (!self) return seen;
    if (const auto* account = whole.find_account(self->account)) seen.put(*account);
    for (const auto& [user, each] : whole.access)
        if (each.account == self->account) seen.put(each);
    const Book& book = whole.book_of(self->account);
    for (const auto& contact : book.contacts) seen.put(*contact);
    for (const auto& agreement : book.agreements) seen.put(*agreement);
    std::map<std::string, std::vector<int>, std::less<>> places_of_entries;
    for (const auto& [number, item] : whole.cases) {
        if (item.account != self->account) continue;
        auto own = as_seen(item);
        places_of_entries.emplace(number, std::move(own.places));
        seen.put(std::move(own.item));
    }
    for (std::size_t i = 0; i < whole.notifications.size(); ++i) {
        const Notification& each = whole.notifications[i];
        if (to_ascii_lower(each.to) != to_ascii_lower(actor.name)) continue;  // R61
        Notification own = each;
        if (const auto* entry = carried_entry(whole, each)) {
            const auto places = places_of_entries.find(*each.case_number);
            if (places == places_of_entries.end()) seen.carried_.emplace(seen.places_.size(), *entry);
            own.entry = places == places_of_entries.end() ? -1 : places->second[static_cast<std::size_t>(each.entry)];
        }
        seen.put(std::move(own));
        seen.places_.push_back(i);
    }
    return seen;
}

std::vector<Sight::AccountName> Sight::accounts_to_choose() const {
    if (actor_.role == Role::visitor) return names_;
    std::vector<AccountName> names;
    for (const auto& [code, account] : accounts) names.push_back({account.ods_code, account.name});
    return names;
}

std::optional<std::size_t> Sight::notification_at(std::size_t place) const {
    if (sees_everything()) return place < notifications.size() ? std::optional(place) : std::nullopt;
    const auto found = std::ranges::lower_bound(places_, place);
    if (found == places_.end() || *found != place) return std::nullopt;
    return static_cast<std::size_t>(found - places_.begin());
}

const CaseEntry* Sight::entry_carried_by(std::size_t i) const {
    const auto other = carried_.find(i);
    return other != carried_.end() ? &other->second : carried_entry(*this, notifications[i]);
}

bool may_see(const Sight& seen, const Event& event) {
    if (seen.sees_everything()) return true;
    const auto is = [&]<typename... Bodies>(std::variant<Bodies...>*) {
        return (std::holds_alternative<Bodies>(event.body) || ...);
    };
    using Catalogue = std::variant<ProductRegistered, TermsPublished, ProductImported, TermsImported>;
    // Who of NHS England signs is everybody's to check.
    using Signing = std::variant<CommandSigned, PersonInvited, DeviceAdmitted, AccessRemoved>;
    if (is(static_cast<Catalogue*>(nullptr))) return true;
    if (event.account.empty() && is(static_cast<Signing*>(nullptr))) return true;
    if (hidden_from_contacts(event)) return false;
    const auto* self = seen.actor().role == Role::contact ? seen.find_contact(seen.actor().name) : nullptr;
    return self && !event.account.empty() && event.account == self->account;
}

}  // namespace ca::lifecycle
