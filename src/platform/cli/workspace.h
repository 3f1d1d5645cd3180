// A workspace on disk for the subcommands that change it: run and import. (Those that only look read it by
// kept_journal.h.)
//
//     Workspace workspace{"dir"};
//     if (auto opened = workspace.open(); !opened) return say(opened.error());
//     auto step = workspace.step(command, actor, at);        // decided and kept
#pragma once

#include "journal/store.h"
#include "lifecycle/engine.h"

namespace ca::cli {

class Workspace {
public:
    explicit Workspace(std::string folder);

    // Reads the journal. Words for people about its condition (damage, files set aside, a newer format) come with
    // `warnings()`.
    Result<> open();
    std::vector<std::string> warnings() const;
    journal::Store& store() { return store_; }

    // As of the last step, or of the last event kept.
    const lifecycle::Workspace& state() const { return state_; }
    // lifecycle::step on what is kept by then, and keeps its events: those that fell due also where the command is
    // refused (R2). Where they cannot be kept nothing has happened, and the decision is the error.
    lifecycle::Step step(const lifecycle::Command&, const lifecycle::Actor&, Instant);

private:
    journal::Store store_;
    lifecycle::Workspace state_;
};

}  // namespace ca::cli
