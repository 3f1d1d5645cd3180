// The identity of an event: 128 random bits from the system, as 32 lower-case hex digits.
#pragma once

#include <string>

namespace ca::platform {

std::string random_id();

}  // namespace ca::platform
