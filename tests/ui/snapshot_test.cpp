// Pictures of the gallery, for looking: CA_SNAPSHOTS=<folder> writes them. Without it, only that drawing works at all
// is tested.
#include "support/page_harness.h"
#include "support/snapshot/raster.h"
#include "ui/gallery.h"

#include <doctest/doctest.h>
#include <imgui.h>

#include <cstdlib>
#include <fstream>

namespace {

using namespace ca;
using namespace ca::test;

struct View {
    const char* name;
    float width, pixel_ratio;
    ui::Scheme scheme;
    bool dialog;
    const char* focus;
};

Image draw(const View& view, float top, float height) {
    Gallery state;
    state.dialog = view.dialog;
    ui::Screen screen(fonts().files());
    ui::FrameInput input{.width = view.width,
                         .window_height = 900,
                         .canvas_height = height,
                         .pixel_ratio = view.pixel_ratio,
                         .scheme = view.scheme,
                         .native_controls = true};
    input.canvas_top = top;
    input.focus = {view.focus, true};
    input.collect_faults = true;
    for (int frame = 0; frame < 2; ++frame) {
        build_gallery(screen.begin(input), state);
        const ui::FrameOutput output = screen.end();
        for (const std::string& fault : output.faults) FAIL_CHECK(fault);
        if (height == 0) input.canvas_height = height = output.height;
    }
    return rasterise(*ImGui::GetDrawData(), static_cast<int>(view.width * view.pixel_ratio),
                     static_cast<int>(height * view.pixel_ratio));
}

}  // namespace

TEST_CASE("a frame leaves ink: words, boxes and both schemes") {
    const View light{"light", 640, 1, ui::Scheme::light, false, ""}, dark{"dark", 640, 1, ui::Scheme::dark, false, ""};
    const Image a = draw(light, 0, 300), b = draw(dark, 0, 300);
    CHECK(a.rgba != b.rgba);
    int inked = 0;
    for (std::size_t i = 0; i < a.rgba.size(); i += 4)
        inked += a.rgba[i] < 60 && a.rgba[i + 1] < 60 && a.rgba[i + 2] < 70;
    CHECK(inked > 300);  // letters in the text colour
}

TEST_CASE("pictures of the gallery, where they are wanted") {
    const char* folder = std::getenv("CA_SNAPSHOTS");
    if (folder == nullptr) return;
    for (const View& view :
         {View{"wide", 1280, 1, ui::Scheme::light, false, "main/form/email"},
          View{"dark", 1280, 1, ui::Scheme::dark, false, "main/form/send"},
          View{"narrow", 360, 1, ui::Scheme::light, false, "main/p#1"},
          View{"dialog", 1280, 1, ui::Scheme::light, true, ""}, View{"twice", 800, 2, ui::Scheme::light, false, ""}}) {
        std::ofstream file(std::string(folder) + "/" + view.name + ".png", std::ios::binary);
        file << to_png(draw(view, 0, view.dialog ? 900 : view.pixel_ratio == 2 ? 1000 : 0));
    }
}
