// Nobody is given what they may not see: every text of every account carries a mark, and every output of every other
// actor is searched for it: each page at each address, searches, and whatever a button gives away.
#include "support/portal_world.h"

#include "documents/document_codec.h"
#include "semantics/diff.h"
#include "semantics/patch.h"

#include <doctest/doctest.h>

#include <random>
#include <set>

using namespace ca;
using namespace ca::test;
using lifecycle::Actor;
using lifecycle::Value;

namespace {

constexpr auto today = "2026-03-02T09:00:00Z";
constexpr int accounts = 3;

const Actor team{lifecycle::Role::agreement_team, "Priya Shah"};
const Actor products{lifecycle::Role::product_team, "API product team"};

// In every text of an account; the second in what only the teams see; the third in the names by which a visitor chooses
// an account to register for, which are public.
std::string mark(int account) { return "quux" + std::string(1, static_cast<char>('a' + account)) + "mark"; }
std::string secret(int account) { return "hush" + std::string(1, static_cast<char>('a' + account)) + "mark"; }
std::string code(int account) { return "Z" + std::string(1, static_cast<char>('A' + account)) + "QQ"; }
std::string public_name(int account) {
    return "Name" + std::string(1, static_cast<char>('a' + account)) + "mark commonword";
}
std::string email(int account) { return mark(account) + "@one.example"; }

struct MarkedWorld : PortalWorld {
    explicit MarkedWorld(unsigned seed) : PortalWorld(today), random(seed) {
        must(team, {"publish_terms",
                    {{"version", Value("6.0")},
                     {"title", Value("Terms")},
                     {"standard_terms", Value("# 1 Terms\n\nText.")},
                     {"uplift", false}}});
        must(team, {"register_product", {{"id", Value("eps")}, {"name", Value("EPS API")}}});
        for (int account = 0; account < accounts; ++account) fill(account);
        must(team, {"publish_terms",
                    {{"version", Value("6.1")},
                     {"title", Value("Terms")},
                     {"standard_terms", Value("# 1 Terms\n\nOther text.")},
                     {"uplift", true}}});
        for (int account = 0; account < accounts; ++account) go_on(account);
        // The portal hears of what it did not do itself when it looks anew.
        click(Role::button, "Practice with time");
        click(Role::button, "Leave practice mode");
    }

    static Value say(std::string words) { return Value(std::move(words)); }
    bool chance() { return random() % 2 == 0; }

    std::optional<lifecycle::Decision> take(const Actor& actor, const lifecycle::Command& command) {
        std::optional<lifecycle::Decision> made;
        store.commit(
            [&](const lifecycle::Workspace& fresh) -> Result<std::vector<lifecycle::Event>> {
                auto decision = lifecycle::decide(fresh, command, actor, platform.clock);
                if (!decision) return std::unexpected(decision.error());
                made = *decision;
                return decision->events;
            },
            [](Result<journal::Committed>) {});
        return made;
    }
    lifecycle::Decision must(const Actor& actor, const lifecycle::Command& command) {
        const auto made = take(actor, command);
        REQUIRE_MESSAGE(made.has_value(), command.verb);
        return *made;
    }

    void fill(int account) {
        const auto m = mark(account), s = secret(account), ods = code(account);
        const Actor contact{lifecycle::Role::contact, email(account)};
        must(team, {"register_account",
                    {{"ods_code", say(ods)},
                     {"name", say(public_name(account))},
                     {"address", say(m + " commonword street")},
                     {"delivery_email", say("box" + m + "@one.example")}}});
        must(team, {"register_contact",
                    {{"account", say(ods)}, {"name", say("Jo " + m + " commonword")}, {"email", say(email(account))}}});
        must(team, {"nominate", {{"account", say(ods)}, {"email", say(email(account))}}});
        const auto request = must(
            products,
            {"request_agreement",
             {{"account", say(ods)}, {"products", std::vector<std::string>{"eps"}}, {"note", say(s + " commonword")}}});
        if (chance()) {
            must(team, {"decline_request", {{"request", say(*request.request)}, {"reason", say(s + " declined")}}});
        }
        const auto number =
            *must(team, {"create_agreement",
                         {{"account", say(ods)}, {"products", std::vector<std::string>{"eps"}}, {"terms", say("6.0")}}})
                 .number;
        must(team, {"issue", {{"number", say(number)}}});
        must(contact, {"raise_query", {{"number", say(number)}, {"description", say(m + " commonword query")}}});
        correct(account);
        if (!chance()) return;
        must(contact, {"accept", {{"number", say(number)}, {"read_and_understood", true}}});
    }

