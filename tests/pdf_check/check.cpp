#include "pdf_check/check.h"

#include "pdf_check/content.h"
#include "pdf_check/fonts.h"
#include "pdf_check/metadata.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>

namespace pdf_check {

namespace {

using Kind = Value::Kind;

enum class Claim { a3ua, a1b };

// Which kids an element of ISO 32000-1, 14.8.4 may have, for those that restrict them.
const std::map<std::string, std::set<std::string>, std::less<>> allowed_kids = {
    {"L", {"LI", "L", "Caption"}},
    {"LI", {"Lbl", "LBody"}},
    {"Table", {"TR", "THead", "TBody", "TFoot", "Caption"}},
    {"THead", {"TR"}},
    {"TBody", {"TR"}},
    {"TFoot", {"TR"}},
    {"TR", {"TH", "TD"}},
    {"TOC", {"TOC", "TOCI", "Caption"}},
};
// And which parents an element must have.
const std::map<std::string, std::set<std::string>, std::less<>> allowed_parents = {
    {"LI", {"L"}},        {"LBody", {"LI"}},    {"TR", {"Table", "THead", "TBody", "TFoot"}},
    {"TH", {"TR"}},       {"TD", {"TR"}},       {"THead", {"Table"}},
    {"TBody", {"Table"}}, {"TFoot", {"Table"}}, {"TOCI", {"TOC"}},
};
const std::set<std::string, std::less<>> blocks = {"Document", "Part",  "Art",   "Sect", "Div", "BlockQuote", "Caption",
                                                   "TOC",      "TOCI",  "P",     "H1",   "H2",  "H3",         "H4",
                                                   "H5",       "H6",    "L",     "LI",   "Lbl", "LBody",      "Table",
                                                   "THead",    "TBody", "TFoot", "TR",   "TH",  "TD"};
const std::set<std::string, std::less<>> inlines = {"Span", "Quote", "Note",  "Reference", "BibEntry",
                                                    "Code", "Link",  "Annot", "Figure",    "Formula"};
const std::set<std::string, std::less<>> only_inlines_in = {"P",  "H1",   "H2",   "H3",   "H4",       "H5",
                                                            "H6", "Span", "Code", "Link", "Reference"};

struct Element {
    int object = 0;
    int parent = -1;  // index
    std::string role;
    std::vector<int> kids;  // indices of elements
};

struct Content {
    int page = 0;
    int id = 0;
    bool operator<(const Content& other) const { return std::pair(page, id) < std::pair(other.page, other.id); }
};

class Checker {
public:
    explicit Checker(const File& file) : file_(file) {}

    std::vector<Finding> run() {
        read_metadata();
        check_trailer();
        check_catalog();
        check_intent();
        check_attachments();
        read_structure();
        check_roles();
        check_pages();
        check_parent_tree();
        return std::move(findings_);
    }

    std::vector<Said> said() {
        read_structure();
        read_pages();
        std::vector<Said> out;
        int last = -1;
        for (auto const& [element, content] : in_order_) {
            if (element != last) out.push_back({elements_[static_cast<std::size_t>(element)].role, {}});
            out.back().text += text_of_mark(content);
            last = element;
        }
        std::erase_if(out, [](const Said& one) { return one.text.empty(); });
        return out;
    }

private:
    void found(std::string rule, std::string message) { findings_.push_back({std::move(rule), std::move(message)}); }

    // ---- The file's ends and the catalog ------------------------------------------------------------------

    void check_trailer() {
        auto const& id = file_.resolve(file_.trailer["ID"]);
        if (id.items.size() != 2 || id.items[0].text.size() < 16) found("trailer.id", "the file has no identifier");
        if (file_.trailer.has("Encrypt")) found("trailer.encrypted", "the file is encrypted");
    }

    void check_catalog() {
        Value const& catalog = file_.catalog();
        if (!file_.resolve(catalog["MarkInfo"])["Marked"].boolean)
            found("catalog.marked", "MarkInfo does not say Marked");
        std::string const language = text_of(catalog["Lang"]);
        if (language.size() < 2 ||
            language.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-") !=
                std::string::npos) {
            found("catalog.language", "the document has no language");
        }
        if (!file_.resolve(catalog["ViewerPreferences"])["DisplayDocTitle"].boolean) {
            found("catalog.title", "viewers are not told to show the title");
        }
        for (auto const& [number, object] : file_.objects) {
            if (has_javascript(object.value, 0))
                found("catalog.javascript", "object " + std::to_string(number) + " holds JavaScript or a launch");
        }
        if (catalog.has("OpenAction") || catalog.has("AA") || catalog.has("AcroForm"))
            found("catalog.javascript", "the catalog holds actions or a form");
    }

