// Whom the broker lets in, and to what: the "accounts" of nats-server's configuration, made of the record. It is
// written to a file that the server's own configuration includes, and taken up by a reload, without a restart.
//
// The three streams lie in the account HUB, whose only user is the steward. Each person is an account of their own (two
// in one account would share its subjects, and so each other's reply addresses), in which there is nothing but three
// things of HUB's:
//
//     cmd.<organisation>.<person>     a person says what they want       a service: only the acknowledgement comes back
//     read.<organisation>.<person>    … and asks for what is new         a service, of the steward's
//     news.<organisation>             that there is something new        a stream, without content
//
// A device of the person's, or an invitation, is a user of it. Nothing of JetStream's interface is reached from there:
// a request to make a consumer may say in its body where the server is to deliver, and the server does that with its
// own rights. A reply address is the account's own, whatever it says.
//
// Visitors share an account, whose one user may say `cmd.visitor.<0 to f>`, and hears nothing but acknowledgements.
//
// nats-server 2.10 takes up what a new account imports only with the reload after the one that made it: reload twice.
#pragma once

#include "base/result.h"

#include <string>
#include <vector>

namespace ca::sharing {

struct HubUser {
    std::string organisation;  // ODS code, or "nhse"
    std::string person;        // person_token()
    std::string key;           // "U…"
};

// Errors: unwritable, where anything is not of its form (it would be read as something else).
Result<std::string> accounts_config(const std::vector<HubUser>&, const std::string& steward,
                                    const std::string& visitor);

// The inbox that a user's answers come to: a client names it when it connects.
std::string inbox_of(const std::string& person);

}  // namespace ca::sharing
