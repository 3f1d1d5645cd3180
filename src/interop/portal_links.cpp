#include "interop/portal_links.h"

namespace ca::interop {

std::string portal_link(std::string_view portal, std::string_view fragment) {
    return std::string(portal.substr(0, portal.find('#'))) + std::string(fragment);
}

std::string agreement_link(std::string_view portal, std::string_view number, std::string_view part) {
    auto fragment = "#/agreements/" + std::string(number);
    if (!part.empty()) fragment += "/" + std::string(part);
    return portal_link(portal, fragment);
}

std::string case_link(std::string_view portal, std::string_view number) {
    return portal_link(portal, "#/cases/" + std::string(number));
}

}  // namespace ca::interop
