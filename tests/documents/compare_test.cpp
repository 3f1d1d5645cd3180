#include "documents/compare.h"

#include "documents/block_rules.h"
#include "documents/markdown.h"
#include "documents/plain_text.h"
#include "documents/terms_maker.h"
#include "documents/words.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

using namespace ca;
using namespace ca::documents;
using ca::documents::testing::MadeClause;
using ca::documents::testing::TermsMaker;

namespace ca::documents {
std::ostream& operator<<(std::ostream& out, const Counts& counts) {
    return out << counts.same << " same, " << counts.changed << " changed, " << counts.moved << " moved, "
               << counts.added << " added, " << counts.removed << " removed";
}
}  // namespace ca::documents

namespace {

Blocks blocks(std::string_view markdown) {
    auto result = parse_markdown(markdown, {.lift_title = true});
    REQUIRE(result.has_value());
    return result->blocks;
}

Comparison compared(std::string_view before, std::string_view after) { return compare(blocks(before), blocks(after)); }

const Clause& find(const Comparison& comparison, std::string_view name) {
    for (const Clause& clause : comparison.clauses) {
        if (clause.name() == name) return clause;
    }
    FAIL("no clause " << std::string(name));
    return comparison.clauses.front();
}

std::string diff(std::string_view before, std::string_view after) {
    Vocabulary vocabulary;
    return to_plain_text(mark_changes(plain(std::string(before)), plain(std::string(after)), vocabulary));
}

std::string without(Change change, const Inline& runs) {
    std::string text;
    for (const Run& run : runs) {
        if (run.change != change) text += run.text + (run.line_break_after ? "\n" : "");
    }
    return text;
}

std::string squeezed(std::string_view text) {
    std::string words;
    for (char const c : text) {
        if (c != ' ' && c != '\n') words += c;
    }
    return words;
}

std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE_MESSAGE(file.good(), path);
    return {std::istreambuf_iterator<char>(file), {}};
}

constexpr std::string_view terms = R"(
# Standard terms

Opening words that say who the parties are.

## 1. Definitions

1. "Account" means the registered account of the Connecting Party.
2. "Service" means a national service listed in the Appendix.

## 2. Security

### 2.1 Duties

The Connecting Party shall keep its systems patched and its keys secret at all times.

### 2.2 Incidents

The Connecting Party shall report an incident within 24 hours of finding it.

## 3. Charges

No charge is made for a connection to the Service.

## 4. Audit

Each party keeps records for six years and shows them when asked.
)";

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    std::size_t const at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("words are what a reader would point at") {
    Vocabulary vocabulary;
    auto const words = [&](std::string_view text) {
        std::string found;
        for (const Word& word : vocabulary.read(text))
            found += std::string(text.substr(word.start, word.end - word.start)) + "|";
        return found;
    };
    CHECK(words("the 30-day review, D.8 (see https://a.example/b?c=d).") ==
          "the|30-day|review|,|D.8|(|see|https://a.example/b?c=d|)|.|");
    CHECK(words("user's \xe2\x80\x9cown\xe2\x80\x9d caf\xc3\xa9\xe2\x80\x94or") ==
          "user's|\xe2\x80\x9c|own|\xe2\x80\x9d|caf\xc3\xa9|\xe2\x80\x94|or|");
    CHECK(words("...") == ".|.|.|");
    CHECK(words("").empty());
    CHECK(words("a\xe2").size() > 0);
}

TEST_CASE("changed words are marked as a person would mark them") {
    CHECK(diff("within 24 hours", "within 48 hours") == "within [removed: 24] [added: 48] hours");
    CHECK(diff("It ends. It starts.", "It ends. It rests. It starts.") == "It ends. [added: It rests.] It starts.");
    CHECK(diff("The cat.", "The dog. The cat.") == "[added: The dog.] The cat.");
    CHECK(diff("contact Support.", "contact Support portal.") == "contact Support [added: portal].");
    CHECK(diff("contact Support portal.", "contact Support.") == "contact Support [removed: portal].");
    // What repeats, added or removed at an end.
    CHECK(diff("Terms", "Terms and Terms") == "[added: Terms and] Terms");
    CHECK(diff("Terms and Terms", "Terms") == "[removed: Terms and] Terms");
    CHECK(diff("It is so. It ends.", "It is so. It ends. It is so. It ends.") ==
          "[added: It is so. It ends.] It is so. It ends.");
    CHECK(diff("one two", "one two") == "one two");
    CHECK(diff("", "new") == "[added: new]");
    CHECK(diff("old", "") == "[removed: old]");
}

