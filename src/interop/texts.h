// Inside interop: many different texts, and what is known by each, in little room.
//
//     Texts texts;
//     std::uint32_t number = texts.add("YGA12");    // 1; the same again for the same text
//     texts.find("YGB34");                          // 0: it is not among them
//     std::string_view text = texts.at(number);     // good until another is added
//
//     ByText<Seen> seen;
//     seen.try_emplace("YGA12", source);
//     if (const Seen* before = seen.find("YGA12")) …                    // likewise
//
// An import holds some for every record of its files. They lie one behind the other, and the numbers in a table of
// their own: twenty bytes a text beside its own, where a node of a std::unordered_map takes a hundred. Nothing is ever
// taken out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ca::interop {

class Texts {
public:
    std::uint32_t add(std::string_view);
    std::uint32_t find(std::string_view) const;
    bool contains(std::string_view text) const { return find(text) != 0; }
    std::string_view at(std::uint32_t number) const {
        const std::size_t begin = number == 1 ? 0 : ends_[number - 2];
        return std::string_view(all_).substr(begin, ends_[number - 1] - begin);
    }
    std::size_t size() const { return ends_.size(); }
    bool empty() const { return ends_.empty(); }

private:
    std::size_t slot_of(std::string_view) const;
    void grow();

    std::string all_;
    std::vector<std::size_t> ends_;  // in all_, of each
    std::vector<std::uint32_t>
        slots_;  // numbers, open addressing; 0: free; a power of two, at most three quarters full
};

template<typename Value>
class ByText {
public:
    const Value* find(std::string_view text) const {
        const auto number = texts_.find(text);
        return number == 0 ? nullptr : &values_[number - 1];
    }
    Value* find(std::string_view text) { return const_cast<Value*>(std::as_const(*this).find(text)); }
    // What is known by it, and whether that is new.
    std::pair<Value&, bool> try_emplace(std::string_view text, Value value) {
        const auto number = texts_.add(text);
        const bool is_new = number > values_.size();
        if (is_new) values_.push_back(std::move(value));
        return {values_[number - 1], is_new};
    }
    void for_each(auto visit) const {
        for (std::uint32_t number = 1; number <= values_.size(); ++number)
            visit(texts_.at(number), values_[number - 1]);
    }

private:
    Texts texts_;
    std::vector<Value> values_;
};

}  // namespace ca::interop
