#include "ui/faults.h"

#include <string_view>
#include <unordered_set>

namespace ca::ui {

using semantics::Node;
using semantics::Role;

bool is_control(const Node& node) {
    switch (node.role) {
        case Role::link:
        case Role::button:
        case Role::checkbox:
        case Role::radio:
        case Role::textbox:
        case Role::searchbox:
        case Role::select:
        case Role::file_input: return true;
        default: return false;
    }
}

void find_faults(const semantics::Nodes& nodes, std::vector<std::string>& faults) {
    std::unordered_set<std::string_view> keys;
    int level = 1;
    for (const Node& node : nodes) {
        if (node.key.empty()) faults.push_back("a node without a key, in " + node.parent);
        if (!keys.insert(node.key).second) faults.push_back("key used twice: " + node.key);
        if (!node.parent.empty() && !keys.contains(node.parent))
            faults.push_back("parent " + node.parent + " does not stand before " + node.key);
        if (is_control(node)) {
            if (node.name.empty()) faults.push_back("control without a name: " + node.key);
            if (node.bounds.width <= 0 || node.bounds.height <= 0)
                faults.push_back("control without a place: " + node.key);
        }
        if (node.role == Role::image && node.name.empty()) faults.push_back("drawing without words: " + node.key);
        if (node.role == Role::heading) {
            if (node.level < 1 || node.level > 6) faults.push_back("heading level out of range: " + node.key);
            if (node.level > level + 1) faults.push_back("heading level skipped before: " + node.key);
            level = node.level;
        }
    }
}

}  // namespace ca::ui
