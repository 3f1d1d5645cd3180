// Contacts in a table, with what may be put right about each: the name (R65), and who is an onboarding contact no more
// (R66). For the agreement team beside the accounts, for contacts on their own page.
#pragma once

#include "pages/present.h"

namespace ca::pages {

class ContactTable {
public:
    void build(Context&, std::span<const lifecycle::Contact* const>);
    // Problems of the open form, for the summary at the top of the page. The table is emitted in the page's own scope.
    std::vector<ui::Problem> problems(const Context&) const;

private:
    enum class Form : std::uint8_t { none, correct, end };
    void build_correct(Context&);
    void build_end(Context&);
    void build_buttons(Context&, std::string_view label, ui::Tone, lifecycle::Command);
    void close();

    Form open_ = Form::none;
    bool is_new_ = false;
    std::string email_, account_, name_;  // of the contact whose form is open; the name as it is being corrected
    std::string held_name_;
    std::string button_;  // that opened the form
};

}  // namespace ca::pages
