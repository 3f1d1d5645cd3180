// Sight: what one actor may see of a workspace, as a workspace of its own. Pages, exports, papers, messages and what
// the command line reads take a Sight and nothing else, so none of them has to know who may see what, and none can
// reach what its reader may not see.
//
//     const auto seen = Sight::of(workspace, actor);
//     for (const auto& [number, agreement] : seen.agreements) …      // this actor's
//
// The agreement team and the API product onboarding team see everything; their Sight costs a few pointers. A contact
// sees its own account, the contacts and agreements of it, its cases without work notes, and its own notifications;
// requests are between the two teams. A visitor sees no account at all, but the names of all, because the forms to
// register and to nominate ask for one. The catalogue (API products, terms versions) is everybody's.
//
// A Sight of a Sight is no more than the first. It may be looked ahead from (a copy, and what falls due applied to it);
// what comes of that is that actor's too.
#pragma once

#include "lifecycle/event.h"
#include "lifecycle/model.h"

namespace ca::lifecycle {

class Sight final : public Workspace {
public:
    static Sight of(const Workspace& whole, const Actor&);

    const Actor& actor() const { return actor_; }
    bool sees_everything() const { return actor_.role != Role::contact && actor_.role != Role::visitor; }

    // Whether the whole workspace holds no account and no agreement: it is nobody's yet.
    bool is_of_nobody() const { return of_nobody_; }
    struct AccountName {
        std::string ods_code, name;
    };
    // The accounts that this actor may choose from, by ODS code.
    std::vector<AccountName> accounts_to_choose() const;
    // Notifications are named by their place in the whole, from 0. The place of the i-th seen, and which one a place is
    // here.
    std::size_t place_of_notification(std::size_t i) const { return places_.empty() ? i : places_[i]; }
    std::optional<std::size_t> notification_at(std::size_t place) const;
    // The entry that the i-th carries to a watcher; nullptr where it carries none. Whoever watches a case of another
    // account reads no more of it.
    const CaseEntry* entry_carried_by(std::size_t i) const;

private:
    Sight(Workspace seen, Actor actor, bool of_nobody)
        : Workspace(std::move(seen)), actor_(std::move(actor)), of_nobody_(of_nobody) {}

    Actor actor_;
    bool of_nobody_;
    std::vector<AccountName> names_{};            // of a visitor
    std::vector<std::size_t> places_{};           // of notifications, where not all are seen
    std::map<std::size_t, CaseEntry> carried_{};  // by notifications whose case is not seen
};

// Whether an event of the record may be given to whoever sees this: by the same rules, whole or not at all.
bool may_see(const Sight&, const Event&);

}  // namespace ca::lifecycle
