// Much that is decided piece by piece: so that whoever waits for it sees it move and can give it up, and so that its
// events need not all be held at once.
//
//     Rehearsal trial{workspace};                     // a dry run; the journal has a Recording that is kept (store.h)
//     while (!CA_TRY(steps->go_on(trial))) show(steps->progress());
//
// The steps look at the recording's workspace, which has everything recorded so far, and record what comes next.
// Nothing of it has happened before the last step is done. An error refuses all of it, and comes before anything was
// recorded.
#pragma once

#include "lifecycle/engine.h"

#include <memory>

namespace ca::lifecycle {

class Recording {
public:
    virtual ~Recording() = default;
    virtual const Workspace& workspace() const = 0;  // the same object from step to step
    virtual void record(const Event&) = 0;           // is in workspace() at once
};

class Rehearsal final : public Recording {
public:
    explicit Rehearsal(Workspace workspace) : workspace_(std::move(workspace)) {}
    const Workspace& workspace() const override { return workspace_; }
    void record(const Event& event) override { apply(workspace_, event); }

private:
    Workspace workspace_;
};

// Likewise, and what was recorded can be read.
class Listing final : public Recording {
public:
    explicit Listing(Workspace workspace) : trial_(std::move(workspace)) {}
    const Workspace& workspace() const override { return trial_.workspace(); }
    void record(const Event& event) override {
        trial_.record(event);
        events.push_back(event);
    }
    std::vector<Event> events;

private:
    Rehearsal trial_;
};

class Steps {
public:
    virtual ~Steps() = default;
    // The next piece, which takes a browser some tens of milliseconds; true: it was the last.
    virtual Result<bool> go_on(Recording&) = 0;
    struct Progress {
        std::size_t done = 0, all = 0;  // of whatever is counted; all is 0 where that is not known yet
        bool operator==(const Progress&) const = default;
    };
    virtual Progress progress() const { return {}; }
};

// What time alone has caused up to and including `now`, some of it in each step.
class FallingDue final : public Steps {
public:
    explicit FallingDue(Instant now) : now_(now) {}
    Result<bool> go_on(Recording&) override;

private:
    Instant now_;
};

// A command, with what fell due before it (R2). A publication goes on account by account; everything else is one step.
class Deciding final : public Steps {
public:
    Deciding(Command, Actor, Instant now);
    ~Deciding() override;
    Result<bool> go_on(Recording&) override;
    Progress progress() const override;
    // Once it is done; of a publication without the events.
    Decision decision() &&;

private:
    bool go_on_publishing(Recording&);
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace ca::lifecycle
