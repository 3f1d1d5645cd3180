// The screen's effects (ui/effects.h) with OpenGL ES 3 or OpenGL 3.3: the same code in the browser and on the desktop.
//
// Make it while the context is current, and end it before the context does.
#pragma once

#include "base/result.h"
#include "ui/effects.h"

#include <memory>

namespace ca::platform {

enum class Dialect : unsigned char { es_300, core_330 };

class GlEffects final : public ui::Effects {
public:
    // Error no_shader: the driver refused it; its words are in the message. The screen then draws without.
    static Result<std::unique_ptr<GlEffects>> create(Dialect);
    ~GlEffects() override;
    GlEffects(const GlEffects&) = delete;
    void soft_box(const ui::SoftBox&) override;

private:
    GlEffects() = default;
    struct Places {
        int area = -1, canvas = -1, box = -1, radius = -1, blur = -1, colour = -1;
    };
    unsigned program_ = 0, corners_ = 0;  // the vertex array is empty: corners are made in the shader
    Places places_;
};

}  // namespace ca::platform
