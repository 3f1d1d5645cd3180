// Help, the accessibility statement, and the page for addresses that lead nowhere.

#include "pages/catalogue.h"
#include "pages/present.h"

namespace ca::pages {
namespace {

class HelpPage : public Page {
public:
    std::string heading(const Context&) const override { return "Help"; }
    void build(Context& context) override {
        auto& ui = context.ui;
        ui.heading(1, "Help", "h1");
        ui.paragraph("How a connection agreement is reviewed, accepted and kept.", ui::TextSize::lead);

        ui.heading(2, "Who can accept", "who");
        ui.paragraph(ui::Words{{ui::text("Only an onboarding contact of the account. Register first, then complete the "),
                                ui::link_to("Supplier Onboarding Contact Nomination", "#/nomination"), ui::text(".")}});
        ui.heading(2, "How long you have", "how-long");
        ui.paragraph("A new agreement waits 90 days for you. The day on which it was created is day 1, and days end at midnight in London. If nobody accepts it by the end of the last day it is cancelled, and a new one has to be requested.");
        ui.paragraph("A change of terms is reviewed for 30 days and then becomes Active by itself. You cannot accept it by hand. If you have questions, raise a query: the agreement team can pause the clock, and acceptance waits until your query is resolved.");
        ui.heading(2, "What the states mean", "states");
        static const std::vector<ui::TableColumn> columns{{.key = "state", .header = "State"}, {.key = "meaning", .header = "What it means"}, {.key = "you", .header = "What you do"}};
        const std::vector<ui::TableRow> rows{
            {"awaiting-review", {{.words = "Draft, Awaiting Review", .header = true}, {.words = "The agreement team is preparing it."}, {.words = "Nothing, until you get an e-mail."}}},
            {"under-review", {{.words = "Draft, Under Review", .header = true}, {.words = "It is ready for you to read."}, {.words = "Read it, and accept it or raise a query."}}},
            {"active", {{.words = "Active", .header = true}, {.words = "It is in force."}, {.words = "Keep its PDF."}}},
            {"expired", {{.words = "Expired", .header = true}, {.words = "A newer agreement replaced it, or it was ended."}, {.words = "Nothing. It stays readable."}}},
            {"cancelled", {{.words = "Cancelled", .header = true}, {.words = "It was not accepted in time, or was withdrawn."}, {.words = "Ask for a new one if it is still needed."}}},
        };
        ui.table("states-table", columns, rows, {.caption = "States of an agreement", .hidden_caption = true});
        ui.heading(2, "Where everything is kept", "kept");
        ui.paragraph("In this browser, on this device. It works offline, and nothing is sent anywhere. Download a backup now and then: clearing the browser's data erases the workspace.");
        ui.paragraph(ui::Words{{ui::link_to("Data in this browser", "#/data")}});
        ui.paragraph(ui::Words{{ui::text("A PDF that you downloaded carries its own record. "), ui::link_to("Check a downloaded agreement", "#/verify"), ui::text(" shows whether it is still exactly what the portal issued.")}});
        ui.heading(2, "By keyboard, by voice, or enlarged", "ways");
        ui.paragraph("Every action can be done with the keyboard. If the drawn view does not suit you, choose Use the HTML view at the bottom of any page: the same pages as ordinary web pages, for your own colours, fonts and zoom.");
        ui.heading(2, "Ask a person", "ask");
        ui.paragraph(ui::Words{{ui::text("If something does not work, or you want to tell us something, write to "),
                                ui::link_to("england.liveserviceonboarding@nhs.net", "mailto:england.liveserviceonboarding@nhs.net"), ui::text(".")}});
    }
};

class AccessibilityPage : public Page {
public:
    std::string heading(const Context&) const override { return "Accessibility statement"; }
    void build(Context& context) override {
        auto& ui = context.ui;
        ui.heading(1, "Accessibility statement", "h1");
        ui.paragraph("This portal should be usable by everyone who has to read or accept a connection agreement. It aims at level AA of the Web Content Accessibility Guidelines 2.2.");
        ui.heading(2, "What you can do", "can");
        {
            auto list = ui.list("list");
            const auto say = [&](std::string_view key, std::string_view words) {
                auto item = ui.list_item(key);
                ui.paragraph(std::string(words), ui::TextSize::body, "words");
            };
            say("reader", "use every page with a screen reader: all text, fields, tables and buttons are real page elements");
            say("keyboard", "do everything with the keyboard, with a visible focus");
            say("zoom", "enlarge to 400 % without scrolling sideways");
            say("colours", "use your own colours and a dark scheme; nothing is told by colour alone");
            say("html", "switch to the HTML view, which needs no graphics hardware");
            say("pdf", "download agreements as tagged PDF documents");
        }
        ui.heading(2, "How it was checked", "checked");
        ui.paragraph("Each page is checked automatically in both views with axe-core, and by keyboard and role in automated tests. It has not yet been audited by an independent body.");
        ui.heading(2, "What is not perfect", "not-perfect");
        ui.paragraph("The drawn view shows text in one typeface. Names in scripts that it does not cover are shown in the HTML view. The HTML view starts by itself where the browser forces its own colours or has no WebGL 2.");
        ui.heading(2, "Tell us", "tell");
        ui.paragraph(ui::Words{{ui::text("If you cannot use a part of this portal, write to "), ui::link_to("england.liveserviceonboarding@nhs.net", "mailto:england.liveserviceonboarding@nhs.net"),
                                ui::text(". You can also ask for an agreement in another format. If you are not content with the answer, contact the Equality Advisory and Support Service.")}});
    }
};

class NotFoundPage : public Page {
public:
    explicit NotFoundPage(std::string what) : what_(std::move(what)) {}
    std::string heading(const Context&) const override { return what_ + " not found"; }
    void build(Context& context) override { build_not_found(context, what_); }

private:
    std::string what_;
};

}  // namespace

std::unique_ptr<Page> make_help_page() { return std::make_unique<HelpPage>(); }
std::unique_ptr<Page> make_accessibility_page() { return std::make_unique<AccessibilityPage>(); }
std::unique_ptr<Page> make_not_found_page(std::string what) { return std::make_unique<NotFoundPage>(std::move(what)); }

}  // namespace ca::pages
