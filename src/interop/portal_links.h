// Links into the portal from outside of it: calendars, messages.
//
//     agreement_link("https://portal.example/", "CNTR0000001")   "https://portal.example/#/agreements/CNTR0000001"
//
// `portal` is the address at which the portal was opened; a fragment on it is left away. Empty: the bare fragment.
#pragma once

#include <string>
#include <string_view>

namespace ca::interop {

std::string portal_link(std::string_view portal, std::string_view fragment);
std::string agreement_link(std::string_view portal, std::string_view number, std::string_view part = {});
std::string case_link(std::string_view portal, std::string_view number);

}  // namespace ca::interop
