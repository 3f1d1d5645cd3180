#include "interop/email.h"

#include "base/text.h"
#include "interop/tables.h"
#include "support/whole.h"

#include <algorithm>
#include <random>

using namespace ca;
using namespace ca::interop;
using namespace ca::interop::test;
using namespace ca::lifecycle;

namespace {

constexpr std::string_view portal = "https://portal.example/";

std::string decode_quoted_printable(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '=') {
            if (text[i] != '\r') decoded += text[i];
        } else if (text.substr(i).starts_with("=\r\n")) {
            i += 2;
        } else {
            decoded += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
            i += 2;
        }
    }
    return decoded;
}

std::string decode_base64(std::string_view text) {
    static constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string decoded;
    unsigned block = 0;
    int bits = 0;
    for (char const c : text) {
        if (c == '=') break;
        block = block << 6 | static_cast<unsigned>(digits.find(c));
        if ((bits += 6) >= 8) decoded += static_cast<char>(block >> (bits -= 8) & 255);
    }
    return decoded;
}

std::string decode_words(std::string_view header) {
    std::string decoded;
    for (auto const& word : split(header, ' ')) {
        if (word.starts_with("=?utf-8?B?") && word.ends_with("?="))
            decoded += decode_base64(std::string_view(word).substr(10, word.size() - 12));
        else decoded += (decoded.empty() ? "" : " ") + word;
    }
    return decoded;
}

// Headers unfolded, up to the empty line.
std::vector<std::string> headers_of(const std::string& eml) {
    std::vector<std::string> headers;
    for (auto const& line : split(eml.substr(0, eml.find("\r\n\r\n")), '\n')) {
        auto const bare = line.ends_with("\r") ? line.substr(0, line.size() - 1) : line;
        if (bare.starts_with(" ")) headers.back() += bare;
        else headers.push_back(bare);
    }
    return headers;
}

std::string header(const std::string& eml, const std::string& name) {
    for (auto const& line : headers_of(eml))
        if (line.starts_with(name + ": ")) return line.substr(name.size() + 2);
    return {};
}

// The words of the first (text) or second (HTML) part.
std::string part(const std::string& eml, int which) {
    std::size_t start = 0;
    for (int i = 0; i < which; ++i) start = eml.find("\r\n--=_", start + 1);
    start = eml.find("\r\n\r\n", start + 2) + 4;
    return decode_quoted_printable(std::string_view(eml).substr(start, eml.find("\r\n--=_", start) - start));
}

// Well-formed as a message: CRLF only, 7 bits, no line too long, two parts between the boundaries.
void check_form(const std::string& eml) {
    for (std::size_t i = 0; i < eml.size(); ++i) {
        if (eml[i] == '\n') REQUIRE((i > 0 && eml[i - 1] == '\r'));
        if (eml[i] == '\r') REQUIRE((i + 1 < eml.size() && eml[i + 1] == '\n'));
        REQUIRE(static_cast<unsigned char>(eml[i]) < 0x7f);
    }
    for (auto const& line : split(eml, '\n')) CHECK(line.size() <= 79);
    auto const type = header(eml, "Content-Type");
    auto const boundary = type.substr(type.find('"') + 1, type.rfind('"') - type.find('"') - 1);
    std::size_t count = 0;
    for (auto at = eml.find("--" + boundary); at != std::string::npos; at = eml.find("--" + boundary, at + 1)) ++count;
    CHECK(count == 3);
    CHECK(eml.ends_with("--" + boundary + "--\r\n"));
}

void must(Workspace& workspace, Command command, const Actor& actor, Instant when) {
    auto const done = step(workspace, command, actor, when);
    std::string const why = command.verb + ": " + (done.decision ? "" : done.decision.error().message);
    REQUIRE_MESSAGE(done.decision.has_value(), why);
}

const Actor priya{Role::agreement_team, "Priya Shah"};
const Actor zoe{Role::contact, "zoe@birch.example"};

