// Points 1 to 10 of the document design: what a conforming file has, and that a file broken in just one way is found
// out. Where each is tested, and where a broken file is seen to fail:
//    1  qpdf, pdfinfo            validators_test: "qpdf checks …", "poppler …"; a file cut short, an element without a
//    role 2  catalog and metadata     here, rules trailer.*, catalog.*, metadata.* 3  marks                    here,
//    rules marks.* 4  structure, both ways     here, rules structure.*, link.*, page.tabs 5  roles here, rules roles.*,
//    headings.*, table.*, list.* 6  fonts                    here, rules font.*; refusals_test: "a character that no
//    font has …" 7  colours, attached files  here, rules intent.*, attachment.* 8  bytes and order          here and in
//    validators_test: "attached files …", "… in another order", "changed places" 9  the same bytes bytes_test;
//    tests/browser/pdf_bytes.test.mjs for WebAssembly
//   10  PDF/A-1b by PDFBox       validators_test: accepted, and refused when tampered with
// The rules hold of every paper that the portal makes: tests/papers.
#include "pdf/pdf.h"
#include "pdf/sample.h"
#include "pdf_check/check.h"

#include "base/text.h"

#include <doctest/doctest.h>

#include <functional>
#include <set>

using namespace ca;
using pdf_check::File;
using pdf_check::Value;

