#include "journal/segments.h"

#include "base/text.h"
#include "journal/packed.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <map>

namespace ca::journal {
namespace {

constexpr std::size_t number_width = 9;
constexpr std::string_view extension = ".jsonl";

std::string padded(std::size_t number) {
    std::string digits = std::to_string(number);
    if (digits.size() < number_width) digits.insert(0, number_width - digits.size(), '0');
    return digits;
}

// Digits as `padded` writes them, 0 for anything else (no event has that number).
std::size_t parse_number(std::string_view text) {
    std::size_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    return problem == std::errc{} && end == text.data() + text.size() && padded(value) == text ? value : 0;
}

bool is_hex_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

// Reading order: what begins first, and of these the longest.
bool reads_before(const Segment& a, const Segment& b) {
    return a.first != b.first ? a.first < b.first : a.last != b.last ? a.last > b.last : a.hash < b.hash;
}

// The first file of each stretch in reading order that adds something to those before it; the others are redundant.
struct Cover {
    std::vector<Segment> needed, redundant;
};
Cover cover(const std::vector<Segment>& segments) {
    Cover out;
    std::size_t reached = 0;
    for (const Segment& segment : segments) {
        const bool adds = segment.last > reached;
        (adds ? out.needed : out.redundant).push_back(segment);
        if (adds) reached = segment.last;
    }
    return out;
}

using Texts = std::map<std::string, std::string, std::less<>>;  // of files, by name

// Whether the log holds this segment, going by the segment's name: so not read again what was folded elsewhere. Reading a journal
// from nothing takes no name's word for it.
bool holds(const WorkspaceLog& log, const Segment& segment) {
    return segment.last <= log.size() && log.hash_at(segment.last) == segment.hash;
}

// Whether, going by their names, files in reading order hold every event up to this one.
bool cover_all(const std::vector<Segment>& segments, std::size_t until) {
    std::size_t reached = 0;
    for (const Segment& segment : segments) {
        if (segment.first > reached + 1) break;
        reached = std::max(reached, segment.last);
    }
    return reached >= until;
}

// Takes segments into a log, in reading order. What is wrong with a file is noted, and judged when all have been taken: another
// file may hold the same events in good order.
class Reading {
public:
    Reading(Loaded& into, const Texts& texts) : into_(into), texts_(texts) {}

    void take(const Segment& segment) {
        const std::string name = to_file_name(segment);
        const auto text = texts_.find(name);
        if (text == texts_.end()) {  // known by its name already
            assert(holds(into_.log, segment));
            into_.segments.push_back(segment);
            return;
        }
        const std::size_t next = into_.log.total() + 1;
        Result<> taken;
        if (segment.first > next) {
            bad_number_ = next;
            taken = fail("missing_events", "The file that holds it is missing; the next one begins with event " +
                                               std::to_string(segment.first) + ".");
        } else {
            taken = take_lines(segment, text->second);
        }
        if (taken) {
            into_.segments.push_back(segment);
        } else {
            notes_.push_back({bad_number_, name, std::move(taken.error())});
            into_.bad_files.push_back(name);
        }
    }

    // The damage that no other file made good: the first bad event that is not in the log after all.
    void finish() {
        const std::size_t reached = into_.log.total();
        const auto is_damage = [&](const Note& note) { return note.number > reached || note.error.code == "two_versions"; };
        const Note* first = nullptr;
        for (const Note& note : notes_) {
            if (is_damage(note) && (!first || note.number < first->number)) first = &note;
        }
        if (!first) return;
        into_.damage = to_damage(*first);
        into_.first_bad = first->number;
    }

private:
    struct Note {
        std::size_t number;
        std::string file;
        Error error;
    };

    static Error to_damage(const Note& note) {
        const std::string before = note.number == 1   ? "There is no event before it."
                                   : note.number == 2 ? "The event before it is in use."
                                                      : "The " + std::to_string(note.number - 1) + " events before it are in use.";
        return {note.error.code,
                "Event " + std::to_string(note.number) + " is not sound. " + note.error.message + " " + before +
                    " Nothing is deleted: from the next change on, what follows is kept in the folder quarantine. (" + note.file + ")",
                "event " + std::to_string(note.number)};
    }

