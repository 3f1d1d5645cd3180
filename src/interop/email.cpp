#include "interop/email.h"

#include "base/sha256.h"
#include "base/isolate.h"
#include "base/shown_text.h"
#include "base/text.h"
#include "interop/portal_links.h"
#include "lifecycle/views.h"

#include <algorithm>
#include <array>
#include <utility>

namespace ca::interop {

namespace {

using lifecycle::Agreement;
using lifecycle::NotificationKind;
using lifecycle::Workspace;

// ---- Words ------------------------------------------------------------------------------------------------

// A message's body, said once and written as text and as HTML.
struct Body {
    struct Part {
        enum class Kind : std::uint8_t { paragraph, heading, facts, quotation, link };
        Kind kind;
        std::string text{};
        std::vector<std::pair<std::string, std::string>> facts{};
        std::string address{};
    };
    std::vector<Part> parts{};

    void paragraph(std::string text) { parts.push_back({Part::Kind::paragraph, std::move(text)}); }
    void heading(std::string text) { parts.push_back({Part::Kind::heading, std::move(text)}); }
    void quotation(std::string text) { parts.push_back({Part::Kind::quotation, std::move(text)}); }
    void link(std::string text, std::string address) {
        parts.push_back({Part::Kind::link, std::move(text), {}, std::move(address)});
    }
    void facts(std::vector<std::pair<std::string, std::string>> facts) {
        std::erase_if(facts, [](const auto& fact) { return fact.second.empty(); });
        parts.push_back({Part::Kind::facts, {}, std::move(facts)});
    }
};

std::string escape_html(std::string_view text) {
    std::string escaped;
    for (char const c : text) {
        switch (c) {
            case '&': escaped += "&amp;"; break;
            case '<': escaped += "&lt;"; break;
            case '>': escaped += "&gt;"; break;
            case '"': escaped += "&quot;"; break;
            case '\'': escaped += "&#39;"; break;
            default: escaped += c;
        }
    }
    return escaped;
}

std::string with_breaks(std::string_view text) {
    std::string html;
    for (auto const& line : split(text, '\n')) html += (html.empty() ? "" : "<br>\n") + escape_html(line);
    return html;
}

std::string to_text(const Body& body) {
    std::string text;
    for (auto const& part : body.parts) {
        if (!text.empty()) text += '\n';
        switch (part.kind) {
            case Body::Part::Kind::heading: text += to_ascii_upper(part.text) + "\n"; break;
            case Body::Part::Kind::paragraph: text += part.text + "\n"; break;
            case Body::Part::Kind::quotation:
                for (auto const& line : split(part.text, '\n')) text += "> " + line + "\n";
                break;
            case Body::Part::Kind::facts:
                for (auto const& [name, value] : part.facts) text += name + ": " + value + "\n";
                break;
            case Body::Part::Kind::link: text += part.text + ":\n" + part.address + "\n"; break;
        }
    }
    return text;
}

std::string to_html(const Body& body, std::string_view title) {
    std::string html =
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
        "content=\"width=device-width, initial-scale=1\">\n<title>" +
        escape_html(title) +
        "</title>\n</head>\n<body style=\"margin:0;padding:24px;background:#f0f4f5;color:#212b32;font:16px/1.5 "
        "Arial,sans-serif\">\n"
        "<div style=\"max-width:640px;margin:0 auto;padding:24px;background:#ffffff\">\n<h1 "
        "style=\"font-size:24px;line-height:1.3\">" +
        escape_html(title) + "</h1>\n";
    for (auto const& part : body.parts) {
        switch (part.kind) {
            case Body::Part::Kind::heading:
                html += "<h2 style=\"font-size:19px\">" + escape_html(part.text) + "</h2>\n";
                break;
            case Body::Part::Kind::paragraph: html += "<p>" + with_breaks(part.text) + "</p>\n"; break;
            case Body::Part::Kind::quotation:
                html += "<blockquote style=\"margin:0 0 16px;padding-left:16px;border-left:4px solid #005eb8\">" +
                        with_breaks(part.text) + "</blockquote>\n";
                break;
            case Body::Part::Kind::facts:
                html += "<dl>\n";
                for (auto const& [name, value] : part.facts)
                    html += "<dt style=\"font-weight:bold\">" + escape_html(name) +
                            "</dt>\n<dd style=\"margin:0 0 8px\">" + with_breaks(value) + "</dd>\n";
                html += "</dl>\n";
                break;
            case Body::Part::Kind::link:
                html += "<p><a href=\"" + escape_html(part.address) + "\" style=\"color:#005eb8\">" +
                        escape_html(part.text) + "</a></p>\n";
                break;
        }
    }
    return html + "</div>\n</body>\n</html>\n";
}

// The last day as it stood when the message went out: pauses and resets come later.
Date first_last_day(const Agreement& agreement) {
    return london_date(agreement.created) + (agreement.review.window_days - 1);
}

struct Draft {
    Body body;
    std::string link;
};

std::vector<std::pair<std::string, std::string>> facts_of(const Workspace& workspace, const Agreement& agreement) {
    return {{"Number", agreement.number},
            {"Name", agreement.name},
            {"API products applicable", join(lifecycle::product_names(workspace, agreement.products), ", ")},
            {"Terms version", agreement.terms_version}};
}

Draft new_agreement(const Workspace& workspace, const Agreement& agreement, std::string_view portal,
                    bool from_version_5) {
    Draft draft;
    draft.link = agreement_link(portal, agreement.number);
    auto const last_day = format_words(first_last_day(agreement));
    auto& body = draft.body;
    if (from_version_5)
        body.paragraph(
            "Your Connection Agreement has been digitalised. This one carries the API products that you signed for "
            "under version 5 and takes you to "
            "version " +
            agreement.terms_version + " of the terms. It is ready for you to read and accept.");
    else
        body.paragraph(
            "A new Connection Agreement is ready for you to read and accept. It names the API products that apply to "
            "your organisation from now on.");
    auto facts = facts_of(workspace, agreement);
    facts.emplace_back("Last day to accept", last_day);
    body.facts(std::move(facts));
    body.link("Read and accept the agreement", draft.link);
    body.heading("What you need to do");
    body.paragraph(
        "Check that the company registration number and the API products are right, read the terms and conditions, and "
        "accept them by " +
        last_day +
        ". Only a registered onboarding contact of your organisation can accept. If you are not one yet, search the "
        "portal for Supplier Onboarding Contact Nomination.");
    body.paragraph(
        "If it is not accepted by then, it is cancelled, and a new one has to be requested from the API product "
        "onboarding team.");
    if (agreement.acceptance_case) {
        body.heading("If something is wrong or not clear");
        body.paragraph("Write to us in case " + *agreement.acceptance_case + " before you accept.");
        body.link("Open case " + *agreement.acceptance_case, case_link(portal, *agreement.acceptance_case));
    }
    return draft;
}

Draft terms_change(const Workspace& workspace, const Agreement& agreement, std::string_view portal) {
    Draft draft;
    draft.link = agreement_link(portal, agreement.number);
    auto const last_day = first_last_day(agreement);
    auto& body = draft.body;
    body.paragraph(
        "The terms and conditions of your Connection Agreement have been changed. A new agreement with the new terms "
        "has been made for you. Your API products "
        "stay the same.");
    auto facts = facts_of(workspace, agreement);
    facts.emplace_back("Takes the place of", agreement.supersedes.value_or(""));
    facts.emplace_back("Last day of the review", format_words(last_day));
    body.facts(std::move(facts));
    body.link("Read the new terms", draft.link);
    if (agreement.supersedes)
        body.link("See what has changed, clause by clause", agreement_link(portal, agreement.number, "compare"));
    body.heading("What you need to do");
    body.paragraph(
        "Read the changes. If you agree, there is nothing else to do: the new agreement becomes Active by itself on " +
        format_words(last_day + 1) + ", and the one before it becomes Expired.");
    body.paragraph("If you have questions, raise a query on the agreement by " + format_words(last_day) +
                   ". We can stop the clock while we answer.");
    return draft;
}

Draft termination(const Workspace& workspace, const Agreement& agreement, const lifecycle::Notification& notification,
                  std::string_view portal) {
    // What it told when it was made: an end that was set anew has a message of its own (R47).
    auto const& end_date = notification.end_date;
    Draft draft;
    draft.link = agreement_link(portal, agreement.number);
    auto& body = draft.body;
    bool const is_past = end_date && *end_date <= london_date(notification.at);
    if (!end_date)
        body.paragraph(
            "Your Connection Agreement is ending, because all API products that it was for have been offboarded.");
    else if (is_past)
        body.paragraph("Your Connection Agreement ended on " + format_words(*end_date) + ". Its state is Expired.");
    else
        body.paragraph("Your Connection Agreement ends on " + format_words(*end_date) +
                       ". It stays Active through that day; after it, its state is Expired.");
    auto facts = facts_of(workspace, agreement);
    facts.emplace_back("End date", end_date ? format_words(*end_date) : std::string());
    facts.emplace_back("Reason", notification.end_reason);
    body.facts(std::move(facts));
    body.link("Open the agreement", draft.link);
    body.heading("If this is not what you agreed");
    body.paragraph("Raise a query on the agreement in the portal.");
    return draft;
}

Draft case_update(const lifecycle::Notification& notification, const lifecycle::CaseEntry* entry,
                  std::string_view portal) {
    Draft draft;
    auto const number = notification.case_number.value_or("");
    draft.link = case_link(portal, number);
    auto& body = draft.body;
    body.paragraph("There is a new message in a case that you watch.");
    if (entry) {
        body.facts({{"Case", number},
                    {"Connection Agreement", notification.agreement},
                    {"From", entry->author},
                    {"When", format_words(entry->at)}});
        body.quotation(entry->text);
    }
    body.link("Open case " + number + " to answer", draft.link);
    body.paragraph(
        "You get this message because your address is on the watch list of the case. It can be removed there.");
    return draft;
}

Draft draft_of(const lifecycle::Sight& seen, std::size_t index, std::string_view portal) {
    auto const& notification = seen.notifications[index];
    if (notification.kind == NotificationKind::case_update)
        return case_update(notification, seen.entry_carried_by(index), portal);
    static const Agreement nothing{};
    auto const* found = seen.find_agreement(notification.agreement);
    auto const& agreement = found ? *found : nothing;
    switch (notification.kind) {
        case NotificationKind::uplift_v5_to_v6: return new_agreement(seen, agreement, portal, true);
        case NotificationKind::terms_change: return terms_change(seen, agreement, portal);
        case NotificationKind::agreement_termination: return termination(seen, agreement, notification, portal);
        case NotificationKind::new_agreement:
        case NotificationKind::case_update: break;
    }
    return new_agreement(seen, agreement, portal, false);
}

// ---- MIME -------------------------------------------------------------------------------------------------

constexpr std::string_view id_domain = "connection-agreements.invalid";
constexpr std::size_t encoded_word_max = 75;
constexpr std::size_t header_word_max = 60;
constexpr std::size_t body_line_max = 76;

bool is_plain(char c) { return c >= 0x20 && c <= 0x7e; }

std::string one_line(std::string_view text) {
    std::string line(text);
    std::replace_if(
        line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    return line;
}

// Whether a reader sees it in a header as it stands: headers are folded at their spaces, where one is all that is sure
// to come through, a word that is longer than a line cannot be folded, and "=?" begins an encoded word.
bool stands_as_it_is(std::string_view line) {
    auto const words = split(line, ' ');
    auto const comes_through = [&](const std::string& word) {
        return (!word.empty() || words.size() == 1) && word.size() <= header_word_max;
    };
    return std::all_of(line.begin(), line.end(), is_plain) && line.find("=?") == std::string::npos &&
           std::all_of(words.begin(), words.end(), comes_through);
}

std::string base64(std::string_view bytes) {
    static constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string encoded;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t block = 0;
        auto const count = std::min<std::size_t>(3, bytes.size() - i);
        for (std::size_t j = 0; j < 3; ++j)
            block = block << 8 | (j < count ? static_cast<unsigned char>(bytes[i + j]) : 0u);
        for (std::size_t j = 0; j < 4; ++j) encoded += j <= count ? digits[block >> (18 - 6 * j) & 63] : '=';
    }
    return encoded;
}

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

// "Sat, 1 Aug 2025 09:15:00 +0100", in London.
std::string header_date(Instant at) {
    static constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto const date = london_date(at);
    auto const civil = to_civil(date);
    int const seconds = london_seconds_of_day(at);
    return format_weekday(date).substr(0, 3) + ", " + std::to_string(civil.day) + " " +
           std::string(months[static_cast<std::size_t>(civil.month - 1)]) + " " + std::to_string(civil.year) + " " +
           two_digits(seconds / 3600) + ":" + two_digits(seconds / 60 % 60) + ":" + two_digits(seconds % 60) +
           (london_offset_seconds(at) != 0 ? " +0100" : " +0000");
}

std::string mailbox(std::string_view name, std::string_view address) {
    // An address that passed the rules has none of these; whatever did not must not break out of the header.
    std::string safe(address);
    std::erase_if(safe,
                  [](char c) { return !is_plain(c) || c == ' ' || c == '<' || c == '>' || c == ',' || c == ';'; });
    if (name.empty()) return safe;
    auto const line = one_line(name);
    bool const is_atom = std::all_of(line.begin(), line.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' || c == '-';
    });
    std::string shown = encode_header(line);
    if (!is_atom && shown == line) {
        shown = "\"";
        for (char const c : line) {
            if (c == '"' || c == '\\') shown += '\\';
            shown += c;
        }
        shown += '"';
    }
    return shown + " <" + safe + ">";
}

std::string slug_of(NotificationKind kind) {
    std::string slug(to_words(kind));
    std::replace(slug.begin(), slug.end(), '_', '-');
    return slug;
}

// A header whose words are folded before the line gets too long; a word alone may be longer.
std::string header(std::string_view name, std::string_view value) {
    std::string line = std::string(name) + ":";
    std::size_t length = line.size();
    for (auto const& word : split(value, ' ')) {
        if (word.empty()) continue;
        if (length + 1 + word.size() > 78 && length > name.size() + 1) {
            line += "\r\n";
            length = 0;
        }
        line += " " + word;
        length += 1 + word.size();
    }
    return line + "\r\n";
}

}  // namespace