namespace {

const pdf::FontSet& fonts() {
    static const pdf::FontSet set = pdf::sample::fonts(CA_FONTS_DIR);
    return set;
}

const std::string& whole_file() {
    static const std::string bytes = [] {
        auto file = pdf::write(pdf::sample::everything(), fonts());
        REQUIRE_MESSAGE(file.has_value(), (file ? "" : file.error().message + " " + file.error().where));
        return file->bytes;
    }();
    return bytes;
}

std::set<std::string> rules_broken(const std::string& bytes) {
    auto const file = File::read(bytes);
    if (!file) return {"syntax"};
    std::set<std::string> rules;
    for (auto const& finding : pdf_check::check(*file)) {
        rules.insert(finding.rule);
        INFO(finding.rule << ": " << finding.message);
    }
    return rules;
}

std::string all(const std::set<std::string>& rules) {
    std::string text;
    for (std::string const& rule : rules) text += rule + " ";
    return text;
}

// ---- Ways to break a file ---------------------------------------------------------------------------------

using Break = std::function<void(File&)>;

Value* find(File& file, const std::function<bool(const Value&)>& wanted) {
    for (auto& [number, object] : file.objects) {
        if (wanted(object.value)) return &object.value;
    }
    REQUIRE_MESSAGE(false, "there is no such object to break");
    return nullptr;
}

Value* find_element(File& file, std::string_view role) {
    return find(file,
                [&](const Value& value) { return value["Type"].is_name("StructElem") && value["S"].is_name(role); });
}

Value* find_link(File& file) {
    return find(file, [](const Value& value) { return value["Subtype"].is_name("Link"); });
}

Break in_metadata(std::string_view from, std::string_view to) {
    return [=](File& file) {
        int const number = file.catalog()["Metadata"].reference;
        std::string packet = file.objects[number].raw;
        auto const at = packet.find(from);
        REQUIRE(at != std::string::npos);
        file.replace_stream(number, packet.replace(at, from.size(), to));
    };
}

// Replaces the first `from` in the content of page `index`.
Break in_content(std::size_t index, std::string_view from, std::string_view to) {
    return [=](File& file) {
        int const page = file.pages().at(index);
        int const number = file.objects[page].value["Contents"].reference;
        std::string content = *file.decoded(file.objects[number]);
        auto const at = content.find(from);
        REQUIRE(at != std::string::npos);
        file.replace_stream(number, content.replace(at, from.size(), to));
    };
}

Break in_catalog(std::string_view key) {
    return [=](File& file) { REQUIRE(file.catalog().entries.erase(std::string(key)) == 1); };
}

Break in_info(std::string_view key) {
    return [=](File& file) {
        REQUIRE(file.objects[file.trailer["Info"].reference].value.entries.erase(std::string(key)) == 1);
    };
}

Break in_attachment(std::string_view key) {
    return [=](File& file) {
        Value* spec = find(file, [](const Value& value) { return value["Type"].is_name("Filespec"); });
        REQUIRE(spec->entries.erase(std::string(key)) == 1);
    };
}

struct Broken {
    const char* what;
    const char* rule;
    Break how;
    bool alone = true;  // nothing else may be found
};

const std::vector<Broken>& breakages() {
    static const std::vector<Broken> list = {
        // 2. the catalog and the metadata
        {"no file identifier", "trailer.id", [](File& file) { file.trailer.entries.erase("ID"); }},
        {"an encryption dictionary", "trailer.encrypted",
         [](File& file) { file.trailer.entries["Encrypt"] = Value::of_reference(file.add(Value::of_number(1))); }},
        {"not marked", "catalog.marked", in_catalog("MarkInfo")},
        {"no language", "catalog.language", in_catalog("Lang")},
        {"the title is not shown", "catalog.title", in_catalog("ViewerPreferences")},
        {"JavaScript", "catalog.javascript",
         [](File& file) {
             Value action;
             action.kind = Value::Kind::dictionary;
             action.entries["S"] = Value::of_name("JavaScript");
             action.entries["JS"] = Value::of_string("app.alert(1)");
             file.catalog().entries["OpenAction"] = action;
         }},
        {"JavaScript in the catalog's names", "catalog.javascript",
         [](File& file) {
             Value& names = file.catalog().entries["Names"];
             Value& target = names.is(Value::Kind::reference) ? file.objects[names.reference].value : names;
             target.entries["JavaScript"] = Value::of_reference(file.add(Value::of_number(1)));
         }},
        {"an action that starts a program", "catalog.javascript",
         [](File& file) {
             Value action;
             action.kind = Value::Kind::dictionary;
             action.entries["S"] = Value::of_name("Launch");
             find_link(file)->entries["A"] = action;
         }},
        {"a form", "catalog.javascript",
         [](File& file) { file.catalog().entries["AcroForm"] = Value::of_reference(file.add(Value::of_number(1))); }},
        {"another language than the document's", "catalog.language",
         [](File& file) { file.catalog().entries["Lang"] = Value::of_string("English (GB)"); }},
        {"no metadata", "metadata.missing", in_catalog("Metadata")},
        {"metadata that is no XML", "metadata.xml", in_metadata("</rdf:RDF>", "")},
        {"another title in the metadata", "metadata.info", in_metadata("Connection agreement", "Connexion agreement")},
        {"another author in Info", "metadata.info",
         [](File& file) {
             file.objects[file.trailer["Info"].reference].value.entries["Author"] = Value::of_string("Somebody");
         }},
        {"another date in Info", "metadata.info",
         [](File& file) {
             file.objects[file.trailer["Info"].reference].value.entries["CreationDate"] =
                 Value::of_string("D:20250801080001Z");
         }},
        {"another conformance of PDF/A", "metadata.pdfa",
         in_metadata("<pdfaid:conformance>A", "<pdfaid:conformance>B")},
        {"another part of PDF/A", "metadata.pdfa", in_metadata("<pdfaid:part>3", "<pdfaid:part>2")},
        {"no part of PDF/UA", "metadata.pdfua", in_metadata("<pdfuaid:part>1", "<pdfuaid:part>7")},
        {"no extension schema", "metadata.extension",
         in_metadata("<pdfaSchema:prefix>pdfuaid", "<pdfaSchema:prefix>other")},
        {"an extension schema of another address", "metadata.extension",
         in_metadata("<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/",
                     "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfa/ns/id/")},
        {"an extension schema without the property", "metadata.extension",
         in_metadata("<pdfaProperty:name>part", "<pdfaProperty:name>other")},
        {"an extension schema of another type", "metadata.extension",
         in_metadata("<pdfaProperty:valueType>Integer", "<pdfaProperty:valueType>Text")},
        {"no subject in Info", "metadata.info", in_info("Subject")},
        {"no keywords in Info", "metadata.info", in_info("Keywords")},
        {"no producer in Info", "metadata.info", in_info("Producer")},
        {"no change date in Info", "metadata.info", in_info("ModDate")},
        // 3. marks
        {"text outside of any mark", "marks.unmarked", in_content(2, "EMC\n", "EMC\nBT /F1 9 Tf (\\000\\001) Tj ET\n")},
        {"a rectangle outside of any mark", "marks.unmarked", in_content(2, "EMC\n", "EMC\n0 0 10 10 re f\n")},
        {"a line outside of any mark", "marks.unmarked", in_content(2, "EMC\n", "EMC\n0 0 m 10 10 l S\n")},
        {"an image outside of any mark", "marks.unmarked", in_content(2, "EMC\n", "EMC\n/Im1 Do\n")},
        {"a text object that is not closed", "marks.balance", in_content(2, "ET\n", ""), false},
        {"a mark that is not closed", "marks.balance",
         in_content(2, "EMC\n/Artifact <</Type/Pagination/Subtype/Footer",
                    "/Artifact <</Type/Pagination/Subtype/Footer"),
         false},
        {"a mark that is closed twice", "marks.balance", in_content(2, "EMC\n", "EMC\nEMC\n")},
        {"an artifact inside of content", "marks.nested", in_content(2, "BDC\nBT", "BDC\n/Artifact BMC\nEMC\nBT")},
        // 4. the structure, both ways
        {"no structure tree", "structure.missing", in_catalog("StructTreeRoot"), false},
        {"an id that the tree does not have", "structure.content", in_content(2, "/MCID 0>>", "/MCID 999>>"), false},
        {"content that no element has", "structure.content",
         [](File& file) { find_element(file, "H1")->entries.erase("K"); }, false},
        {"an element that names another parent", "structure.parents",
         [](File& file) { find_element(file, "TD")->entries["P"] = file.catalog()["StructTreeRoot"]; }},
        {"a parent tree that is empty", "structure.parent_tree",
         [](File& file) {
             Value& root = file.objects[file.catalog()["StructTreeRoot"].reference].value;
             file.objects[root["ParentTree"].reference].value.entries["Nums"].items.clear();
         }},
        {"two marks that the parent tree mixes up", "structure.parent_tree",
         [](File& file) {
             Value& root = file.objects[file.catalog()["StructTreeRoot"].reference].value;
             Value& numbers = file.objects[root["ParentTree"].reference].value.entries["Nums"];
             std::swap(file.objects[numbers.items[1].reference].value.items[0],
                       file.objects[numbers.items[1].reference].value.items[1]);
         }},
        {"a link outside of the tree", "link.structure",
         [](File& file) {
             for (auto& [number, object] : file.objects) {
                 auto& kids = object.value.entries["K"];
                 if (object.value["S"].is_name("Link") && kids.is(Value::Kind::array))
                     std::erase_if(kids.items, [](const Value& kid) { return kid["Type"].is_name("OBJR"); });
             }
         }},
        {"a link without StructParent", "link.structure",
         [](File& file) { find_link(file)->entries.erase("StructParent"); }, false},
        {"a link without words", "link.contents", [](File& file) { find_link(file)->entries.erase("Contents"); }},
        {"a link that is not printed", "link.print",
         [](File& file) { find_link(file)->entries["F"] = Value::of_number(0); }},
        {"a link that is hidden", "link.print",
         [](File& file) { find_link(file)->entries["F"] = Value::of_number(4 + 2); }},
        {"a link that leads nowhere", "link.structure",
         [](File& file) {
             find_link(file)->entries.erase("Dest");
             find_link(file)->entries.erase("A");
         }},
        {"a link whose number leads to another element", "structure.parent_tree",
         [](File& file) { find_link(file)->entries["StructParent"] = Value::of_number(0); }, false},
        {"a page that is not in the parent tree", "structure.parent_tree",
         [](File& file) { file.objects[file.pages().at(1)].value.entries.erase("StructParents"); }},
        {"a page without tab order", "page.tabs",
         [](File& file) { file.objects[file.pages().at(1)].value.entries.erase("Tabs"); }},
        // 5. roles
        {"a role of one's own", "roles.standard",
         [](File& file) { find_element(file, "Code")->entries["S"] = Value::of_name("Listing"); }},
        {"a row in no table", "roles.nesting",
         [](File& file) { find_element(file, "THead")->entries["S"] = Value::of_name("Div"); }, false},
        {"a paragraph in a list", "roles.nesting",
         [](File& file) { find_element(file, "LI")->entries["S"] = Value::of_name("P"); }, false},
        {"a heading that skips a level", "headings.order",
         [](File& file) { find_element(file, "H2")->entries["S"] = Value::of_name("H4"); }, false},
        {"a document that begins at level 2", "headings.order",
         [](File& file) { find_element(file, "H1")->entries["S"] = Value::of_name("H2"); }},
        {"a header cell without scope", "table.scope",
         [](File& file) { find_element(file, "TH")->entries.erase("A"); }},
        {"a table without a header cell", "table.scope",
         [](File& file) {
             for (auto& [number, object] : file.objects) {
                 if (object.value["S"].is_name("TH")) object.value.entries["S"] = Value::of_name("TD");
             }
         }},
        {"a row with a cell too few", "table.columns",
         [](File& file) {
             for (auto& [number, object] : file.objects) {
                 if (object.value["S"].is_name("TD") && object.value["A"].has("ColSpan"))
                     object.value.entries.erase("A");
             }
         }},
        {"a list that is not numbered", "list.numbering",
         [](File& file) { find_element(file, "L")->entries.erase("A"); }},
        {"a list that says it has no numbers, and has", "list.numbering",
         [](File& file) {
             Value& attributes = find_element(file, "L")->entries["A"];
             Value& target =
                 attributes.is(Value::Kind::reference) ? file.objects[attributes.reference].value : attributes;
             target.entries["ListNumbering"] = Value::of_name("None");
         }},
        // 6. fonts
        {"a font that is not embedded", "font.embedded",
         [](File& file) {
             find(file, [](const Value& value) {
                 return value["Type"].is_name("FontDescriptor");
             })->entries.erase("FontFile2");
         }},
        {"a font program that is cut off", "font.embedded",
         [](File& file) {
             int const number =
                 (*find(file, [](const Value& value) { return value["Type"].is_name("FontDescriptor"); }))["FontFile2"]
                     .reference;
             file.replace_stream(number, file.decoded(file.objects[number])->substr(0, 2000));
         }},
        {"a name that is no subset's", "font.subset",
         [](File& file) {
             find(file, [](const Value& value) {
                 return value["Subtype"].is_name("CIDFontType2");
             })->entries["BaseFont"] = Value::of_name("Other");
         }},
        {"no ToUnicode", "font.unicode",
         [](File& file) {
             find(file, [](const Value& value) {
                 return value["Subtype"].is_name("Type0");
             })->entries.erase("ToUnicode");
         }},
        {"a glyph that reads as nothing", "font.unicode",
         [](File& file) {
             int const number =
                 (*find(file, [](const Value& value) { return value["Subtype"].is_name("Type0"); }))["ToUnicode"]
                     .reference;
             std::string map = *file.decoded(file.objects[number]);
             auto const at = map.find("<0001> <") + 8;
             file.replace_stream(number, map.replace(at, map.find('>', at) - at, ""));
         }},
        {"a width that is not the font's", "font.widths",
         [](File& file) {
             Value* font = find(file, [](const Value& value) { return value["Subtype"].is_name("CIDFontType2"); });
             font->entries["W"].items[1].items[0].number += 7;
         }},
        {"a glyph that is .notdef", "font.notdef",
         [](File& file) {
             int const number = (*find(
                 file, [](const Value& value) { return value["Subtype"].is_name("CIDFontType2"); }))["CIDToGIDMap"]
                                    .reference;
             std::string map = *file.decoded(file.objects[number]);
             map[2] = map[3] = '\0';
             file.replace_stream(number, map);
         }},
        // 7. colours and attached files
        {"no output intent", "intent.missing", in_catalog("OutputIntents")},
        {"a profile that is cut off", "intent.profile",
         [](File& file) {
             int const number = file.catalog()["OutputIntents"].items[0]["DestOutputProfile"].reference;
             file.replace_stream(number, file.decoded(file.objects[number])->substr(0, 500));
         }},
        {"a profile of other colours than sRGB's", "intent.profile",
         [](File& file) {
             int const number = file.catalog()["OutputIntents"].items[0]["DestOutputProfile"].reference;
             std::string profile = *file.decoded(file.objects[number]);
             // The tags for red and green change names.
             auto const red = profile.find("rXYZ"), green = profile.find("gXYZ");
             REQUIRE((red != std::string::npos && green != std::string::npos));
             profile.replace(red, 4, "gXYZ").replace(green, 4, "rXYZ");
             file.replace_stream(number, profile);
         }},
        {"an output intent for another purpose", "intent.missing",
         [](File& file) {
             Value& intents = file.catalog().entries["OutputIntents"];
             Value& intent = intents.items[0];
             Value& target = intent.is(Value::Kind::reference) ? file.objects[intent.reference].value : intent;
             target.entries["S"] = Value::of_name("GTS_PDFX");
         }},
        {"an attachment without UF", "attachment.keys", in_attachment("UF")},
        {"an attachment without F", "attachment.keys", in_attachment("F")},
        {"an attachment without relationship", "attachment.keys", in_attachment("AFRelationship")},
        {"an attachment without description", "attachment.keys", in_attachment("Desc")},
        {"an attachment without a file", "attachment.keys", in_attachment("EF")},
        {"an attachment without type", "attachment.keys",
         [](File& file) {
             find(file, [](const Value& value) {
                 return value["Type"].is_name("EmbeddedFile");
             })->entries.erase("Subtype");
         }},
        {"an attachment of another size", "attachment.keys",
         [](File& file) {
             for (auto& [number, object] : file.objects) {
                 if (object.value["Type"].is_name("EmbeddedFile")) file.replace_stream(number, "{}");
             }
         }},
        {"an attachment that is not associated", "attachment.associated", in_catalog("AF")},
    };
    return list;
}

}  // namespace