    Result<> take_lines(const Segment& segment, std::string_view text) {
        WorkspaceLog& log = into_.log;
        std::size_t number = segment.first;
        for (; !text.empty(); ++number) {
            bad_number_ = number;
            const std::size_t end = text.find('\n');
            if (end == std::string_view::npos) return fail("cut_short", "Its file is cut short.");
            const std::string_view line = text.substr(0, end);
            text.remove_prefix(end + 1);
            if (number > segment.last) return fail("bad_entry", "Its file holds more events than its name says.");
            if (number > log.total()) {
                CA_TRY_VOID(log.append_line(line));
            } else if (line != log.line_at(number)) {
                return fail("two_versions", "There are two versions of it, in different files; the one read first is in use.");
            }
        }
        bad_number_ = number;
        if (number <= segment.last) return fail("cut_short", "Its file is cut short.");
        if (log.hash_of_line(segment.last) != segment.hash) {
            bad_number_ = segment.last;
            return fail("two_versions", "It is not the one that the name of its file speaks of.");
        }
        return {};
    }

    Loaded& into_;
    const Texts& texts_;
    std::vector<Note> notes_;
    std::size_t bad_number_ = 0;
};

// The events from `first` on, in files under names that no bad file has: one that holds all its name says, and more after that, has the very
// name. Then they begin earlier (files may overlap), or are parted. Empty where there is no other name: for the very first event alone.
std::vector<Segment> segments_to_keep(const Loaded& loaded, std::size_t first) {
    const std::size_t last = loaded.log.size();
    const auto segment = [&](std::size_t from, std::size_t to) { return Segment{from, to, std::string(loaded.log.hash_at(to))}; };
    const auto is_free = [&](const Segment& each) { return std::ranges::find(loaded.bad_files, to_file_name(each)) == loaded.bad_files.end(); };
    for (std::size_t from = first; from > 0; --from) {
        if (is_free(segment(from, last))) return {segment(from, last)};
    }
    for (std::size_t end = first; end < last; ++end) {
        if (is_free(segment(first, end)) && is_free(segment(end + 1, last))) return {segment(first, end), segment(end + 1, last)};
    }
    return {};
}

}  // namespace

// ---- Names ----------------------------------------------------------------------------------------------------------------

std::string to_file_name(const Segment& segment) {
    return std::string(segment_folder) + padded(segment.first) + "-" + padded(segment.last) + "-" + segment.hash + std::string(extension);
}

std::optional<Segment> parse_file_name(std::string_view name) {
    if (!name.starts_with(segment_folder) || !name.ends_with(extension)) return std::nullopt;
    const std::string_view stem = name.substr(segment_folder.size(), name.size() - segment_folder.size() - extension.size());
    const auto parts = split(stem, '-');
    if (parts.size() != 3 || parts[2].size() != hash_length || !std::ranges::all_of(parts[2], is_hex_digit)) return std::nullopt;
    const Segment segment{parse_number(parts[0]), parse_number(parts[1]), parts[2]};
    if (segment.first == 0 || segment.last < segment.first) return std::nullopt;
    return segment;
}

// ---- Loading --------------------------------------------------------------------------------------------------------------

Result<Change> load(Loaded& loaded, std::vector<std::string> names, const ReadFile& read) {
    std::ranges::sort(names);
    if (names == loaded.seen) return Change::none;

    std::vector<Segment> segments;
    std::vector<std::string> quarantine, erasures, asides;
    for (const std::string& name : names) {
        if (name.starts_with(quarantine_folder)) quarantine.push_back(name);
        if (name.starts_with(erased_folder)) erasures.push_back(name);
        if (name.starts_with(aside_folder)) asides.push_back(name);
        if (auto segment = parse_file_name(name)) segments.push_back(std::move(*segment));
    }
    std::ranges::sort(segments, reads_before);

    // What is known can be gone on from if it is sound and still lies there: files reach as far without a gap, and no file of the
    // same events has another name for them.
    const std::size_t known = loaded.log.total();
    const auto agrees = [&](const Segment& segment) { return segment.last > known || holds(loaded.log, segment); };
    bool from_known = known > 0 && !loaded.damage && loaded.log.unread_lines().empty() && std::ranges::all_of(segments, agrees) &&
                      cover_all(segments, known);

    // All reading comes first, so that a failure leaves everything as it was.
    Texts texts;
    const auto read_texts = [&]() -> Result<> {
        for (const Segment& segment : segments) {
            std::string name = to_file_name(segment);
            if ((from_known && holds(loaded.log, segment)) || texts.contains(name)) continue;
            std::string text = unpacked(CA_TRY(read(name)));
            texts.emplace(std::move(name), std::move(text));
        }
        return {};
    };
    CA_TRY_VOID(read_texts());

    const std::string head{loaded.log.last_hash()};
    const auto damage = loaded.damage;
    Loaded fresh;
    const auto take_all = [&] {
        Reading reading{fresh, texts};
        for (const Segment& segment : segments) reading.take(segment);
        reading.finish();
    };
    if (from_known) {
        fresh.log = std::move(loaded.log);
        take_all();
        if (fresh.damage) {
            // Perhaps what lies there was exchanged for another journal, which is sound in itself.
            loaded.log = std::move(fresh.log);
            from_known = false;
            CA_TRY_VOID(read_texts());
            fresh = {};
            take_all();
        }
    } else {
        take_all();
    }
    fresh.quarantine = std::move(quarantine);
    fresh.erasures = std::move(erasures);
    fresh.asides = std::move(asides);
    fresh.seen = std::move(names);
    const bool goes_on = fresh.log.total() >= known && fresh.log.hash_of_line(known) == head;
    if (!goes_on) fresh.before = std::move(loaded.log);
    loaded = std::move(fresh);

    if (!goes_on) return Change::replaced;
    return loaded.log.total() > known || loaded.damage != damage ? Change::grown : Change::none;
}

// ---- Repair and upkeep ------------------------------------------------------------------------------------------------------

Repair plan_repair(const Loaded& loaded) {
    Repair repair;
    if (loaded.bad_files.empty()) return repair;
    std::size_t covered = 0;
    for (const Segment& segment : loaded.segments) {
        if (segment.first <= covered + 1) covered = std::max(covered, segment.last);
    }
    bool waits = false;
    if (covered < loaded.log.size()) {
        repair.keep = segments_to_keep(loaded, covered + 1);
        waits = repair.keep.empty();
    }
    for (const std::string& from : loaded.bad_files) {
        if (waits && parse_file_name(from)->first == 1) continue;
        std::string to = std::string(quarantine_folder) + from.substr(segment_folder.size());
        const std::string stem = to;
        for (int copy = 2; std::ranges::find(loaded.quarantine, to) != loaded.quarantine.end(); ++copy) {
            to = stem + "." + std::to_string(copy);
        }
        repair.moves.emplace_back(from, to);
    }
    return repair;
}

Upkeep plan_upkeep(const Loaded& loaded) {
    Upkeep upkeep;
    if (loaded.damage || !loaded.bad_files.empty() || !loaded.log.unread_lines().empty()) return upkeep;
    auto [needed, redundant] = cover(loaded.segments);
    upkeep.redundant = std::move(redundant);

    const auto is_small = [](const Segment& segment) { return segment.count() < small_segment_events_max; };
    if (static_cast<std::size_t>(std::ranges::count_if(needed, is_small)) <= small_segments_max) return upkeep;
    for (auto run = needed.begin(); run != needed.end();) {
        run = std::find_if(run, needed.end(), is_small);
        const auto end = std::find_if_not(run, needed.end(), is_small);
        if (end - run > 1) {
            upkeep.fold.push_back({run->first, std::prev(end)->last, std::prev(end)->hash});
            upkeep.redundant.insert(upkeep.redundant.end(), run, end);
        }
        run = end;
    }
    return upkeep;
}

std::string segment_text(const WorkspaceLog& log, const Segment& segment) {
    assert(segment.last <= log.total());
    std::string text;
    for (std::size_t number = segment.first; number <= segment.last; ++number) {
        text += log.line_at(number);
        text += '\n';
    }
    return text;
}

}  // namespace ca::journal
