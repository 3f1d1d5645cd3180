#include "sharing/hub_config.h"

#include "sharing/person.h"
#include "sharing/signature.h"

#include <algorithm>
#include <map>

namespace ca::sharing {
namespace {

bool is_of(std::string_view text, std::string_view letters) {
    return !text.empty() && text.find_first_not_of(letters) == std::string_view::npos;
}

constexpr std::string_view upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", hex = "0123456789abcdef";

bool is_organisation(std::string_view text) { return text == nhse || is_of(text, upper); }

// Of one person: devices, and invitations that are not taken up.
struct Person {
    std::string organisation, token;
    std::string account() const { return organisation + "_" + token; }
    std::string own() const { return organisation + "." + token; }
};

std::string user_text(const Person& person, const std::string& key) {
    return "      { nkey: " + key + ", permissions: { publish: [\"cmd." + person.own() + "\", \"read." + person.own() +
           "\"], subscribe: [\"" + inbox_of(person.token) + ".>\", \"news." + person.organisation + "\"] } }\n";
}

std::string export_text(const std::string& kind, const std::string& subject, const std::string& accounts) {
    return "      { " + kind + ": \"" + subject + "\", accounts: [" + accounts + "] }\n";
}
std::string import_text(const std::string& kind, const std::string& subject) {
    return "      { " + kind + ": { account: HUB, subject: \"" + subject + "\" } }\n";
}

// Sixteen, of each of which so much may wait as of one person: visitors cannot fill the broker.
std::string visitors_subjects() {
    std::string subjects;
    for (const char digit : hex)
        subjects += (subjects.empty() ? "\"" : ", \"") + ("cmd." + std::string(visitors) + ".") + digit + "\"";
    return subjects;
}

}  // namespace

std::string inbox_of(const std::string& person) { return "_INBOX_" + person; }

Result<std::string> accounts_config(const std::vector<HubUser>& users, const std::string& steward,
                                    const std::string& visitor) {
    std::map<std::string, std::pair<Person, std::vector<std::string>>> people;  // with the keys of each
    std::map<std::string, std::string> listeners;                               // accounts, by organisation
    for (const auto& user : users) {
        if (!is_organisation(user.organisation) || !is_of(user.person, hex) || !key_of_user(user.key))
            return fail("unwritable", "A user of the broker is not named as one must be.", user.organisation);
        const Person person{user.organisation, user.person};
        const auto [at, is_new] = people.try_emplace(person.account(), person, std::vector<std::string>{});
        at->second.second.push_back(user.key);
        if (is_new) {
            auto& names = listeners[user.organisation];
            names += (names.empty() ? "" : ", ") + person.account();
        }
    }
    if (!key_of_user(steward) || !key_of_user(visitor))
        return fail("unwritable", "The steward’s and the visitor’s keys must be keys of users.");

    std::string exports, accounts;
    for (const auto& [organisation, names] : listeners) exports += export_text("stream", "news." + organisation, names);
    for (const auto& [account, person_and_keys] : people) {
        const auto& [person, keys] = person_and_keys;
        accounts += "  " + account + ": {\n    imports: [\n";
        for (const char* what : {"cmd.", "read."}) {
            exports += export_text("service", what + person.own(), account);
            accounts += import_text("service", what + person.own());
        }
        accounts += import_text("stream", "news." + person.organisation) + "    ]\n    users: [\n";
        for (const auto& key : keys) accounts += user_text(person, key);
        accounts += "    ]\n  }\n";
    }
    const std::string from_visitors = "cmd." + std::string(visitors) + ".*";
    exports += export_text("service", from_visitors, "VISITORS");
    accounts += "  VISITORS: {\n    limits: { max_connections: 200, max_payload: 8KB }\n    imports: [\n" +
                import_text("service", from_visitors) + "    ]\n    users: [\n      { nkey: " + visitor +
                ", permissions: { publish: [" + visitors_subjects() +
                "], subscribe: [\"_INBOX_visitor.>\"] } }\n    ]\n  }\n";
    return "# Written by portal-steward: who is let in, and to what. What is changed here by hand is lost.\naccounts "
           "{\n"
           "  HUB: {\n    jetstream: enabled\n    users: [ { nkey: " +
           steward + " } ]\n    exports: [\n" + exports + "    ]\n  }\n" + accounts + "}\n";
}

}  // namespace ca::sharing
