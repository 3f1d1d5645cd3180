#include "documents/lost_words.h"

#include "base/text.h"
#include "base/letters.h"
#include "documents/markdown.h"
#include "documents/raw_html.h"
#include "documents/words.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <span>
#include <type_traits>
#include <unordered_map>

namespace ca::documents {

namespace {

constexpr std::array<std::string_view, 28> file_keys = {
    "title",         "shorttitle", "short_title", "version",    "versions", "part",      "product",
    "redirect_from", "topics",     "tags",        "categories", "layout",   "permalink", "slug",
    "date",          "lastmod",    "updated",     "lang",       "language", "type",      "weight",
    "draft",         "id",         "aliases",     "author",     "authors",  "status",    "published"};
constexpr std::array<std::string_view, 28> attributes_without_words = {
    "id",     "name",    "class",  "style", "lang",     "dir",         "align",       "valign",  "width",   "height",
    "border", "bgcolor", "color",  "face",  "size",     "cellpadding", "cellspacing", "colspan", "rowspan", "scope",
    "span",   "rel",     "target", "role",  "tabindex", "hidden",      "nowrap",      "open"};

bool is_one_of(std::span<const std::string_view> names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

// Leads to a place of the site that the text came from: no words, and nobody takes them for words.
bool is_path(std::string_view address) {
    return address.starts_with('/') || address.starts_with('#') || address.starts_with('?') ||
           address.starts_with("./") || address.starts_with("../");
}

// ---- Words of the source: what is markup is blanked, so that every other byte keeps its place -------------

class Source {
public:
    explicit Source(std::string_view text) : text_(text) {}

    std::string without_markup() {
        blank_front_matter();
        read_definitions();
        blank_definitions();
        blank_links();
        blank_tags();
        return std::move(text_);
    }

private:
    void blank(std::size_t start, std::size_t end) {
        for (std::size_t i = start; i < std::min(end, text_.size()); ++i) {
            if (text_[i] != '\n') text_[i] = ' ';
        }
    }

    // A key that is not known to be about the file may be one of the terms: "---", "fee: 500", "---".
    void blank_front_matter() {
        body_ = front_matter_size(text_);
        bool about_the_file = false;
        for (std::size_t start = 0; start < body_;) {
            std::size_t const end = std::min(text_.find('\n', start), body_);
            std::string_view const line = std::string_view(text_).substr(start, end - start);
            bool const goes_on = line.starts_with(' ') || line.starts_with('\t') || line.starts_with("- ");
            if (!goes_on) {
                std::size_t const colon = line.find(':');
                about_the_file =
                    colon != std::string_view::npos && is_one_of(file_keys, to_ascii_lower(line.substr(0, colon)));
            }
            if (about_the_file) blank(start, end);
            start = end + 1;
        }
    }

    struct Definition {
        std::string label;
        std::size_t label_start = 0, label_end = 0, address_start = 0, address_end = 0;
    };

    // "[label]: address" at the start of a line, in lists and quotations as well.
    void read_definitions() {
        for (std::size_t start = body_; start < text_.size();) {
            std::size_t const end = std::min(text_.find('\n', start), text_.size());
            std::size_t const open = std::min(text_.find_first_not_of(" \t>", start), text_.size());
            if (open < end && text_[open] == '[') {
                std::size_t const close = text_.find("]:", open);
                if (close < end) {
                    Definition found{.label = label_of(open + 1, close), .label_start = open + 1, .label_end = close};
                    found.address_start = std::min(text_.find_first_not_of(" \t\n", close + 2), text_.size());
                    found.address_end = std::min(text_.find_first_of(" \t\n", found.address_start), text_.size());
                    if (!found.label.empty()) definitions_.push_back(std::move(found));
                }
            }
            start = end + 1;
        }
        for (const Definition& definition : definitions_) defined_.insert(definition.label);
    }

    // As labels are compared: without case, and white space is one space.
    std::string label_of(std::size_t start, std::size_t end) const {
        std::string label;
        if (end - start > 999) return label;
        for (char const c : to_ascii_lower(trim(std::string_view(text_).substr(start, end - start)))) {
            bool const space = c == ' ' || c == '\t' || c == '\n';
            if (!space) label += c;
            else if (!label.ends_with(' ')) label += ' ';
        }
        return label;
    }

    bool says_nothing(std::size_t start, std::size_t end) const {
        std::string_view address = std::string_view(text_).substr(start, end - start);
        if (address.starts_with('<') && address.ends_with('>')) address = address.substr(1, address.size() - 2);
        return is_path(address) || !safe_address(address).empty();
    }

    // A definition that is used, and that leads somewhere: it has done its work. Others are words that nobody reads.
    void blank_definitions() {
        std::set<std::string> used;
        std::size_t open = std::string::npos;
        for (std::size_t i = body_; i < text_.size(); ++i) {
            if (text_[i] == '[') open = i;
            if (text_[i] != ']' || open == std::string::npos) continue;
            if (i + 1 >= text_.size() || text_[i + 1] != ':') {
                if (std::string label = label_of(open + 1, i); defined_.contains(label)) used.insert(std::move(label));
            }
            open = std::string::npos;
        }
        for (const Definition& definition : definitions_) {
            if (!used.contains(definition.label) || !says_nothing(definition.address_start, definition.address_end))
                continue;
            blank(definition.label_start, definition.label_end);
            blank(definition.address_start, definition.address_end);
        }
    }

    // Where "[words](address)" leads, and the label of "[words][label]". Images are another matter: there the address
    // is what is shown.
    void blank_links() {
        std::vector<bool> open;  // for each "[" that is open: an image's
        for (std::size_t i = body_; i < text_.size(); ++i) {
            char const c = text_[i];
            if (c == '\\') {
                ++i;
            } else if (c == '[') {
                open.push_back(i > 0 && text_[i - 1] == '!');
            } else if (c == ']' && !open.empty()) {
                bool const image = open.back();
                open.pop_back();
                if (i + 1 < text_.size() && text_[i + 1] == '(' && !image) blank_address(i + 2);
                if (i + 1 < text_.size() && text_[i + 1] == '[') blank_label(i + 2);
            }
        }
    }

    void blank_address(std::size_t at) {
        std::size_t const start = std::min(text_.find_first_not_of(" \t\n", at), text_.size());
        std::size_t end = start;
        if (start < text_.size() && text_[start] == '<') {
            end = std::min(text_.find_first_of(">\n", start), text_.size() - 1) + 1;
        } else {
            for (int brackets = 0; end < text_.size() && text_[end] != ' ' && text_[end] != '\t' && text_[end] != '\n';
                 ++end) {
                brackets += text_[end] == '(';
                if (text_[end] == ')' && brackets-- == 0) break;
            }
        }
        if (says_nothing(start, end)) blank(start, end);
    }

    void blank_label(std::size_t start) {
        std::size_t const end = text_.find_first_of("[]", start);
        if (end != std::string::npos && text_[end] == ']' && defined_.contains(label_of(start, end))) blank(start, end);
    }

    void blank_tags() {
        for (std::size_t at = text_.find('<', body_); at != std::string::npos; at = text_.find('<', at + 1)) {
            std::size_t const end = end_of_html_tag(text_, at);
            if (end == 0) continue;
            std::string const tag = text_.substr(at, end - at);
            if (read_html_tag(tag).meaning == HtmlMeaning::literal) continue;
            blank(at, end);
            for (const HtmlAttribute& attribute : html_attributes(tag)) {
                if (is_one_of(attributes_without_words, attribute.name) || is_path(attribute.value)) continue;
                std::string const& words = attribute.value.empty() ? attribute.name : attribute.value;
                std::size_t const place = to_ascii_lower(tag).find(to_ascii_lower(words));
                if (place != std::string::npos) text_.replace(at + place, words.size(), tag, place, words.size());
            }
        }
    }

    std::string text_;
    std::size_t body_ = 0;
    std::vector<Definition> definitions_;
    std::set<std::string> defined_;
};

// ---- The words of both sides, as numbers ------------------------------------------------------------------
// A word here is a row of letters and digits, or one sign that is no markup.

class Atoms {
public:
    struct Atom {
        WordId id = 0;
        std::size_t start = 0, end = 0;  // bytes in the text that was read
    };

    std::vector<Atom> read(std::string_view text) {
        std::vector<Atom> atoms;
        std::string word;
        std::size_t start = 0;
        std::size_t last = 0;
        auto const finish = [&] {
            if (!word.empty()) atoms.push_back({intern(std::move(word)), start, last});
            word.clear();
        };
        auto const take = [&](char32_t c, std::size_t from, std::size_t to) {
            bool const in_word = is_word_letter(c) && c != U'_';
            if (!in_word) finish();
            if (word.empty()) start = from;
            last = to;
            if (in_word) word += to_utf8(c);
            else if (is_sign(c)) atoms.push_back({intern(to_utf8(c)), from, to});
        };
        for (std::size_t at = 0; at < text.size();) {
            std::size_t const ampersand = std::min(text.find('&', at), text.size());
            for (const Letter& letter : letters_of(text.substr(at, ampersand - at)))
                take(letter.value, at + letter.start, at + letter.end);
            at = ampersand;
            if (at == text.size()) break;
            std::size_t const end = text.substr(at, 40).find(';');
            std::string const& character = end == std::string_view::npos ? none_ : referred(text.substr(at, end + 1));
            std::size_t const length = character.empty() ? 1 : end + 1;
            for (const Letter& letter : letters_of(character)) take(letter.value, at, at + length);
            if (character.empty()) finish();
            at += length;
        }
        finish();
        return atoms;
    }

    const std::string& word(WordId id) const { return words_[static_cast<std::size_t>(id)]; }

private:
    static bool is_sign(char32_t c) {
        return c == U'$' || c == U'%' || (c >= 0xa1 && !is_space(c) && !is_word_letter(c));
    }

    WordId intern(const std::string& word) {
        auto const [entry, fresh] = ids_.try_emplace(to_ascii_lower(word), static_cast<WordId>(ids_.size()));
        if (fresh) words_.push_back(entry->first);
        return entry->second;
    }

    const std::string& referred(std::string_view reference) {
        auto const [entry, fresh] = references_.try_emplace(std::string(reference));
        if (fresh) entry->second = referred_character(reference);
        return entry->second;
    }

    std::unordered_map<std::string, WordId> ids_;
    std::vector<std::string> words_;  // by id
    std::unordered_map<std::string, std::string> references_;
    std::string none_;
};

// All words of a document as a reader meets them, numbers of list items included.
class DocumentReader {
public:
    explicit DocumentReader(Atoms& atoms) : atoms_(atoms) {}

    std::vector<WordId> read(const Blocks& blocks) {
        add(blocks);
        return std::move(words_);
    }

private:
    void add(std::string_view text) {
        for (const Atoms::Atom& atom : atoms_.read(text)) words_.push_back(atom.id);
    }
    void add(const Inline& text) { add(std::string_view(to_text(text))); }
    void add(const Row& row) {
        for (const Cell& cell : row) add(cell.text);
    }
    void add(const Blocks& blocks) {
        for (const Block& block : blocks)
            std::visit([&](auto const& kind) { add(kind); }, static_cast<const Block::variant&>(block));
    }
    void add(const Heading& heading) { add(heading.text); }
    void add(const Paragraph& paragraph) { add(paragraph.text); }
    void add(const List& list) {
        for (const ListItem& item : list.items) {
            add(std::string_view(item.marker));
            add(item.blocks);
        }
    }
    void add(const Table& table) {
        add(std::string_view(table.caption));
        add(table.header);
        for (const Row& row : table.rows) add(row);
    }
    void add(const Fields& fields) {
        for (const Field& field : fields.fields) {
            add(std::string_view(field.name));
            add(field.value);
        }
    }
    void add(const Quote& quote) { add(quote.blocks); }
    void add(const CodeBlock& code) { add(std::string_view(code.text)); }
    void add(const Rule&) {}
    void add(const PageBreak&) {}
    void add(const Note& note) {
        add(std::string_view(note.label));
        add(note.blocks);
    }
    void add(const Contents&) {}

    Atoms& atoms_;
    std::vector<WordId> words_;
};

std::string with_one_kind_of_line_end(std::string_view text) {
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    std::string lines;
    lines.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r') lines += text[i];
        else if (i + 1 >= text.size() || text[i + 1] != '\n') lines += '\n';
    }
    return lines;
}

// "1, 1, 1 and so on"
std::string numbers_in_words(const std::vector<std::string>& numbers) {
    constexpr std::size_t shown_max = 6;
    std::vector<std::string> const shown(
        numbers.begin(), numbers.begin() + static_cast<std::ptrdiff_t>(std::min(numbers.size(), shown_max)));
    return join(shown, ", ") + (numbers.size() > shown_max ? " and so on" : "");
}

std::vector<std::size_t> line_starts_of(std::string_view text) {
    std::vector<std::size_t> starts{0};
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n') starts.push_back(i + 1);
    }
    return starts;
}

// A list whose numbers differ is told once, at the first that does.
LostLine lost_numbers(const OtherNumbers& list) {
    std::size_t first = 0;
    while (list.written[first] == list.shown[first]) ++first;
    return {
        .line = list.lines[first],
        .numbers = numbers_in_words(list.written) + " here and " + numbers_in_words(list.shown) + " in the document"};
}

// So that no number of such a list is told a second time, as a word.
void blank_numbers(std::string& source, const OtherNumbers& list, const std::vector<std::size_t>& line_starts) {
    for (std::size_t const line : list.lines) {
        if (line > line_starts.size()) continue;
        for (std::size_t i = source.find_first_of("0123456789\n", line_starts[line - 1]);
             i < source.size() && source[i] >= '0' && source[i] <= '9'; ++i)
            source[i] = ' ';
    }
}

// For each word that was written, whether the document does not show it.
std::vector<bool> missing_words(const Atoms& atoms, const std::vector<WordId>& written,
                                const std::vector<WordId>& shown) {
    std::vector<bool> missing(written.size(), false);
    for (const Stretch& stretch : difference(written, shown)) {
        if (stretch.equal) continue;
        std::span<const WordId> const instead = std::span(shown).subspan(stretch.after, stretch.after_length);
        std::multiset<WordId> left(instead.begin(), instead.end());
        // Markup inside a word parts it in the source only: "un**believ**able".
        std::string letters;
        for (WordId const id : instead) letters += atoms.word(id);
        std::size_t letters_at = 0;
        for (std::size_t i = stretch.before; i < stretch.before + stretch.before_length; ++i) {
            std::string const& word = atoms.word(written[i]);
            if (auto const found = left.find(written[i]); found != left.end()) left.erase(found);
            else if (auto const part = letters.find(word, letters_at); part != std::string::npos)
                letters_at = part + word.size();
            else missing[i] = true;
        }
    }
    return missing;
}

}  // namespace

