// The papers that the portal makes, from the sample world and from the real data: what the tests of this folder look
// at.
#pragma once

#include "documents/document.h"
#include "lifecycle/engine.h"

#include <functional>
#include <string>
#include <vector>

namespace ca::papers {

struct Paper {
    std::string name;  // also of its file
    documents::Document document;
};

// The sample world: each of its agreements, Appendix 1A, published changes, a comparison, and a case.
std::vector<Paper> sample_papers();

// The real export with the real terms: every agreement that differs in state, substate or signature type from those
// before it, and one in twenty of the others. With them the comparison of the two real standard terms.
std::vector<Paper> imported_papers();

// The agreement of the sample world that a test wants: its paper, after `change` was done to the workspace.
documents::Document changed_paper(const char* number, const std::function<void(lifecycle::Workspace&)>& change);

std::string read_file(const std::string& path);

}  // namespace ca::papers