// One of each kind of notification, to Zoë and to the delivery address or a watcher.
Workspace told() {
    auto workspace = imported({file("customer_account", {account_row()}), file("customer_contact", {contact_row()})});
    auto day = [](int number) { return Instant{now.seconds + number * 86400}; };
    must(workspace, {"register_product", {{"id", std::string("pds")}, {"name", std::string("PDS FHIR API")}}}, priya,
         day(0));
    must(workspace,
         {"publish_terms", {{"version", "6.0"}, {"title", "Six"}, {"standard_terms", "# Six"}, {"uplift", false}}},
         priya, day(0));
    must(workspace,
         {"create_agreement",
          {{"account", "RBA11"},
           {"products", std::vector<std::string>{"pds"}},
           {"terms", "6.0"},
           {"from_version", std::int64_t{5}}}},
         priya, day(0));
    must(workspace, {"issue", {{"number", "CNTR0000001"}}}, priya, day(0));
    must(workspace, {"withdraw", {{"number", "CNTR0000001"}, {"reason", "Made by mistake"}}}, priya, day(1));
    must(workspace,
         {"create_agreement", {{"account", "RBA11"}, {"products", std::vector<std::string>{"pds"}}, {"terms", "6.0"}}},
         priya, day(1));
    must(workspace, {"issue", {{"number", "CNTR0000002"}}}, priya, day(1));
    must(workspace, {"watch", {{"case", "CS0000002"}, {"email", "watcher@x.example"}}}, zoe, day(1));
    must(workspace, {"reply", {{"case", "CS0000002"}, {"text", "Hello <b>Zoë</b>,\n.\nFrom us: £5 & more = good."}}},
         priya, day(2));
    must(workspace, {"accept", {{"number", "CNTR0000002"}, {"read_and_understood", true}}}, zoe, day(3));
    must(workspace,
         {"publish_terms",
          {{"version", "6.1"}, {"title", "Six one"}, {"standard_terms", "# Six one"}, {"uplift", true}}},
         priya, day(4));
    must(workspace,
         {"terminate", {{"number", "CNTR0000002"}, {"end_date", "2026-12-24"}, {"reason", "All products offboarded"}}},
         priya, day(5));
    return workspace;
}

}  // namespace

TEST_CASE("no line of quoted-printable begins with what mail programs change, after a soft break neither") {
    for (std::size_t before = 0; before < 160; ++before)
        for (std::string const tail : {".", "..", "From here", "From From", ". From"}) {
            std::string const text = std::string(before, 'x') + tail + "\n" + tail;
            auto const encoded = to_quoted_printable(text);
            for (auto const& line : split(encoded, '\n')) {
                CHECK_FALSE(line.starts_with('.'));
                CHECK_FALSE(line.starts_with("From "));
                CHECK(line.size() <= 77);  // with the carriage return
            }
            CHECK(decode_quoted_printable(encoded) == text);
        }
}

TEST_CASE(
    "long texts of many lines and shapes: no line of what is sent begins with what mail programs change, and every "
    "text comes back") {
    std::vector<std::string> const pieces = {".",
                                             "..",
                                             "From ",
                                             "From",
                                             ">From ",
                                             "from ",
                                             " ",
                                             "  ",
                                             "\t",
                                             "=",
                                             "é",
                                             "😀",
                                             "\n",
                                             "\n\n",
                                             "\n.\n",
                                             "\nFrom ",
                                             "x",
                                             std::string(37, 'y'),
                                             std::string(74, 'z'),
                                             std::string(75, '.'),
                                             "דוד",
                                             "word "};
    for (unsigned seed = 1; seed <= 300; ++seed) {
        std::mt19937 random(seed);
        CAPTURE(seed);
        std::string text;
        while (text.size() < 1500) text += pieces[random() % pieces.size()];
        Message message;
        message.to_address = "jo@x.example";
        message.text = text;
        message.html = "<p>" + text + "</p>";
        auto const eml = to_eml(message);
        auto const body = eml.find("\r\n\r\n");
        for (auto const& line : split(eml.substr(body), '\n')) {
            REQUIRE_FALSE(line.starts_with('.'));
            REQUIRE_FALSE(line.starts_with("From "));
            REQUIRE(line.size() <= 77);  // with the carriage return
        }
        auto const encoded = to_quoted_printable(text);
        REQUIRE(decode_quoted_printable(encoded) == text);
        for (auto const& line : split(encoded, '\n'))
            REQUIRE((line.ends_with("=\r") || !line.ends_with(" \r")));  // a space at an end is lost on the way
    }
}

TEST_CASE(
    "in a message's file right-to-left words are isolated, in both parts; its text as the page shows it has no "
    "isolates") {
    constexpr std::string_view isolate = "\u2068", pop = "\u2069";
    for (std::string const name : {"דוד כהן", "شركة 42 الأولى"}) {
        auto workspace = told();
        auto zoe = workspace.contacts.at("zoe@birch.example");
        zoe.name = name;
        workspace.put(zoe);
        auto const message = message_of(ca::test::whole(workspace), 0, portal);
        CHECK(message.text.find("Dear " + name + ",") != std::string::npos);
        auto const eml = to_eml(message);
        check_form(eml);
        auto const isolated = "Dear " + std::string(isolate) + name + std::string(pop) + ",";
        CHECK(part(eml, 1).find(isolated) != std::string::npos);
        CHECK(part(eml, 2).find(isolated) != std::string::npos);
        CHECK(decode_words(header(eml, "To")).find(name) != std::string::npos);
    }
    auto const eml = to_eml(message_of(ca::test::whole(told()), 0, portal));
    CHECK(part(eml, 1).find(isolate) == std::string::npos);
}

