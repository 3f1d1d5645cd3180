// Text on the page: headings, paragraphs, tags, live regions, figures, and documents.
#include "ui/builder.h"

#include <map>
#include <algorithm>
#include <cmath>

namespace ca::ui {

using documents::Inline;
using documents::Run;
using semantics::Role;

Run text(std::string words) { return {.text = std::move(words)}; }
Run bold(std::string words) { return {.text = std::move(words), .emphasis = documents::Emphasis::bold}; }
Run link_to(std::string words, std::string address) { return {.text = std::move(words), .link = std::move(address)}; }

std::string slug(std::string_view words) {
    std::string key;
    for (char c : words) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (letter) key += c;
        else if (c >= 'A' && c <= 'Z') key += static_cast<char>(c - 'A' + 'a');
        else if (!key.empty() && key.back() != '-') key += '-';
    }
    while (!key.empty() && key.back() == '-') key.pop_back();
    return key.empty() ? "words" : key;
}

namespace {

bool is_bold(const Run& run) {
    return run.emphasis == documents::Emphasis::bold || run.emphasis == documents::Emphasis::bold_italic;
}
bool is_italic(const Run& run) { return run.emphasis == documents::Emphasis::italic; }  // there is no bold italic face

Face face_of(const Run& run, std::uint16_t weight) {
    if (run.code) return Face::monospace;
    if (weight >= 700) return Face::bold;
    if (weight >= 600 || is_bold(run)) return Face::semibold;
    return is_italic(run) ? Face::italic : Face::regular;
}

bool is_plain(const Inline& runs) {
    return runs.empty() ||
           (runs.size() == 1 && runs[0].emphasis == documents::Emphasis::none && !runs[0].code &&
            runs[0].link.empty() && runs[0].change == documents::Change::none && !runs[0].line_break_after);
}

}  // namespace

// ---- Setting and drawing ----------------------------------------------------------------------------------

const TextLayout& Builder::set(const Inline& runs, Style style, float width) {
    pieces_.clear();
    for (const Run& run : runs) {
        const Marks marks{.link = !run.link.empty(),
                          .inserted = run.change == documents::Change::inserted,
                          .deleted = run.change == documents::Change::deleted,
                          .code = run.code};
        pieces_.push_back({run.text, face_of(run, style.weight), run.code ? style.size * code_scale : style.size, marks,
                           run.line_break_after});
    }
    return setter_.set(pieces_, width);
}

const TextLayout& Builder::set(std::string_view words, Style style, float width, bool monospace) {
    const Face face = monospace             ? Face::monospace
                      : style.weight >= 700 ? Face::bold
                      : style.weight >= 600 ? Face::semibold
                                            : Face::regular;
    const Piece piece{words, face, style.size, {}, false};
    return setter_.set({&piece, 1}, width);
}

std::size_t Builder::draw_text(const TextLayout& layout, const Box& box, Style style, Colour colour,
                               std::uint8_t align) {
    Drawing drawing{.shape = Shape::text, .colour = colour, .box = box};
    drawing.layout = &layout;
    drawing.line_height = style.line;
    drawing.align = align;
    return picture.add(drawing);
}

semantics::TextStyle Builder::text_style(const TextLayout& layout, Style style, float inset_x, float inset_y,
                                         std::uint8_t align) {
    return {.size = style.size,
            .line_height = style.line,
            .weight = style.weight,
            .align = align,
            .soft_breaks = layout.soft_breaks,
            .inset_x = inset_x,
            .inset_y = inset_y};
}

