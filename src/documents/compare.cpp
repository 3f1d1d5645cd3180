#include "documents/compare.h"

#include "base/text.h"
#include "documents/clause_links.h"
#include "documents/clause_number.h"
#include "documents/clause_tree.h"
#include "documents/marked_blocks.h"
#include "documents/words.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

namespace ca::documents {

namespace {

constexpr std::size_t nobody = static_cast<std::size_t>(-1);

// How much two clauses must have in common to be the same clause: less where the number says so as well.
constexpr double akin_anywhere = 0.5;
constexpr double akin_by_number = 0.25;
constexpr std::size_t words_to_go_by = 4;  // a clause of fewer words is not found again by its words alone
constexpr std::string_view only_unseen =
    "It differs only in characters that are not seen, or in how accents are encoded.";
constexpr std::size_t phrase_words = 3;
constexpr std::size_t phrase_places_max = 8;  // a phrase that stands in more clauses tells nothing

struct Side {
    std::vector<ClauseNode> nodes;
    std::vector<std::vector<WordId>> words;  // title and body, in order
    std::vector<Content> body;
    std::vector<std::vector<WordId>> bag;  // sorted
    std::vector<std::vector<WordId>> title;
    std::vector<std::size_t> extent;  // words of the clause and of all clauses in it
    std::vector<std::size_t> partner;
    std::vector<bool> in_place;  // kept its order among its neighbours

    Side(std::vector<ClauseNode> tree, Vocabulary& vocabulary)
        : nodes(std::move(tree)), partner(nodes.size(), nobody), in_place(nodes.size(), false) {
        for (const ClauseNode& node : nodes) {
            std::vector<WordId> own;
            for (const Word& word : vocabulary.read(to_text(node.title))) own.push_back(word.id);
            title.push_back(own);
            body.push_back(content_of(node.body, vocabulary));
            own.insert(own.end(), body.back().words.begin(), body.back().words.end());
            words.push_back(own);
            std::ranges::sort(own);
            bag.push_back(std::move(own));
        }
        for (const auto& own : words) extent.push_back(own.size());
        for (std::size_t i = nodes.size(); i-- > 1;) extent[nodes[i].parent] += extent[i];
    }
    std::size_t size() const { return nodes.size(); }
    bool free(std::size_t node) const { return partner[node] == nobody; }
};

struct WordsHash {
    std::size_t operator()(const std::vector<WordId>& words) const {
        std::uint64_t hash = 1469598103934665603ULL;
        for (WordId const word : words) hash = (hash ^ static_cast<std::uint32_t>(word)) * 1099511628211ULL;
        return static_cast<std::size_t>(hash);
    }
};

class Matcher {
public:
    Matcher(Side& before, Side& after) : before_(before), after_(after) {}

    void match() {
        pair(0, 0);
        match_equal_words();
        for (int round = 0; round < 3; ++round) {
            std::size_t const known = pairs_;
            match_by_children();
            match_under_same_heading();
            match_by_likeness();
            if (pairs_ == known) break;
        }
        match_by_children();
        match_under_same_heading();
        find_moved();
    }

private:
    void pair(std::size_t b, std::size_t a) {
        before_.partner[b] = a;
        after_.partner[a] = b;
        ++pairs_;
    }
    double alike(std::size_t b, std::size_t a) const { return similarity(before_.bag[b], after_.bag[a]); }
    bool parents_are_partners(std::size_t b, std::size_t a) const {
        return before_.partner[before_.nodes[b].parent] == after_.nodes[a].parent;
    }

