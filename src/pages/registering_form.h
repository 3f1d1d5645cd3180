// Registering and nominating with NHS England, by the link that is everybody's (sharing/invitation_link.h). What is
// asked for is decided there, and answered by mail to the address given: here nothing is learnt of whom NHS England
// knows.
#pragma once

#include "pages/page.h"

#include <string>

namespace ca::pages {

class RegisteringForm {
public:
    static constexpr const char* heading = "Register with NHS England";

    void build(Context&, const sharing::InvitationLink&);
    bool has_errors() const { return errors_shown_; }

private:
    void build_fields(Context&, const sharing::InvitationLink&, bool tried);

    std::string what_ = "register", account_, name_, email_;
    std::string taken_for_;  // the address that was sent, once it is taken
    bool asked_ = false;     // from here
    bool tried_ = false;     // with something missing
    bool errors_shown_ = false;
};

// In a workspace of one's own, where this site belongs to a shared one: where to register in earnest.
void point_to_registering(Context&);

}  // namespace ca::pages
