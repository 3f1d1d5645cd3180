#include "sharing/signed_command.h"

#include "journal/canonical.h"

namespace ca::sharing {
namespace {

template<typename T>
std::string written(const T& value) {
    std::string text;
    journal::CanonicalWriter{text}.write(value);
    return text;
}

template<typename T>
Result<T> read(std::string_view text) {
    journal::CanonicalReader reader{text};
    T value;
    reader.read(value);
    reader.expect_end();
    if (reader.failed())
        return fail("bad_command", "This is not in the form of a command: " + reader.error()->message,
                    reader.error()->where);
    return value;
}

}  // namespace

std::string to_text(const CommandText& command) { return written(command); }
Result<CommandText> read_command_text(std::string_view text) { return read<CommandText>(text); }

std::string to_text(const SignedCommand& command) { return written(command); }
Result<SignedCommand> read_signed_command(std::string_view text) { return read<SignedCommand>(text); }

std::string to_text(const Answer& answer) { return written(answer); }
Result<Answer> read_answer(std::string_view text) { return read<Answer>(text); }

}  // namespace ca::sharing
