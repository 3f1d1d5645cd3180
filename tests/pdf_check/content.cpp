#include "pdf_check/content.h"

namespace pdf_check {

std::expected<PageContent, std::string> content_of(const File& file, int page) {
    Value const& contents = file.objects.at(page).value["Contents"];
    std::string bytes;
    std::vector<Value> const parts = contents.is(Value::Kind::array) ? contents.items : std::vector<Value>{contents};
    for (Value const& part : parts) {
        const Object* stream = file.object(part);
        if (stream == nullptr || !stream->is_stream) return std::unexpected("the page has no content");
        auto decoded = file.decoded(*stream);
        if (!decoded) return std::unexpected(decoded.error());
        bytes += *decoded + '\n';
    }
    auto const tokens = tokens_of(bytes);
    if (!tokens) return std::unexpected(tokens.error());

    static const std::set<std::string, std::less<>> painting = {"Tj", "TJ", "'", "\"", "f",  "F",  "f*", "B", "B*",
                                                                "b",  "b*", "S", "s",  "sh", "Do", "BI", "EI"};
    struct Level {
        bool artifact = false;
        int mark = -1;  // index of `marks`
    };
    PageContent content;
    std::vector<Level> open;
    std::vector<Value> operands;
    std::string font;
    bool in_text = false;
    for (Value const& token : *tokens) {
        if (!token.is(Value::Kind::op)) {
            operands.push_back(token);
            continue;
        }
        std::string const& op = token.text;
        bool in_artifact = false, in_mark = false;
        int mark = -1;
        for (Level const& level : open) {
            in_artifact = in_artifact || level.artifact;
            in_mark = in_mark || level.mark >= 0;
            if (level.mark >= 0) mark = level.mark;
        }
        if (op == "BMC" || op == "BDC") {
            Level level;
            level.artifact = !operands.empty() && operands.front().is_name("Artifact");
            if (op == "BDC" && operands.size() == 2 && operands[1].has("MCID")) {
                level.mark = static_cast<int>(content.marks.size());
                content.marks.push_back({operands[1]["MCID"].integer(), operands[1]["ActualText"].text});
            }
            if ((level.artifact && (in_mark || in_artifact)) || (level.mark >= 0 && (in_mark || in_artifact))) {
                content.badly_nested.push_back(level.artifact ? "an artifact in marked content"
                                                              : "a marked-content id in a mark");
            }
            open.push_back(level);
        } else if (op == "EMC") {
            if (open.empty()) content.unbalanced.push_back("EMC without a beginning");
            else open.pop_back();
        } else if (op == "BT" || op == "ET") {
            if (in_text == (op == "BT")) content.unbalanced.push_back(op + " out of turn");
            in_text = op == "BT";
        } else if (op == "Tf" && operands.size() == 2) {
            font = operands[0].text;
        }
        if (painting.contains(op)) {
            if (!in_mark && !in_artifact) content.unmarked.push_back(op);
            auto& target = mark >= 0 ? content.marks[static_cast<std::size_t>(mark)].shown : content.artifacts;
            auto show = [&](const Value& text) {
                if (text.is(Value::Kind::string)) target.push_back({font, text.text});
            };
            for (Value const& operand : operands) {
                show(operand);
                for (Value const& item : operand.items) show(item);
            }
        }
        operands.clear();
    }
    if (!open.empty()) content.unbalanced.push_back("a mark is not closed");
    if (in_text) content.unbalanced.push_back("a text object is not closed");
    return content;
}

}  // namespace pdf_check