std::string encode_header(std::string_view text) {
    auto const line = one_line(text);
    if (stands_as_it_is(line)) return line;
    constexpr std::string_view open = "=?utf-8?B?", close = "?=";
    constexpr std::size_t bytes_max = (encoded_word_max - open.size() - close.size()) / 4 * 3;
    std::string encoded, piece;
    auto flush = [&] {
        if (piece.empty()) return;
        if (!encoded.empty()) encoded += ' ';
        encoded += std::string(open) + base64(piece) + std::string(close);
        piece.clear();
    };
    for (auto const point : to_code_points(line)) {
        auto const bytes = to_utf8(point);
        if (piece.size() + bytes.size() > bytes_max) flush();
        piece += bytes;
    }
    flush();
    return encoded;
}

std::string to_quoted_printable(std::string_view text) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded, line;
    auto break_softly_before = [&](std::size_t length) {
        if (line.size() + length <= body_line_max - 1) return;
        encoded += line + "=\r\n";
        line.clear();
    };
    auto escape = [&](char c) {
        auto const byte = static_cast<unsigned char>(c);
        return std::string{'=', digits[byte >> 4], digits[byte & 15]};
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[i];
        bool const ends_line = c == '\n' || (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n');
        if (ends_line) {
            if (c == '\r') ++i;
            encoded += line + "\r\n";
            line.clear();
            continue;
        }
        bool const is_last = i + 1 == text.size() || text[i + 1] == '\n' || text[i + 1] == '\r';
        // White space at the end of a line gets lost on the way, and a lone "." or "From " at its start gets changed:
        // of a line of what is sent, so after a soft break, too.
        bool const is_safe = is_plain(c) && c != '=' && !(c == ' ' && is_last);
        auto token = is_safe ? std::string(1, c) : escape(c);
        break_softly_before(token.size());
        if (line.empty() && (c == '.' || c == 'F')) token = escape(c);
        line += token;
    }
    return encoded + line;
}

