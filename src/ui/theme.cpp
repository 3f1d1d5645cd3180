#include "ui/theme.h"

#include <cstdio>

namespace ca::ui {

namespace {

std::string property_name(std::string_view token) {
    std::string name = "--ca-";
    for (char c : token) name += c == '_' ? '-' : c;
    return name;
}

std::string in_px(float value) {
    char text[32];
    std::snprintf(text, sizeof text, "%gpx", static_cast<double>(value));
    return text;
}

std::string in_hex(std::uint32_t rgba) {
    char text[16];
    if ((rgba & 0xff) == 0xff) std::snprintf(text, sizeof text, "#%06x", rgba >> 8);
    else std::snprintf(text, sizeof text, "#%08x", rgba);
    return text;
}

std::string declaration(std::string_view indent, const std::string& name, const std::string& value) {
    return std::string(indent) + name + ": " + value + ";\n";
}

std::string colours(std::string_view indent, bool dark) {
    std::string css = std::string(indent) + (dark ? "color-scheme: dark;\n" : "color-scheme: light;\n");
    for (const ColourToken& token : colour_tokens)
        css += declaration(indent, property_name(token.name), in_hex(dark ? token.dark : token.light));
    return css;
}

}  // namespace

std::optional<Colour> colour_named(std::string_view name) {
    for (std::size_t i = 0; i < colour_tokens.size(); ++i)
        if (colour_tokens[i].name == name) return static_cast<Colour>(i);
    return std::nullopt;
}

std::string theme_css() {
    std::string css =
        "/* Written from src/ui/theme.h by tests/ui/theme_test.cpp (CA_REGENERATE=1). Do not edit. */\n:root {\n";
    css += colours("  ", false);
    for (const TypeToken& token : type_tokens) {
        const std::string name = property_name("type_" + std::string(token.name));
        css += declaration("  ", name + "-size", in_px(token.size));
        css += declaration("  ", name + "-line", in_px(token.line));
        css += declaration("  ", name + "-weight", std::to_string(token.weight));
    }
    for (const LengthToken& token : length_tokens)
        css += declaration("  ", property_name(token.name), in_px(token.wide));
    char scale[32];
    std::snprintf(scale, sizeof scale, "%gem", static_cast<double>(code_scale));
    css += declaration("  ", "--ca-code-scale", scale);
    std::snprintf(scale, sizeof scale, "%gem", static_cast<double>(underline_offset));
    css += declaration("  ", "--ca-underline-offset", scale);
    std::snprintf(scale, sizeof scale, "%gem", static_cast<double>(underline_thickness));
    css += declaration("  ", "--ca-underline-thickness", scale);
    css += "}\n@media (prefers-color-scheme: dark) {\n  :root {\n" + colours("    ", true) + "  }\n}\n";
    css += "@media (max-width: " + in_px(px(Length::narrow_below) - 0.02f) + ") {\n  :root {\n";
    for (const TypeToken& token : type_tokens) {
        const std::string name = property_name("type_" + std::string(token.name));
        if (token.narrow_size != token.size) css += declaration("    ", name + "-size", in_px(token.narrow_size));
        if (token.narrow_line != token.line) css += declaration("    ", name + "-line", in_px(token.narrow_line));
    }
    for (const LengthToken& token : length_tokens)
        if (token.narrow != token.wide) css += declaration("    ", property_name(token.name), in_px(token.narrow));
    css += "  }\n}\n";
    return css;
}

}  // namespace ca::ui
