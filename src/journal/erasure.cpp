#include "journal/erasure.h"

#include "journal/event_number.h"
#include "journal/segments.h"

#include <charconv>

namespace ca::journal {
namespace {

constexpr std::size_t line_length = hash_length + 1;

}  // namespace

Erasure erasure_of(const WorkspaceLog& log) {
    Erasure mark{.name = std::string(erased_folder) + to_file_digits(log.total()) + "-" + log.last_hash() + ".txt",
                 .text = {}};
    for (std::size_t event = 1; event <= log.total(); ++event) mark.text += log.hash_of_line(event) + '\n';
    return mark;
}

bool names_whole(std::string_view text, const WorkspaceLog& log) {
    const std::size_t count = log.total();
    return count > 0 && text.size() >= count * line_length &&
           text.substr((count - 1) * line_length, hash_length) == log.last_hash();
}

bool is_undone(std::string_view name, const WorkspaceLog& log, const Sealed* next) {
    name.remove_prefix(erased_folder.size());
    std::size_t count = 0;
    const auto [end, problem] = std::from_chars(name.data(), name.data() + name.size(), count);
    if (problem != std::errc{} || count == 0 || count > log.total() + (next ? next->size() : 0)) return false;
    const std::string hash =
        count <= log.total() ? log.hash_of_line(count) : to_hex(next->hash(count - log.total() - 1));
    return std::string_view(end, name.data() + name.size()).starts_with("-" + hash);
}

}  // namespace ca::journal
