// The writing of a document, step by step: check, lay out block by block, make pages, fonts, the rest, the file.
#include "pdf/pdf.h"

#include "base/text.h"
#include "pdf/check_document.h"
#include "pdf/colour_profile.h"
#include "pdf/content_stream.h"
#include "pdf/flow.h"
#include "pdf/metadata.h"
#include "pdf/paginate.h"
#include "pdf/theme.h"

#include <algorithm>
#include <map>
#include <optional>

namespace ca::pdf {

class Writing::Work {
public:
    Work(const documents::Document& document, const FontSet& fonts, Options options)
        : document_(document), font_set_(fonts), options_(std::move(options)) {}

    bool advance() {
        if (stage_ == Stage::done) return false;
        if (auto outcome = step(); !outcome) {
            error_ = with_place_in_words(document_, std::move(outcome.error()));
            stage_ = Stage::done;
        }
        return stage_ != Stage::done;
    }

    int progress_permille() const {
        auto part = [](std::size_t done, std::size_t all) {
            return all == 0 ? 0 : static_cast<int>(std::min(done, all) * 1000 / all);
        };
        // The share of each stage, as it was measured on long terms.
        switch (stage_) {
            case Stage::start: return 0;
            case Stage::layout: return part(next_, document_.blocks.size()) * 500 / 1000;
            case Stage::paginate: return 500;
            case Stage::pages: return 510 + part(next_, pagination_.pages.size()) * 240 / 1000;
            case Stage::fonts: return 750 + part(next_, fonts_ ? fonts_->count() : 0) * 150 / 1000;
            case Stage::structure: return 900;
            case Stage::file: return 940;
            case Stage::done: return 1000;
        }
        return 0;
    }

    Result<File> take() {
        if (error_) return std::unexpected(std::move(*error_));
        return std::move(file_);
    }

private:
    enum class Stage : std::uint8_t { start, layout, paginate, pages, fonts, structure, file, done };

    // A link's rectangles on one page, in the page's top-left lengths.
    struct Area {
        Length left, top, right, bottom;
    };

    Result<void> step() {
        switch (stage_) {
            case Stage::start:
                CA_TRY_VOID(check_document(document_, options_));
                fonts_ = CA_TRY(FontBook::open(font_set_));
                builder_.emplace(*fonts_, document_, options_);
                go(Stage::layout);
                break;
            case Stage::layout:
                // A slice: blocks until enough lines were set.
                for (std::size_t cost = 0; next_ < document_.blocks.size() && cost < characters_per_slice; ++next_) {
                    cost += 200 + size_of(document_.blocks[next_]);
                    CA_TRY_VOID(builder_->add(next_));
                }
                if (next_ >= document_.blocks.size()) go(Stage::paginate);
                break;
            case Stage::paginate: {
                flow_ = builder_->finish();
                builder_.reset();
                pagination_ = paginate(flow_, theme::text_top, options_.page.height - theme::text_bottom_margin);
                pages_root_ = objects_.reserve();
                for (std::size_t i = 0; i < pagination_.pages.size(); ++i) page_refs_.push_back(objects_.reserve());
                resources_ = objects_.reserve();
                for (std::size_t i = 0; i < fonts_->count(); ++i) font_refs_.emplace_back();
                go(Stage::pages);
                break;
            }
            case Stage::pages:
                CA_TRY_VOID(write_page(next_++));
                if (next_ == pagination_.pages.size()) go(Stage::fonts);
                break;
            case Stage::fonts:
                if (fonts_->is_used(next_)) {
                    font_refs_[next_] = objects_.reserve();
                    CA_TRY_VOID(
                        fonts_->use(next_).write(objects_, font_refs_[next_], options_.profile == Profile::a1b));
                }
                if (++next_ == fonts_->count()) go(Stage::structure);
                break;
            case Stage::structure:
                write_catalog();
                go(Stage::file);
                break;
            case Stage::file:
                file_.page_count = static_cast<int>(page_refs_.size());
                file_.bytes = objects_.file(options_.profile == Profile::a1b ? Container::classic : Container::modern,
                                            {.root = catalog_, .info = info_});
                go(Stage::done);
                break;
            case Stage::done: break;
        }
        return {};
    }

    static constexpr std::size_t characters_per_slice = 4000;