    // Word for word the same: clauses that occur once on each side are found wherever they stand. What is repeated
    // ("Not used.") waits for its heading.
    void match_equal_words() {
        struct Places {
            std::size_t before = nobody, after = nobody;
            bool once = true;
        };
        std::unordered_map<std::vector<WordId>, Places, WordsHash> places;
        for (std::size_t b = 1; b < before_.size(); ++b) {
            if (before_.words[b].size() < words_to_go_by) continue;
            Places& place = places[before_.words[b]];
            place.once = place.once && place.before == nobody;
            place.before = b;
        }
        for (std::size_t a = 1; a < after_.size(); ++a) {
            auto const place = places.find(after_.words[a]);
            if (place == places.end()) continue;
            place->second.once = place->second.once && place->second.after == nobody;
            place->second.after = a;
        }
        for (std::size_t a = 1; a < after_.size(); ++a) {
            auto const place = places.find(after_.words[a]);
            if (place != places.end() && place->second.once) pair(place->second.before, a);
        }
    }

    // Two headings are the same where most of the clauses under them are.
    void match_by_children() {
        for (std::size_t a = after_.size(); a-- > 1;) {
            if (!after_.free(a) || after_.nodes[a].children.empty()) continue;
            std::map<std::size_t, std::size_t> votes;
            for (std::size_t const child : after_.nodes[a].children) {
                if (after_.free(child)) continue;
                std::size_t const candidate = before_.nodes[after_.partner[child]].parent;
                if (candidate != 0 && before_.free(candidate)) ++votes[candidate];
            }
            std::size_t chosen = nobody;
            std::size_t most = 0;
            for (auto const& [candidate, count] : votes) {
                if (count > most) {
                    most = count;
                    chosen = candidate;
                }
            }
            if (chosen == nobody) continue;
            std::size_t const fewer = std::min(after_.nodes[a].children.size(), before_.nodes[chosen].children.size());
            if (most * 2 > fewer || before_.title[chosen] == after_.title[a]) pair(chosen, a);
        }
    }

    void match_under_same_heading() {
        for (std::size_t a = 0; a < after_.size(); ++a) {
            if (after_.free(a)) continue;
            std::vector<std::size_t> const old_children = free_children(before_, after_.partner[a]);
            std::vector<std::size_t> const new_children = free_children(after_, a);
            if (old_children.empty() || new_children.empty()) continue;
            match_by(
                old_children, new_children,
                [](const Side& side, std::size_t node) {
                    return Key{side.nodes[node].number, side.title[node], side.words[node]};
                },
                0);
            match_by(
                old_children, new_children,
                [](const Side& side, std::size_t node) {
                    return Key{{}, side.title[node], side.words[node]};
                },
                0);
            match_by(
                old_children, new_children,
                [](const Side& side, std::size_t node) {
                    return side.title[node].empty() ? std::optional<Key>{} : Key{{}, side.title[node], {}};
                },
                0);
            match_by(
                old_children, new_children,
                [](const Side& side, std::size_t node) {
                    return side.nodes[node].number.empty() ? std::optional<Key>{}
                                                           : Key{side.nodes[node].number, {}, {}};
                },
                akin_by_number);
        }
    }

    struct Key {
        std::string number;
        std::vector<WordId> title;
        std::vector<WordId> words;
        auto operator<=>(const Key&) const = default;
    };

    static std::vector<std::size_t> free_children(const Side& side, std::size_t node) {
        std::vector<std::size_t> found;
        for (std::size_t const child : side.nodes[node].children) {
            if (side.free(child)) found.push_back(child);
        }
        return found;
    }

    template<typename KeyOf>
    void match_by(const std::vector<std::size_t>& old_children, const std::vector<std::size_t>& new_children,
                  KeyOf key_of, double alike_at_least) {
        std::map<Key, std::pair<std::vector<std::size_t>, std::vector<std::size_t>>> groups;
        for (std::size_t const b : old_children) {
            if (!before_.free(b)) continue;
            if (std::optional<Key> key = key_of(before_, b)) groups[std::move(*key)].first.push_back(b);
        }
        for (std::size_t const a : new_children) {
            if (!after_.free(a)) continue;
            std::optional<Key> const key = key_of(after_, a);
            if (!key) continue;
            if (auto const group = groups.find(*key); group != groups.end()) group->second.second.push_back(a);
        }
        for (auto const& [key, group] : groups) {
            for (std::size_t i = 0; i < std::min(group.first.size(), group.second.size()); ++i) {
                if (alike(group.first[i], group.second[i]) >= alike_at_least) pair(group.first[i], group.second[i]);
            }
        }
    }

