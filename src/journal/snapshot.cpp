#include "journal/snapshot.h"

#include "base/deflate.h"
#include "base/sha256.h"
#include "journal/binary.h"
#include "journal/canonical.h"
#include "journal/event_number.h"
#include "journal/heads.h"

#include <charconv>
#include <deque>
#include <functional>
#include <type_traits>
#include <utility>

namespace ca::journal {
namespace {

constexpr std::string_view kind = "connection-agreements", extension = ".bin";

struct Header {
    std::string snapshot{kind};
    std::string program{journal::program()};
    std::uint32_t events = 0;
    std::string head;
    std::vector<Covered> files;
    std::int64_t bytes = 0;  // before deflating
    static void describe(auto&& member, auto& self) {
        member("snapshot", self.snapshot);
        member("program", self.program);
        member("events", self.events);
        member("head", self.head);
        member("files", self.files);
        member("bytes", self.bytes);
    }
};

std::string name_of(std::size_t events, std::string_view sha256) {
    return std::string(snapshot_folder) + to_file_digits(events) + "-" + std::string(sha256) + std::string(extension);
}

template<typename T>
struct is_long : std::false_type {};
template<typename Key, typename Value, typename Owner>
struct is_long<lifecycle::Shelf<Key, Value, Owner>> : std::true_type {};

}  // namespace

struct SnapshotMaking::State {
    State(const WorkspaceLog& log, std::vector<Covered> files) : folded(log.folded()) {
        header.events = static_cast<std::uint32_t>(log.size());
        header.head = log.head();
        header.files = std::move(files);
        marks = log.lines().marks();
        lifecycle::Workspace::describe([this](std::string_view, const auto& part) { plan(part); }, folded.workspace);
        plan(folded.last_at);
        steps.emplace_back([this] { return binary.count(folded.streams.size()), true; });
        plan_each(folded.streams, [this](const auto& stream) { write_stream(stream.first, stream.second); });
        steps.emplace_back([this] {
            positions = folded.positions.to_bytes();
            folded.positions = {};
            return true;
        });
        plan(positions);
        plan(marks);
    }

    bool go_on() {
        const bool is_written = done == steps.size();
        if (raw.size() - packed >= raw_max || is_written) {
            const std::string_view next = std::string_view(raw).substr(packed, raw_max);
            deflater.add(next);
            packed += next.size();
            header.bytes += static_cast<std::int64_t>(next.size());
        } else if (steps[done]()) {
            ++done;
        }
        if (packed < raw.size()) return false;
        raw.clear();
        packed = 0;
        return is_written;
    }

    // A browser writes so much in some 20 ms.
    static constexpr std::size_t entries_a_step = 1'000, raw_max = 256 * 1024;
    using Step = std::function<bool()>;  // true: it is done

    template<typename T>
    void plan(const T& part) {
        if constexpr (is_long<T>::value) {
            steps.emplace_back([this, &part] { return binary.count(part.size()), true; });
            plan_each(part, [this](const auto& entry) {
                binary.write(entry.first);
                binary.write(entry.second);
            });
        } else {
            steps.emplace_back([this, &part] { return binary.write(part), true; });
        }
    }
    void plan_each(const auto& entries, auto write) {
        steps.emplace_back([&entries, write, at = entries.begin()]() mutable {
            for (std::size_t left = entries_a_step; left > 0 && at != entries.end(); --left, ++at) write(*at);
            return at == entries.end();
        });
    }
    // The numbers of a stream only grow, so their differences are written, which are short.
    void write_stream(const std::string& account, const Folded::Stream& stream) {
        binary.write(account);
        binary.count(stream.size());
        std::uint32_t last = 0;
        for (const std::uint32_t number : stream) binary.count(number - std::exchange(last, number));
    }

