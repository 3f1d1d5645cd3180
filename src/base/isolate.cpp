#include "base/isolate.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace ca {
namespace {

constexpr char32_t first_strong_isolate = 0x2068, pop_isolate = 0x2069;

struct Range {
    char32_t first, last;
};

bool is_in(char32_t c, std::span<const Range> ranges) {
    return std::ranges::any_of(ranges, [c](const Range& range) { return c >= range.first && c <= range.last; });
}

bool is_right_to_left(char32_t c) {
    static constexpr auto blocks = std::to_array<Range>(
        {{0x0590, 0x08FF}, {0xFB1D, 0xFDFF}, {0xFE70, 0xFEFC}, {0x10800, 0x10FFF}, {0x1E800, 0x1EFFF}});
    return is_in(c, blocks);
}

// Signs, spaces, numbers and pictures take the direction of what is around them.
bool is_left_to_right(char32_t c) {
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    static constexpr auto neutral = std::to_array<Range>({{0x80, 0xBF},
                                                          {0x300, 0x36F},
                                                          {0x2000, 0x2BFF},
                                                          {0x3000, 0x3020},
                                                          {0xFE00, 0xFE6F},
                                                          {0x1F000, 0x1FAFF},
                                                          {0xE0000, 0xE01EF}});
    return !is_right_to_left(c) && !is_in(c, neutral);
}

std::string isolated(std::span<const char32_t> words) {
    return to_utf8(first_strong_isolate) + to_utf8({words.begin(), words.end()}) + to_utf8(pop_isolate);
}

std::string isolate_in_line(std::span<const char32_t> line) {
    if (std::ranges::none_of(line, is_right_to_left)) return to_utf8({line.begin(), line.end()});
    if (std::ranges::none_of(line, is_left_to_right)) return isolated(line);
    std::string text;
    for (std::size_t i = 0; i < line.size();) {
        if (!is_right_to_left(line[i])) {
            text += to_utf8(line[i++]);
            continue;
        }
        std::size_t end = i;
        for (std::size_t at = i; at < line.size() && !is_left_to_right(line[at]); ++at)
            if (is_right_to_left(line[at])) end = at + 1;
        text += isolated(line.subspan(i, end - i));
        i = end;
    }
    return text;
}

}  // namespace

std::string isolate_right_to_left(std::string_view text) {
    if (std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
        return std::string(text);
    const std::vector<char32_t> code_points = to_code_points(text);
    if (std::ranges::none_of(code_points, is_right_to_left)) return std::string(text);
    std::string lines;
    for (std::span<const char32_t> rest(code_points);;) {
        const auto end = static_cast<std::size_t>(std::ranges::find(rest, U'\n') - rest.begin());
        lines += isolate_in_line(rest.first(end));
        if (end == rest.size()) return lines;
        lines += '\n';
        rest = rest.subspan(end + 1);
    }
}

}  // namespace ca