    // What is left is found by phrases: three words in a row that stand in few clauses.
    void match_by_likeness() {
        struct Candidate {
            double score;
            std::size_t before, after;
        };
        std::unordered_map<std::uint64_t, std::vector<std::size_t>> phrases;
        auto const each_phrase = [](const std::vector<WordId>& words, auto&& visit) {
            for (std::size_t i = 0; i + phrase_words <= words.size(); ++i) {
                std::uint64_t hash = 0;
                for (std::size_t j = 0; j < phrase_words; ++j)
                    hash = hash * 1000003ULL + static_cast<std::uint32_t>(words[i + j]) + 1;
                visit(hash);
            }
        };
        for (std::size_t b = 1; b < before_.size(); ++b) {
            if (!before_.free(b) || before_.words[b].size() < words_to_go_by) continue;
            each_phrase(before_.words[b], [&](std::uint64_t phrase) {
                auto& places = phrases[phrase];
                if (places.size() <= phrase_places_max && (places.empty() || places.back() != b)) places.push_back(b);
            });
        }
        std::vector<Candidate> candidates;
        for (std::size_t a = 1; a < after_.size(); ++a) {
            if (!after_.free(a) || after_.words[a].size() < words_to_go_by) continue;
            std::map<std::size_t, std::size_t> shared;
            each_phrase(after_.words[a], [&](std::uint64_t phrase) {
                auto const places = phrases.find(phrase);
                if (places == phrases.end() || places->second.size() > phrase_places_max) return;
                for (std::size_t const b : places->second) ++shared[b];
            });
            std::vector<std::pair<std::size_t, std::size_t>> best;
            for (auto const& [b, count] : shared) best.emplace_back(count, b);
            std::ranges::sort(best, std::greater{});
            if (best.size() > phrase_places_max) best.resize(phrase_places_max);
            for (auto const& [count, b] : best) {
                double score = alike(b, a);
                if (score < akin_anywhere) continue;
                if (parents_are_partners(b, a)) score += 0.1;
                candidates.push_back({score, b, a});
            }
        }
        std::ranges::sort(candidates, [](const Candidate& x, const Candidate& y) {
            return std::tuple(-x.score, x.before + x.after, x.before) <
                   std::tuple(-y.score, y.before + y.after, y.before);
        });
        for (const Candidate& candidate : candidates) {
            if (before_.free(candidate.before) && after_.free(candidate.after)) pair(candidate.before, candidate.after);
        }
    }

    // Under each heading that is in both versions: the longest row of clauses that kept their order has stayed, the
    // others have moved. Of rows equally long, the one with more words has stayed.
    void find_moved() {
        for (std::size_t a = 0; a < after_.size(); ++a) {
            if (after_.free(a)) continue;
            std::size_t const b = after_.partner[a];
            std::vector<std::size_t> row;  // children in new order that are under the same heading
            for (std::size_t const child : after_.nodes[a].children) {
                if (!after_.free(child) && before_.nodes[after_.partner[child]].parent == b) row.push_back(child);
            }
            for (std::size_t const child : longest_in_order(row))
                after_.in_place[child] = before_.in_place[after_.partner[child]] = true;
        }
    }

