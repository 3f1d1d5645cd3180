#include "journal/canonical.h"

#include "base/json.h"
#include "base/text.h"

#include <algorithm>
#include <array>

namespace ca::journal {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::int64_t seconds_a_day = 86'400;

void append_digits(std::string& out, int value, int count) {
    std::array<char, 8> digits{};
    for (int i = count; i-- > 0; value /= 10) digits[static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
    out.append(digits.data(), static_cast<std::size_t>(count));
}

void append_date(std::string& out, Date date) {
    const CivilDate civil = to_civil(date);
    append_digits(out, civil.year, 4);
    out += '-';
    append_digits(out, civil.month, 2);
    out += '-';
    append_digits(out, civil.day, 2);
}

Date utc_date(Instant instant) {
    return {static_cast<std::int32_t>(
        (instant.seconds - (instant.seconds % seconds_a_day < 0 ? seconds_a_day - 1 : 0)) / seconds_a_day)};
}

void append_instant(std::string& out, Instant instant) {
    const Date date = utc_date(instant);
    const int seconds = static_cast<int>(instant.seconds - date.days * seconds_a_day);
    append_date(out, date);
    out += 'T';
    append_digits(out, seconds / 3'600, 2);
    out += ':';
    append_digits(out, seconds / 60 % 60, 2);
    out += ':';
    append_digits(out, seconds % 60, 2);
    out += 'Z';
}

// Whether the text has a digit where the shape has a 0, and the shape's own character everywhere else.
bool has_shape(std::string_view text, std::string_view shape) {
    return std::ranges::equal(text, shape,
                              [](char c, char wanted) { return wanted == '0' ? c >= '0' && c <= '9' : c == wanted; });
}

int digits_at(std::string_view text, std::size_t at, std::size_t count) {
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) value = value * 10 + (text[i] - '0');
    return value;
}

// What stands in the first ten characters; the caller compares what is written for it with the text, which finds days
// that do not exist.
Date date_at(std::string_view text) {
    return to_date({digits_at(text, 0, 4), std::min(digits_at(text, 5, 2), 12), std::min(digits_at(text, 8, 2), 31)});
}

}  // namespace

// ---- Writing ----------------------------------------------------------------------------------------------

void CanonicalWriter::key(std::string_view name) {
    if (out_.back() != '{') out_ += ',';
    text(name);
    out_ += ':';
}

void CanonicalWriter::text(std::string_view value) { append_json(out_, value); }

void CanonicalWriter::integer(std::int64_t value) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out_.append(digits.data(), end);
}

void CanonicalWriter::write(Date value) {
    out_ += '"';
    append_date(out_, value);
    out_ += '"';
}

void CanonicalWriter::write(Instant value) {
    out_ += '"';
    append_instant(out_, value);
    out_ += '"';
}

// ---- Reading ----------------------------------------------------------------------------------------------

void CanonicalReader::fail(std::string_view message) {
    if (error_) return;
    std::string where;
    for (const std::string_view name : path_) {
        if (!where.empty()) where += '.';
        where += name;
    }
    if (!where.empty()) where += ", ";
    where += "byte " + std::to_string(at_);
    error_ = Error{"bad_entry", std::string(message), std::move(where)};
}

void CanonicalReader::expect(std::string_view literal) {
    if (error_) return;
    if (bytes_.substr(at_, literal.size()) != literal)
        return fail("\"" + std::string(literal) + "\" should stand here.");
    at_ += literal.size();
}

void CanonicalReader::expect_end() {
    if (!error_ && at_ != bytes_.size()) fail("There is more here than there should be.");
}

bool CanonicalReader::take(char c) {
    if (error_ || at_ >= bytes_.size() || bytes_[at_] != c) return false;
    ++at_;
    return true;
}

bool CanonicalReader::next_key_is(std::string_view name) const {
    std::size_t at = at_;
    if (at == 0 || bytes_[at - 1] != '{') {
        if (at >= bytes_.size() || bytes_[at] != ',') return false;
        ++at;
    }
    return bytes_.size() >= at + name.size() + 3 && bytes_[at] == '"' && bytes_.substr(at + 1, name.size()) == name &&
           bytes_[at + 1 + name.size()] == '"' && bytes_[at + 2 + name.size()] == ':';
}

