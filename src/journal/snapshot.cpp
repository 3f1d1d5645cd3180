#include "journal/snapshot.h"

#include "base/deflate.h"
#include "base/sha256.h"
#include "journal/binary.h"
#include "journal/canonical.h"
#include "journal/event_number.h"
#include "journal/heads.h"

#include <charconv>

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

// The numbers of a stream only grow, so their differences are written, which are short.
void write(BinaryWriter& writer, const Folded& folded) {
    writer.write(folded.workspace);
    writer.write(folded.last_at);
    writer.count(folded.streams.size());
    for (const auto& [account, stream] : folded.streams) {
        writer.write(account);
        writer.count(stream.size());
        std::uint32_t last = 0;
        for (const std::uint32_t number : stream) writer.count(number - std::exchange(last, number));
    }
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

SnapshotFile to_snapshot(const WorkspaceLog& log, std::vector<Covered> files) {
    std::string folded;
    const std::string positions = log.folded().positions.to_bytes(), head = log.head();
    BinaryWriter binary{folded};
    write(binary, log.folded());
    binary.write(positions);
    binary.write(log.lines().marks());
    const Header header{.events = static_cast<std::uint32_t>(log.size()),
                        .head = head,
                        .files = std::move(files),
                        .bytes = static_cast<std::int64_t>(folded.size())};
    std::string bytes;
    CanonicalWriter{bytes}.write(header);
    bytes += '\n';
    bytes += deflated(folded);
    std::string name = name_of(log.size(), sha256_hex(bytes));
    return {.name = std::move(name), .bytes = std::move(bytes)};
}

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
