#include "documents/document_codec.h"

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace ca::documents {

namespace {

constexpr char version = 2;
constexpr int depth_max = 64;
constexpr std::size_t items_max = 2'000'000;

// What a coder is given: a writer looks at it, a reader fills it.
template<typename Coder, typename T>
using Of = std::conditional_t<Coder::fills, T, const T>;

// The shapes, each said once for writing and reading. A member that is not bound here, or a kind of block that is not
// described here, does not compile.
template<typename Coder>
void describe(Coder& coder, Of<Coder, Run>& run) {
    auto& [text, emphasis, code, link, change, language, line_break_after, no_glyph] = run;
    coder(text, emphasis, code, link, change, language, line_break_after, no_glyph);
}
template<typename Coder>
void describe(Coder& coder, Of<Coder, Heading>& heading) {
    auto& [level, text, id] = heading;
    coder(level, text, id);
}
template<typename Coder>
void describe(Coder& coder, Of<Coder, Paragraph>& paragraph) {
    auto& [text] = paragraph;
    coder(text);
}
template<typename Coder>
void describe(Coder& coder, Of<Coder, ListItem>& item) {
    auto& [marker, blocks] = item;
    coder(marker, blocks);
}
template<typename Coder>
void describe(Coder& coder, Of<Coder, List>& list) {
    auto& [kind, tight, items] = list;
    coder(kind, tight, items);
}
template<typename Coder>
void describe(Coder& coder, Of<Coder, Cell>& cell) {
    auto& [text, column_span] = cell;
    coder(text, column_span);
}
template<typename Coder>
void describe(Coder& coder, Of<Coder, Table>& table) {
    auto& [caption, header, rows, header_column, align, widths] = table;
    coder(caption, header, rows, header_column, align, widths);
}
template<typename Coder>
void describe(Coder& coder, Of<Coder, Field>& field) {
    auto& [name, value] = field;
    coder(name, value);
}
template<typename Coder>
void describe(Coder& coder, Of<Coder, Fields>& all) {
    auto& [fields] = all;
    coder(fields);
}
template<typename Coder>
void describe(Coder& coder, Of<Coder, Quote>& quote) {
    auto& [blocks] = quote;
    coder(blocks);
}
template<typename Coder>
void describe(Coder& coder, Of<Coder, CodeBlock>& code) {
    auto& [text] = code;
    coder(text);
}
template<typename Coder>
void describe(Coder&, Of<Coder, Rule>&) {
    static_assert(std::is_empty_v<Rule>);
}
template<typename Coder>
void describe(Coder&, Of<Coder, PageBreak>&) {
    static_assert(std::is_empty_v<PageBreak>);
}
template<typename Coder>
void describe(Coder& coder, Of<Coder, Note>& note) {
    auto& [label, blocks] = note;
    coder(label, blocks);
}
template<typename Coder>
void describe(Coder& coder, Of<Coder, Contents>& contents) {
    auto& [depth] = contents;
    coder(depth);
}
template<typename Coder>
void describe(Coder& coder, Of<Coder, Instant>& instant) {
    auto& [seconds] = instant;
    coder(seconds);
}
template<typename Coder>
void describe(Coder& coder, Of<Coder, Attachment>& attachment) {
    auto& [file_name, media_type, description, relationship, bytes, modified] = attachment;
    coder(file_name, media_type, description, relationship, bytes, modified);
}
template<typename Coder>
void describe(Coder& coder, Of<Coder, Document>& document) {
    auto& [title, language, author, subject, keywords, created, running_header, running_footer, status, blocks,
           attachments] = document;
    coder(title, language, author, subject, keywords, created, running_header, running_footer, status, blocks,
          attachments);
}

template<typename Coder>
void describe(Coder& coder, Of<Coder, Difference>& difference) {
    auto& [where, what] = difference;
    coder(where, what);
}
template<typename Coder>
void describe(Coder& coder, Of<Coder, Signature>& signature) {
    auto& [person, what, key, at] = signature;
    coder(person, what, key, at);
}
template<typename Coder>
void describe(Coder& coder, Of<Coder, PaperCheck>& check) {
    auto& [verdict, message, sha256, number, record_of, pages, event_hashes, differences, made_by, signatures] = check;
    coder(verdict, message, sha256, number, record_of, pages, event_hashes, differences, made_by, signatures);
}

// An enumeration's last value: what is read must not be beyond it.
constexpr Emphasis last_of(Emphasis) { return Emphasis::bold_italic; }
constexpr Change last_of(Change) { return Change::deleted; }
constexpr ListKind last_of(ListKind) { return ListKind::upper_roman; }
constexpr Align last_of(Align) { return Align::end; }
constexpr Verdict last_of(Verdict) { return Verdict::broken; }
constexpr NoGlyph last_of(NoGlyph) { return NoGlyph::refuse; }
constexpr documents::MadeBy last_of(documents::MadeBy) { return documents::MadeBy::another_version_same_words; }

class Writer {
public:
    static constexpr bool fills = false;

    void operator()(const auto&... members) { (write(members), ...); }
    std::string take() { return std::move(bytes_); }

private:
    void number(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7) bytes_ += static_cast<char>(value | 0x80);
        bytes_ += static_cast<char>(value);
    }

    void write(bool value) { number(value ? 1 : 0); }
    void write(std::signed_integral auto value) {
        const auto wide = static_cast<std::int64_t>(value);
        number(static_cast<std::uint64_t>(wide) << 1 ^ static_cast<std::uint64_t>(wide >> 63));
    }
    void write(double value) {
        const auto bits = std::bit_cast<std::uint64_t>(value);
        for (int shift = 0; shift < 64; shift += 8) bytes_ += static_cast<char>(bits >> shift);
    }
    template<typename T>
        requires std::is_enum_v<T>
    void write(T value) { number(static_cast<std::uint64_t>(value)); }
    void write(const std::string& text) {
        number(text.size());
        bytes_ += text;
    }
    template<typename T>
    void write(const std::vector<T>& items) {
        number(items.size());
        for (const T& item : items) write(item);
    }
    template<typename T>
    void write(const std::optional<T>& value) {
        number(value ? 1 : 0);
        if (value) write(*value);
    }
    void write(const Block& block) {
        number(block.index());
        std::visit([this](const auto& kind) { describe(*this, kind); }, static_cast<const Block::variant&>(block));
    }
    template<typename T>
        requires std::is_aggregate_v<T>
    void write(const T& shape) { describe(*this, shape); }

    std::string bytes_;
};

// Reads until something is wrong; from then on everything is empty, so that nobody has to ask after each member.
class Reader {
public:
    static constexpr bool fills = true;

    Reader(std::string_view bytes, std::size_t from) : bytes_(bytes), at_(from) {}

    void operator()(auto&... members) { (read(members), ...); }

    Result<> finish() {
        if (!error_ && at_ != bytes_.size()) wrong("It goes on after its end.");
        if (error_) return std::unexpected(*error_);
        return {};
    }

private:
    void stop(std::string code, std::string message) {
        if (!error_) error_ = Error{std::move(code), std::move(message), "byte " + std::to_string(at_)};
    }
    void wrong(const std::string& what) { stop("bad_document", "The document cannot be read. " + what); }

    std::uint8_t byte() {
        if (!error_ && at_ == bytes_.size()) wrong("It is cut off.");
        return error_ ? 0 : static_cast<std::uint8_t>(bytes_[at_++]);
    }
    std::uint64_t number() {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            const std::uint8_t next = byte();
            if (error_) return 0;
            const bool fits = shift < 63 || next <= 1;
            if (!fits || (next == 0 && shift > 0)) break;
            value |= static_cast<std::uint64_t>(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }
        wrong("A number is written wrongly.");
        return 0;
    }
    // A number that must not be beyond `most`.
    std::uint64_t choice(std::uint64_t most) {
        const std::uint64_t value = number();
        if (value <= most) return value;
        wrong("A choice is none of those that there are.");
        return 0;
    }
    // Of items that take a byte at least: a count beyond what is left is refused before anything is made.
    std::size_t count() {
        const std::uint64_t claimed = number();
        if (error_) return 0;
        if (claimed > bytes_.size() - at_) {
            wrong("It is cut off.");
            return 0;
        }
        if (claimed > items_max - items_) {
            stop("too_long", "The document has too many parts to be read.");
            return 0;
        }
        items_ += static_cast<std::size_t>(claimed);
        return static_cast<std::size_t>(claimed);
    }

    void read(bool& value) { value = choice(1) == 1; }
    template<std::signed_integral T>
    void read(T& value) {
        const std::uint64_t coded = number();
        const auto wide = static_cast<std::int64_t>(coded >> 1 ^ (~(coded & 1) + 1));
        if (!std::in_range<T>(wide)) return wrong("A number is out of range.");
        value = static_cast<T>(wide);
    }
    void read(double& value) {
        std::uint64_t bits = 0;
        for (int shift = 0; shift < 64; shift += 8) bits |= static_cast<std::uint64_t>(byte()) << shift;
        value = std::bit_cast<double>(bits);
    }
    template<typename T>
        requires std::is_enum_v<T>
    void read(T& value) { value = static_cast<T>(choice(static_cast<std::uint64_t>(last_of(T{})))); }
    void read(std::string& text) {
        const std::uint64_t size = number();
        if (error_) return;
        if (size > bytes_.size() - at_) return wrong("It is cut off.");
        text = bytes_.substr(at_, static_cast<std::size_t>(size));
        at_ += static_cast<std::size_t>(size);
    }
    template<typename T>
    void read(std::vector<T>& items) {
        for (std::size_t left = count(); left > 0 && !error_; --left) read(items.emplace_back());
    }
    template<typename T>
    void read(std::optional<T>& value) {
        if (choice(1) == 1) read(value.emplace());
    }
    void read(Blocks& blocks) {
        if (depth_ == depth_max) return stop("too_deep", "The document's parts are nested too deep to be read.");
        ++depth_;
        read<Block>(blocks);
        --depth_;
    }
    void read(Block& block) {
        constexpr std::size_t kinds = std::variant_size_v<Block::variant>;
        const auto kind = static_cast<std::size_t>(choice(kinds - 1));
        read_kind(block, kind, std::make_index_sequence<kinds>());
    }
    template<std::size_t... Kind>
    void read_kind(Block& block, std::size_t kind, std::index_sequence<Kind...>) {
        (void)((kind == Kind && (describe(*this, block.emplace<Kind>()), true)) || ...);
    }
    template<typename T>
        requires std::is_aggregate_v<T>
    void read(T& shape) { describe(*this, shape); }

    std::string_view bytes_;
    std::size_t at_;
    int depth_ = 0;
    std::size_t items_ = 0;
    std::optional<Error> error_;
};

template<typename Shape>
std::string encode_shape(const Shape& shape) {
    Writer writer;
    describe(writer, shape);
    return version + writer.take();
}

template<typename Shape>
Result<Shape> decode_shape(std::string_view bytes) {
    if (bytes.empty()) return fail("bad_document", "The document cannot be read. It is empty.", "byte 0");
    if (bytes.front() != version)
        return fail("other_version",
                    "The document was written by another version of the portal. Load the page again, then try again.",
                    "byte 0");
    Reader reader(bytes, 1);
    Shape shape;
    describe(reader, shape);
    CA_TRY_VOID(reader.finish());
    return shape;
}

}  // namespace

std::string encode(const Document& document) { return encode_shape(document); }
Result<Document> decode(std::string_view bytes) { return decode_shape<Document>(bytes); }

std::string encode(const PaperCheck& check) { return encode_shape(check); }
Result<PaperCheck> decode_paper_check(std::string_view bytes) { return decode_shape<PaperCheck>(bytes); }

}  // namespace ca::documents
