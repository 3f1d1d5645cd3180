// The press in a browser (app/press.h): the document's bytes go to a worker (web/src/press.ts), which has the PDF writer and its typefaces and
// is started when the first PDF is asked for. Documents are printed in the order asked for.
//
// Errors, besides those of pdf/pdf.h: not_loaded, where the worker's parts could not be fetched, and press_stopped, where it broke off;
// the next document is printed by a new worker.
#pragma once

#include "app/press.h"

namespace ca::platform {

class WebPress final : public app::Press {
public:
    void print(documents::Document, std::function<void(Result<app::Printed>)> done) override;
};

}  // namespace ca::platform
