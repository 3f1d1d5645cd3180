// Events: what has happened. The only thing that changes a Workspace, and the only thing that is kept.
//
// Each body lists its members once in `describe`, in the order in which they are written; the codec of the journal and the
// answers of the scenario runner both read that list, so no member can be forgotten in one of them:
//
//     struct AgreementIssued {
//         static constexpr std::string_view type = "agreement_issued";
//         std::string number;
//         Date on;
//         static void describe(auto&& member, auto& self) { member("number", self.number); member("on", self.on); }
//     };
//
// Member types are: std::string, bool, std::int64_t, int, Date, Instant, enums of model.h, std::optional and std::vector of these,
// and structs that have a `describe` of their own.
#pragma once

#include "lifecycle/model.h"

#include <variant>

namespace ca::lifecycle {

// What came to pass, when, by whom, and whose record it belongs to. `entity` is the agreement's, case's or request's number, the
// e-mail address, product id or terms version; `account` is empty for what belongs to nobody's account (products, terms).
// Identity, position and predecessor are the journal's.

}  // namespace ca::lifecycle
