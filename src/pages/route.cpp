#include "pages/route.h"

#include "base/text.h"

#include <algorithm>

namespace ca::pages {
namespace {

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string percent_decode(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
            out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    // An address can be typed by hand; what is not UTF-8 is kept readable instead of reaching the screen broken.
    return is_valid_utf8(out) ? out : to_utf8(to_code_points(text));
}

}  // namespace

std::string percent_encode(std::string_view text) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (unsigned char c : text) {
        bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                          c == '.' || c == '_' || c == '~' || c == ',' || c == '@';
        if (unreserved) {
            out += static_cast<char>(c);
        } else {
            out += '%';
            out += digits[c >> 4];
            out += digits[c & 15];
        }
    }
    return out;
}

std::string_view Route::segment(std::size_t index) const {
    return index < path.size() ? std::string_view(path[index]) : std::string_view();
}

std::string_view Route::query_value(std::string_view name) const {
    for (const auto& [key, value] : query)
        if (key == name) return value;
    return {};
}

bool Route::has(std::string_view name) const {
    return std::ranges::any_of(query, [&](const auto& pair) { return pair.first == name; });
}

Route Route::with(std::string_view name, std::string_view value) const {
    Route changed = *this;
    auto found = std::ranges::find_if(changed.query, [&](const auto& pair) { return pair.first == name; });
    if (value.empty()) {
        std::erase_if(changed.query, [&](const auto& pair) { return pair.first == name; });
    } else if (found != changed.query.end()) {
        found->second = value;
    } else {
        changed.query.emplace_back(name, value);
    }
    return changed;
}

std::string Route::subject() const {
    Route bare{.path = path, .query = {}};
    for (const std::string_view name : {"account", "request"}) bare = bare.with(name, query_value(name));
    return bare.address();
}

std::string Route::path_text() const { return join(path, "/"); }

std::string Route::address() const {
    std::string out = "#/";
    for (std::size_t i = 0; i < path.size(); ++i) out += (i ? "/" : "") + percent_encode(path[i]);
    for (std::size_t i = 0; i < query.size(); ++i)
        out += (i ? "&" : "?") + percent_encode(query[i].first) + "=" + percent_encode(query[i].second);
    return out;
}

Route parse_route(std::string_view address) {
    if (address.starts_with('#')) address.remove_prefix(1);
    if (address.starts_with('/')) address.remove_prefix(1);
    Route route;
    auto question = address.find('?');
    for (const auto& part : split(address.substr(0, question), '/'))
        if (!part.empty()) route.path.push_back(percent_decode(part));
    if (question != std::string_view::npos) {
        for (const auto& pair : split(address.substr(question + 1), '&')) {
            if (pair.empty()) continue;
            auto equals = pair.find('=');
            route.query.emplace_back(percent_decode(pair.substr(0, equals)),
                                     equals == std::string::npos ? "" : percent_decode(pair.substr(equals + 1)));
        }
    }
    return route;
}

std::string agreement_address(std::string_view number, std::string_view part) {
    std::string address = "#/agreements/" + percent_encode(number);
    if (!part.empty()) address += "/" + std::string(part);
    return address;
}

std::string case_address(std::string_view number) { return "#/cases/" + percent_encode(number); }

}  // namespace ca::pages
