// What lies in a store's folder, one kind chosen by the first byte: names of segments, marks of erasures, drafts, and a
// whole journal of six events in overlapping files, damaged as the rest of the input says. Of that, what is read is
// always the beginning of what was written; after a repair nothing is wrong and nothing more is lost.
#include "app/drafts.h"
#include "journal/erasure.h"
#include "journal/segments.h"
#include "support/fuzzing.h"

#include <algorithm>
#include <map>

namespace {

using namespace ca;
using namespace ca::journal;
using fuzzing::require;

using Files = std::map<std::string, std::string>;

const WorkspaceLog& sample() {
    static const WorkspaceLog log = [] {
        std::vector<lifecycle::Event> events;
        std::vector<std::string> ids;
        for (char c = 'a'; c < 'g'; ++c) {
            std::string const id(1, c);
            events.push_back({Instant{1'754'036'100},
                              {lifecycle::Role::agreement_team, "Priya Shah"},
                              "",
                              id,
                              lifecycle::ProductRegistered{id, "Product " + id, ""}});
            ids.emplace_back(id_length, c);
        }
        WorkspaceLog made;
        made.append(made.seal(events, ids));
        return made;
    }();
    return log;
}

Segment segment(std::size_t first, std::size_t last) { return {first, last, sample().head_at(last)}; }

Files sample_files() {
    Files files;
    for (auto const& each : {segment(1, 2), segment(1, 4), segment(3, 3), segment(4, 6), segment(5, 6)})
        files[to_file_name(each)] = segment_text(sample(), each);
    return files;
}

Loaded loaded_from(const Files& files, Loaded loaded = {}) {
    std::vector<std::string> names;
    for (auto const& [name, text] : files) names.push_back(name);
    auto const change =
        load(loaded, names, [&](std::string_view name) -> Result<std::string> { return files.at(std::string(name)); });
    require(change.has_value(), "files that can all be read are not");
    return loaded;
}

void require_beginning(const Loaded& loaded) {
    require(loaded.log.total() <= sample().total(), "more events than were written");
    for (std::size_t number = 1; number <= loaded.log.total(); ++number)
        require(loaded.log.line_at(number) == sample().line_at(number), "an event that was not written");
    require(loaded.damage.has_value() == (loaded.first_bad > 0), "damage without its place");
    require(!loaded.damage || loaded.damage->where == "event " + std::to_string(loaded.first_bad),
            "damage at another place");
}

constexpr std::size_t long_enough = 64 << 10;

// Each step: three bytes choose a file, what is done to it, and where.
void damage(Files& files, std::string_view steps) {
    auto const others = fuzzing::pieces_of(steps);
    for (std::size_t at = 0; at + 2 < others.front().size() && !files.empty(); at += 3) {
        auto const byte = [&](std::size_t offset) { return static_cast<unsigned char>(others.front()[at + offset]); };
        auto const file = std::next(files.begin(), byte(0) % static_cast<int>(files.size()));
        auto& text = file->second;
        std::size_t const place = text.empty() ? 0 : byte(2) * text.size() / 256;
        switch (byte(1) % 6) {
            case 0: files.erase(file); break;
            case 1: text.resize(place); break;
            case 2:
                if (!text.empty()) text[place] = static_cast<char>(text[place] ^ 1);
                break;
            case 3:
                if (text.size() < long_enough)
                    text += text.substr(0, place);  // or a few dozen of these fill the memory
                break;
            case 4: {  // under a name that says something else
                auto named = *parse_file_name(file->first);
                (byte(2) % 2 == 0 ? named.first : named.last) += byte(2) / 2 % 3;
                if (byte(2) >= 128) named.hash = sample().head_at(byte(2) % 7);
                if (named.last < named.first) break;
                auto moved = std::move(text);
                files.erase(file);
                files[to_file_name(named)] = std::move(moved);
                break;
            }
            default:
                if (others.size() > 1) text.insert(place, others[1]);
        }
    }
    // And a file of any name.
    if (others.size() > 3 && !others[2].empty()) files[others[2]] = others[3];
}

void journal_files(std::string_view steps) {
    auto const whole = loaded_from(sample_files());
    require(whole.log.total() == sample().total() && !whole.damage, "sound files are not read whole");
    Files files = sample_files();
    damage(files, steps);
    auto const loaded = loaded_from(files);
    require_beginning(loaded);
    require_beginning(loaded_from(files, loaded_from(sample_files())));

    auto const repair = plan_repair(loaded);
    for (auto const& keep : repair.keep)
        require(files.emplace(to_file_name(keep), segment_text(loaded.log, keep)).second,
                "a file is written over another");
    for (auto const& [from, to] : repair.moves) {
        require(files.contains(from) && !files.contains(to), "a file is moved that is not there, or onto another");
        files[to] = std::move(files[from]);
        files.erase(from);
    }
    auto const repaired = loaded_from(files);
    require(repaired.log.total() == loaded.log.total(), "a repair lost events");
    // The first event alone may wait for the second.
    require(repaired.log.total() == 1 || (!repaired.damage && repaired.bad_files.empty()), "a repair left damage");
    for (auto const& mark : repaired.erasures) (void)is_undone(mark, repaired.log);
    (void)plan_upkeep(repaired);
}

void segment_name(std::string_view name) {
    auto const read = parse_file_name(name);
    if (!read) return;
    require(to_file_name(*read) == name, "a name is not that of its segment");
    require(read->first >= 1 && read->last >= read->first, "a segment of nothing");
    require(std::ranges::all_of(read->hash, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }),
            "a hash of other than hex digits");
}

void erasure_mark(std::string_view input) {
    auto const own = erasure_of(sample());
    require(names_whole(own.text, sample()) && is_undone(own.name, sample()), "a journal's own mark does not name it");
    require(!is_undone(own.name, {}), "nothing undoes an erasure");
    auto const parts = fuzzing::pieces_of(input);
    auto const name = std::string(erased_folder) + parts[0];
    if (is_undone(name, sample())) {
        bool known = false;
        for (std::size_t number = 1; number <= sample().total(); ++number)
            known = known || name.contains(sample().hash_of_line(number));
        require(known, "a mark of another history is undone by this one");
    }
    if (parts.size() > 1 && names_whole(parts[1], sample()))
        require(parts[1].contains(sample().last_hash()), "a mark without the last event's hash names the whole");
}

void draft(std::string_view text) {
    auto const read = app::draft_of(text);
    if (!read) return;
    require(app::to_text(*read) == text, "a draft is written in another way");
    require(app::draft_of(app::to_text(*read)) == read, "a draft is read in another way");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto const [which, rest] = fuzzing::choose(data, size);
    switch (which) {
        case 'n': segment_name(rest); break;
        case 'e': erasure_mark(rest); break;
        case 'd': draft(rest); break;
        default: journal_files(rest);
    }
    return 0;
}