    static std::size_t size_of(const documents::Inline& text) {
        std::size_t size = 0;
        for (documents::Run const& run : text) size += run.text.size();
        return size;
    }
    static std::size_t size_of(const documents::Block& block) {
        if (auto const* paragraph = std::get_if<documents::Paragraph>(&block)) return size_of(paragraph->text);
        return 1000;
    }

    void go(Stage stage) {
        stage_ = stage;
        next_ = 0;
    }

    Packing packing() const { return options_.compress ? Packing::deflate : Packing::none; }

    // ---- One page -----------------------------------------------------------------------------------------

    Result<Line> set_line(std::string_view text, const TextStyle& style, Slot slot, const std::string& where) {
        std::u32string words;
        for (char32_t const c : to_code_points(text)) words += c < 0x20 ? U' ' : c;
        ShapedText const shaped = CA_TRY(
            shape_text(*fonts_, {{.text = std::move(words), .style = style, .slot = slot}}, document_.language, where));
        Length const width = std::max<Length>(shaped.natural_width(), 1);
        return std::move(break_lines(*fonts_, shaped, {.measure = width}).front());
    }

    // Text in so many lines at most, each of its own width. What is too long ends in an ellipsis: running lines are
    // artifacts, their words stand whole in the document.
    Result<std::vector<Line>> fitting_lines(const std::string& text, const TextStyle& style, Length measure,
                                            std::size_t most, const std::string& where) {
        std::vector<char32_t> words = to_code_points(text);
        std::replace_if(
            words.begin(), words.end(), [](char32_t c) { return c < 0x20; }, U' ');
        for (;;) {
            std::u32string const shown(words.begin(), words.end());
            ShapedText const shaped =
                CA_TRY(shape_text(*fonts_, {{.text = shown, .style = style}}, document_.language, where));
            Length const natural = std::max<Length>(shaped.natural_width(), 1);
            std::vector<Line> lines =
                break_lines(*fonts_, shaped, {.measure = most == 1 || natural < measure ? natural : measure});
            bool const fits = most == 1 ? natural <= measure : lines.size() <= most;
            if (fits || words.size() < 3) {
                // From the left edge of the line, whichever way it is read.
                for (Line& line : lines) {
                    Length first = measure;
                    for (Piece const& piece : line.pieces) first = std::min(first, piece.x);
                    for (Piece& piece : line.pieces) piece.x -= first;
                }
                return lines;
            }
            // Shorter by what is too much, by one character at least besides the ellipsis.
            std::size_t const room = most == 1 ? static_cast<std::size_t>(measure) : most;
            std::size_t const taken = most == 1 ? static_cast<std::size_t>(natural) : lines.size();
            words.resize(std::min(words.size() - 2, words.size() * room / taken));
            while (words.size() > 1 && words.back() == U' ') words.pop_back();
            words.push_back(U'\u2026');
        }
    }

    struct PlacedPiece {
        const Piece* piece;
        Length x;
        Length baseline;
    };

    // What stands on one page. Pieces are those of the flow, and of `numbers`.
    struct PageContent {
        std::vector<PlacedPiece> pieces;
        std::vector<PlacedPiece> artifacts;
        std::vector<Bar> bars;
        std::vector<ContentsEntry> leaders;
        std::vector<Line> numbers;               // of contents entries
        std::map<int, std::vector<Area>> areas;  // by link

        void place_slab(const Slab& slab, Length top, std::vector<PlacedPiece>& target) {
            for (Bar bar : slab.bars) {
                bar.y += top;
                bars.push_back(bar);
            }
            for (SetLine const& line : slab.lines) place_line(line.line, line.x, top + line.baseline, target);
        }

        void place_line(const Line& line, Length x, Length baseline, std::vector<PlacedPiece>& target) {
            std::map<int, Area> on_line;
            for (Piece const& piece : line.pieces) {
                target.push_back({&piece, x, baseline});
                Length const left = x + piece.x, right = left + piece.ink_width;
                Length const size = piece.style.size;
                if (piece.style.decoration != Decoration::none && right > left) {
                    Length const y = piece.style.decoration == Decoration::underline ? baseline + size * 13 / 100
                                                                                     : baseline - size * 24 / 100;
                    bars.push_back({left, y, right - left, std::max<Length>(size / 22, 400), piece.style.colour});
                }
                if (piece.link == no_link || right <= left) continue;
                Area const area{left, baseline - size * 80 / 100, right, baseline + size * 28 / 100};
                auto const [known, is_new] = on_line.try_emplace(piece.link, area);
                if (!is_new) {
                    known->second.left = std::min(known->second.left, area.left);
                    known->second.right = std::max(known->second.right, area.right);
                }
            }
            for (auto const& [link, area] : on_line) areas[link].push_back(area);
        }
    };

