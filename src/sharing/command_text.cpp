#include "sharing/command_text.h"

#include "base/json.h"
#include "base/text.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <set>

namespace ca::sharing {
namespace {

using lifecycle::Absent;
using lifecycle::Malformed;
using lifecycle::Value;

// Takes the members of the outermost object as they are parsed. What lies deeper than a list of texts is Malformed.
class MemberReader {
public:
    std::map<std::string, Value> members;
    std::string problem;

    // Where a number is too large for any type, its text and its end in the input.
    std::string overflowing;
    std::size_t overflow_end = 0;

    bool null() { return take(Absent{}); }
    bool boolean(bool value) { return take(value); }
    bool number_integer(std::int64_t value) { return take(value); }
    bool number_unsigned(std::uint64_t value) {
        return value <= static_cast<std::uint64_t>(INT64_MAX) ? take(static_cast<std::int64_t>(value))
                                                              : take(Malformed{});
    }
    bool number_float(double value, const std::string&) {
        constexpr double exact_max = 9007199254740992.0;  // 2^53
        if (std::abs(value) > exact_max || value != std::floor(value)) return take(Malformed{});
        return take(static_cast<std::int64_t>(value));  // 5.0 is the number 5
    }
    bool string(std::string& value) {
        if (depth() == 2 && list_ == List::texts) {
            texts_.push_back(std::move(value));
            return true;
        }
        return take(std::move(value));
    }
    bool binary(std::vector<std::uint8_t>&) { return take(Malformed{}); }

    bool start_object(std::size_t) {
        if (depth() > 0) spoil();
        keys_.emplace_back(std::in_place);
        return true;
    }
    bool key(std::string& name) {
        if (!keys_.back()->insert(name).second) return stop("The key “" + name + "” is given twice.");
        if (depth() == 1) key_ = name;
        return true;
    }
    bool end_object() { return end(); }

    bool start_array(std::size_t) {
        if (depth() == 0) return stop("The line is not a JSON object.");
        if (depth() == 1) {
            list_ = List::texts;
            texts_.clear();
        } else {
            spoil();
        }
        keys_.emplace_back(std::nullopt);
        return true;
    }
    bool end_array() { return end(); }

    bool parse_error(std::size_t position, const std::string& token, const nlohmann::json::exception& error) {
        constexpr int number_overflow = 406;
        if (error.id == number_overflow) {
            overflowing = token;
            overflow_end = position;
        }
        return stop("The line is not JSON.");
    }

private:
    enum class List : std::uint8_t { none, texts, spoilt };

    std::size_t depth() const { return keys_.size(); }

    bool stop(std::string why) {
        problem = std::move(why);
        return false;
    }
    bool take(Value value) {
        if (depth() == 0) return stop("The line is not a JSON object.");
        if (depth() == 1) {
            members[key_] = std::move(value);
        } else {
            spoil();
        }
        return true;
    }
    void spoil() { list_ = List::spoilt; }
    bool end() {
        keys_.pop_back();
        if (depth() == 1) {
            members[key_] = list_ == List::texts ? Value(std::move(texts_)) : Value(Malformed{});
            list_ = List::none;
        }
        return true;
    }

    std::vector<std::optional<std::set<std::string>>> keys_;  // one a nesting; of arrays, none
    std::string key_;
    List list_ = List::none;
    std::vector<std::string> texts_;
};

void append_value(std::string& out, const Value& value) {
    if (const auto* flag = std::get_if<bool>(&value)) {
        out += *flag ? "true" : "false";
    } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
        out += std::to_string(*number);
    } else if (const auto* words = std::get_if<std::string>(&value)) {
        append_json(out, *words);
    } else if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
        out += '[';
        for (const auto& each : *list) {
            if (out.back() != '[') out += ',';
            append_json(out, each);
        }
        out += ']';
    } else {
        out += "null";
    }
}

std::unexpected<Error> bad_command(std::string message, std::string where = {}) {
    return fail("bad_command", std::move(message), std::move(where));
}

}  // namespace

std::optional<lifecycle::Actor> read_actor(std::string_view text) {
    using lifecycle::Actor;
    using lifecycle::Role;
    if (text == "visitor") return Actor{.role = Role::visitor};
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || is_blank(text.substr(colon + 1))) return std::nullopt;
    const std::string_view kind = text.substr(0, colon);
    const std::string name(text.substr(colon + 1));
    if (kind == "team") return Actor{Role::agreement_team, name};
    if (kind == "products") return Actor{Role::product_team, name};
    if (kind == "contact") return Actor{Role::contact, name};
    return std::nullopt;
}

Result<Members> read_members(std::string line) {
    // The parser takes a NUL for the end of its input.
    if (line.find('\0') != std::string::npos) return bad_command("The line is not JSON.");
    // JSON sets numbers no limit, the parser does: one beyond it is a value like any other, of a shape that no argument
    // has.
    constexpr int overflows_max = 64;
    for (int overflows = 0; overflows <= overflows_max; ++overflows) {
        MemberReader reader;
        if (nlohmann::json::sax_parse(line, &reader)) return std::move(reader.members);
        const std::size_t size = reader.overflowing.size();
        const bool overflowed = size > 0 && reader.overflow_end <= line.size() && size <= reader.overflow_end &&
                                line.compare(reader.overflow_end - size, size, reader.overflowing) == 0;
        if (!overflowed) return bad_command(reader.problem + " Write one JSON object on each line.");
        line.replace(reader.overflow_end - size, size, "0.5");
    }
    return bad_command("The line has too many numbers that are too large.");
}

Result<std::string> take_text(Members& members, const std::string& name) {
    auto member = members.extract(name);
    const auto* text = member ? std::get_if<std::string>(&member.mapped()) : nullptr;
    if (!text) return bad_command("Every command needs “" + name + "”, as text.", name);
    return *text;
}

std::string to_text(const lifecycle::Actor& actor) {
    using lifecycle::Role;
    switch (actor.role) {
        case Role::agreement_team: return "team:" + actor.name;
        case Role::product_team: return "products:" + actor.name;
        case Role::contact: return "contact:" + actor.name;
        case Role::visitor:
        case Role::system: break;
    }
    return "visitor";
}

std::string to_text(const lifecycle::Command& command) {
    std::string text = "{\"do\":";
    append_json(text, command.verb);
    for (const auto& [name, value] : command.arguments) {
        text += ',';
        append_json(text, name);
        text += ':';
        append_value(text, value);
    }
    return text + "}";
}

Result<lifecycle::Command> read_command(std::string_view text) {
    auto members = CA_TRY(read_members(std::string(text)));
    const std::string verb = CA_TRY(take_text(members, "do"));
    return lifecycle::Command{.verb = verb, .arguments = std::move(members)};
}

}  // namespace ca::sharing