TEST_CASE("a whole document has nothing to find") {
    auto const file = File::read(whole_file());
    REQUIRE_MESSAGE(file.has_value(), (file ? "" : file.error()));
    for (auto const& finding : pdf_check::check(*file)) FAIL_CHECK(finding.rule << ": " << finding.message);
    CHECK(file->version == "1.7");
    CHECK(file->pages().size() >= 6);
}

TEST_CASE("nothing is found either after the file was read and written again, unbroken") {
    auto const file = File::read(whole_file());
    REQUIRE(file.has_value());
    CHECK(all(rules_broken(file->written())) == "");
}

TEST_CASE("each rule finds a file that breaks it and nothing else") {
    for (Broken const& broken : breakages()) {
        CAPTURE(std::string(broken.what));
        auto file = File::read(whole_file());
        REQUIRE(file.has_value());
        broken.how(*file);
        std::set<std::string> rules = rules_broken(file->written());
        CHECK_MESSAGE(rules.contains(broken.rule), "found only: " << all(rules));
        if (broken.alone) CHECK_MESSAGE(rules.size() == 1, "found: " << all(rules));
    }
}

TEST_CASE("every rule of the checker is broken by some test") {
    std::set<std::string> tested = {"font.cid_set"};  // PDF/A-1 alone: below
    for (Broken const& broken : breakages()) tested.insert(broken.rule);
    std::string const header = pdf::sample::read_file(std::string(CA_SOURCE_DIR) + "/tests/pdf_check/check.h");
    std::size_t count = 0;
    for (std::string line : split(header, '\n')) {
        if (!line.starts_with("//   ") || line.starts_with("//     ")) continue;
        for (std::string const& word : split(line.substr(5), ' ')) {
            if (word.find('.') == std::string::npos) continue;
            ++count;
            CHECK_MESSAGE(tested.contains(word), word << " has no negative test");
        }
    }
    CHECK(count == tested.size());
}

