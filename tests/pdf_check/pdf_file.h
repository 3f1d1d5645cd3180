// A PDF file as a graph of objects: read, looked at, changed and written again by tests.
//
// This reader knows nothing of src/pdf and shares no code with it: what it says about a file is a second opinion. It
// reads cross-reference tables and streams, object streams and Flate; it does not repair. Everything is bounds-checked,
// since it is also given damaged and hostile files.
//
//     auto file = pdf_check::File::read(bytes);          // or an error in words
//     file->catalog()["Lang"] …                          // values, references resolved with file->resolve
//     file->catalog().entries.erase("Lang");             // break it in one way
//     std::string broken = file->written();              // and look what the checker says
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pdf_check {

struct Value {
    enum class Kind : std::uint8_t { null, boolean, number, string, name, array, dictionary, reference, op };
    Kind kind = Kind::null;
    bool boolean = false;
    double number = 0;
    int reference = 0;
    std::string text{};  // bytes of a string, a name without its slash, an operator
    std::vector<Value> items{};
    std::map<std::string, Value> entries{};

    bool is(Kind wanted) const { return kind == wanted; }
    bool is_name(std::string_view wanted) const { return kind == Kind::name && text == wanted; }
    // The entry of a dictionary; null where there is none.
    const Value& operator[](std::string_view key) const;
    bool has(std::string_view key) const { return (*this)[key].kind != Kind::null; }
    int integer() const { return number >= -2e9 && number <= 2e9 ? static_cast<int>(number) : 0; }

    static Value of_name(std::string text);
    static Value of_string(std::string bytes);
    static Value of_number(double);
    static Value of_reference(int);
};

struct Object {
    Value value;
    bool is_stream = false;
    std::string raw{};  // a stream's bytes as they stand in the file
};

class File {
public:
    static std::expected<File, std::string> read(std::string_view bytes);

    const Value& resolve(const Value&) const;  // follows references
    const Object* object(const Value& reference) const;
    // The decoded bytes of a stream; an error in words for what cannot be decoded.
    std::expected<std::string, std::string> decoded(const Object&) const;

    const Value& catalog() const;
    Value& catalog();
    std::vector<int> pages() const;  // object numbers, in order

    // For tests that break a file: every object by its number, and the trailer.
    std::map<int, Object> objects;
    Value trailer;
    std::string version;
    std::string written() const;
    // Puts plain bytes in place of a stream's.
    void replace_stream(int number, std::string bytes);
    int add(Value value);
};

// Values one after the other, as in a content stream; operators are values of kind op.
std::expected<std::vector<Value>, std::string> tokens_of(std::string_view content);
std::expected<std::string, std::string> inflated(std::string_view bytes);

}  // namespace pdf_check
