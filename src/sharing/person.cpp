#include "sharing/person.h"

#include "base/sha256.h"
#include "base/text.h"
#include "lifecycle/streams.h"

namespace ca::sharing {
namespace {

constexpr std::string_view record = "rec.", team_record = "rec.nhse.", team_rest = "rec.nhse",
                           catalogue = "rec.catalogue";

}  // namespace

std::string person_token(std::string_view person) {
    constexpr std::size_t token_digits = 20;
    return sha256_hex(to_ascii_lower(person)).substr(0, token_digits);
}

std::string record_subject(std::string_view stream) {
    if (stream.empty()) return std::string(catalogue);
    const std::string account(lifecycle::account_of(stream));
    if (account == stream) return std::string(record) + account;
    return account.empty() ? std::string(team_rest) : std::string(team_record) + account;
}

std::optional<std::string> stream_of_subject(std::string_view subject) {
    if (subject == catalogue) return "";
    if (subject == team_rest) return lifecycle::team_stream_of("");
    if (subject.starts_with(team_record)) return lifecycle::team_stream_of(subject.substr(team_record.size()));
    if (subject.starts_with(record)) return std::string(subject.substr(record.size()));
    return std::nullopt;
}

std::string organisation_of(const lifecycle::Workspace& workspace, const lifecycle::Actor& actor) {
    using lifecycle::Role;
    switch (actor.role) {
        case Role::agreement_team:
        case Role::product_team: return std::string(nhse);
        case Role::contact: {
            const auto* contact = workspace.find_contact(actor.name);
            return contact ? contact->account : std::string();
        }
        case Role::visitor: return std::string(visitors);
        case Role::system: break;
    }
    return {};
}

}  // namespace ca::sharing
