// Whether a notification has been sent: the portal sends nothing, so somebody says so by hand.
#include "lifecycle/decide.h"

namespace ca::lifecycle {
namespace {

struct Found {
    const Notification* notification;
    int place;  // from 1
};

Result<Found> look_up_notification(const Context& context, std::int64_t place) {
    const auto& all = context.workspace.notifications;
    if (static_cast<std::size_t>(place) > all.size()) {
        const std::string known =
            all.empty() ? "There are no notifications yet." : "The last is number " + std::to_string(all.size()) + ".";
        return fail("unknown_notification", "There is no notification number " + std::to_string(place) + ". " + known,
                    "notification");
    }
    return Found{&all[static_cast<std::size_t>(place) - 1], static_cast<int>(place)};
}

// What it belongs to: a case update stands in the record of its case.
std::string entity_of(const Notification& notification) {
    return notification.case_number.value_or(notification.agreement);
}

}  // namespace

Result<Decision> decide(const Context& context, const ask::MarkSent& given) {
    const auto [notification, place] = CA_TRY(look_up_notification(context, given.notification));
    if (const auto& mark = notification->marked_sent) {  // said, not passed over: it may have gone out twice
        return wrong_state("The message to " + notification->to + " was marked as sent by " + mark->by + " on " +
                           format_words(london_date(mark->at)) + " already.");
    }
    Recorder record(context);
    record.record(
        notification->account, entity_of(*notification),
        NotificationMarkedSent{.notification = place, .to = notification->to, .agreement = notification->agreement});
    return std::move(record).decision();
}

Result<Decision> decide(const Context& context, const ask::MarkToSend& given) {
    const auto [notification, place] = CA_TRY(look_up_notification(context, given.notification));
    if (!notification->marked_sent)
        return wrong_state("The message to " + notification->to + " is not marked as sent. It is still to be sent.");
    Recorder record(context);
    record.record(
        notification->account, entity_of(*notification),
        NotificationMarkedToSend{.notification = place, .to = notification->to, .agreement = notification->agreement});
    return std::move(record).decision();
}

}  // namespace ca::lifecycle
