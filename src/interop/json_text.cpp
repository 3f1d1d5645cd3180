#include "interop/json_text.h"

#include "base/json.h"
#include "base/text.h"

#include <algorithm>

namespace ca::interop {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

class Parser {
public:
    explicit Parser(std::string_view bytes, std::string_view list = {}) : bytes_(bytes), list_(list) {}

    Result<Json> parse() {
        CA_TRY_VOID(begin());
        Json root = CA_TRY(value(0));
        CA_TRY_VOID(end());
        return root;
    }

    // The next value of a list that the root has under the name `list`; none at the end.
    Result<std::optional<Json>> next() {
        for (;;) {
            switch (standing_) {
                case Standing::at_begin: CA_TRY_VOID(enter_root()); break;
                case Standing::at_member: CA_TRY_VOID(take_member()); break;
                case Standing::in_list: {
                    auto item = CA_TRY(value(2));
                    CA_TRY_VOID(leave_item());
                    return item;
                }
                case Standing::after_member: CA_TRY_VOID(leave_member()); break;
                case Standing::at_end: return std::nullopt;
            }
        }
    }
    const Json& root() const { return root_; }
    std::size_t at() const { return at_; }

private:
    enum class Standing : std::uint8_t { at_begin, at_member, in_list, after_member, at_end };

    Result<> begin() {
        if (bytes_.starts_with("\xff\xfe") || bytes_.starts_with("\xfe\xff"))
            return fail("not_json", "The file is UTF-16. Save it as UTF-8.", place_in(bytes_, 0));
        if (bytes_.starts_with("\xef\xbb\xbf")) at_ = 3;
        return {};
    }
    Result<> end() {
        skip_space();
        if (at_ < bytes_.size())
            return wrong(bytes_[at_] == '{' || bytes_[at_] == '['
                             ? "There is more text after the end of the JSON: it goes on with another value, as in a "
                               "file of one record a line. One list of all records is needed."
                             : "There is more text after the end of the JSON.");
        return {};
    }

    // ---- The root, piece by piece -------------------------------------------------------------------------

    Result<> enter_root() {
        CA_TRY_VOID(begin());
        skip_space();
        if (at_ < bytes_.size() && bytes_[at_] == '{') {
            root_ = begun(Json::Kind::object);
            ++at_;
            skip_space();
            standing_ = Standing::at_member;
            if (at_ == bytes_.size() || bytes_[at_] != '}') return {};
            root_.end = ++at_;
        } else {
            root_ = CA_TRY(value(0));
        }
        standing_ = Standing::at_end;
        return end();
    }
    Result<> take_member() {
        root_.members.push_back(CA_TRY(name()));
        standing_ = Standing::after_member;
        auto& member = root_.members.back();
        if (member.name != list_ || at_ == bytes_.size() || bytes_[at_] != '[') {
            member.value = CA_TRY(value(1));
            return {};
        }
        member.value = begun(Json::Kind::array);
        ++at_;
        skip_space();
        standing_ = Standing::in_list;
        if (at_ < bytes_.size() && bytes_[at_] == ']') leave_list();
        return {};
    }
    Result<> leave_item() {
        if (CA_TRY(is_last(']', "a list"))) leave_list();
        return {};
    }
    void leave_list() {
        root_.members.back().value.end = ++at_;
        standing_ = Standing::after_member;
    }
    Result<> leave_member() {
        const bool is_over = CA_TRY(is_last('}', "a record"));
        standing_ = is_over ? Standing::at_end : Standing::at_member;
        if (!is_over) return {};
        root_.end = ++at_;
        return end();
    }

    // ---- Whole values -------------------------------------------------------------------------------------

    std::unexpected<Error> wrong(std::string message) const {
        return fail("not_json", std::move(message), place_in(bytes_, at_));
    }
    std::unexpected<Error> ended(std::string_view inside) const {
        return fail("truncated",
                    "The file ends too early, in the middle of " + std::string(inside) + ". Export it again.",
                    place_in(bytes_, bytes_.size()));
    }

    void skip_space() {
        while (at_ < bytes_.size() &&
               (bytes_[at_] == ' ' || bytes_[at_] == '\n' || bytes_[at_] == '\r' || bytes_[at_] == '\t'))
            ++at_;
    }

    Json begun(Json::Kind kind) const {
        Json json;
        json.kind = kind;
        json.begin = at_;
        return json;
    }

