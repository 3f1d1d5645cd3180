// What the steward writes to people: an invitation as a mail, handed to a program that takes it as sendmail does (the
// message on its standard input).
#pragma once

#include "base/result.h"
#include "sharing/deciding.h"

#include <string>

namespace ca::steward {

// RFC 5322, with line feeds alone.
std::string invitation_letter(const sharing::Invitation&, const std::string& link);

// Error: not_sent, with what the program said by its exit status.
Result<> hand_over(const std::string& command, const std::string& letter);

}  // namespace ca::steward
