#include "pdf_check/metadata.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace pdf_check {

namespace {

std::string unescaped(std::string_view text) {
    static constexpr std::pair<std::string_view, char> entities[] = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        bool replaced = false;
        for (auto const& [entity, c] : entities) {
            if (text.substr(i, entity.size()) == entity) {
                out += c;
                i += entity.size();
                replaced = true;
                break;
            }
        }
        if (!replaced) out += text[i++];
    }
    return out;
}

}  // namespace

std::expected<std::map<std::string, std::string, std::less<>>, std::string> read_xmp(std::string_view packet) {
    std::map<std::string, std::string, std::less<>> properties;
    std::vector<std::string> open;
    for (std::size_t at = 0; at < packet.size();) {
        if (packet[at] != '<') {
            auto const end = std::min(packet.find('<', at), packet.size());
            std::string const text = unescaped(packet.substr(at, end - at));
            if (text.find_first_not_of(" \n\r\t") != std::string::npos) {
                // The property is the innermost element that is no container of RDF.
                for (auto name = open.rbegin(); name != open.rend(); ++name) {
                    if (name->substr(0, 4) == "rdf:") continue;
                    properties.try_emplace(*name, text);
                    break;
                }
            }
            at = end;
            continue;
        }
        auto const end = packet.find('>', at);
        if (end == std::string_view::npos) return std::unexpected("a tag is not closed");
        std::string_view const tag = packet.substr(at + 1, end - at - 1);
        at = end + 1;
        if (tag.substr(0, 1) == "?" || tag.substr(0, 1) == "!") continue;
        bool const closes = tag.substr(0, 1) == "/";
        std::string_view const rest = closes ? tag.substr(1) : tag;
        std::string const name(rest.substr(0, rest.find_first_of(" /\n\t\r")));
        if (closes) {
            if (open.empty() || open.back() != name) return std::unexpected("</" + name + "> closes nothing");
            open.pop_back();
        } else if (tag.empty() || tag.back() != '/') {
            open.push_back(name);
        }
    }
    if (!open.empty()) return std::unexpected("<" + open.back() + "> is not closed");
    return properties;
}

}  // namespace pdf_check