    Result<void> write_page(std::size_t index) {
        PageContent page;
        place_slabs(page, pagination_.pages[index]);
        CA_TRY_VOID(place_contents_numbers(page));

        ContentStream content(options_.page.height);
        write_bars(content, page);
        write_pieces(content, std::move(page.pieces), index);
        if (!page.artifacts.empty()) {
            content.begin_artifact("<</Type/Pagination>>");
            for (PlacedPiece const& placed : page.artifacts) content.show(*placed.piece, placed.x, placed.baseline);
            content.end_mark();
        }
        CA_TRY_VOID(write_running_lines(content, index));

        std::vector<std::string> annotations;
        for (auto const& [link, list] : page.areas) {
            annotations.push_back(reference(write_link(flow_.links[static_cast<std::size_t>(link)], list, index)));
        }
        Dictionary entries;
        entries.put("Type", "/Page")
            .put("Parent", reference(pages_root_))
            .put("MediaBox",
                 array({"0", "0", format_thousandths(options_.page.width), format_thousandths(options_.page.height)}))
            .put("Resources", reference(resources_))
            .put("Contents", reference(objects_.add_stream({}, content.take(), packing())))
            .put("StructParents", std::to_string(index))
            .put("Tabs", "/S");
        if (!annotations.empty()) entries.put("Annots", array(annotations));
        objects_.set(page_refs_[index], entries.text());
        return {};
    }

    void place_slabs(PageContent& page, const PageLayout& layout) const {
        page.bars = layout.panels;
        for (PlacedSlab const& placed : layout.slabs) {
            Slab const& slab = flow_.slabs[placed.slab];
            page.place_slab(slab, placed.top, page.pieces);
            if (slab.contents_entry) {
                page.leaders.push_back(*slab.contents_entry);
                page.leaders.back().baseline += placed.top;
            }
        }
        for (PlacedRepeat const& repeat : layout.repeats) {
            Slab const& slab = flow_.groups[static_cast<std::size_t>(repeat.group)].repeated[repeat.slab];
            page.place_slab(slab, repeat.top, page.artifacts);
        }
    }

    // The number of the page that each contents entry leads to; its dots end before it.
    Result<void> place_contents_numbers(PageContent& page) {
        page.numbers.reserve(page.leaders.size());  // they stay where they are
        for (ContentsEntry& entry : page.leaders) {
            int const number = pagination_.anchors[static_cast<std::size_t>(entry.anchor)].page + 1;
            Line line = CA_TRY(set_line(std::to_string(number), entry.style, entry.slot, "contents"));
            for (Piece& piece : line.pieces) piece.link = entry.link;
            page.numbers.push_back(std::move(line));
            Line const& kept = page.numbers.back();
            page.place_line(kept, entry.right - kept.width, entry.baseline, page.pieces);
            entry.right -= kept.width;
        }
        return {};
    }

    static void write_bars(ContentStream& content, const PageContent& page) {
        if (page.bars.empty() && page.leaders.empty()) return;
        content.begin_artifact();
        for (Bar const& bar : page.bars) content.fill(bar.x, bar.y, bar.width, bar.height, bar.colour);
        for (ContentsEntry const& entry : page.leaders) {
            Length const from = entry.leader_begin + points(6), to = entry.right - points(6);
            if (to > from + points(6)) content.dots(from, to, entry.baseline, theme::quiet);
        }
        content.end_mark();
    }

    // Reading order is the order of slots; within one, that of the lines.
    void write_pieces(ContentStream& content, std::vector<PlacedPiece> pieces, std::size_t page) {
        std::stable_sort(pieces.begin(), pieces.end(),
                         [](PlacedPiece const& a, PlacedPiece const& b) { return a.piece->slot < b.piece->slot; });
        int marked_content_id = 0;
        for (std::size_t i = 0; i < pieces.size();) {
            Slot const slot = pieces[i].piece->slot;
            auto show = [&] {
                content.show(*pieces[i].piece, pieces[i].x, pieces[i].baseline);
                ++i;
            };
            if (auto const& actual = pieces[i].piece->actual_text; !actual.empty()) {
                content.begin_content(actual, marked_content_id);
                show();
            } else {
                content.begin_content(role_name(flow_.tree.role_of_slot(slot)), marked_content_id);
                while (i < pieces.size() && pieces[i].piece->slot == slot && pieces[i].piece->actual_text.empty())
                    show();
            }
            content.end_mark();
            flow_.tree.mark(slot, page_refs_[page], static_cast<int>(page), marked_content_id++);
        }
    }

