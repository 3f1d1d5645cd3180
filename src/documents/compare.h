// Two versions of terms, clause by clause: what is the same, changed, moved, added, removed.
//
//     Comparison comparison = compare(before.blocks, after.blocks);
//     for (const Clause& clause : comparison.clauses) …
//
// A clause is a heading with the text of its own under it, or one item of a numbered list there. Bullets, tables and
// "(a)" rows are part of their clause. The text before the first heading is a clause, and so is text that follows
// numbered items. A paragraph that was moved, word for word, is told as a clause of its own.
//
// Clauses find their other half by what they say, then by their heading under the same heading, by their number, by the
// clauses in them, and at last by likeness. A clause is
//   same     the words are the same, arranged as they were, in the same place, and its links lead where they led
//   (another number is no change) changed  other words, marked in `title` and `blocks`; or the same words in other
//   cells, rows, items, quotations or lines, marked where
//            they stood and stand, and named in `note`; or the same words with a link that leads elsewhere, told in
//            `links`: where terms say "as set out here", what they lead to is part of what is agreed
//   moved    it stands under another heading, or in another order than its neighbours; `words_changed` and `links`
//   where it also changed added    only in the new version; removed: only in the old.
// Words are compared as they are read: how accents are encoded, and characters that are drawn as nothing, do not count,
// and `note` says where a clause differs in nothing else. Nor does the look of words, or a rule across the page between
// clauses. The smallest number of clauses is called moved that explains the new order. What moves with its heading has
// not moved itself.
//
// The result is in the order of the new version, removed clauses at the place where they were. It depends on nothing
// but the two texts. Effort is bounded: hostile input makes the marking coarser, never wrong.
#pragma once

#include "documents/document.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ca::documents {

enum class ClauseChange : std::uint8_t { same, changed, moved, added, removed };
std::string_view to_words(ClauseChange);  // "same", "changed", "moved", "added", "removed"

struct ClausePlace {
    std::string number;   // as it is cited: "8.5", "D.8", "Appendix 1A"; empty: none
    std::string title;    // the heading's words without the number; empty: none
    std::string path;     // the headings above it and its own: "D. User-Generated Content › 8. Access Reciprocity"
    std::string section;  // the words of the nearest heading above it; empty: none
    std::string id;       // the heading's id in its own version; empty: not a heading
    bool operator==(const ClausePlace&) const = default;
};

// A link that leads elsewhere than before. A link to a clause of the same text is the same wherever that clause stands
// now.
struct LinkChange {
    std::string words;          // of the link
    std::string before, after;  // an address, or the clause that it leads to; empty: it was or is no link
    bool operator==(const LinkChange&) const = default;
};
Inline link_sentence(const LinkChange&);  // in words, the two ends marked deleted and inserted

struct Clause {
    ClauseChange change = ClauseChange::same;
    bool words_changed = false;  // moved or changed: also its words, not its place or links alone
    std::vector<LinkChange> links{};
    std::string
        note{};  // what else there is to say, in sentences: arranged in another way, or other only in what nobody sees
    bool renumbered = false;  // on both sides, under different numbers
    int level = 1;            // depth in the version that it is in (the new one where in both), from 1
    std::optional<ClausePlace> before;
    std::optional<ClausePlace> after;
    std::string part;     // the part it belongs to (compare_parts), empty: none
    std::string product;  // the API product whose special terms it belongs to, empty: concerns everyone
    Inline title;         // the heading's words, changes marked; empty: none
    Blocks blocks;        // the clause's own text, changes marked; an added or removed one is marked as a whole

    // What to call it: "8.5 Notice", "Access Reciprocity", or the first words of a clause that has neither number nor
    // heading.
    std::string name() const;
};

// Marked blocks as they stand in one version: without what is marked as the other's. A paragraph, item or row of which
// nothing is left is left out.
Blocks without(const Blocks& marked, Change other);

struct Counts {
    std::size_t same = 0, changed = 0, moved = 0, added = 0, removed = 0;
    bool nothing_changed() const { return changed + moved + added + removed == 0; }
    bool operator==(const Counts&) const = default;
};

struct Comparison {
    std::vector<Clause> clauses;
    Counts counts() const;
};

Comparison compare(const Blocks& before, const Blocks& after);

// Several texts that make one agreement: standard terms, acceptable use policy, special terms by product. A part is
// compared with the part of the same title; it has no clause of its own. The text's own title is a clause only where
// both versions have the part and differ in it.
struct Part {
    std::string title{};
    std::string product{};  // whose special terms these are; empty: for everyone
    Blocks blocks{};
    std::string own_title{};  // of the text itself; empty: none
};
Comparison compare_parts(const std::vector<Part>& before, const std::vector<Part>& after);

// Only what concerns an agreement with these products: special terms of other products are left out. `all` are the
// names of all products that the portal knows, `applicable` those of the agreement. A section is a product's where its
// part says so, or where its heading (without number, "Appendix" or "Special terms") is the product's name; clauses
// inside it go with it.
Comparison only_for(const Comparison& comparison, const std::vector<std::string>& all,
                    const std::vector<std::string>& applicable);

}  // namespace ca::documents
