#include "semantics/patch.h"

#include "base/json.h"
#include "semantics/roles.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>

namespace ca::semantics {

namespace {

// A writer of JSON text. Text that is not valid UTF-8 never reaches it: the screen has decoded it to draw it.
class Json {
public:
    std::string text;

    void string(std::string_view words) { append_json(text, words); }
    void integer(long long value) {
        std::array<char, 24> buffer{};
        auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
        text.append(buffer.data(), end);
    }
    // Browsers lay out in steps of 1/64 px: finer digits would only make patches of nothing.
    void pixels(float value) {
        const auto steps = std::llround(static_cast<double>(value) * 64);
        integer(steps / 64);
        if (auto rest = std::abs(steps % 64); rest != 0) {
            if (steps < 0 && steps > -64) text.insert(text.size() - 1, "-");
            std::array<char, 8> buffer{};
            auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), 1000000 + rest * 15625).ptr;
            auto digits = std::string_view(buffer.data() + 1, static_cast<std::size_t>(end - buffer.data() - 1));
            while (digits.ends_with('0')) digits.remove_suffix(1);
            text += '.';
            text += digits;
        }
    }
    void box(const Bounds& b) {
        text += '[';
        pixels(b.x);
        text += ',';
        pixels(b.y);
        text += ',';
        pixels(b.width);
        text += ',';
        pixels(b.height);
        text += ']';
    }
    void boolean(bool value) { text += value ? "true" : "false"; }
    void style(const TextStyle& s) {
        text += '[';
        pixels(s.size);
        text += ',';
        pixels(s.line_height);
        text += ',';
        integer(s.weight);
        text += s.monospace ? ",1," : ",0,";
        integer(s.align);
        text += ',';
        pixels(s.inset_x);
        text += ',';
        pixels(s.inset_y);
        text += ']';
    }
};

std::string joined(const std::vector<TextRun>& runs) {
    std::string all;
    for (const auto& run : runs) all += run.text;
    return all;
}

// Byte offsets in UTF-8 to positions in UTF-16, which is what the page counts in.
void write_breaks(Json& json, const std::vector<std::uint32_t>& offsets, std::string_view words) {
    json.text += '[';
    std::size_t byte = 0;
    long long unit = 0;
    bool first = true;
    for (auto offset : offsets) {
        for (; byte < offset && byte < words.size(); ++byte) {
            const auto c = static_cast<unsigned char>(words[byte]);
            if ((c & 0xC0) != 0x80) unit += c >= 0xF0 ? 2 : 1;
        }
        if (!first) json.text += ',';
        first = false;
        json.integer(unit);
    }
    json.text += ']';
}

void write_part(Json& json, const Part& part, const Bounds& parent, std::string_view words) {
    json.text += '[';
    json.box({part.bounds.x - parent.x, part.bounds.y - parent.y, part.bounds.width, part.bounds.height});
    json.text += ',';
    json.style(part.text);
    json.text += ',';
    write_breaks(json, part.text.soft_breaks, words);
    json.text += ']';
}

bool same_part(const Part& a, const Bounds& a_parent, const Part& b, const Bounds& b_parent) {
    const bool absent = a.bounds == Bounds{};
    if (absent || b.bounds == Bounds{}) return absent == (b.bounds == Bounds{});
    return a.text == b.text && a.bounds.width == b.bounds.width && a.bounds.height == b.bounds.height &&
           a.bounds.x - a_parent.x == b.bounds.x - b_parent.x && a.bounds.y - a_parent.y == b.bounds.y - b_parent.y;
}

// Whether the node's words stand on the page as its text.
bool words_shown(const Shown& s) {
    if (!bears_text(s.node->role) || s.node->hidden_name) return false;
    return !s.node->runs.empty() || (s.leaf && !s.node->name.empty());
}

// Whether the page must be told the name beside the words.
bool name_needed(const Shown& s) {
    const Node& n = *s.node;
    if (n.name.empty()) return false;
    if (words_shown(s)) return !n.runs.empty() && is_control(n.role) && joined(n.runs) != n.name;
    // What is inside a cell, an item or an alert says it already.
    return !bears_text(n.role) || is_control(n.role) || n.hidden_name;
}

bool same_words(const Shown& a, const Shown& b) {
    const bool shown = words_shown(a);
    if (shown != words_shown(b)) return false;
    if (!shown) return true;
    return a.node->runs == b.node->runs && (!a.node->runs.empty() || a.node->name == b.node->name);
}

