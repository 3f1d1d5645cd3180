// What comes over the broker: signed commands, the command language in them, answers, what is read, and invitations.
// Whatever is read is written again as it was.
#include "sharing/command_text.h"
#include "sharing/deciding.h"
#include "sharing/invitation_link.h"
#include "sharing/reading.h"
#include "sharing/signature.h"
#include "sharing/signed_command.h"
#include "support/fuzzing.h"

#include <string>

using namespace ca;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    if (const auto command = sharing::read_signed_command(text))
        ca::fuzzing::require(sharing::to_text(*command) == text, "what was read is not written as it was");
    if (const auto command = sharing::read_command_text(text))
        ca::fuzzing::require(sharing::to_text(*command) == text, "what was read is not written as it was");
    if (const auto answer = sharing::read_answer(text))
        ca::fuzzing::require(sharing::to_text(*answer) == text, "what was read is not written as it was");
    if (const auto request = sharing::read_request(text))
        ca::fuzzing::require(sharing::to_text(*request) == text, "what was read is not written as it was");
    if (const auto answer = sharing::read_read_answer(text))
        ca::fuzzing::require(sharing::to_text(*answer) == text, "what was read is not written as it was");
    if (const auto invitation = sharing::read_invitation(text))
        ca::fuzzing::require(sharing::to_token(*invitation) == text, "what was read is not written as it was");
    if (const auto key = sharing::key_of_user(text))
        ca::fuzzing::require(sharing::to_user(*key) == text, "what was read is not written as it was");
    if (const auto command = sharing::read_command(text)) (void)sharing::to_text(*command);
    const journal::WorkspaceLog log;
    const auto decided =
        sharing::decide(log, {.number = 1, .at = {1}, .organisation = "A1", .person = "x", .bytes = text},
                        {.workspace = std::string(32, 'a'), .secret = std::string(64, 'b')});
    ca::fuzzing::require(decided.events.empty(), "something comes of a command of nobody");
    return 0;
}