    static bool has_javascript(const Value& value, int depth) {
        if (depth > 16) return false;
        for (auto const& [key, entry] : value.entries) {
            if (key == "JS" || key == "JavaScript" || key == "AA") return true;
            if (key == "S" && (entry.is_name("JavaScript") || entry.is_name("Launch"))) return true;
            if (has_javascript(entry, depth + 1)) return true;
        }
        return std::any_of(value.items.begin(), value.items.end(),
                           [&](const Value& item) { return has_javascript(item, depth + 1); });
    }

    // ---- Metadata -----------------------------------------------------------------------------------------

    void read_metadata() {
        const Object* stream = file_.object(file_.catalog()["Metadata"]);
        if (stream == nullptr || !stream->is_stream) {
            found("metadata.missing", "the catalog has no metadata");
            return;
        }
        if (stream->value.has("Filter")) found("metadata.missing", "the metadata is compressed");
        auto const properties = read_xmp(stream->raw);
        if (!properties) {
            found("metadata.xml", properties.error());
            return;
        }
        auto of = [&](std::string_view name) {
            auto const entry = properties->find(name);
            return entry == properties->end() ? std::string() : entry->second;
        };
        if (of("pdfaid:part") == "1") claim_ = Claim::a1b;
        bool const a3 = claim_ == Claim::a3ua;
        if (of("pdfaid:part") != (a3 ? "3" : "1") || of("pdfaid:conformance") != (a3 ? "A" : "B")) {
            found("metadata.pdfa", "the part and conformance of PDF/A are not stated");
        }
        if (a3 && of("pdfuaid:part") != "1") found("metadata.pdfua", "the part of PDF/UA is not stated");
        if (a3 && (of("pdfaSchema:namespaceURI") != "http://www.aiim.org/pdfua/ns/id/" ||
                   of("pdfaSchema:prefix") != "pdfuaid" || of("pdfaProperty:name") != "part" ||
                   of("pdfaProperty:valueType") != "Integer")) {
            found("metadata.extension", "the schema of PDF/UA is not described");
        }
        Value const& info = file_.resolve(file_.trailer["Info"]);
        if (of("dc:title").empty()) found("metadata.info", "there is no title");
        static constexpr std::pair<const char*, const char*> pairs[] = {
            {"Title", "dc:title"},        {"Author", "dc:creator"},       {"Subject", "dc:description"},
            {"Keywords", "pdf:Keywords"}, {"Creator", "xmp:CreatorTool"}, {"Producer", "pdf:Producer"}};
        for (auto const& [key, property] : pairs) {
            if (text_of(info[key]) != of(property))
                found("metadata.info", std::string(key) + " differs from " + property);
        }
        if (xmp_date(text_of(info["CreationDate"])) != of("xmp:CreateDate"))
            found("metadata.info", "CreationDate differs from xmp:CreateDate");
        if (xmp_date(text_of(info["ModDate"])) != of("xmp:ModifyDate"))
            found("metadata.info", "ModDate differs from xmp:ModifyDate");
    }

    // "D:20250801080000Z" as XMP writes it.
    static std::string xmp_date(const std::string& date) {
        if (date.empty()) return {};
        if (date.size() != 17 || date.substr(0, 2) != "D:" || date.back() != 'Z') return "?";
        auto part = [&](std::size_t at, std::size_t count) { return date.substr(at, count); };
        return part(2, 4) + '-' + part(6, 2) + '-' + part(8, 2) + 'T' + part(10, 2) + ':' + part(12, 2) + ':' +
               part(14, 2) + 'Z';
    }

    // ---- Colours ------------------------------------------------------------------------------------------

