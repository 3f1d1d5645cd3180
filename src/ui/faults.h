// What must hold of every frame, whoever built it (internal to the layer): checked in debug builds, said with the key.
#pragma once

#include "semantics/node.h"

#include <string>
#include <vector>

namespace ca::ui {

bool is_control(const semantics::Node&);  // a person can work it
// Adds a sentence for each key used twice, parent that does not stand before its child, control without a name or a
// place, radio or image without words, and heading level that is skipped.
void find_faults(const semantics::Nodes&, std::vector<std::string>& faults);

}  // namespace ca::ui
