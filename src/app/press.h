// The press: turns a document into the bytes of a PDF.
//
// It answers through a callback on the same thread, perhaps before `print` returns: in the browser the code and the fonts that it
// needs are loaded when first asked for.
#pragma once

#include "base/result.h"
#include "documents/document.h"

#include <functional>
#include <string>

namespace ca::app {

struct Printed {
    std::string bytes;
    int pages = 0;
};

class Press {
public:
    virtual ~Press() = default;
    virtual void print(documents::Document, std::function<void(Result<Printed>)> done) = 0;
};

}  // namespace ca::app
