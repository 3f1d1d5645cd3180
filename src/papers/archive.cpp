#include "papers/archive.h"

#include "base/sha256.h"
#include "interop/csv.h"

#include <algorithm>

namespace ca::papers {

std::string sha256_sums(const std::vector<Archive::Entry>& entries) {
    std::string lines;
    for (const auto& entry : entries)
        if (!entry.file_name.empty()) lines += entry.sha256 + "  " + entry.file_name + "\n";
    return lines;
}

std::string manifest_csv(const std::vector<Archive::Entry>& entries) {
    interop::Rows rows{{"Number", "Name", "State", "File", "Pages", "Size in bytes", "SHA-256", "Why it is missing"}};
    for (const auto& entry : entries) {
        const bool there = !entry.file_name.empty();
        rows.push_back({entry.number, entry.name, entry.state, entry.file_name,
                        there ? interop::Cell::number(static_cast<std::int64_t>(entry.pages)) : "",
                        there ? interop::Cell::number(static_cast<std::int64_t>(entry.size)) : "", entry.sha256,
                        entry.missing});
    }
    return interop::to_csv(rows);
}

std::shared_ptr<Archive> Archive::start(std::vector<std::string> numbers, Instant at, Means means, Done done) {
    const std::shared_ptr<Archive> archive(new Archive(std::move(numbers), at, std::move(means), std::move(done)));
    archive->begin_next();
    return archive;
}

Archive::Progress Archive::progress() const {
    const bool printing = !entries_.empty() && entries_.back().file_name.empty() && entries_.back().missing.empty();
    const auto made = entries_.size() - (printing ? 1 : 0);
    return {.made = made,
            .all = numbers_.size(),
            .making = made < numbers_.size() ? numbers_[made] + means_.ending : std::string()};
}

void Archive::begin_next() {
    means_.moved_on();
    // A given-up archive is gone, and what comes back for it falls on nothing.
    means_.later([weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self) return;
        if (self->entries_.size() == self->numbers_.size()) return self->finish();
        const auto& number = self->numbers_[self->entries_.size()];
        auto sheet = self->means_.sheet(number);
        self->entries_.push_back({.number = number, .name = std::move(sheet.name), .state = std::move(sheet.state)});
        if (!sheet.document) return self->take(std::unexpected(std::move(sheet.document.error())));
        self->print(std::move(*sheet.document));
    });
}

// In a turn of its own: making a long document and handing it over each take their time.
void Archive::print(documents::Document document) {
    means_.later([weak = weak_from_this(), kept = std::make_shared<documents::Document>(std::move(document))] {
        const auto self = weak.lock();
        if (!self) return;
        self->means_.press.print(std::move(*kept), [weak](Result<Printed> printed) {
            if (const auto waiting = weak.lock()) waiting->take(std::move(printed));
        });
    });
}

void Archive::take(Result<Printed> printed) {
    auto& entry = entries_.back();
    if (printed) {
        auto file_name = entry.number + means_.ending;
        if (zip_.size() + printed->bytes.size() > bytes_max)
            return done_(fail(
                "too_large",
                "The ZIP would be larger than 512 MB. Choose fewer agreements, or filter the list, and make several."));
        if (auto added = zip_.add(file_name, printed->bytes, at_)) {
            entry.file_name = std::move(file_name);
            entry.pages = printed->pages;
            entry.size = printed->bytes.size();
            entry.sha256 = sha256_hex(printed->bytes);
        } else {
            entry.missing = added.error().message;
        }
    } else {
        entry.missing = printed.error().where.empty() ? printed.error().message
                                                      : printed.error().message + " (" + printed.error().where + ")";
    }
    begin_next();
}

void Archive::finish() { done_(made()); }

Result<Archive::Made> Archive::made() {
    if (std::ranges::all_of(entries_, [](const Entry& entry) { return entry.file_name.empty(); }))
        return fail("nothing_made", entries_.empty() ? "No agreement was chosen."
                                                     : "None of the PDFs could be made. " + entries_.front().number +
                                                           ": " + entries_.front().missing);
    CA_TRY_VOID(zip_.add("SHA256SUMS.txt", sha256_sums(entries_), at_));
    CA_TRY_VOID(zip_.add("manifest.csv", manifest_csv(entries_), at_));
    return Made{.bytes = std::move(zip_).finish(), .entries = std::move(entries_)};
}

}  // namespace ca::papers
