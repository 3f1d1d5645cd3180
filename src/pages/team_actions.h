// What the agreement team can do with one agreement: issue, pause, resume, reset, terminate, withdraw. Shown on the
// agreement's page to the team only; each is a command of the engine, which has the last word.
#pragma once

#include "pages/present.h"

namespace ca::pages {

class TeamActions {
public:
    void build(Context&, const lifecycle::Agreement&);
    // Problems of the open form, for the summary at the top of the page.
    std::vector<ui::Problem> problems(const Context&) const;

private:
    enum class Form : std::uint8_t { none, issue, pause, reset, terminate, withdraw };
    lifecycle::Command command(const std::string& number, std::string end_date) const;
    void build_form(Context&, const lifecycle::Agreement&);
    void build_ending(Context&, const lifecycle::Agreement&, const FormErrors&);
    // What the open form would do: the last day, who is told, who cannot be.
    void build_outlook(Context&, const lifecycle::Agreement&, const lifecycle::Command&) const;

    Form open_ = Form::none;
    std::string reason_;
    DateEntry end_date_;
    std::string date_error_;     // why it is no date
    bool lacks_reason_ = false;  // beside a date that is wrong
    std::string asked_;          // the verb of the command whose answer is awaited
};

}  // namespace ca::pages