TEST_CASE("quotation marks and their shape are no change") {
    CHECK(diff("an \"Account\" isn't",
               "an \xe2\x80\x9c"
               "Account\xe2\x80\x9d isn\xe2\x80\x99t") ==
          "an \xe2\x80\x9c"
          "Account\xe2\x80\x9d isn\xe2\x80\x99t");
}

TEST_CASE("a rewritten sentence is one edit, not letter soup") {
    std::string const text = diff("The supplier of the product must tell us about the fault in the morning.",
                                  "The vendor of the item must inform everyone about the outage in the evening.");
    CHECK(std::ranges::count(text, '[') <= 6);
    CHECK(diff("alpha beta of gamma delta", "one two of three four") ==
          "[removed: alpha beta of gamma delta] [added: one two of three four]");
}

TEST_CASE("looks and links stay where the words are") {
    Vocabulary vocabulary;
    Run bold{.text = "must", .emphasis = Emphasis::bold};
    Run link{.text = "the policy", .link = "https://p.example"};
    Inline const before{Run{.text = "You must obey "}, Run{.text = "the policy."}};
    Inline const after{Run{.text = "You "}, bold, Run{.text = " now obey "}, link, Run{.text = "."}};
    auto const runs = mark_changes(before, after, vocabulary);
    CHECK(without(Change::deleted, runs) == to_text(after));
    CHECK(runs[1].emphasis == Emphasis::bold);
    CHECK(runs[1].change == Change::none);
    CHECK(
        std::ranges::any_of(runs, [](const Run& run) { return run.change == Change::inserted && run.text == "now "; }));
    CHECK(std::ranges::any_of(
        runs, [](const Run& run) { return run.link == "https://p.example" && run.text == "the policy"; }));
}

TEST_CASE("marking loses no word (seeded)") {
    for (std::uint32_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        TermsMaker maker(seed);
        std::string before;
        std::string after;
        for (std::size_t i = 0; i < 1 + maker.below(6); ++i) {
            std::string const sentence = maker.sentence();
            if (maker.below(4) != 0) before += sentence + " ";
            if (maker.below(4) != 0) after += (maker.below(3) == 0 ? maker.sentence() : sentence) + " ";
        }
        while (before.ends_with(' ')) before.pop_back();
        while (after.ends_with(' ')) after.pop_back();
        Vocabulary vocabulary;
        auto const runs = mark_changes(plain(before), plain(after), vocabulary);
        CHECK(without(Change::deleted, runs) == after);
        CHECK(squeezed(without(Change::inserted, runs)) == squeezed(before));
        for (const Run& run : runs) CHECK_FALSE(run.text.empty());
    }
}

TEST_CASE("the same terms are the same") {
    auto const comparison = compared(terms, terms);
    CHECK(comparison.counts() == Counts{.same = 9});
    CHECK(comparison.counts().nothing_changed());
}

TEST_CASE("a changed clause shows its changed words") {
    auto const comparison = compared(terms, replaced(std::string(terms), "24 hours", "48 hours"));
    CHECK(comparison.counts() == Counts{.same = 8, .changed = 1});
    auto const& clause = find(comparison, "2.2 Incidents");
    CHECK(clause.change == ClauseChange::changed);
    CHECK(clause.words_changed);
    CHECK(clause.after->section == "Security");
    CHECK(clause.after->path == "2. Security \xe2\x80\xba 2.2 Incidents");
    CHECK(to_plain_text(clause.blocks) ==
          "The Connecting Party shall report an incident within [removed: 24] [added: 48] hours of finding it.\n");
}

