#include "pages/needs_a_hand.h"

#include <algorithm>
#include <array>

namespace ca::pages {
namespace {

using lifecycle::Attention;
using ui::TagKind;

// In the order of lifecycle::Attention.
constexpr std::array all_reasons{
    Reason{Attention::query_on_running_clock, "query", "Queries on running clocks", "Open query",
           TagKind::under_review},
    Reason{Attention::acceptance_held, "held", "Held acceptances", "Held", TagKind::paused},
    Reason{Attention::window_elapsed, "late", "Drafts that were not issued in time", "Not issued in time",
           TagKind::cancelled},
    Reason{Attention::issued_late, "issued-late", "Drafts issued late", "Issued late", TagKind::awaiting_review},
    Reason{Attention::issue_overdue, "overdue", "Drafts that wait to be issued", "Not issued yet", TagKind::paused},
    Reason{Attention::nobody_can_accept, "nobody", "Accounts where nobody can accept", "Nobody can accept",
           TagKind::cancelled},
    Reason{Attention::window_ends_soon, "ending", "Windows that end this week", "Ends soon", TagKind::paused},
    Reason{Attention::terms_superseded, "superseded", "Drafts on superseded terms", "Superseded terms",
           TagKind::expired},
    Reason{Attention::request_waiting, "requests", "Requests that wait for an answer", "Request", TagKind::information},
};

}  // namespace

std::span<const Reason> reasons() { return all_reasons; }

const Reason& reason_of(Attention what) { return *std::ranges::find(all_reasons, what, &Reason::what); }

const Reason* reason_named(std::string_view name) {
    const auto found = std::ranges::find(all_reasons, name, &Reason::name);
    return found == all_reasons.end() ? nullptr : &*found;
}

std::size_t count_of_reason(std::span<const lifecycle::NeedsAttention> all, Attention what) {
    return static_cast<std::size_t>(std::ranges::count(all, what, &lifecycle::NeedsAttention::what));
}

const std::vector<lifecycle::NeedsAttention>& NeedsAHand::of(const Context& context) {
    constexpr std::int64_t seconds_a_minute = 60;
    Read now{context.revision, context.now.seconds / seconds_a_minute, context.actor};
    if (read_ != now) {
        all_ = lifecycle::needs_attention(context.workspace, context.now);
        read_ = std::move(now);
    }
    return all_;
}

}  // namespace ca::pages
