#include "sharing/invitation_link.h"

#include "journal/canonical.h"
#include "sharing/signature.h"

#include <cstdint>

namespace ca::sharing {
namespace {

constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string base64url(std::string_view bytes) {
    std::string text;
    std::uint32_t held = 0;
    int bits = 0;
    for (const char byte : bytes) {
        held = (held << 8) | static_cast<unsigned char>(byte);
        for (bits += 8; bits >= 6; bits -= 6) text += letters[(held >> (bits - 6)) & 63];
    }
    if (bits > 0) text += letters[(held << (6 - bits)) & 63];
    return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
    std::string bytes;
    std::uint32_t held = 0;
    int bits = 0;
    for (const char letter : text) {
        const auto value = letters.find(letter);
        if (value == std::string_view::npos) return std::nullopt;
        held = (held << 6) | static_cast<std::uint32_t>(value);
        if ((bits += 6) < 8) continue;
        bits -= 8;
        bytes += static_cast<char>(held >> bits & 0xff);
    }
    return bytes;
}

}  // namespace

std::string to_token(const InvitationLink& link) {
    std::string text;
    journal::CanonicalWriter{text}.write(link);
    return base64url(text);
}

Result<InvitationLink> read_invitation(std::string_view token) {
    const auto text = from_base64url(token);
    journal::CanonicalReader reader{text ? std::string_view(*text) : std::string_view()};
    InvitationLink link;
    reader.read(link);
    reader.expect_end();
    const bool is_whole = !reader.failed() && seed_of_user(link.seed) && to_token(link) == token;
    if (!is_whole || link.is_for_visitors() != !link.until)
        return fail(
            "bad_invitation",
            "This link is not whole. Open the link in the message that NHS England sent you, with all that stands "
            "behind “#/join/”, or ask for a new one.");
    return link;
}

}  // namespace ca::sharing
