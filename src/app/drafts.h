// Drafts: what a person has typed into the forms of a page and not sent. No page knows of them: fields tell them
// (ui/field_memory.h).
//
//     drafts.open("contact:jo@acme.example", "cases/CS0000001");   // a page is shown anew: what was typed there comes
//     back drafts.begin_frame();  …build…  drafts.end_frame(); const auto sending = drafts.sending(); // in a frame in
//     which a form was sent drafts.sent(sending);                                         // once it is saved: it is no
//     draft any more
//
// A draft belongs to one person and one page (its path, and what it was opened for). It is written at each change,
// whole, before the frame ends: a page that is being left gets no more turns, so nothing may be put off (platform.h
// says where drafts lie, and why). Where two windows type on one page, each field is as it was typed last.
//
// It ends when its form is saved, when the page itself changes the field, when the person throws it away or types it
// back to what the page had, and with the workspace. A form that was open is opened again by the press that had opened
// it, if that press did nothing else. In practice mode drafts are a copy as well, gone when practice ends.
#pragma once

#include "app/platform.h"
#include "ui/field_memory.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace ca::app {

struct DraftField {
    std::string form, form_name, key, label, value;
    std::string opener;  // the button that opened its form; empty: it is always there
    static void describe(auto&& member, auto& self) {
        member("form", self.form);
        member("form_name", self.form_name);
        member("key", self.key);
        member("label", self.label);
        member("value", self.value);
        member("opener", self.opener);
    }
    bool operator==(const DraftField&) const = default;
};

struct Draft {
    Instant at{};
    std::string person, page;
    std::vector<DraftField> fields;
    static void describe(auto&& member, auto& self) {
        member("at", self.at);
        member("person", self.person);
        member("page", self.page);
        member("fields", self.fields);
    }
    bool operator==(const Draft&) const = default;
};

std::string to_text(const Draft&);
std::optional<Draft> draft_of(std::string_view text);  // none: it is not one that this version of the portal reads

class Drafts final : public ui::FieldMemory {
public:
    explicit Drafts(Platform& platform) : platform_(platform) {}

    void open(std::string person, std::string page);
    void begin_frame(Instant now);
    void end_frame();
    // The press of this frame has done something: it is not one that only opens a form.
    void acted() { pressed_.clear(); }

    struct Sending {
        std::string person, page, form, form_name;
    };
    Sending sending() const { return {open_.person, open_.page, sending_form_, sending_form_name_}; }
    void sent(const Sending&);
    void throw_away();  // the draft of this page
    void forget_all();

    void begin_practice();
    void end_practice();

    // When what came back with this page had been typed; none: nothing has.
    std::optional<Instant> came_back() const { return came_back_; }
    // What came back and has no place on the page as it is now.
    std::vector<DraftField> without_place() const;
    // Why what was typed is kept on this page only; none: it is kept.
    const std::optional<Error>& trouble() const { return trouble_; }

    // ui::FieldMemory
    std::optional<std::string> recall(const Field&, const std::string& value) override;
    void tell(const Field&, const std::string& value, bool typed) override;
    void pressed(std::string_view key, std::string_view form, std::string_view form_name) override;
    bool presses(std::string_view key) override;

private:
    using Name = std::pair<std::string, std::string>;  // of a form, or a field of it: its key, and the name of the form
    Draft read(const std::string& person, const std::string& page) const;
    void write(const Draft&);
    void set(const Field&, const std::string& value);
    void drop(const Field&);

    Platform& platform_;
    Draft open_;                                      // of this page, as it was last read or written
    std::map<std::string, Draft, std::less<>> here_;  // by name, where the platform does not keep them, and in practice
    std::map<std::string, Draft, std::less<>> before_practice_;
    bool practising_ = false;
    std::optional<Error> trouble_;
    std::optional<Instant> came_back_;

    // Of this page since it is shown.
    Instant now_{};
    bool left_ = false;  // in this frame: the page that is still being built is another's, and is not heard
    std::size_t frames_ = 0;
    std::map<Name, std::string> first_;      // what each field was before anything was typed or came back
    std::map<Name, std::string> own_;        // what was typed here, or came back
    std::set<Name> fields_, fields_before_;  // in this frame, in the one before
    std::set<Name> forms_, forms_before_;
    std::map<Name, std::string> openers_;           // of forms
    std::string pressed_, pressed_before_;          // the button pressed in this frame, and in the one before
    std::string sending_form_, sending_form_name_;  // in which a button was pressed in this frame
    std::set<std::string, std::less<>> to_press_;
};

}  // namespace ca::app
