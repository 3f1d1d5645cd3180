#include "papers/enclosed_record.h"

#include "base/sha256.h"
#include "journal/canonical.h"
#include "lifecycle/engine.h"
#include "lifecycle/explain.h"
#include "pdf/pdf.h"

#include <algorithm>
#include <set>

namespace ca::papers {
namespace {

using documents::AgreementRecord;

constexpr std::string_view kind = "connection-agreement";
constexpr int format = 1;
constexpr std::string_view record_key = "{\"record\":";
constexpr std::string_view events_key = ",\n\"events\":[";
constexpr std::string_view by_time_key = "],\n\"by_time\":[";
constexpr std::string_view end = "]}\n";

bool travels(const lifecycle::Event& event, std::string_view number) {
    return lifecycle::concerns(event, number) && !std::holds_alternative<lifecycle::DownloadRecorded>(event.body) &&
           !lifecycle::hidden_from_contacts(event);
}

// Likewise of an account's stream: a command that was signed travels with what it caused, or not at all.
bool travels(const std::vector<journal::Entry>& stream, std::size_t index, std::string_view number) {
    if (!travels(stream[index].event, number)) return false;
    if (!std::holds_alternative<lifecycle::CommandSigned>(stream[index].event.body)) return true;
    return index + 1 < stream.size() && travels(stream[index + 1].event, number);
}

// Whose signatures travel.
std::set<std::string> keys_in(const std::vector<journal::Entry>& stream, std::string_view number) {
    std::set<std::string> keys;
    for (std::size_t i = 0; i < stream.size(); ++i)
        if (const auto* command = std::get_if<lifecycle::CommandSigned>(&stream[i].event.body))
            if (travels(stream, i, number)) keys.insert(command->key);
    return keys;
}

// No line has a line feed in it, so each stands on its own.
void write_lines(std::string& out, const std::vector<std::string>& lines) {
    for (const auto& line : lines) {
        if (out.back() != '[') out += ',';
        out += '\n';
        out += line;
    }
}

std::vector<std::string> read_lines(std::string_view text) {
    std::vector<std::string> lines;
    while (text.starts_with('\n')) {
        text.remove_prefix(1);
        const auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(line.size());
        lines.emplace_back(line.substr(0, line.size() - (!text.empty() && line.ends_with(',') ? 1 : 0)));
    }
    return lines;
}

}  // namespace

std::vector<EnclosedText> texts_of(AgreementRecord& record) {
    std::vector<EnclosedText> texts{
        {"standard_terms", "standard-terms-" + record.terms_version + ".md", &record.standard_terms},
        {"acceptable_use_policy", "acceptable-use-policy-" + record.terms_version + ".md",
         &record.acceptable_use_policy}};
    for (auto& product : record.products)
        texts.push_back({"special_terms " + product.id, "special-terms-" + product.id + ".md", &product.special_terms});
    return texts;
}

EnclosedRecord enclose(const lifecycle::Sight& workspace, const journal::SeenRecord& record,
                       const lifecycle::Agreement& agreement) {
    EnclosedRecord enclosed{.writer = pdf::writer_version, .agreement = documents::record_of(workspace, agreement)};
    for (const auto& text : texts_of(enclosed.agreement))
        if (!text.markdown->empty()) enclosed.texts.push_back({text.name, sha256_hex(*text.markdown)});
    const auto stream = record.stream(agreement.account);
    const auto signers = keys_in(stream, agreement.number);
    const auto admits = [&](const lifecycle::Event& event) {
        const auto* device = std::get_if<lifecycle::DeviceAdmitted>(&event.body);
        return device && signers.contains(device->key);
    };
    // NHS England's people are admitted in the catalogue, the account's own in its stream.
    if (!signers.empty())
        for (const auto& entry : record.stream(""))
            if (admits(entry.event)) enclosed.events.push_back(journal::to_line(entry));
    for (std::size_t i = 0; i < stream.size(); ++i)
        if (travels(stream, i, agreement.number) || admits(stream[i].event))
            enclosed.events.push_back(journal::to_line(stream[i]));
    for (const auto& event : record.due(workspace.now))
        if (travels(event, agreement.number))
            enclosed.by_time.push_back(journal::canonical_bytes(std::string(journal::id_length, '0'), {}, event));
    return enclosed;
}

std::string to_json(const EnclosedRecord& enclosed) {
    std::string json;
    journal::CanonicalWriter writer{json};
    writer.open_object();
    writer.member("record", std::string(kind));
    writer.member("format", format);
    writer.member("writer", enclosed.writer);
    writer.member("agreement", enclosed.agreement);
    writer.member("texts", enclosed.texts);
    json += events_key;
    write_lines(json, enclosed.events);
    json += by_time_key;
    write_lines(json, enclosed.by_time);
    json += end;
    return json;
}

Result<EnclosedRecord> read_enclosed_record(std::string_view json) {
    if (!json.starts_with(record_key)) return fail("not_a_record", "This is not the record of an agreement.");
    // A line feed stands in no string, so these cannot be met inside one.
    const auto events = json.find(events_key);
    const auto by_time =
        json.find(by_time_key, events == std::string_view::npos ? events : events + events_key.size() - 1);
    if (events == std::string_view::npos || by_time == std::string_view::npos || !json.ends_with(end))
        return fail("bad_record", "The record in the file does not end as one does.", "events");

    const std::string head = std::string(json.substr(0, events)) + "}";
    journal::CanonicalReader reader{head};
    std::string record;
    int its_format = 0;
    EnclosedRecord enclosed;
    reader.open_object();
    reader.member("record", record);
    if (!reader.failed() && record != kind) return fail("not_a_record", "This is not the record of an agreement.");
    reader.member("format", its_format);
    if (!reader.failed() && its_format != format)
        return fail("newer_format", "Its record is of format " + std::to_string(its_format) +
                                        "; this version of the portal knows format " + std::to_string(format) + ".");
    reader.member("writer", enclosed.writer);
    reader.member("agreement", enclosed.agreement);
    reader.member("texts", enclosed.texts);
    reader.close_object();
    reader.expect_end();
    if (reader.failed()) return fail("bad_record", reader.error()->message, reader.error()->where);
    const auto events_begin = events + events_key.size();
    const auto by_time_begin = by_time + by_time_key.size();
    enclosed.events = read_lines(json.substr(events_begin, by_time - events_begin));
    enclosed.by_time = read_lines(json.substr(by_time_begin, json.size() - end.size() - by_time_begin));
    // Whatever is not exactly the form that is written is not read in silence.
    if (to_json(enclosed) != json)
        return fail("bad_record", "The record in the file is not in the form that the portal writes.");
    return enclosed;
}

}  // namespace ca::papers