std::string LostLine::sentence() const {
    std::string said = words.empty() ? "" : "Not in the document: \xe2\x80\x9c" + words + "\xe2\x80\x9d.";
    if (!numbers.empty()) said += (said.empty() ? "" : " ") + ("The list is numbered " + numbers + ".");
    return said;
}

Result<std::vector<LostLine>> lost_lines(std::string_view given) {
    Markdown const markdown = CA_TRY(parse_markdown(given));
    std::string const text = with_one_kind_of_line_end(given);
    std::string source = Source(text).without_markup();
    std::vector<std::size_t> const line_starts = line_starts_of(text);

    std::map<std::size_t, LostLine> lost;
    for (const OtherNumbers& list : markdown.other_numbers) {
        LostLine told = lost_numbers(list);
        lost[told.line] = std::move(told);
        blank_numbers(source, list, line_starts);
    }

    Atoms atoms;
    std::vector<Atoms::Atom> const written = atoms.read(source);
    std::vector<WordId> written_ids;
    for (const Atoms::Atom& atom : written) written_ids.push_back(atom.id);
    std::vector<WordId> const shown_ids = DocumentReader(atoms).read(markdown.blocks);
    std::vector<bool> const missing = missing_words(atoms, written_ids, shown_ids);

    // Words that stand side by side are told as they are written.
    for (std::size_t i = 0; i < written.size();) {
        if (!missing[i]) {
            ++i;
            continue;
        }
        auto const line =
            static_cast<std::size_t>(std::ranges::upper_bound(line_starts, written[i].start) - line_starts.begin());
        std::size_t const line_end = line < line_starts.size() ? line_starts[line] : text.size();
        std::size_t last = i;
        while (last + 1 < written.size() && missing[last + 1] && written[last + 1].start < line_end) ++last;
        LostLine& told = lost[line];
        told.line = line;
        if (!told.words.empty()) told.words += " \xe2\x80\xa6 ";
        told.words += std::string_view(text).substr(written[i].start, written[last].end - written[i].start);
        i = last + 1;
    }
    std::vector<LostLine> lines;
    for (auto& [line, told] : lost) lines.push_back(std::move(told));
    return lines;
}

}  // namespace ca::documents
