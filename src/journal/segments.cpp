#include "journal/segments.h"

#include "base/sha256.h"
#include "base/text.h"
#include "journal/event_number.h"
#include "journal/heads.h"
#include "journal/packed.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <map>
#include <ranges>

namespace ca::journal {
namespace {

constexpr std::string_view extension = ".jsonl";

// Digits as they are written, 0 for anything else (no event has that number).
std::size_t parse_number(std::string_view text) {
    std::size_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    return problem == std::errc{} && end == text.data() + text.size() && to_file_digits(value) == text ? value : 0;
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

constexpr std::size_t events_a_slice = 400;  // some 20 ms in a browser

std::string_view next_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

using Texts = std::map<std::string, std::string, std::less<>>;  // of files, by name

// Whether the log holds this segment, going by the segment's name: so not read again what was folded elsewhere. Reading
// a journal from nothing takes no name's word for it.
bool holds(const WorkspaceLog& log, const Segment& segment) {
    return segment.last <= log.size() && log.head_at(segment.last) == segment.hash;
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

// Takes segments into a log, in reading order. What is wrong with a file is noted, and judged when all have been taken:
// another file may hold the same events in good order.
class Reading {
public:
    Reading(Loaded& into, const Texts& texts, LoadProgress& progress)
        : into_(into), texts_(texts), progress_(progress) {}

    Sliced<> take(const Segment& segment) {
        const std::string name = to_file_name(segment);
        const auto text = texts_.find(name);
        if (text == texts_.end()) {  // known by its name already
            assert(holds(into_.log, segment));
            into_.segments.push_back(segment);
            co_return;
        }
        const std::size_t next = into_.log.total() + 1;
        Result<> taken;
        if (segment.first > next) {
            bad_number_ = next;
            taken = fail("missing_events", "The file that holds it is missing; the next one begins with event " +
                                               std::to_string(segment.first) + ".");
        } else {
            taken = co_await take_lines(segment, text->second);
        }
        if (taken) {
            into_.segments.push_back(segment);
        } else {
            notes_.push_back({bad_number_, name, std::move(taken.error())});
            into_.bad_files.push_back(name);
        }
    }

    bool is_sound() const { return notes_.empty() && into_.log.unread_lines().empty(); }

    // The damage that no other file made good: the first bad event that is not in the log after all.
    void finish() {
        const std::size_t reached = into_.log.total();
        const auto is_damage = [&](const Note& note) {
            return note.number > reached || note.error.code == "two_versions";
        };
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
        const std::string before = note.number == 1 ? "There is no event before it."
                                   : note.number == 2
                                       ? "The event before it is in use."
                                       : "The " + std::to_string(note.number - 1) + " events before it are in use.";
        return {note.error.code,
                "Event " + std::to_string(note.number) + " is not sound. " + note.error.message + " " + before +
                    " Nothing is deleted: from the next change on, what follows is kept in the folder quarantine. (" +
                    note.file + ")",
                "event " + std::to_string(note.number)};
    }

    Sliced<Result<>> take_lines(const Segment& segment, std::string_view text) {
        WorkspaceLog& log = into_.log;
        std::size_t number = segment.first;
        bad_number_ = number;
        if (co_await is_another(segment, text)) co_return fail("two_versions", another_words);
        bool has_head = false;  // it has said what it goes on from
        for (Pieces pieces{text}; auto piece = pieces.next();) {
            bad_number_ = number;
            if (piece->is_whole && is_head_line(piece->line)) {
                // Beyond what is known there is no head to compare with.
                if (has_head || number > log.total() + 1)
                    co_return fail("bad_entry", "Its file has a line that does not belong there.");
                if (auto checked = check_head_line(piece->line, number, log.head_of_line(number - 1)); !checked)
                    co_return checked;
                has_head = true;
                continue;
            }
            if (!has_head && log.knows_chain() &&
                (piece->block ? piece->block->format : format_in(piece->line)) == format_version)
                co_return fail("bad_entry", "Its file does not say what it goes on from.");
            if (piece->block) {
                const std::string lines = pieces.lines(*piece);
                for (std::string_view rest = lines; !rest.empty(); ++number) {
                    if (auto taken = take_line(segment, number, next_line(rest)); !taken) co_return taken;
                    if (is_slice_over()) co_await slice_ends;
                }
                log.are_packed(*std::move(piece->block));
            } else if (!piece->is_whole) {
                co_return fail("cut_short", "Its file is cut short.");
            } else {
                if (auto taken = take_line(segment, number++, piece->line); !taken) co_return taken;
                if (is_slice_over()) co_await slice_ends;
            }
        }
        bad_number_ = number;
        if (number <= segment.last) co_return fail("cut_short", "Its file is cut short.");
        if (log.knows_chain() && log.head_of_line(segment.last) != segment.hash) {
            bad_number_ = segment.last;
            co_return fail("two_versions", another_words);
        }
        co_return Result<>{};
    }

    bool is_slice_over() {
        progress_.done = into_.log.total();
        return progress_.done % events_a_slice == 0;
    }

    // Whether a file that comes next goes on from what is known, holds as many lines as its name says, each sound in
    // itself, and yet not those that the name speaks of: then it cannot be said which of them were exchanged, and none
    // is taken.
    Sliced<bool> is_another(const Segment& segment, std::string_view text) const {
        constexpr std::size_t pieces_a_slice = 32;
        const WorkspaceLog& log = into_.log;
        if (segment.first != log.total() + 1) co_return false;
        Pieces pieces{text};
        const auto first = pieces.next();
        if (!first || !check_head_line(first->line, segment.first, log.last_head())) co_return false;
        Digest head = hash_bytes(log.last_head()).value();
        std::size_t count = 0, seen = 0;
        const auto follow = [&](const Digest& hash) {
            head = next_head(head, hash);
            ++count;
        };
        while (const auto piece = pieces.next()) {
            const auto hash = piece->block ? std::nullopt : hash_bytes(hash_in(piece->line));
            if (hash && format_in(piece->line) == format_version) follow(*hash);
            else if (!piece->block) co_return false;
            else
                for (const Seal& seal : piece->block->seals) follow(seal.hash);
            if (++seen % pieces_a_slice == 0) co_await slice_ends;
        }
        co_return count == segment.count() && to_hex(head) != segment.hash&& is_sound_in_itself(text);
    }

    static bool is_sound_in_itself(std::string_view text) {
        for (Pieces pieces{text}; const auto piece = pieces.next();) {
            const std::string lines = pieces.lines(*piece);
            for (std::string_view rest = lines; !rest.empty();)
                if (const auto line = next_line(rest); !is_head_line(line) && !read_line(line)) return false;
        }
        return true;
    }

    static constexpr const char* another_words = "It is not the one that the name of its file speaks of.";

    Result<> take_line(const Segment& segment, std::size_t number, std::string_view line) {
        bad_number_ = number;
        if (number > segment.last) return fail("bad_entry", "Its file holds more events than its name says.");
        if (number > into_.log.total()) return into_.log.append_line(line);
        if (line == into_.log.line_at(number)) return {};
        return fail("two_versions", "There are two versions of it, in different files; the one read first is in use.");
    }

    Loaded& into_;
    const Texts& texts_;
    LoadProgress& progress_;
    std::vector<Note> notes_;
    std::size_t bad_number_ = 0;
};

// ---- Snapshots --------------------------------------------------------------------------------------------

// The files from the first event on that will stay, to the last long one, where a snapshot of them is due; else none. A
// short one between long ones stays, because there is nothing to fold it with.
std::vector<Segment> due_for_snapshot(const std::vector<Segment>& segments, std::size_t covers, const Sizes& sizes) {
    std::size_t reached = 0, files = 0, last = 0, short_ones = 0;
    for (const Segment& segment : segments) {
        if (segment.first != reached + 1) break;
        reached = segment.last;
        ++files;
        const bool is_long = segment.count() >= sizes.small_segment_events_max;
        short_ones = is_long ? 0 : short_ones + 1;
        if (short_ones > 1) break;
        if (is_long) last = files;
    }
    const std::size_t would_cover = last == 0 ? 0 : segments[last - 1].last;
    if (would_cover < covers + std::max(sizes.snapshot_events_min, covers / 4)) return {};
    return {segments.begin(), segments.begin() + static_cast<std::ptrdiff_t>(last)};
}

// With those first that a snapshot knows of already.
Sliced<std::vector<Covered>> covered(const std::vector<Segment>& segments, std::vector<Covered> known,
                                     const Texts& texts) {
    for (std::size_t i = known.size(); i < segments.size(); ++i) {
        std::string name = to_file_name(segments[i]);
        std::string sha256 = co_await sha256_hex_sliced(texts.find(name)->second);
        known.push_back({std::move(name), std::move(sha256)});
    }
    co_return known;
}

// Begins with what the newest snapshot stands for: these segments, which must be the first in reading order with
// nothing beside them. None where none is good; then the journal itself says it all.
Sliced<std::vector<Covered>> take_snapshot(Loaded& into, const std::vector<Segment>& segments, Texts& texts,
                                           const std::vector<std::string>& names, const ReadFile& read) {
    const std::vector<Covered> none;
    if (names.empty()) co_return none;
    const std::string& newest = names.back();  // they are sorted, and begin with the number of events
    auto bytes = read(newest);
    if (!bytes) co_return none;
    SnapshotFile file{newest, *std::move(bytes)};
    auto restored = co_await journal::restored(std::move(file), texts);
    if (!restored || restored->files.size() > segments.size()) co_return none;
    const std::size_t count = restored->files.size(), events = restored->log.size();
    for (std::size_t i = 0; i < count; ++i)
        if (to_file_name(segments[i]) != restored->files[i].name) co_return none;
    if (count < segments.size() && segments[count].first <= events) co_return none;
    into.log = std::move(restored->log);
    into.segments.assign(segments.begin(), segments.begin() + static_cast<std::ptrdiff_t>(count));
    into.snapshot_covers = events;
    co_return std::move(restored->files);
}

// ---- What lies there --------------------------------------------------------------------------------------

struct Listed {
    std::vector<Segment> segments{};  // in reading order
    std::vector<std::string> quarantine{}, erasures{}, asides{}, snapshots{};
};
Listed listed(const std::vector<std::string>& names) {
    Listed there;
    for (const std::string& name : names) {
        if (name.starts_with(quarantine_folder)) there.quarantine.push_back(name);
        if (name.starts_with(erased_folder)) there.erasures.push_back(name);
        if (name.starts_with(aside_folder)) there.asides.push_back(name);
        if (events_in_snapshot(name) > 0) there.snapshots.push_back(name);
        if (auto segment = parse_file_name(name)) there.segments.push_back(std::move(*segment));
    }
    std::ranges::sort(there.segments, reads_before);
    return there;
}

// Reads what lies there, from what is known where that can be gone on from.
class Loading {
public:
    Loading(Listed there, ReadFile read, const Sizes& sizes, LoadProgress& progress)
        : there_(std::move(there)), read_(std::move(read)), sizes_(sizes), progress_(progress) {}

    // `known` gives its log away, for as long as one slice, where that can be gone on from; it has it still where this
    // is an error, or where the answer does not go on from it.
    Sliced<Result<Loaded>> load(Loaded& known) {
        Loaded fresh;
        if (can_go_on_from(known)) {
            // All reading comes first, so that a failure leaves everything as it was.
            if (auto texts = read_texts(&known.log); !texts) co_return std::unexpected(texts.error());
            std::optional<Sealed> added;
            if (bytes_read() > sizes_.read_at_once_max) added = co_await read_beside(known.log);
            fresh.log = std::move(known.log);
            fresh.snapshot_covers = known.snapshot_covers;
            if (added) {
                fresh.log.append(*std::move(added));
                fresh.segments = there_.segments;
                co_return whole(std::move(fresh));
            }
            at_once(take(fresh, {}, {}));
            if (!fresh.damage) co_return whole(std::move(fresh));
            // Perhaps what lies there was exchanged for another journal, which is sound in itself.
            known.log = std::move(fresh.log);
            fresh = {};
        }
        if (auto texts = read_texts(nullptr); !texts) co_return std::unexpected(texts.error());
        const auto known_files = co_await take_snapshot(fresh, there_.segments, texts_, there_.snapshots, read_);
        // Those again that a snapshot took in vain.
        if (auto texts = read_texts(nullptr, known_files.size()); !texts) co_return std::unexpected(texts.error());
        for (const Segment& segment : there_.segments) progress_.all = std::max(progress_.all, segment.last);
        co_await take(fresh, known_files, due_for_snapshot(there_.segments, fresh.snapshot_covers, sizes_));
        co_return whole(std::move(fresh));
    }

private:
    // What is known can be gone on from if it is sound and still lies there: files reach as far without a gap, and no
    // file of the same events has another name for them.
    bool can_go_on_from(const Loaded& known) const {
        const std::size_t total = known.log.total();
        const auto agrees = [&](const Segment& segment) { return segment.last > total || holds(known.log, segment); };
        return total > 0 && !known.damage && known.log.unread_lines().empty() &&
               std::ranges::all_of(there_.segments, agrees) && cover_all(there_.segments, total);
    }

    // But those that a log holds already, and the first so many.
    Result<> read_texts(const WorkspaceLog* held, std::size_t from = 0) {
        for (const Segment& segment : there_.segments | std::views::drop(from)) {
            std::string name = to_file_name(segment);
            if ((held && holds(*held, segment)) || texts_.contains(name)) continue;
            std::string text = CA_TRY(read_(name));
            texts_.emplace(std::move(name), std::move(text));
        }
        return {};
    }

    std::size_t bytes_read() const {
        std::size_t bytes = 0;
        for (const auto& [name, text] : texts_) bytes += text.size();
        return bytes;
    }

    // What files add to a log, beside it, so that it stays in use meanwhile. None where anything is not sound in the
    // plainest way: what is then, whoever reads it from the first of these files on can say.
    Sliced<std::optional<Sealed>> read_beside(const WorkspaceLog& log) {
        const std::optional<Sealed> none;
        Sealed sealed{log};
        const auto total = [&] { return log.size() + sealed.size(); };
        for (const Segment& segment : there_.segments) {
            const auto text = texts_.find(to_file_name(segment));
            if (text == texts_.end()) continue;  // known by its name
            if (segment.first != total() + 1) co_return none;
            bool has_head = false;
            for (Pieces pieces{text->second}; auto piece = pieces.next();) {
                if (!piece->is_whole) co_return none;
                if (!piece->block && is_head_line(piece->line)) {
                    if (has_head || !check_head_line(piece->line, total() + 1, sealed.head())) co_return none;
                    has_head = true;
                    continue;
                }
                if (!has_head) co_return none;
                const std::string lines = pieces.lines(*piece);
                for (std::string_view rest = lines; !rest.empty();) {
                    const auto is_new = sealed.add_line(next_line(rest));
                    if (!is_new || !*is_new) co_return none;
                    progress_.done = total();
                    if (total() % events_a_slice == 0) co_await slice_ends;
                }
            }
            if (total() != segment.last || sealed.head() != segment.hash || !sealed.check()) co_return none;
        }
        co_return std::optional<Sealed>(std::move(sealed));
    }

    // The segments after those files that a snapshot stood for; a new snapshot is begun of `to_cover`.
    Sliced<> take(Loaded& fresh, std::vector<Covered> known_files, std::vector<Segment> to_cover) {
        Reading reading{fresh, texts_, progress_};
        for (std::size_t i = known_files.size(); i < there_.segments.size(); ++i) {
            co_await reading.take(there_.segments[i]);
            if (i + 1 != to_cover.size() || !reading.is_sound()) continue;
            auto files = co_await covered(to_cover, known_files, texts_);
            fresh.snapshot.emplace(fresh.log, std::move(files));
        }
        reading.finish();
        if (!fresh.bad_files.empty()) fresh.snapshot.reset();
    }

    Loaded whole(Loaded fresh) {
        fresh.quarantine = std::move(there_.quarantine);
        fresh.erasures = std::move(there_.erasures);
        fresh.asides = std::move(there_.asides);
        fresh.snapshots = std::move(there_.snapshots);
        return fresh;
    }

    Listed there_;
    ReadFile read_;
    Sizes sizes_;
    LoadProgress& progress_;
    Texts texts_;
};

// The lines of a segment's file, one after another, with the one that says what it goes on from (heads.h).
class SegmentLines {
public:
    SegmentLines(const WorkspaceLog& log, const Segment& segment)
        : log_(log), first_(segment.first), last_(segment.last) {
        assert(segment.last <= log.total());
    }
    std::optional<std::string> next() {
        if (number_ == last_) return std::nullopt;
        const std::size_t number = number_ + 1;
        const auto is_chained = [&](std::size_t at) { return log_.format_at(at) == format_version; };
        if (!has_head_ && is_chained(number) && (number == first_ || !is_chained(number - 1))) {
            has_head_ = true;
            return head_line(number, log_.head_of_line(number - 1));
        }
        number_ = number;
        return log_.line_at(number);
    }

private:
    const WorkspaceLog& log_;
    std::size_t first_, last_, number_ = first_ - 1;
    bool has_head_ = false;
};

// The events from `first` on, in files under names that no bad file has: one that holds all its name says, and more
// after that, has the very name. Then they begin earlier (files may overlap), or are parted. Empty where there is no
// other name: for the very first event alone.
std::vector<Segment> segments_to_keep(const Loaded& loaded, std::size_t first) {
    const std::size_t last = loaded.log.size();
    const auto segment = [&](std::size_t from, std::size_t to) { return Segment{from, to, loaded.log.head_at(to)}; };
    const auto is_free = [&](const Segment& each) {
        return std::ranges::find(loaded.bad_files, to_file_name(each)) == loaded.bad_files.end();
    };
    for (std::size_t from = first; from > 0; --from) {
        if (is_free(segment(from, last))) return {segment(from, last)};
    }
    for (std::size_t end = first; end < last; ++end) {
        if (is_free(segment(first, end)) && is_free(segment(end + 1, last)))
            return {segment(first, end), segment(end + 1, last)};
    }
    return {};
}

}  // namespace

// ---- Names ------------------------------------------------------------------------------------------------

std::string to_file_name(const Segment& segment) {
    return std::string(segment_folder) + to_file_digits(segment.first) + "-" + to_file_digits(segment.last) + "-" +
           segment.hash + std::string(extension);
}

std::optional<Segment> parse_file_name(std::string_view name) {
    if (!name.starts_with(segment_folder) || !name.ends_with(extension)) return std::nullopt;
    const std::string_view stem =
        name.substr(segment_folder.size(), name.size() - segment_folder.size() - extension.size());
    const auto parts = split(stem, '-');
    if (parts.size() != 3 || parts[2].size() != hash_length || !std::ranges::all_of(parts[2], is_hex_digit))
        return std::nullopt;
    const Segment segment{parse_number(parts[0]), parse_number(parts[1]), parts[2]};
    if (segment.first == 0 || segment.last < segment.first) return std::nullopt;
    return segment;
}

// ---- Loading ----------------------------------------------------------------------------------------------

Sliced<Result<Change>> load_sliced(Loaded& loaded, std::vector<std::string> names, ReadFile read, Sizes sizes,
                                   LoadProgress& progress) {
    progress = {};
    std::ranges::sort(names);
    if (names == loaded.seen) co_return Change::none;
    const std::size_t known = loaded.log.total();
    const std::string head = loaded.log.last_head();
    const auto damage = loaded.damage;
    Loading loading{listed(names), std::move(read), sizes, progress};
    auto read_anew = co_await loading.load(loaded);
    if (!read_anew) co_return std::unexpected(read_anew.error());
    Loaded fresh = *std::move(read_anew);
    fresh.seen = std::move(names);
    const bool goes_on = fresh.log.total() >= known && fresh.log.head_of_line(known) == head;
    if (!goes_on) fresh.before = std::move(loaded.log);
    loaded = std::move(fresh);

    if (!goes_on) co_return Change::replaced;
    co_return loaded.log.total() > known || loaded.damage != damage ? Change::grown : Change::none;
}

Result<Change> load(Loaded& loaded, std::vector<std::string> names, const ReadFile& read, const Sizes& sizes) {
    LoadProgress progress;
    return at_once(load_sliced(loaded, std::move(names), read, sizes, progress));
}

// ---- Repair and upkeep ------------------------------------------------------------------------------------

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

std::vector<Segment> plan_snapshot(const Loaded& loaded, const Sizes& sizes) {
    if (loaded.damage || !loaded.bad_files.empty() || !loaded.log.unread_lines().empty()) return {};
    auto files = due_for_snapshot(loaded.segments, loaded.snapshot_covers, sizes);
    return files.empty() || files.back().last != loaded.log.size() ? std::vector<Segment>{} : files;
}

Upkeep plan_upkeep(const Loaded& loaded, const Sizes& sizes) {
    Upkeep upkeep;
    if (loaded.damage || !loaded.bad_files.empty() || !loaded.log.unread_lines().empty()) return upkeep;
    auto [needed, redundant] = cover(loaded.segments);
    upkeep.redundant = std::move(redundant);

    const auto is_small = [&](const Segment& segment) { return segment.count() < sizes.small_segment_events_max; };
    if (static_cast<std::size_t>(std::ranges::count_if(needed, is_small)) <= sizes.small_segments_max) return upkeep;
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
    std::string text;
    SegmentLines lines{log, segment};
    while (const auto line = lines.next()) (text += *line) += '\n';
    return text;
}

std::string segment_file(const WorkspaceLog& log, const Segment& segment) {
    Packer packer;
    SegmentLines lines{log, segment};
    while (const auto line = lines.next()) packer.add(*line);
    return std::move(packer).text();
}

bool is_segment(const WorkspaceLog& log, const Segment& segment, std::string_view file) {
    SegmentLines expected{log, segment};
    for (Pieces pieces{file}; const auto piece = pieces.next();) {
        const std::string lines = pieces.lines(*piece);
        if (!lines.ends_with('\n')) return false;
        for (std::string_view rest = lines; !rest.empty();)
            if (next_line(rest) != expected.next()) return false;
    }
    return !expected.next();
}

}  // namespace ca::journal