TEST_CASE("an added clause renumbers the next ones and changes none") {
    auto const comparison = compared(
        terms,
        replaced(
            replaced(
                replaced(std::string(terms), "## 3. Charges",
                         "## 3. Insurance\n\nThe Connecting Party is insured against loss of data.\n\n## 4. Charges"),
                "## 4. Audit", "## 5. Audit"),
            "2. \"Service\"", "2. \"Patient\" means a person in care.\n3. \"Service\""));
    CHECK(comparison.counts() == Counts{.same = 9, .added = 2});
    CHECK(find(comparison, "3 Insurance").change == ClauseChange::added);
    CHECK(find(comparison, "5 Audit").renumbered);
    CHECK(find(comparison, "5 Audit").before->number == "4");
    CHECK(find(comparison, "1.2").change == ClauseChange::added);
    CHECK(find(comparison, "1.3").before->number == "1.2");
    CHECK(to_plain_text(find(comparison, "3 Insurance").title) == "[added: Insurance]");
}

TEST_CASE("a removed clause stands where it was") {
    auto const comparison = compared(
        terms,
        replaced(std::string(terms), "## 3. Charges\n\nNo charge is made for a connection to the Service.\n", ""));
    CHECK(comparison.counts() == Counts{.same = 8, .removed = 1});
    auto const& clauses = comparison.clauses;
    auto const at = std::ranges::find(clauses, ClauseChange::removed, &Clause::change);
    REQUIRE(at != clauses.end());
    CHECK(at->name() == "3 Charges");
    CHECK((at - 1)->name() == "2.2 Incidents");
    CHECK((at + 1)->name() == "4 Audit");
    CHECK_FALSE(at->after.has_value());
}

TEST_CASE("a moved section is one moved clause; what is in it moves with it") {
    std::string const audit = "## 4. Audit\n\nEach party keeps records for six years and shows them when asked.\n";
    std::string after = replaced(std::string(terms), audit, "");
    after = replaced(after, "## 2. Security", audit + "\n## 2. Security");
    auto const comparison = compared(terms, after);
    CHECK(comparison.counts() == Counts{.same = 8, .moved = 1});
    CHECK(find(comparison, "4 Audit").change == ClauseChange::moved);
    CHECK_FALSE(find(comparison, "4 Audit").words_changed);

    std::string const security =
        std::string(terms).substr(terms.find("## 2."), terms.find("## 3.") - terms.find("## 2."));
    auto const whole = compared(terms, replaced(std::string(terms), security, "") + "\n" + security);
    CHECK(whole.counts().moved == 1);
    CHECK(find(whole, "2 Security").change == ClauseChange::moved);
    CHECK(find(whole, "2.1 Duties").change == ClauseChange::same);
}

TEST_CASE("a clause under another heading has moved, also with changed words") {
    std::string const incidents =
        "### 2.2 Incidents\n\nThe Connecting Party shall report an incident within 24 hours of finding it.\n";
    std::string after = replaced(std::string(terms), incidents, "");
    after += "\n### 4.1 Incidents\n\nThe Connecting Party shall report an incident within 12 hours of finding it.\n";
    auto const comparison = compared(terms, after);
    CHECK(comparison.counts() == Counts{.same = 8, .moved = 1});
    auto const& clause = find(comparison, "4.1 Incidents");
    CHECK(clause.words_changed);
    CHECK(clause.renumbered);
    CHECK(clause.before->path == "2. Security \xe2\x80\xba 2.2 Incidents");
    CHECK(to_plain_text(clause.blocks).find("[removed: 24] [added: 12]") != std::string::npos);
}

TEST_CASE("a renamed heading keeps the clauses in it") {
    auto const comparison =
        compared(terms, replaced(std::string(terms), "## 2. Security", "## 2. Information governance"));
    CHECK(comparison.counts() == Counts{.same = 8, .changed = 1});
    CHECK(find(comparison, "2.1 Duties").change == ClauseChange::same);
    CHECK(to_plain_text(find(comparison, "2 Information governance").title) ==
          "[removed: Security] [added: Information governance]");
}