    void check_intent() {
        Value const& intents = file_.resolve(file_.catalog()["OutputIntents"]);
        Value const& intent = intents.items.empty() ? intents : file_.resolve(intents.items.front());
        const Object* profile = file_.object(intent["DestOutputProfile"]);
        if (!intent["S"].is_name("GTS_PDFA1") || profile == nullptr || !profile->is_stream) {
            found("intent.missing", "there is no output intent with a profile");
            return;
        }
        auto const bytes = file_.decoded(*profile);
        if (!bytes || profile->value["N"].integer() != 3) {
            found("intent.profile", "the profile cannot be read as one of three components");
            return;
        }
        auto number = [&](std::size_t at) {
            unsigned long value = 0;
            for (std::size_t i = 0; i < 4; ++i)
                value = value << 8 | (at + i < bytes->size() ? static_cast<unsigned char>((*bytes)[at + i]) : 0u);
            return value;
        };
        bool ok = bytes->size() > 132 && number(0) == bytes->size() && bytes->substr(36, 4) == "acsp" &&
                  bytes->substr(12, 4) == "mntr" && bytes->substr(16, 8) == "RGB XYZ " && number(8) >> 24 <= 4;
        std::set<std::string> tags;
        std::map<std::string, std::size_t> place;
        for (std::size_t i = 0; ok && i < number(128); ++i) {
            std::size_t const record = 132 + 12 * i;
            ok = record + 12 <= bytes->size() && number(record + 4) + number(record + 8) <= bytes->size() &&
                 number(record + 4) % 4 == 0;
            if (ok) tags.insert(bytes->substr(record, 4));
            if (ok) place[bytes->substr(record, 4)] = number(record + 4);
        }
        for (const char* tag : {"desc", "cprt", "wtpt", "rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC"})
            ok = ok && tags.contains(tag);
        // The primaries of sRGB as IEC 61966-2-1 has them, adapted to D50.
        static constexpr struct {
            const char* tag;
            double xyz[3];
        } primaries[] = {
            {"rXYZ", {0.4361, 0.2225, 0.0139}}, {"gXYZ", {0.3851, 0.7169, 0.0971}}, {"bXYZ", {0.1431, 0.0606, 0.7141}}};
        for (auto const& [tag, xyz] : primaries) {
            for (std::size_t i = 0; ok && i < 3; ++i) {
                ok = bytes->substr(place[tag], 4) == "XYZ " &&
                     std::fabs(static_cast<double>(number(place[tag] + 8 + 4 * i)) / 65536 - xyz[i]) < 0.002;
            }
        }
        if (!ok) found("intent.profile", "the profile is no valid RGB display profile with the primaries of sRGB");
    }

    // ---- Attached files -----------------------------------------------------------------------------------

    void check_attachments() {
        std::set<int> named, associated;
        Value const& names =
            file_.resolve(file_.resolve(file_.resolve(file_.catalog()["Names"])["EmbeddedFiles"])["Names"]);
        for (std::size_t i = 1; i < names.items.size(); i += 2) named.insert(names.items[i].reference);
        for (Value const& item : file_.resolve(file_.catalog()["AF"]).items) associated.insert(item.reference);
        if (claim_ == Claim::a1b && (!named.empty() || !associated.empty()))
            found("attachment.keys", "PDF/A-1 allows no attached files");
        if (named != associated) found("attachment.associated", "attached files and associated files are not the same");
        for (int const number : named) {
            Value const& file = file_.resolve(Value::of_reference(number));
            static const std::set<std::string, std::less<>> relationships = {"Source", "Data", "Alternative",
                                                                             "Supplement", "Unspecified"};
            Value const& embedded = file_.resolve(file["EF"]);
            const Object* stream = file_.object(embedded["F"]);
            bool const ok = !text_of(file["F"]).empty() && !text_of(file["UF"]).empty() &&
                            !text_of(file["Desc"]).empty() && relationships.contains(file["AFRelationship"].text) &&
                            stream != nullptr && stream->is_stream &&
                            stream->value["Subtype"].text.find('/') != std::string::npos && embedded.has("UF");
            if (!ok) {
                found("attachment.keys", "an attached file lacks a name, a description, a relationship or a type");
                continue;
            }
            auto const bytes = file_.decoded(*stream);
            if (!bytes || static_cast<double>(bytes->size()) != file_.resolve(stream->value["Params"])["Size"].number) {
                found("attachment.keys", "an attached file is not of the size that is stated");
            }
        }
    }

    // ---- Structure ----------------------------------------------------------------------------------------