    std::vector<std::size_t> longest_in_order(const std::vector<std::size_t>& row) const {
        struct Best {
            std::size_t count = 0, words = 0;
            std::size_t last = nobody;  // index in row
            bool operator<(const Best& other) const {
                return std::tie(count, words) < std::tie(other.count, other.words);
            }
        };
        std::vector<std::size_t> ranks(row.size());
        {
            std::vector<std::size_t> sorted;
            for (std::size_t const child : row) sorted.push_back(after_.partner[child]);
            std::ranges::sort(sorted);
            for (std::size_t i = 0; i < row.size(); ++i)
                ranks[i] =
                    static_cast<std::size_t>(std::ranges::lower_bound(sorted, after_.partner[row[i]]) - sorted.begin());
        }
        // A Fenwick tree of the best row that ends at or before an old place.
        std::vector<Best> tree(row.size() + 1);
        std::vector<std::size_t> previous(row.size(), nobody);
        Best overall;
        for (std::size_t i = 0; i < row.size(); ++i) {
            Best best;
            for (std::size_t at = ranks[i]; at > 0; at -= at & (~at + 1)) best = std::max(best, tree[at]);
            previous[i] = best.last;
            Best const mine{best.count + 1, best.words + after_.extent[row[i]] + before_.extent[after_.partner[row[i]]],
                            i};
            for (std::size_t at = ranks[i] + 1; at <= row.size(); at += at & (~at + 1))
                tree[at] = std::max(tree[at], mine);
            overall = std::max(overall, mine);
        }
        std::vector<std::size_t> stayed;
        for (std::size_t at = overall.last; at != nobody; at = previous[at]) stayed.push_back(row[at]);
        return stayed;
    }

    Side& before_;
    Side& after_;
    std::size_t pairs_ = 0;
};

// ---- Paragraphs that were moved ---------------------------------------------------------------------------

// Takes paragraphs out of their clauses that stand, word for word, in another clause or in another order in the other
// version, and makes pairs of clauses of them.
class ParagraphMover {
public:
    ParagraphMover(Side& before, Side& after, Vocabulary& vocabulary)
        : before_(before), after_(after), vocabulary_(vocabulary) {}

    void move() {
        read(before_, old_blocks_);
        read(after_, new_blocks_);
        find_stayed();
        auto const old_places = by_words(before_, old_blocks_);
        for (auto const& [words, places] : by_words(after_, new_blocks_)) {
            auto const found = old_places.find(words);
            if (found == old_places.end()) continue;
            for (std::size_t i = 0; i < std::min(places.size(), found->second.size()); ++i)
                pairs_.push_back({found->second[i], places[i]});
        }
        if (!pairs_.empty()) take_out();
    }

private:
    struct Place {
        std::size_t node = 0, block = 0;
        auto operator<=>(const Place&) const = default;
    };
    struct BlockState {
        Content content;
        bool stayed = false;
    };
    using States = std::vector<std::vector<BlockState>>;

    void read(const Side& side, States& states) {
        states.resize(side.size());
        for (std::size_t node = 0; node < side.size(); ++node) {
            for (const Block& block : side.nodes[node].body) states[node].push_back({content_of(block, vocabulary_)});
        }
    }

    void find_stayed() {
        std::map<std::pair<std::size_t, Content>, WordId> ids;
        auto const row = [&](const Side& side, const States& states, std::size_t node) {
            std::vector<WordId> identities;
            for (std::size_t i = 0; i < states[node].size(); ++i) {
                identities.push_back(ids.try_emplace({side.nodes[node].body[i].index(), states[node][i].content},
                                                     static_cast<WordId>(ids.size()))
                                         .first->second);
            }
            return identities;
        };
        for (std::size_t a = 1; a < after_.size(); ++a) {
            if (after_.free(a)) continue;
            std::size_t const b = after_.partner[a];
            for (const Stretch& stretch : difference(row(before_, old_blocks_, b), row(after_, new_blocks_, a))) {
                if (!stretch.equal) continue;
                for (std::size_t i = 0; i < stretch.after_length; ++i)
                    old_blocks_[b][stretch.before + i].stayed = new_blocks_[a][stretch.after + i].stayed = true;
            }
        }
    }

    std::map<Content, std::vector<Place>> by_words(const Side& side, const States& states) const {
        std::map<Content, std::vector<Place>> places;
        for (std::size_t node = 1; node < side.size(); ++node) {
            // What a numbered clause begins with is what its number numbers.
            bool const numbered = !side.nodes[node].heading && !side.nodes[node].marker.empty();
            for (std::size_t block = numbered ? 1 : 0; block < states[node].size(); ++block) {
                BlockState const& state = states[node][block];
                if (state.stayed || state.content.words.size() < words_to_go_by ||
                    !std::holds_alternative<Paragraph>(side.nodes[node].body[block]))
                    continue;
                places[state.content].push_back({node, block});
            }
        }
        return places;
    }

