// What a page paints, and inside of which marks.
#pragma once

#include "pdf_check/pdf_file.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace pdf_check {

struct ShownText {
    std::string font;  // the resource's name
    std::string codes;
};

struct Mark {
    int id = -1;
    std::string actual_text{};  // as it stands in the file; empty: none
    std::vector<ShownText> shown{};
};

struct PageContent {
    std::vector<Mark> marks;  // in the order of the content
    std::vector<ShownText> artifacts;
    std::vector<std::string> unmarked;      // operators that paint outside of any mark
    std::vector<std::string> unbalanced;    // what is wrong with BDC and EMC
    std::vector<std::string> badly_nested;  // artifacts in content, content in artifacts, marks in marks
};

std::expected<PageContent, std::string> content_of(const File&, int page);

}  // namespace pdf_check
