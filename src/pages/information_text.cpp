#include "pages/information_text.h"

#include "documents/markdown.h"

#include <initializer_list>
#include <string>
#include <string_view>

namespace ca::pages {
namespace {

using documents::Blocks;
using documents::Inline;

// Words with links in them, "[Help](#/help)": CommonMark's, which keeps no address of a page of the portal.
Inline words(std::string_view text) {
    Inline runs;
    for (;;) {
        const auto open = text.find('['), middle = text.find("](", open), close = text.find(')', middle);
        if (close == std::string_view::npos) break;
        if (open > 0) runs.push_back({.text = std::string(text.substr(0, open))});
        runs.push_back({.text = std::string(text.substr(open + 1, middle - open - 1)),
                        .link = std::string(text.substr(middle + 2, close - middle - 2))});
        text.remove_prefix(close + 1);
    }
    if (!text.empty()) runs.push_back({.text = std::string(text)});
    return runs;
}

class Text {
public:
    Text& heading(int level, std::string title) {
        const auto id = documents::heading_slug(title);
        blocks_.emplace_back(documents::Heading{.level = level, .text = documents::plain(std::move(title)), .id = id});
        return *this;
    }
    Text& say(std::string_view text) {
        blocks_.emplace_back(documents::Paragraph{words(text)});
        return *this;
    }
    Text& points(std::initializer_list<std::string_view> texts) {
        documents::List list{.items = {}};
        for (const auto text : texts)
            list.items.push_back({.marker = "•", .blocks = {documents::Paragraph{words(text)}}});
        blocks_.emplace_back(std::move(list));
        return *this;
    }
    Text& table(std::string caption, std::initializer_list<std::string_view> header,
                std::initializer_list<std::initializer_list<std::string_view>> rows) {
        documents::Table table{.caption = std::move(caption), .header = {}, .rows = {}, .header_column = true};
        const auto row_of = [](const auto& cells) {
            documents::Row row;
            for (const auto cell : cells) row.push_back({.text = words(cell)});
            return row;
        };
        table.header = row_of(header);
        for (const auto& row : rows) table.rows.push_back(row_of(row));
        blocks_.emplace_back(std::move(table));
        return *this;
    }
    Text& contents() {
        blocks_.emplace_back(documents::Contents{.depth = 1});
        return *this;
    }
    Blocks take() { return std::move(blocks_); }

private:
    Blocks blocks_;
};

constexpr std::string_view feedback =
    "[england.liveserviceonboarding@nhs.net](mailto:england.liveserviceonboarding@nhs.net)";

void introduce(Text& text) {
    text.heading(2, "Introduction to the digital Connection Agreement")
        .say(
            "Each supplier that connects to NHS England services or APIs (the connecting party) holds a Connection "
            "Agreement. Since 1 August 2025 it is digital. "
            "It is held against the account of the connecting party, and it can be downloaded as a PDF with the terms "
            "and conditions that apply.")
        .heading(3, "New contract")
        .say(
            "A new contract names new API Products Applicable, or leaves out some that no longer apply after "
            "offboarding. There are no signatures: the state Active, "
            "the date under Accepted On and the onboarding contact’s name under Accepted By stand in their place.")
        .say(
            "A case is created with it, so that you can write to the connection agreement team. You have 90 days to "
            "accept. When you accept, the agreement becomes "
            "Active and the case is resolved. If nobody accepts within the 90 days, the agreement is cancelled, and a "
            "new one has to be requested from the NHS England "
            "API product onboarding team if it is still needed.")
        .heading(3, "Terms change")
        .say(
            "When the terms and conditions change, every agreement that holds them gets a new version to review, and "
            "all connecting parties are notified. After the "
            "30-day review it becomes Active by itself, and the agreement before it becomes Expired.")
        .say(
            "If you have a question about the change, raise a query within the 30 days. That opens a case. The "
            "connection agreement team can stop the 30 days while "
            "your question is answered, and can start them again afterwards.")
        .heading(3, "Contract termination")
        .say(
            "When none of its API products is used any more, the connection agreement team ends an agreement with an "
            "end date that was agreed. It then becomes Expired.");
}

void prepare(Text& text) {
    text.heading(2, "How NHS England issues a Connection Agreement")
        .say(
            "When an agreement is ready you are notified by email from "
            "[support.digitalservices@nhs.net](mailto:support.digitalservices@nhs.net), with a link to it. "
            "You are notified of:")
        .points({"a new contract that waits to be accepted, with new API Products Applicable or without some that "
                 "applied before",
                 "a new contract that waits to be accepted, which uplifts what was signed for version 5 to version 6",
                 "a terms change: a new version, because its terms were uplifted",
                 "a contract termination, because none of its API products is used any more"})
        .say("[Notifications](#/notifications) lists what was addressed to you.")
        .heading(2, "How to prepare for a Connection Agreement")
        .say("To see agreements you must be registered with the account: [register for an account](#/register).")
        .say(
            "To accept one you must be an onboarding contact. Complete the [Supplier Onboarding Contact "
            "Nomination](#/nomination); you also find it by typing its "
            "name into the search field at the top of the page.");
}

void access(Text& text) {
    text.heading(2, "How to access a Connection Agreement")
        .heading(3, "My Extras and My Connection Agreements")
        .say(
            "Choose My Extras at the top of the page, then [My Connection Agreements](#/agreements). Filters show "
            "those with the state Active, and with the state Draft "
            "and the substate Under Review. To see all, also those that are Cancelled or Expired, choose Clear All.")
        .heading(3, "Number")
        .say("The agreement’s own number: CNTR and seven digits. Choose it to read the agreement.")
        .heading(3, "Name")
        .say("Made of your ODS code and the name of the account.")
        .heading(3, "Company Registration Number")
        .say(
            "NHS England has looked it up by the account’s name and registered address, at [Companies "
            "House](https://www.gov.uk/get-information-about-a-company). For a "
            "public healthcare organisation, and for one that is registered outside of the UK, the ODS code stands in "
            "its place. Check it before you accept. If it is "
            "incorrect, tell us on the case.")
        .heading(3, "Account")
        .say(
            "The connecting party, as registered, with the ODS code that was given in the Supplier Conformance "
            "Assessment List (SCAL).")
        .heading(3, "API Products Applicable")
        .say("The NHS England services and APIs that your products are approved to connect to.")
        .heading(3, "Case")
        .say(
            "Where the connecting party and the connection agreement team write to each other. A new contract, whose "
            "signature type is Accepted via Portal, is created with "
            "a case. A terms change, whose signature type is Auto Accepted, is not: choose Raise a query to open one. "
            "[My cases](#/cases) lists them all.");
}

void explain_states(Text& text) {
    text.heading(3, "State")
        .table("States of an agreement",
               {"State", "New contract (Accepted via Portal)", "Terms change (Auto Accepted)"},
               {{"Draft", "For 90 days, or until an onboarding contact accepts it",
                 "For 30 days, in which it is reviewed; longer where a query pauses the review"},
                {"Active", "An onboarding contact has accepted it: Accepted By and Accepted On say who and when",
                 "It has replaced the version before, after the 30 days"},
                {"Expired", "A newer agreement has replaced it, or it was terminated with an end date", "The same"},
                {"Cancelled", "Nobody accepted it within the 90 days, or it was withdrawn",
                 "It was withdrawn, or a newer change took its place"}})
        .heading(3, "Substate")
        .table("Substates of a draft", {"Substate", "What it means", "What you do"},
               {{"Awaiting Review", "The connection agreement team is preparing it. Nobody has been notified yet",
                 "Nothing, until you get an email"},
                {"Under Review", "It is ready for you to read, and you were notified",
                 "Read it. Accept a new contract, or raise a query"}})
        .heading(3, "Accepted On")
        .say(
            "The date on which the onboarding contact accepted the terms and conditions, or on which a terms change "
            "was accepted automatically after its review.")
        .heading(3, "Accepted By")
        .say(
            "The name of the person who accepted. A terms change has none, as it is accepted automatically; its PDF "
            "shows to whom it was issued.")
        .heading(3, "Start Date")
        .say("The date on which the agreement became Active.")
        .heading(3, "Created")
        .say(
            "The date and time at which the connection agreement team created the agreement. It is also day 1 of the "
            "90 or 30 days.");
}

void review(Text& text) {
    text.heading(2, "Review and accept the terms and conditions")
        .say("Choose the number of the agreement. The acceptance section is below its terms and conditions.")
        .heading(3, "Standard terms, special terms and Appendix 1A")
        .points({"Standard terms apply to all NHS England services and APIs.",
                 "Special terms apply to one API product each; the heading of their appendix says to which.",
                 "Note and share the [End User Organisation Acceptable Use Policy](#/policies/acceptable-use) "
                 "(Appendix 1A) with all your customers who use your products to "
                 "access NHS England services, and have a way to share it with new ones."})
        .heading(3, "Who can accept")
        .say(
            "Only an onboarding contact of the account. Tick that you have read and understood the terms and "
            "conditions, then choose Accept agreement. Accepted By and "
            "Accepted On are filled in for you. It cannot be undone.")
        .heading(3, "How long you have")
        .say(
            "A new contract waits 90 days. The day on which it was created is day 1, and days end at midnight in "
            "London: the last day ends at midnight at its end. The "
            "agreement says which day today is, and which day is the last.")
        .heading(3, "Raise a query")
        .say(
            "A terms change has no tick box: it becomes Active after 30 days. It is made under clause 8.5 (Change "
            "Management) of the Standard terms. Read the "
            "[Connection Agreement Published Changes](#/changes). If you have questions, choose Raise a query on the "
            "agreement, write them under Description, and choose "
            "Submit. That opens a case, where the answers come too.")
        .say("Add further email addresses to the watch list of the case: each gets a copy of what is written.")
        .heading(2, "Download the PDF")
        .say(
            "Choose Download PDF on the agreement. The file is saved, and listed under Attachments. It shows, besides "
            "what is on the page:")
        .points({"Contacts email addresses: everyone who was notified, by full name where they are an onboarding "
                 "contact of the account, else by email address",
                 "Accepted By: “Accepted via Portal” for a new contract, “System Administrator (Auto Accepted)” for a "
                 "terms change",
                 "Original Version: the most recent agreement that was a new contract",
                 "Superseded Contract: the agreement before this one"})
        .say(
            "A PDF carries its own record: [check a downloaded agreement](#/verify) shows whether it is still exactly "
            "what was issued.");
}

void about_portal(Text& text) {
    text.heading(2, "Where everything is kept")
        .say(
            "In this browser, on this device. It works offline, and nothing is sent anywhere. Download a backup now "
            "and then, under [Data in this browser](#/data): clearing "
            "the browser’s data erases the workspace.")
        .heading(2, "By keyboard, by voice, or enlarged")
        .say(
            "If the drawn view does not suit you, choose Use the HTML view at the bottom of any page: the same pages "
            "as ordinary web pages, for your own colours, fonts and "
            "zoom. The [accessibility statement](#/accessibility) says more.")
        .heading(2, "Issues and feedback")
        .say("If something does not work, or you want to tell us something about this process, write to " +
             std::string(feedback) + ".")
        .say("Notifications come from [support.digitalservices@nhs.net](mailto:support.digitalservices@nhs.net).");
}

void how_accessible(Text& text) {
    text.say(
            "This statement is about the Connection Agreements portal, at the address at which you read it. NHS "
            "England wants as many people as possible to be able to use it. "
            "You should be able to:")
        .points({"work every button, link and field with the keyboard or a screen reader, because they and all text "
                 "are elements of the page",
                 "use it in a window 320 pixels wide without scrolling sideways",
                 "change to a dark scheme, or to your own colours",
                 "set the spacing, size and typeface of text yourself: the page then follows as ordinary web pages do",
                 "read it as ordinary web pages: choose Use the HTML view at the bottom of any page"})
        .heading(2, "How accessible this website is")
        .say("We know that some parts are not fully accessible:")
        .points({"on a phone or a tablet, a text size that is set for text alone, without zoom, may change nothing",
                 "the text of terms and policies is shown as it was published, which may not be in plain English",
                 "nobody has yet tried the portal with NVDA, VoiceOver, TalkBack or speech recognition and reported "
                 "how it went"})
        .heading(2, "Feedback and contact information")
        .say(
            "If you need information on this website in a different format, like accessible PDF, large print, easy "
            "read, audio recording or braille, write to " +
            std::string(feedback) + " and say which page or agreement you need, and in what format.")
        .say("No time within which an answer comes has been published for this address, so none is promised here.")
        .heading(2, "Reporting accessibility problems with this website")
        .say(
            "If you find a problem that is not listed on this page, or think that we do not meet the accessibility "
            "requirements, write to " +
            std::string(feedback) + ".")
        .heading(2, "Enforcement procedure")
        .say(
            "The Equality and Human Rights Commission (EHRC) is responsible for enforcing the Public Sector Bodies "
            "(Websites and Mobile Applications) (No. 2) Accessibility "
            "Regulations 2018 (the ‘accessibility regulations’). If you are not happy with how we respond to your "
            "complaint, [contact the Equality Advisory and Support Service "
            "(EASS)](https://www.equalityadvisoryservice.com/).");
}

void technical(Text& text) {
    text.heading(2, "Technical information about this website’s accessibility")
        .say(
            "NHS England is committed to making this website accessible, in accordance with the accessibility "
            "regulations.")
        .heading(3, "Compliance status")
        .say(
            "This website is partially compliant with the [Web Content Accessibility Guidelines version "
            "2.2](https://www.w3.org/TR/WCAG22/) AA standard, due to the "
            "non-compliances listed below.")
        .heading(2, "Non-accessible content")
        .say("The content listed below is non-accessible for the following reasons.")
        .heading(3, "Non-compliance with the accessibility regulations")
        .table("What does not comply", {"What", "WCAG 2.2 success criterion", "What you can do meanwhile"},
               {{"On a phone or a tablet, a text size that is set for text alone, without zoom, may change nothing",
                 "1.4.4 (resize text)", "Zoom the page"}})
        .say("The HTML view holds the same pages, words and controls as the drawn view, and each page leads to it.")
        .heading(3, "Disproportionate burden")
        .say("Nothing is claimed to be a disproportionate burden.")
        .heading(3, "Content that is not within the scope of the accessibility regulations")
        .say("Files that people bring in themselves, and text in them, are shown as they are.");
}

void prepared(Text& text) {
    text.heading(2, "What we are doing to improve accessibility")
        .say(
            "Each change of this portal is checked by the tests below before it is published. What they find is "
            "mended, or is listed above.")
        .heading(2, "Preparation of this accessibility statement")
        .say("This statement was prepared on 28 November 2026. It was last reviewed on 28 November 2026.")
        .say(
            "This website was last tested on 28 November 2026. The tests were carried out by those who make it, by "
            "programs: no independent body has audited it, and no "
            "person with a disability has been asked to try it.")
        .points(
            {"a page of each kind is checked with axe-core, in the drawn view and in the HTML view, light and dark",
             "a page of each kind is opened in windows of 320, 390 and 768 pixels, in both views, and nothing stands "
             "out of them",
             "focus is followed by keyboard through every dialog, in both views and in small windows: it is never out "
             "of sight",
             "the contrast of words with what they stand on, and of the edges of controls, is measured, light and dark",
             "tests of the pages find buttons, links and fields by role and accessible name, as assistive technology "
             "does",
             "text is spaced, enlarged and set in another typeface by a style sheet of the reader's: the page follows",
             "each kind of PDF is checked for its tags and structure"});
}

}  // namespace

Blocks help_text() {
    Text text;
    text.contents();
    introduce(text);
    prepare(text);
    access(text);
    explain_states(text);
    review(text);
    about_portal(text);
    return text.take();
}

Blocks accessibility_text() {
    Text text;
    how_accessible(text);
    technical(text);
    prepared(text);
    return text.take();
}

}  // namespace ca::pages
