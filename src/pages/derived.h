// What a page derives from the whole workspace, made once for each state of it and each person, not once a frame.
//
//     const auto& lines = lines_.of(context, [](const lifecycle::Sight& seen) { return …; });
//
// What it points to in `seen` stays for as long as this does: a copy of a Sight shares everything.
#pragma once

#include "pages/page.h"

#include <optional>

namespace ca::pages {

template<typename T>
class Derived {
public:
    const T& of(const Context& context, auto&& make) {
        if (!seen_ || revision_ != context.revision || seen_->actor() != context.actor) {
            seen_.emplace(context.workspace);
            made_ = make(*seen_);
            revision_ = context.revision;
        }
        return made_;
    }

private:
    std::optional<lifecycle::Sight> seen_;
    std::uint64_t revision_ = 0;
    T made_{};
};

}  // namespace ca::pages
