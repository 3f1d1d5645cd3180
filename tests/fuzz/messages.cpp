// Messages and calendar lines with any words in them: a reader written here finds what was put in, and no word becomes
// a header, ends a part, or begins a line in a way that is changed on the way ("." and "From ").
#include "base/isolate.h"
#include "base/shown_text.h"
#include "base/text.h"
#include "interop/email.h"
#include "interop/icalendar.h"
#include "lifecycle/command.h"
#include "support/fuzzing.h"

#include <algorithm>
#include <array>

namespace {

using namespace ca;
using fuzzing::require;

std::string take_out(std::string text, std::string_view what, std::string_view instead) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + instead.size()))
        text.replace(at, what.size(), instead);
    return text;
}

// A byte that is no letter is said to be none first, or what is taken out from beside it would make it one.
std::string without_isolates(std::string_view given) {
    std::string text = to_utf8(to_code_points(given));
    for (char32_t const c : {U'\u2066', U'\u2067', U'\u2068', U'\u2069'})
        text = take_out(std::move(text), to_utf8(c), "");
    return text;
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    for (std::size_t end = text.find("\r\n"); end != std::string_view::npos; end = text.find("\r\n")) {
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end + 2);
    }
    require(text.empty(), "the last line does not end");
    return lines;
}

int hex_value(char c) {
    require((c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'), "not a digit of a quoted byte");
    return c <= '9' ? c - '0' : c - 'A' + 10;
}

// RFC 2045, 6.7. Lines end in '\n'.
std::string from_quoted_printable(std::string_view text) {
    std::string read;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i).starts_with("=\r\n")) {
            i += 2;
        } else if (text.substr(i).starts_with("\r\n")) {
            read += '\n';
            ++i;
        } else if (text[i] == '=') {
            require(i + 2 < text.size(), "a quoted byte is cut short");
            read += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
            i += 2;
        } else {
            read += text[i];
        }
    }
    return read;
}

std::string from_base64(std::string_view text) {
    static constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string read;
    std::uint32_t bits = 0;
    int count = 0;
    for (char const c : text.substr(0, text.find('='))) {
        auto const value = digits.find(c);
        require(value != std::string_view::npos, "not a digit of base64");
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        if (count += 6; count >= 8) read += static_cast<char>(bits >> (count -= 8) & 255);
    }
    return read;
}

// Words of a header as a reader shows them: encoded ones decoded, the space between two of them gone (RFC 2047, 6.2).
std::string from_encoded_words(std::string_view header) {
    constexpr std::string_view open = "=?utf-8?B?";
    std::string read;
    bool was_encoded = false;
    while (!header.empty()) {
        auto const start = header.find(open);
        auto const between = header.substr(0, start);
        if (!was_encoded || start == std::string_view::npos || !is_blank(between)) read += between;
        if (start == std::string_view::npos) break;
        header.remove_prefix(start + open.size());
        auto const end = header.find("?=");
        require(end != std::string_view::npos && end + open.size() + 2 <= 75,
                "an encoded word without its end, or too long");
        auto const bytes = from_base64(header.substr(0, end));
        require(is_valid_utf8(bytes), "an encoded word with part of a character");
        read += bytes;
        header.remove_prefix(end + 2);
        was_encoded = true;
    }
    return read;
}

std::string unquoted(std::string_view phrase) {
    if (!phrase.starts_with('"')) return from_encoded_words(phrase);
    require(phrase.size() >= 2 && phrase.ends_with('"'), "a quotation that does not close");
    std::string read;
    for (std::size_t i = 1; i + 1 < phrase.size(); ++i) {
        require(phrase[i] != '"', "a quotation mark within a quotation");
        if (phrase[i] == '\\') ++i;
        read += phrase[i];
    }
    return read;
}