    struct Rebuilt {
        Side side;
        std::vector<std::size_t> now;        // by old index; nobody: nothing was left of it
        std::map<Place, std::size_t> moved;  // the clause that a paragraph became
    };

    Rebuilt rebuilt(const Side& side, const std::vector<Place>& taken) {
        std::vector<ClauseNode> nodes;
        std::vector<std::size_t> now(side.size(), nobody);
        std::map<Place, std::size_t> moved;
        std::size_t next = 0;  // of `taken`, which is in order
        for (std::size_t i = 0; i < side.size(); ++i) {
            ClauseNode node = side.nodes[i];
            bool const text_alone = i != 0 && !node.heading && node.marker.empty();
            std::vector<ClauseNode> paragraphs;
            std::vector<Place> places;
            for (; next < taken.size() && taken[next].node == i; ++next) {
                places.push_back(taken[next]);
                paragraphs.emplace_back().body.push_back(node.body[taken[next].block]);
            }
            for (auto place = places.rbegin(); place != places.rend(); ++place)
                node.body.erase(node.body.begin() + static_cast<std::ptrdiff_t>(place->block));
            std::size_t const parent = i == 0 ? 0 : now[node.parent];
            int const depth = node.depth;
            if (!text_alone || !node.body.empty()) {
                now[i] = nodes.size();
                node.parent = parent;
                node.children.clear();
                nodes.push_back(std::move(node));
                if (i != 0) nodes[parent].children.push_back(now[i]);
            }
            for (std::size_t at = 0; at < paragraphs.size(); ++at) {
                moved[places[at]] = nodes.size();
                paragraphs[at].parent = text_alone ? parent : now[i];
                paragraphs[at].depth = text_alone ? depth : depth + 1;
                nodes[paragraphs[at].parent].children.push_back(nodes.size());
                nodes.push_back(std::move(paragraphs[at]));
            }
        }
        return {Side(std::move(nodes), vocabulary_), std::move(now), std::move(moved)};
    }

    void take_out() {
        std::vector<Place> old_taken, new_taken;
        for (auto const& [old_place, new_place] : pairs_) {
            old_taken.push_back(old_place);
            new_taken.push_back(new_place);
        }
        std::ranges::sort(old_taken);
        std::ranges::sort(new_taken);
        Rebuilt old_side = rebuilt(before_, old_taken);
        Rebuilt new_side = rebuilt(after_, new_taken);
        for (std::size_t a = 0; a < after_.size(); ++a) {
            if (after_.free(a)) continue;
            std::size_t const old_now = old_side.now[after_.partner[a]];
            std::size_t const new_now = new_side.now[a];
            if (old_now == nobody || new_now == nobody) continue;
            old_side.side.partner[old_now] = new_now;
            new_side.side.partner[new_now] = old_now;
            old_side.side.in_place[old_now] = new_side.side.in_place[new_now] = after_.in_place[a];
        }
        for (auto const& [old_place, new_place] : pairs_) {
            std::size_t const b = old_side.moved.at(old_place);
            std::size_t const a = new_side.moved.at(new_place);
            old_side.side.partner[b] = a;
            new_side.side.partner[a] = b;
        }
        before_ = std::move(old_side.side);
        after_ = std::move(new_side.side);
    }