void Builder::say(std::size_t index, std::size_t drawing, const Inline& runs, const TextLayout& layout, Style style,
                  float inset_x, float inset_y, std::uint8_t align) {
    semantics::Node& node = nodes[index];
    node.text = text_style(layout, style, inset_x, inset_y, align);
    if (is_plain(runs)) {
        node.name = layout.text;
        if (!runs.empty()) node.language = runs[0].language;
        return;
    }
    node.name = documents::to_text(runs);
    node.runs.reserve(runs.size());
    bool links = false;
    for (const Run& run : runs) {
        node.runs.push_back({.text = run.text,
                             .bold = is_bold(run),
                             .italic = is_italic(run),
                             .code = run.code,
                             .inserted = run.change == documents::Change::inserted,
                             .deleted = run.change == documents::Change::deleted,
                             .href = run.link,
                             .break_after = run.line_break_after});
        links = links || !run.link.empty();
    }
    if (!links) return;
    inline_links.push_back({index, drawing});
    const auto run_of = [&](std::string_view key) {
        if (key.size() <= node.key.size() + 1 || !key.starts_with(node.key) || key[node.key.size()] != '#') return -1;
        int run = 0;
        for (char c : key.substr(node.key.size() + 1)) {
            if (c < '0' || c > '9' || run > 9999) return -1;
            run = run * 10 + (c - '0');
        }
        return run;
    };
    picture[drawing].hot_piece = run_of(hot_key_);
    if (input_->focus.visible) picture[drawing].focused_piece = run_of(input_->focus.key);
}

std::size_t Builder::text_block(std::string key, const Inline& runs, const TextBlock& how) {
    const Slot slot = open(how.above);
    const Style set_in = style(how.type);
    const float measure = how.measure > 0 ? how.measure : px(Length::measure);
    const float width = std::min(slot.width, measure);
    const TextLayout& layout = set(runs, set_in, width);
    const float height = static_cast<float>(layout.lines()) * set_in.line;
    const float used = slot.fit ? std::ceil(layout.width) : width;
    const Box box{slot.x, slot.y, used, height};
    const std::size_t drawing = draw_text(layout, box, set_in, how.colour, how.align);
    const std::size_t node = emit(how.role, std::move(key), box);
    nodes[node].look = how.look;
    say(node, drawing, runs, layout, set_in, 0, 0, how.align);
    close(slot, height, std::ceil(layout.width), how.below);
    return node;
}

// ---- Words ------------------------------------------------------------------------------------------------

void Builder::heading_block(std::string key, int level, const Inline& words, float above, float below, Type type) {
    const std::size_t node =
        text_block(key, words, {.role = Role::heading, .type = type, .above = above, .below = below, .measure = 900});
    nodes[node].level = level;
    nodes[node].focusable = true;
    if (input_->focus.visible && input_->focus.key == key) {
        const semantics::Bounds& bounds = nodes[node].bounds;
        const float words_width = std::ceil(picture[picture.size() - 1].layout->width);  // text_block's last drawing
        picture.outline({bounds.x - 6, bounds.y - 4, words_width + 12, bounds.height + 8}, Colour::border_strong, 2, 4);
    }
}

void Builder::heading(int level, std::string_view words, std::string_view key, std::string_view caption) {
    static constexpr Type types[] = {Type::h1, Type::h2, Type::h3, Type::h4, Type::h5, Type::h5};
    const int index = std::clamp(level, 1, 6) - 1;
    const bool in_card = top().width < 420;
    static constexpr Length above[] = {Length::h2_above, Length::h2_above, Length::h3_above,
                                       Length::h4_above, Length::h4_above, Length::h4_above};
    static constexpr Length below[] = {Length::h1_below, Length::h2_below, Length::h3_below,
                                       Length::h4_below, Length::h4_below, Length::h4_below};
    const std::string own = given_key(key, slug(words) + "-heading");
    if (!caption.empty())
        text_block(own + "-caption", documents::plain(std::string(caption)),
                   {.type = Type::caption,
                    .colour = Colour::text_quiet,
                    .look = "caption",
                    .above = length(above[index]),
                    .below = 4});
    const Type type = in_card && index == 1 ? Type::h3 : types[index];
    heading_block(own, level, documents::plain(std::string(words)), caption.empty() ? length(above[index]) : 4,
                  length(below[index]), type);
}

