// Any bytes: parse_json answers or refuses, values lie where they say, and a text that is quoted reads back as it was.
#include "base/text.h"
#include "interop/json_text.h"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace ca::interop;

void check_places(const Json& json, std::string_view bytes, std::size_t begin, std::size_t end) {
    if (json.begin < begin || json.end > end || json.begin >= json.end) std::abort();
    // A value read by itself is the same value.
    auto const alone = parse_json(bytes.substr(json.begin, json.end - json.begin));
    if (!alone || alone->kind != json.kind || alone->text != json.text) std::abort();
    for (auto const& item : json.items) check_places(item, bytes, json.begin, json.end);
    for (auto const& member : json.members) {
        if (member.begin >= member.end || member.end > member.value.begin) std::abort();
        check_places(member.value, bytes, json.begin, json.end);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 4096) return 0;
    std::string_view const bytes(reinterpret_cast<const char*>(data), size);
    auto const json = parse_json(bytes);
    if (json) check_places(*json, bytes, 0, bytes.size());
    else if (json.error().where.empty() || json.error().message.empty()) std::abort();
    if (ca::is_valid_utf8(bytes)) {
        auto const again = parse_json(quote_json(bytes));
        if (!again || again->text != bytes) std::abort();
    }
    return 0;
}