    Side& before_;
    Side& after_;
    Vocabulary& vocabulary_;
    States old_blocks_, new_blocks_;
    std::vector<std::pair<Place, Place>> pairs_;
};

// ---- Telling ----------------------------------------------------------------------------------------------

std::string joined(const std::string& first, const std::string& second) {
    return first.empty() || second.empty() ? first + second : first + ' ' + second;
}

ClausePlace place_of(const Side& side, std::size_t index) {
    ClausePlace place{side.nodes[index].number, to_text(side.nodes[index].title), {}, {}, side.nodes[index].id};
    std::vector<std::size_t> above;
    for (std::size_t at = index; at != 0; at = side.nodes[at].parent) above.push_back(at);
    for (auto at = above.rbegin(); at != above.rend(); ++at) {
        ClauseNode const& node = side.nodes[*at];
        std::string const own = joined(node.marker, to_text(node.title));
        if (own.empty()) continue;
        if (*at != index && node.heading) place.section = to_text(node.title);
        if (!place.path.empty()) place.path += " \xe2\x80\xba ";
        place.path += own;
    }
    return place;
}

class Teller {
public:
    Teller(const Side& before, const Side& after, Vocabulary& vocabulary, const Part& part)
        : before_(before), after_(after), vocabulary_(vocabulary), part_(part) {
        auto const by_id = [](const Side& side) {
            std::map<std::string, std::size_t> places;
            for (std::size_t i = 1; i < side.size(); ++i) {
                if (!side.nodes[i].id.empty()) places.emplace("#" + side.nodes[i].id, i);
            }
            return places;
        };
        auto const in_words = [](const Side& side, const std::map<std::string, std::size_t>& places,
                                 const std::string& address) {
            auto const place = places.find(address);
            if (place == places.end()) return address;
            ClauseNode const& node = side.nodes[place->second];
            return joined(node.number, to_text(node.title));
        };
        ends_ = {.before = [&side = before_, places = by_id(before_),
                            in_words](const std::string& address) { return in_words(side, places, address); },
                 .after = [&side = after_, places = by_id(after_),
                           in_words](const std::string& address) { return in_words(side, places, address); },
                 .same =
                     [&side = before_, old_places = by_id(before_), new_places = by_id(after_)](
                         const std::string& old_address, const std::string& new_address) {
                         if (old_address == new_address) return true;
                         if (!old_address.starts_with('#') || !new_address.starts_with('#')) return false;
                         auto const old_place = old_places.find(old_address);
                         auto const new_place = new_places.find(new_address);
                         // Ids that lead out of this part are named after their version: nothing can be said of them.
                         if (old_place == old_places.end() && new_place == new_places.end()) return true;
                         return old_place != old_places.end() && new_place != new_places.end() &&
                                side.partner[old_place->second] == new_place->second;
                     }};
    }

    void tell(std::vector<Clause>& clauses) {
        // A removed clause stands after the clause that it followed, where that one has stayed.
        std::vector<std::vector<std::size_t>> removed_after(after_.size());
        std::size_t anchor = 0;
        for (std::size_t b = 1; b < before_.size(); ++b) {
            if (before_.free(b)) removed_after[anchor].push_back(b);
            else if (before_.in_place[b]) anchor = before_.partner[b];
        }
        for (std::size_t a = 0; a < after_.size(); ++a) {
            if (a != 0) clauses.push_back(present(a));
            for (std::size_t const b : removed_after[a]) clauses.push_back(removed(b));
        }
    }

private:
    std::string spelling(const ClauseNode& node) {
        return spelling_of(to_text(node.title)) + spelling_of(node.body, vocabulary_);
    }

    Clause start(const ClauseNode& node) const {
        Clause clause;
        clause.level = node.depth;
        clause.part = part_.title;
        clause.product = part_.product;
        return clause;
    }

    Clause removed(std::size_t b) const {
        Clause clause = start(before_.nodes[b]);
        clause.change = ClauseChange::removed;
        clause.before = place_of(before_, b);
        clause.title = marked(before_.nodes[b].title, Change::deleted);
        clause.blocks = marked(before_.nodes[b].body, Change::deleted);
        return clause;
    }