    // R64 to R67: their events hold what was and what is.
    void correct(int account) {
        const auto m = mark(account), ods = code(account);
        const Actor contact{lifecycle::Role::contact, email(account)};
        const auto other = say("al" + m + "@one.example");
        must(team, {"correct_account",
                    {{"account", say(ods)},
                     {"address", say(m + " commonword lane")},
                     {"delivery_email", say("post" + m + "@one.example")}}});
        must(team, {"register_contact", {{"account", say(ods)}, {"name", say("Al " + m)}, {"email", other}}});
        must(contact, {"nominate", {{"account", say(ods)}, {"email", other}}});
        must(contact, {"correct_contact",
                       {{"account", say(ods)}, {"email", other}, {"name", say("Alex " + m + " commonword")}}});
        must(chance() ? team : contact, {"end_nomination", {{"account", say(ods)}, {"email", other}}});
    }

    void go_on(int account) {
        const auto m = mark(account), s = secret(account);
        const Actor contact{lifecycle::Role::contact, email(account)};
        const auto workspace = kept();
        for (const auto& [number, agreement] : workspace.agreements) {
            if (agreement.account != code(account)) continue;
            if (agreement.signature_type == lifecycle::SignatureType::auto_accepted)
                must(team, {"reset", {{"number", say(number)}, {"reason", say(m + " commonword reset")}}});
            if (agreement.signature_type == lifecycle::SignatureType::auto_accepted && chance())
                must(team, {"pause", {{"number", say(number)}, {"reason", say(m + " commonword pause")}}});
            if (agreement.state == lifecycle::State::active) {
                must(contact,
                     {"raise_query", {{"number", say(number)}, {"description", say(m + " commonword again")}}});
                if (chance())
                    must(team, {"terminate",
                                {{"number", say(number)},
                                 {"end_date", say("2026-06-30")},
                                 {"reason", say(m + " commonword end")}}});
            }
        }
        const auto after = kept();
        for (const auto& [number, item] : after.cases) {
            if (item.account != code(account) || item.state == lifecycle::CaseState::closed) continue;
            must(team, {"work_note", {{"case", say(number)}, {"text", say(s + " commonword work note")}}});
            must(team, {"watch", {{"case", say(number)}, {"email", say("watch" + m + "@one.example")}}});
            must(team, {"reply", {{"case", say(number)}, {"text", say(m + " commonword reply")}}});
        }
    }

    // Every word and attribute of what is shown.
    std::string everything() {
        semantics::Differ differ;
        return semantics::to_json(differ.next(page.nodes())) + platform.title + platform.address;
    }
    // Whatever was given away since it was last asked.
    std::string given() {
        std::string all;
        for (const auto& file : std::exchange(platform.saved, {})) all += file.name + "\n" + file.bytes + "\n";
        for (const auto& document : std::exchange(press.printed, {})) all += documents::encode(document);
        for (const auto& text : std::exchange(platform.copied, {})) all += text;
        return all;
    }
    std::vector<std::string> addresses() const {
        std::vector<std::string> all{"#/",
                                     "#/agreements?state=all",
                                     "#/cases",
                                     "#/notifications",
                                     "#/policies/acceptable-use",
                                     "#/changes",
                                     "#/verify",
                                     "#/data",
                                     "#/help",
                                     "#/accessibility",
                                     "#/nowhere",
                                     "#/search?q=commonword",
                                     "#/search?q=name",
                                     "#/search?q=cntr",
                                     "#/search?q=cs0",
                                     "#/nomination",
                                     "#/register",
                                     "#/team",
                                     "#/team/agreements",
                                     "#/team/agreements/create",
                                     "#/team/requests",
                                     "#/team/accounts",
                                     "#/team/products",
                                     "#/team/terms",
                                     "#/team/cases",
                                     "#/team/outbox",
                                     "#/team/outbox?show=all&message=1"};
        for (const auto& [number, request] : kept().requests)
            all.push_back("#/team/agreements/create?request=" + number);
        for (const auto& [number, agreement] : kept().agreements)
            for (const auto* part : {"", "/terms", "/compare", "/history"})
                all.push_back("#/agreements/" + number + part), all.push_back("#/team/agreements/" + number);
        for (const auto& [number, item] : kept().cases) all.push_back("#/cases/" + number);
        return all;
    }
    // Presses whatever gives something away on this page. Each ZIP is asked for on the page as it was opened, and is
    // made to its end.
    void take_all(std::string_view address) {
        open_exports();
        std::set<std::string> buttons, zips;
        for (const auto* button : semantics::find_all(page.nodes(), Role::button))
            for (const auto* word : {"Export", "Download", "Copy", "Add the last day", "Save the list"})
                if (const auto name = semantics::name_of(page.nodes(), *button);
                    name.starts_with(word) && name != "Export")
                    (name.find("ZIP") == std::string::npos ? buttons : zips).insert(button->key);
        for (const auto& key : buttons) {
            page.click_key(key);
            look();
        }
        for (const auto& key : zips) {
            go("#/help");
            go(address);
            open_exports();
            const auto before = platform.saved.size();
            page.click_key(key);
            look();
            REQUIRE(platform.saved.size() == before + 1);
            REQUIRE(platform.saved.back().name.ends_with(".zip"));
            ++zips_made;
        }
    }
    void open_exports() {
        if (page.has(Role::button, "Export") && page.find(Role::button, "Export").expanded == semantics::Toggle::off)
            click(Role::button, "Export");
    }
    std::size_t zips_made = 0;