std::string header_words(std::string_view text) {
    std::string line = to_utf8(to_code_points(text));
    std::ranges::replace_if(
        line, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    return line;
}

void message(std::string_view input) {
    auto pieces = fuzzing::pieces_of(input);
    pieces.resize(7);
    interop::Message given;
    given.to_name = pieces[0];
    given.to_address = pieces[1].substr(0, 254);  // the rules know no longer one
    given.subject = pieces[2];
    given.text = pieces[3];
    given.html = pieces[4];
    given.id = "id@connection-agreements.invalid";
    given.thread = "CNTR0000001@connection-agreements.invalid";
    given.at = Instant{1'754'036'100};
    auto const eml = interop::to_eml(given);
    require(eml == interop::to_eml(given), "two messages of one");

    for (auto const& line : lines_of(eml)) {
        require(line.size() <= 998, "a line that no mail program has to take");
        require(std::ranges::all_of(line, [](char c) { return c >= ' ' && c <= '~'; }),
                "a line with a control or what is no ASCII");
        require(!line.starts_with('.') && !line.starts_with("From "), "a line that is changed on the way");
    }
    auto const border = eml.find("\r\n\r\n");
    require(border != std::string::npos, "no end of the headers");
    std::vector<std::string> headers;
    for (auto const& line : lines_of(eml.substr(0, border + 2))) {
        if (line.starts_with(' ')) {
            require(!headers.empty() && !is_blank(line), "a fold of nothing");
            headers.back() += line;
        } else {
            headers.push_back(line);
        }
    }
    static constexpr std::array<std::string_view, 10> names = {
        "From",         "To",       "Subject",          "Date",        "Message-ID", "References",
        "MIME-Version", "X-Unsent", "Content-Language", "Content-Type"};
    require(headers.size() == names.size(), "another number of headers");
    auto const value = [&](std::size_t index) {
        std::string_view const header = headers[index];
        require(header.starts_with(std::string(names[index]) + ": ") || header == std::string(names[index]) + ":",
                "another header");
        return std::string(header.substr(std::min(header.size(), names[index].size() + 2)));
    };
    for (std::size_t i = 0; i < names.size(); ++i) (void)value(i);
    require(from_encoded_words(value(2)) == header_words(given.subject), "another subject");
    auto const to = value(1);
    auto const bracket = to.rfind('<');
    if (!given.to_name.empty()) {
        require(bracket != std::string::npos && bracket > 0 && to.ends_with('>'), "no address after the name");
        require(unquoted(std::string_view(to).substr(0, bracket - 1)) == header_words(given.to_name), "another name");
    }
    if (lifecycle::is_email(given.to_address))
        require(given.to_name.empty() ? to == given.to_address : to.substr(bracket) == "<" + given.to_address + ">",
                "another address");

    constexpr std::string_view parameter = "boundary=\"";
    auto const type = value(9);
    auto const boundary = "--" + type.substr(type.find(parameter) + parameter.size(),
                                             type.rfind('"') - type.find(parameter) - parameter.size());
    auto rest = std::string_view(eml).substr(border + 4);
    for (auto const& text : {given.text, given.html}) {
        require(rest.starts_with(boundary + "\r\n"), "a part does not begin");
        auto const begin = rest.find("\r\n\r\n") + 4;
        auto const end = rest.find("\r\n" + boundary, begin);
        require(end != std::string_view::npos, "a part does not end");
        for (auto const& line : lines_of(std::string(rest.substr(begin, end - begin)) + "\r\n")) {
            require(line.size() <= 76, "a line of a part is too long");
            require(!line.ends_with(' '), "a line ends in a space, which is lost on the way");
        }
        // Lines that run from right to left are isolated; nothing else is put in, and nothing taken out.
        auto const read = from_quoted_printable(rest.substr(begin, end - begin));
        require(read == take_out(isolate_right_to_left(text), "\r\n", "\n"), "another text");
        require(without_isolates(read) == without_isolates(take_out(text, "\r\n", "\n")),
                "an isolation that changes words");
        rest.remove_prefix(end + 2);
    }
    require(rest == boundary + "--\r\n", "something after the last part");
}

void calendar_line(std::string_view input) {
    auto const escaped = interop::escape_text(input);
    auto const folded = interop::fold_line(escaped);
    auto const lines = lines_of(folded);
    std::string unfolded;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        require(lines[i].size() <= 75 && is_valid_utf8(lines[i]), "a line is too long, or cut within a character");
        require(i == 0 || lines[i].starts_with(' '), "a line that does not go on from the one before");
        unfolded += i == 0 ? lines[i] : lines[i].substr(1);
    }
    require(unfolded == escaped, "another line");
    std::string read;
    for (std::size_t i = 0; i < escaped.size(); ++i) {
        require(escaped[i] != '\n' && escaped[i] != ';' && escaped[i] != ',', "a sign that ends the text");
        bool const quoted = escaped[i] == '\\';
        if (quoted) ++i;
        read += quoted && escaped[i] == 'n' ? '\n' : escaped[i];
    }
    require(read == isolate_right_to_left(shown_text(input)), "another text");
    (void)lines_of(interop::fold_line(take_out(std::string(input), "\r\n", "")));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto const [which, rest] = fuzzing::choose(data, size);
    if (which == 'c') calendar_line(rest);
    else message(rest);
    return 0;
}
