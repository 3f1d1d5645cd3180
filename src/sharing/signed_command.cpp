#include "sharing/signed_command.h"

#include "sharing/canonical_text.h"

namespace ca::sharing {

std::string to_text(const CommandText& command) { return canonical_text(command); }
Result<CommandText> read_command_text(std::string_view text) { return read_canonical<CommandText>(text); }

std::string to_text(const SignedCommand& command) { return canonical_text(command); }
Result<SignedCommand> read_signed_command(std::string_view text) { return read_canonical<SignedCommand>(text); }

std::string to_text(const Answer& answer) { return canonical_text(answer); }
Result<Answer> read_answer(std::string_view text) { return read_canonical<Answer>(text); }

}  // namespace ca::sharing