    Result<void> write_running_lines(ContentStream& content, std::size_t index) {
        TextStyle const quiet{.font = {}, .size = theme::running.size, .colour = theme::quiet};
        TextStyle const strong{
            .font = {.emphasis = documents::Emphasis::bold}, .size = theme::running.size, .colour = theme::warning};
        Length const left = theme::margin_left;
        Length const right = options_.page.width - theme::margin_right;
        Length const foot = options_.page.height - theme::footer_baseline_margin;
        auto show = [&](const Line& line, Length x, Length baseline) {
            for (Piece const& piece : line.pieces) content.show(piece, x, baseline);
        };

        // The first page of a document with a cover has its title in place of the running header.
        bool const with_header = !document_.running_header.empty() && !(index == 0 && flow_.has_cover);
        if (with_header || !document_.status.empty()) {
            content.begin_artifact("<</Type/Pagination/Subtype/Header/Attached[/Top]>>");
            Length taken = 0;
            if (with_header) {
                Line const line =
                    CA_TRY(fitting_lines(document_.running_header, quiet, right - left, 1, "running header")).front();
                show(line, left, theme::header_baseline);
                taken = line.width + points(14);
            }
            if (!document_.status.empty()) {
                // Beside the header where there is room, else above it: it is never left out.
                std::vector<Line> const lines =
                    CA_TRY(fitting_lines(document_.status, strong, right - left, theme::status_lines, "status"));
                bool const beside = lines.size() == 1 && left + taken + lines.front().width <= right;
                Length baseline =
                    theme::header_baseline - (beside ? 0 : theme::running.leading * static_cast<Length>(lines.size()));
                for (Line const& line : lines) {
                    show(line, right - line.width, baseline);
                    baseline += theme::running.leading;
                }
            }
            content.end_mark();
        }
        content.begin_artifact("<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>");
        content.fill(left, options_.page.height - theme::footer_rule_margin, right - left, theme::hairline,
                     theme::hair);
        std::string const count = "Page " + std::to_string(index + 1) + " of " + std::to_string(page_refs_.size());
        Line const number = CA_TRY(set_line(count, quiet, no_slot, "page number"));
        if (!document_.running_footer.empty()) {
            Length const room = right - left - number.width - points(14);
            show(CA_TRY(fitting_lines(document_.running_footer, quiet, room, 1, "running footer")).front(), left, foot);
        }
        show(number, right - number.width, foot);
        content.end_mark();
        return {};
    }

    std::string destination(int anchor) const {
        AnchorPlace const& place = pagination_.anchors[static_cast<std::size_t>(anchor)];
        // A little above the words, so that they do not touch the window's edge.
        Length const y = std::min(options_.page.height, options_.page.height - place.top + points(12));
        return array(
            {reference(page_refs_[static_cast<std::size_t>(place.page)]), "/XYZ", "0", format_thousandths(y), "0"});
    }

    Ref write_link(const LinkTarget& link, const std::vector<Area>& areas, std::size_t page) {
        Area box = areas.front();
        std::vector<std::string> corners;
        auto up = [&](Length y) { return format_thousandths(options_.page.height - y); };
        for (Area const& area : areas) {
            box.left = std::min(box.left, area.left);
            box.right = std::max(box.right, area.right);
            box.top = std::min(box.top, area.top);
            box.bottom = std::max(box.bottom, area.bottom);
            std::string const left = format_thousandths(area.left), right = format_thousandths(area.right);
            for (std::string const& value :
                 {left, up(area.top), right, up(area.top), left, up(area.bottom), right, up(area.bottom)}) {
                corners.push_back(value);
            }
        }
        Ref const annotation = objects_.reserve();
        int const number = flow_.tree.add_annotation(link.node, page_refs_[page], annotation);
        Dictionary entries;
        entries.put("Type", "/Annot")
            .put("Subtype", "/Link")
            .put("Rect",
                 array({format_thousandths(box.left), up(box.bottom), format_thousandths(box.right), up(box.top)}));
        if (areas.size() > 1) entries.put("QuadPoints", array(corners));
        entries.put("Border", "[0 0 0]")
            .put("F", "4")
            .put("P", reference(page_refs_[page]))
            .put("StructParent", std::to_string(static_cast<int>(page_refs_.size()) + number))
            .put("Contents", text_string(link.description.empty() ? link.address : link.description));
        if (link.anchor >= 0) {
            entries.put("Dest", destination(link.anchor));
        } else {
            entries.put("A", Dictionary().put("S", "/URI").put("URI", text_string(link.address)).text());
        }
        objects_.set(annotation, entries.text());
        return annotation;
    }

