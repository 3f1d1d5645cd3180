#include "platform/steward/letters.h"

#include <csignal>
#include <cstdio>
#include <sys/wait.h>

namespace ca::steward {

std::string invitation_letter(const sharing::Invitation& invitation, const std::string& link) {
    const std::string to = invitation.person.substr(invitation.person.find(':') + 1);
    return "To: " + to +
           "\nSubject: Your invitation to NHS England's Connection Agreements portal\n"
           "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
           "NHS England invites you to the Connection Agreements portal.\n\n"
           "Open this link in the browser that you will work in. It is yours alone, is good once, and until " +
           format_words(invitation.until) + ":\n\n" + link +
           "\n\nIf you did not expect this, you need not do anything.\n";
}

Result<> hand_over(const std::string& command, const std::string& letter) {
    std::signal(SIGPIPE, SIG_IGN);  // a program that reads nothing is told by its status
    FILE* program = ::popen(command.c_str(), "w");
    if (!program) return fail("not_sent", "The program that sends mail could not be started: " + command + ".");
    const bool is_taken = std::fwrite(letter.data(), 1, letter.size(), program) == letter.size();
    const int status = ::pclose(program);
    if (!is_taken || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return fail("not_sent", "The program that sends mail ended with status " + std::to_string(status) + ".");
    return {};
}

}  // namespace ca::steward
