// Checking a downloaded agreement: what is exact, and that nothing that was changed is.
#include "papers/agreement_pdf.h"
#include "papers/press_fonts.h"
#include "app/sample_world.h"
#include "papers/verify.h"
#include "base/sha256.h"
#include "documents/agreement_document.h"
#include "lifecycle/engine.h"
#include "lifecycle/explain.h"
#include "lifecycle/views.h"
#include "support/whole.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <random>

using namespace ca;
using documents::PaperCheck;
using documents::Verdict;

namespace {

// The real writer, which remembers what it has printed: the same record is printed over and over here.
class WritingPress {
public:
    WritingPress() {
        std::vector<std::string> bytes;
        for (const auto name : papers::press_font_files) {
            std::ifstream file(std::string(CA_FONTS_DIR) + "/" + std::string(name), std::ios::binary);
            bytes.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
        }
        auto set = papers::press_fonts(std::move(bytes));
        REQUIRE(set.has_value());
        fonts_ = std::move(*set);
    }

    Result<papers::Printed> print(const documents::Document& document) {
        const auto key =
            document.attachments.empty() ? document.title + document.status : document.attachments.front().bytes;
        if (const auto known = printed_.find(key); known != printed_.end()) return known->second;
        const auto file = CA_TRY(pdf::write(document, fonts_));
        return printed_[key] = {file.bytes, file.page_count};
    }

