#include "pages/message_view.h"

#include "base/text.h"
#include "interop/email.h"

#include <charconv>

namespace ca::pages {

std::size_t named_message(const Route& route) {
    std::size_t number = 0;
    const auto text = route.query_value("message");
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number - 1;  // no number: beyond every message
}

void build_message_text(Context& context, std::size_t index) {
    auto& ui = context.ui;
    const auto message = interop::message_of(context.workspace, index, context.visit.portal_address());
    ui.heading(2, message.subject, "subject");
    {
        auto fields = ui.fields("fields");
        const auto say = [&](std::string_view key, std::string_view name, std::string words) {
            auto field = ui.field(key, name);
            ui.paragraph(std::move(words), ui::TextSize::body, "value");
        };
        say("from", "From", std::string(interop::sender_name) + " <" + std::string(interop::sender_address) + ">");
        say("to", "To",
            message.to_name.empty() ? message.to_address : message.to_name + " <" + message.to_address + ">");
        say("subject", "Subject", message.subject);
        auto field = ui.field("link", "Link");
        ui.link("value", message.link, message.link);
    }
    std::size_t paragraph = 0;
    for (const auto& line : split(message.text, '\n'))
        if (!is_blank(line)) ui.paragraph(line, ui::TextSize::body, "line-" + std::to_string(++paragraph));
}

}  // namespace ca::pages
