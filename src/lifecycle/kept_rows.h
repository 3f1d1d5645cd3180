// Rows of another system's exports, kept as they came, so that columns unknown here go out again unchanged.
//
//     rows.keep({.table = "ast_contract", .sys_id = "9f3…", .row = "{…}"});        // the same table and sys_id again
//     replaces it if (const auto row = rows.get("ast_contract", "9f3…")) … rows.for_each("ast_contract", [&](const
//     ServiceNowRow& row) { …; return true; });     // in order of first arrival; false ends it
//
// They are most of what an import brings, and nobody looks at them but the next import or export; so they lie deflated,
// many in a block, and a start takes them from a snapshot as they lie. Reading all in order opens each block once;
// reading one opens one. Copying costs a few pointers. It is a value of one thread: what was opened last, and which row
// is where, is remembered from one call to the next.
#pragma once

#include "lifecycle/shelf.h"

#include <immer/vector.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ca::lifecycle {

struct ServiceNowRow {
    std::string table;  // "ast_contract"
    std::string sys_id;
    std::string row;   // the row's own JSON text
    int position = 0;  // order of first arrival, over all tables
    bool operator==(const ServiceNowRow&) const = default;
};

class KeptRows {
public:
    std::size_t size() const { return size_; }
    std::optional<ServiceNowRow> get(const std::string& table, const std::string& sys_id) const;
    bool contains(const std::string& table, const std::string& sys_id) const {
        return place_of(table, sys_id).has_value();
    }
    void for_each(const std::function<bool(const ServiceNowRow&)>& visit) const;  // by table
    void for_each(const std::string& table, const std::function<bool(const ServiceNowRow&)>& visit) const;

    // A row whose table and sys_id are known takes the place of the one that is there; its position is set here.
    void keep(ServiceNowRow);

    bool operator==(const KeptRows&) const;  // of what they hold, however it lies
    static void describe(auto&& member, auto& self) {
        member("tables", self.tables_);
        member("size", self.size_);
    }

private:
    struct Block {
        std::string packed;
        std::uint32_t bytes = 0;  // before deflating
        static void describe(auto&& member, auto& self) {
            member("packed", self.packed);
            member("bytes", self.bytes);
        }
    };
    // A row and its position, as it lies in a block.
    struct Loose {
        std::string sys_id, row;
        int position = 0;
        bool operator==(const Loose&) const = default;
        static void describe(auto&& member, auto& self) {
            member("sys_id", self.sys_id);
            member("row", self.row);
            member("position", self.position);
        }
    };
    // Rows of a table by their place in it: so many a block, then those that fill no block yet. Among these are also
    // rows that replaced one in a block, until there are many.
    struct Rows {
        immer::vector<immer::box<Block>> blocks;
        Shelf<std::uint32_t, Loose, KeptRows> loose;
        std::uint32_t size = 0;
        static void describe(auto&& member, auto& self) {
            member("blocks", self.blocks);
            member("loose", self.loose);
            member("size", self.size);
        }
    };
    using Opened = std::vector<Loose>;
    using Places = Shelf<std::string, std::uint32_t, KeptRows>;  // by sys_id

    std::optional<std::uint32_t> place_of(const std::string& table, const std::string& sys_id) const;
    Loose at(const Rows&, std::uint32_t place) const;
    std::shared_ptr<const Opened> opened(const immer::box<Block>&) const;
    void pack_end(Rows&);
    void pack_replaced(Rows&);
    static immer::box<Block> packed(const Opened&);

    std::map<std::string, Rows> tables_;
    std::size_t size_ = 0;
    // Made when first asked for: at a start nobody asks.
    mutable std::map<std::string, Places> places_;
    // The block that was opened last.
    mutable immer::box<Block> last_block_;
    mutable std::shared_ptr<const Opened> last_opened_;
};

}  // namespace ca::lifecycle
