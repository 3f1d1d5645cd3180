#include "pdf/objects.h"

#include "base/deflate.h"
#include "base/sha256.h"
#include "base/text.h"

#include <algorithm>
#include <cassert>

namespace ca::pdf {

namespace {

constexpr char hex_alphabet[] = "0123456789ABCDEF";
constexpr std::size_t objects_per_stream = 200;

bool is_regular(unsigned char c) {
    return c > 0x20 && c < 0x7F && std::string_view("()<>[]{}/%#").find(static_cast<char>(c)) == std::string_view::npos;
}

std::string big_endian(std::uint32_t value, int bytes) {
    std::string text;
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) text += static_cast<char>((value >> shift) & 0xFF);
    return text;
}

}  // namespace

std::string reference(Ref ref) { return std::to_string(ref.number) + " 0 R"; }

std::string hex_digits(std::uint32_t value, int count) {
    std::string text(static_cast<std::size_t>(count), '0');
    for (int i = count - 1; i >= 0; --i, value >>= 4) text[static_cast<std::size_t>(i)] = hex_alphabet[value & 15];
    return text;
}

std::string name(std::string_view text) {
    std::string out = "/";
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (is_regular(byte)) out += c;
        else out += '#' + hex_digits(byte, 2);
    }
    return out;
}

std::u16string to_utf16(std::string_view utf8) {
    std::u16string out;
    for (char32_t const c : to_code_points(utf8)) {
        if (c < 0x10000) {
            out += static_cast<char16_t>(c);
        } else {
            out += static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10));
            out += static_cast<char16_t>(0xDC00 + ((c - 0x10000) & 0x3FF));
        }
    }
    return out;
}

std::string text_string(std::string_view utf8) {
    bool const plain = std::all_of(utf8.begin(), utf8.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
    if (plain) {
        std::string out = "(";
        for (char const c : utf8) {
            if (c == '(' || c == ')' || c == '\\') out += '\\';
            out += c;
        }
        return out + ')';
    }
    std::string out = "<FEFF";
    for (char16_t const unit : to_utf16(utf8)) out += hex_digits(unit, 4);
    return out + '>';
}

std::string byte_string(std::string_view bytes) {
    std::string out = "<";
    for (char const c : bytes) out += hex_digits(static_cast<unsigned char>(c), 2);
    return out + '>';
}

std::string array(const std::vector<std::string>& items) { return '[' + join(items, " ") + ']'; }

Dictionary& Dictionary::put(std::string_view key, std::string_view value) {
    entries_ += '/';
    entries_ += key;
    // A value that opens with its own delimiter needs no space before it.
    if (!value.empty() && std::string_view("/(<[").find(value.front()) == std::string_view::npos) entries_ += ' ';
    entries_ += value;
    return *this;
}

Ref Objects::reserve() {
    objects_.emplace_back();
    return {static_cast<int>(objects_.size())};
}

void Objects::set(Ref ref, std::string body) {
    Object& object = objects_.at(static_cast<std::size_t>(ref.number) - 1);
    assert(object.body.empty() && !body.empty());
    object.body = std::move(body);
}

Ref Objects::add(std::string body) {
    Ref const ref = reserve();
    set(ref, std::move(body));
    return ref;
}

void Objects::set_stream(Ref ref, Dictionary entries, std::string_view bytes, Packing packing) {
    std::string packed;
    if (packing == Packing::deflate) {
        packed = deflated(bytes);
        entries.put("Filter", "/FlateDecode");
        bytes = packed;
    }
    entries.put("Length", std::to_string(bytes.size()));
    std::string body = entries.text();
    body += "\nstream\n";
    body += bytes;
    body += "\nendstream";
    set(ref, std::move(body));
    objects_[static_cast<std::size_t>(ref.number) - 1].is_stream = true;
}

Ref Objects::add_stream(Dictionary entries, std::string_view bytes, Packing packing) {
    Ref const ref = reserve();
    set_stream(ref, std::move(entries), bytes, packing);
    return ref;
}

// Puts all objects that are no streams into object streams.
void Objects::pack() {
    std::vector<std::size_t> members;
    auto const count = objects_.size();  // without the object streams that are added
    for (std::size_t i = 0; i < count; ++i) {
        if (objects_[i].is_stream) continue;
        members.push_back(i);
        if (members.size() < objects_per_stream) continue;
        add_object_stream(members);
        members.clear();
    }
    if (!members.empty()) add_object_stream(members);
}

void Objects::add_object_stream(const std::vector<std::size_t>& members) {
    std::string offsets, bodies;
    Ref const stream = reserve();
    for (std::size_t i = 0; i < members.size(); ++i) {
        Object& object = objects_[members[i]];
        offsets += std::to_string(members[i] + 1) + ' ' + std::to_string(bodies.size()) + ' ';
        bodies += object.body + '\n';
        object.place = {static_cast<std::uint32_t>(stream.number), static_cast<std::uint32_t>(i), true};
    }
    set_stream(stream,
               Dictionary()
                   .put("Type", "/ObjStm")
                   .put("N", std::to_string(members.size()))
                   .put("First", std::to_string(offsets.size())),
               offsets + bodies, Packing::deflate);
}

std::string Objects::cross_reference_table() const {
    std::string table = "xref\n0 " + std::to_string(objects_.size() + 1) + "\n0000000000 65535 f \n";
    for (Object const& object : objects_) {
        std::string const digits = std::to_string(object.place.offset_or_stream);
        table += std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
    }
    return table;
}

std::string Objects::cross_reference_entries(std::uint32_t own_offset) const {
    std::string entries = big_endian(0, 1) + big_endian(0, 4) + big_endian(0xFFFF, 2);
    for (Object const& object : objects_) {
        entries += big_endian(object.place.in_stream ? 2 : 1, 1) + big_endian(object.place.offset_or_stream, 4) +
                   big_endian(object.place.index, 2);
    }
    return entries + big_endian(1, 1) + big_endian(own_offset, 4) + big_endian(0, 2);
}

std::string Objects::file(Container container, Ends ends) {
    auto const classic = container == Container::classic;
    if (!classic) pack();

    // The comment of four high bytes tells transports that the file is binary.
    std::string out = classic ? "%PDF-1.4\n" : "%PDF-1.7\n";
    out += "%\xE2\xE3\xCF\xD3\n";
    for (std::size_t i = 0; i < objects_.size(); ++i) {
        Object& object = objects_[i];
        if (object.place.in_stream) continue;
        object.place.offset_or_stream = static_cast<std::uint32_t>(out.size());
        out += std::to_string(i + 1) + " 0 obj\n" + object.body + "\nendobj\n";
    }

    Digest const digest = sha256(out);
    std::string const id = byte_string({reinterpret_cast<const char*>(digest.data()), 16});
    auto const start = out.size();
    Dictionary trailer;
    trailer.put("Root", reference(ends.root)).put("Info", reference(ends.info)).put("ID", array({id, id}));

    if (classic) {
        trailer.put("Size", std::to_string(objects_.size() + 1));
        out += cross_reference_table() + "trailer\n" + trailer.text();
    } else {
        trailer.put("Type", "/XRef").put("Size", std::to_string(objects_.size() + 2)).put("W", "[1 4 2]");
        Ref const self =
            add_stream(trailer, cross_reference_entries(static_cast<std::uint32_t>(start)), Packing::deflate);
        out += std::to_string(self.number) + " 0 obj\n" + objects_.back().body + "\nendobj";
    }
    out += "\nstartxref\n" + std::to_string(start) + "\n%%EOF\n";
    return out;
}

}  // namespace ca::pdf
