#include "pdf_check/pdf_file.h"

#include <zlib.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <set>

namespace pdf_check {

namespace {

constexpr std::size_t most_decoded_bytes = 64u << 20;
constexpr int most_depth = 64;

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0'; }
bool is_delimiter(char c) { return std::string_view("()<>[]{}/%").find(c) != std::string_view::npos; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

class Parser {
public:
    Parser(std::string_view bytes, std::size_t at, bool references) : bytes_(bytes), at_(at), references_(references) {}

    std::size_t at() const { return at_; }
    bool at_end() {
        skip_space();
        return at_ >= bytes_.size();
    }

    void skip_space() {
        while (at_ < bytes_.size()) {
            if (is_space(bytes_[at_])) ++at_;
            else if (bytes_[at_] == '%')
                while (at_ < bytes_.size() && bytes_[at_] != '\n' && bytes_[at_] != '\r') ++at_;
            else break;
        }
    }

    bool take(std::string_view word) {
        skip_space();
        if (bytes_.substr(at_, word.size()) != word) return false;
        at_ += word.size();
        return true;
    }

    std::optional<long> integer() {
        skip_space();
        std::size_t stop = at_;
        while (stop < bytes_.size() && is_digit(bytes_[stop]) && stop - at_ < 10) ++stop;
        if (stop == at_) return std::nullopt;
        long const value = std::strtol(std::string(bytes_.substr(at_, stop - at_)).c_str(), nullptr, 10);
        at_ = stop;
        return value;
    }

    // Nothing where the bytes are no value.
    std::optional<Value> value(int depth = 0) {
        skip_space();
        if (at_ >= bytes_.size() || depth > most_depth) return std::nullopt;
        char const c = bytes_[at_];
        if (c == '/') return name();
        if (c == '(') return literal_string();
        if (c == '[') return array(depth);
        if (bytes_.substr(at_, 2) == "<<") return dictionary(depth);
        if (c == '<') return hex_string();
        if (is_digit(c) || c == '+' || c == '-' || c == '.') return number_or_reference();
        return word();
    }

private:
    std::optional<Value> name() {
        Value value;
        value.kind = Value::Kind::name;
        for (++at_; at_ < bytes_.size() && !is_space(bytes_[at_]) && !is_delimiter(bytes_[at_]); ++at_) {
            if (bytes_[at_] == '#' && at_ + 2 < bytes_.size() && hex_value(bytes_[at_ + 1]) >= 0 &&
                hex_value(bytes_[at_ + 2]) >= 0) {
                value.text += static_cast<char>(hex_value(bytes_[at_ + 1]) * 16 + hex_value(bytes_[at_ + 2]));
                at_ += 2;
            } else {
                value.text += bytes_[at_];
            }
        }
        return value;
    }

    std::optional<Value> literal_string() {
        Value value;
        value.kind = Value::Kind::string;
        int open = 1;
        for (++at_; at_ < bytes_.size(); ++at_) {
            char c = bytes_[at_];
            if (c == '\\' && at_ + 1 < bytes_.size()) {
                c = bytes_[++at_];
                if (c >= '0' && c <= '7') {
                    int code = 0;
                    for (int i = 0; i < 3 && at_ < bytes_.size() && bytes_[at_] >= '0' && bytes_[at_] <= '7'; ++i)
                        code = code * 8 + (bytes_[at_++] - '0');
                    --at_;
                    value.text += static_cast<char>(code);
                } else if (c == 'n') value.text += '\n';
                else if (c == 'r') value.text += '\r';
                else if (c == 't') value.text += '\t';
                else if (c == 'b') value.text += '\b';
                else if (c == 'f') value.text += '\f';
                else if (c != '\n' && c != '\r') value.text += c;
                continue;
            }
            if (c == '(') ++open;
            if (c == ')' && --open == 0) {
                ++at_;
                return value;
            }
            value.text += c;
        }
        return std::nullopt;
    }

    std::optional<Value> hex_string() {
        Value value;
        value.kind = Value::Kind::string;
        int half = -1;
        for (++at_; at_ < bytes_.size(); ++at_) {
            char const c = bytes_[at_];
            if (c == '>') {
                if (half >= 0) value.text += static_cast<char>(half * 16);
                ++at_;
                return value;
            }
            if (is_space(c)) continue;
            int const digit = hex_value(c);
            if (digit < 0) return std::nullopt;
            if (half < 0) half = digit;
            else {
                value.text += static_cast<char>(half * 16 + digit);
                half = -1;
            }
        }
        return std::nullopt;
    }

    std::optional<Value> array(int depth) {
        Value value;
        value.kind = Value::Kind::array;
        ++at_;
        for (;;) {
            if (take("]")) return value;
            auto item = this->value(depth + 1);
            if (!item || item->is(Value::Kind::op)) return std::nullopt;
            value.items.push_back(std::move(*item));
        }
    }

    std::optional<Value> dictionary(int depth) {
        Value value;
        value.kind = Value::Kind::dictionary;
        at_ += 2;
        for (;;) {
            if (take(">>")) return value;
            skip_space();
            if (at_ >= bytes_.size() || bytes_[at_] != '/') return std::nullopt;
            auto key = name();
            auto item = this->value(depth + 1);
            if (!key || !item || item->is(Value::Kind::op)) return std::nullopt;
            if (!value.entries.emplace(key->text, std::move(*item)).second) return std::nullopt;  // a key twice
        }
    }

    std::optional<Value> number_or_reference() {
        std::size_t stop = at_;
        while (stop < bytes_.size() && !is_space(bytes_[stop]) && !is_delimiter(bytes_[stop])) ++stop;
        std::string const text(bytes_.substr(at_, stop - at_));
        std::size_t const digits =
            text.find_first_not_of("+-") == std::string::npos ? text.size() : text.find_first_not_of("+-");
        if (digits > 1 || digits == text.size() || text.find_first_not_of("0123456789.", digits) != std::string::npos)
            return std::nullopt;
        Value value;
        value.kind = Value::Kind::number;
        value.number = std::strtod(text.c_str(), nullptr);
        at_ = stop;
        if (references_ && text.find_first_not_of("0123456789") == std::string::npos) {
            std::size_t const back = at_;
            auto const generation = integer();
            if (generation && *generation == 0 && take("R") &&
                (at_ >= bytes_.size() || is_space(bytes_[at_]) || is_delimiter(bytes_[at_]))) {
                value.kind = Value::Kind::reference;
                value.reference = value.integer();
                return value;
            }
            at_ = back;
        }
        return value;
    }

    std::optional<Value> word() {
        std::size_t stop = at_;
        while (stop < bytes_.size() && !is_space(bytes_[stop]) && !is_delimiter(bytes_[stop])) ++stop;
        if (stop == at_) return std::nullopt;
        Value value;
        value.text = bytes_.substr(at_, stop - at_);
        at_ = stop;
        if (value.text == "true" || value.text == "false") {
            value.kind = Value::Kind::boolean;
            value.boolean = value.text == "true";
        } else if (value.text != "null") {
            value.kind = Value::Kind::op;
        }
        return value;
    }

    std::string_view bytes_;
    std::size_t at_;
    bool references_;
};

struct Place {
    int kind = 1;  // 1: at a byte, 2: in an object stream
    long where = 0;
    int index = 0;
};

std::expected<Object, std::string> object_at(std::string_view bytes, long offset, int number) {
    auto bad = [&](std::string_view what) {
        return std::unexpected("object " + std::to_string(number) + ": " + std::string(what));
    };
    if (offset < 0 || static_cast<std::size_t>(offset) >= bytes.size()) return bad("its offset is outside of the file");
    // Exactly there: readers that are less patient than this parser look for the number at once.
    if (!is_digit(bytes[static_cast<std::size_t>(offset)])) return bad("it is not where the table says");
    Parser parser(bytes, static_cast<std::size_t>(offset), true);
    auto const found = parser.integer();
    if (!found || *found != number || !parser.integer() || !parser.take("obj"))
        return bad("it is not where the table says");
    auto value = parser.value();
    if (!value) return bad("it cannot be read");
    Object object{std::move(*value)};
    if (parser.take("stream")) {
        std::size_t at = parser.at();
        if (bytes.substr(at, 2) == "\r\n") at += 2;
        else if (bytes.substr(at, 1) == "\n") at += 1;
        else return bad("no line end after 'stream'");
        Value const& length = object.value["Length"];
        if (!length.is(Value::Kind::number) || length.number < 0 ||
            length.number > static_cast<double>(bytes.size() - at)) {
            return bad("the stream has no usable length");
        }
        object.is_stream = true;
        object.raw = bytes.substr(at, static_cast<std::size_t>(length.number));
        Parser after(bytes, at + object.raw.size(), true);
        if (!after.take("endstream") || !after.take("endobj")) return bad("the stream's length is wrong");
    } else if (!parser.take("endobj")) {
        return bad("no 'endobj'");
    }
    return object;
}

std::expected<std::map<int, Place>, std::string> read_table(std::string_view bytes, std::size_t start, Value& trailer) {
    std::map<int, Place> places;
    if (is_space(bytes[start])) return std::unexpected("startxref leads to white space");
    Parser parser(bytes, start, true);
    if (parser.take("xref")) {
        while (!parser.take("trailer")) {
            auto const first = parser.integer(), count = parser.integer();
            if (!first || !count || *count > 1000000) return std::unexpected("the cross-reference table is damaged");
            for (long i = 0; i < *count; ++i) {
                auto const offset = parser.integer(), generation = parser.integer();
                bool const used = parser.take("n");
                if (!offset || !generation || (!used && !parser.take("f")))
                    return std::unexpected("the cross-reference table is damaged");
                if (used) places[static_cast<int>(*first + i)] = {1, *offset, 0};
            }
        }
        auto value = parser.value();
        if (!value || !value->is(Value::Kind::dictionary)) return std::unexpected("the trailer is damaged");
        trailer = std::move(*value);
    } else {
        Parser number_parser(bytes, start, true);
        auto const number = number_parser.integer();
        if (!number) return std::unexpected("startxref leads nowhere");
        auto object = object_at(bytes, static_cast<long>(start), static_cast<int>(*number));
        if (!object) return std::unexpected(object.error());
        if (!object->is_stream || !object->value["Type"].is_name("XRef"))
            return std::unexpected("startxref leads to no cross-reference");
        auto const table = inflated(object->raw);
        if (!table) return std::unexpected(table.error());
        auto const& widths = object->value["W"].items;
        if (widths.size() != 3) return std::unexpected("the cross-reference stream has no widths");
        std::size_t size = 0;
        for (Value const& width : widths) {
            if (width.number < 0 || width.number > 8)
                return std::unexpected("the cross-reference stream has odd widths");
            size += static_cast<std::size_t>(width.integer());
        }
        if (size == 0 || object->value.has("Index"))
            return std::unexpected("a cross-reference stream in parts is not read here");
        std::size_t at = 0;
        auto field = [&](std::size_t column) {
            long value = 0;
            for (int i = 0; i < widths[column].integer(); ++i)
                value = (value << 8 | static_cast<unsigned char>((*table)[at++])) & 0x7FFFFFFF;
            return value;
        };
        for (int i = 0; at + size <= table->size(); ++i) {
            long const kind = field(0), second = field(1), third = field(2);
            if (kind == 1 || kind == 2) places[i] = {static_cast<int>(kind), second, static_cast<int>(third)};
        }
        trailer = object->value;
    }
    if (trailer.has("Prev")) return std::unexpected("a file with updates is not read here");
    return places;
}

void write_value(const Value& value, std::string& out) {
    static constexpr char digits[] = "0123456789abcdef";
    switch (value.kind) {
        case Value::Kind::null: out += "null"; break;
        case Value::Kind::boolean: out += value.boolean ? "true" : "false"; break;
        case Value::Kind::number: {
            char text[64];
            std::snprintf(text, sizeof text, "%.5f", value.number);
            std::string trimmed = text;
            while (trimmed.back() == '0') trimmed.pop_back();
            if (trimmed.back() == '.') trimmed.pop_back();
            out += trimmed;
            break;
        }
        case Value::Kind::string:
            out += '<';
            for (char const c : value.text) {
                out += digits[static_cast<unsigned char>(c) >> 4];
                out += digits[static_cast<unsigned char>(c) & 15];
            }
            out += '>';
            break;
        case Value::Kind::name:
            out += '/';
            for (char const c : value.text) {
                if (is_space(c) || is_delimiter(c) || c == '#' || c < 0x21 || c > 0x7E) {
                    out += '#';
                    out += digits[static_cast<unsigned char>(c) >> 4];
                    out += digits[static_cast<unsigned char>(c) & 15];
                } else {
                    out += c;
                }
            }
            break;
        case Value::Kind::array:
            out += '[';
            for (Value const& item : value.items) {
                out += ' ';
                write_value(item, out);
            }
            out += " ]";
            break;
        case Value::Kind::dictionary:
            out += "<<";
            for (auto const& [key, item] : value.entries) {
                write_value(Value::of_name(key), out);
                out += ' ';
                write_value(item, out);
            }
            out += ">>";
            break;
        case Value::Kind::reference: out += std::to_string(value.reference) + " 0 R"; break;
        case Value::Kind::op: out += value.text; break;
    }
}

const Value null_value;

}  // namespace

const Value& Value::operator[](std::string_view key) const {
    auto const found = entries.find(std::string(key));
    return found == entries.end() ? null_value : found->second;
}

Value Value::of_name(std::string text) {
    Value value;
    value.kind = Kind::name;
    value.text = std::move(text);
    return value;
}

Value Value::of_string(std::string bytes) {
    Value value;
    value.kind = Kind::string;
    value.text = std::move(bytes);
    return value;
}

Value Value::of_number(double number) {
    Value value;
    value.kind = Kind::number;
    value.number = number;
    return value;
}

Value Value::of_reference(int number) {
    Value value;
    value.kind = Kind::reference;
    value.reference = number;
    return value;
}

std::expected<std::string, std::string> inflated(std::string_view bytes) {
    z_stream stream{};
    if (inflateInit(&stream) != Z_OK) return std::unexpected("zlib cannot start");
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    std::string out;
    char buffer[16384];
    int outcome = Z_OK;
    while (outcome == Z_OK && out.size() <= most_decoded_bytes) {
        stream.next_out = reinterpret_cast<Bytef*>(buffer);
        stream.avail_out = sizeof buffer;
        outcome = inflate(&stream, Z_NO_FLUSH);
        out.append(buffer, sizeof buffer - stream.avail_out);
        if (outcome == Z_OK && stream.avail_in == 0 && stream.avail_out > 0) break;
    }
    inflateEnd(&stream);
    if (outcome != Z_STREAM_END) return std::unexpected("the compressed bytes are damaged or too many");
    return out;
}

std::expected<File, std::string> File::read(std::string_view bytes) {
    if (bytes.substr(0, 5) != "%PDF-") return std::unexpected("the file does not begin with %PDF-");
    File file;
    file.version = bytes.substr(5, 3);
    auto const end = bytes.rfind("startxref");
    if (end == std::string_view::npos || bytes.substr(end).find("%%EOF") == std::string_view::npos) {
        return std::unexpected("the file has no end: it is cut off");
    }
    Parser parser(bytes, end + 9, true);
    auto const start = parser.integer();
    if (!start || static_cast<std::size_t>(*start) >= bytes.size()) return std::unexpected("startxref leads nowhere");
    auto const places = read_table(bytes, static_cast<std::size_t>(*start), file.trailer);
    if (!places) return std::unexpected(places.error());

    for (auto const& [number, place] : *places) {
        if (place.kind != 1) continue;
        auto object = object_at(bytes, place.where, number);
        if (!object) return std::unexpected(object.error());
        file.objects[number] = std::move(*object);
    }
    // Objects inside of object streams; each stream is unpacked once.
    std::set<int> containers;
    for (auto const& [number, place] : *places) {
        if (place.kind == 2) containers.insert(static_cast<int>(place.where));
    }
    for (int const container : containers) {
        auto const found = file.objects.find(container);
        if (found == file.objects.end() || !found->second.is_stream)
            return std::unexpected("an object stream is missing");
        auto const body = file.decoded(found->second);
        if (!body) return std::unexpected(body.error());
        int const count = found->second.value["N"].integer();
        auto const first = static_cast<std::size_t>(std::max(0, found->second.value["First"].integer()));
        Parser index(*body, 0, true);
        for (int i = 0; i < count; ++i) {
            auto const number = index.integer(), offset = index.integer();
            if (!number || !offset) return std::unexpected("an object stream's index is damaged");
            auto const place = places->find(static_cast<int>(*number));
            if (place == places->end() || place->second.kind != 2 || place->second.where != container ||
                place->second.index != i) {
                return std::unexpected("an object stream and the cross-reference disagree");
            }
            auto value = Parser(*body, first + static_cast<std::size_t>(*offset), true).value();
            if (!value) return std::unexpected("object " + std::to_string(*number) + " cannot be read");
            file.objects[static_cast<int>(*number)] = {std::move(*value)};
        }
    }
    for (auto const& [number, place] : *places) {
        if (!file.objects.contains(number)) return std::unexpected("object " + std::to_string(number) + " is missing");
    }
    // What held the file together is no part of the graph.
    std::erase_if(file.objects, [](auto const& entry) {
        auto const& type = entry.second.value["Type"];
        return entry.second.is_stream && (type.is_name("ObjStm") || type.is_name("XRef"));
    });
    if (!file.catalog().is(Value::Kind::dictionary)) return std::unexpected("the file has no catalog");
    return file;
}

const Value& File::resolve(const Value& value) const {
    const Value* current = &value;
    for (int i = 0; i < 8 && current->is(Value::Kind::reference); ++i) {
        auto const found = objects.find(current->reference);
        if (found == objects.end()) return null_value;
        current = &found->second.value;
    }
    return *current;
}

const Object* File::object(const Value& reference) const {
    if (!reference.is(Value::Kind::reference)) return nullptr;
    auto const found = objects.find(reference.reference);
    return found == objects.end() ? nullptr : &found->second;
}

std::expected<std::string, std::string> File::decoded(const Object& object) const {
    Value const& filter = resolve(object.value["Filter"]);
    if (filter.is(Value::Kind::null)) return object.raw;
    if (filter.is_name("FlateDecode") && !object.value.has("DecodeParms")) return inflated(object.raw);
    return std::unexpected("a filter that is not read here");
}

const Value& File::catalog() const { return resolve(trailer["Root"]); }

Value& File::catalog() { return objects[trailer["Root"].reference].value; }

std::vector<int> File::pages() const {
    std::vector<int> found;
    std::set<int> seen;
    auto visit = [&](auto&& self, const Value& reference, int depth) -> void {
        if (depth > 32 || !reference.is(Value::Kind::reference) || !seen.insert(reference.reference).second) return;
        Value const& node = resolve(reference);
        if (node["Type"].is_name("Page")) found.push_back(reference.reference);
        for (Value const& kid : resolve(node["Kids"]).items) self(self, kid, depth + 1);
    };
    visit(visit, catalog()["Pages"], 0);
    return found;
}

std::string File::written() const {
    std::string out = "%PDF-" + version + "\n%\xE2\xE3\xCF\xD3\n";
    std::map<int, std::size_t> offsets;
    for (auto const& [number, object] : objects) {
        offsets[number] = out.size();
        out += std::to_string(number) + " 0 obj\n";
        Value value = object.value;
        if (object.is_stream) value.entries["Length"] = Value::of_number(static_cast<double>(object.raw.size()));
        write_value(value, out);
        if (object.is_stream) out += "\nstream\n" + object.raw + "\nendstream";
        out += "\nendobj\n";
    }
    auto const start = out.size();
    out += "xref\n0 1\n0000000000 65535 f \n";
    for (auto const& [number, offset] : offsets) {
        char line[32];
        std::snprintf(line, sizeof line, "%010zu 00000 n \n", offset);
        out += std::to_string(number) + " 1\n" + line;
    }
    Value end = trailer;
    for (const char* key : {"W", "Type", "Filter", "Length", "Index", "DecodeParms"}) end.entries.erase(key);
    end.entries["Size"] = Value::of_number(offsets.empty() ? 1 : offsets.rbegin()->first + 1);
    out += "trailer\n";
    write_value(end, out);
    out += "\nstartxref\n" + std::to_string(start) + "\n%%EOF\n";
    return out;
}

void File::replace_stream(int number, std::string bytes) {
    Object& object = objects[number];
    object.is_stream = true;
    object.raw = std::move(bytes);
    object.value.entries.erase("Filter");
}

int File::add(Value value) {
    int const number = objects.empty() ? 1 : objects.rbegin()->first + 1;
    objects[number] = {std::move(value)};
    return number;
}

std::expected<std::vector<Value>, std::string> tokens_of(std::string_view content) {
    std::vector<Value> values;
    Parser parser(content, 0, false);
    while (!parser.at_end()) {
        auto value = parser.value();
        if (!value) return std::unexpected("byte " + std::to_string(parser.at()) + " of the content cannot be read");
        values.push_back(std::move(*value));
    }
    return values;
}

}  // namespace pdf_check
