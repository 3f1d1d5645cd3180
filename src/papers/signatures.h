// The signatures among the events that travel in a paper: whether each is right, and what it stands for.
#pragma once

#include "documents/paper_check.h"
#include "journal/entry.h"

#include <vector>

namespace ca::papers {

struct CheckedSignatures {
    std::vector<documents::Signature> good{};
    std::vector<documents::Difference> wrong{};
};
// A signature is right where its bytes are, where the person whom its text names was admitted with that key before, and
// where what stands next to it was done by that person.
CheckedSignatures check_signatures(const std::vector<journal::Entry>& events);

}  // namespace ca::papers