    void read_structure() {
        Value const& root = file_.resolve(file_.catalog()["StructTreeRoot"]);
        if (!root["Type"].is_name("StructTreeRoot")) {
            found("structure.missing", "there is no structure tree");
            return;
        }
        std::set<int> seen;
        int const root_object = file_.catalog()["StructTreeRoot"].reference;
        auto const& kids = file_.resolve(root["K"]);
        std::vector<Value> const tops = kids.is(Kind::array) ? kids.items : std::vector<Value>{root["K"]};
        for (Value const& top : tops) read_element(top, -1, root_object, {}, seen, 0);
        if (tops.size() != 1 || elements_.empty() || elements_.front().role != "Document") {
            found("roles.nesting", "the structure tree does not begin with one Document");
        }
    }

    void read_element(const Value& reference, int parent, int parent_object, Value page, std::set<int>& seen,
                      int depth) {
        if (depth > 200 || !reference.is(Kind::reference) || !seen.insert(reference.reference).second) {
            found("structure.parents", "an element is in the tree twice, or the tree has no end");
            return;
        }
        Value const& value = file_.resolve(reference);
        auto const index = static_cast<int>(elements_.size());
        elements_.push_back({reference.reference, parent, value["S"].text, {}});
        if (parent >= 0) elements_[static_cast<std::size_t>(parent)].kids.push_back(index);
        element_of_object_[reference.reference] = index;
        if (value["P"].reference != parent_object)
            found("structure.parents",
                  "an element does not name its parent: object " + std::to_string(reference.reference));
        if (value.has("Pg")) page = value["Pg"];
        Value const& kids = file_.resolve(value["K"]);
        std::vector<Value> const list = kids.is(Kind::array) ? kids.items
                                        : value.has("K")     ? std::vector<Value>{value["K"]}
                                                             : std::vector<Value>{};
        for (Value const& kid : list) {
            if (kid.is(Kind::number)) {
                add_content(index, page.reference, kid.integer());
                continue;
            }
            Value const& resolved = file_.resolve(kid);
            if (resolved["Type"].is_name("MCR")) {
                add_content(index, resolved.has("Pg") ? resolved["Pg"].reference : page.reference,
                            resolved["MCID"].integer());
            } else if (resolved["Type"].is_name("OBJR")) {
                annotation_owner_[resolved["Obj"].reference] = index;
            } else {
                read_element(kid, index, reference.reference, page, seen, depth + 1);
            }
        }
    }

    void add_content(int element, int page, int id) {
        if (!owner_.emplace(Content{page, id}, element).second)
            found("structure.content", "one marked content is in the tree twice");
        contents_of_[element].push_back({page, id});
        in_order_.push_back({element, {page, id}});
    }

    // An attribute of an element, whatever object it is in.
    const Value& attribute(const Element& element, std::string_view key) const {
        static const Value none;
        Value const& attributes = file_.resolve(file_.resolve(Value::of_reference(element.object))["A"]);
        if (attributes.is(Kind::dictionary)) return attributes[key];
        for (Value const& item : attributes.items) {
            if (file_.resolve(item).has(key)) return file_.resolve(item)[key];
        }
        return none;
    }

    void check_roles() {
        int last_level = 0;
        for (Element const& element : elements_) {
            std::string const& role = element.role;
            if (!blocks.contains(role) && !inlines.contains(role))
                found("roles.standard", "/" + role + " is no standard type");
            if (auto const kids = allowed_kids.find(role); kids != allowed_kids.end()) {
                for (int const kid : element.kids) {
                    std::string const& kid_role = elements_[static_cast<std::size_t>(kid)].role;
                    if (!kids->second.contains(kid_role)) found("roles.nesting", kid_role + " in " + role);
                }
                auto const contents = contents_of_.find(element_of_object_[element.object]);
                if (contents != contents_of_.end()) found("roles.nesting", "text directly in " + role);
            }
            std::string const parent =
                element.parent < 0 ? "" : elements_[static_cast<std::size_t>(element.parent)].role;
            if (auto const parents = allowed_parents.find(role);
                parents != allowed_parents.end() && !parents->second.contains(parent)) {
                found("roles.nesting", role + " in " + parent);
            }
            if (blocks.contains(role) && only_inlines_in.contains(parent))
                found("roles.nesting", role + " in " + parent);

            if (role.size() == 2 && role[0] == 'H' && role[1] >= '1' && role[1] <= '6') {
                int const level = role[1] - '0';
                if (level > last_level + 1)
                    found("headings.order",
                          role + " after " + (last_level == 0 ? "nothing" : "H" + std::to_string(last_level)));
                last_level = level;
            }
            if (role == "TH" && !attribute(element, "Scope").is_name("Column") &&
                !attribute(element, "Scope").is_name("Row") && !attribute(element, "Scope").is_name("Both")) {
                found("table.scope", "a header cell has no scope");
            }
            if (role == "L") check_list(element);
            if (role == "Table") check_table(element);
            if (role == "Link" && contents_of_.contains(element_of_object_[element.object])) {
                int const index = element_of_object_[element.object];
                bool const has_annotation = std::any_of(annotation_owner_.begin(), annotation_owner_.end(),
                                                        [&](auto const& entry) { return entry.second == index; });
                if (!has_annotation) found("link.structure", "a Link has no annotation");
            }
        }
    }

