#include "platform/cli/cli.h"

#include <algorithm>

namespace ca::cli {
namespace {

bool names(std::initializer_list<std::string_view> list, std::string_view name) {
    return std::ranges::find(list, name) != list.end();
}

}  // namespace

std::optional<std::string> read_call(const Shape& shape, const std::vector<std::string>& arguments, Call& call) {
    bool only_operands = false;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& argument = arguments[i];
        if (only_operands || argument == "-" || !argument.starts_with("-")) {
            call.operands.push_back(argument);
            continue;
        }
        if (argument == "--") {
            only_operands = true;
            continue;
        }
        const auto equals = argument.find('=');
        const std::string name = argument.substr(0, equals);
        if (names(shape.flags, argument)) {
            call.flags.insert(argument);
        } else if (!names(shape.options, name)) {
            return "There is no option " + name + ".";
        } else if (call.options.contains(name)) {
            return "The option " + name + " is given twice.";
        } else if (equals != std::string::npos) {
            call.options[name] = argument.substr(equals + 1);
        } else if (i + 1 < arguments.size()) {
            call.options[name] = arguments[++i];
        } else {
            return "The option " + name + " needs a value.";
        }
    }
    if (call.operands.size() < shape.operands_min) return "Something is missing.";
    if (call.operands.size() > shape.operands_max)
        return "“" + call.operands[shape.operands_max] + "” is one too many.";
    return std::nullopt;
}

}  // namespace ca::cli
