// Keeps what a person types into forms, so that no page has to: every field of a form asks it what was typed there
// before, and tells it how the field stands. Handed to the frame by Ui::remember_fields; written in app/drafts.h.
//
// What is not told: files, searches and filters (fields outside of a form), and fields that are to be given anew each
// time (FieldOptions::anew).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ca::ui {

class FieldMemory {
public:
    struct Field {
        std::string_view key;              // full
        std::string_view form, form_name;  // the form that it stands in: its full key, and its name
        std::string_view label;
    };
    virtual ~FieldMemory() = default;

    // Before the field takes what happened to it: what was typed into it earlier; none: it is as the page has it.
    virtual std::optional<std::string> recall(const Field&, const std::string& value) = 0;
    // After that: how it stands in this frame, and whether the person has just changed it.
    virtual void tell(const Field&, const std::string& value, bool typed) = 0;

    // A button was pressed, in a form (its full key and its name) or in none. Pressing one may open a form.
    virtual void pressed(std::string_view key, std::string_view form, std::string_view form_name) = 0;
    // Whether this button is to be taken as pressed, so that a form in which something was typed is open again.
    virtual bool presses(std::string_view key) = 0;
};

}  // namespace ca::ui
