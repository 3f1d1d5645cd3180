// The terms versions, and publishing one: with a dry run that says what would become of the agreements.

#include "base/text.h"
#include "interop/csv.h"
#include "lifecycle/preview.h"
#include "pages/catalogue.h"
#include "pages/lost_lines.h"
#include "pages/present.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace ca::pages {
namespace {

class TeamTermsPage : public Page {
public:
    std::string heading(const Context&) const override { return "Terms versions"; }
    bool has_errors() const override { return errors_shown_; }
    void build(Context& context) override {
        auto& ui = context.ui;
        if (auto decision = take_saved(context, "publish")) {
            context.visit.say_done(
                "Terms published",
                count_of(decision->created.size(), "agreement is", "agreements are") + " uplifted, " +
                    count_of(decision->skipped.size(), "draft was", "drafts were") + " skipped, " +
                    count_of(count_cancelled(), "pending terms change was", "pending terms changes were") +
                    " cancelled.");
            *this = TeamTermsPage();
        }
        const auto problems = publish_errors(refused_ ? &*refused_ : context.session.outcome("publish")).problems;
        errors_shown_ = !problems.empty();
        ui.error_summary(problems);
        if (!begin_team_page(context, heading(context))) return;
        build_versions(context);
        if (context.is_team()) build_form(context, {problems});
    }

private:
    static FormErrors publish_errors(const Outcome* outcome) {
        return errors_of(outcome, {{"version", "publish/version", "Enter a version, for example 6.1"},
                                   {"title", "publish/title", "Enter a title"},
                                   {"standard_terms", "publish/standard", "Enter the standard terms, or choose a file"},
                                   {"acceptable_use_policy", "publish/policy"},
                                   {"changes", "publish/changes"},
                                   {"although_lost", "publish/preview-result/although-lost"}});
    }

    static void build_versions(Context& context) {
        auto& ui = context.ui;
        std::vector<ui::TableRow> rows;
        for (const auto* one : versions_newest_first(context.workspace)) {
            const auto& version = *one;
            const auto active = std::ranges::count_if(context.workspace.agreements, [&](const auto& pair) {
                return pair.second.state == lifecycle::State::active && pair.second.terms_version == version.version;
            });
            rows.push_back({.key = version.version,
                            .cells = {{.words = version.version, .header = true},
                                      {.words = version.title},
                                      {.words = format_words(london_date(version.published_at))},
                                      {.words = version.imported_stub ? "From records, no text yet"
                                                : version.uplift      ? "Uplift"
                                                                      : "For new agreements"},
                                      {.words = grouped(static_cast<std::size_t>(active))}}});
        }
        static const std::vector<ui::TableColumn> columns{
            {.key = "version", .header = "Version"},
            {.key = "title", .header = "Title"},
            {.key = "published", .header = "Published"},
            {.key = "kind", .header = "Kind"},
            {.key = "active", .header = "Active agreements", .numeric = true}};
        ui.table("versions", columns, rows,
                 {.caption = "Terms versions", .hidden_caption = true, .empty = "No terms have been published yet."});
    }

    lifecycle::Command command() const {
        return lifecycle::to_command(lifecycle::ask::PublishTerms{.version = std::string(trim(version_)),
                                                                  .title = title_,
                                                                  .standard_terms = standard_,
                                                                  .acceptable_use_policy = policy_,
                                                                  .changes = changes_,
                                                                  .uplift = uplift_});
    }