    std::mt19937 random;
};

void check_without(const std::string& text, const std::string& word, const std::string& where) {
    const auto at = text.find(word);
    CHECK_MESSAGE(at == std::string::npos,
                  where << " has " << (at == std::string::npos ? "" : text.substr(at < 200 ? 0 : at - 200, 400)));
}

}  // namespace

TEST_CASE("no output of an actor holds a text that it may not see") {
    for (const unsigned seed : {1u, 2u, 3u}) {
        CAPTURE(seed);
        MarkedWorld world(seed);
        std::vector<std::pair<int, std::string>> people{{-1, "Visitor"}};
        for (int account = 0; account < accounts; ++account)
            people.emplace_back(account, "Jo " + mark(account) + " commonword");
        for (const auto& [own, name] : people) {
            world.go("#/help");
            world.act_as(name);
            std::string got;
            for (const auto& address : world.addresses()) {
                world.go(address);
                const auto shown = world.everything();
                world.take_all(address);
                const auto given = world.given();
                got += given;
                const auto where = name + " at " + address;
                for (int account = 0; account < accounts; ++account) {
                    for (const auto& text : {shown, given, world.everything()}) {
                        check_without(text, secret(account), where);
                        if (account == own) continue;
                        check_without(text, mark(account), where);
                        // Whoever registers chooses an account by its name, as in any public directory.
                        const bool chooses = own < 0 && (address == "#/register" || address == "#/nomination");
                        if (!chooses)
                            check_without(text, public_name(account).substr(0, 9), where),
                                check_without(text, code(account), where);
                    }
                }
            }
            // The search would find nothing in nothing: what is their own is given.
            if (own >= 0) CHECK(got.find(mark(own)) != std::string::npos);
            if (own >= 0) CHECK(std::exchange(world.zips_made, 0) > 0);
        }
        // The marks are where they should be: the teams see them all.
        world.go("#/help");
        world.act_as("Agreement team");
        std::string all;
        for (const auto& address : world.addresses()) {
            world.go(address);
            all += world.everything();
            world.take_all(address);
            all += world.given();
        }
        for (int account = 0; account < accounts; ++account) {
            CHECK(all.find(mark(account)) != std::string::npos);
            CHECK(all.find(secret(account)) != std::string::npos);
        }
    }
}

TEST_CASE("a visitor begins in an empty workspace; in one that holds accounts the teams import and erase") {
    PortalWorld world(today);
    world.act_as("Visitor");
    world.go("#/data");
    CHECK(world.page.has(Role::file_input, "Import file"));
    world.click(Role::button, "Start with sample data");
    world.go("#/help");
    world.go("#/data");
    CHECK_FALSE(world.page.has(Role::file_input, "Import file"));
    CHECK_FALSE(world.page.has(Role::button, "Erase this workspace"));
    CHECK_FALSE(world.page.has(Role::button, "Export backup"));
    world.act_as("Agreement team");
    CHECK(world.page.has(Role::file_input, "Import file"));
    CHECK(world.page.has(Role::button, "Erase this workspace"));
    CHECK(world.page.has(Role::button, "Export backup"));
}

TEST_CASE("the record of an account holds its own events as they were recorded, and what is published for everybody") {
    MarkedWorld world(4);
    world.act_as("Jo " + mark(1) + " commonword");
    world.go("#/data");
    world.click(Role::button, "Export the record of your account");
    REQUIRE(world.platform.saved.size() == 1);
    CHECK(world.platform.saved.front().name == "record-ZBQQ-2026-03-02.jsonl");
    std::set<std::string> lines;
    for (std::size_t number = 1; number <= world.store.log().size(); ++number)
        lines.insert(world.store.log().line_at(number));
    std::size_t own = 0, published = 0;
    std::set<std::string> corrections{"account_corrected", "contact_corrected", "nomination_ended"};
    const auto& bytes = world.platform.saved.front().bytes;
    for (std::size_t at = 0; at < bytes.size();) {
        const auto end = bytes.find('\n', at);
        const auto line = bytes.substr(at, end - at);
        CHECK(lines.contains(line));
        own += line.find(mark(1)) != std::string::npos;
        std::erase_if(corrections,
                      [&](const auto& type) { return line.find("\"" + type + "\"") != std::string::npos; });
        published += line.find("Other text.") != std::string::npos;
        at = end + 1;
    }
    CHECK(own > 3);
    CHECK(corrections.empty());
    CHECK(published == 1);
}
