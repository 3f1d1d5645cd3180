// The notifications of the guide and case updates, as the messages that they would be (RFC 5322, MIME). The portal
// sends nothing: a message is shown in the outbox and taken as a file, which a mail program opens as a draft
// (X-Unsent).
//
//     auto message = message_of(workspace, workspace.notifications[i], "https://portal.example/");
//     save(message.file_name, "message/rfc822", to_eml(message));
//
// The same notification always gives the same bytes: Message-ID and boundary are made from what is sent. No text can
// add a header: line breaks and control characters in headers become spaces, everything beyond ASCII is an encoded
// word. In the bodies of the file, right-to-left words are isolated; a page isolates a message's text itself.
#pragma once

#include "lifecycle/sight.h"

#include <string>
#include <string_view>
#include <vector>

namespace ca::interop {

inline constexpr std::string_view sender_name = "NHS England Digital Services";
inline constexpr std::string_view sender_address = "support.digitalservices@nhs.net";
inline constexpr std::string_view feedback_address = "england.liveserviceonboarding@nhs.net";

struct Message {
    std::string to_name{};  // empty: not a registered contact of the account
    std::string to_address{};
    std::string subject{};
    std::string text{};  // lines end in '\n'
    std::string html{};
    std::string link{};       // the page that it leads to
    std::string id{};         // of Message-ID, without brackets
    std::string thread{};     // the id that all messages on this agreement or case refer to
    std::string file_name{};  // "CNTR0000001-new-agreement-1.eml"
    Instant at{};
};

// What its message's subject is, without making the message: for lists of thousands.
std::string subject_of(const lifecycle::Notification&);
// `index`: of the notification among those seen.
Message message_of(const lifecycle::Sight&, std::size_t index, std::string_view portal);
std::string to_eml(const Message&);

// A header's text: as it is where it is printable ASCII that no folding changes, else encoded words (RFC 2047) of at
// most 75 characters.
std::string encode_header(std::string_view text);
std::string to_quoted_printable(std::string_view text);  // lines ending in '\n' or "\r\n" end in CRLF

}  // namespace ca::interop