    void build_form(Context& context, const FormErrors& errors) {
        auto& ui = context.ui;
        auto form = ui.form("publish", "Publish terms");
        ui.heading(2, "Publish terms", "heading");
        bool touched = false;
        touched |= ui.text_field("version", "Version", version_,
                                 {.hint = "Newer than every version before" + next_version(context) + ".",
                                  .error = errors.at("publish/version"),
                                  .width = ui::FieldWidth::five,
                                  .required = true});
        touched |=
            ui.text_field("title", "Title", title_,
                          {.error = errors.at("publish/title"), .width = ui::FieldWidth::thirty, .required = true});
        touched |= build_file(context, "standard", "Standard terms", standard_, errors.at("publish/standard"),
                              "Markdown text, or choose a file below.");
        touched |= build_file(context, "policy", "Acceptable use policy", policy_, errors.at("publish/policy"),
                              "Appendix 1A, in Markdown. Optional.");
        touched |= build_file(context, "changes", "Published changes", changes_, errors.at("publish/changes"),
                              "What changed since the version before, in Markdown. Optional.");
        touched |= ui.checkbox("uplift", "Uplift existing agreements to these terms", uplift_,
                               {.hint = "Every Active agreement on older terms gets a new one that becomes Active by "
                                        "itself after 30 days. Its contacts are notified at once."});
        const bool is_publishing = context.session.progress("publish").has_value();
        if (touched && !is_publishing) {
            preview_.reset();
            ahead_.reset();
            refused_.reset();
            although_lost_ = false;
        }
        const bool asked = ui.button("preview", "See what will change", ui::Tone::secondary);
        const bool is_stale = preview_ && preview_->revision != context.revision && !is_saving(context, "publish");
        if (asked || is_stale) look_ahead(context);
        if (asked) preview_is_new_ = true;
        if (ahead_) go_on_looking_ahead(context);
        if (preview_) build_preview(context);
        if (recording_progress(context, "publish", {"Publishing", "agreements", "Cancel the publication"}))
            ui.focus(ui.full_key(preview_ ? "preview-result/buttons/publish" : "preview"));
        saving_status(context, "publish");
    }

    // An example that would be taken: the version after the newest.
    static std::string next_version(const Context& context) {
        const auto versions = versions_newest_first(context.workspace);
        if (versions.empty()) return ", for example 6.1";
        const std::string& newest = versions.front()->version;
        const auto last = newest.rfind('.') == std::string::npos ? 0 : newest.rfind('.') + 1;
        int number = 0;
        const auto [end, problem] = std::from_chars(newest.data() + last, newest.data() + newest.size(), number);
        if (problem != std::errc{} || end != newest.data() + newest.size()) return {};
        return ", for example " + newest.substr(0, last) + std::to_string(number + 1);
    }

    static bool build_file(Context& context, std::string_view key, std::string_view label, std::string& text,
                           const std::string& error, std::string_view hint) {
        auto& ui = context.ui;
        bool changed = ui.text_area(key, label, text, {.hint = std::string(hint), .error = error, .rows = 6});
        for (auto& file : ui.file_input(std::string(key) + "-file", std::string(label) + " from a file",
                                        ".md,.markdown,.txt", false)) {
            text = std::move(file.bytes);
            changed = true;
        }
        return changed;
    }

    // The dry run is the command itself, decided and not kept. It is made anew when the workspace has changed
    // meanwhile.
    void look_ahead(const Context& context) {
        if (auto refused = unreadable()) {
            preview_.reset();
            ahead_.reset();
            refused_ = std::move(refused);
            return;
        }
        auto lost =
            preview_ ? std::move(preview_->lost) : lost_lines();  // of these texts: touching one takes the preview away
        preview_.reset();
        refused_.reset();
        ahead_.reset(new Ahead{.revision = context.revision,
                               .listing = lifecycle::Listing(context.workspace),
                               .deciding = {command(), context.actor, context.now},
                               .lost = std::move(lost)});
    }

    void go_on_looking_ahead(Context& context) {
        auto& [revision, listing, deciding, lost] = *ahead_;
        if (revision != context.revision) {
            look_ahead(context);
            return context.ui.go_on();
        }
        const auto is_decided = deciding.go_on(listing);
        if (is_decided && !*is_decided) {
            const auto [done, all] = deciding.progress();
            context.ui.progress("looking-ahead",
                                "Looking ahead: " + grouped(done) + " of " + grouped(all) + " agreements",
                                all == 0 ? -1 : static_cast<double>(done) / static_cast<double>(all));
            return context.ui.go_on();
        }
        if (is_decided) {
            auto decision = std::move(deciding).decision();
            decision.events = std::move(listing.events);
            preview_ = Preview{revision, lifecycle::publication_effects(context.workspace, decision), std::move(lost)};
        } else {
            refused_ = Outcome{.state = Outcome::State::refused,
                               .error = is_decided.error(),
                               .decision = {},
                               .missing = lifecycle::missing_arguments(command()),
                               .wrong = lifecycle::wrong_arguments(command())};
            preview_is_new_ = false;
            context.ui.go_on();  // what is wrong is said at the top of the page
        }
        ahead_.reset();
    }

