#include "documents/agreement_document.h"

#include "base/sha256.h"
#include "base/text.h"
#include "documents/markdown.h"
#include "documents/record_text.h"
#include "lifecycle/views.h"

#include <algorithm>

namespace ca::documents {

namespace {

using lifecycle::SignatureType;
using lifecycle::State;
using lifecycle::Substate;

constexpr std::string_view en_dash = "\xe2\x80\x93";

// ---- Small pieces -----------------------------------------------------------------------------------------

Heading heading(int level, std::string words, std::string id) {
    return {level, plain(std::move(words)), std::move(id)};
}

Paragraph paragraph(std::string words) { return {plain(std::move(words))}; }

Run strong(std::string words) { return {.text = std::move(words), .emphasis = Emphasis::bold}; }

// One below the other in one field, each in its own direction.
Inline lines(const std::vector<std::string>& texts) {
    Inline all;
    for (const std::string& text : texts) {
        if (text.empty()) continue;
        if (!all.empty()) all.back().line_break_after = true;
        all.push_back({.text = isolated(text)});
    }
    return all;
}

std::string or_else(const std::optional<std::string>& value, std::string_view otherwise) {
    return value && !value->empty() ? *value : std::string(otherwise);
}
std::string or_else(const std::optional<Date>& value, std::string_view otherwise) {
    return value ? format_words(*value) : std::string(otherwise);
}

std::string spaced_dash(std::string_view a, std::string_view b) {
    return isolated(a) + " " + std::string(en_dash) + " " + isolated(b);
}

std::string name_and_code(std::string_view name, std::string_view code) {
    return isolated(name) + " (" + isolated(code) + ")";
}

// The words of terms bind as they stand: what cannot be set is refused.
void bind(Inline& text) {
    for (Run& run : text) run.no_glyph = NoGlyph::refuse;
}
void bind(Row& row) {
    for (Cell& cell : row) bind(cell.text);
}
void bind(Blocks& blocks) {
    for (Block& block : blocks) {
        if (auto* heading = std::get_if<Heading>(&block)) bind(heading->text);
        else if (auto* words = std::get_if<Paragraph>(&block)) bind(words->text);
        else if (auto* quote = std::get_if<Quote>(&block)) bind(quote->blocks);
        else if (auto* note = std::get_if<Note>(&block)) bind(note->blocks);
        else if (auto* list = std::get_if<List>(&block)) {
            for (ListItem& item : list->items) bind(item.blocks);
        } else if (auto* table = std::get_if<Table>(&block)) {
            bind(table->header);
            for (Row& row : table->rows) bind(row);
        }
    }
}
Run bound(Run run) {
    run.no_glyph = NoGlyph::refuse;
    return run;
}

Result<Markdown> read_text(std::string_view markdown, const std::string& what, const MarkdownOptions& options) {
    auto read = parse_markdown(markdown, options);
    if (!read) {
        Error error = read.error();
        error.where = error.where.empty() ? what : what + ", " + error.where;
        return std::unexpected(std::move(error));
    }
    bind(read->blocks);
    return read;
}

void append(Blocks& blocks, Blocks more) { std::ranges::move(more, std::back_inserter(blocks)); }

void append_missing(Blocks& blocks, const std::string& what) {
    blocks.emplace_back(
        Note{"Not held",
             {paragraph(
                 "The text of " + what +
                 " has not been supplied to this portal. Ask NHS England for it before you rely on this document.")}});
}

std::string days(int count) { return std::to_string(count) + (count == 1 ? " day" : " days"); }

// ---- What a state means -----------------------------------------------------------------------------------

bool was_accepted(const AgreementRecord& record) { return record.accepted_on.has_value(); }

std::string ending_words(const AgreementRecord& record) {
    if (record.ended_why.empty()) return {};
    return isolated(record.ended_why) + (record.ended_at ? " on " + format_words(london_date(*record.ended_at)) : "");
}

// "Cancelled: not accepted in time, on 30 October 2025. It was never in force."
Blocks state_note(const AgreementRecord& record) {
    std::vector<std::string> sentences;
    std::string label;
    switch (record.state) {
        case State::active: {
            if (!record.end_date) return {};
            label = "Active, and will end";
            sentences.push_back("This agreement is in force and ends on " + format_words(*record.end_date) +
                                (record.end_reason.empty() ? "." : ": " + isolated(record.end_reason)));
            break;
        }
        case State::draft: {
            label = "Draft";
            bool const by_hand = record.signature_type == SignatureType::accepted_via_portal;
            sentences.push_back("This agreement has not been accepted and is not in force.");
            if (record.substate == Substate::awaiting_review) {
                sentences.push_back(
                    "NHS England is preparing it. No action is needed until it has been issued for review.");
            } else if (record.review.paused()) {
                sentences.push_back("Its review is paused since " + format_words(record.review.pauses.back().from) +
                                    ".");
            } else if (by_hand) {
                sentences.push_back("An onboarding contact may accept it up to and including " +
                                    format_words(record.review.last_day()) + ", the last of " +
                                    days(record.review.window_days) +
                                    ". If it is not accepted by then, it is cancelled.");
            } else {
                sentences.push_back(
                    "The last day of its review is " + format_words(record.review.last_day()) + ", the last of " +
                    days(record.review.window_days) +
                    ". After that it is accepted automatically, unless a query about it is still open.");
            }
            break;
        }
        case State::expired:
            label = "Expired";
            sentences.push_back("This agreement is no longer in force.");
            if (std::string const why = ending_words(record); !why.empty())
                sentences.push_back("Why and when: " + why + ".");
            if (record.end_date)
                sentences.push_back("Its end date was " + format_words(*record.end_date) +
                                    (record.end_reason.empty() ? "." : ": " + isolated(record.end_reason)));
            break;
        case State::cancelled:
            label = "Cancelled";
            sentences.push_back("This agreement was never accepted and has never been in force.");
            if (std::string const why = ending_words(record); !why.empty())
                sentences.push_back("Why and when: " + why + ".");
            if (record.replaced_by) sentences.push_back("It was replaced by " + *record.replaced_by + ".");
            break;
    }
    return {Note{label, {paragraph(join(sentences, " "))}}};
}

// ---- The parts of an agreement ----------------------------------------------------------------------------

// Where the agreement stands in time: "Not yet accepted", or "Never accepted" once it cannot be any more.
std::string not_accepted(const AgreementRecord& record) {
    return record.state == State::draft ? "Not yet accepted" : "Never accepted";
}
std::string not_started(const AgreementRecord& record) {
    return record.state == State::draft ? "Not yet started" : "Never started";
}
// An import does not say when what had gone out already was issued (R33).
std::string not_issued(const AgreementRecord& record) {
    if (record.substate == Substate::awaiting_review) return "Not yet issued";
    const bool was_withdrawn =
        record.state == State::cancelled && record.contacts.empty() && !record.notified_elsewhere;
    return was_withdrawn ? "Never issued" : "Not known here";
}

std::string state_in_words(State state, const std::optional<Substate>& substate) {
    std::string words(to_words(state));
    if (substate) words += ", " + std::string(to_words(*substate));
    return words;
}

std::string terms_in_words(const AgreementRecord& record) {
    return record.terms_title.empty() ? record.terms_version : spaced_dash(record.terms_version, record.terms_title);
}

Inline product_names(const AgreementRecord& record) {
    std::vector<std::string> names;
    for (const ProductTerms& product : record.products)
        names.push_back(product.name.empty() ? product.id : product.name);
    return names.empty() ? plain("None") : lines(names);
}

// What a reader wants to know before anything else: who agrees with whom, about what, whether it binds, and since when.
void add_cover(Blocks& blocks, const AgreementRecord& record) {
    Run england = strong("NHS England");
    england.line_break_after = true;
    Inline parties{{.text = "between "},
                   std::move(england),
                   {.text = "and "},
                   strong(isolated(record.account_name)),
                   {.text = " (" + isolated(record.ods_code) + "), the Connecting Party"}};
    blocks.emplace_back(Paragraph{std::move(parties)});
    append(blocks, state_note(record));
    Fields fields;
    auto const add = [&](std::string name, Inline value) {
        fields.fields.push_back({std::move(name), std::move(value)});
    };
    add("API Products Applicable", product_names(record));
    add("Terms version", plain(terms_in_words(record)));
    add("State", plain(state_in_words(record.state, record.substate)));
    add("Accepted On", plain(or_else(record.accepted_on, not_accepted(record))));
    add("Accepted By", plain(or_else(record.pdf_accepted_by, not_accepted(record))));
    add("Start Date", plain(or_else(record.start_date, not_started(record))));
    blocks.emplace_back(std::move(fields));
}

// Every field of the agreement, in the guide's order.
Fields details(const AgreementRecord& record) {
    Fields fields;
    auto const add = [&](std::string name, Inline value) {
        fields.fields.push_back({std::move(name), std::move(value)});
    };
    add("Number", plain(record.number));
    add("Name", plain(record.name));
    add("Company Registration Number",
        lines({or_else(record.registration_number, "None held"), record.registration_reason}));
    add("Account", plain(name_and_code(record.account_name, record.ods_code)));
    add("API Products Applicable", product_names(record));
    add("Case", plain(or_else(record.case_number, "None")));
    add("State", plain(std::string(to_words(record.state))));
    add("Substate", plain(record.substate ? std::string(to_words(*record.substate)) : "None"));
    add("Signature type", plain(std::string(to_words(record.signature_type))));
    add("Accepted On", plain(or_else(record.accepted_on, not_accepted(record))));
    add("Accepted By", plain(or_else(record.pdf_accepted_by, not_accepted(record))));
    add("Start Date", plain(or_else(record.start_date, not_started(record))));
    add("End date", plain(or_else(record.end_date, "None")));
    add("Created", plain(format_words(record.created)));
    add("Issued", plain(or_else(record.issued, not_issued(record))));
    add("Terms version", plain(terms_in_words(record)));
    add("Contacts email addresses",
        record.contacts.empty() ? plain(record.notified_elsewhere ? "Not known here" : "Nobody has been notified yet")
                                : lines(record.contacts));
    add("Original Version", plain(record.original_version.empty() ? record.number : record.original_version));
    add("Superseded Contract", plain(or_else(record.superseded_contract, "None")));
    return fields;
}

struct Appendix {
    std::string title;
    std::string id;
    const ProductTerms* product;
};

std::vector<Appendix> special_appendices(const AgreementRecord& record) {
    std::vector<Appendix> appendices;
    int number = 2;
    for (const ProductTerms& product : record.products) {
        if (is_blank(product.special_terms)) continue;
        std::string const label = std::to_string(number++);
        appendices.push_back(
            {spaced_dash("Appendix " + label + ": Special terms", product.name.empty() ? product.id : product.name),
             "appendix-" + label, &product});
    }
    return appendices;
}

void add_products(Blocks& blocks, const AgreementRecord& record, const std::vector<Appendix>& appendices) {
    blocks.emplace_back(PageBreak{});
    blocks.emplace_back(heading(1, "Appendix 1: API Products Applicable", "appendix-1"));
    blocks.emplace_back(
        paragraph("The standard terms apply to each of these products. Where special terms apply to a product as well, "
                  "their appendix is named beside it."));
    Table table{.caption = "API Products Applicable and their special terms",
                .header = {{plain("API product")}, {plain("Special terms")}},
                .rows = {}};
    for (const ProductTerms& product : record.products) {
        auto const own = std::ranges::find(appendices, &product, &Appendix::product);
        Inline terms = plain("None");
        if (own != appendices.end())
            terms = {Run{.text = own->title.substr(0, own->title.find(':')), .link = "#" + own->id}};
        table.rows.push_back({{plain(product.name.empty() ? product.id : product.name)}, {std::move(terms)}});
    }
    if (table.rows.empty()) blocks.emplace_back(paragraph("No products are recorded."));
    else blocks.emplace_back(std::move(table));
}

Result<> add_terms(Blocks& blocks, std::string_view markdown, const std::string& title, const std::string& id,
                   const std::string& what) {
    blocks.emplace_back(PageBreak{});
    blocks.emplace_back(heading(1, title, id));
    if (is_blank(markdown)) {
        append_missing(blocks, what);
        return {};
    }
    Markdown read = CA_TRY(read_text(markdown, what, {.top_level = 2, .id_prefix = id + "-", .lift_title = true}));
    // "Special terms for …" under "Appendix 2: Special terms – …" would say the same twice.
    bool const says_more =
        !read.title.empty() && read.title != title && !to_ascii_lower(read.title).starts_with("special terms");
    if (says_more) blocks.emplace_back(Paragraph{{bound(strong(read.title))}});
    append(blocks, std::move(read.blocks));
    return {};
}

// The fingerprints say which texts were accepted, letter by letter.
void add_acceptance(Blocks& blocks, const AgreementRecord& record) {
    blocks.emplace_back(PageBreak{});
    blocks.emplace_back(heading(1, "Acceptance record", "acceptance-record"));
    if (!was_accepted(record)) {
        blocks.emplace_back(paragraph(record.state == State::draft ? "This agreement has not been accepted."
                                                                   : "This agreement was never accepted."));
    }
    Fields fields;
    auto const add = [&](std::string name, std::string value) {
        fields.fields.push_back({std::move(name), plain(std::move(value))});
    };
    auto const add_fingerprint = [&](std::string of_what, std::string_view text) {
        fields.fields.push_back({"SHA-256 of " + std::move(of_what), {Run{.text = sha256_hex(text), .code = true}}});
    };
    if (was_accepted(record)) {
        bool const by_hand = record.signature_type == SignatureType::accepted_via_portal;
        add("Accepted By", or_else(record.pdf_accepted_by, "Not recorded"));
        if (by_hand) {
            add("Onboarding contact", or_else(record.accepted_by, "Not recorded"));
            add("Statement accepted", "\xe2\x80\x9cI have read and understood the terms and conditions\xe2\x80\x9d");
        } else {
            add("How", "Accepted automatically after the review period of " + days(record.review.window_days) +
                           ". No person accepted it by hand, so no name is recorded.");
        }
        add("Accepted On", format_words(*record.accepted_on));
        add("Start Date", or_else(record.start_date, "Not recorded"));
    }
    add("Terms version", record.terms_version);
    if (!record.standard_terms.empty()) add_fingerprint("the standard terms", record.standard_terms);
    if (!record.acceptable_use_policy.empty()) add_fingerprint("Appendix 1A", record.acceptable_use_policy);
    for (const ProductTerms& product : record.products) {
        if (!is_blank(product.special_terms))
            add_fingerprint("the special terms for " + isolated(product.name.empty() ? product.id : product.name),
                            product.special_terms);
    }
    blocks.emplace_back(std::move(fields));
}

void add_contacts(Blocks& blocks, const AgreementRecord& record) {
    blocks.emplace_back(heading(1, "Notified contacts", "notified-contacts"));
    if (record.contacts.empty()) {
        blocks.emplace_back(paragraph(record.notified_elsewhere
                                          ? "Who was notified about this agreement is not known here: it was imported, "
                                            "and its record does not say."
                                          : "Nobody has been notified about this agreement yet."));
        return;
    }
    blocks.emplace_back(
        paragraph("These people and addresses were notified about this agreement. A registered onboarding contact of "
                  "the account is shown by name."));
    List list;
    for (const std::string& contact : record.contacts)
        list.items.push_back({"\xe2\x80\xa2", {paragraph(isolated(contact))}});
    blocks.emplace_back(std::move(list));
}

void add_lineage(Blocks& blocks, const AgreementRecord& record) {
    blocks.emplace_back(heading(1, "Lineage", "lineage"));
    std::string const original = record.original_version.empty() ? record.number : record.original_version;
    blocks.emplace_back(
        paragraph("The Original Version is " + original + (original == record.number ? ", this agreement. " : ". ") +
                  (record.superseded_contract ? "This agreement supersedes " + *record.superseded_contract + "."
                                              : "This agreement supersedes no other.")));
    if (record.lineage.empty()) return;
    Table table{.caption = "Agreements in this line, oldest first",
                .header = {{plain("Number")},
                           {plain("Signature type")},
                           {plain("Terms version")},
                           {plain("State")},
                           {plain("Start Date")},
                           {plain("Ended")}},
                .rows = {},
                .header_column = true};
    for (const LineageStep& step : record.lineage) {
        std::string const ended = step.ended_at ? format_words(london_date(*step.ended_at)) +
                                                      (step.ended_why.empty() ? "" : ", " + isolated(step.ended_why))
                                                : "\xe2\x80\x93";
        table.rows.push_back(
            {{step.number == record.number ? lines({step.number, "this agreement"}) : plain(step.number)},
             {plain(step.signature_type)},
             {plain(step.terms_version)},
             {plain(step.state)},
             {plain(or_else(step.start_date, en_dash))},
             {plain(ended)}});
    }
    blocks.emplace_back(std::move(table));
}

// A document of one text: its title as the only heading of level 1.
Result<Document> single(std::string_view markdown, const std::string& title, const std::string& what, bool own_title) {
    Markdown read = CA_TRY(read_text(markdown, what, {.top_level = 2, .id_prefix = "text-", .lift_title = true}));
    Document document;
    document.title = own_title && !read.title.empty() ? read.title : title;
    document.blocks.emplace_back(heading(1, document.title, "title"));
    if (own_title) bind(document.blocks);
    if (!own_title && !read.title.empty() && read.title != title)
        document.blocks.emplace_back(Paragraph{{bound(strong(read.title))}});
    append(document.blocks, std::move(read.blocks));
    document.running_header = document.title;
    return document;
}

// ---- What changed -----------------------------------------------------------------------------------------

Fields count_fields(const Counts& counts) {
    Fields fields;
    for (auto const& [name, count] : {std::pair{"Changed clauses", counts.changed},
                                      {"Moved clauses", counts.moved},
                                      {"Added clauses", counts.added},
                                      {"Removed clauses", counts.removed},
                                      {"Clauses that are the same", counts.same}}) {
        fields.fields.push_back({name, plain(std::to_string(count))});
    }
    return fields;
}

// A number alone says little to who reads headings only: "4.2 Duties of the Connecting Party".
std::string full_name(const Clause& clause) {
    ClausePlace const& place = clause.after ? *clause.after : *clause.before;
    bool const bare = place.title.empty() && !place.number.empty() && !place.section.empty();
    return bare ? place.number + " (" + place.section + ")" : clause.name();
}

std::string where_it_stands(const std::optional<ClausePlace>& place) {
    if (!place) return std::string(en_dash);
    return place->path.empty() ? "text without a heading" : place->path;
}

std::string what_happened(const Clause& clause) {
    std::string words(to_words(clause.change));
    words.front() = static_cast<char>(words.front() - 'a' + 'A');
    if (clause.change == ClauseChange::moved && clause.words_changed) words += ", with changed words";
    if (!clause.words_changed && !clause.links.empty())
        words += clause.change == ClauseChange::moved ? ", with a changed link" : ": a link";
    return words;
}

std::string change_sentence(const Clause& clause) {
    std::string sentence = what_happened(clause) + ".";
    if (clause.change == ClauseChange::moved)
        sentence += " Before: " + isolated(where_it_stands(clause.before)) +
                    ". Now: " + isolated(where_it_stands(clause.after)) + ".";
    else if (clause.renumbered && clause.before)
        sentence += " Before, its number was " + (clause.before->number.empty() ? "none" : clause.before->number) + ".";
    return sentence;
}

// What stands below the clause's own heading.
void tell_change(Blocks& told, const Clause& clause) {
    told.emplace_back(Paragraph{{strong(change_sentence(clause))}});
    bool const title_changed =
        std::ranges::any_of(clause.title, [](const Run& run) { return run.change != Change::none; });
    if (title_changed) {
        Inline title{strong("Heading: ")};
        title.insert(title.end(), clause.title.begin(), clause.title.end());
        told.emplace_back(Paragraph{std::move(title)});
    }
    if (!clause.note.empty()) told.emplace_back(paragraph(clause.note));
    append(told, clause.blocks);
    for (const LinkChange& link : clause.links) told.emplace_back(Paragraph{link_sentence(link)});
}

// A table of the clauses that are not the same, and then each of them; `before` and `after` name the versions.
Blocks changed_clauses(const Comparison& comparison, const std::string& before, const std::string& after) {
    Table summary{.caption = "Clauses that are not the same",
                  .header = {{plain("Clause")}, {plain("What happened")}, {plain(before)}, {plain(after)}},
                  .rows = {},
                  .header_column = true};
    Blocks told;
    std::string part;
    std::size_t position = 0;
    for (const Clause& clause : comparison.clauses) {
        if (clause.change == ClauseChange::same && clause.note.empty()) continue;
        std::string const id = "change-" + std::to_string(++position);
        summary.rows.push_back({{{Run{.text = clause.name(), .link = "#" + id}}},
                                {plain(what_happened(clause))},
                                {plain(where_it_stands(clause.before))},
                                {plain(where_it_stands(clause.after))}});
        if (clause.part != part && !clause.part.empty()) {
            told.emplace_back(heading(2, clause.part, "part-" + std::to_string(position)));
        }
        part = clause.part;
        told.emplace_back(heading(clause.part.empty() ? 2 : 3, full_name(clause), id));
        tell_change(told, clause);
    }
    told.insert(told.begin(), Block(std::move(summary)));
    bind(told);
    return told;
}

}  // namespace

std::string status_words(const AgreementRecord& record) {
    auto const with = [](std::string_view state, std::string_view words) {
        return words.empty() ? std::string(state) : spaced_dash(state, words);
    };
    switch (record.state) {
        case State::active: return {};
        case State::draft:
            if (record.substate == Substate::awaiting_review)
                return with("DRAFT", "awaiting review, not issued and not accepted");
            if (record.review.paused()) return with("DRAFT", "under review, review paused, not accepted");
            return with("DRAFT", "under review, not accepted");
        // The reason may be long: it stands in the note on the cover.
        case State::expired:
            return with("EXPIRED",
                        "no longer in force" +
                            (record.ended_at ? " since " + format_words(london_date(*record.ended_at)) : ""));
        case State::cancelled:
            return with("CANCELLED",
                        "never in force" +
                            (record.ended_at ? ", cancelled on " + format_words(london_date(*record.ended_at)) : ""));
    }
    return {};
}

AgreementRecord record_of(const lifecycle::Workspace& workspace, const lifecycle::Agreement& agreement) {
    lifecycle::AgreementView const shown = lifecycle::view(workspace, agreement, workspace.now);
    AgreementRecord record;
    record.number = agreement.number;
    record.name = shown.name;
    lifecycle::Party const party = lifecycle::party_of(workspace, agreement);
    record.registration_number = party.registration_number;
    record.registration_reason = party.registration_reason;
    record.ods_code = agreement.account;
    record.account_name = party.name;
    for (const std::string& id : agreement.products) {
        const lifecycle::Product* product = workspace.find_product(id);
        record.products.push_back(product ? ProductTerms{id, product->name, product->special_terms}
                                          : ProductTerms{id, id, {}});
    }
    record.case_number = shown.case_number;
    record.state = agreement.state;
    record.substate = agreement.substate;
    record.signature_type = agreement.signature_type;
    record.accepted_on = shown.accepted_on;
    record.accepted_by = shown.accepted_by;
    record.pdf_accepted_by = shown.pdf_accepted_by;
    record.start_date = shown.start_date;
    record.end_date = shown.end_date;
    record.end_reason = agreement.end_reason.value_or("");
    record.created = agreement.created;
    record.issued = shown.issued;
    record.review = agreement.review;
    record.ended_at = agreement.ended_at;
    record.ended_why = agreement.ended_why;
    record.replaced_by = agreement.replaced_by;
    record.terms_version = agreement.terms_version;
    if (const lifecycle::TermsVersion* terms = workspace.find_terms(agreement.terms_version)) {
        record.terms_title = terms->title;
        record.standard_terms = terms->standard_terms;
        record.acceptable_use_policy = terms->acceptable_use_policy;
    }
    record.contacts = shown.contacts;
    if (lifecycle::notified_elsewhere(agreement)) record.notified_elsewhere = true;
    record.original_version = shown.original_version;
    record.superseded_contract = shown.superseded_contract;
    for (const std::string& number : lifecycle::lineage(workspace, agreement)) {
        const lifecycle::Agreement* step = workspace.find_agreement(number);
        if (!step) continue;
        record.lineage.push_back({step->number, std::string(to_words(step->signature_type)), step->terms_version,
                                  state_in_words(step->state, step->substate), step->start_date, step->ended_at,
                                  step->ended_why});
    }
    return record;
}

Result<Document> agreement_document(const AgreementRecord& kept, std::vector<Attachment> attachments) {
    AgreementRecord record = kept;
    show_texts(record);
    Document document;
    document.title = "Connection Agreement " + record.number;
    document.author = "NHS England";
    document.subject = record.name;
    std::vector<std::string> keywords = {record.number, record.ods_code, "terms version " + record.terms_version};
    for (const ProductTerms& product : record.products)
        keywords.push_back(product.name.empty() ? product.id : product.name);
    document.keywords = join(keywords, ", ");
    document.created = record.created;
    document.status = status_words(record);
    document.running_header = spaced_dash(document.title, record.name);
    document.running_footer = record.number + ", terms version " + isolated(record.terms_version);
    document.attachments = std::move(attachments);

    Blocks& blocks = document.blocks;
    blocks.emplace_back(heading(1, document.title, "agreement"));
    add_cover(blocks, record);
    blocks.emplace_back(PageBreak{});
    blocks.emplace_back(heading(2, "Agreement details", "details"));
    blocks.emplace_back(details(record));
    blocks.emplace_back(PageBreak{});
    blocks.emplace_back(heading(2, "Contents", "contents"));
    blocks.emplace_back(Contents{2});

    std::vector<Appendix> const appendices = special_appendices(record);
    CA_TRY_VOID(add_terms(blocks, record.standard_terms, "Standard terms", "standard-terms",
                          "the standard terms, version " + record.terms_version));
    add_products(blocks, record, appendices);
    CA_TRY_VOID(add_terms(blocks, record.acceptable_use_policy,
                          "Appendix 1A: End User Organisation Acceptable Use Policy", "appendix-1a",
                          "the acceptable use policy of version " + record.terms_version));
    for (const Appendix& appendix : appendices) {
        CA_TRY_VOID(add_terms(blocks, appendix.product->special_terms, appendix.title, appendix.id,
                              "the special terms for " + appendix.product->name));
    }
    add_acceptance(blocks, record);
    add_contacts(blocks, record);
    add_lineage(blocks, record);
    return document;
}

Result<Document> terms_document(std::string_view markdown, const std::string& title) {
    return single(markdown, title, "the text", true);
}

Result<Document> acceptable_use_policy_document(const lifecycle::TermsVersion& terms) {
    std::string const version = isolated(shown_line(terms.version));
    Document document = CA_TRY(single(terms.acceptable_use_policy, "End User Organisation Acceptable Use Policy",
                                      "the acceptable use policy", false));
    document.subject = "Appendix 1A of the Connection Agreement, terms version " + version;
    document.running_footer = document.subject;
    document.created = terms.published_at;
    document.blocks.insert(
        document.blocks.begin() + 1,
        Block(paragraph(
            "Appendix 1A of the Connection Agreement, terms version " + version +
            ". Share this policy with every customer who uses your products to reach NHS England services.")));
    return document;
}

Result<Document> published_changes_document(const lifecycle::TermsVersion& terms) {
    std::string const version = isolated(shown_line(terms.version));
    std::string const title = "Connection Agreement Published Changes: version " + version;
    Document document = CA_TRY(single(terms.changes, title, "the published changes", false));
    document.subject = shown_line(terms.title);
    document.running_footer =
        "Terms version " + version + ", published on " + format_words(london_date(terms.published_at));
    document.created = terms.published_at;
    document.blocks.insert(document.blocks.begin() + 1,
                           Block(paragraph("Published on " + format_words(london_date(terms.published_at)) + ".")));
    return document;
}

Document comparison_document(const ComparisonTitles& titles, const Comparison& comparison) {
    Document document;
    std::string const before = shown_line(titles.before), after = shown_line(titles.after),
                      about = shown_line(titles.about);
    document.title = "What changed from " + isolated(before) + " to " + isolated(after);
    document.subject = about;
    document.running_header = about.empty() ? document.title : spaced_dash(document.title, about);
    Blocks& blocks = document.blocks;
    blocks.emplace_back(heading(1, document.title, "title"));
    if (!about.empty()) blocks.emplace_back(Paragraph{{strong(about)}});
    Counts const counts = comparison.counts();
    blocks.emplace_back(count_fields(counts));
    if (counts.nothing_changed()) {
        blocks.emplace_back(paragraph("Every clause is the same in both versions."));
        return document;
    }
    blocks.emplace_back(
        paragraph("A clause is the same where its words are, and its links lead where they led, also where it has "
                  "another number. Words that were added or removed are marked and named as such."));
    append(blocks, changed_clauses(comparison, before, after));
    return document;
}

Document case_document(const lifecycle::Workspace& workspace, const lifecycle::Case& the_case,
                       const std::vector<const lifecycle::CaseEntry*>& activity) {
    Document document;
    document.title = "Case " + shown_line(the_case.number);
    document.created = the_case.opened;
    document.running_header = document.title;
    if (!the_case.agreement.empty()) document.running_footer = "About agreement " + shown_line(the_case.agreement);
    const lifecycle::Account* account = workspace.find_account(the_case.account);
    Fields fields;
    auto const add = [&](std::string name, Inline value) {
        fields.fields.push_back({std::move(name), std::move(value)});
    };
    add("Number", plain(shown_line(the_case.number)));
    add("Kind", plain(the_case.kind == lifecycle::CaseKind::acceptance ? "Acceptance of a new agreement" : "Query"));
    add("State", plain(std::string(to_words(the_case.state))));
    add("Agreement", plain(the_case.agreement.empty() ? "None" : shown_line(the_case.agreement)));
    add("Account", plain(account ? name_and_code(shown_line(account->name), shown_line(account->ods_code))
                                 : shown_line(the_case.account)));
    add("Opened", plain(format_words(the_case.opened)));
    std::vector<std::string> watching;
    for (const std::string& one : the_case.watch_list) watching.push_back(shown_line(one));
    add("Watch list", watching.empty() ? plain("Nobody") : lines(watching));
    Blocks& blocks = document.blocks;
    blocks.emplace_back(heading(1, document.title, "title"));
    blocks.emplace_back(std::move(fields));
    blocks.emplace_back(heading(2, "Activity", "activity"));
    if (activity.empty()) blocks.emplace_back(paragraph("There are no entries."));
    std::size_t position = 0;
    for (const lifecycle::CaseEntry* entry : activity) {
        blocks.emplace_back(heading(3, spaced_dash(shown_line(entry->author), format_words(entry->at)),
                                    "entry-" + std::to_string(++position)));
        if (!entry->visible_to_customer)
            blocks.emplace_back(Paragraph{{strong("Work note, not visible to the customer.")}});
        // What people type is text, line by line, never Markdown.
        for (const std::string& line : split(shown_text(entry->text), '\n')) {
            if (!is_blank(line)) blocks.emplace_back(paragraph(std::string(trim(line))));
        }
    }
    return document;
}

}  // namespace ca::documents
