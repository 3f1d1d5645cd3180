#include "platform/cli/command_line.h"

namespace ca::cli {
namespace {

std::unexpected<Error> bad_command(std::string message, std::string where) {
    return fail("bad_command", std::move(message), std::move(where));
}

}  // namespace

Result<CommandLine> read_command_line(std::string_view line) {
    auto members = CA_TRY(sharing::read_members(std::string(line)));
    const std::string at_text = CA_TRY(sharing::take_text(members, "at"));
    const std::string as_text = CA_TRY(sharing::take_text(members, "as"));
    const std::string verb = CA_TRY(sharing::take_text(members, "do"));

    const auto at = parse_instant(at_text);
    if (!at) return bad_command("“at” is not an instant. " + at.error().message, "at");
    auto actor = sharing::read_actor(as_text);
    if (!actor) return bad_command("“as” must be team:<name>, products:<name>, contact:<email> or visitor.", "as");
    return CommandLine{
        .at = *at, .actor = std::move(*actor), .command = {.verb = verb, .arguments = std::move(members)}};
}

}  // namespace ca::cli