void Builder::paragraph(Words words, TextSize size, std::string_view key) {
    const Type type = size == TextSize::small ? Type::small : size == TextSize::lead ? Type::lead : Type::body;
    const float below = top().place == Place::definition ? length(Length::space_1)
                        : top().place == Place::rail     ? length(Length::space_2)
                        : size == TextSize::lead         ? length(Length::space_5)
                                                         : length(Length::block_below);
    text_block(given_key(key, "p"), words.runs,
               {.type = type,
                .look = size == TextSize::small  ? "small"
                        : size == TextSize::lead ? "lead"
                                                 : "",
                .above = 0,
                .below = below});
}

void Builder::hint(Words words, std::string_view key) {
    text_block(
        given_key(key, "hint"), words.runs,
        {.type = Type::hint, .colour = Colour::text_quiet, .look = "hint", .below = length(Length::block_below)});
}

void Builder::status(std::string_view key, std::string_view words) {
    if (words.empty()) {  // the region must be there before its words
        const Slot slot = open(0);
        emit(Role::status, full_key(key), {slot.x, slot.y, slot.width, 0});
        close(slot, 0, 0, 0);
        return;
    }
    text_block(full_key(key), documents::plain(std::string(words)),
               {.role = Role::status, .type = Type::small, .below = length(Length::block_below)});
}

void Builder::announce(std::string_view key, std::string_view words) {
    const Slot slot = open(0);
    semantics::Node& node = nodes[emit(Role::status, full_key(key), {slot.x, slot.y, 1, 1})];
    node.name = words;
    node.look = "hidden";
    close(slot, 0, 0, 0);
}

void Builder::alert(std::string_view key, std::string_view words) {
    if (words.empty()) {
        const Slot slot = open(0);
        emit(Role::alert, full_key(key), {slot.x, slot.y, slot.width, 0});
        close(slot, 0, 0, 0);
        return;
    }
    text_block(
        full_key(key), documents::plain(std::string(words)),
        {.role = Role::alert, .type = Type::error, .colour = Colour::error, .below = length(Length::block_below)});
}

std::string_view look_of(TagKind kind) {
    switch (kind) {
        case TagKind::active: return "active";
        case TagKind::under_review: return "under-review";
        case TagKind::awaiting_review: return "awaiting-review";
        case TagKind::expired: return "expired";
        case TagKind::cancelled: return "cancelled";
        case TagKind::paused: return "paused";
        case TagKind::information: break;
    }
    return "information";
}

Colour ink_of(TagKind kind) {
    switch (kind) {
        case TagKind::active: return Colour::active_ink;
        case TagKind::under_review: return Colour::under_review_ink;
        case TagKind::awaiting_review: return Colour::awaiting_review_ink;
        case TagKind::expired: return Colour::expired_ink;
        case TagKind::cancelled: return Colour::cancelled_ink;
        case TagKind::paused: return Colour::paused_ink;
        case TagKind::information: break;
    }
    return Colour::information_ink;
}

Colour fill_of(TagKind kind) {
    switch (kind) {
        case TagKind::active: return Colour::active_fill;
        case TagKind::under_review: return Colour::under_review_fill;
        case TagKind::awaiting_review: return Colour::awaiting_review_fill;
        case TagKind::expired: return Colour::expired_fill;
        case TagKind::cancelled: return Colour::cancelled_fill;
        case TagKind::paused: return Colour::paused_fill;
        case TagKind::information: break;
    }
    return Colour::information_fill;
}

void Builder::tag(std::string_view key, std::string_view words, TagKind kind) {
    const Slot slot = open(0);
    const Box box = tag_at(full_key(key), slot.x, slot.y, slot.width, words, kind);
    close(slot, box.height, box.width, length(Length::space_3));
}