TEST_CASE("looks and quotation marks change no clause") {
    auto const comparison =
        compared("## A\n\nThe \"Service\" is at [my home](https://a.example). *Short:* one two three.\n",
                 "## A\n\nThe \xe2\x80\x9cService\xe2\x80\x9d is at [my *home*](https://a.example).\n**Short:** _one "
                 "two_ three.\n");
    CHECK(comparison.counts() == Counts{.same = 1});
}

TEST_CASE("a link that leads elsewhere changes its clause, and is told in words") {
    auto const comparison = compared(
        "## A\n\nThe policy is [here](https://a.example). The list is [here](https://c.example).\n\n## B\n\nNothing "
        "changes in this clause.\n",
        "## A\n\nThe policy is [here](https://b.example). The list is [here](https://c.example).\n\n## B\n\nNothing "
        "changes in this clause.\n");
    CHECK(comparison.counts() == Counts{.same = 1, .changed = 1});
    const Clause& clause = find(comparison, "A");
    CHECK_FALSE(clause.words_changed);
    CHECK(clause.links == std::vector<LinkChange>{{"here", "https://a.example", "https://b.example"}});
    CHECK(to_plain_text(link_sentence(clause.links[0])) ==
          "The link \xe2\x80\x9chere\xe2\x80\x9d leads elsewhere. Before: [removed: https://a.example]. Now: [added: "
          "https://b.example].");

    auto const swapped = compared("## A\n\nSee [here](https://a.example) and then [here](https://c.example).\n",
                                  "## A\n\nSee [here](https://c.example) and then [here](https://a.example).\n");
    CHECK(swapped.clauses.at(0).links.size() == 2);
}

TEST_CASE("a link made of the same words, or taken from them, changes its clause") {
    const char* plain_text = "## A\n\nThe policy stands in the annex.\n";
    const char* linked_text = "## A\n\nThe policy stands in [the annex](https://a.example).\n";
    CHECK(compared(plain_text, linked_text).clauses.at(0).links ==
          std::vector<LinkChange>{{"the annex", "", "https://a.example"}});
    CHECK(compared(linked_text, plain_text).clauses.at(0).links ==
          std::vector<LinkChange>{{"the annex", "https://a.example", ""}});
    CHECK(compared(linked_text, plain_text).counts() == Counts{.changed = 1});
    // An address that can now be clicked leads where it always said.
    CHECK(compared("## A\n\nWrite to us at a@b.example at once.\n",
                   "## A\n\nWrite to us at [a@b.example](mailto:a@b.example) at once.\n")
              .counts() == Counts{.same = 1});
}

TEST_CASE("links beside changed words are told where they lead elsewhere, not where they came with the words") {
    auto const comparison = compared("## A\n\nThe policy of the service is [here](https://a.example) for everyone.\n",
                                     "## A\n\nThe policy of the whole service is [here](https://b.example) for "
                                     "everyone, see also [the annex](https://c.example).\n");
    REQUIRE(comparison.clauses.size() == 1);
    CHECK(comparison.clauses[0].words_changed);
    CHECK(comparison.clauses[0].links == std::vector<LinkChange>{{"here", "https://a.example", "https://b.example"}});
}

TEST_CASE("a link to a clause is the same where that clause has only another number") {
    const std::string before =
        "## 1. Use\n\nUse it as [set out below](#2-duties) and in good faith.\n\n## 2. Duties\n\nKeep the records of "
        "each request for a year.\n\n## 3. Ends\n\nThe agreement ends when it is superseded.\n";
    auto const renumbered =
        compared(before,
                 "## 1. Use\n\nUse it as [set out below](#3-duties) and in good faith.\n\n## 2. Scope\n\nEverything "
                 "that is connected is in scope here.\n\n## 3. Duties\n\nKeep the records of each request for a "
                 "year.\n\n## 4. Ends\n\nThe agreement ends when it is superseded.\n");
    CHECK(find(renumbered, "1 Use").change == ClauseChange::same);
    auto const elsewhere = compared(before, replaced(before, "(#2-duties)", "(#3-ends)"));
    CHECK(find(elsewhere, "1 Use").links == std::vector<LinkChange>{{"set out below", "2 Duties", "3 Ends"}});
}

