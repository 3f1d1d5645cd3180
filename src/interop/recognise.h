// What a file is that somebody brings: a ServiceNow export, a portal backup, a terms document, or nothing the portal
// can read.
//
// Told by the content first and the name second, from a look at the beginning; whether the file is sound is for its own
// reader to say (servicenow.h, journal/bundle.h, terms_document.h). So a ServiceNow export that was cut short is still
// one, and its reader says where it ends.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ca::interop {

enum class FileKind : std::uint8_t { servicenow, backup, terms, unknown };

struct Recognised {
    FileKind kind = FileKind::unknown;
    std::string message;  // "a ServiceNow export"; for unknown: what it is instead, and what can be imported
};

Recognised recognise(std::string_view file_name, std::string_view bytes);

}  // namespace ca::interop