    std::string bytes_of(const documents::Document& document, const pdf::Options& options = {}) {
        auto file = pdf::write(document, fonts_, options);
        REQUIRE_MESSAGE(file.has_value(), (file ? "" : file.error().message + " " + file.error().where));
        return file->bytes;
    }

private:
    pdf::FontSet fonts_;
    std::map<std::string, papers::Printed> printed_;
};

WritingPress& press() {
    static WritingPress one;
    return one;
}

const Instant made_at = *parse_instant("2026-03-02T09:00:00Z");

const journal::WorkspaceLog& sample_log() {
    static const journal::WorkspaceLog log = [] {
        journal::WorkspaceLog made;
        const auto events = app::sample_world({}, made_at);
        REQUIRE(events.has_value());
        std::vector<std::string> ids;
        for (std::size_t i = 0; i < events->size(); ++i)
            ids.push_back(sha256_hex(std::to_string(i)).substr(0, journal::id_length));
        made.append(made.seal(*events, ids));
        return made;
    }();
    return log;
}

std::string number_in_state(lifecycle::State state) {
    for (const auto& [number, agreement] : sample_log().workspace().agreements)
        if (agreement.state == state && (state != lifecycle::State::active || agreement.accepted_by)) return number;
    FAIL("the sample world has no such agreement");
    return {};
}

papers::EnclosedRecord enclose(const lifecycle::Workspace& workspace, const journal::WorkspaceLog& log,
                               const std::string& number) {
    const auto seen = test::whole(workspace);
    return papers::enclose(seen, {log, seen}, *seen.find_agreement(number));
}

papers::EnclosedRecord enclosed(const std::string& number) {
    return enclose(sample_log().workspace(), sample_log(), number);
}

documents::Document paper(const papers::EnclosedRecord& record) {
    auto document = papers::agreement_pdf_document(record);
    REQUIRE_MESSAGE(document.has_value(), (document ? "" : document.error().message));
    return std::move(*document);
}

const std::string& active_pdf() {
    static const std::string bytes = press().bytes_of(paper(enclosed(number_in_state(lifecycle::State::active))));
    return bytes;
}

PaperCheck check(std::string_view pdf) {
    auto answer = papers::verify(pdf, [](const documents::Document& document) { return press().print(document); });
    CHECK_FALSE(answer.message.empty());
    return answer;
}

bool says(const PaperCheck& answer, std::string_view where, std::string_view what) {
    return std::ranges::any_of(answer.differences, [&](const auto& each) {
        return each.where == where && each.what.find(what) != std::string::npos;
    });
}

std::string all(const PaperCheck& answer) {
    std::string text = std::string(documents::to_words(answer.verdict)) + ": " + answer.message;
    for (const auto& each : answer.differences) text += "\n" + each.where + ": " + each.what;
    return text;
}

// Where `from` stands there will be `to`.
std::string exchanged(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

// R64 to R66: what has left Draft keeps its party's words on its paper; a draft takes the new ones; both prove
// themselves.
TEST_CASE("papers made after corrections are exactly as issued, and an accepted one keeps the words of its day") {
    auto log = sample_log();
    const auto active = number_in_state(lifecycle::State::active);
    const auto before = documents::record_of(log.workspace(), *log.workspace().find_agreement(active));
    const std::string account = before.ods_code;
    const auto& contacts = log.workspace().contacts;
    const auto person = std::ranges::find_if(
        contacts, [&](const auto& each) { return each.second.account == account && each.second.onboarding_contact; });
    REQUIRE(person != contacts.end());
    const std::string email = person->second.email;
    const lifecycle::Actor team{lifecycle::Role::agreement_team, "Priya Shah"};
    int id = 900'000;
    const auto give = [&](std::string verb, std::map<std::string, lifecycle::Value> arguments) {
        arguments["account"] = account;
        const auto decision =
            lifecycle::decide(log.workspace(), {std::move(verb), std::move(arguments)}, team, made_at);
        REQUIRE(decision.has_value());
        std::vector<std::string> ids;
        for (std::size_t i = 0; i < decision->events.size(); ++i)
            ids.push_back(sha256_hex(std::to_string(id++)).substr(0, journal::id_length));
        log.append(log.seal(decision->events, ids));
    };
    give("create_agreement",
         {{"products", std::vector<std::string>{before.products.front().id}}, {"terms", before.terms_version}});
    const std::string draft = log.workspace().agreements.rbegin()->first;
    give("correct_account", {{"name", "Renamed plc"}, {"company_number", "SC000001"}});
    give("correct_contact", {{"email", email}, {"name", "Somebody Married"}});
    give("end_nomination", {{"email", email}});

    const auto after = documents::record_of(log.workspace(), *log.workspace().find_agreement(active));
    CHECK(after.name == before.name);
    CHECK(after.account_name == before.account_name);
    CHECK(after.registration_number == before.registration_number);
    CHECK(after.registration_reason == before.registration_reason);
    CHECK(after.accepted_by == before.accepted_by);
    const auto renamed = documents::record_of(log.workspace(), *log.workspace().find_agreement(draft));
    CHECK(renamed.name == account + " - Renamed plc");
    CHECK(renamed.account_name == "Renamed plc");
    CHECK(renamed.registration_number == "SC000001");
    for (const auto& number : {active, draft}) {
        const auto answer = check(press().bytes_of(paper(enclose(log.workspace(), log, number))));
        INFO(number << ": " << all(answer));
        CHECK(answer.verdict == documents::Verdict::exact);
    }
}

TEST_CASE("an agreement in any state is exactly as issued") {
    using lifecycle::State;
    for (const auto state : {State::draft, State::active, State::expired, State::cancelled}) {
        const auto number = number_in_state(state);
        const auto answer = check(press().bytes_of(paper(enclosed(number))));
        INFO(number << ": " << all(answer));
        CHECK(answer.verdict == Verdict::exact);
        CHECK(answer.number == number);
        CHECK(answer.message.starts_with("This file is exactly what the portal issued for " + number + " on "));
        CHECK(answer.differences.empty());
        CHECK(answer.pages > 2);
        CHECK_FALSE(answer.event_hashes.empty());
    }
}

TEST_CASE("what time caused and the journal does not have yet is in the record as well") {
    auto workspace = sample_log().workspace();
    const auto later = Instant{made_at.seconds + 200 * 86400LL};
    const auto events = lifecycle::due(workspace, later);
    REQUIRE_FALSE(events.empty());
    for (const auto& event : events) lifecycle::apply(workspace, event);
    workspace.now = later;
    for (const auto& event : events) {
        const auto* agreement = workspace.find_agreement(event.entity);
        if (!agreement) continue;
        const auto record = enclose(workspace, sample_log(), agreement->number);
        CHECK_FALSE(record.by_time.empty());
        const auto answer = check(press().bytes_of(paper(record)));
        INFO(all(answer));
        CHECK(answer.verdict == Verdict::exact);
        return;
    }
    FAIL("nothing fell due on an agreement");
}

TEST_CASE("downloads, and what contacts never see, do not travel") {
    const auto number = number_in_state(lifecycle::State::active);
    const auto before = papers::to_json(enclosed(number));
    auto log = sample_log();
    const auto& notifications = log.workspace().notifications;
    const auto told = std::ranges::find(notifications, number, &lifecycle::Notification::agreement);
    REQUIRE(told != notifications.end());
    const auto& agreement = *log.workspace().find_agreement(number);
    lifecycle::Case with_work_note{
        .number = "CS0999999",
        .account = agreement.account,
        .agreement = number,
        .opened = made_at,
        .activity = {{.at = made_at, .author = "Priya Shah", .text = "Between us", .visible_to_customer = false}}};
    const lifecycle::Actor team{lifecycle::Role::agreement_team, "Priya Shah"};
    const std::vector<lifecycle::Event> events{
        {made_at, team, agreement.account, number,
         lifecycle::DownloadRecorded{.number = number,
                                     .file_name = "a.pdf",
                                     .size = 1,
                                     .sha256 = std::string(64, '0'),
                                     .person = "Priya Shah"}},
        {made_at, team, agreement.account, number,
         lifecycle::NotificationMarkedSent{
             .notification = static_cast<int>(told - notifications.begin()) + 1, .to = told->to, .agreement = number}},
        {made_at, team, agreement.account, with_work_note.number, lifecycle::CaseImported{.record = with_work_note}}};
    for (const auto& event : events) CHECK(lifecycle::concerns(event, number));
    log.append(
        log.seal(events, std::vector<std::string>{std::string(32, 'a'), std::string(32, 'b'), std::string(32, 'c')}));
    const auto record = enclose(log.workspace(), log, number);
    CHECK(record.events == enclosed(number).events);
    CHECK(papers::to_json(record) == before);
}

TEST_CASE("a record is read back strictly") {
    const auto record = enclosed(number_in_state(lifecycle::State::active));
    const auto json = papers::to_json(record);
    const auto read = papers::read_enclosed_record(json);
    REQUIRE_MESSAGE(read.has_value(), (read ? "" : read.error().message + " " + read.error().where));
    CHECK(papers::to_json(*read) == json);
    CHECK(read->events == record.events);
    CHECK(read->texts == record.texts);
    for (const auto& [broken, code] : std::vector<std::pair<std::string, std::string>>{
             {"", "not_a_record"},
             {"{}", "not_a_record"},
             {exchanged(json, "connection-agreement", "connection-agreements"), "not_a_record"},
             {exchanged(json, "\"format\":1", "\"format\":2"), "newer_format"},
             {exchanged(json, "\"state\":\"", "\"state\":\"as"), "bad_record"},
             {exchanged(json, "\"writer\"", " \"writer\""), "bad_record"},
             {json.substr(0, json.size() - 1), "bad_record"},
             {json + "\n", "bad_record"},
             {exchanged(json, "\n\"by_time\"", "\"by_time\""), "bad_record"}}) {
        const auto outcome = papers::read_enclosed_record(broken);
        REQUIRE_FALSE(outcome.has_value());
        CHECK_MESSAGE(outcome.error().code == code, outcome.error().message);
    }
}

TEST_CASE("a file that was cut anywhere is never exact") {
    const auto& whole = active_pdf();
    for (const std::size_t kept : {std::size_t{0}, std::size_t{4}, std::size_t{9}, whole.size() / 3, whole.size() / 2,
                                   whole.size() - 2000, whole.size() - 7, whole.size() - 6}) {
        const auto answer = check(whole.substr(0, kept));
        INFO(kept << " bytes: " << all(answer));
        CHECK(answer.verdict == (kept < 5 ? Verdict::not_ours : Verdict::broken));
    }
    CHECK(check(whole.substr(0, whole.size() - 1)).verdict == Verdict::differs);  // only the last line feed is gone
}

TEST_CASE("a file in which any byte was changed is never exact") {
    constexpr unsigned seed = 20260302;
    std::mt19937 random{seed};
    const auto& whole = active_pdf();
    for (int i = 0; i < 60; ++i) {
        auto changed = whole;
        const auto at = std::uniform_int_distribution<std::size_t>(0, whole.size() - 1)(random);
        changed[at] = static_cast<char>(changed[at] ^ static_cast<char>(1 << (i % 8)));
        const auto answer = check(changed);
        INFO("seed " << seed << ", byte " << at << ": " << all(answer));
        CHECK(answer.verdict != Verdict::exact);
        CHECK((answer.verdict != Verdict::differs || !answer.differences.empty()));
    }
}

TEST_CASE("what was added after the end is told") {
    const auto answer = check(active_pdf() + "% a note\n%%EOF\n");
    CHECK(answer.verdict == Verdict::differs);
    CHECK_MESSAGE(says(answer, "After its end", "15 bytes"), all(answer));
}

TEST_CASE("a page that shows something else than the record says is named") {
    auto document = paper(enclosed(number_in_state(lifecycle::State::active)));
    document.blocks.emplace_back(
        documents::Paragraph{documents::plain("NHS England agreed")});  // in letters that the paper has already
    const auto answer = check(press().bytes_of(document));
    CHECK(answer.verdict == Verdict::differs);
    CHECK_MESSAGE(says(answer, "Page " + std::to_string(answer.pages), "shows"), all(answer));
    CHECK_MESSAGE(!says(answer, "Page 1", "shows"), all(answer));
}

TEST_CASE("a record that its events do not bear out is told") {
    auto record = enclosed(number_in_state(lifecycle::State::active));
    record.agreement.accepted_by = "Somebody Else";
    record.agreement.terms_version = "1.0";
    const auto answer = check(press().bytes_of(paper(record)));
    CHECK(answer.verdict == Verdict::differs);
    CHECK_MESSAGE(says(answer, "The record in it", "“accepted by” it says \"Somebody Else\""), all(answer));
    CHECK_MESSAGE(says(answer, "The record in it", "terms version"), all(answer));
}

TEST_CASE("an event that was changed, left out or put in another order is told") {
    const auto sound = enclosed(number_in_state(lifecycle::State::active));
    const auto answer_to = [](const papers::EnclosedRecord& record) { return check(press().bytes_of(paper(record))); };

    auto record = sound;
    const auto accepted = std::ranges::find_if(record.events, [](const std::string& line) {
        return line.find("\"agreement_accepted\"") != std::string::npos;
    });
    REQUIRE(accepted != record.events.end());
    *accepted = exchanged(*accepted, "\"accepted_by\":\"", "\"accepted_by\":\"X");
    CHECK_MESSAGE(says(answer_to(record), "The events in it", "does not agree with its hash"), all(answer_to(record)));

    record = sound;
    std::erase_if(record.events,
                  [](const std::string& line) { return line.find("\"agreement_accepted\"") != std::string::npos; });
    CHECK_MESSAGE(says(answer_to(record), "The record in it", "“state”"), all(answer_to(record)));

    record = sound;
    std::ranges::reverse(record.events);
    CHECK_MESSAGE(says(answer_to(record), "The events in it", "does not come after"), all(answer_to(record)));

    record = sound;
    record.events.clear();
    CHECK_MESSAGE(says(answer_to(record), "The events in it", "came about"), all(answer_to(record)));
}

TEST_CASE("an event that was changed and given the hash for it is told by the one that followed it") {
    auto record = enclosed(number_in_state(lifecycle::State::active));
    const auto entry = [&](std::size_t i) { return *journal::read_line(record.events.at(i))->entry; };
    std::size_t changed = 0;
    while (entry(changed + 1).place.position != entry(changed).place.position + 1) ++changed;
    auto forged = entry(changed);
    forged.event.by.name += " Junior";
    forged.hash = journal::hash_of(forged.previous, journal::canonical_bytes(forged));
    record.events[changed] = journal::to_line(forged);
    REQUIRE(journal::read_line(record.events[changed])->entry == forged);
    const auto answer = check(press().bytes_of(paper(record)));
    CHECK(answer.verdict == Verdict::differs);
    CHECK_MESSAGE(says(answer, "The events in it", "does not come after"), all(answer));
}

TEST_CASE("a text of the terms that was exchanged is told") {
    auto record = enclosed(number_in_state(lifecycle::State::active));
    record.agreement.standard_terms += "\n\nThe Connecting Party pays for everything.\n";
    const auto answer = check(press().bytes_of(paper(record)));
    CHECK(answer.verdict == Verdict::differs);
    CHECK_MESSAGE(says(answer, "The texts in it", "standard_terms"), all(answer));
}

TEST_CASE("what another writer of the portal made is said to be that") {
    auto record = enclosed(number_in_state(lifecycle::State::active));
    ++record.writer;
    auto document = paper(record);
    document.blocks.emplace_back(documents::Paragraph{documents::plain("As a later version would set it.")});
    const auto answer = check(press().bytes_of(document));
    CHECK(answer.verdict == Verdict::differs);
    CHECK_MESSAGE(says(answer, "The whole file", "another version of the portal"), all(answer));
    CHECK(answer.made_by == documents::MadeBy::another_version);
    CHECK_MESSAGE(says(answer, "The words on its pages", "not all those"), all(answer));
    CHECK(answer.message.find("is not what the portal issued") == std::string::npos);

    // The same words on lines and pages of other widths.
    for (const auto state :
         {lifecycle::State::active, lifecycle::State::draft, lifecycle::State::expired, lifecycle::State::cancelled}) {
        auto other = enclosed(number_in_state(state));
        ++other.writer;
        for (const auto size : {pdf::PageSize{.width = pdf::points(400), .height = pdf::points(700)},
                                pdf::PageSize{.width = pdf::points(700), .height = pdf::points(900)}}) {
            const auto set_otherwise = check(press().bytes_of(paper(other), {.page = size}));
            CHECK(set_otherwise.verdict == Verdict::differs);
            CHECK_MESSAGE(set_otherwise.made_by == documents::MadeBy::another_version_same_words, all(set_otherwise));
            CHECK(set_otherwise.differences.size() == 1);
        }
    }

    record.agreement.accepted_by = "Somebody Else";
    const auto forged = check(press().bytes_of(paper(record)));
    CHECK(forged.made_by == documents::MadeBy::this_version);
    CHECK(forged.message.starts_with("This file is not what the portal issued"));
    CHECK_MESSAGE(says(forged, "The whole file", "another version of the portal"), all(forged));
    CHECK_MESSAGE(says(forged, "The record in it", "Somebody Else"), all(forged));
}

TEST_CASE("files of others are not ours") {
    documents::Document letter{.title = "A letter",
                               .blocks = {documents::Heading{1, documents::plain("A letter"), "letter"}},
                               .attachments = {}};
    for (const std::string& bytes : {std::string(), std::string("hello"), std::string(100'000, '\0'),
                                     std::string("PK\x03\x04 a zip"), press().bytes_of(letter)}) {
        const auto answer = check(bytes);
        INFO(all(answer));
        CHECK(answer.verdict == Verdict::not_ours);
        CHECK(answer.number.empty());
    }
}

TEST_CASE("a paper of practice is no record") {
    auto document =
        papers::practice_pdf_document(test::whole(sample_log().workspace()), number_in_state(lifecycle::State::active));
    REQUIRE(document.has_value());
    CHECK(document->status.starts_with("PRACTICE"));
    CHECK(document->attachments.empty());
    CHECK(check(press().bytes_of(*document)).verdict == Verdict::not_ours);
}