    Result<Json> value(int depth) {
        skip_space();
        if (at_ >= bytes_.size()) return ended(depth == 0 ? "nothing: it is empty" : "a list or a record");
        if (depth > depth_max) return wrong("The values are nested more than " + std::to_string(depth_max) + " deep.");
        switch (char const c = bytes_[at_]) {
            case '{': return object(depth);
            case '[': return array(depth);
            case '"': {
                auto json = begun(Json::Kind::string);
                json.text = CA_TRY(string());
                json.end = at_;
                return json;
            }
            case 't': return word("true", Json::Kind::boolean);
            case 'f': return word("false", Json::Kind::boolean);
            case 'n': return word("null", Json::Kind::null);
            default:
                if (c == '-' || is_digit(c)) return number();
                return wrong("This is not JSON: a value was expected here.");
        }
    }

    Result<Json> word(std::string_view expected, Json::Kind kind) {
        auto const rest = bytes_.substr(at_, expected.size());
        if (rest.size() < expected.size() && expected.starts_with(rest)) return ended("a value");
        if (rest != expected) return wrong("This is not JSON: a value was expected here.");
        auto json = begun(kind);
        at_ += expected.size();
        json.end = at_;
        if (kind == Json::Kind::boolean) json.text = expected;
        return json;
    }

    Result<Json> number() {
        auto json = begun(Json::Kind::number);
        auto digits = [&] {
            std::size_t const start = at_;
            while (at_ < bytes_.size() && is_digit(bytes_[at_])) ++at_;
            return at_ > start;
        };
        if (bytes_[at_] == '-') ++at_;
        bool sound = true;
        if (at_ < bytes_.size() && bytes_[at_] == '0') ++at_;
        else sound = digits();
        if (sound && at_ < bytes_.size() && bytes_[at_] == '.') {
            ++at_;
            sound = digits();
        }
        if (sound && at_ < bytes_.size() && (bytes_[at_] == 'e' || bytes_[at_] == 'E')) {
            ++at_;
            if (at_ < bytes_.size() && (bytes_[at_] == '+' || bytes_[at_] == '-')) ++at_;
            sound = digits();
        }
        if (!sound) {
            if (at_ >= bytes_.size()) return ended("a number");
            return wrong("This is not JSON: a number is malformed.");
        }
        json.end = at_;
        json.text = bytes_.substr(json.begin, json.end - json.begin);
        return json;
    }

    // Four hex digits at `at_`; -1 if they are not there.
    int four_hex_digits() {
        if (bytes_.size() - at_ < 4) return -1;
        int code = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            int const digit = hex_value(bytes_[at_ + i]);
            if (digit < 0) return -1;
            code = code * 16 + digit;
        }
        at_ += 4;
        return code;
    }

    Result<std::string> string() {
        std::size_t const start = at_++;
        std::string text;
        for (;;) {
            std::size_t const run = at_;
            while (at_ < bytes_.size() && bytes_[at_] != '"' && bytes_[at_] != '\\' &&
                   static_cast<unsigned char>(bytes_[at_]) >= 0x20)
                ++at_;
            text.append(bytes_.substr(run, at_ - run));
            if (at_ >= bytes_.size()) return ended("a text");
            if (bytes_[at_] == '"') break;
            if (bytes_[at_] != '\\')
                return wrong("This is not JSON: a text holds a line break or another control character.");
            if (++at_ >= bytes_.size()) return ended("a text");
            switch (bytes_[at_++]) {
                case '"': text += '"'; break;
                case '\\': text += '\\'; break;
                case '/': text += '/'; break;
                case 'b': text += '\b'; break;
                case 'f': text += '\f'; break;
                case 'n': text += '\n'; break;
                case 'r': text += '\r'; break;
                case 't': text += '\t'; break;
                case 'u': {
                    if (bytes_.size() - at_ < 4) return ended("a text");
                    int code = four_hex_digits();
                    if (code < 0) return wrong("This is not JSON: \\u needs four hexadecimal digits.");
                    char32_t point = static_cast<char32_t>(code);
                    if (point >= 0xD800 && point <= 0xDFFF) {
                        char32_t const first = point;
                        point = 0xFFFD;
                        if (first < 0xDC00 && bytes_.substr(at_).starts_with("\\u")) {
                            std::size_t const back = at_;
                            at_ += 2;
                            int const second = four_hex_digits();
                            if (second >= 0xDC00 && second <= 0xDFFF)
                                point = 0x10000 + ((first - 0xD800) << 10) + (static_cast<char32_t>(second) - 0xDC00);
                            else at_ = back;
                        }
                    }
                    text += to_utf8(point);
                    break;
                }
                default: --at_; return wrong("This is not JSON: a text holds an escape that JSON does not have.");
            }
        }
        ++at_;
        if (!is_valid_utf8(bytes_.substr(start, at_ - start))) {
            at_ = start;
            return wrong("This text is not UTF-8. Save the file as UTF-8.");
        }
        return text;
    }

