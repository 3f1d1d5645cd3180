// Files of a journal, loaded as they would be from a folder.
#pragma once

#include "journal/segments.h"

#include <doctest/doctest.h>

#include <map>

namespace ca::journal::test {

using Files = std::map<std::string, std::string>;  // by name

inline Loaded loaded_from(const Files& files) {
    std::vector<std::string> names;
    for (const auto& [name, text] : files) names.push_back(name);
    Loaded loaded;
    REQUIRE(load(loaded, names, [&](std::string_view name) -> Result<std::string> {
                return files.at(std::string(name));
            }).has_value());
    return loaded;
}

}  // namespace ca::journal::test