    Folded folded;
    Header header;
    std::string positions, marks, raw;
    BinaryWriter binary{raw};
    Deflater deflater{Packing::quick};
    std::vector<Step> steps;
    std::size_t done = 0;    // of these
    std::size_t packed = 0;  // of the raw bytes
};

SnapshotMaking::SnapshotMaking(const WorkspaceLog& log, std::vector<Covered> files)
    : state_(std::make_unique<State>(log, std::move(files))) {}
SnapshotMaking::SnapshotMaking(SnapshotMaking&&) noexcept = default;
SnapshotMaking& SnapshotMaking::operator=(SnapshotMaking&&) noexcept = default;
SnapshotMaking::~SnapshotMaking() = default;
bool SnapshotMaking::go_on() { return state_->go_on(); }
std::size_t SnapshotMaking::events() const { return state_->header.events; }
const std::string& SnapshotMaking::head() const { return state_->header.head; }

SnapshotFile SnapshotMaking::file() && {
    std::string bytes;
    CanonicalWriter{bytes}.write(state_->header);
    bytes += '\n';
    bytes += std::move(state_->deflater).packed();
    std::string name = name_of(state_->header.events, sha256_hex(bytes));
    return {.name = std::move(name), .bytes = std::move(bytes)};
}

SnapshotFile to_snapshot(SnapshotMaking making) {
    while (!making.go_on()) {
    }
    return std::move(making).file();
}

// ---- Taking one -------------------------------------------------------------------------------------------

std::size_t events_in_snapshot(std::string_view name) {
    if (!name.starts_with(snapshot_folder) || !name.ends_with(extension)) return 0;
    name.remove_prefix(snapshot_folder.size());
    std::size_t events = 0;
    const auto [end, problem] = std::from_chars(name.data(), name.data() + name.size(), events);
    return problem == std::errc{} && end - name.data() == std::ptrdiff_t{event_number_width} ? events : 0;
}

namespace {

// The lines of a file whose bytes are those that were verified; false where they are not in the form that is written.
Sliced<bool> add_lines(Lines& lines, std::string_view text) {
    constexpr std::size_t bytes_a_slice = 2u * 1024 * 1024;
    std::size_t bytes = 0;
    for (Pieces pieces{text}; auto piece = pieces.next();) {
        if (piece->block) {
            bytes += piece->block->deflated.size();
            lines.add(*std::move(piece->block));
        } else if (!is_head_line(piece->line)) {
            if (!parted(piece->line)) co_return false;
            bytes += piece->line.size();
            lines.add(piece->line);
        }
        if (bytes < bytes_a_slice) continue;
        bytes = 0;
        co_await slice_ends;
    }
    co_return true;
}

// Where a slice of reading ends: after so many bytes.
class Reading : public BinaryReader {
public:
    using BinaryReader::BinaryReader;
    bool is_slice_over() {
        constexpr std::uint64_t bytes_a_slice = 768u * 1024;  // some 30 ms in a browser
        if (last_ - left() < bytes_a_slice) return false;
        last_ = left();
        return true;
    }

private:
    std::uint64_t last_ = left();
};

template<typename T>
Sliced<> read_sliced(Reading& reader, T& part) {
    reader.read(part);
    co_return;
}

template<typename Key, typename Value, typename Owner>
Sliced<> read_sliced(Reading& reader, lifecycle::Shelf<Key, Value, Owner>& part) {
    typename lifecycle::Shelf<Key, Value, Owner>::Filler filler;
    for (std::uint64_t left = reader.length(); left > 0 && !reader.failed(); --left) {
        Key key{};
        Value value;
        reader.read(key);
        reader.read(value);
        filler.add(std::move(key), std::move(value));
        if (reader.is_slice_over()) co_await slice_ends;
    }
    part = std::move(filler).shelf();
}

template<typename T>
Sliced<> read_sliced(Reading& reader, immer::vector<T>& part) {
    auto filled = immer::vector<T>{}.transient();
    for (std::uint64_t left = reader.length(); left > 0 && !reader.failed(); --left) {
        T value;
        reader.read(value);
        filled.push_back(std::move(value));
        if (reader.is_slice_over()) co_await slice_ends;
    }
    part = filled.persistent();
}

template<typename T>
Sliced<> read_sliced(Reading& reader, std::map<std::string, T>& part);

// Member by member.
Sliced<> read_members(Reading& reader, auto& of) {
    std::vector<Sliced<>> members;
    std::remove_reference_t<decltype(of)>::describe(
        [&](std::string_view, auto& member) { members.push_back(read_sliced(reader, member)); }, of);
    for (auto& member : members) co_await member;
}

Sliced<> read_sliced(Reading& reader, lifecycle::KeptRows& part) { return read_members(reader, part); }

template<typename T>
Sliced<> read_sliced(Reading& reader, std::map<std::string, T>& part) {
    for (std::uint64_t left = reader.length(); left > 0 && !reader.failed(); --left) {
        std::string key;
        reader.read(key);
        T& value = part.emplace_hint(part.end(), std::move(key), T{})->second;
        co_await read_members(reader, value);
    }
}

Sliced<> read_streams(Reading& reader, std::map<std::string, Folded::Stream, std::less<>>& streams) {
    for (std::uint64_t left = reader.count(); left > 0 && !reader.failed(); --left) {
        std::string account;
        reader.read(account);
        Folded::Stream stream;
        std::uint32_t last = 0;
        for (std::uint64_t numbers = reader.count(); numbers > 0 && !reader.failed(); --numbers)
            stream.push_back(last += static_cast<std::uint32_t>(reader.count()));
        stream.shrink_to_fit();
        streams.emplace_hint(streams.end(), std::move(account), std::move(stream));
        if (reader.is_slice_over()) co_await slice_ends;
    }
}

Sliced<> read_sliced(Reading& reader, Folded& folded) {
    co_await read_members(reader, folded.workspace);
    reader.read(folded.last_at);
    co_await read_streams(reader, folded.streams);
}

// In pieces, each of which can be let go of by itself.
std::deque<std::string> in_pieces(std::string bytes, std::size_t from) {
    constexpr std::size_t piece = 1u << 20;
    std::deque<std::string> pieces;
    for (; from < bytes.size(); from += piece) pieces.push_back(bytes.substr(from, piece));
    return pieces;
}

}  // namespace

Sliced<std::optional<Restored>> restored(SnapshotFile file, std::map<std::string, std::string, std::less<>>& files) {
    const std::string sha256 = co_await sha256_hex_sliced(file.bytes);
    if (file.name != name_of(events_in_snapshot(file.name), sha256)) co_return std::nullopt;
    const std::size_t header_end = file.bytes.find('\n');
    if (header_end == std::string::npos) co_return std::nullopt;
    Header header;
    CanonicalReader text{std::string_view(file.bytes).substr(0, header_end)};
    text.read(header);
    text.expect_end();
    if (text.failed() || header.snapshot != kind || header.program != program()) co_return std::nullopt;

    for (const Covered& covered : header.files) {
        const auto found = files.find(covered.name);
        if (found == files.end()) co_return std::nullopt;
        const std::string its_sha256 = co_await sha256_hex_sliced(found->second);
        if (its_sha256 != covered.sha256) co_return std::nullopt;
    }
    Lines lines;
    for (const Covered& covered : header.files) {
        const auto taken = files.extract(covered.name);
        const bool is_in_form = co_await add_lines(lines, taken.mapped());
        if (!is_in_form) co_return std::nullopt;
    }
    if (lines.size() != header.events) co_return std::nullopt;
    Folded folded;
    {
        constexpr std::size_t bytes_at_once = 256u * 1024;
        Inflater inflater{in_pieces(std::exchange(file.bytes, {}), header_end + 1)};
        Reading binary{static_cast<std::uint64_t>(header.bytes), [&] { return inflater.next(bytes_at_once); }};
        std::string positions, marks;
        co_await read_sliced(binary, folded);
        binary.read(positions);
        binary.read(marks);
        lines.take_marks(marks);
        if (!binary.is_done() || to_hex(lines.head(lines.size())) != header.head) co_return std::nullopt;
        folded.positions = Positions::of_bytes(positions);
    }
    co_await folded.workspace.index();
    Restored restored{.log = WorkspaceLog(std::move(lines), std::move(folded)), .files = std::move(header.files)};
    co_return restored;
}

}  // namespace ca::journal
