// Random terms for property tests and fuzzers, the same from the same seed, and ways to change them.
#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace ca::documents::testing {

struct MadeClause {
    std::string title;
    std::vector<std::string> paragraphs;
    std::vector<MadeClause> inner;
};

class TermsMaker {
public:
    explicit TermsMaker(std::uint32_t seed) : random_(seed) {}

    std::size_t below(std::size_t limit) {
        return limit == 0 ? 0 : std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
    }

    std::string sentence() {
        static constexpr std::array<std::string_view, 40> words = {
            "the",        "party",    "shall",       "notify",    "service",   "within",  "days",         "of",
            "any",        "incident", "data",        "security",  "agreement", "product", "organisation", "may",
            "not",        "disclose", "information", "to",        "third",     "parties", "without",      "consent",
            "records",    "kept",     "for",         "audit",     "change",    "review",  "notice",       "written",
            "reasonable", "approved", "connection",  "interface", "patient",   "access",  "policy",       "users"};
        std::string text;
        std::size_t const length = 6 + below(14);
        for (std::size_t i = 0; i < length; ++i) {
            if (i > 0) text += ' ';
            text += words[below(words.size())];
        }
        // A figure makes most sentences different from all others, as real ones are.
        return text + " " + std::to_string(below(100'000)) + ".";
    }
    std::vector<MadeClause> clauses(int depth = 0) {
        std::vector<MadeClause> made;
        std::size_t const count = depth == 0 ? 3 + below(8) : below(5);
        for (std::size_t i = 0; i < count; ++i) made.push_back(clause(depth));
        return made;
    }
    MadeClause clause(int depth) {
        MadeClause made{"Heading " + std::to_string(below(1'000'000)), {}, {}};
        std::size_t const paragraphs = 1 + below(3);
        for (std::size_t i = 0; i < paragraphs; ++i) made.paragraphs.push_back(sentence());
        if (depth < 2) made.inner = clauses(depth + 1);
        return made;
    }

    static std::string markdown(const std::vector<MadeClause>& clauses, int level = 1, const std::string& above = {}) {
        std::string text;
        int number = 0;
        for (const MadeClause& clause : clauses) {
            std::string const own = above + std::to_string(++number) + ".";
            text += std::string(static_cast<std::size_t>(level), '#') + " " + own + " " + clause.title + "\n\n";
            for (const std::string& paragraph : clause.paragraphs) text += paragraph + "\n\n";
            text += markdown(clause.inner, level + 1, own);
        }
        return text;
    }

private:
    std::mt19937 random_;
};

}  // namespace ca::documents::testing