    Clause present(std::size_t a) {
        ClauseNode const& node = after_.nodes[a];
        Clause clause = start(node);
        clause.after = place_of(after_, a);
        if (after_.free(a)) {
            clause.change = ClauseChange::added;
            clause.title = marked(node.title, Change::inserted);
            clause.blocks = marked(node.body, Change::inserted);
            return clause;
        }
        std::size_t const b = after_.partner[a];
        clause.before = place_of(before_, b);
        clause.renumbered = clause.before->number != clause.after->number;
        clause.words_changed = before_.words[b] != after_.words[a] || before_.title[b] != after_.title[a];
        std::vector<std::string> const arranged =
            clause.words_changed ? std::vector<std::string>{} : rearranged(before_.body[b], after_.body[a]);
        if (!arranged.empty())
            clause.note = "The words are the same, but not how they are arranged: " + join(arranged, ", ") + ".";
        else if (!clause.words_changed && spelling(before_.nodes[b]) != spelling(node))
            clause.note = std::string(only_unseen);
        clause.links = changed_links(links_of(before_.nodes[b].title, before_.nodes[b].body),
                                     links_of(node.title, node.body), ends_, !clause.words_changed);
        bool const changed = clause.words_changed || !arranged.empty() || !clause.links.empty();
        clause.change = !after_.in_place[a] ? ClauseChange::moved
                        : changed           ? ClauseChange::changed
                                            : ClauseChange::same;
        if (clause.words_changed || !arranged.empty()) {
            clause.title = mark_changes(before_.nodes[b].title, node.title, vocabulary_);
            clause.blocks = mark_changes(before_.nodes[b].body, node.body, vocabulary_);
        } else {
            clause.title = marked(node.title, Change::none);
            clause.blocks = marked(node.body, Change::none);
        }
        return clause;
    }