TEST_CASE("tables, bullets and lettered rows are marked row by row") {
    auto const comparison = compared(
        "## 1. Terms\n\n| Term | Meaning |\n|---|---|\n| Account | The account |\n| Case | A case of the portal |\n\n- "
        "first point stays\n- second point goes\n",
        "## 1. Terms\n\n| Term | Meaning |\n|---|---|\n| Account | The account |\n| Case | A case of the customer "
        "portal |\n| User | A person |\n\n- first point stays\n"
        "- third point comes along now\n");
    REQUIRE(comparison.clauses.size() == 1);
    std::string const text = to_plain_text(comparison.clauses[0].blocks);
    CHECK(text.find("Account | The account\n") != std::string::npos);
    CHECK(text.find("A case of the [added: customer] portal") != std::string::npos);
    CHECK(text.find("[added: User] | [added: A person]") != std::string::npos);
    CHECK(text.find("\xe2\x80\xa2 first point stays\n") != std::string::npos);
    CHECK(text.find("[added: third") != std::string::npos);
}

TEST_CASE("clause numbers in the text are clauses") {
    auto const comparison = compared(
        "## 8. Change Management\n\n8.1 We may change these terms with notice.\n\n8.2 You may raise a query within the "
        "review period:\n\n(a) in the portal; or\n\n(b) by post.\n",
        "## 8. Change Management\n\n8.1 You may raise a query within the review period:\n\n(a) in the portal.\n\n8.2 "
        "We may change these terms with notice.\n");
    CHECK(comparison.counts().moved == 1);
    CHECK(comparison.counts().added == 0);
    CHECK(comparison.counts().removed == 0);
    CHECK(find(comparison, "8.2").before->number == "8.1");
}

TEST_CASE("text after numbered items is a clause of its own and stays in its place") {
    auto const comparison =
        compared("## A\n\nIntro.\n\n1. one thing to do\n2. another thing to do\n\nClosing words of this section.\n",
                 "## A\n\nIntro.\n\n1. one thing to do\n\nClosing words of this section.\n");
    REQUIRE(comparison.clauses.size() == 4);
    CHECK(comparison.clauses[2].change == ClauseChange::removed);
    CHECK(comparison.clauses[3].name() ==
          "\xe2\x80\x9c"
          "Closing words of this section.\xe2\x80\x9d");
    CHECK(comparison.clauses[3].change == ClauseChange::same);
}

TEST_CASE("repeated clauses pair up in order") {
    std::string const text =
        "## 1. A\n\n### 1.1 Reserved\n\nNot used in this version at all.\n\n## 2. B\n\n### 2.1 Reserved\n\nNot used in "
        "this version at all.\n";
    CHECK(compared(text, text).counts() == Counts{.same = 4});
    CHECK(compared(text, replaced(text, "### 2.1 Reserved\n\nNot used in this version at all.\n", "")).counts() ==
          Counts{.same = 3, .removed = 1});
}

TEST_CASE("parts are compared with their own kind, and products filter them") {
    std::vector<Part> const before = {{"Standard terms", {}, blocks(terms)},
                                      {"Special terms: Alpha API", "Alpha API", blocks("## 1. Use\n\nAlpha only.")}};
    std::vector<Part> const after = {
        {"Standard terms", {}, blocks(terms)},
        {"Special terms: Alpha API", "Alpha API", blocks("## 1. Use\n\nAlpha only and always.")},
        {"Special terms: Beta API", "Beta API", blocks("## 1. Use\n\nBeta only.")}};
    auto const comparison = compare_parts(before, after);
    CHECK(comparison.counts() == Counts{.same = 9, .changed = 1, .added = 1});
    auto const alpha = only_for(comparison, {"Alpha API", "Beta API"}, {"Alpha API"});
    CHECK(alpha.counts() == Counts{.same = 9, .changed = 1});
    CHECK(compare_parts(after, before).counts() == Counts{.same = 9, .changed = 1, .removed = 1});
}