    // Terms that cannot be read can be shown to nobody and printed for nobody: they are never published.
    std::optional<Outcome> unreadable() const {
        const std::pair<const char*, const std::string*> texts[] = {
            {"standard_terms", &standard_}, {"acceptable_use_policy", &policy_}, {"changes", &changes_}};
        Outcome refused{.state = Outcome::State::refused, .error = {}, .decision = {}};
        for (const auto& [argument, text] : texts)
            if (auto why = why_unreadable(*text))
                refused.wrong.push_back({"unreadable", "This text cannot be read. " + *why, argument});
        if (refused.wrong.empty()) return std::nullopt;
        refused.error = refused.wrong.front();
        refused.missing = lifecycle::missing_arguments(command());
        for (auto& wrong : lifecycle::wrong_arguments(command())) refused.wrong.push_back(std::move(wrong));
        return refused;
    }

    std::vector<NamedLostLine> lost_lines() const {
        auto lost = lost_lines_of("Standard terms", standard_);
        for (auto& line : lost_lines_of("Acceptable use policy", policy_)) lost.push_back(std::move(line));
        for (auto& line : lost_lines_of("Published changes", changes_)) lost.push_back(std::move(line));
        return lost;
    }

    void publish(Context& context) {
        refused_.reset();
        if (preview_->lost.empty() || although_lost_) return context.session.submit("publish", command());
        refused_ =
            Outcome{.state = Outcome::State::refused,
                    .error = {"must_confirm", "Put the source right, or tick the box to publish without these words",
                              "although_lost"},
                    .decision = {}};
    }

    // By this publication, as it was foreseen when it was asked for.
    std::size_t count_cancelled() const {
        if (!preview_) return 0;
        return static_cast<std::size_t>(std::ranges::count(
            preview_->effects, lifecycle::PublicationEffect::What::cancelled, &lifecycle::PublicationEffect::what));
    }

    void build_preview(Context& context) {
        using What = lifecycle::PublicationEffect::What;
        auto& ui = context.ui;
        const auto& effects = preview_->effects;
        const auto count = [&](auto&& is) { return static_cast<std::size_t>(std::ranges::count_if(effects, is)); };
        const auto uplifted = count([](const auto& effect) { return effect.what == What::uplifted; });
        const auto skipped = count([](const auto& effect) { return effect.what == What::skipped; });
        const auto cancelled = count_cancelled();
        const auto special = count([](const auto& effect) { return effect.what == What::cancelled && effect.special; });
        const auto untold =
            count([](const auto& effect) { return effect.what == What::uplifted && effect.told.empty(); });

        auto section = ui.section("preview-result", "What will change");
        ui.heading(3, "What will change", "heading");
        if (std::exchange(preview_is_new_, false)) ui.focus(ui.full_key("heading"));
        ui.paragraph(count_of(uplifted, "agreement will be", "agreements will be") + " uplifted. " +
                         count_of(skipped, "draft is", "drafts are") + " left alone and listed as skipped.",
                     ui::TextSize::body, "words");
        if (cancelled > 0)
            ui.paragraph(count_of(cancelled, "pending terms change is", "pending terms changes are") + " cancelled, " +
                             (special == 0 ? "none" : grouped(special)) + " of them paused or with an open query.",
                         ui::TextSize::body, "cancelled");
        if (untold > 0)
            ui.paragraph(count_of(untold, "account has", "accounts have") +
                             " no onboarding contact and no delivery notice address: nobody there can be told.",
                         ui::TextSize::body, "untold");
        build_effects(context);
        build_lost_lines(ui, preview_->lost);
        if (!preview_->lost.empty())
            ui.checkbox(
                "although-lost", "Publish without these words", although_lost_,
                {.error = publish_errors(refused_ ? &*refused_ : nullptr).at("publish/preview-result/although-lost"),
                 .anew = true});
        build_buttons(context);
    }

