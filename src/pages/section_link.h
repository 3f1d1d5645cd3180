// An address that names a place on its page ("?section=change-management"): each opening of it leads there, once.
//
//     if (section_.leads(context) && wanted == id) section_.lead_to(context, ui.full_key(id));
#pragma once

#include "pages/page.h"

namespace ca::pages {

class SectionLink {
public:
    // Whether the address was opened anew since it last led to its place.
    bool leads(const Context& context) const { return arrival_ != context.arrival; }
    // The window and focus go to this heading.
    void lead_to(const Context& context, const std::string& key) {
        context.ui.reveal(key);
        context.ui.focus(key);
        arrival_ = context.arrival;
    }

private:
    std::optional<std::uint64_t> arrival_;
};

}  // namespace ca::pages
