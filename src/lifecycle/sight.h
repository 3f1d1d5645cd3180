// Sight: what an actor may see of a workspace, as a workspace of its own. Exports and everything else that gives records away read this
// in place of the whole, so that none of them has to know who may see what.
//
// The agreement team and the API product onboarding team see everything. A contact sees its own account, the contacts and agreements of
// it, its cases without work notes, and its own notifications; requests are between the two teams. A visitor sees no account at all. The
// catalogue (API products, terms versions) is everybody's.
#pragma once

#include "lifecycle/event.h"
#include "lifecycle/model.h"

namespace ca::lifecycle {

Workspace seen_by(const Workspace&, const Actor&);
// Whether an event of the record may be given to this actor: by the same rules, whole or not at all.
bool may_see(const Workspace&, const Actor&, const Event&);

}  // namespace ca::lifecycle