void CanonicalReader::expect_key(std::string_view name) {
    if (error_) return;
    if (!next_key_is(name)) return fail("The member \"" + std::string(name) + "\" should stand here.");
    at_ += name.size() + 3 + (bytes_[at_ - 1] == '{' ? 0 : 1);
}

void CanonicalReader::open_object() { expect("{"); }

void CanonicalReader::close_object() {
    if (!error_ && !at_close()) return fail("There is a member here that this version of the portal does not know.");
    expect("}");
}

void CanonicalReader::read(bool& value) {
    if (error_) return;
    value = bytes_.substr(at_, 4) == "true";
    expect(value ? "true" : "false");
}

void CanonicalReader::read(std::string& value) {
    value.clear();
    expect("\"");
    const std::size_t start = at_;
    while (!error_) {
        std::size_t end = at_;
        while (end < bytes_.size() && !needs_json_escape(bytes_[end])) ++end;
        value.append(bytes_, at_, end - at_);
        at_ = end;
        if (at_ >= bytes_.size()) return fail("This text does not end.");
        if (bytes_[at_] == '"') break;
        if (bytes_[at_] != '\\') return fail("A control character stands here as it is.");
        if (at_ + 1 >= bytes_.size()) return fail("This text does not end.");
        const char letter = bytes_[at_ + 1];
        char meant = 0;
        std::size_t length = 2;
        if (letter == 'u') {
            length = 6;
            const std::string_view code = bytes_.substr(at_ + 2, 4);
            const std::size_t low = code.size() == 4 ? hex_digits.find(code[3]) : std::string_view::npos;
            if (!code.starts_with("000") && !code.starts_with("001"))
                return fail("This character needs no such escape.");
            if (low == std::string_view::npos) return fail("This escape is none.");
            meant = static_cast<char>((code[2] - '0') * 16 + static_cast<int>(low));
            if (short_json_escape(meant)) return fail("This character has a shorter escape.");
        } else {
            constexpr std::string_view letters = "\"\\bfnrt";
            constexpr std::string_view meanings = "\"\\\b\f\n\r\t";
            const std::size_t which = letters.find(letter);
            if (which == std::string_view::npos) return fail("This escape is none.");
            meant = meanings[which];
        }
        value += meant;
        at_ += length;
    }
    if (error_) return;
    if (!is_valid_utf8(value)) {
        at_ = start;
        return fail("This text is not UTF-8.");
    }
    ++at_;
}

std::string_view CanonicalReader::short_text() {
    expect("\"");
    if (error_) return {};
    const std::size_t end = bytes_.find('"', at_);
    if (end == std::string_view::npos) {
        fail("This text does not end.");
        return {};
    }
    const std::string_view text = bytes_.substr(at_, end - at_);
    at_ = end + 1;
    return text;
}

void CanonicalReader::read(Date& value) {
    const std::string_view text = short_text();
    if (error_) return;
    std::string again;
    if (has_shape(text, "0000-00-00")) {
        value = date_at(text);
        append_date(again, value);
    }
    if (again.empty() || again != text) fail("A date, year-month-day, should stand here.");
}

void CanonicalReader::read(Instant& value) {
    const std::string_view text = short_text();
    if (error_) return;
    std::string again;
    if (has_shape(text, "0000-00-00T00:00:00Z")) {
        value.seconds = date_at(text).days * seconds_a_day + digits_at(text, 11, 2) * 3'600 +
                        digits_at(text, 14, 2) * 60 + digits_at(text, 17, 2);
        append_instant(again, value);
    }
    if (again.empty() || again != text) fail("An instant, in UTC with Z, should stand here.");
}

std::string_view CanonicalReader::integer_text() {
    if (error_) return {};
    std::size_t end = at_;
    if (end < bytes_.size() && bytes_[end] == '-') ++end;
    const std::size_t digits = end;
    while (end < bytes_.size() && bytes_[end] >= '0' && bytes_[end] <= '9') ++end;
    const std::string_view text = bytes_.substr(at_, end - at_);
    if (end == digits || (bytes_[digits] == '0' && text != "0")) {
        fail("A whole number without leading zeros should stand here.");
        return {};
    }
    at_ = end;
    return text;
}

}  // namespace ca::journal
