#include "pdf/stored_objects.h"

#define ZLIB_CONST  // what is read is not changed
#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace ca::pdf {
namespace {

constexpr std::size_t not_found = std::string_view::npos;
constexpr std::size_t end_marks_within = 1024;  // of the end, as readers allow

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_delimiter(char c) { return std::string_view("()<>[]{}/%").find(c) != not_found; }
bool ends_word(std::string_view text, std::size_t at) {
    return at >= text.size() || is_space(text[at]) || is_delimiter(text[at]);
}

std::optional<std::size_t> number_in(std::string_view digits) {
    std::size_t value = 0;
    auto const [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || problem != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

std::unexpected<Error> damaged(std::string words, std::size_t at) {
    return fail("damaged", std::move(words), "byte " + std::to_string(at));
}

// The end of the literal string that begins at `at`; the text's end where it never ends.
std::size_t after_string(std::string_view text, std::size_t at) {
    int depth = 0;
    for (; at < text.size(); ++at) {
        if (text[at] == '\\') ++at;
        else if (text[at] == '(') ++depth;
        else if (text[at] == ')' && --depth == 0) return at + 1;
    }
    return text.size();
}

// The end of the one token that begins at `at`, which is no white space.
std::size_t after_token(std::string_view text, std::size_t at) {
    char const c = text[at];
    if (c == '(') return after_string(text, at);
    if (c == '<' && text.substr(at, 2) != "<<") return std::min(text.find('>', at), text.size() - 1) + 1;
    if ((c == '<' || c == '>') && text.substr(at, 2) == std::string(2, c)) return at + 2;
    if (is_delimiter(c) && c != '/') return at + 1;
    for (++at; !ends_word(text, at);) ++at;
    return at;
}

// A comment is white space too.
std::size_t after_space(std::string_view text, std::size_t at) {
    while (at < text.size() && (is_space(text[at]) || text[at] == '%'))
        at = text[at] == '%' ? std::min(text.find_first_of("\r\n", at), text.size()) : at + 1;
    return at;
}

// The end of the whole value that begins at `at`: a token, or all that its brackets hold. "12 0 R" is one value.
std::size_t after_value(std::string_view text, std::size_t at) {
    int depth = 0;
    do {
        at = after_space(text, at);
        if (at >= text.size()) return at;
        if (text.substr(at, 2) == "<<" || text[at] == '[') ++depth;
        if (text.substr(at, 2) == ">>" || text[at] == ']') --depth;
        at = after_token(text, at);
    } while (depth > 0);
    if (depth < 0 || !is_digit(text[at - 1])) return at;
    std::size_t const generation = after_space(text, at);
    std::size_t const generation_end = std::min(text.find_first_not_of("0123456789", generation), text.size());
    std::size_t const letter = after_space(text, generation_end);
    if (generation_end > generation && letter < text.size() && text[letter] == 'R' && ends_word(text, letter + 1))
        return letter + 1;
    return at;
}

// The number of the object whose "obj" stands at `keyword`: "12 0 obj".
std::optional<int> number_before(std::string_view text, std::size_t keyword) {
    std::size_t at = keyword;
    auto const back_over = [&](auto&& what) {
        std::size_t const end = at;
        while (at > 0 && what(text[at - 1])) --at;
        return text.substr(at, end - at);
    };
    if (back_over(is_space).empty() || back_over(is_digit).empty() || back_over(is_space).empty()) return std::nullopt;
    auto const number = number_in(back_over(is_digit));
    if (!number || *number == 0 || *number > 10'000'000) return std::nullopt;
    return static_cast<int>(*number);
}

// Unpacks until the end or until there is more than `room`.
std::optional<std::string> inflated(std::string_view packed, std::size_t room, bool& too_large) {
    z_stream state{};
    if (inflateInit(&state) != Z_OK) throw std::bad_alloc();
    state.next_in = reinterpret_cast<const Bytef*>(packed.data());
    state.avail_in = static_cast<uInt>(packed.size());
    std::string out;
    std::array<char, 1 << 16> part{};
    int outcome = Z_OK;
    while (outcome == Z_OK && out.size() <= room) {
        state.next_out = reinterpret_cast<Bytef*>(part.data());
        state.avail_out = static_cast<uInt>(part.size());
        outcome = inflate(&state, Z_NO_FLUSH);
        out.append(part.data(), part.size() - state.avail_out);
    }
    inflateEnd(&state);
    too_large = out.size() > room;
    if (too_large || outcome != Z_STREAM_END) return std::nullopt;
    return out;
}

class Reader {
public:
    explicit Reader(std::string_view pdf) : pdf_(pdf) {}

    Result<std::vector<StoredObject>> read() {
        if (pdf_.size() > file_bytes_max) return too_large();
        // Some mail systems put a line in front; readers look for the mark in the first bytes.
        if (pdf_.substr(0, end_marks_within).find("%PDF-") == not_found)
            return fail("not_a_pdf", "This is not a PDF file.", "byte 0");
        std::string_view const tail = pdf_.substr(pdf_.size() - std::min(pdf_.size(), end_marks_within));
        if (tail.find("%%EOF") == not_found || tail.find("startxref") == not_found)
            return fail("cut_short", "The end of this PDF file is missing.", "byte " + std::to_string(pdf_.size()));
        for (std::size_t at = pdf_.find("obj"); at < pdf_.size(); at = pdf_.find("obj", at)) {
            auto const number = ends_word(pdf_, at + 3) ? number_before(pdf_, at) : std::nullopt;
            at += 3;
            if (number) at = CA_TRY(take(*number, at));
        }
        CA_TRY_VOID(open_object_streams());
        std::vector<StoredObject> all;
        for (auto& [number, object] : objects_) all.push_back(std::move(object));
        return all;
    }

private:
    static std::unexpected<Error> too_large() {
        return fail("too_large", "This file holds more than any paper of this portal.", "");
    }

    // The object whose text begins at `at`; gives where it ends.
    Result<std::size_t> take(int number, std::size_t at) {
        std::size_t const begin = after_space(pdf_, at);
        for (std::size_t token = begin;;) {
            token = after_space(pdf_, token);
            if (token >= pdf_.size()) return damaged("An object does not end.", begin);
            std::size_t const end = after_token(pdf_, token);
            std::string_view const word = pdf_.substr(token, end - token);
            if (word == "endobj") {
                objects_.insert_or_assign(number, StoredObject{.number = number, .value = trimmed(begin, token)});
                return end;
            }
            if (word == "stream") return take_stream(number, trimmed(begin, token), end);
            token = end;
        }
    }

    std::string trimmed(std::size_t begin, std::size_t end) const {
        while (end > begin && is_space(pdf_[end - 1])) --end;
        return std::string(pdf_.substr(begin, end - begin));
    }

    Result<std::size_t> take_stream(int number, std::string dictionary, std::size_t at) {
        if (pdf_.substr(at, 2) == "\r\n") at += 2;
        else if (pdf_.substr(at, 1) == "\n") ++at;
        auto const ends_at = [&](std::size_t end) {
            return end <= pdf_.size() && pdf_.substr(after_space(pdf_, end), 9) == "endstream";
        };
        // Bytes may happen to spell the end, so the length counts, where it is said here and right.
        auto const length = number_in(entry_of(dictionary, "Length"));
        std::size_t end = length && *length <= pdf_.size() - at ? at + *length : not_found;
        if (end == not_found || !ends_at(end)) {
            end = pdf_.find("endstream", at);
            if (end == not_found) return damaged("A stream does not end.", at);
        }
        StoredObject object{.number = number, .value = std::move(dictionary)};
        std::string_view const bytes = pdf_.substr(at, end - at);
        std::string_view const filter = entry_of(object.value, "Filter");
        if (filter.empty()) object.stream = std::string(bytes);
        else if (filter == "/FlateDecode" || filter == "[/FlateDecode]" || filter == "[ /FlateDecode ]") {
            bool over = false;
            object.stream = inflated(bytes, unpacked_bytes_max - unpacked_, over);
            if (over) return too_large();
        }
        if (!object.stream) {
            object.stream = std::string(bytes);
            object.packed = true;
        }
        unpacked_ += object.stream->size();
        if (unpacked_ > unpacked_bytes_max) return too_large();
        objects_.insert_or_assign(number, std::move(object));
        return pdf_.find("endstream", end) + 9;
    }

    // "N pairs of number and offset", then the objects, from First on.
    Result<void> open_object_streams() {
        std::vector<const StoredObject*> holders;
        for (auto const& [number, object] : objects_)
            if (object.stream && !object.packed && entry_of(object.value, "Type") == "/ObjStm")
                holders.push_back(&object);
        std::map<int, StoredObject> inside;
        for (const StoredObject* holder : holders) {
            std::string_view const text = *holder->stream;
            auto const count = number_in(entry_of(holder->value, "N")),
                       first = number_in(entry_of(holder->value, "First"));
            if (!count || !first || *first > text.size()) return damaged("A packed part of the file has no order.", 0);
            std::size_t at = 0;
            auto const next = [&] {
                at = after_space(text, at);
                std::size_t const begin = at;
                while (at < *first && is_digit(text[at])) ++at;
                return number_in(text.substr(begin, at - begin));
            };
            for (std::size_t i = 0; i < *count; ++i) {
                auto const number = next(), offset = next();
                if (!number || !offset || *number > 10'000'000 || *offset > text.size() - *first)
                    return damaged("A packed part of the file has no order.", 0);
                std::size_t const begin = after_space(text, *first + *offset);
                std::size_t const end = after_value(text, begin);
                inside.insert_or_assign(static_cast<int>(*number),
                                        StoredObject{.number = static_cast<int>(*number),
                                                     .value = std::string(text.substr(begin, end - begin))});
                unpacked_ += end - begin;
                if (unpacked_ > unpacked_bytes_max) return too_large();
            }
        }
        for (auto& [number, object] : inside) objects_.try_emplace(number, std::move(object));
        return {};
    }

    std::string_view pdf_;
    std::size_t unpacked_ = 0;
    std::map<int, StoredObject> objects_;
};

}  // namespace

Result<std::vector<StoredObject>> stored_objects(std::string_view pdf) { return Reader(pdf).read(); }

std::string_view entry_of(std::string_view dictionary, std::string_view key) {
    if (!dictionary.starts_with("<<")) return {};
    for (std::size_t at = after_space(dictionary, 2); at < dictionary.size() && dictionary[at] == '/';) {
        std::size_t const name_end = after_token(dictionary, at);
        std::string_view const name = dictionary.substr(at + 1, name_end - at - 1);
        std::size_t const begin = after_space(dictionary, name_end);
        if (begin >= dictionary.size()) return {};
        std::size_t const end = after_value(dictionary, begin);
        if (name == key) return dictionary.substr(begin, end - begin);
        at = after_space(dictionary, end);
    }
    return {};
}

int reference_in(std::string_view text) {
    int number = 0;
    auto const end = std::from_chars(text.data(), text.data() + text.size(), number).ptr;
    return std::string_view(end, static_cast<std::size_t>(text.data() + text.size() - end)) == " 0 R" ? number : 0;
}

std::vector<int> references_in(std::string_view array) {
    std::vector<int> numbers;
    for (std::size_t at = array.find_first_of("0123456789"); at < array.size();) {
        std::size_t const end = array.find('R', at);
        if (end >= array.size()) break;
        numbers.push_back(reference_in(array.substr(at, end + 1 - at)));
        at = array.find_first_of("0123456789", end);
    }
    return numbers;
}

}  // namespace ca::pdf
