// The press in a browser (papers/press.h): what it is given goes to a worker (web/src/press.ts), which has the PDF
// writer and its typefaces and is started when it is first asked for something. It does one thing after another.
//
// Errors, besides those of pdf/pdf.h: not_loaded, where the worker's parts could not be fetched, and press_stopped,
// where it broke off; the next is done by a new worker.
#pragma once

#include "papers/press.h"

namespace ca::platform {

class WebPress final : public papers::Press {
public:
    void print(documents::Document, std::function<void(Result<papers::Printed>)> done) override;
    void check(std::string pdf, std::function<void(Result<documents::PaperCheck>)> done) override;
};

}  // namespace ca::platform