    void build_buttons(Context& context) {
        auto& ui = context.ui;
        const auto& effects = preview_->effects;
        auto row = ui.row("buttons");
        if (ui.button("publish", "Publish terms", ui::Tone::primary, {.busy = is_saving(context, "publish")}) &&
            !is_saving(context, "publish"))
            publish(context);
        if (!effects.empty() && ui.button("csv", "Download as CSV", ui::Tone::quiet))
            context.downloads.save_file("publishing-" + version_ + "-dry-run.csv", "text/csv", effects_csv(context));
    }

    static std::string what_words(const lifecycle::PublicationEffect& effect) {
        switch (effect.what) {
            case lifecycle::PublicationEffect::What::uplifted: return "Uplifted";
            case lifecycle::PublicationEffect::What::cancelled:
                return effect.special ? "Cancelled: look at it first" : "Cancelled";
            case lifecycle::PublicationEffect::What::skipped: return "Skipped";
        }
        return {};
    }

    static std::string told_words(const lifecycle::PublicationEffect& effect) {
        if (effect.what != lifecycle::PublicationEffect::What::uplifted) return "Nobody";
        return effect.told.empty() ? "Nobody can be told: no onboarding contact, no delivery notice address"
                                   : join(effect.told, ", ");
    }

    void build_effects(Context& context) {
        constexpr std::size_t shown_at_most = 200;
        auto& ui = context.ui;
        const auto& effects = preview_->effects;
        std::vector<ui::TableRow> rows;
        for (const auto& effect : effects) {
            if (rows.size() == shown_at_most) break;
            ui::CellContent what{.words = what_words(effect)};
            if (effect.what == lifecycle::PublicationEffect::What::cancelled && effect.special)
                what.tag = ui::TagKind::paused;
            rows.push_back(
                {.key = effect.agreement,
                 .cells = {{.words = account_name(context.workspace, effect.account) + " (" + effect.account + ")"},
                           {.words = effect.agreement, .href = agreement_address(effect.agreement), .header = true},
                           std::move(what),
                           {.words = effect.words},
                           {.words = told_words(effect)}}});
        }
        static const std::vector<ui::TableColumn> columns{{.key = "account", .header = "Account"},
                                                          {.key = "agreement", .header = "Agreement"},
                                                          {.key = "what", .header = "What happens"},
                                                          {.key = "why", .header = "Why, and what to know"},
                                                          {.key = "told", .header = "Who is told"}};
        ui.table(
            "effects", columns, rows,
            {.caption = "What happens to each agreement", .hidden_caption = true, .empty = "No agreement changes."});
        if (effects.size() > rows.size())
            ui.paragraph("And " + grouped(effects.size() - rows.size()) + " more. The CSV file has them all.",
                         ui::TextSize::body, "more");
    }

    std::string effects_csv(const Context& context) const {
        interop::Rows lines{
            {"ODS code", "Account", "Agreement", "What happens", "Why, and what to know", "Who is told"}};
        for (const auto& effect : preview_->effects)
            lines.push_back({effect.account, account_name(context.workspace, effect.account), effect.agreement,
                             what_words(effect), effect.words, told_words(effect)});
        return interop::to_csv(interop::shown_rows(std::move(lines)));
    }

    struct Preview {
        std::uint64_t revision;  // of the workspace that it was made of
        std::vector<lifecycle::PublicationEffect> effects;
        std::vector<NamedLostLine> lost;
    };
    std::string version_, title_, standard_, policy_, changes_;
    bool uplift_ = true, errors_shown_ = false;
    bool although_lost_ = false;  // confirmed: these words are not wanted
    std::optional<Preview> preview_;
    struct Ahead {
        std::uint64_t revision;
        lifecycle::Listing listing;
        lifecycle::Deciding deciding;
        std::vector<NamedLostLine> lost;
    };
    std::unique_ptr<Ahead> ahead_;  // while it is made
    std::optional<Outcome> refused_;
    bool preview_is_new_ = false;
};

}  // namespace

std::unique_ptr<Page> make_team_terms_page() { return std::make_unique<TeamTermsPage>(); }

}  // namespace ca::pages
