#include "lifecycle/kept_rows.h"

#include "base/deflate.h"

#include <array>

namespace ca::lifecycle {
namespace {

constexpr std::uint32_t rows_in_block = 256;    // of some hundred bytes each; more pack no better
constexpr std::size_t replaced_at_most = 4096;  // rows that lie beside their blocks

// ---- A block's bytes: of each row its position and the lengths of its texts, four bytes each, then the texts ---

void put32(std::string& to, std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8) to += static_cast<char>(value >> shift & 0xff);
}

std::uint32_t take32(std::string_view& from) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value |= std::uint32_t{static_cast<unsigned char>(from[i])} << (8 * i);
    from.remove_prefix(4);
    return value;
}

std::string take(std::string_view& from, std::size_t size) {
    std::string text(from.substr(0, size));
    from.remove_prefix(size);
    return text;
}

}  // namespace

immer::box<KeptRows::Block> KeptRows::packed(const Opened& rows) {
    std::string bytes;
    for (const Loose& row : rows) {
        put32(bytes, static_cast<std::uint32_t>(row.position));
        put32(bytes, static_cast<std::uint32_t>(row.sys_id.size()));
        put32(bytes, static_cast<std::uint32_t>(row.row.size()));
        bytes += row.sys_id;
        bytes += row.row;
    }
    return Block{.packed = deflated(bytes, Packing::quick), .bytes = static_cast<std::uint32_t>(bytes.size())};
}

std::shared_ptr<const KeptRows::Opened> KeptRows::opened(const immer::box<Block>& block) const {
    if (last_opened_ && &last_block_.get() == &block.get()) return last_opened_;
    const std::string bytes = inflated(block->packed, block->bytes);
    auto rows = std::make_shared<Opened>();
    rows->reserve(rows_in_block);
    for (std::string_view rest = bytes; !rest.empty();) {
        const std::uint32_t position = take32(rest), id_size = take32(rest), row_size = take32(rest);
        std::string sys_id = take(rest, id_size);
        rows->push_back(
            {.sys_id = std::move(sys_id), .row = take(rest, row_size), .position = static_cast<int>(position)});
    }
    last_block_ = block;
    last_opened_ = std::move(rows);
    return last_opened_;
}

// ---- Reading ----------------------------------------------------------------------------------------------

KeptRows::Loose KeptRows::at(const Rows& rows, std::uint32_t place) const {
    if (const Loose* loose = rows.loose.get(place)) return *loose;
    return (*opened(rows.blocks[place / rows_in_block]))[place % rows_in_block];
}

std::optional<std::uint32_t> KeptRows::place_of(const std::string& table, const std::string& sys_id) const {
    const auto rows = tables_.find(table);
    if (rows == tables_.end()) return std::nullopt;
    auto places = places_.find(table);
    if (places == places_.end()) {
        Places made;
        for (std::uint32_t place = 0; place < rows->second.size; ++place)
            made.set(at(rows->second, place).sys_id, place);
        places = places_.emplace(table, std::move(made)).first;
    }
    const std::uint32_t* place = places->second.get(sys_id);
    return place ? std::optional(*place) : std::nullopt;
}

std::optional<ServiceNowRow> KeptRows::get(const std::string& table, const std::string& sys_id) const {
    const auto place = place_of(table, sys_id);
    if (!place) return std::nullopt;
    auto row = at(tables_.at(table), *place);
    return ServiceNowRow{
        .table = table, .sys_id = std::move(row.sys_id), .row = std::move(row.row), .position = row.position};
}

void KeptRows::for_each(const std::string& table, const std::function<bool(const ServiceNowRow&)>& visit) const {
    const auto rows = tables_.find(table);
    if (rows == tables_.end()) return;
    const Rows all = rows->second;  // the visitor may change this
    for (std::uint32_t place = 0; place < all.size; ++place) {
        auto row = at(all, place);
        if (!visit(
                {.table = table, .sys_id = std::move(row.sys_id), .row = std::move(row.row), .position = row.position}))
            return;
    }
}

void KeptRows::for_each(const std::function<bool(const ServiceNowRow&)>& visit) const {
    bool goes_on = true;
    for (const auto& [table, _] : tables_) {
        if (goes_on) for_each(table, [&](const ServiceNowRow& row) { return goes_on = visit(row); });
    }
}

bool KeptRows::operator==(const KeptRows& other) const {
    if (size_ != other.size_ || tables_.size() != other.tables_.size()) return false;
    for (const auto& [table, rows] : tables_) {
        const auto found = other.tables_.find(table);
        if (found == other.tables_.end() || found->second.size != rows.size) return false;
        for (std::uint32_t place = 0; place < rows.size; ++place)
            if (!(at(rows, place) == other.at(found->second, place))) return false;
    }
    return true;
}

// ---- Keeping ----------------------------------------------------------------------------------------------

void KeptRows::keep(ServiceNowRow row) {
    const auto known = place_of(row.table, row.sys_id);
    Rows& rows = tables_[row.table];
    if (known) {
        const int position = at(rows, *known).position;
        rows.loose.set(*known, Loose{.sys_id = std::move(row.sys_id), .row = std::move(row.row), .position = position});
        if (rows.loose.size() > replaced_at_most) pack_replaced(rows);
        return;
    }
    places_[row.table].set(row.sys_id, rows.size);
    rows.loose.set(
        rows.size++,
        Loose{.sys_id = std::move(row.sys_id), .row = std::move(row.row), .position = static_cast<int>(size_++)});
    if (rows.size % rows_in_block == 0) pack_end(rows);
}

// The rows behind the last block, which are just enough for one more.
void KeptRows::pack_end(Rows& rows) {
    Opened last;
    for (std::uint32_t place = rows.size - rows_in_block; place < rows.size; ++place) {
        last.push_back(rows.loose.at(place));
        rows.loose.remove(place);
    }
    rows.blocks = std::move(rows.blocks).push_back(packed(last));
}

void KeptRows::pack_replaced(Rows& rows) {
    const auto places_in_blocks = static_cast<std::uint32_t>(rows.blocks.size()) * rows_in_block;
    while (!rows.loose.empty()) {
        const std::uint32_t block = rows.loose.begin()->first / rows_in_block, begin = block * rows_in_block;
        if (begin >= places_in_blocks) return;
        Opened changed = *opened(rows.blocks[block]);
        for (std::uint32_t i = 0; i < rows_in_block; ++i) {
            if (const Loose* loose = rows.loose.get(begin + i)) {
                changed[i] = *loose;
                rows.loose.remove(begin + i);
            }
        }
        rows.blocks = std::move(rows.blocks).set(block, packed(changed));
    }
}

}  // namespace ca::lifecycle
