// People of a shared workspace: how they are named in commands and in the broker's subjects.
//
// A person is named as in the command language ("contact:jo@acme.example", "team:Priya Shah"). A subject holds no such
// text, so there a person is a token of its hash, and an organisation the ODS code of its account, or "nhse":
//
//     cmd.YGA12.3f9a0c…      what Jo asks for
//     ans.YGA12.3f9a0c…      what became of it, for Jo alone
//     rec.YGA12              the record of the account
//     rec.nhse.YGA12         what NHS England alone reads of it
//     rec.catalogue          API products, terms and who of NHS England may sign
#pragma once

#include "lifecycle/model.h"

#include <optional>
#include <string>
#include <string_view>

namespace ca::sharing {

inline constexpr std::string_view nhse = "nhse", visitors = "visitor";

// 20 hexadecimal digits; email addresses without regard to case.
std::string person_token(std::string_view person);

std::string record_subject(std::string_view stream);                     // of a stream of the journal
std::optional<std::string> stream_of_subject(std::string_view subject);  // and back

// The organisation of somebody who acts; empty: of nobody known.
std::string organisation_of(const lifecycle::Workspace&, const lifecycle::Actor&);

}  // namespace ca::sharing