TEST_CASE("a file that is cut off or damaged is refused, wherever that is") {
    std::string const& bytes = whole_file();
    for (std::size_t part = 0; part < 40; ++part) {
        CHECK(all(rules_broken(bytes.substr(0, bytes.size() * part / 40))) == "syntax ");
    }
    std::string moved = bytes;
    moved.insert(20, " ");
    CHECK(all(rules_broken(moved)) == "syntax ");
}

TEST_CASE("the PDF/A-1b variant has nothing to find, and needs its CIDSets") {
    documents::Document document = pdf::sample::everything();
    document.attachments.clear();
    auto const written = pdf::write(document, fonts(), {.profile = pdf::Profile::a1b});
    REQUIRE(written.has_value());
    CHECK(written->bytes.starts_with("%PDF-1.4\n"));
    CHECK(all(rules_broken(written->bytes)) == "");

    auto file = File::read(written->bytes);
    REQUIRE(file.has_value());
    find(*file, [](const Value& value) { return value["Type"].is_name("FontDescriptor"); })->entries.erase("CIDSet");
    CHECK(all(rules_broken(file->written())) == "font.cid_set ");
}

TEST_CASE("the words are read in the order of the source") {
    documents::Document const document = pdf::sample::everything();
    auto const file = File::read(whole_file());
    REQUIRE(file.has_value());
    std::string spoken;
    for (auto const& said : pdf_check::reading_order(*file)) spoken += said.text + " ";
    auto squeezed = [](std::string_view text) {
        std::string out;
        for (char const c : text) {
            if (c != ' ' && c != '\n') out += c;
        }
        return out;
    };
    std::string const all_words = squeezed(spoken);
    std::size_t at = 0;
    for (std::string const& words : pdf::sample::words(document)) {
        // Contents lists and change marks add words of their own in between; nothing may be missing or out of order.
        if (words.find("The party may") != std::string::npos) continue;
        auto const found = all_words.find(squeezed(words), at);
        REQUIRE_MESSAGE(found != std::string::npos, "not in its place: " << words);
        at = found + squeezed(words).size();
    }
    CHECK(spoken.find("The party [deleted: may] [inserted: shall] tell us.") != std::string::npos);
}

