// Files that somebody brings, one kind of look chosen by the first byte: what a file is recognised as is what its own
// reader can read; a row comes back untouched where nothing changes, and with nothing else changed where something
// does; what stands around rows comes back.
#include "base/text.h"
#include "interop/recognise.h"
#include "interop/servicenow_rows.h"
#include "interop/terms_document.h"
#include "journal/bundle.h"
#include "lifecycle/engine.h"
#include "support/fuzzing.h"
#include "support/planned.h"

#include <algorithm>

namespace {

using namespace ca;
using namespace ca::interop;
using fuzzing::require;

void recognised(std::string_view input) {
    auto const border = std::min(input.find('\n'), input.size());
    auto const name = std::string(input.substr(0, border));
    auto const bytes = std::string(input.substr(std::min(border + 1, input.size())));
    auto const [kind, message] = recognise(name, bytes);
    require(!message.empty(), "a file without a word on it");
    require((kind == FileKind::unknown) == message.contains("What can be imported"),
            "what is not known says what can be imported, and only that");
    require(recognise(name, bytes).kind == kind && recognise(to_ascii_upper(name), bytes).kind == kind,
            "a file is another when asked again");
    if (!bytes.starts_with("\xef\xbb\xbf"))
        require(recognise(name, "\xef\xbb\xbf" + bytes).kind == kind, "a byte-order mark makes it another file");

    if (journal::compare_bundle({}, bytes)) require(kind == FileKind::backup, "a backup is not recognised");
    if (bytes.size() <= 4096 &&
        test::plan_import({}, std::vector<File>{{name, bytes}}, {}, Instant{1'795'345'200}).broken.empty())
        require(kind == FileKind::servicenow, "an export is not recognised");
    if (kind == FileKind::terms) {
        auto const terms = read_terms_document(name, bytes);
        require(terms || terms.error().code == "bad_version" || terms.error().code == "too_large",
                "terms that cannot be read as a text");
    }
}

// A row, and after it names and values in turn.
void row(std::string_view input) {
    auto const pieces = fuzzing::pieces_of(input);
    auto const read = read_row(pieces[0]);
    if (!read) return require(!read.error().message.empty(), "a refusal without words");
    require(rewrite_row(*read, {}) == read->text, "a row is another where nothing changes");
    require(same_values(*read, *read), "a row is not the same as itself");

    std::map<std::string, Value> changes;
    for (std::size_t i = 1; i + 1 < pieces.size(); i += 2)
        if (!pieces[i].empty() && is_valid_utf8(pieces[i]) && is_valid_utf8(pieces[i + 1]))
            changes[pieces[i]] = {pieces[i + 1], pieces[i + 1], i % 4 == 1 ? "" : "https://example.org"};
    if (read->columns.empty()) changes.clear();
    auto const written = rewrite_row(*read, changes);
    auto const again = read_row(written);
    require(again.has_value(), "a row that was written cannot be read");
    for (auto const& [name, value] : changes) {
        auto const* column = again->find(name);
        require(column && column->value == value.value, "a value that was written is another");
        require(!column->display_at || column->display == value.display, "a display value that was written is another");
    }
    for (auto const& column : read->columns) {
        if (changes.contains(column.name)) continue;
        auto const kept = std::ranges::find(again->columns, column.name, &Column::name);
        require(kept != again->columns.end() && kept->value == column.value && kept->display == column.display,
                "a value that was not written is another");
    }
    require(rewrite_row(*again, changes) == written, "the same change twice is not the same row");

    std::vector<std::pair<std::string, Value>> columns(changes.begin(), changes.end());
    auto const fresh = read_row(write_row(columns, RowStyle::of(*read)));
    require(fresh.has_value(), "a new row cannot be read");
    for (auto const& [name, value] : columns)
        require(fresh->value(name) == value.value, "a value of a new row is another");
}

Result<TableFile> read_table(std::string bytes) {
    TableReading reading(std::make_shared<const File>("customer_account.json", std::move(bytes)), default_mapping());
    while (!CA_TRY(reading.go_on(3))) {
    }
    return std::move(reading).table();
}

void layout(std::string_view input) {
    auto const file = read_table(std::string(input));
    if (!file) return require(!file.error().message.empty(), "a refusal without words");
    if (!file->layout) return;
    require(Layout::from_text(file->layout->to_text()) == file->layout,
            "what stands around the rows is another when kept");
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < file->size(); ++i) {
        auto const each = file->row(i);
        if (!each) return;
        texts.push_back(each->text);
    }
    auto const joined = file->layout->join(texts);
    auto const again = read_table(joined);
    require(again && again->size() == texts.size(), "the rows of a file are others when it is put together again");
    for (std::size_t i = 0; i < texts.size(); ++i) {
        auto const each = again->row(i);
        require(each && each->text == texts[i], "a row is another when its file is put together again");
    }
    require(again->layout && again->layout->join(texts) == joined, "a file put together twice is another");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto const [which, rest] = fuzzing::choose(data, size);
    switch (which) {
        case 'w': recognised(rest); break;
        case 'r': row(rest); break;
        default: layout(rest);
    }
    return 0;
}