    void check_list(const Element& element) {
        static const std::set<std::string, std::less<>> numberings = {
            "None", "Disc", "Circle", "Square", "Decimal", "UpperRoman", "LowerRoman", "UpperAlpha", "LowerAlpha"};
        bool const labelled = std::any_of(element.kids.begin(), element.kids.end(), [&](int item) {
            auto const& parts = elements_[static_cast<std::size_t>(item)].kids;
            return std::any_of(parts.begin(), parts.end(),
                               [&](int part) { return elements_[static_cast<std::size_t>(part)].role == "Lbl"; });
        });
        std::string const& numbering = attribute(element, "ListNumbering").text;
        if (!numberings.contains(numbering) || (labelled && numbering == "None"))
            found("list.numbering", "a list does not say how it is numbered");
    }

    void check_table(const Element& table) {
        int columns = -1;
        bool has_header = false;
        auto check_rows = [&](auto&& self, const Element& part) -> void {
            for (int const kid : part.kids) {
                Element const& element = elements_[static_cast<std::size_t>(kid)];
                if (element.role == "THead" || element.role == "TBody" || element.role == "TFoot") self(self, element);
                if (element.role != "TR") continue;
                int count = 0;
                for (int const cell : element.kids) {
                    Element const& data = elements_[static_cast<std::size_t>(cell)];
                    has_header = has_header || data.role == "TH";
                    int const span = attribute(data, "ColSpan").integer();
                    count += span > 1 ? span : 1;
                }
                if (columns >= 0 && count != columns)
                    found("table.columns",
                          "a row has " + std::to_string(count) + " columns, another " + std::to_string(columns));
                columns = count;
            }
        };
        check_rows(check_rows, table);
        if (!has_header) found("table.scope", "a table has no header cell");
    }

    // ---- Pages --------------------------------------------------------------------------------------------

    void read_pages() {
        for (int const page : file_.pages()) {
            auto content = content_of(file_, page);
            if (!content) {
                found("structure.content", "page object " + std::to_string(page) + ": " + content.error());
                continue;
            }
            Value const& fonts = file_.resolve(file_.resolve(file_.objects.at(page).value["Resources"])["Font"]);
            for (auto const& [name, reference] : fonts.entries) {
                font_of_[{page, name}] = reference.reference;
                if (!fonts_.contains(reference.reference))
                    fonts_.emplace(reference.reference, read_font(file_, reference));
            }
            pages_.emplace(page, std::move(*content));
        }
    }

    void check_pages() {
        read_pages();
        std::set<int> linked;
        for (auto const& [number, content] : pages_) {
            Value const& page = file_.objects.at(number).value;
            std::string const where = "page object " + std::to_string(number) + ": ";
            for (std::string const& op : content.unmarked) found("marks.unmarked", where + op + " outside of any mark");
            for (std::string const& problem : content.unbalanced) found("marks.balance", where + problem);
            for (std::string const& problem : content.badly_nested) found("marks.nested", where + problem);
            if (!page["Tabs"].is_name("S")) found("page.tabs", where + "the tab order is not that of the structure");
            std::set<int> ids;
            for (Mark const& mark : content.marks) {
                if (!ids.insert(mark.id).second) found("structure.content", where + "two marks have one id");
                if (!owner_.contains(Content{number, mark.id}))
                    found("structure.content",
                          where + "marked content " + std::to_string(mark.id) + " is not in the tree");
                for (ShownText const& shown : mark.shown) use_font(number, shown);
            }
            for (ShownText const& shown : content.artifacts) use_font(number, shown);
            for (auto const& [key, element] : owner_) {
                if (key.page == number && !ids.contains(key.id))
                    found("structure.content", where + "the tree has a marked content that the page lacks");
            }
            for (Value const& reference : file_.resolve(page["Annots"]).items) {
                linked.insert(reference.reference);
                check_annotation(reference, where);
            }
        }
        for (auto const& [annotation, element] : annotation_owner_) {
            if (!linked.contains(annotation)) found("link.structure", "the tree has an annotation that no page has");
        }
        for (auto const& [key, element] : owner_) {
            if (!pages_.contains(key.page)) found("structure.content", "the tree has content on no page");
        }
        check_fonts();
    }