TEST_CASE("attached files come out byte for byte") {
    documents::Document const document = pdf::sample::everything();
    auto const file = File::read(whole_file());
    REQUIRE(file.has_value());
    for (documents::Attachment const& attached : document.attachments) {
        auto const bytes = pdf_check::attachment(*file, attached.file_name);
        REQUIRE_MESSAGE(bytes.has_value(), (bytes ? "" : bytes.error()));
        CHECK(*bytes == attached.bytes);
    }
}

TEST_CASE("a single letter that is changed in an attached file is seen in its bytes") {
    documents::Document const document = pdf::sample::everything();
    auto file = File::read(whole_file());
    REQUIRE(file.has_value());
    bool changed = false;
    for (auto& [number, object] : file->objects) {
        if (changed || !object.value["Type"].is_name("EmbeddedFile")) continue;
        std::string bytes = *file->decoded(object);
        bytes.back() = static_cast<char>(bytes.back() ^ 1);
        file->replace_stream(number, bytes);
        changed = true;
    }
    REQUIRE(changed);
    auto const again = File::read(file->written());
    REQUIRE(again.has_value());
    int different = 0;
    for (documents::Attachment const& attached : document.attachments)
        different += *pdf_check::attachment(*again, attached.file_name) != attached.bytes;
    CHECK(different == 1);
}

