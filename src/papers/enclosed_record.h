// What travels inside the PDF of an agreement, so that the paper can prove itself: everything that it says, the hashes
// of its texts, and the events behind it.
//
//     {"record":"connection-agreement","format":1,"writer":1,"agreement":{…},"texts":[{"name":"standard_terms","sha256":"…"},…],
//     "events":[
//     <line of the journal>,
//     …],
//     "by_time":[
//     <canonical bytes of an event>,
//     …]}
//
// The form is as strict as the journal's (journal/canonical.h): one record, one text. `events` are the journal's own
// lines that concern the agreement, byte for byte, so that their hashes can be computed again; downloads stay out, or
// no two copies of a record would be the same, and so does what contacts never see (work notes, C2). Of a shared
// workspace the commands travel that people have signed, and the events that have admitted their keys. `by_time` are
// changes that fell due and were not in the journal yet. `writer` is that of pdf/pdf.h, because another writer makes
// other bytes of the same record.
#pragma once

#include "base/result.h"
#include "documents/agreement_document.h"
#include "journal/seen_record.h"

#include <string>
#include <string_view>
#include <vector>

namespace ca::papers {

struct TextStamp {
    std::string name;  // "standard_terms", "acceptable_use_policy", "special_terms <product id>"
    std::string sha256;
    bool operator==(const TextStamp&) const = default;
    static void describe(auto&& member, auto& self) {
        member("name", self.name);
        member("sha256", self.sha256);
    }
};

struct EnclosedRecord {
    int writer = 0;
    documents::AgreementRecord agreement;  // with its texts, which do not stand in the JSON
    std::vector<TextStamp> texts{};
    std::vector<std::string> events{};
    std::vector<std::string> by_time{};
};

// A text of an agreement's terms: which it is, the name of its file, and itself. Those that the portal does not hold
// are left out.
struct EnclosedText {
    std::string name;
    std::string file_name;
    std::string* markdown;  // in the record that was asked
};
std::vector<EnclosedText> texts_of(documents::AgreementRecord&);

EnclosedRecord enclose(const lifecycle::Sight&, const journal::SeenRecord&, const lifecycle::Agreement&);

std::string to_json(const EnclosedRecord&);
// Strictly back; the texts stay empty. Errors: not_a_record (it is something else), newer_format, bad_record; `where`
// names the place.
Result<EnclosedRecord> read_enclosed_record(std::string_view json);

}  // namespace ca::papers
