#include "app/drafts.h"

#include "base/sha256.h"
#include "journal/canonical.h"

#include <algorithm>
#include <utility>

namespace ca::app {
namespace {

std::string name_of(std::string_view person, std::string_view page) {
    return sha256_hex(std::string(person) + "\n" + std::string(page));
}

// The frames in which forms are opened again: until they have gone by nothing is known of the fields of those.
constexpr std::size_t opening = 3;

bool is(const DraftField& known, const ui::FieldMemory::Field& field) {
    return known.key == field.key && known.form_name == field.form_name;
}

}  // namespace

std::string to_text(const Draft& draft) {
    std::string text;
    journal::CanonicalWriter(text).write(draft);
    return text;
}

std::optional<Draft> draft_of(std::string_view text) {
    Draft draft;
    journal::CanonicalReader reader(text);
    reader.read(draft);
    reader.expect_end();
    if (reader.failed()) return std::nullopt;
    return draft;
}

// ---- Where they lie ---------------------------------------------------------------------------------------

Draft Drafts::read(const std::string& person, const std::string& page) const {
    const auto name = name_of(person, page);
    if (const auto found = here_.find(name); found != here_.end()) return found->second;
    const auto kept = draft_of(platform_.draft(name));
    // The name is a hash: that it is this person's is looked at all the same.
    if (kept && kept->person == person && kept->page == page) return *kept;
    return {.at = {}, .person = person, .page = page, .fields = {}};
}

void Drafts::write(const Draft& draft) {
    const auto name = name_of(draft.person, draft.page);
    if (!practising_) {
        const auto kept = platform_.keep_draft(name, draft.fields.empty() ? "" : to_text(draft));
        trouble_ = kept ? std::nullopt : std::optional(kept.error());
        if (kept) {
            here_.erase(name);
            return;
        }
    }
    here_.insert_or_assign(name, draft);
}

void Drafts::open(std::string person, std::string page) {
    open_ = read(person, page);
    came_back_ = open_.fields.empty() ? std::nullopt : std::optional(open_.at);
    frames_ = 0;
    first_.clear();
    own_.clear();
    fields_.clear();
    fields_before_.clear();
    forms_.clear();
    forms_before_.clear();
    openers_.clear();
    for (const auto& field : open_.fields) openers_[{field.form, field.form_name}] = field.opener;
    to_press_.clear();
    acted();
    left_ = true;
}

void Drafts::sent(const Sending& sending) {
    auto draft = read(sending.person, sending.page);
    const auto gone = std::erase_if(draft.fields, [&](const DraftField& field) {
        return field.form == sending.form && field.form_name == sending.form_name;
    });
    if (gone == 0) return;
    write(draft);
    if (open_.person != draft.person || open_.page != draft.page) return;
    open_ = std::move(draft);
    if (open_.fields.empty()) came_back_.reset();
    // What the fields hold from now on is where typing begins again.
    std::erase_if(own_, [&](const auto& own) {
        return own.first.second == sending.form_name && own.first.first.starts_with(sending.form + "/");
    });
}

void Drafts::throw_away() {
    open_.fields.clear();
    write(open_);
    came_back_.reset();
}

void Drafts::forget_all() {
    here_.clear();
    before_practice_.clear();
    platform_.forget_drafts();
    open_.fields.clear();
    came_back_.reset();
    own_.clear();
}

void Drafts::begin_practice() {
    before_practice_ = here_;
    practising_ = true;
}

void Drafts::end_practice() {
    here_ = std::move(before_practice_);
    practising_ = false;
}

// ---- What fields say --------------------------------------------------------------------------------------

void Drafts::begin_frame(Instant now) {
    now_ = now;
    left_ = false;
    sending_form_.clear();
    sending_form_name_.clear();
    // The first frame has shown which forms are not there by themselves.
    if (frames_ == 1)
        for (const auto& field : open_.fields)
            if (!field.opener.empty() && !forms_before_.contains({field.form, field.form_name}))
                to_press_.insert(field.opener);
}

void Drafts::end_frame() {
    // A form that is new opened because of the press in this frame, or in the one before it.
    const auto& opener = pressed_.empty() ? pressed_before_ : pressed_;
    for (const auto& form : forms_)
        if (frames_ > 0 && !forms_before_.contains(form) && !opener.empty()) openers_[form] = opener;
    to_press_.clear();
    fields_before_ = std::exchange(fields_, {});
    forms_before_ = std::exchange(forms_, {});
    pressed_before_ = std::exchange(pressed_, {});
    if (++frames_ <= opening && came_back_) platform_.request_frame();
}

std::vector<DraftField> Drafts::without_place() const {
    std::vector<DraftField> left;
    if (!came_back_ || frames_ < opening) return left;
    for (const auto& field : open_.fields)
        if (!fields_before_.contains({field.key, field.form_name})) left.push_back(field);
    return left;
}

std::optional<std::string> Drafts::recall(const Field& field, const std::string& value) {
    if (left_) return std::nullopt;
    const Name name{std::string(field.key), std::string(field.form_name)};
    forms_.emplace(std::string(field.form), std::string(field.form_name));
    fields_.insert(name);
    first_.try_emplace(name, value);
    if (fields_before_.contains(name)) return std::nullopt;
    const auto kept = std::ranges::find_if(open_.fields, [&](const DraftField& known) { return is(known, field); });
    if (kept == open_.fields.end()) return std::nullopt;
    own_[name] = kept->value;
    return kept->value;
}

void Drafts::tell(const Field& field, const std::string& value, bool typed) {
    if (left_) return;
    const Name name{std::string(field.key), std::string(field.form_name)};
    const auto own = own_.find(name);
    if (typed) {
        if (value == first_[name]) return drop(field);
        own_[name] = value;
        return set(field, value);
    }
    if (own == own_.end()) {
        first_[name] = value;
    } else if (own->second != value) {
        drop(field);  // the page itself has changed it: it was sent, or begun anew
        first_[name] = value;
    }
}

void Drafts::set(const Field& field, const std::string& value) {
    auto draft = read(open_.person, open_.page);
    draft.at = now_;
    const auto opener = openers_.find({std::string(field.form), std::string(field.form_name)});
    DraftField set{.form = std::string(field.form),
                   .form_name = std::string(field.form_name),
                   .key = std::string(field.key),
                   .label = std::string(field.label),
                   .value = value,
                   .opener = opener == openers_.end() ? "" : opener->second};
    const auto known = std::ranges::find_if(draft.fields, [&](const DraftField& other) { return is(other, field); });
    if (known == draft.fields.end()) draft.fields.push_back(std::move(set));
    else *known = std::move(set);
    write(draft);
    open_ = std::move(draft);
}

void Drafts::drop(const Field& field) {
    own_.erase({std::string(field.key), std::string(field.form_name)});
    auto draft = read(open_.person, open_.page);
    if (std::erase_if(draft.fields, [&](const DraftField& known) { return is(known, field); }) > 0) write(draft);
    open_ = std::move(draft);
    if (open_.fields.empty()) came_back_.reset();
}

void Drafts::pressed(std::string_view key, std::string_view form, std::string_view form_name) {
    if (left_) return;
    sending_form_ = form;
    sending_form_name_ = form_name;
    pressed_ = form.empty() ? key : "";
    pressed_before_.clear();
}

bool Drafts::presses(std::string_view key) {
    const auto found = to_press_.find(key);
    if (found == to_press_.end()) return false;
    to_press_.erase(found);
    return true;
}

}  // namespace ca::app
