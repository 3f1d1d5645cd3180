// Why a record needs a hand, in words, and all that do: for the agreement team's list of them and its first page.
//
//     for (const auto& item : needs_.of(context)) … reason_of(item.what).tag …
#pragma once

#include "pages/page.h"

#include <span>

namespace ca::pages {

struct Reason {
    lifecycle::Attention what;
    std::string_view name;   // in an address
    std::string_view title;  // of several: "Held acceptances"
    std::string_view tag;    // of one: "Held"
    ui::TagKind kind;
};
std::span<const Reason> reasons();  // the most urgent first
const Reason& reason_of(lifecycle::Attention);
const Reason* reason_named(std::string_view name);  // nullptr: none of that name
std::size_t count_of_reason(std::span<const lifecycle::NeedsAttention>, lifecycle::Attention);

// All of it for this person, gone through once for each state of the workspace and each minute, not once a frame.
class NeedsAHand {
public:
    const std::vector<lifecycle::NeedsAttention>& of(const Context&);

private:
    struct Read {
        std::uint64_t revision;
        std::int64_t minute;
        lifecycle::Actor actor;
        bool operator==(const Read&) const = default;
    };
    std::optional<Read> read_;
    std::vector<lifecycle::NeedsAttention> all_;
};

}  // namespace ca::pages
