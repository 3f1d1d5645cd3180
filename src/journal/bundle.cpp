#include "journal/bundle.h"

#include "journal/canonical.h"

#include <algorithm>

namespace ca::journal {
namespace {

constexpr std::string_view kind = "connection-agreements";

struct Header {
    std::string backup{kind};
    int format = format_version;
    std::uint64_t events = 0;
    std::string head;
    static void describe(auto&& member, auto& self) {
        member("backup", self.backup);
        member("format", self.format);
        member("events", self.events);
        member("head", self.head);
    }
};

std::unexpected<Error> bad_backup(std::string message, std::string where = {}) {
    return fail("bad_backup", message + " Nothing has been changed.", std::move(where));
}

// Takes the first line off; none where it does not end.
std::optional<std::string_view> next_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

// Its format is that of its last event, as far as that is known here.
Header header_of(const WorkspaceLog& log) {
    return {.format = log.total() == 0 ? format_version : std::min(log.format_at(log.total()), format_version),
            .events = log.total(),
            .head = log.last_head()};
}

}  // namespace

std::string to_bundle(const WorkspaceLog& log) {
    std::string out;
    CanonicalWriter{out}.write(header_of(log));
    out += '\n';
    for (std::size_t number = 1; number <= log.total(); ++number) {
        out += log.line_at(number);
        out += '\n';
    }
    return out;
}

Result<BundleReport> compare_bundle(const WorkspaceLog& log, std::string_view bundle) {
    const auto first = next_line(bundle);
    Header header;
    CanonicalReader reader{first.value_or("")};
    reader.read(header);
    reader.expect_end();
    if (reader.failed() || header.backup != kind) return bad_backup("This file is not a backup of the portal.");
    if (header.format != format_version && header.format != first_format) {
        return fail("newer_format",
                    "This backup was made by a newer version of the portal. Reload the page to get that version, "
                    "then import it again. Nothing has been changed.");
    }

    WorkspaceLog theirs;
    while (!bundle.empty()) {
        const std::string where = "event " + std::to_string(theirs.total() + 1);
        const auto line = next_line(bundle);
        if (!line) return bad_backup("This backup is cut short in the middle of " + where + ".", where);
        if (auto sound = theirs.append_line(*line); !sound) {
            return bad_backup("This backup is not sound: " + where + ". " + sound.error().message, where);
        }
    }
    if (theirs.total() != header.events) {
        return bad_backup("This backup is cut short: it should hold " + std::to_string(header.events) +
                          " events and holds " + std::to_string(theirs.total()) + ".");
    }
    if (theirs.knows_chain() && theirs.last_head() != header.head)
        return bad_backup("This backup is not sound: its last event is not the one it names.");
    if (theirs.total() > 0 && header.format != header_of(theirs).format)
        return bad_backup("This backup is not sound: its events are not of the format it names.");
    if (!theirs.unread_lines().empty()) {
        return fail("newer_format", "This backup was made by a newer version of the portal: of event " +
                                        std::to_string(theirs.size() + 1) + ", " + theirs.unread_why() +
                                        " Reload the page to get that version. Nothing has been changed.");
    }

    const std::size_t common = std::min(theirs.size(), log.size());
    if (theirs.head_at(common) != log.head_at(common)) {
        std::size_t number = 1;
        while (theirs.hash_at(number) == log.hash_at(number)) ++number;
        return fail("diverged",
                    "This backup and the records here are different from event " + std::to_string(number) +
                        " on, and neither continues the other, so they cannot be merged. To use the backup, first "
                        "export a backup of what is here, then erase this workspace. Nothing has been changed.",
                    "event " + std::to_string(number));
    }
    BundleReport report{.same = common, .added = Sealed(log)};
    for (std::size_t number = common + 1; number <= theirs.size(); ++number) {
        const Entry entry = theirs.entry(number);
        report.added.add(entry.id, entry.event, entry.place, hash_bytes(entry.previous).value());
    }
    return report;
}

}  // namespace ca::journal