Box Builder::tag_at(std::string key, float x, float y, float width, std::string_view words, TagKind kind,
                    bool is_dense) {
    const Style set_in = style(Type::tag);
    const float pad_x = length(is_dense ? Length::dense_tag_padding_x : Length::tag_padding_x);
    const float pad_y = length(is_dense ? Length::dense_tag_padding_y : Length::tag_padding_y);
    const TextLayout& layout = set(words, set_in, width - 2 * pad_x);
    const Box box{x, y, std::ceil(layout.width) + 2 * pad_x,
                  static_cast<float>(layout.lines()) * set_in.line + 2 * pad_y};
    picture.rect(box, fill_of(kind), px(Length::tag_radius));
    const std::size_t drawing =
        draw_text(layout, {x + pad_x, y + pad_y, box.width - 2 * pad_x, box.height - 2 * pad_y}, set_in, ink_of(kind));
    const std::size_t node = emit(Role::tag, std::move(key), box);
    nodes[node].look = look_of(kind);
    say(node, drawing, documents::plain(std::string(words)), layout, set_in, pad_x, pad_y);
    return box;
}

void Builder::separator(std::string_view key) {
    const Slot slot = open(length(Length::space_5));
    emit(Role::separator, full_key(key), {slot.x, slot.y, slot.width, 1});
    picture.rect({slot.x, slot.y, slot.width, 1}, Colour::border);
    close(slot, 1, slot.width, length(Length::space_5));
}

void Builder::progress(std::string_view key, std::string_view label, double fraction) {
    const Slot slot = open(0);
    const float width = std::min(slot.width, 480.0f);
    const std::size_t node = emit(Role::progress, full_key(key), {slot.x, slot.y, width, 0});
    nodes[node].name = label;
    float y = slot.y, used = 0;
    put_part(nodes[node].label_part, label, Type::label, Colour::text, slot.x, y, width, used);
    y += 4;
    const Box bar{slot.x, y, width, 12};
    picture.rect(bar, Colour::track, 6);
    if (fraction >= 0) {
        const double made = std::min(fraction, 1.0);
        char value[16];
        std::snprintf(value, sizeof value, "%.3g", made);
        nodes[node].value = value;
        if (made > 0)
            picture.rect({bar.x, bar.y, std::max(12.0f, bar.width * static_cast<float>(made)), bar.height},
                         Colour::progress, 6);
    } else {  // how far is not known
        nodes[node].busy = true;
        picture.add({.shape = Shape::hatch, .colour = Colour::progress, .box = bar});
    }
    nodes[node].control = {bar.x, bar.y, bar.width, bar.height};
    nodes[node].bounds.height = bar.bottom() - slot.y;
    close(slot, bar.bottom() - slot.y, width, length(Length::block_below));
}

void Builder::error_summary(std::span<const Problem> problems) {
    if (problems.empty()) return;
    const float padding = length(Length::space_5);
    const std::string key = full_key("error-summary");
    Container& container = enter(key, {.role = Role::alert,
                                       .look = "error-summary",
                                       .below = length(Length::space_6),
                                       .pad_x = padding,
                                       .pad_top = padding,
                                       .pad_bottom = padding});
    container.full_width = true;
    nodes.back().focusable = true;
    const Box box{container.slot.x, container.slot.y, container.slot.width, 0};
    container.stretched.push_back(picture.rect(box, Colour::surface, 4));
    container.stretched.push_back(picture.outline(box, Colour::error, 4, 4));
    heading_block(full_key("title"), 2, documents::plain("There is a problem"), 0, length(Length::space_3), Type::h3);
    {
        const auto items = list("problems", false, false);
        std::map<std::string_view, int> of_field;  // more than one can be wrong at one field
        for (const Problem& problem : problems) {
            const int before = of_field[problem.field_key]++;
            const auto item = list_item(problem.field_key + (before == 0 ? "" : "-" + std::to_string(before + 1)));
            result_.problems += problem.field_key + '\n' + problem.message + '\n';
            link_block("link", problem.message, "#" + problem.field_key, Colour::error, style(Type::error), "problem");
        }
    }
    result_.problems_key = key;
    const auto node = static_cast<std::size_t>(top().node);
    leave();
    if (shows_focus(key)) {
        const semantics::Bounds& bounds = nodes[node].bounds;
        picture.outline({bounds.x - 4, bounds.y - 4, bounds.width + 8, bounds.height + 8}, Colour::focus, 4, 6);
    }
}