void write_words(Json& json, const Shown& s) {
    const auto& runs = s.node->runs;
    if (runs.empty()) return json.string(s.node->name);
    json.text += '[';
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const auto& run = runs[i];
        if (i > 0) json.text += ',';
        json.text += '[';
        json.string(run.text);
        std::string marks;
        if (run.bold) marks += 'b';
        if (run.italic) marks += 'i';
        if (run.code) marks += 'c';
        if (run.inserted) marks += '+';
        if (run.deleted) marks += '-';
        if (run.break_after) marks += 'n';
        if (!marks.empty() || !run.href.empty()) {
            json.text += ',';
            json.string(marks);
        }
        if (!run.href.empty()) {
            json.text += ',';
            json.string(run.href);
        }
        json.text += ']';
    }
    json.text += ']';
}

std::string_view toggle_word(Toggle toggle) { return toggle == Toggle::on ? "on" : "off"; }
std::string_view sort_word(Sort sort) {
    switch (sort) {
        case Sort::ascending: return "ascending";
        case Sort::descending: return "descending";
        case Sort::unsorted:
        case Sort::none: break;
    }
    return "none";
}

struct Property {
    std::string_view word;
    bool (*same)(const Shown&, const Shown&);
    void (*write)(Json&, const Shown&);
};

template<auto member>
constexpr Property plain(std::string_view word) {
    return {word, [](const Shown& a, const Shown& b) { return a.node->*member == b.node->*member; },
            [](Json& json, const Shown& s) {
                using Value = std::remove_cvref_t<decltype(s.node->*member)>;
                if constexpr (std::is_same_v<Value, bool>) json.boolean(s.node->*member);
                else if constexpr (std::is_same_v<Value, int>) json.integer(s.node->*member);
                else if constexpr (std::is_same_v<Value, Toggle>) json.string(toggle_word(s.node->*member));
                else if constexpr (std::is_same_v<Value, Sort>) json.string(sort_word(s.node->*member));
                else json.string(s.node->*member);
            }};
}

template<auto member, auto words>
constexpr Property part(std::string_view word) {
    return {word,
            [](const Shown& a, const Shown& b) {
                return same_part(a.node->*member, a.node->bounds, b.node->*member, b.node->bounds);
            },
            [](Json& json, const Shown& s) { write_part(json, s.node->*member, s.node->bounds, s.node->*words); }};
}

constexpr auto properties = std::to_array<Property>({
    {"role", [](const Shown& a, const Shown& b) { return a.node->role == b.node->role; },
     [](Json& json, const Shown& s) { json.string(to_word(s.node->role)); }},
    {"words", same_words,
     [](Json& json, const Shown& s) {
         if (words_shown(s)) write_words(json, s);
         else json.text += "null";
     }},
    {"name",
     [](const Shown& a, const Shown& b) {
         const bool needed = name_needed(a);
         return needed == name_needed(b) && (!needed || a.node->name == b.node->name);
     },
     [](Json& json, const Shown& s) {
         if (name_needed(s)) json.string(s.node->name);
         else json.text += "null";
     }},
    plain<&Node::value>("value"),
    plain<&Node::look>("look"),
    plain<&Node::href>("href"),
    plain<&Node::hint>("hint"),
    plain<&Node::error>("error"),
    plain<&Node::input_type>("input_type"),
    plain<&Node::autocomplete>("autocomplete"),
    plain<&Node::accept>("accept"),
    plain<&Node::language>("language"),
    {"options", [](const Shown& a, const Shown& b) { return a.node->options == b.node->options; },
     [](Json& json, const Shown& s) {
         json.text += '[';
         for (std::size_t i = 0; i < s.node->options.size(); ++i) {
             json.text += i > 0 ? ",[" : "[";
             json.string(s.node->options[i].value);
             json.text += ',';
             json.string(s.node->options[i].label);
             json.text += ']';
         }
         json.text += ']';
     }},
    plain<&Node::level>("level"),
    plain<&Node::row_count>("row_count"),
    plain<&Node::row_index>("row_index"),
    plain<&Node::column_span>("column_span"),
    plain<&Node::checked>("checked"),
    plain<&Node::expanded>("expanded"),
    plain<&Node::pressed>("pressed"),
    plain<&Node::sort>("sort"),
    plain<&Node::disabled>("disabled"),
    plain<&Node::required>("required"),
    plain<&Node::multiline>("multiline"),
    plain<&Node::multiple>("multiple"),
    plain<&Node::ordered>("ordered"),
    plain<&Node::busy>("busy"),
    plain<&Node::current>("current"),
    plain<&Node::hidden_name>("hidden_name"),
    plain<&Node::new_window>("new_window"),
    plain<&Node::focusable>("focusable"),
    {"box", [](const Shown& a, const Shown& b) { return a.bounds == b.bounds; },
     [](Json& json, const Shown& s) { json.box(s.bounds); }},
    {"control", [](const Shown& a, const Shown& b) { return a.control == b.control; },
     [](Json& json, const Shown& s) { json.box(s.control); }},
    {"style",
     [](const Shown& a, const Shown& b) {
         const TextStyle &x = a.node->text, &y = b.node->text;
         return x.size == y.size && x.line_height == y.line_height && x.weight == y.weight &&
                x.monospace == y.monospace && x.align == y.align && x.inset_x == y.inset_x && x.inset_y == y.inset_y;
     },
     [](Json& json, const Shown& s) { json.style(s.node->text); }},
    {"breaks", [](const Shown& a, const Shown& b) { return a.node->text.soft_breaks == b.node->text.soft_breaks; },
     [](Json& json, const Shown& s) {
         const Node& n = *s.node;
         write_breaks(json, n.text.soft_breaks, n.runs.empty() ? n.name : joined(n.runs));
     }},
    part<&Node::label_part, &Node::name>("label_part"),
    part<&Node::hint_part, &Node::hint>("hint_part"),
    part<&Node::error_part, &Node::error>("error_part"),
});
static_assert(properties.size() <= 64, "a PropertySet has 64 bits");

