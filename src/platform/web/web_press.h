// The press in a browser (app/press.h): typefaces are fetched when the first PDF is asked for, and the work is done in slices between which
// the page answers. One document at a time, in the order asked for.
#pragma once

#include "app/press.h"

#include <memory>

namespace ca::platform {

class WebPress final : public app::Press {
public:
    WebPress();
    ~WebPress() override;
    void print(documents::Document, std::function<void(Result<app::Printed>)> done) override;

private:
    struct Work;
    std::shared_ptr<Work> work_;  // shared with what the browser calls back later, weakly
};

}  // namespace ca::platform
