#include "platform/steward/mail_round.h"

#include "interop/email.h"
#include "lifecycle/sight.h"
#include "platform/steward/letters.h"

#include <algorithm>

namespace ca::steward {
namespace {

constexpr std::int64_t first_pause_seconds = 60, longest_pause_seconds = 6 * 60 * 60,
                       given_up_seconds = 3 * 24 * 60 * 60;

lifecycle::Event mark_of(const lifecycle::Notification& notification, std::size_t place, Instant now) {
    return {
        .at = now,
        .by = {lifecycle::Role::system, "portal-steward"},
        .account = notification.account,
        .entity = notification.agreement,
        .body = lifecycle::NotificationMarkedSent{
            .notification = static_cast<int>(place + 1), .to = notification.to, .agreement = notification.agreement}};
}

}  // namespace

std::vector<lifecycle::Event> MailRound::go(const lifecycle::Workspace& workspace, Instant now, const Tell& tell) {
    const auto& all = workspace.notifications;
    for (; seen_ < all.size(); ++seen_)
        if (all[seen_].at.seconds > now.seconds - given_up_seconds)
            waiting_.push_back({seen_, now, first_pause_seconds});
    std::vector<lifecycle::Event> marks;
    if (std::ranges::none_of(waiting_, [&](const auto& each) { return each.next <= now; })) return marks;

    const auto seen = lifecycle::Sight::of(workspace, {lifecycle::Role::agreement_team, "portal-steward"});
    std::erase_if(waiting_, [&](Waiting& each) {
        if (each.next > now) return false;
        const auto& notification = all[each.place];
        if (notification.marked_sent) return true;  // somebody has sent it
        const auto sent = hand_over(command_, interop::to_eml(interop::message_of(seen, each.place, portal_address_)));
        if (sent) {
            marks.push_back(mark_of(notification, each.place, std::max(now, workspace.now)));
            tell("sent", each.place + 1, "");
            return true;
        }
        const bool is_over = notification.at.seconds + given_up_seconds <= now.seconds + each.pause_seconds;
        tell(is_over ? "given_up" : "not_sent", each.place + 1, sent.error().message);
        each.next = {now.seconds + each.pause_seconds};
        each.pause_seconds = std::min(2 * each.pause_seconds, longest_pause_seconds);
        return is_over;
    });
    return marks;
}

std::optional<Instant> MailRound::next_try() const {
    const auto first = std::ranges::min_element(waiting_, {}, &Waiting::next);
    return first == waiting_.end() ? std::nullopt : std::optional(first->next);
}

}  // namespace ca::steward
