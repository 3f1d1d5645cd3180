// One notification as the message that it is: subject, sender, receiver, link and text. On the outbox, and for whoever
// it was sent to.
#pragma once

#include "pages/page.h"

#include <cstddef>

namespace ca::pages {

// `message` of the address: its place among all notifications, from 1. Beyond every one of them where the address names
// none.
std::size_t named_message(const Route&);

// Inside of a card: the heading "subject", then the fields and paragraphs.
void build_message_text(Context&, std::size_t index);

}  // namespace ca::pages