TEST_CASE("a section that is named after another product does not concern this agreement") {
    std::string const special =
        "# Special terms\n\nFor all products.\n\n## Actions\n\nAbout actions.\n\n### Limits\n\nOf actions.\n\n## "
        "Appendix 2: Pages\n\nAbout pages.\n\n### Limits\n\nOf pages.\n";
    auto const comparison = compared(special, special);
    CHECK(comparison.counts().same == 5);
    auto const filtered = only_for(comparison, {"Actions", "Pages"}, {"Pages"});
    REQUIRE(filtered.clauses.size() == 3);
    CHECK(filtered.clauses[1].after->title == "Pages");
    CHECK(only_for(comparison, {}, {}).clauses.size() == 5);
}

TEST_CASE("the real terms: what a lawyer would say") {
    auto const before = read("../shared/data/terms/standard-terms-1.md");
    auto const after = read("../shared/data/terms/standard-terms-2.md");
    auto const comparison = compared(before, after);
    CHECK(comparison.counts() == Counts{.same = 62, .changed = 6, .added = 1});
    std::vector<std::string> told;
    for (const Clause& clause : comparison.clauses) {
        if (clause.change != ClauseChange::same)
            told.push_back(std::string(to_words(clause.change)) + " " + clause.name());
    }
    CHECK(told == std::vector<std::string>{"changed B.4 Account Security", "added D.8 Access Reciprocity",
                                           "changed G.1 GitHub's Rights to Content",
                                           "changed K.5 Responsibility for Payment", "changed L.2 Upon Cancellation",
                                           "changed R.1 Governing Law", "changed R.6 Questions"});
    CHECK(to_plain_text(find(comparison, "G.1 GitHub's Rights to Content").blocks)
              .find("HTML/CSS, [removed: Javascript] [added: JavaScript], or") != std::string::npos);
    CHECK(to_plain_text(find(comparison, "L.2 Upon Cancellation").blocks)
              .find("information [removed: can not] [added: cannot] be") != std::string::npos);
    CHECK(to_plain_text(find(comparison, "R.1 Governing Law").blocks)
              .find("California. [added: However, any claim for injunctive relief with respect to a violation of "
                    "section D.8 may be brought in any jurisdiction.]") != std::string::npos);
    auto const back = compared(after, before).counts();
    CHECK(back == Counts{.same = 62, .changed = 6, .removed = 1});
}

TEST_CASE("random edits are told as what they are (seeded)") {
    for (std::uint32_t seed = 1; seed <= 120; ++seed) {
        CAPTURE(seed);
        TermsMaker maker(seed);
        std::vector<MadeClause> clauses = maker.clauses();
        std::string const before = TermsMaker::markdown(clauses);
        auto const same = compared(before, before).counts();
        CHECK(same.nothing_changed());
        Counts expected = same;

        std::size_t const at = maker.below(clauses.size());
        switch (maker.below(4)) {
            case 0:
                clauses.insert(clauses.begin() + static_cast<std::ptrdiff_t>(at),
                               MadeClause{"Wholly new", {maker.sentence()}, {}});
                expected.added = 1;
                break;
            case 1: {
                clauses[at].inner.clear();
                expected.removed =
                    same.same - compared(TermsMaker::markdown(clauses), TermsMaker::markdown(clauses)).counts().same;
                expected.same -= expected.removed;
                break;
            }
            case 2:
                clauses[at].paragraphs[0] += " Unheard of.";
                expected.changed = 1;
                expected.same -= 1;
                break;
            default:
                if (clauses.size() < 4) break;
                std::rotate(clauses.begin(), clauses.begin() + 1, clauses.end());
                expected.moved = 1;
                expected.same -= 1;
                break;
        }
        std::string const after = TermsMaker::markdown(clauses);
        CHECK(compared(before, after).counts() == expected);
        auto const back = compared(after, before).counts();
        CHECK(back == Counts{expected.same, expected.changed, expected.moved, expected.removed, expected.added});
    }
}