// ---- Figures ----------------------------------------------------------------------------------------------

// Records what a page draws, at its place on the page.
class Recorder final : public Canvas {
public:
    Recorder(Builder& builder, Box box) : builder_(builder), box_(box) {}

    float width() const override { return box_.width; }
    float height() const override { return box_.height; }
    void line(float x1, float y1, float x2, float y2, std::string_view colour, float thickness) override {
        builder_.picture.add({.shape = Shape::line,
                              .colour = named(colour),
                              .box = {box_.x + x1, box_.y + y1, 0, y2 - y1},
                              .thickness = thickness,
                              .from = box_.x + x2,
                              .to = box_.y + y2});
    }
    void rect(float x, float y, float w, float h, std::string_view colour, float radius) override {
        builder_.picture.rect({box_.x + x, box_.y + y, w, h}, named(colour), radius);
    }
    void outline(float x, float y, float w, float h, std::string_view colour, float thickness, float radius) override {
        builder_.picture.outline({box_.x + x, box_.y + y, w, h}, named(colour), thickness, radius);
    }
    void hatch(float x, float y, float w, float h, std::string_view colour) override {
        builder_.picture.add({.shape = Shape::hatch, .colour = named(colour), .box = {box_.x + x, box_.y + y, w, h}});
    }
    void circle(float x, float y, float r, std::string_view colour) override {
        builder_.picture.add({.shape = Shape::circle,
                              .colour = named(colour),
                              .box = {box_.x + x - r, box_.y + y - r, 2 * r, 2 * r},
                              .radius = r});
    }
    void arc(float x, float y, float r, float from, float to, std::string_view colour, float thickness) override {
        builder_.picture.add({.shape = Shape::arc,
                              .colour = named(colour),
                              .box = {box_.x + x - r, box_.y + y - r, 2 * r, 2 * r},
                              .radius = r,
                              .thickness = thickness,
                              .from = from,
                              .to = to});
    }
    void text(float x, float y, std::string_view words, std::string_view colour, float size, int weight,
              int align) override {
        const Style style = style_of(size, weight);
        const TextLayout& layout = builder_.set(words, style, unbounded);
        const float left = x - (align == 1 ? layout.width / 2 : align == 2 ? layout.width : 0);
        builder_.draw_text(layout, {box_.x + left, box_.y + y, layout.width, style.line}, style, named(colour));
    }
    float text_width(std::string_view words, float size, int weight) const override {
        return builder_.set(words, style_of(size, weight), unbounded).width;
    }

private:
    static Style style_of(float size, int weight) {
        return {size, std::round(size * 1.4f), static_cast<std::uint16_t>(weight)};
    }
    Colour named(std::string_view colour) const {
        if (const auto token = colour_named(colour)) return *token;
        builder_.faults.push_back("no such colour: " + std::string(colour));
        return Colour::text;
    }

    Builder& builder_;
    Box box_;
};

void Builder::figure(std::string_view key, std::string_view words, float height,
                     const std::function<void(Canvas&)>& draw) {
    const Slot slot = open(0);
    const Box box{slot.x, slot.y, slot.width, height};
    const std::size_t node = emit(Role::image, full_key(key), box);
    nodes[node].name = words;
    nodes[node].look = "figure";
    Recorder recorder(*this, box);
    draw(recorder);
    close(slot, height, slot.width, length(Length::block_below));
}

}  // namespace ca::ui