    // ---- What the pages hang from -------------------------------------------------------------------------

    Ref write_outline() {
        struct Item {
            Ref ref;
            int parent;  // index; -1: the outline itself
            std::vector<int> children;
        };
        if (flow_.anchors.empty()) return {};
        Ref const root = objects_.reserve();
        std::vector<Item> items;
        std::vector<int> top;
        std::vector<int> open;  // the last item of each level above
        for (std::size_t i = 0; i < flow_.anchors.size(); ++i) {
            auto const index = static_cast<int>(i);
            while (!open.empty() &&
                   flow_.anchors[static_cast<std::size_t>(open.back())].level >= flow_.anchors[i].level)
                open.pop_back();
            int const parent = open.empty() ? -1 : open.back();
            items.push_back({objects_.reserve(), parent, {}});
            (parent < 0 ? top : items[static_cast<std::size_t>(parent)].children).push_back(index);
            open.push_back(index);
        }
        // Levels 1 and 2 stand open; Count is what is then seen below an item, negative where it stands closed.
        auto seen_below = [&](auto&& self, int index) -> int {
            int seen = 0;
            for (int const child : items[static_cast<std::size_t>(index)].children) {
                seen += 1;
                if (flow_.anchors[static_cast<std::size_t>(child)].level < 2) seen += self(self, child);
            }
            return seen;
        };
        auto ref_of = [&](int index) { return reference(items[static_cast<std::size_t>(index)].ref); };
        int seen = 0;
        for (int const index : top) {
            seen += 1;
            if (flow_.anchors[static_cast<std::size_t>(index)].level < 2) seen += seen_below(seen_below, index);
        }
        for (std::size_t i = 0; i < items.size(); ++i) {
            auto const& siblings =
                items[i].parent < 0 ? top : items[static_cast<std::size_t>(items[i].parent)].children;
            auto const at = std::find(siblings.begin(), siblings.end(), static_cast<int>(i));
            Dictionary entry;
            entry.put("Title", text_string(flow_.anchors[i].title))
                .put("Parent", items[i].parent < 0 ? reference(root) : ref_of(items[i].parent))
                .put("Dest", destination(static_cast<int>(i)));
            if (at != siblings.begin()) entry.put("Prev", ref_of(*std::prev(at)));
            if (std::next(at) != siblings.end()) entry.put("Next", ref_of(*std::next(at)));
            if (!items[i].children.empty()) {
                int const below = seen_below(seen_below, static_cast<int>(i));
                entry.put("First", ref_of(items[i].children.front()))
                    .put("Last", ref_of(items[i].children.back()))
                    .put("Count", std::to_string(flow_.anchors[i].level < 2 ? below : -below));
            }
            objects_.set(items[i].ref, entry.text());
        }
        objects_.set(root, Dictionary()
                               .put("Type", "/Outlines")
                               .put("First", ref_of(top.front()))
                               .put("Last", ref_of(top.back()))
                               .put("Count", std::to_string(seen))
                               .text());
        return root;
    }