TEST_CASE("swapping the versions swaps added and removed, whatever they are (seeded)") {
    for (std::uint32_t seed = 1; seed <= 60; ++seed) {
        CAPTURE(seed);
        TermsMaker maker(seed);
        std::vector<MadeClause> clauses = maker.clauses();
        std::string const before = TermsMaker::markdown(clauses);
        for (MadeClause& clause : clauses) {
            if (maker.below(3) == 0) clause.paragraphs[0] = maker.sentence();
            if (maker.below(3) == 0) std::ranges::reverse(clause.inner);
            if (maker.below(4) == 0) clause.title = "Other " + clause.title;
            if (maker.below(4) == 0 && !clause.inner.empty()) clause.inner.pop_back();
        }
        std::string const after = TermsMaker::markdown(clauses);
        auto const there = compared(before, after);
        auto const back = compared(after, before);
        CHECK(there.counts().added == back.counts().removed);
        CHECK(there.counts().removed == back.counts().added);
        CHECK(there.counts().same == back.counts().same);
        for (const Clause& clause : there.clauses)
            CHECK(ca::documents::testing::BlockRules::broken(clause.blocks) == "");
    }
}

TEST_CASE("the same words in another arrangement are a change, and it is said which") {
    struct Kind {
        std::string before, after, named;
    };
    std::string const head = "## 1. A\n\n";
    for (auto const& [before, after, named] : {
             Kind{"| T | S | N |\n|---|---|---|\n| report | X | |\n",
                  "| T | S | N |\n|---|---|---|\n| report | | X |\n", "table cells"},
             Kind{"| T | S |\n|---|---|\n| one | two |\n| three | four |\n",
                  "| T | S |\n|---|---|\n| one | two | \n\n| three | four |\n|---|---|\n", "tables"},
             Kind{"- a b:\n  - c d\n- e f\n", "- a b:\n  - c d\n  - e f\n", "lists"},
             Kind{"- a b\n- c d\n", "- a b c d\n", "list items"},
             Kind{"one two three four\n", "> one two three four\n", "quotations"},
             Kind{"```\none\ntwo\n```\n", "```\none two\n```\n", "lines of code"},
             Kind{"one\\\ntwo three\n", "one two\\\nthree\n", "line breaks"},
             Kind{"- x\n  1. a\n", "- x\n  - a\n", "lists"},
             Kind{"- x\n\n  1. a\n", "- x\n\n  3. a\n", "numbers of list items"},
             Kind{"one two.\n\nthree four.\n", "one two. three four.\n", "paragraphs"},
         }) {
        CAPTURE(before);
        auto const comparison = compared(head + before, head + after);
        CHECK(comparison.counts() == Counts{.changed = 1});
        CHECK_FALSE(comparison.clauses.at(0).words_changed);
        CHECK(comparison.clauses.at(0).note.find(named) != std::string::npos);
        CHECK(compared(head + before, head + before).counts().nothing_changed());
    }
}

TEST_CASE("what went to another cell is marked where it stood and where it stands") {
    auto const comparison = compared("## 1. A\n\n| T | S | N |\n|---|---|---|\n| report | X | |\n",
                                     "## 1. A\n\n| T | S | N |\n|---|---|---|\n| report | | X |\n");
    CHECK(to_plain_text(comparison.clauses.at(0).blocks).find("report | [removed: X] | [added: X]") !=
          std::string::npos);
}

TEST_CASE("a paragraph that moved is moved, not removed and added") {
    std::string const a = "The first party keeps the records of each request.\n\n";
    std::string const b = "The second party pays the costs of every audit.\n\n";
    std::string const c = "Neither party discloses the keys to anyone else.\n\n";
    CHECK(compared("## 1. One\n\n" + a + b + c, "## 1. One\n\n" + c + a + b).counts() == Counts{.same = 1, .moved = 1});
    auto const elsewhere =
        compared("## 1. One\n\n" + a + b + "## 2. Two\n\n" + c, "## 1. One\n\n" + a + "## 2. Two\n\n" + c + b);
    CHECK(elsewhere.counts() == Counts{.same = 2, .moved = 1});
    CHECK(elsewhere.clauses.back().before->path == "1. One");
    CHECK(elsewhere.clauses.back().after->path == "2. Two");
}

