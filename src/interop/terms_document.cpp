#include "interop/terms_document.h"

#include "base/text.h"

#include <algorithm>

namespace ca::interop {

namespace {

constexpr std::size_t document_size_max = 8u * 1024 * 1024;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The lines between the two "---" of the front matter.
std::vector<std::string> front_matter(std::string_view text) {
    std::vector<std::string> found;
    bool is_first = true;
    for (auto const& line : split(text, '\n')) {
        auto const bare = trim(line);
        if (is_first && bare != "---") return {};
        if (!is_first && (bare == "---" || bare == "...")) return found;
        if (!is_first) found.push_back(line);
        is_first = false;
    }
    return {};  // never closed: not front matter
}

std::string without_quotes(std::string_view text) {
    text = trim(text);
    bool const is_quoted =
        text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
    return std::string(is_quoted ? text.substr(1, text.size() - 2) : text);
}

// The value of a top-level key with one line of text.
std::string front_matter_value(const std::vector<std::string>& lines, std::string_view key) {
    for (auto const& line : lines)
        if (line.starts_with(std::string(key) + ":"))
            return without_quotes(std::string_view(line).substr(key.size() + 1));
    return {};
}

std::string first_heading(std::string_view text) {
    for (auto const& line : split(text, '\n'))
        if (line.starts_with("# ")) return std::string(trim(std::string_view(line).substr(2)));
    return {};
}

std::string stem_of(std::string_view file_name) {
    auto name = std::string(file_name.substr(
        file_name.find_last_of("/\\") == std::string_view::npos ? 0 : file_name.find_last_of("/\\") + 1));
    auto const dot = name.rfind('.');
    if (dot != std::string::npos && dot > 0 && !is_digit(name[std::min(dot + 1, name.size() - 1)])) name.resize(dot);
    return name;
}

// "6.1" of "standard-terms-6.1", "Terms v6.1", "terms_6.1".
std::optional<std::string> number_at_end(std::string_view stem) {
    auto start = stem.size();
    while (start > 0 && (is_digit(stem[start - 1]) || stem[start - 1] == '.')) --start;
    auto number = std::string(stem.substr(start));
    bool const stands_alone = start == 0 || stem[start - 1] == '-' || stem[start - 1] == '_' ||
                              stem[start - 1] == ' ' || stem[start - 1] == 'v';
    if (!stands_alone || !lifecycle::parse_version(number)) return std::nullopt;
    return number;
}

TermsPart part_of(std::string_view said, std::string_view title, std::string_view stem) {
    auto const word = to_ascii_lower(said);
    if (word == "acceptable-use-policy" || word == "acceptable use policy") return TermsPart::acceptable_use_policy;
    if (word == "special" || word == "special-terms" || word == "special terms") return TermsPart::special_terms;
    if (word == "changes" || word == "published changes") return TermsPart::changes;
    if (word == "standard" || word == "standard-terms" || word == "standard terms") return TermsPart::standard_terms;
    for (auto const& each : {to_ascii_lower(title), to_ascii_lower(stem)}) {
        if (each.find("acceptable use") != std::string::npos || each.find("acceptable-use") != std::string::npos ||
            each.find("acceptable_use") != std::string::npos)
            return TermsPart::acceptable_use_policy;
        if (each.find("special terms") != std::string::npos || each.find("special-terms") != std::string::npos ||
            each.find("additional product") != std::string::npos)
            return TermsPart::special_terms;
        if (each.starts_with("changes") || each.ends_with("changes") ||
            each.find("published changes") != std::string::npos)
            return TermsPart::changes;
    }
    return TermsPart::standard_terms;
}

std::string& part_of(lifecycle::TermsVersion& terms, TermsPart part) {
    switch (part) {
        case TermsPart::acceptable_use_policy: return terms.acceptable_use_policy;
        case TermsPart::changes: return terms.changes;
        case TermsPart::standard_terms:
        case TermsPart::special_terms: break;
    }
    return terms.standard_terms;
}

// Whichever way their lines end: mail and version control turn one into the other.
bool is_same_text(std::string_view one, std::string_view other) {
    const auto next = [](std::string_view& text) {
        if (text.starts_with("\r\n")) text.remove_prefix(1);
        const char c = text.front();
        text.remove_prefix(1);
        return c;
    };
    while (!one.empty() && !other.empty())
        if (next(one) != next(other)) return false;
    return one.empty() && other.empty();
}

}  // namespace

std::string_view to_words(TermsPart part) {
    switch (part) {
        case TermsPart::standard_terms: return "standard terms";
        case TermsPart::acceptable_use_policy: return "acceptable use policy";
        case TermsPart::changes: return "published changes";
        case TermsPart::special_terms: return "special terms";
    }
    return "";
}

Result<TermsDocument> read_terms_document(std::string_view file_name, std::string_view bytes) {
    if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
    if (is_blank(bytes)) return fail("not_markdown", "The document is empty.");
    if (bytes.size() > document_size_max)
        return fail("too_large",
                    "The document is larger than " + std::to_string(document_size_max / 1024 / 1024) + " MB.");
    if (!is_valid_utf8(bytes) || bytes.find('\0') != std::string_view::npos)
        return fail("not_markdown", "The document is not text in UTF-8.");
    auto const matter = front_matter(bytes);
    auto const stem = stem_of(file_name);
    TermsDocument document{.file_name = std::string(file_name),
                           .title = front_matter_value(matter, "title"),
                           .markdown = std::string(bytes)};
    if (document.title.empty()) document.title = first_heading(bytes);
    if (document.title.empty()) document.title = stem;
    document.part = part_of(front_matter_value(matter, "part"), document.title, stem);
    if (auto product = front_matter_value(matter, "product"); !product.empty()) document.product = std::move(product);
    if (auto const version = front_matter_value(matter, "version"); !version.empty()) {
        if (!lifecycle::parse_version(version))
            return fail("bad_version",
                        "The front matter says version “" + version +
                            "”. A version is one to four numbers with dots between, such as 6.1.",
                        "version");
        document.version = version;
    }
    return document;
}

std::optional<std::string> suggest_version(const lifecycle::Workspace& workspace, const TermsDocument& document) {
    if (document.version) return document.version;
    if (document.part == TermsPart::special_terms) return std::nullopt;
    // Nothing becomes the terms of an agreement by guessing that does not call itself terms: a README that came along
    // stays out.
    auto const words = to_ascii_lower(document.title + " " + stem_of(document.file_name));
    if (document.part == TermsPart::standard_terms && words.find("terms") == std::string::npos &&
        words.find("agreement") == std::string::npos)
        return std::nullopt;
    auto const named = number_at_end(stem_of(document.file_name));
    auto lacks_part = [&](const lifecycle::TermsVersion& terms) {
        auto copy = terms;
        return part_of(copy, document.part).empty();
    };
    auto const is_named = [&](const lifecycle::TermsVersion& terms) { return named && terms.version == *named; };
    if (std::any_of(workspace.terms.begin(), workspace.terms.end(),
                    [&](const auto& terms) { return is_named(terms) && lacks_part(terms); }))
        return named;
    // The same text again belongs where it is.
    for (auto const& terms : workspace.terms) {
        auto copy = terms;
        if (is_same_text(part_of(copy, document.part), document.markdown)) return terms.version;
    }
    const lifecycle::TermsVersion* oldest = nullptr;
    for (auto const& terms : workspace.terms) {
        bool const wants = document.part == TermsPart::standard_terms ? terms.imported_stub
                                                                      : !terms.imported_stub && lacks_part(terms);
        if (wants && (!oldest || terms.order() < oldest->order())) oldest = &terms;
    }
    if (oldest) return oldest->version;
    return named;
}

Result<TermsPlan> plan_terms(const lifecycle::Workspace& workspace, std::span<const TermsDocument> documents,
                             const std::string& version, std::string_view title, Instant now) {
    auto const* here = workspace.find_terms(version);
    if (!here && !lifecycle::parse_version(version))
        return fail("bad_version",
                    "“" + version + "” is not a version: one to four numbers with dots between, such as 6.1.",
                    "version");
    for (auto const& each : workspace.terms)
        if (!here && lifecycle::parse_version(each.version) == lifecycle::parse_version(version))
            return fail("same_version",
                        "“" + version + "” is the same number as “" + each.version +
                            "”, which is here already. Write it like that, or give the document a version of its own.",
                        "version");
    lifecycle::TermsVersion terms = here ? *here : lifecycle::TermsVersion{};
    if (!here) {
        terms.version = version;
        terms.published_at = now;
    }
    auto const before = terms;
    bool const had_text = !terms.standard_terms.empty();
    std::vector<TermsPart> given;
    for (auto const& document : documents) {
        if (document.part == TermsPart::special_terms)
            return fail("special_terms",
                        "These are special terms. They belong to an API product, not to a terms version: import them "
                        "on their own.",
                        document.file_name);
        if (std::find(given.begin(), given.end(), document.part) != given.end())
            return fail(
                "part_twice",
                "Two documents are the " + std::string(to_words(document.part)) + " of version " + version + ".",
                document.file_name);
        given.push_back(document.part);
        auto& text = part_of(terms, document.part);
        if (!text.empty() && !is_same_text(text, document.markdown))
            return fail("text_differs",
                        "Version " + version + " already has other " + std::string(to_words(document.part)) +
                            ". A text that agreements rest on does not change; give the document a version of its own.",
                        document.file_name);
        if (text.empty()) text = document.markdown;
        if (document.part == TermsPart::standard_terms && !had_text) terms.title = document.title;
    }
    if (terms.standard_terms.empty())
        return fail("no_standard_terms",
                    "Version " + version + " has no standard terms yet. Import those first, or together.",
                    documents.empty() ? std::string() : documents.front().file_name);
    if (!is_blank(title) && had_text && title != terms.title)
        return fail("title_differs",
                    "Version " + version + " is called “" + terms.title +
                        "” already. The title of a text that agreements rest on does not change; leave it out, or give "
                        "the document a version of its own.",
                    "title");
    if (!is_blank(title)) terms.title = title;
    terms.imported_stub = false;
    TermsPlan plan;
    if (here && terms == before) {
        plan.same = 1;
        return plan;
    }
    ++(here ? plan.changed : plan.fresh);
    plan.events.push_back({.at = now,
                           .by = {.role = lifecycle::Role::system},
                           .account = {},
                           .entity = version,
                           .body = lifecycle::TermsImported{std::move(terms)}});
    return plan;
}

Result<TermsPlan> plan_special_terms(const lifecycle::Workspace& workspace, const TermsDocument& document,
                                     std::string_view product, Instant now) {
    auto const* found = workspace.find_product(product);
    for (auto const& [_, each] : workspace.products)
        if (!found && to_ascii_lower(each.name) == to_ascii_lower(product)) found = &each;
    if (!found)
        return fail("unknown_product",
                    "There is no API product “" + std::string(product) +
                        "”. Special terms say in their front matter for which product they are: product: <id or name>.",
                    document.file_name);
    TermsPlan plan;
    if (is_same_text(found->special_terms, document.markdown)) {
        plan.same = 1;
        return plan;
    }
    auto changed = *found;
    changed.special_terms = document.markdown;
    plan.changed = 1;
    plan.events.push_back({.at = now,
                           .by = {.role = lifecycle::Role::system},
                           .account = {},
                           .entity = changed.id,
                           .body = lifecycle::ProductImported{std::move(changed)}});
    return plan;
}

}  // namespace ca::interop