TEST_CASE("elements that change places are heard in another order") {
    auto file = File::read(whole_file());
    REQUIRE(file.has_value());
    auto heard = [](const File& from) {
        std::string all;
        for (auto const& said : pdf_check::reading_order(from)) all += said.text + " ";
        return all;
    };
    std::string const before = heard(*file);
    Value& kids = find_element(*file, "Document")->entries["K"];
    REQUIRE(kids.items.size() > 4);
    std::swap(kids.items[1], kids.items[3]);
    auto const again = File::read(file->written());
    REQUIRE(again.has_value());
    CHECK(heard(*again) != before);
    CHECK(all(rules_broken(file->written())) == "");  // the tree is sound; only its order is another
}

TEST_CASE("the status is said on every page, and so is the number of the page") {
    auto const file = File::read(whole_file());
    REQUIRE(file.has_value());
    // Artifacts are not in the structure tree: each page has a header and a footer that are marked as such.
    for (int const page : file->pages()) {
        std::string const content =
            *file->decoded(file->objects.at(file->objects.at(page).value["Contents"].reference));
        CHECK(content.find("/Artifact <</Type/Pagination/Subtype/Header/Attached[/Top]>> BDC\n") != std::string::npos);
        CHECK(content.find("/Artifact <</Type/Pagination/Subtype/Footer/Attached[/Bottom]>> BDC\n") !=
              std::string::npos);
    }
}
