// The press: turns a document into the bytes of a PDF, and checks one that it may have made (verify.h).
//
// It answers through a callback on the same thread, perhaps before the call returns: in the browser the code and the
// fonts that it needs are loaded when first asked for, and the work is done beside the page. One thing after another,
// in the order asked for.
#pragma once

#include "base/result.h"
#include "documents/document.h"
#include "documents/paper_check.h"

#include <functional>
#include <string>

namespace ca::papers {

struct Printed {
    std::string bytes;
    int pages = 0;
};

class Press {
public:
    virtual ~Press() = default;
    virtual void print(documents::Document, std::function<void(Result<Printed>)> done) = 0;
    // An error says that the file could not be checked, and nothing of the file.
    virtual void check(std::string pdf, std::function<void(Result<documents::PaperCheck>)> done) = 0;
};

}  // namespace ca::papers