const Node default_node{};
const Shown default_shown{.node = &default_node};

// Properties at their default are null. A default `role` is still a role.
void write_properties(Json& json, const Shown& shown, PropertySet set, bool always_role) {
    json.text += '{';
    bool first = true;
    for (std::size_t i = 0; i < properties.size(); ++i) {
        const bool is_role = i == 0;
        if ((set >> i & 1) == 0 && !(is_role && always_role)) continue;
        if (!first) json.text += ',';
        first = false;
        json.text += '"';
        json.text += properties[i].word;
        json.text += "\":";
        if (!is_role && properties[i].same(default_shown, shown)) json.text += "null";
        else properties[i].write(json, shown);
    }
    json.text += '}';
}

void write(Json& json, const Drop& drop) {
    json.text += "[\"drop\"";
    for (const auto& key : drop.keys) {
        json.text += ',';
        json.string(key);
    }
    json.text += ']';
}

void write(Json& json, const Become& become) {
    json.text += "[\"become\",";
    json.string(become.before);
    json.text += ',';
    json.string(become.now);
    json.text += ']';
}

void write(Json& json, const Add& add) {
    json.text += "[\"add\",";
    json.string(add.shown.node->key);
    json.text += ',';
    json.string(add.parent);
    json.text += ',';
    json.string(add.after);
    json.text += ',';
    write_properties(json, add.shown, differing(default_shown, add.shown), true);
    json.text += ']';
}

void write(Json& json, const Move& move) {
    json.text += "[\"move\",";
    json.string(move.key);
    json.text += ',';
    json.string(move.parent);
    json.text += ',';
    json.string(move.after);
    json.text += ']';
}

void write(Json& json, const Set& set) {
    json.text += "[\"set\",";
    json.string(set.shown.node->key);
    json.text += ',';
    write_properties(json, set.shown, set.changed, false);
    json.text += ']';
}

}  // namespace

// Unrolled, so that the compiler sees through the table: it is asked of every node in every frame.
PropertySet differing(const Shown& before, const Shown& after) {
    return [&]<std::size_t... n>(std::index_sequence<n...>) {
        return ((properties[n].same(before, after) ? PropertySet{0} : PropertySet{1} << n) | ...);
    }
    (std::make_index_sequence<properties.size()>());
}

std::string to_json(const Patch& patch) {
    Json json;
    json.text += '[';
    for (std::size_t i = 0; i < patch.size(); ++i) {
        if (i > 0) json.text += ",\n";
        std::visit([&](const auto& operation) { write(json, operation); }, patch[i]);
    }
    json.text += ']';
    return std::move(json.text);
}

}  // namespace ca::semantics