    const Side& before_;
    const Side& after_;
    Vocabulary& vocabulary_;
    const Part& part_;
    LinkEnds ends_;
};

// The title of a text is one more clause where the versions differ in it.
void compare_titles(const Part& before, const Part& after, Vocabulary& vocabulary, std::vector<Clause>& clauses) {
    if (before.own_title == after.own_title) return;
    auto const read = [&](const std::string& title) {
        std::vector<WordId> words;
        for (const Word& word : vocabulary.read(title)) words.push_back(word.id);
        return words;
    };
    Clause clause;
    clause.part = after.title;
    clause.product = after.product;
    if (!before.own_title.empty()) clause.before = ClausePlace{{}, before.own_title, before.own_title, {}, {}};
    if (!after.own_title.empty()) clause.after = ClausePlace{{}, after.own_title, after.own_title, {}, {}};
    clause.note = "This is the title of the whole text.";
    clause.change = !clause.before  ? ClauseChange::added
                    : !clause.after ? ClauseChange::removed
                                    : ClauseChange::changed;
    clause.words_changed = clause.change == ClauseChange::changed && read(before.own_title) != read(after.own_title);
    if (clause.change == ClauseChange::changed && !clause.words_changed) {
        if (spelling_of(before.own_title) == spelling_of(after.own_title))
            return;  // white space, or the shape of a quotation mark
        clause.change = ClauseChange::same;
        clause.note += ' ' + std::string(only_unseen);
    }
    clause.title = clause.words_changed ? mark_changes(plain(before.own_title), plain(after.own_title), vocabulary)
                                        : marked(plain(clause.after ? after.own_title : before.own_title),
                                                 clause.change == ClauseChange::added     ? Change::inserted
                                                 : clause.change == ClauseChange::removed ? Change::deleted
                                                                                          : Change::none);
    clauses.push_back(std::move(clause));
}

void compare_part(const Part& before, const Part& after, std::vector<Clause>& clauses) {
    Vocabulary vocabulary;
    Side old_side(clause_tree(before.blocks), vocabulary);
    Side new_side(clause_tree(after.blocks), vocabulary);
    Matcher(old_side, new_side).match();
    ParagraphMover(old_side, new_side, vocabulary).move();
    compare_titles(before, after, vocabulary, clauses);
    const Part& part = after;
    Teller(old_side, new_side, vocabulary, part).tell(clauses);
}

// A heading's words as a product's name would stand alone: without "Special terms for", "Special terms –" and the like.
std::string product_words(std::string_view title) {
    std::string words = fold_for_search(trim(title));
    for (std::string_view const start :
         {"special terms for ", "special terms: ", "special terms \xe2\x80\x93 ", "special terms - "}) {
        if (words.starts_with(start)) words.erase(0, start.size());
    }
    for (std::string_view const end :
         {" special terms", " \xe2\x80\x93 special terms", ": special terms", " - special terms"}) {
        if (words.ends_with(end)) words.erase(words.size() - end.size());
    }
    return std::string(trim(words));
}

}  // namespace

std::string_view to_words(ClauseChange change) {
    switch (change) {
        case ClauseChange::same: return "same";
        case ClauseChange::changed: return "changed";
        case ClauseChange::moved: return "moved";
        case ClauseChange::added: return "added";
        case ClauseChange::removed: return "removed";
    }
    return {};
}

std::string Clause::name() const {
    ClausePlace const& place = after ? *after : *before;
    if (!place.title.empty()) return joined(place.number, place.title);
    if (!place.number.empty()) return place.number;
    constexpr std::size_t words_max = 8;
    std::string words;
    for (const Block& block : blocks) {
        auto const* paragraph = std::get_if<Paragraph>(&block);
        if (!paragraph) continue;
        std::vector<std::string> all = split(to_text(paragraph->text), ' ');
        bool const cut = all.size() > words_max;
        if (cut) all.resize(words_max);
        words = "\xe2\x80\x9c" + join(all, " ") + (cut ? " \xe2\x80\xa6" : "") + "\xe2\x80\x9d";
        break;
    }
    return words.empty() ? "Text without a number" : words;
}

Counts Comparison::counts() const {
    Counts counts;
    for (const Clause& clause : clauses) {
        switch (clause.change) {
            case ClauseChange::same: ++counts.same; break;
            case ClauseChange::changed: ++counts.changed; break;
            case ClauseChange::moved: ++counts.moved; break;
            case ClauseChange::added: ++counts.added; break;
            case ClauseChange::removed: ++counts.removed; break;
        }
    }
    return counts;
}

Comparison compare(const Blocks& before, const Blocks& after) {
    Comparison comparison;
    compare_part({.blocks = before}, {.blocks = after}, comparison.clauses);
    return comparison;
}

Comparison compare_parts(const std::vector<Part>& before, const std::vector<Part>& after) {
    Comparison comparison;
    std::vector<bool> told(before.size(), false);
    for (const Part& part : after) {
        std::size_t partner = 0;
        while (partner < before.size() && (told[partner] || before[partner].title != part.title)) ++partner;
        bool const found = partner < before.size();
        if (found) told[partner] = true;
        compare_part(found ? before[partner] : Part{.own_title = part.own_title}, part, comparison.clauses);
    }
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (!told[i])
            compare_part(before[i],
                         {.title = before[i].title, .product = before[i].product, .own_title = before[i].own_title},
                         comparison.clauses);
    }
    return comparison;
}

Comparison only_for(const Comparison& comparison, const std::vector<std::string>& all,
                    const std::vector<std::string>& applicable) {
    auto const folded = [](const std::vector<std::string>& names) {
        std::vector<std::string> words;
        for (const std::string& name : names) words.push_back(product_words(name));
        return words;
    };
    std::vector<std::string> const known = folded(all);
    std::vector<std::string> const wanted = folded(applicable);
    auto const has = [](const std::vector<std::string>& names, const std::string& name) {
        return std::ranges::find(names, name) != names.end();
    };

    Comparison kept;
    int skipped_level = 0;  // inside the section of another product
    std::string part;
    for (const Clause& clause : comparison.clauses) {
        if (clause.part != part) skipped_level = 0;
        part = clause.part;
        if (skipped_level > 0 && clause.level > skipped_level) continue;
        skipped_level = 0;
        std::string const product = product_words(clause.product);
        std::string const title = product_words((clause.after ? *clause.after : *clause.before).title);
        bool const of_other_product =
            (!product.empty() && !has(wanted, product)) || (has(known, title) && !has(wanted, title));
        if (of_other_product) {
            skipped_level = clause.level;
            continue;
        }
        kept.clauses.push_back(clause);
    }
    return kept;
}

}  // namespace ca::documents
