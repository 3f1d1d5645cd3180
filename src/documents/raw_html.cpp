#include "documents/raw_html.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace ca::documents {

namespace {

constexpr std::size_t tag_length_max = 4096;

constexpr std::array<std::string_view, 20> holders = {
    "a", "abbr", "b", "bdi", "big", "body", "center", "cite", "dfn", "em", "font", "html", "i", "label", "nobr", "small", "span", "strong", "u", "wbr"};
constexpr std::array<std::string_view, 14> paragraphs = {
    "address", "article", "aside", "details", "div", "figcaption", "figure", "footer", "header", "main", "nav", "p", "section", "summary"};

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '_';
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

// The end of the tag that starts at `start` (one past '>'), quotes respected; none if it is not a tag.
std::optional<std::size_t> end_of_tag(std::string_view html, std::size_t start) {
    std::size_t at = start + 1;
    if (at < html.size() && html[at] == '/') ++at;
    if (at >= html.size() || !((html[at] >= 'a' && html[at] <= 'z') || (html[at] >= 'A' && html[at] <= 'Z'))) return std::nullopt;
    char quote = 0;
    std::size_t const limit = std::min(html.size(), start + tag_length_max);
    for (; at < limit; ++at) {
        char const c = html[at];
        if (quote) {
            if (c == quote) quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '>') {
            return at + 1;
        } else if (c == '<') {
            return std::nullopt;
        }
    }
    return std::nullopt;
}

std::string attribute(std::string_view tag, std::string_view wanted) {
    std::size_t at = 1;
    while (at < tag.size() && !is_space(tag[at])) ++at;
    while (at < tag.size()) {
        while (at < tag.size() && !is_name_character(tag[at])) ++at;
        std::size_t const name_start = at;
        while (at < tag.size() && is_name_character(tag[at])) ++at;
        std::string const name = to_ascii_lower(tag.substr(name_start, at - name_start));
        while (at < tag.size() && is_space(tag[at])) ++at;
        if (at >= tag.size() || tag[at] != '=') continue;
        ++at;
        while (at < tag.size() && is_space(tag[at])) ++at;
        std::string_view value;
        if (at < tag.size() && (tag[at] == '"' || tag[at] == '\'')) {
            std::size_t const close = tag.find(tag[at], at + 1);
            std::size_t const end = close == std::string_view::npos ? tag.size() : close;
            value = tag.substr(at + 1, end - at - 1);
            at = end + 1;
        } else {
            std::size_t const value_start = at;
            while (at < tag.size() && !is_space(tag[at]) && tag[at] != '>') ++at;
            value = tag.substr(value_start, at - value_start);
        }
        if (name == wanted) return std::string(value);
    }
    return {};
}

// The few entities that people write by hand in raw HTML; any other stays as it is written.
std::optional<std::pair<std::string, std::size_t>> read_entity(std::string_view text) {
    struct Named { std::string_view name; char32_t code_point; };
    static constexpr std::array<Named, 12> named = {{{"&amp;", U'&'}, {"&lt;", U'<'}, {"&gt;", U'>'}, {"&quot;", U'"'}, {"&apos;", U'\''},
        {"&nbsp;", U'\u00a0'}, {"&ndash;", U'\u2013'}, {"&mdash;", U'\u2014'}, {"&lsquo;", U'\u2018'}, {"&rsquo;", U'\u2019'},
        {"&ldquo;", U'\u201c'}, {"&rdquo;", U'\u201d'}}};
    for (auto const& entity : named) {
        if (text.starts_with(entity.name)) return std::pair{to_utf8(entity.code_point), entity.name.size()};
    }
    if (!text.starts_with("&#")) return std::nullopt;
    std::size_t at = 2;
    bool const hexadecimal = at < text.size() && (text[at] == 'x' || text[at] == 'X');
    if (hexadecimal) ++at;
    std::uint32_t value = 0;
    std::size_t digits = 0;
    for (; at < text.size() && digits < 8; ++at, ++digits) {
        char const c = text[at];
        int digit = -1;
        if (c >= '0' && c <= '9') digit = c - '0';
        else if (hexadecimal && c >= 'a' && c <= 'f') digit = c - 'a' + 10;
        else if (hexadecimal && c >= 'A' && c <= 'F') digit = c - 'A' + 10;
        if (digit < 0) break;
        value = value * (hexadecimal ? 16 : 10) + static_cast<std::uint32_t>(digit);
        if (value > 0x10ffff) return std::nullopt;
    }
    if (digits == 0 || at >= text.size() || text[at] != ';') return std::nullopt;
    bool const printable = (value >= 0x20 && value < 0x7f) || (value >= 0xa0 && !(value >= 0xd800 && value <= 0xdfff));
    if (!printable) return std::nullopt;
    return std::pair{to_utf8(static_cast<char32_t>(value)), at + 1};
}

// Collects paragraphs: white space collapses to one space, a blank line or a tag of its own starts a new one.
class Paragraphs {
public:
    void add(std::string_view text) {
        for (char const c : text) {
            if (is_space(c)) {
                newlines_ += c == '\n';
                pending_space_ = true;
                continue;
            }
            if (newlines_ > 1) finish();
            if (pending_space_ && !current_.empty()) current_ += ' ';
            pending_space_ = false;
            newlines_ = 0;
            current_ += c;
        }
    }
    void finish() {
        if (!current_.empty()) done_.push_back(std::move(current_));
        current_.clear();
        pending_space_ = false;
        newlines_ = 0;
    }
    std::vector<std::string> take() {
        finish();
        return std::move(done_);
    }

private:
    std::vector<std::string> done_;
    std::string current_;
    bool pending_space_ = false;
    int newlines_ = 0;
};

}  // namespace

