// The ledger: finding records, and putting them where books, indices and the queue of what falls due agree with them.
#include "lifecycle/decide.h"

#include "base/text.h"

#include <algorithm>
#include <functional>
#include <type_traits>
#include <utility>
#include <variant>

namespace ca::lifecycle {
namespace {

// The digits of a number such as CNTR0000042, so that none is used twice (L1, L2).
std::uint32_t digits_of(std::string_view number, std::string_view prefix) {
    if (!number.starts_with(prefix)) return 0;
    const auto value = parse_version(number.substr(prefix.size()));
    return value ? value->parts[0] : 0;
}

template<typename Record, typename Key>
void place(std::vector<Kept<Record>>& list, const Kept<Record>& record, Key key) {
    const auto at = std::ranges::lower_bound(list, std::invoke(key, *record), {},
                                             [&](const Kept<Record>& each) { return std::invoke(key, *each); });
    if (at != list.end() && std::invoke(key, **at) == std::invoke(key, *record)) {
        *at = record;
    } else {
        list.insert(at, record);
    }
}

template<typename Record, typename Key>
void take_out(std::vector<Kept<Record>>& list, const Record& record, Key key) {
    std::erase_if(list, [&](const Kept<Record>& each) { return std::invoke(key, *each) == std::invoke(key, record); });
}

void add_number(std::vector<std::string>& numbers, const std::string& number) {
    const auto at = std::ranges::lower_bound(numbers, number);
    if (at == numbers.end() || *at != number) numbers.insert(at, number);
}

// The numbers under a key; a key that has none is not in the index.
template<typename Index>
std::vector<std::string> listed(const Index& index, const std::string& key) {
    const auto* found = index.get(key);
    return found ? *found : std::vector<std::string>{};
}

}  // namespace

// ---- Finding ----------------------------------------------------------------------------------------------

const Account* Workspace::find_account(std::string_view ods_code) const {
    return accounts.get(to_ascii_upper(ods_code));
}
const Contact* Workspace::find_contact(std::string_view email) const { return contacts.get(to_ascii_lower(email)); }
const Agreement* Workspace::find_agreement(std::string_view number) const {
    return agreements.get(std::string(number));
}
const Case* Workspace::find_case(std::string_view number) const { return cases.get(std::string(number)); }
const Product* Workspace::find_product(std::string_view id) const { return products.get(std::string(id)); }

const TermsVersion* Workspace::find_terms(std::string_view version) const {
    for (const auto& each : terms) {
        if (each.version == version) return &each;
    }
    return nullptr;
}

const Agreement* Workspace::active_agreement(std::string_view ods_code) const {
    // The newest, should an import have brought several.
    const Agreement* active = nullptr;
    for (const auto& agreement : book_of(to_ascii_upper(ods_code)).agreements) {
        if (agreement->state == State::active) active = &*agreement;
    }
    return active;
}

const Book& Workspace::book_of(const std::string& account) const {
    static const Book empty;
    const Book* book = books.get(account);
    return book ? *book : empty;
}

std::vector<const Case*> Workspace::cases_of(const std::string& agreement) const {
    std::vector<const Case*> found;
    if (const auto* numbers = cases_about.get(agreement)) {
        for (const auto& number : *numbers) found.push_back(&cases.at(number));
    }
    return found;
}

std::vector<const Agreement*> Workspace::successors(const std::string& agreement) const {
    std::vector<const Agreement*> found;
    if (const auto* numbers = successors_of.get(agreement)) {
        for (const auto& number : *numbers) found.push_back(&agreements.at(number));
    }
    return found;
}

// ---- All at once ------------------------------------------------------------------------------------------

namespace {

// Values for keys that lie in records: together by key, in the order in which they came. A key's values become one
// value of an index.
template<typename Shelf, typename Value, typename Add>
void fill(Shelf& shelf, std::vector<std::pair<const std::string*, Value>> pairs, Add add) {
    std::ranges::stable_sort(pairs, {}, [](const auto& pair) -> const std::string& { return *pair.first; });
    typename Shelf::Filler filler;
    for (auto at = pairs.begin(); at != pairs.end();) {
        typename Shelf::mapped_type value;
        const std::string& key = *at->first;
        for (; at != pairs.end() && *at->first == key; ++at) add(value, at->second);
        filler.add(key, std::move(value));
    }
    shelf = std::move(filler).shelf();
}

}  // namespace

Sliced<> Workspace::index() {
    using Record = std::variant<Kept<Contact>, Kept<Agreement>>;
    std::vector<std::pair<const std::string*, Record>> of_account;
    {
        std::vector<Kept<Contact>> by_order;
        contacts.for_each_box([&](const Kept<Contact>& contact) { by_order.push_back(contact); });
        std::ranges::sort(by_order, {}, [](const Kept<Contact>& each) { return each->order; });
        of_account.reserve(by_order.size() + agreements.size());
        for (const auto& contact : by_order) of_account.emplace_back(&contact->account, contact);
    }
    agreements.for_each_box(
        [&](const Kept<Agreement>& agreement) { of_account.emplace_back(&agreement->account, agreement); });
    co_await slice_ends;
    fill(books, std::move(of_account), [](Book& book, const Record& record) {
        if (const auto* contact = std::get_if<Kept<Contact>>(&record)) book.contacts.push_back(*contact);
        else book.agreements.push_back(std::get<Kept<Agreement>>(record));
    });
    co_await slice_ends;

    using Numbers = std::vector<std::pair<const std::string*, const std::string*>>;
    const auto add_number = [](std::vector<std::string>& numbers, const std::string* number) {
        numbers.push_back(*number);
    };
    Numbers about, after;
    for (const auto& [number, each] : cases) about.emplace_back(&each.agreement, &number);
    fill(cases_about, std::move(about), add_number);
    co_await slice_ends;
    for (const auto& [number, agreement] : agreements)
        if (agreement.supersedes) after.emplace_back(&*agreement.supersedes, &number);
    fill(successors_of, std::move(after), add_number);

    std::vector<std::pair<Instant, std::string>> due;
    for (const auto& [number, agreement] : agreements) {
        if (const auto at = due_instant(*this, agreement)) due.emplace_back(*at, number);
    }
    std::ranges::sort(due);
    decltype(due_queue)::Filler filler;
    for (auto& each : due) filler.add(std::move(each), Due{});
    due_queue = std::move(filler).shelf();
}

// ---- Putting ----------------------------------------------------------------------------------------------

void Workspace::put(Account account) {
    std::string key = to_ascii_upper(account.ods_code);
    accounts.set(std::move(key), std::move(account));
}

void Workspace::set_book(const std::string& account, Book book) {
    if (book == Book{}) {
        books.remove(account);
    } else {
        books.set(account, std::move(book));
    }
}

void Workspace::put(Contact contact) {
    const std::string key = to_ascii_lower(contact.email);
    const Contact* known = contacts.get(key);
    contact.order = known ? known->order : static_cast<int>(contacts.size());
    if (known && known->account != contact.account) {
        Book book = book_of(known->account);
        take_out(book.contacts, *known, &Contact::order);
        set_book(known->account, std::move(book));
    }
    const Kept<Contact> kept(std::move(contact));
    Book book = book_of(kept->account);
    place(book.contacts, kept, &Contact::order);
    books.set(kept->account, std::move(book));
    contacts.set(key, kept);
}

void Workspace::put(Product product) {
    if (!products.contains(product.id)) product_order.push_back(product.id);
    std::string key = product.id;
    products.set(std::move(key), std::move(product));
}

void Workspace::put(TermsVersion version) {
    const auto known = std::find_if(terms.begin(), terms.end(),
                                    [&](const TermsVersion& each) { return each.version == version.version; });
    if (known == terms.end()) {
        terms = std::move(terms).push_back(std::move(version));
    } else if (known->imported_stub && !version.imported_stub) {
        immer::vector<TermsVersion> others;  // its publication is what counts for the order
        for (const auto& each : terms) {
            if (each.version != version.version) others = std::move(others).push_back(each);
        }
        terms = std::move(others).push_back(std::move(version));
    } else if (!version.imported_stub) {
        const auto place = static_cast<std::size_t>(known - terms.begin());
        terms = terms.set(place, std::move(version));
    }
}

void Workspace::put(Agreement agreement) {
    last_agreement = std::max(last_agreement, digits_of(agreement.number, "CNTR"));
    const Kept<Agreement> kept(std::move(agreement));
    const std::string& number = kept->number;
    std::optional<Instant> was_due;
    if (const Agreement* known = find_agreement(number)) {
        was_due = due_instant(*this, *known);
        if (known->account != kept->account) {
            Book book = book_of(known->account);
            take_out(book.agreements, *known, &Agreement::number);
            set_book(known->account, std::move(book));
        }
        if (known->supersedes && known->supersedes != kept->supersedes) {
            const std::string superseded = *known->supersedes;
            auto numbers = listed(successors_of, superseded);
            std::erase(numbers, number);
            if (numbers.empty()) {
                successors_of.remove(superseded);
            } else {
                successors_of.set(superseded, std::move(numbers));
            }
        }
    }
    if (kept->supersedes) {
        auto numbers = listed(successors_of, *kept->supersedes);
        const std::size_t before = numbers.size();
        add_number(numbers, number);
        if (numbers.size() != before) successors_of.set(*kept->supersedes, std::move(numbers));
    }
    Book book = book_of(kept->account);
    place(book.agreements, kept, &Agreement::number);
    books.set(kept->account, std::move(book));
    agreements.set(number, kept);
    const auto is_due = due_instant(*this, *kept);
    if (was_due == is_due) return;
    if (was_due) due_queue.remove({*was_due, number});
    if (is_due) due_queue.set({*is_due, number}, Due{});
}

void Workspace::put(Case the_case) {
    last_case = std::max(last_case, digits_of(the_case.number, "CS"));
    const Kept<Case> kept(std::move(the_case));
    const std::string number = kept->number;
    const Case* known = find_case(number);
    std::vector<std::string> about{kept->agreement};  // whose acceptance it may hold
    if (known && known->agreement != kept->agreement) about.push_back(known->agreement);
    const auto due_of = [&](const std::string& each) {
        const Agreement* agreement = find_agreement(each);
        return agreement ? due_instant(*this, *agreement) : std::nullopt;
    };
    std::vector<std::optional<Instant>> before;
    for (const auto& each : about) before.push_back(due_of(each));

    for (const auto& each : about) {
        auto numbers = listed(cases_about, each);
        if (each == kept->agreement) {
            add_number(numbers, number);
        } else {
            std::erase(numbers, number);
        }
        if (numbers.empty()) {
            cases_about.remove(each);
        } else {
            cases_about.set(each, std::move(numbers));
        }
    }
    cases.set(number, kept);

    for (std::size_t i = 0; i < about.size(); ++i) {
        const auto after = due_of(about[i]);
        if (before[i] == after) continue;
        if (before[i]) due_queue.remove({*before[i], about[i]});
        if (after) due_queue.set({*after, about[i]}, Due{});
    }
}

void Workspace::put(Request request) {
    last_request = std::max(last_request, digits_of(request.number, "REQ"));
    std::string key = request.number;
    requests.set(std::move(key), std::move(request));
}

void Workspace::put(Access each) {
    std::string key = each.name();
    access.set(std::move(key), std::move(each));
}

void Workspace::put(ServiceNowRow row) { servicenow_rows.keep(std::move(row)); }

void Workspace::put(Notification notification) {
    notifications = std::move(notifications).push_back(std::move(notification));
}

void Workspace::put(std::size_t place, Notification notification) {
    notifications = std::move(notifications).set(place, std::move(notification));
}

}  // namespace ca::lifecycle
