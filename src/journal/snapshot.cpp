#include "journal/snapshot.h"

#include "base/deflate.h"
#include "base/sha256.h"
#include "journal/binary.h"
#include "journal/canonical.h"
#include "journal/event_number.h"
#include "journal/heads.h"

#include <charconv>
#include <functional>
#include <type_traits>

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

void read(BinaryReader& reader, Folded& folded) {
    reader.read(folded.workspace);
    reader.read(folded.last_at);
    for (std::uint64_t left = reader.count(); left > 0 && !reader.failed(); --left) {
        std::string account;
        reader.read(account);
        Folded::Stream stream;
        std::uint32_t last = 0;
        for (std::uint64_t numbers = reader.count(); numbers > 0 && !reader.failed(); --numbers)
            stream.push_back(last += static_cast<std::uint32_t>(reader.count()));
        folded.streams.emplace_hint(folded.streams.end(), std::move(account), std::move(stream));
    }
}

// The lines of a file whose bytes are those that were verified; false where they are not in the form that is written.
bool add_lines(Lines& lines, std::string_view text) {
    for (Pieces pieces{text}; auto piece = pieces.next();) {
        if (piece->block) {
            lines.add(*std::move(piece->block));
        } else if (!is_head_line(piece->line)) {
            if (!parted(piece->line)) return false;
            lines.add(piece->line);
        }
    }
    return true;
}

}  // namespace

// ---- Making one -------------------------------------------------------------------------------------------

namespace {

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

SnapshotFile to_snapshot(const WorkspaceLog& log, std::vector<Covered> files) {
    SnapshotMaking making{log, std::move(files)};
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

std::optional<Restored> restored(SnapshotFile file, std::map<std::string, std::string, std::less<>>& files) {
    if (file.name != name_of(events_in_snapshot(file.name), sha256_hex(file.bytes))) return std::nullopt;
    const std::size_t header_end = file.bytes.find('\n');
    if (header_end == std::string::npos) return std::nullopt;
    Header header;
    CanonicalReader text{std::string_view(file.bytes).substr(0, header_end)};
    text.read(header);
    text.expect_end();
    if (text.failed() || header.snapshot != kind || header.program != program()) return std::nullopt;

    for (const Covered& covered : header.files) {
        const auto found = files.find(covered.name);
        if (found == files.end() || sha256_hex(found->second) != covered.sha256) return std::nullopt;
    }
    Lines lines;
    for (const Covered& covered : header.files)
        if (!add_lines(lines, files.extract(covered.name).mapped())) return std::nullopt;
    if (lines.size() != header.events) return std::nullopt;
    Folded folded;
    {
        const std::string bytes =
            inflated(std::string_view(file.bytes).substr(header_end + 1), static_cast<std::size_t>(header.bytes));
        file = {};
        BinaryReader binary{bytes};
        std::string positions, marks;
        read(binary, folded);
        binary.read(positions);
        binary.read(marks);
        lines.take_marks(marks);
        if (!binary.is_done() || to_hex(lines.head(lines.size())) != header.head) return std::nullopt;
        folded.positions = Positions::of_bytes(positions);
    }
    folded.workspace.index();
    return Restored{.log = WorkspaceLog(std::move(lines), std::move(folded)), .files = std::move(header.files)};
}

}  // namespace ca::journal