    void check_annotation(const Value& reference, const std::string& where) {
        Value const& annotation = file_.resolve(reference);
        if (!annotation["Subtype"].is_name("Link"))
            return found("link.structure", where + "an annotation that is no link");
        auto const owner = annotation_owner_.find(reference.reference);
        if (owner == annotation_owner_.end() || elements_[static_cast<std::size_t>(owner->second)].role != "Link") {
            found("link.structure", where + "a link is not in the structure tree");
        }
        if (!annotation.has("StructParent")) found("link.structure", where + "a link has no StructParent");
        if (text_of(annotation["Contents"]).empty())
            found("link.contents", where + "a link has no words for those who do not see it");
        int const flags = annotation["F"].integer();
        constexpr int print = 4, hidden_in_any_way = 1 | 2 | 32 | 256;
        if ((flags & print) == 0 || (flags & hidden_in_any_way) != 0)
            found("link.print", where + "a link has not the Print flag alone");
        if (!annotation.has("Dest") && !file_.resolve(annotation["A"]).has("URI"))
            found("link.structure", where + "a link leads nowhere");
    }

    void check_parent_tree() {
        Value const& root = file_.resolve(file_.catalog()["StructTreeRoot"]);
        std::map<int, Value> numbers;
        Value const& list = file_.resolve(file_.resolve(root["ParentTree"])["Nums"]);
        int last = -1;
        for (std::size_t i = 0; i + 1 < list.items.size(); i += 2) {
            int const key = list.items[i].integer();
            if (key <= last) found("structure.parent_tree", "the keys of the parent tree are not in order");
            last = key;
            numbers[key] = list.items[i + 1];
        }
        for (auto const& [number, content] : pages_) {
            Value const& page = file_.objects.at(number).value;
            auto const entry = numbers.find(page.has("StructParents") ? page["StructParents"].integer() : -1);
            if (entry == numbers.end()) {
                if (!content.marks.empty()) found("structure.parent_tree", "a page is not in the parent tree");
                continue;
            }
            Value const& owners = file_.resolve(entry->second);
            for (auto const& [key, element] : owner_) {
                if (key.page != number) continue;
                int const named = key.id >= 0 && static_cast<std::size_t>(key.id) < owners.items.size()
                                      ? owners.items[static_cast<std::size_t>(key.id)].reference
                                      : 0;
                if (named != elements_[static_cast<std::size_t>(element)].object)
                    found("structure.parent_tree", "the parent tree and the structure tree disagree");
            }
        }
        for (auto const& [annotation, element] : annotation_owner_) {
            Value const& value = file_.resolve(Value::of_reference(annotation));
            auto const entry = numbers.find(value.has("StructParent") ? value["StructParent"].integer() : -1);
            if (entry == numbers.end() ||
                entry->second.reference != elements_[static_cast<std::size_t>(element)].object) {
                found("structure.parent_tree", "the parent tree does not lead from a link to its element");
            }
        }
    }

    // ---- Fonts --------------------------------------------------------------------------------------------

    void use_font(int page, const ShownText& shown) {
        auto const font = font_of_.find({page, shown.font});
        if (font == font_of_.end())
            return found("font.embedded", "the font " + shown.font + " is no resource of the page");
        for (std::size_t i = 0; i + 1 < shown.codes.size(); i += 2) {
            used_[font->second].insert(static_cast<unsigned char>(shown.codes[i]) << 8 |
                                       static_cast<unsigned char>(shown.codes[i + 1]));
        }
        if (shown.codes.size() % 2 != 0) found("font.embedded", "a string of half a code");
    }