TEST_CASE("each notification is a message that says what it is about, what to do, and where") {
    auto const workspace = told();
    std::map<NotificationKind, Message> by_kind;
    for (std::size_t i = 0; i < workspace.notifications.size(); ++i) {
        auto const message = message_of(ca::test::whole(workspace), i, portal);
        check_form(to_eml(message));
        CHECK(to_eml(message) == to_eml(message_of(ca::test::whole(workspace), i, portal)));
        CHECK(message.text.find(message.link) != std::string::npos);
        CHECK(message.html.find("href=\"" + message.link + "\"") != std::string::npos);
        if (!message.to_name.empty() || workspace.notifications[i].kind == NotificationKind::case_update)
            by_kind.emplace(workspace.notifications[i].kind, message);
    }
    REQUIRE(by_kind.size() == 5);

    auto const& fresh = by_kind.at(NotificationKind::new_agreement);
    CHECK(fresh.subject == "Connection Agreement CNTR0000002 is ready for you to accept");
    CHECK(fresh.text.starts_with("Dear Zoë Hughes,\n"));
    CHECK(fresh.text.find("Last day to accept: 20 February 2027") !=
          std::string::npos);  // created 23 November 2026, 90 days
    CHECK(fresh.text.find("API products applicable: PDS FHIR API") != std::string::npos);
    CHECK(fresh.text.find("Supplier Onboarding Contact Nomination") != std::string::npos);
    CHECK(fresh.text.find("https://portal.example/#/cases/CS0000002") != std::string::npos);
    CHECK(fresh.link == "https://portal.example/#/agreements/CNTR0000002");
    CHECK(by_kind.at(NotificationKind::uplift_v5_to_v6).text.find("under version 5") != std::string::npos);

    auto const& change = by_kind.at(NotificationKind::terms_change);
    CHECK(change.text.find("Takes the place of: CNTR0000002") != std::string::npos);
    CHECK(change.text.find("Last day of the review: 25 December 2026") != std::string::npos);
    CHECK(change.text.find("Active by itself on 26 December 2026") != std::string::npos);
    auto const& end = by_kind.at(NotificationKind::agreement_termination);
    CHECK(end.text.find("ends on 24 December 2026") != std::string::npos);
    CHECK(end.text.find("Reason: All products offboarded") != std::string::npos);

    auto const& update = by_kind.at(NotificationKind::case_update);
    CHECK(update.to_address == "watcher@x.example");
    CHECK(update.text.starts_with("Hello,\n"));
    CHECK(update.text.find("> Hello <b>Zoë</b>,\n> .\n> From us: £5 & more = good.\n") != std::string::npos);
    CHECK(update.html.find("Hello &lt;b&gt;Zoë&lt;/b&gt;,<br>") != std::string::npos);
    CHECK(update.link == "https://portal.example/#/cases/CS0000002");
}

TEST_CASE("a message about an end keeps the date that it told, also where a later one has replaced it (R47)") {
    auto workspace = told();
    const auto first =
        static_cast<std::size_t>(std::ranges::find(workspace.notifications, NotificationKind::agreement_termination,
                                                   &lifecycle::Notification::kind) -
                                 workspace.notifications.begin());
    must(
        workspace,
        {"terminate", {{"number", "CNTR0000002"}, {"end_date", "2027-01-31"}, {"reason", "Moved to another supplier"}}},
        priya, Instant{now.seconds + 6 * 86400});
    CHECK(message_of(ca::test::whole(workspace), first, portal).text.find("ends on 24 December 2026") !=
          std::string::npos);
    CHECK(message_of(ca::test::whole(workspace), first, portal).text.find("Reason: All products offboarded") !=
          std::string::npos);
    CHECK(message_of(ca::test::whole(workspace), workspace.notifications.size() - 1, portal)
              .text.find("ends on 31 January 2027") != std::string::npos);
}

