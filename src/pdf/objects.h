// The lowest floor of a PDF file: objects, their syntax, and the file around them.
//
// Values are written as text the moment they are known; an object is that text (or a stream of bytes) under a number.
// Numbers are given in the order of asking, so the same calls make the same file.
//
//     Objects objects;
//     Ref const page = objects.reserve();
//     objects.set(page, Dictionary().put("Type", "/Page").put("Parent", reference(parent)).text());
//     std::string bytes = objects.file({.root = catalog, .info = info});
//
// Two containers: `modern` (PDF 1.7) keeps objects compressed in object streams with a cross-reference stream,
// `classic` (PDF 1.4, for PDF/A-1) has every object in the open and a cross-reference table. The file identifier is the
// beginning of the SHA-256 of everything before the trailer, so that it depends on the content alone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ca::pdf {

struct Ref {
    int number = 0;  // 0: no object
    bool operator==(const Ref&) const = default;
};

enum class Container : std::uint8_t { modern, classic };
enum class Packing : std::uint8_t { deflate, none };

// ---- Syntax -----------------------------------------------------------------------------------------------
std::string reference(Ref);                          // "12 0 R"
std::string name(std::string_view);                  // "/text#2Fplain"
std::string text_string(std::string_view utf8);      // (…) where it is plain ASCII, else UTF-16BE as <FEFF…>
std::string byte_string(std::string_view bytes);     // <…> in hexadecimal
std::string array(const std::vector<std::string>&);  // "[a b c]"
std::string hex_digits(std::uint32_t value, int count);
std::u16string to_utf16(std::string_view utf8);

class Dictionary {
public:
    Dictionary& put(std::string_view key, std::string_view value);
    std::string text() const { return "<<" + entries_ + ">>"; }
    const std::string& entries() const { return entries_; }

private:
    std::string entries_;
};

class Objects {
public:
    Ref reserve();
    void set(Ref, std::string body);
    Ref add(std::string body);
    // `entries` are the stream's dictionary without Length and Filter, which are added.
    void set_stream(Ref, Dictionary entries, std::string_view bytes, Packing);
    Ref add_stream(Dictionary entries, std::string_view bytes, Packing);

    struct Ends {
        Ref root;
        Ref info;
    };
    // Every reserved number must have been set. May be called once.
    std::string file(Container, Ends);

private:
    // Where an object lies in the file: at a byte offset, or the index-th in an object stream.
    struct Place {
        std::uint32_t offset_or_stream = 0;
        std::uint32_t index = 0;
        bool in_stream = false;
    };
    struct Object {
        std::string body;
        bool is_stream = false;
        Place place{};  // known once the file is made
    };
    void pack();
    void add_object_stream(const std::vector<std::size_t>& members);
    std::string cross_reference_table() const;
    // The same as the bytes of a stream, its own entry at the end.
    std::string cross_reference_entries(std::uint32_t own_offset) const;

    std::vector<Object> objects_;  // the object of number n is objects_[n - 1]
};

}  // namespace ca::pdf
