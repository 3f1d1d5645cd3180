#include "pdf/spoken_text.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <map>

namespace ca::pdf {
namespace {

using Characters = std::map<unsigned, std::u32string>;  // what a character id stands for

std::optional<unsigned> number_in(std::string_view digits, int base) {
    unsigned value = 0;
    auto const [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    if (digits.empty() || problem != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

std::vector<std::string_view> parts_of(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        std::size_t const end = std::min(text.find(separator, begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

// UTF-16BE in hexadecimal digits.
std::u32string from_hex(std::string_view digits) {
    std::u32string text;
    char32_t high = 0;
    for (std::size_t at = 0; at + 4 <= digits.size(); at += 4) {
        char32_t const unit = number_in(digits.substr(at, 4), 16).value_or(0xFFFD);
        if (unit >= 0xD800 && unit < 0xDC00) high = unit;
        else if (unit >= 0xDC00 && unit < 0xE000) text += 0x10000 + ((high & 0x3FF) << 10) + (unit & 0x3FF);
        else text += unit;
    }
    return text;
}

// "<0001> <0049>", a line each.
Characters characters_in(std::string_view to_unicode) {
    Characters characters;
    for (std::string_view const line : parts_of(to_unicode, '\n')) {
        auto const parts = parts_of(line, ' ');
        if (parts.size() != 2 || !parts[0].starts_with('<') || !parts[0].ends_with('>') || !parts[1].starts_with('<') ||
            !parts[1].ends_with('>'))
            continue;
        if (auto const id = number_in(parts[0].substr(1, parts[0].size() - 2), 16))
            characters[*id] = from_hex(parts[1].substr(1, parts[1].size() - 2));
    }
    return characters;
}

bool is_left_out(char32_t c) {
    return c <= 0x20 || c == 0xA0 || c == 0xAD || c == 0x202F || c == 0xFEFF || (c >= 0x2000 && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F);
}
bool runs_from_the_right(char32_t c) {
    return (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c < 0xFEFF);
}

class Reader {
public:
    explicit Reader(const std::vector<StoredObject>& stored) {
        for (StoredObject const& object : stored) objects_.emplace(object.number, &object);
    }

    std::optional<std::string> read() {
        for (auto const& [number, object] : objects_) {
            std::string_view const type = entry_of(object->value, "Type");
            if (type == "/StructTreeRoot") read_parents(entry_of(object->value, "ParentTree"));
        }
        for (auto const& [number, object] : objects_) {
            if (entry_of(object->value, "Type") != "/Page") continue;
            if (!read_page(object->value)) return std::nullopt;
        }
        std::string words;
        for (auto const& [element, text] : texts_) {
            if (std::ranges::any_of(text, runs_from_the_right)) return std::nullopt;
            words += to_utf8(std::vector<char32_t>(text.begin(), text.end())) + "\n";
        }
        return texts_.empty() ? std::nullopt : std::optional(std::move(words));
    }

private:
    std::string_view value_of(int number) const {
        auto const found = objects_.find(number);
        return found == objects_.end() ? std::string_view() : std::string_view(found->second->value);
    }
    // What a reference leads to, or the value itself.
    std::string_view resolved(std::string_view value) const {
        auto const numbers =
            value.starts_with("<<") || value.starts_with('[') ? std::vector<int>() : references_in(value);
        return numbers.size() == 1 ? value_of(numbers.front()) : value;
    }
    const std::string* stream_of(std::string_view reference) const {
        auto const numbers = references_in(reference);
        auto const found = objects_.find(numbers.size() == 1 ? numbers.front() : 0);
        return found == objects_.end() || !found->second->stream || found->second->packed ? nullptr
                                                                                          : &*found->second->stream;
    }

    // "[0 12 0 R 1 13 0 R]": of each page the elements that its marked contents belong to.
    void read_parents(std::string_view tree) {
        auto const lists = references_in(pairs_alone(entry_of(resolved(tree), "Nums")));
        for (std::size_t page = 0; page < lists.size(); ++page)
            parents_.push_back(references_in(value_of(lists[page])));
    }

    // Without the keys, which count from 0: "[12 0 R 13 0 R]".
    static std::string pairs_alone(std::string_view nums) {
        std::string alone = "[";
        auto const words = parts_of(nums.substr(std::min<std::size_t>(1, nums.size())), ' ');
        // A key, a number, a generation, and an R that the next key or the bracket follows.
        for (std::size_t i = 0; i + 3 < words.size(); i += 4) alone += std::string(words[i + 1]) + " 0 R ";
        return alone + "]";
    }

    bool read_page(std::string_view page) {
        auto const index = number_in(entry_of(page, "StructParents"), 10);
        auto const* content = stream_of(entry_of(page, "Contents"));
        if (!index || *index >= parents_.size() || content == nullptr) return false;
        auto const& elements = parents_[*index];
        std::string_view const fonts = resolved(entry_of(resolved(entry_of(page, "Resources")), "Font"));

        const Characters* font = nullptr;
        bool is_content = false;
        unsigned mark = 0;
        std::u32string marked;
        for (std::string_view const line : parts_of(*content, '\n')) {
            if (line.ends_with("BDC") || line.ends_with("BMC")) {
                auto const at = line.find("/MCID ");
                is_content = !line.starts_with("/Artifact") && at != std::string_view::npos;
                marked.clear();
                if (!is_content) continue;
                auto const digits = line.substr(at + 6, line.find_first_not_of("0123456789", at + 6) - (at + 6));
                mark = number_in(digits, 10).value_or(static_cast<unsigned>(elements.size()));
                if (mark >= elements.size()) return false;
            } else if (line == "EMC") {
                if (is_content) keep(elements[mark], marked);
                is_content = false;
            } else if (line.ends_with(" Tf")) {
                font = font_of(entry_of(fonts, line.substr(1, line.find(' ') - 1)));
            } else if (is_content && line.ends_with("TJ")) {
                if (font == nullptr || !read_shown(line, *font, marked)) return false;
            }
        }
        return true;
    }

    // "[<00010002>18<0003>] TJ"
    static bool read_shown(std::string_view line, const Characters& font, std::u32string& text) {
        for (std::size_t begin = line.find('<'); begin != std::string_view::npos; begin = line.find('<', begin)) {
            std::size_t const end = line.find('>', begin);
            if (end == std::string_view::npos) return false;
            for (std::size_t at = begin + 1; at + 4 <= end; at += 4) {
                auto const id = number_in(line.substr(at, 4), 16);
                auto const found = id ? font.find(*id) : font.end();
                if (found == font.end()) return false;
                text += found->second;
            }
            begin = end;
        }
        return true;
    }

    const Characters* font_of(std::string_view reference) {
        auto const known = fonts_.find(reference);
        if (known != fonts_.end()) return &known->second;
        auto const* map = stream_of(entry_of(resolved(reference), "ToUnicode"));
        return map == nullptr ? nullptr : &fonts_.emplace(reference, characters_in(*map)).first->second;
    }

    void keep(int element, const std::u32string& marked) {
        std::u32string words;
        std::ranges::copy_if(marked, std::back_inserter(words), [](char32_t c) { return !is_left_out(c); });
        bool const is_number = std::ranges::all_of(words, [](char32_t c) { return c >= U'0' && c <= U'9'; });
        if (is_number && entry_of(resolved(entry_of(value_of(element), "P")), "S") == "/Reference")
            return;  // of a page, in a contents list
        texts_[element] += words;
    }

    std::map<int, const StoredObject*> objects_;
    std::vector<std::vector<int>> parents_;
    std::map<std::string_view, Characters> fonts_;
    std::map<int, std::u32string> texts_;  // by element: they are numbered in the document's order
};

}  // namespace

std::optional<std::string> spoken_text(const std::vector<StoredObject>& stored) { return Reader(stored).read(); }

}  // namespace ca::pdf
