#include "papers/verify.h"

#include "papers/agreement_pdf.h"
#include "papers/signatures.h"
#include "base/sha256.h"
#include "base/text.h"
#include "journal/canonical.h"
#include "lifecycle/engine.h"
#include "pdf/differences.h"
#include "pdf/pdf.h"
#include "pdf/spoken_text.h"
#include "pdf/stored_objects.h"

#include <algorithm>
#include <array>
#include <map>

namespace ca::papers {
namespace {

using documents::AgreementRecord;
using documents::Difference;
using documents::PaperCheck;
using documents::Verdict;

// ---- Reading the file -------------------------------------------------------------------------------------

// Errors here are verdicts: `not_ours` or `broken`.
std::unexpected<Error> not_ours(std::string why) {
    return fail("not_ours", std::move(why) +
                                " The portal did not issue this file. An agreement that it issues carries its own "
                                "record inside; a printed, scanned or converted copy does not.");
}

Result<std::vector<pdf::StoredObject>> objects_in(std::string_view bytes) {
    auto stored = pdf::stored_objects(bytes);
    if (stored) return stored;
    const auto& error = stored.error();
    if (error.code == "not_a_pdf" || error.code == "too_large") return not_ours(error.message);
    return fail("broken",
                error.message + " The file is not whole: download it again, or ask whoever sent it for another copy.",
                error.where);
}

struct Contents {
    EnclosedRecord enclosed;
    std::vector<Difference> findings;
};

// The texts are found by their hashes, whatever their files are called.
void take_texts(Contents& contents, const std::map<std::string, const std::string*>& by_hash) {
    auto& enclosed = contents.enclosed;
    const auto wanted = texts_of(enclosed.agreement);
    for (const auto& stamp : enclosed.texts) {
        const auto place = std::ranges::find(wanted, stamp.name, &EnclosedText::name);
        const auto found = by_hash.find(stamp.sha256);
        if (place == wanted.end())
            contents.findings.push_back(
                {"The texts in it", "Its record names a text that is none of this agreement's: " + stamp.name + "."});
        else if (found == by_hash.end())
            contents.findings.push_back(
                {"The texts in it", "No text in the file has the hash that its record gives for " + stamp.name + "."});
        else *place->markdown = *found->second;
    }
}

Result<Contents> read_contents(std::string_view bytes) {
    const auto stored = CA_TRY(objects_in(bytes));
    std::map<std::string, const std::string*> by_hash;
    std::optional<Result<EnclosedRecord>> record;
    for (const auto& object : stored) {
        if (!object.stream || object.packed) continue;
        // Not by its dictionary: programs that save a file again may leave the type out.
        if (auto read = read_enclosed_record(*object.stream); read || read.error().code != "not_a_record")
            record = std::move(read);
        by_hash.emplace(sha256_hex(*object.stream), &*object.stream);
    }
    if (!record) return not_ours("There is no record of a connection agreement in this file.");
    if (!*record)
        return fail("broken", "The record in this file cannot be read. " + record->error().message,
                    record->error().where);
    Contents contents{.enclosed = std::move(**record), .findings = {}};
    take_texts(contents, by_hash);
    return contents;
}

// ---- The events -------------------------------------------------------------------------------------------

std::string event_name(std::size_t index, std::string_view line) {
    return "Event " + std::to_string(index + 1) + " (" + std::string(line.substr(0, 60)) + "…)";
}

// Whether one can stand after the other. Between two of them their account's stream had others, of its other
// agreements, unless they are next to each other: then one follows from the other.
bool comes_after(const journal::Entry& later, const journal::Entry& earlier) {
    if (later.event.account != earlier.event.account) return true;
    const bool is_next = later.place.position == earlier.place.position + 1;
    const bool is_chained = later.place.format != journal::first_format;
    return later.place.position > earlier.place.position && (!is_next || !is_chained || later.previous == earlier.hash);
}

// The events that have their right hash, oldest first. What is wrong with the others goes to the findings.
std::vector<journal::Entry> sound_events(Contents& contents) {
    std::vector<journal::Entry> sound;
    const auto& lines = contents.enclosed.events;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto say = [&](std::string what) {
            contents.findings.push_back({"The events in it", event_name(i, lines[i]) + ": " + std::move(what)});
        };
        auto read = journal::read_line(lines[i]);
        if (!read) say(read.error().message);
        else if (read->foreign) say("This version of the portal does not know it: " + read->foreign->why);
        else if (!sound.empty() && !comes_after(*read->entry, sound.back()))
            say("It does not come after the one before it.");
        else sound.push_back(std::move(*read->entry));
    }
    return sound;
}

// What follows from the events alone. Names of accounts, products and contacts, and the rest of the lineage, belong to
// other records.
constexpr std::array facts{"number",      "ods_code",    "state",           "substate",   "signature_type",
                           "accepted_on", "accepted_by", "pdf_accepted_by", "start_date", "end_date",
                           "end_reason",  "created",     "issued",          "review",     "ended_at",
                           "ended_why",   "replaced_by", "terms_version"};

std::map<std::string, std::string, std::less<>> members_of(const AgreementRecord& record) {
    std::map<std::string, std::string, std::less<>> members;
    AgreementRecord::describe(
        [&](std::string_view name, const auto& value) {
            std::string text = "{";
            journal::CanonicalWriter{text}.member(name, value);
            members.emplace(name, text.size() > 1 ? text.substr(name.size() + 4) : "nothing");
        },
        record);
    return members;
}

void compare_with_events(Contents& contents, const std::vector<journal::Entry>& events) {
    lifecycle::Workspace folded;
    for (const auto& entry : events) lifecycle::apply(folded, entry.event);
    for (const auto& line : contents.enclosed.by_time) {
        if (const auto entry = journal::from_canonical(line)) lifecycle::apply(folded, entry->event);
        else
            contents.findings.push_back(
                {"The events in it", "A change that time caused cannot be read: " + entry.error().message});
    }
    const auto& said = contents.enclosed.agreement;
    const auto* agreement = folded.find_agreement(said.number);
    if (!agreement) {
        contents.findings.push_back({"The events in it", "They do not tell how " + said.number + " came about."});
        return;
    }
    const auto ours = members_of(documents::record_of(folded, *agreement)), theirs = members_of(said);
    for (const std::string_view fact : facts) {
        const auto &should = ours.find(fact)->second, &is = theirs.find(fact)->second;
        if (should == is) continue;
        std::string words(fact);
        std::ranges::replace(words, '_', ' ');
        contents.findings.push_back(
            {"The record in it", "For “" + words + "” it says " + is + ", but its events give " + should + "."});
    }
    const auto same_product = [](const documents::ProductTerms& product, const std::string& id) {
        return product.id == id;
    };
    if (!std::ranges::equal(said.products, agreement->products, same_product))
        contents.findings.push_back({"The record in it", "Its API products are not those of its events."});
}

// ---- The answer -------------------------------------------------------------------------------------------

PaperCheck answer(PaperCheck check, Verdict verdict, std::string message) {
    check.verdict = verdict;
    check.message = std::move(message);
    return check;
}

Difference other_version(int writer) {
    return {"The whole file", "It was made by another version of the portal’s PDF writer (" + std::to_string(writer) +
                                  "; this one is " + std::to_string(pdf::writer_version) +
                                  "), so this version cannot make the same bytes."};
}

// Its record is sound; its bytes cannot be those that this version makes, but its words can.
PaperCheck by_another_writer(PaperCheck check, const EnclosedRecord& enclosed, std::string_view given,
                             const Printed& rendered) {
    check.pages = rendered.pages;
    check.differences.push_back(other_version(enclosed.writer));
    const auto words_in = [](std::string_view bytes) {
        const auto stored = pdf::stored_objects(bytes);
        return stored ? pdf::spoken_text(*stored) : std::nullopt;
    };
    const auto is = words_in(given), should_be = words_in(rendered.bytes);
    const std::string opening =
        "Another version of the portal made this file for " + enclosed.agreement.number +
        ". The record inside is sound: each event has its right hash, and they give what the record says. ";
    if (is && is == should_be) {
        check.made_by = documents::MadeBy::another_version_same_words;
        return answer(
            std::move(check), Verdict::differs,
            opening +
                "The words on its pages, as a program reads them, are those that the record gives. What the pages look "
                "like cannot be compared: where you need certainty about that, download the agreement again.");
    }
    check.made_by = documents::MadeBy::another_version;
    if (is && should_be)
        check.differences.push_back({"The words on its pages",
                                     "They are not all those that this version gives. The other version may have said "
                                     "the same in other words, or somebody has changed them."});
    else check.differences.push_back({"The words on its pages", "They cannot be compared."});
    return answer(
        std::move(check), Verdict::differs,
        opening +
            "Of its pages that cannot be said: where you need certainty about them, download the agreement again.");
}

PaperCheck judge(PaperCheck check, Contents contents, std::string_view given, const Result<Printed>& rendered) {
    const auto& number = contents.enclosed.agreement.number;
    if (rendered && contents.findings.empty() && contents.enclosed.writer != pdf::writer_version)
        return by_another_writer(std::move(check), contents.enclosed, given, *rendered);
    check.differences = std::move(contents.findings);
    if (!rendered) {
        check.differences.push_back({"The whole file", "Its paper cannot be made again: " + rendered.error().message});
    } else {
        check.pages = rendered->pages;
        // It was read before, so it can be read again.
        if (auto found = pdf::differences(rendered->bytes, given))
            std::ranges::move(*found, std::back_inserter(check.differences));
        else check.differences.push_back({"The whole file", found.error().message});
    }
    if (check.differences.empty())
        return answer(
            std::move(check), Verdict::exact,
            "This file is exactly what the portal issued for " + number +
                (check.record_of ? " on " + format_words(*check.record_of) + ", the time of the last event in it."
                                 : "."));
    // Of what differs, some comes from that.
    if (rendered && contents.enclosed.writer != pdf::writer_version)
        check.differences.insert(check.differences.begin(), other_version(contents.enclosed.writer));
    return answer(std::move(check), Verdict::differs,
                  "This file is not what the portal issued for " + number +
                      ". Do not rely on it: download the agreement again, or ask NHS England for it.");
}

}  // namespace

PaperCheck verify(std::string_view pdf, const std::function<Result<Printed>(const documents::Document&)>& print) {
    PaperCheck check{.message = {}, .sha256 = sha256_hex(pdf)};
    auto contents = read_contents(pdf);
    if (!contents) {
        const auto& error = contents.error();
        return answer(std::move(check), error.code == "not_ours" ? Verdict::not_ours : Verdict::broken,
                      error.message + (error.where.empty() ? "" : " (" + error.where + ")"));
    }
    check.number = contents->enclosed.agreement.number;
    const auto events = sound_events(*contents);
    for (const auto& entry : events) check.event_hashes.push_back(entry.hash);
    if (!events.empty()) check.record_of = events.back().event.at;
    compare_with_events(*contents, events);
    auto signatures = check_signatures(events);
    check.signatures = std::move(signatures.good);
    std::ranges::move(signatures.wrong, std::back_inserter(contents->findings));

    const auto paper = agreement_pdf_document(contents->enclosed);
    return judge(std::move(check), std::move(*contents), pdf, paper ? print(*paper) : std::unexpected(paper.error()));
}

}  // namespace ca::papers
