#include "documents/plain_text.h"

#include <algorithm>
#include <utility>

namespace ca::documents {

namespace {

template<typename... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};

class Writer {
public:
    explicit Writer(int depth = 0) : indent_(static_cast<std::size_t>(depth) * 2, ' ') {}

    void write(const Blocks& blocks) {
        for (const Block& block : blocks) write(block);
    }

    void write(const Block& block) {
        std::visit(Overloaded{
                       [&](const Heading& heading) { paragraph(to_plain_text(heading.text)); },
                       [&](const Paragraph& text) { paragraph(to_plain_text(text.text)); },
                       [&](const List& list) { write_list(list); },
                       [&](const Table& table) { write_table(table); },
                       [&](const Fields& fields) {
                           begin();
                           for (const Field& field : fields.fields)
                               line(field.name + ": " + to_plain_text(field.value));
                       },
                       [&](const Quote& quote) { write_inside(quote.blocks, {}); },
                       [&](const CodeBlock& code) { paragraph(code.text); },
                       [&](const Rule&) { paragraph("----------"); },
                       [&](const PageBreak&) {},
                       [&](const Note& note) { write_inside(note.blocks, note.label); },
                       [&](const Contents&) {},
                   },
                   static_cast<const Block::variant&>(block));
    }

    std::string take() { return std::move(text_); }

private:
    void begin() {
        if (!text_.empty()) text_ += '\n';
    }
    void line(const std::string& text) {
        std::size_t start = 0;
        for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', start)) {
            text_ += indent_ + text.substr(start, end - start) + '\n';
            start = end + 1;
        }
        text_ += indent_ + text.substr(start) + '\n';
    }
    void paragraph(const std::string& text) {
        begin();
        line(text);
    }
    void write_inside(const Blocks& blocks, const std::string& label) {
        if (!label.empty()) paragraph(label + ":");
        else begin();
        Writer inner(static_cast<int>(indent_.size() / 2) + 1);
        inner.write(blocks);
        text_ += inner.take();
    }
    void write_list(const List& list) {
        begin();
        bool first = true;
        for (const ListItem& item : list.items) {
            if (!first && !list.tight) text_ += '\n';
            first = false;
            std::size_t const depth = indent_.size() / 2 + 1;
            Writer inner(static_cast<int>(depth));
            inner.write(item.blocks);
            std::string text = inner.take();
            std::string const start = indent_ + item.marker + ' ';
            if (text.size() >= depth * 2) text = start + text.substr(depth * 2);
            else text = start + '\n';
            text_ += text;
        }
    }
    void write_row(const Row& row) {
        std::string text;
        for (const Cell& cell : row) {
            if (&cell != &row.front()) text += " | ";
            text += to_plain_text(cell.text);
        }
        for (char& c : text) {
            if (c == '\n') c = ' ';
        }
        line(text);
    }
    void write_table(const Table& table) {
        begin();
        if (!table.caption.empty()) line(table.caption);
        if (!table.header.empty()) write_row(table.header);
        for (const Row& row : table.rows) write_row(row);
    }

    std::string indent_;
    std::string text_;
};

}  // namespace

std::string to_plain_text(const Inline& text) {
    std::string words;
    for (const Run& run : text) {
        std::string_view const opening = run.change == Change::inserted  ? "[added: "
                                         : run.change == Change::deleted ? "[removed: "
                                                                         : "";
        // The marks stand at the words, not at the spaces around them.
        std::size_t const start = opening.empty() ? 0 : std::min(run.text.find_first_not_of(' '), run.text.size());
        std::size_t const end = opening.empty() ? run.text.size() : std::max(start, run.text.find_last_not_of(' ') + 1);
        if (start == end && !opening.empty()) {
            words += run.text;
        } else {
            words += run.text.substr(0, start);
            if (!opening.empty() && words.ends_with(']')) words += ' ';
            words += opening;
            words += run.text.substr(start, end - start);
            if (!opening.empty()) words += ']';
            words += run.text.substr(end);
        }
        if (run.line_break_after) words += '\n';
    }
    return words;
}

std::string to_plain_text(const Blocks& blocks) {
    Writer writer;
    writer.write(blocks);
    return writer.take();
}

std::string to_plain_text(const Document& document) {
    std::string text = document.title + '\n';
    if (!document.status.empty()) text += document.status + '\n';
    std::string const body = to_plain_text(document.blocks);
    return body.empty() ? text : text + '\n' + body;
}

}  // namespace ca::documents