    void check_fonts() {
        for (auto const& [number, font] : fonts_) {
            for (std::string const& problem : font.problems)
                found(problem.substr(0, problem.find(':')), font.name + problem.substr(problem.find(':')));
            std::set<std::string> reported;
            auto once = [&](const std::string& rule, const std::string& message) {
                if (reported.insert(rule).second) found(rule, font.name + ": " + message);
            };
            for (int const cid : used_[number]) {
                std::string const code = "code " + std::to_string(cid);
                auto const unicode = font.unicode.find(cid);
                if (unicode == font.unicode.end() || unicode->second.empty() || unicode->second[0] == '\0' ||
                    unicode->second == "\xEF\xBB\xBF" || unicode->second == "\xEF\xBF\xBE") {
                    once("font.unicode", code + " reads as nothing");
                }
                if (!font.program) continue;
                int const glyph = font.glyph(cid);
                if (glyph <= 0 || glyph >= font.program->glyph_count) {
                    once("font.notdef", code + " has no glyph");
                    continue;
                }
                auto const width = font.widths.find(cid);
                double const real =
                    font.program->advances[static_cast<std::size_t>(glyph)] * 1000.0 / font.program->units_per_em;
                if (width == font.widths.end() || std::fabs(width->second - real) > 0.5)
                    once("font.widths", code + " is not as wide as the font says");
            }
        }
        if (claim_ == Claim::a1b) check_cid_sets();
    }

    void check_cid_sets() {
        for (auto const& [number, object] : file_.objects) {
            if (!object.value["Type"].is_name("FontDescriptor")) continue;
            const Object* set = file_.object(object.value["CIDSet"]);
            if (set == nullptr || !set->is_stream) found("font.cid_set", "a subset has no CIDSet");
        }
    }

    std::string text_of_mark(const Content& content) {
        auto const page = pages_.find(content.page);
        if (page == pages_.end()) return {};
        std::string out;
        for (Mark const& mark : page->second.marks) {
            if (mark.id != content.id) continue;
            if (!mark.actual_text.empty()) {
                out += text_of(Value::of_string(mark.actual_text));
                continue;
            }
            for (ShownText const& shown : mark.shown) {
                auto const font = font_of_.find({content.page, shown.font});
                if (font == font_of_.end()) continue;
                auto const& unicode = fonts_.at(font->second).unicode;
                for (std::size_t i = 0; i + 1 < shown.codes.size(); i += 2) {
                    auto const entry = unicode.find(static_cast<unsigned char>(shown.codes[i]) << 8 |
                                                    static_cast<unsigned char>(shown.codes[i + 1]));
                    if (entry != unicode.end()) out += entry->second;
                }
            }
        }
        return out;
    }

    const File& file_;
    std::vector<Finding> findings_;
    Claim claim_ = Claim::a3ua;
    std::vector<Element> elements_;  // in the order of the tree
    std::map<int, int> element_of_object_;
    std::map<int, std::vector<Content>> contents_of_;  // by element
    std::vector<std::pair<int, Content>> in_order_;    // all of it, as the tree is read
    std::map<Content, int> owner_;
    std::map<int, int> annotation_owner_;  // annotation object -> element
    std::map<int, PageContent> pages_;
    std::map<std::pair<int, std::string>, int> font_of_;
    std::map<int, Font> fonts_;
    std::map<int, std::set<int>> used_;
};

}  // namespace

std::vector<Finding> check(const File& file) { return Checker(file).run(); }

std::vector<Said> reading_order(const File& file) { return Checker(file).said(); }

std::expected<std::string, std::string> attachment(const File& file, std::string_view name) {
    Value const& names = file.resolve(file.resolve(file.resolve(file.catalog()["Names"])["EmbeddedFiles"])["Names"]);
    for (std::size_t i = 1; i < names.items.size(); i += 2) {
        Value const& spec = file.resolve(names.items[i]);
        if (text_of(spec["UF"]) != name) continue;
        const Object* stream = file.object(file.resolve(spec["EF"])["F"]);
        if (stream == nullptr) return std::unexpected("the attached file has no bytes");
        return file.decoded(*stream);
    }
    return std::unexpected("there is no attached file of that name");
}

}  // namespace pdf_check