    // Adds the attached files to the catalog.
    void write_attachments(Dictionary& catalog) {
        if (document_.attachments.empty()) return;
        std::vector<std::pair<std::string, std::string>> by_name;
        std::vector<std::string> files;
        for (documents::Attachment const& attachment : document_.attachments) {
            Dictionary parameters;
            parameters.put("Size", std::to_string(attachment.bytes.size()));
            if (auto const modified = attachment.modified ? attachment.modified : document_.created) {
                parameters.put("ModDate", text_string(pdf_date(*modified)));
            }
            Ref const stream = objects_.add_stream(Dictionary()
                                                       .put("Type", "/EmbeddedFile")
                                                       .put("Subtype", name(attachment.media_type))
                                                       .put("Params", parameters.text()),
                                                   attachment.bytes, Packing::deflate);
            Ref const file = objects_.add(
                Dictionary()
                    .put("Type", "/Filespec")
                    .put("F", text_string(attachment.file_name))
                    .put("UF", text_string(attachment.file_name))
                    .put("Desc", text_string(attachment.description))
                    .put("AFRelationship", name(attachment.relationship))
                    .put("EF", Dictionary().put("F", reference(stream)).put("UF", reference(stream)).text())
                    .text());
            files.push_back(reference(file));
            by_name.emplace_back(attachment.file_name, reference(file));
        }
        // A name tree is in the order of its keys.
        std::sort(by_name.begin(), by_name.end());
        std::vector<std::string> names;
        for (auto const& [key, file] : by_name) {
            names.push_back(text_string(key));
            names.push_back(file);
        }
        catalog.put("AF", array(files));
        catalog.put("Names", Dictionary().put("EmbeddedFiles", Dictionary().put("Names", array(names)).text()).text());
    }

    void write_catalog() {
        Dictionary fonts;
        for (std::size_t i = 0; i < font_refs_.size(); ++i) {
            if (font_refs_[i] != Ref{}) fonts.put("F" + std::to_string(i + 1), reference(font_refs_[i]));
        }
        objects_.set(resources_, Dictionary().put("Font", fonts.text()).text());
        std::vector<std::string> kids;
        for (Ref const page : page_refs_) kids.push_back(reference(page));
        objects_.set(pages_root_, Dictionary()
                                      .put("Type", "/Pages")
                                      .put("Kids", array(kids))
                                      .put("Count", std::to_string(kids.size()))
                                      .text());

        Ref const profile = objects_.add_stream(Dictionary().put("N", "3"), srgb_profile(), Packing::deflate);
        Dictionary intent;
        intent.put("Type", "/OutputIntent")
            .put("S", "/GTS_PDFA1")
            .put("OutputConditionIdentifier", "(sRGB IEC61966-2.1)")
            .put("Info", "(sRGB IEC61966-2.1)")
            .put("RegistryName", "(http://www.color.org)")
            .put("DestOutputProfile", reference(profile));

        Dictionary catalog;
        catalog.put("Type", "/Catalog")
            .put("Pages", reference(pages_root_))
            .put("Lang", text_string(document_.language))
            .put("MarkInfo", "<</Marked true>>")
            .put("ViewerPreferences", "<</DisplayDocTitle true>>")
            .put("Metadata", reference(objects_.add_stream(Dictionary().put("Type", "/Metadata").put("Subtype", "/XML"),
                                                           xmp_packet(document_, options_), Packing::none)))
            .put("OutputIntents", array({intent.text()}))
            .put("StructTreeRoot", reference(flow_.tree.write(objects_, static_cast<int>(page_refs_.size()))));
        if (Ref const outline = write_outline(); outline != Ref{}) {
            catalog.put("Outlines", reference(outline));
            if (page_refs_.size() > 2) catalog.put("PageMode", "/UseOutlines");
        }
        write_attachments(catalog);
        info_ = objects_.add(information(document_, options_).text());
        catalog_ = objects_.add(catalog.text());
    }

    const documents::Document& document_;
    const FontSet& font_set_;
    Options options_;

    Stage stage_ = Stage::start;
    std::size_t next_ = 0;
    std::optional<Error> error_;

    std::optional<FontBook> fonts_;
    std::optional<FlowBuilder> builder_;
    Flow flow_;
    Pagination pagination_;

    Objects objects_;
    Ref pages_root_;
    Ref resources_;
    Ref catalog_;
    Ref info_;
    std::vector<Ref> page_refs_;
    std::vector<Ref> font_refs_;
    File file_;
};

Writing::Writing(const documents::Document& document, const FontSet& fonts, Options options)
    : work_(std::make_unique<Work>(document, fonts, std::move(options))) {}
Writing::Writing(Writing&&) noexcept = default;
Writing& Writing::operator=(Writing&&) noexcept = default;
Writing::~Writing() = default;

bool Writing::advance() { return work_->advance(); }
int Writing::progress_permille() const { return work_->progress_permille(); }
Result<File> Writing::take() { return work_->take(); }

Result<File> write(const documents::Document& document, const FontSet& fonts, const Options& options) {
    Writing writing(document, fonts, options);
    while (writing.advance()) {
    }
    return writing.take();
}

}  // namespace ca::pdf
