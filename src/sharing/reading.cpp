#include "sharing/reading.h"

#include "sharing/canonical_text.h"
#include "sharing/person.h"

#include <algorithm>

namespace ca::sharing {
namespace {

constexpr std::size_t lines_bytes_max = 512 * 1024;

// Adds lines until they are enough; false: there are more.
bool add(ReadAnswer& answer, const journal::WorkspaceLog& log, auto numbers, std::int64_t known) {
    const auto all = static_cast<std::int64_t>(numbers.size());
    for (auto i = std::max<std::int64_t>(known, 0); i < all; ++i) {
        if (answer.lines.size() >= lines_bytes_max) return false;
        answer.lines += log.line_at(numbers[static_cast<std::size_t>(i)]) + "\n";
    }
    return true;
}

// The numbers of all events, as if they were a stream.
struct Every {
    std::size_t count;
    std::size_t size() const { return count; }
    std::size_t operator[](std::size_t i) const { return i + 1; }
};

}  // namespace

std::string to_text(const ReadRequest& request) { return canonical_text(request); }
Result<ReadRequest> read_request(std::string_view text) { return read_canonical<ReadRequest>(text); }
std::string to_text(const ReadAnswer& answer) { return canonical_text(answer); }
Result<ReadAnswer> read_read_answer(std::string_view text) { return read_canonical<ReadAnswer>(text); }

ReadAnswer lines_for(const journal::WorkspaceLog& log, const std::string& organisation, const ReadRequest& request) {
    ReadAnswer answer{.lines = {}, .answered = request.answers};
    if (organisation == nhse) {
        answer.more = !add(answer, log, Every{log.size()}, request.events);
    } else {
        answer.more = !add(answer, log, log.stream(""), request.catalogue) ||
                      !add(answer, log, log.stream(organisation), request.account);
    }
    return answer;
}

ReadRequest request_for(const journal::WorkspaceLog& log, const std::string& organisation, std::int64_t answers) {
    return {.events = organisation == nhse ? static_cast<std::int64_t>(log.size()) : 0,
            .catalogue = static_cast<std::int64_t>(log.stream("").size()),
            .account = organisation == nhse ? 0 : static_cast<std::int64_t>(log.stream(organisation).size()),
            .answers = answers};
}

}  // namespace ca::sharing