    // What follows a value: a comma, which is passed over, or what closes them all.
    Result<bool> is_last(char close, std::string_view inside) {
        skip_space();
        if (at_ >= bytes_.size()) return ended(inside);
        if (bytes_[at_] == close) return true;
        if (bytes_[at_] != ',')
            return wrong("This is not JSON: a comma or the end of " +
                         std::string(close == ']' ? "the list" : "the record") + " was expected here.");
        ++at_;
        return false;
    }

    Result<Json> array(int depth) {
        auto json = begun(Json::Kind::array);
        ++at_;
        skip_space();
        if (at_ < bytes_.size() && bytes_[at_] == ']') {
            json.end = ++at_;
            return json;
        }
        for (;;) {
            json.items.push_back(CA_TRY(value(depth + 1)));
            if (CA_TRY(is_last(']', "a list"))) break;
        }
        json.end = ++at_;
        return json;
    }

    // A member's name, up to its value.
    Result<JsonMember> name() {
        skip_space();
        if (at_ >= bytes_.size()) return ended("a record");
        if (bytes_[at_] != '"') return wrong("This is not JSON: a name in quotation marks was expected here.");
        JsonMember member;
        member.begin = at_;
        member.name = CA_TRY(string());
        member.end = at_;
        skip_space();
        if (at_ >= bytes_.size()) return ended("a record");
        if (bytes_[at_] != ':') return wrong("This is not JSON: a colon was expected here.");
        ++at_;
        skip_space();
        return member;
    }

    Result<Json> object(int depth) {
        auto json = begun(Json::Kind::object);
        ++at_;
        skip_space();
        if (at_ < bytes_.size() && bytes_[at_] == '}') {
            json.end = ++at_;
            return json;
        }
        for (;;) {
            json.members.push_back(CA_TRY(name()));
            json.members.back().value = CA_TRY(value(depth + 1));
            if (CA_TRY(is_last('}', "a record"))) break;
        }
        json.end = ++at_;
        return json;
    }

    std::string_view bytes_, list_;
    std::size_t at_ = 0;
    Standing standing_ = Standing::at_begin;
    Json root_;
};

}  // namespace

const Json* Json::find(std::string_view name) const {
    for (auto const& member : members)
        if (member.name == name) return &member.value;
    return nullptr;
}

Result<Json> parse_json(std::string_view bytes) { return Parser(bytes).parse(); }

struct JsonListReader::State {
    Parser parser;
};

JsonListReader::JsonListReader(std::string_view bytes, std::string_view list)
    : state_(new State{Parser(bytes, list)}) {}
JsonListReader::JsonListReader(JsonListReader&&) noexcept = default;
JsonListReader& JsonListReader::operator=(JsonListReader&&) noexcept = default;
JsonListReader::~JsonListReader() = default;

Result<std::optional<Json>> JsonListReader::next() { return state_->parser.next(); }
const Json& JsonListReader::root() const { return state_->parser.root(); }
std::size_t JsonListReader::read() const { return state_->parser.at(); }

std::string quote_json(std::string_view text) {
    std::string literal;
    append_json(literal, text);
    return literal;
}

std::string place_in(std::string_view bytes, std::size_t offset) {
    offset = std::min(offset, bytes.size());
    auto const before = bytes.substr(0, offset);
    auto const line = std::count(before.begin(), before.end(), '\n') + 1;
    auto const line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    return "line " + std::to_string(line) + ", character " +
           std::to_string(count_code_points(before.substr(line_start)) + 1) + " (byte " + std::to_string(offset + 1) +
           ")";
}

std::string_view in_words(Json::Kind kind) {
    switch (kind) {
        case Json::Kind::null: return "nothing";
        case Json::Kind::boolean: return "true or false";
        case Json::Kind::number: return "a number";
        case Json::Kind::string: return "a text";
        case Json::Kind::array: return "a list";
        case Json::Kind::object: return "a record";
    }
    return "something else";
}

}  // namespace ca::interop