TEST_CASE("how accents are encoded, and what nobody sees, is no change, and is said") {
    for (auto const& [before, after] : {std::pair{"caf\xc3\xa9 au lait", "cafe\xcc\x81 au lait"},
                                        {"co\xc2\xadoperate", "cooperate"},
                                        {"a\xe2\x80\x8b b", "a b"},
                                        {"x\xef\xb8\x8f y", "x y"},
                                        {"q\xcc\x87\xcc\xa3 r", "q\xcc\xa3\xcc\x87 r"},
                                        {"\xea\xb0\x81", "\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8"},
                                        {"\xe2\x84\xab", "\xc3\x85"}}) {
        CAPTURE(after);
        auto const comparison = compared("## 1. A\n\n" + std::string(before), "## 1. A\n\n" + std::string(after));
        CHECK(comparison.counts() == Counts{.same = 1});
        CHECK(comparison.clauses.at(0).note.find("not seen") != std::string::npos);
    }
    // A Cyrillic letter only looks the same.
    CHECK(compared("## 1. A\n\npay", "## 1. A\n\np\xd0\xb0y").counts() == Counts{.changed = 1});
}

TEST_CASE("another title of the whole text is told") {
    auto const titles = [](std::string before, std::string after) {
        return compare_parts({{.blocks = blocks(terms), .own_title = std::move(before)}},
                             {{.blocks = blocks(terms), .own_title = std::move(after)}})
            .counts();
    };
    CHECK(titles("Terms", "Terms") == Counts{.same = 9});
    CHECK(titles("Terms", "Other terms") == Counts{.same = 9, .changed = 1});
    CHECK(titles("Terms", "") == Counts{.same = 9, .removed = 1});
}

TEST_CASE("hostile texts are compared in bounded effort") {
    std::string numbered;
    for (int i = 0; i < 8000; ++i) numbered += "1. same words here every time\n";
    CHECK(compared(numbered, numbered).counts().same == 8000);
    CHECK(compared(numbered, "").counts().removed == 8000);
    std::string left;
    std::string right;
    for (int i = 0; i < 12'000; ++i) {
        left += "a" + std::to_string(i % 977) + " ";
        right += "a" + std::to_string(i * 7 % 991) + " ";
    }
    CHECK(compared("## 1. A\n\n" + left, "## 1. A\n\n" + right).counts().changed == 1);
    std::string rows = "## 1. A\n\n| a | b |\n|---|---|\n";
    std::string other = rows;
    for (int i = 0; i < 3'000; ++i) {
        rows += "| x" + std::to_string(i) + " | y |\n";
        other += "| z" + std::to_string(i) + " | y |\n";
    }
    CHECK(compared(rows, other).counts().changed == 1);
}

TEST_CASE("one version's text comes out of marked blocks, without what is the other's") {
    const auto comparison = compared(
        "# Terms\n\n## Notice\n\nGive notice by post.\n\n- by letter\n- by fax\n\n| a | b |\n| - | - |\n| 1 | 2 |\n",
        "# Terms\n\n## Notice\n\nGive notice by email.\n\n- by letter\n- by portal\n\n| a | b |\n| - | - |\n| 1 | 3 "
        "|\n");
    const auto& clause = find(comparison, "Notice");
    const auto before = to_plain_text(without(clause.blocks, Change::inserted));
    const auto after = to_plain_text(without(clause.blocks, Change::deleted));
    for (const char* words : {"post", "fax", "2"}) {
        CHECK(before.find(words) != std::string::npos);
        CHECK(after.find(words) == std::string::npos);
    }
    for (const char* words : {"email", "portal", "3"}) {
        CHECK(after.find(words) != std::string::npos);
        CHECK(before.find(words) == std::string::npos);
    }
    CHECK(before.find("by letter") != std::string::npos);
    CHECK(after.find("by letter") != std::string::npos);
    // Nothing is left of a paragraph that is the other's alone.
    const Blocks added{Paragraph{{{.text = "New.", .change = Change::inserted}}}};
    CHECK(without(added, Change::inserted).empty());
    CHECK(without(added, Change::deleted) == added);
}