std::string subject_of(const lifecycle::Notification& notification) {
    switch (notification.kind) {
        case NotificationKind::terms_change:
            return "The terms of your Connection Agreement are changing: " + notification.agreement;
        case NotificationKind::agreement_termination:
            return "Connection Agreement " + notification.agreement + " is ending";
        case NotificationKind::case_update:
            return "New message in case " + notification.case_number.value_or("") + " on Connection Agreement " +
                   notification.agreement;
        case NotificationKind::new_agreement:
        case NotificationKind::uplift_v5_to_v6: break;
    }
    return "Connection Agreement " + notification.agreement + " is ready for you to accept";
}

Message message_of(const lifecycle::Sight& seen, std::size_t index, std::string_view portal) {
    auto const& notification = seen.notifications.at(index);
    auto const place = seen.place_of_notification(index);
    auto [body, link] = draft_of(seen, index, portal);
    auto const* contact = seen.find_contact(notification.to);
    Message message;
    if (contact && contact->account == notification.account) message.to_name = shown_line(contact->name);
    Body::Part const greeting{Body::Part::Kind::paragraph,
                              message.to_name.empty() ? "Hello," : "Dear " + one_line(message.to_name) + ","};
    body.parts.insert(body.parts.begin(), greeting);
    body.paragraph("NHS England Connection Agreement team");
    body.paragraph("Something does not work, or you want to tell us what you think of this service? Write to " +
                   std::string(feedback_address) + ".");

    message.to_address = notification.to;
    message.subject = shown_line(subject_of(notification));
    message.text = shown_text(to_text(body));
    message.html = shown_text(to_html(body, message.subject));
    message.link = std::move(link);
    message.at = notification.at;
    auto const about = notification.case_number.value_or(notification.agreement);
    auto const identity = format_iso(notification.at) + "\n" + std::string(to_words(notification.kind)) + "\n" + about +
                          "\n" + notification.to + "\n" + std::to_string(notification.entry) + "\n" +
                          std::to_string(place);
    constexpr std::size_t id_length = 32;
    message.id = sha256_hex(identity).substr(0, id_length) + "@" + std::string(id_domain);
    message.thread = about + "@" + std::string(id_domain);
    message.file_name = about + "-" + slug_of(notification.kind) + "-" + std::to_string(place + 1) + ".eml";
    return message;
}

std::string to_eml(const Message& message) {
    // "=_" cannot come up in quoted-printable text, so this can never be found inside a part.
    constexpr std::size_t boundary_length = 24;
    auto const boundary = "=_" + sha256_hex(message.id + message.text + message.html).substr(0, boundary_length);
    auto part = [&](std::string_view type, std::string_view text) {
        return "--" + boundary + "\r\nContent-Type: " + std::string(type) +
               "; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + to_quoted_printable(text) +
               "\r\n";
    };
    return header("From", mailbox(sender_name, sender_address)) +
           header("To", mailbox(message.to_name, message.to_address)) +
           header("Subject", encode_header(message.subject)) + header("Date", header_date(message.at)) +
           header("Message-ID", "<" + one_line(message.id) + ">") +
           header("References", "<" + one_line(message.thread) + ">") + "MIME-Version: 1.0\r\n" + "X-Unsent: 1\r\n" +
           "Content-Language: en-GB\r\n" + "Content-Type: multipart/alternative; boundary=\"" + boundary +
           "\"\r\n\r\n" + part("text/plain", isolate_right_to_left(message.text)) +
           part("text/html", isolate_right_to_left(message.html)) + "--" + boundary + "--\r\n";
}

}  // namespace ca::interop