TEST_CASE("the message as a file") {
    auto const workspace = told();
    auto const message = message_of(ca::test::whole(workspace), 0, portal);
    auto const eml = to_eml(message);
    CHECK(header(eml, "From") == "NHS England Digital Services <support.digitalservices@nhs.net>");
    CHECK(decode_words(header(eml, "To")) == "Zoë Hughes <zoe@birch.example>");
    CHECK(header(eml, "Subject") == message.subject);
    CHECK(header(eml, "Date") == "Sun, 22 Nov 2026 11:00:00 +0000");
    CHECK(header(eml, "MIME-Version") == "1.0");
    CHECK(header(eml, "X-Unsent") == "1");
    CHECK(header(eml, "Message-ID").starts_with("<"));
    CHECK(part(eml, 1) == message.text);
    CHECK(part(eml, 2) == message.html);
    CHECK(message.file_name == "CNTR0000001-uplift-v5-to-v6-1.eml");
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < workspace.notifications.size(); ++i)
        ids.push_back(message_of(ca::test::whole(workspace), i, portal).id);
    std::sort(ids.begin(), ids.end());
    CHECK(std::adjacent_find(ids.begin(), ids.end()) == ids.end());
}

TEST_CASE("no text can add a header or a part") {
    Message message;
    message.to_name = "Eve\"\r\nBcc: all@x.example\r\n\\";
    message.to_address = "eve@x.example>\r\nBcc: all@x.example";
    message.subject = "Hello\r\nBcc: all@x.example\n\n<script>";
    message.id = "1\r\nBcc: x";
    message.thread = "2\nBcc: x";
    message.text =
        "--boundary\r\n.\r\nBcc: all@x.example\n=?utf-8?B?AA==?=\n" + std::string(500, 'x') + "\n \n\ttab \n";
    message.html = "é\r\n";
    auto const eml = to_eml(message);
    check_form(eml);
    auto const headers = headers_of(eml);
    CHECK(std::count_if(headers.begin(), headers.end(),
                        [](const auto& line) { return to_ascii_lower(line).starts_with("bcc"); }) == 0);
    CHECK(headers.size() == 10);
    CHECK(header(eml, "To").ends_with("<eve@x.exampleBcc:all@x.example>"));
    CHECK(part(eml, 1).find(" \n\ttab \n") != std::string::npos);
}

TEST_CASE("a work note is never sent") {
    auto workspace = told();
    auto the_case = workspace.cases.at("CS0000002");
    the_case.activity.push_back({now, "Priya Shah", "Between us: they owe us an answer", false});
    workspace.put(the_case);
    workspace.put(lifecycle::Notification{now, NotificationKind::case_update, "RBA11", "CNTR0000002", "CS0000002",
                                          "watcher@x.example", static_cast<int>(the_case.activity.size()) - 1});
    auto const message = message_of(ca::test::whole(workspace), workspace.notifications.size() - 1, portal);
    CHECK(message.text.find("Between us") == std::string::npos);
    CHECK(message.html.find("Between us") == std::string::npos);
}

TEST_CASE("headers beyond ASCII are encoded words, whole characters each") {
    std::string const long_name = "Σοφία Папандопулос – Ωμέγα 😀😀😀😀😀😀😀😀😀😀😀😀";
    auto const encoded = encode_header(long_name);
    std::string decoded;
    for (auto const& word : split(encoded, ' ')) {
        CHECK(word.size() <= 75);
        auto const piece = decode_base64(std::string_view(word).substr(10, word.size() - 12));
        CHECK(is_valid_utf8(piece));
        decoded += piece;
    }
    CHECK(decoded == long_name);
    CHECK(encode_header("plain text") == "plain text");
    CHECK(encode_header("=?utf-8?B?AA==?=") != "=?utf-8?B?AA==?=");  // what looks encoded is encoded again
}

TEST_CASE("what folding would change in a header, or could not fold, is encoded") {
    auto const decoded = [](std::string_view encoded) {
        std::string text;
        for (auto const& word : split(encoded, ' ')) {
            REQUIRE(word.starts_with("=?utf-8?B?"));
            text += decode_base64(std::string_view(word).substr(10, word.size() - 12));
        }
        return text;
    };
    std::string const long_word(1200, '.');
    for (std::string const& text : std::vector<std::string>{"two  spaces", " before", "after ", " ", long_word})
        CHECK(decoded(encode_header(text)) == text);
    Message message;
    message.to_address = "jo@x.example";
    for (std::string const& name :
         std::vector<std::string>{"Jo  Marsh", "J. \"Jo\"  Marsh", "=?utf-8?B?AA==?=", long_word}) {
        message.to_name = name;
        auto const eml = to_eml(message);
        auto const begin = eml.find("\r\nTo: ") + 6, end = eml.find(" <jo@x.example>\r\n");
        REQUIRE(end != std::string::npos);
        auto to = eml.substr(begin, end - begin);
        for (auto at = to.find("\r\n"); at != std::string::npos; at = to.find("\r\n")) to.erase(at, 2);
        CHECK(decoded(to) == name);
    }
}
