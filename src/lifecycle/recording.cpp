#include "lifecycle/recording.h"

#include "lifecycle/decide.h"

namespace ca::lifecycle {
namespace {

// A browser does so many in some 20 ms.
constexpr std::size_t agreements_a_step = 250;

void record_all(Recording& recording, const std::vector<Event>& events) {
    for (const Event& event : events) recording.record(event);
}

}  // namespace

Result<bool> FallingDue::go_on(Recording& recording) {
    record_all(recording, due(recording.workspace(), now_, agreements_a_step));
    return !anything_due(recording.workspace(), now_);
}

struct Deciding::State {
    Command command;
    Actor actor;
    Instant now;
    bool has_begun = false;
    std::optional<Publication> publication{};
    Decision decision{};
};

Deciding::Deciding(Command command, Actor actor, Instant now)
    : state_(new State{.command = std::move(command), .actor = std::move(actor), .now = now}) {}

Deciding::~Deciding() = default;

Result<bool> Deciding::go_on(Recording& recording) {
    auto& state = *state_;
    if (!state.has_begun && anything_due(recording.workspace(), state.now)) {
        CA_TRY_VOID(FallingDue(state.now).go_on(recording));
        return false;
    }
    const Context context{recording.workspace(), state.actor, state.now};
    if (state.publication) return go_on_publishing(recording);
    state.has_begun = true;
    if (state.command.verb != ask::PublishTerms::verb) {
        state.decision = CA_TRY(decide(recording.workspace(), state.command, state.actor, state.now));
        record_all(recording, state.decision.events);
        return true;
    }
    const auto values = CA_TRY(check_command(recording.workspace(), state.command, state.actor));
    Recorder record(context);
    state.publication = CA_TRY(Publication::begin(context, record, asked<ask::PublishTerms>(values)));
    record_all(recording, record.events());
    return go_on_publishing(recording);
}

bool Deciding::go_on_publishing(Recording& recording) {
    auto& [command, actor, now, has_begun, publication, decision] = *state_;
    Recorder record(Context{recording.workspace(), actor, now});
    const bool is_done = publication->go_on(record, agreements_a_step);
    record_all(recording, record.events());
    if (is_done) decision = std::move(*publication).decision();
    return is_done;
}

Steps::Progress Deciding::progress() const {
    return state_->publication ? Progress{state_->publication->done(), state_->publication->all()} : Progress{};
}

Decision Deciding::decision() && { return std::move(state_->decision); }

}  // namespace ca::lifecycle
