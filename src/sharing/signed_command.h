// A command on its way from a browser to the steward, signed by the person who gives it.
//
//     {"text":"{\"id\":\"…\",\"workspace\":\"…\",\"account\":\"YGA12\",\"person\":\"contact:jo@acme.example\",
//      \"based_on\":17,\"command\":\"{\\\"do\\\":\\\"accept\\\",…}\"}","key":"<64 hex>","signature":"<128 hex>"}
//
// Both are in the journal's strict form (journal/canonical.h), so that one command has one text, and the text that was
// signed is kept in the record as it is (lifecycle::CommandSigned) and can be checked there by anybody, for ever.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ca::sharing {

inline constexpr std::size_t command_bytes_max = 1024 * 1024;

struct CommandText {
    std::string id;  // 32 hexadecimal digits, made where the command is given: decided once, however often it is sent
    std::string workspace;      // the shared workspace that it is for
    std::string account;        // ODS code of the person's account; empty: NHS England, or nobody's yet
    std::string person;         // "contact:jo@acme.example"
    std::int64_t based_on = 0;  // how many events of the account's stream the person had before them
    std::string command;        // sharing/command_text.h
    static void describe(auto&& member, auto& self) {
        member("id", self.id);
        member("workspace", self.workspace);
        member("account", self.account);
        member("person", self.person);
        member("based_on", self.based_on);
        member("command", self.command);
    }
};
std::string to_text(const CommandText&);
// Errors: bad_command, with the place.
Result<CommandText> read_command_text(std::string_view);

struct SignedCommand {
    std::string text, key, signature;
    std::optional<std::string> proof{};  // the signature of an invitation's own key, where one is taken up by it
    static void describe(auto&& member, auto& self) {
        member("text", self.text);
        member("key", self.key);
        member("signature", self.signature);
        member("proof", self.proof);
    }
};
std::string to_text(const SignedCommand&);
// Whether it is signed by the key that it names is for is_signed (signature.h). Errors: bad_command.
Result<SignedCommand> read_signed_command(std::string_view);

// What became of a command: for whoever gave it, and nobody else.
struct Answer {
    std::string id;            // of the command
    std::int64_t command = 0;  // its number in the broker's stream
    std::string state;         // "recorded", "refused", or "turned_away": not even looked at (deciding.h)
    std::string code{};        // why not: a word for programs,
    std::string message{};     // in words for people,
    std::string where{};       // and the argument that is wrong
    std::optional<std::string> number{}, case_number{}, request{};  // made by it
    std::optional<std::string> link{};                              // of an invitation: good once
    static void describe(auto&& member, auto& self) {
        member("id", self.id);
        member("command", self.command);
        member("state", self.state);
        member("code", self.code);
        member("message", self.message);
        member("where", self.where);
        member("number", self.number);
        member("case_number", self.case_number);
        member("request", self.request);
        member("link", self.link);
    }
    bool is_recorded() const { return state == "recorded"; }
    bool is_refused() const { return state == "refused"; }
};
std::string to_text(const Answer&);
Result<Answer> read_answer(std::string_view);

}  // namespace ca::sharing