HtmlTag read_html_tag(std::string_view tag) {
    if (tag.starts_with("<!--") && tag.ends_with("-->")) return {HtmlMeaning::nothing};
    std::size_t at = tag.starts_with("</") ? 2 : 1;
    std::size_t const start = at;
    while (at < tag.size() && is_name_character(tag[at])) ++at;
    if (at == start || !tag.starts_with('<')) return {HtmlMeaning::literal};
    std::string const name = to_ascii_lower(tag.substr(start, at - start));
    HtmlTag read;
    if (name == "br") read.meaning = HtmlMeaning::line_break;
    else if (std::ranges::find(holders, name) != holders.end()) read.meaning = HtmlMeaning::nothing;
    else if (std::ranges::find(paragraphs, name) != paragraphs.end()) read.meaning = HtmlMeaning::paragraph;
    if (read.meaning != HtmlMeaning::literal && start == 1) {
        read.anchor = attribute(tag, "id");
        if (read.anchor.empty() && name == "a") read.anchor = attribute(tag, "name");
    }
    return read;
}

HtmlText read_html_block(std::string_view html) {
    HtmlText read;
    Paragraphs paragraphs;
    bool comments_close = true;
    std::size_t at = 0;
    while (at < html.size()) {
        std::size_t const next = html.find_first_of("<&", at);
        paragraphs.add(html.substr(at, next == std::string_view::npos ? html.size() - at : next - at));
        if (next == std::string_view::npos) break;
        at = next;
        if (html[at] == '&') {
            if (auto entity = read_entity(html.substr(at, 16))) {
                paragraphs.add(entity->first);
                at += entity->second;
            } else {
                paragraphs.add("&");
                ++at;
            }
            continue;
        }
        if (comments_close && html.substr(at).starts_with("<!--")) {
            std::size_t const close = html.find("-->", at + 4);
            if (close != std::string_view::npos) {
                at = close + 3;
                continue;
            }
            comments_close = false;  // a comment that never ends hides nothing: it is shown
        }
        if (auto const end = end_of_tag(html, at)) {
            std::string_view const tag = html.substr(at, *end - at);
            HtmlTag const meaning = read_html_tag(tag);
            if (!meaning.anchor.empty()) read.anchors.push_back(meaning.anchor);
            switch (meaning.meaning) {
            case HtmlMeaning::nothing: break;
            case HtmlMeaning::line_break:
            case HtmlMeaning::paragraph: paragraphs.finish(); break;
            case HtmlMeaning::literal: paragraphs.add(tag); break;
            }
            at = *end;
            continue;
        }
        paragraphs.add("<");
        ++at;
    }
    read.paragraphs = paragraphs.take();
    return read;
}

}  // namespace ca::documents
