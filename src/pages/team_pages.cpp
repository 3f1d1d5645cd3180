// The agreement team's pages: creating agreements, requests, products.

#include "base/text.h"
#include "pages/catalogue.h"
#include "pages/derived.h"
#include "pages/lost_lines.h"
#include "pages/present.h"

#include <algorithm>
#include <map>
#include <utility>

namespace ca::pages {
namespace {

// A tick for each API product.
class ProductTicks {
public:
    void build(Context& context, std::string_view key, const std::string& error) {
        auto group = context.ui.group(key, "API Products Applicable", "Choose at least one.", error);
        for (const auto& id : context.workspace.product_order) {
            const auto* product = context.workspace.find_product(id);
            bool on = std::ranges::find(chosen_, id) != chosen_.end();
            if (!context.ui.checkbox(id, product ? product->name : id, on)) continue;
            if (on) chosen_.push_back(id);
            else std::erase(chosen_, id);
        }
        if (context.workspace.product_order.empty())
            context.ui.paragraph("No API product is registered yet.", ui::TextSize::body, "none");
    }
    std::vector<std::string> chosen_;
};

// ---- Create an agreement ----------------------------------------------------------------------------------

class CreatePage : public Page {
public:
    std::string heading(const Context&) const override { return "Create agreement"; }
    bool has_errors() const override { return errors_shown_; }
    void build(Context& context) override {
        auto& ui = context.ui;
        if (auto decision = take_saved(context, "create"); decision && decision->number) {
            context.visit.say_done(
                "Agreement created",
                *decision->number + " is being prepared. Nobody is notified until you issue it for review.");
            context.visit.open(agreement_address(*decision->number));
            return;
        }
        take_request(context);
        const auto errors = errors_of(context.session.outcome("create"),
                                      {{"account", "create/account", "Choose an account"},
                                       {"products", "create/products", "Choose at least one API product"},
                                       {"terms", "create/terms", "Choose a terms version"},
                                       {"from_version", "create/from-version-5"},
                                       {"request", "create/account"}});
        errors_shown_ = errors.any();
        if (context.is_team()) ui.error_summary(errors.problems);
        if (!begin_team_page(context, heading(context))) return;
        if (!context.is_team()) return build_team_only(context);
        if (!request_.empty()) ui.paragraph("From request " + request_ + ".", ui::TextSize::body, "request");
        auto form = ui.form("create", heading(context));
        ui.select("account", "Account", account_choices(context.workspace), account_,
                  {.error = errors.at("create/account"), .width = ui::FieldWidth::thirty, .required = true});
        products_.build(context, "products", errors.at("create/products"));
        std::vector<ui::Choice> versions{{.value = "", .label = "Choose a terms version"}};
        for (const auto* version : versions_newest_first(context.workspace))
            versions.push_back({.value = version->version,
                                .label = version->version + (version->title.empty() ? "" : ": " + version->title)});
        ui.select("terms", "Terms version", versions, terms_,
                  {.error = errors.at("create/terms"), .width = ui::FieldWidth::thirty, .required = true});
        ui.checkbox("from-version-5", "This replaces a paper agreement of version 5", from_version_5_,
                    {.hint = "Its notification then says that version 5 is uplifted to version 6."});
        if (ui.button("submit", "Create agreement", ui::Tone::primary, {.busy = is_saving(context, "create")}) &&
            !is_saving(context, "create")) {
            const auto from_version = from_version_5_ ? std::optional<std::int64_t>(5) : std::nullopt;
            context.session.submit("create", lifecycle::ask::CreateAgreement{.account = account_,
                                                                             .products = products_.chosen_,
                                                                             .terms = terms_,
                                                                             .from_version = from_version,
                                                                             .request = request_});
        }
        saving_status(context, "create");
    }

private:
    void take_request(const Context& context) {
        if (begun_) return;
        begun_ = true;
        account_ = context.route.query_value("account");
        request_ = context.route.query_value("request");
        if (auto found = context.workspace.requests.find(request_); found != context.workspace.requests.end()) {
            account_ = found->second.account;
            products_.chosen_ = found->second.products;
        } else {
            request_.clear();
        }
        if (!context.workspace.terms.empty())
            terms_ = std::ranges::max(context.workspace.terms, {}, [](const auto& version) {
                         return version.order();
                     }).version;
    }
    bool begun_ = false, from_version_5_ = false, errors_shown_ = false;
    std::string account_, terms_, request_;
    ProductTicks products_;
};

// ---- Requests ---------------------------------------------------------------------------------------------

class RequestsPage : public Page {
public:
    std::string heading(const Context&) const override { return "Agreement requests"; }
    bool has_errors() const override { return errors_shown_; }
    void build(Context& context) override {
        auto& ui = context.ui;
        if (auto decision = take_saved(context, "request")) {
            context.visit.say_done("Request sent", decision->request.value_or("") + " waits for the agreement team.");
            products_.chosen_.clear();
            account_.clear();
            note_.clear();
        }
        if (take_saved(context, "decline")) {
            context.visit.say_done("Request declined");
            declining_.clear();
            reason_.clear();
        }
        const auto request_errors = errors_of(context.session.outcome("request"),
                                              {{"account", "request/account", "Choose an account"},
                                               {"products", "request/products", "Choose at least one API product"},
                                               {"note", "request/note"}});
        const auto decline_errors =
            errors_of(context.session.outcome("decline"), {{"reason", "decline/reason", "Enter a reason"}});
        auto problems = request_errors.problems;
        problems.insert(problems.end(), decline_errors.problems.begin(), decline_errors.problems.end());
        errors_shown_ = !problems.empty();
        ui.error_summary(problems);
        if (!begin_team_page(context, heading(context))) return;

        const auto pressed = build_list(context);
        if (pressed.action == "create") context.visit.open("#/team/agreements/create?request=" + pressed.row);
        if (pressed.action == "decline") {
            declining_ = pressed.row;
            decline_button_ = pressed.button;
            began_to_decline_ = true;
        }
        build_decline(context, decline_errors);
        if (context.is_product_team()) build_request(context, request_errors);
    }

private:
    static ui::TableRow row_of(const Context& context, const lifecycle::Request& request) {
        ui::CellContent state{.words = "Waiting", .tag = ui::TagKind::under_review};
        if (request.state == lifecycle::RequestState::created)
            state = {.words = request.agreement.value_or("Created"),
                     .href = request.agreement ? agreement_address(*request.agreement) : ""};
        if (request.state == lifecycle::RequestState::declined) state = {.words = "Declined: " + request.reason};
        ui::CellContent act{.words = ""};
        if (context.is_team() && request.state == lifecycle::RequestState::open)
            act.actions = {
                {.key = "create", .label = "Create from request", .tone = ui::Tone::primary, .about = request.number},
                {.key = "decline", .label = "Decline", .about = request.number}};
        return {.key = request.number,
                .cells = {{.words = request.number, .header = true},
                          {.words = account_name(context.workspace, request.account)},
                          {.words = product_names(context.workspace, request.products)},
                          {.words = request.note},
                          {.words = request.by + ", " + date_and_time(request.at)},
                          std::move(state),
                          std::move(act)}};
    }

    ui::TableResult build_list(Context& context) {
        const auto& newest_first = requests_.of(context, [](const lifecycle::Sight& seen) {
            std::vector<const lifecycle::Request*> all;
            for (const auto& [number, request] : seen.requests) all.push_back(&request);
            std::ranges::reverse(all);
            return all;
        });
        const auto paging = paging_of(context.route, newest_first.size());
        std::vector<ui::TableRow> rows;
        for (std::size_t i = paging.from; i < paging.until; ++i) rows.push_back(row_of(context, *newest_first[i]));
        static const std::vector<ui::TableColumn> columns{{.key = "number", .header = "Number"},
                                                          {.key = "account", .header = "Account"},
                                                          {.key = "products", .header = "API products"},
                                                          {.key = "note", .header = "Note"},
                                                          {.key = "by", .header = "Requested"},
                                                          {.key = "state", .header = "State"},
                                                          {.key = "act", .header = "Answer"}};
        auto pressed =
            context.ui.table("requests", columns, rows,
                             {.caption = "Requests", .hidden_caption = true, .empty = "There are no requests."});
        build_paging(context, paging, "requests");
        return pressed;
    }

    void build_decline(Context& context, const FormErrors& errors) {
        if (declining_.empty()) return;
        auto& ui = context.ui;
        auto form = ui.form("decline", "Decline " + declining_);
        ui.heading(2, "Decline " + declining_, "heading");
        if (std::exchange(began_to_decline_, false)) ui.focus(ui.full_key("heading"));  // the list may be long
        ui.text_area("reason", "Reason", reason_,
                     {.hint = "The API product onboarding team reads this.",
                      .error = errors.at("decline/reason"),
                      .required = true,
                      .rows = 3});
        auto row = ui.row("buttons");
        if (ui.button("submit", "Decline request", ui::Tone::warning))
            context.session.submit("decline", lifecycle::ask::DeclineRequest{.request = declining_, .reason = reason_});
        if (ui.button("cancel", "Do not decline", ui::Tone::quiet)) {
            ui.focus(decline_button_);
            declining_.clear();
        }
        saving_status(context, "decline");
    }
    void build_request(Context& context, const FormErrors& errors) {
        auto& ui = context.ui;
        auto form = ui.form("request", "Request an agreement");
        ui.heading(2, "Request an agreement", "heading");
        ui.select("account", "Account", account_choices(context.workspace), account_,
                  {.error = errors.at("request/account"), .width = ui::FieldWidth::thirty, .required = true});
        products_.build(context, "products", errors.at("request/products"));
        ui.text_area(
            "note", "Note", note_,
            {.hint = "What the agreement team should know. Optional.", .error = errors.at("request/note"), .rows = 3});
        if (ui.button("submit", "Send request", ui::Tone::primary)) {
            context.session.submit("request", lifecycle::ask::RequestAgreement{
                                                  .account = account_, .products = products_.chosen_, .note = note_});
        }
        saving_status(context, "request");
    }
    Derived<std::vector<const lifecycle::Request*>> requests_;
    std::string declining_, decline_button_, reason_, account_, note_;
    ProductTicks products_;
    bool began_to_decline_ = false;
    bool errors_shown_ = false;
};

// ---- Products ---------------------------------------------------------------------------------------------

class ProductsPage : public Page {
public:
    std::string heading(const Context&) const override { return "API products"; }
    bool has_errors() const override { return errors_shown_; }
    void build(Context& context) override {
        auto& ui = context.ui;
        if (take_saved(context, "product")) {
            context.visit.say_done("API product registered", name_ + " can now be named in agreements.");
            id_ = name_ = special_ = "";
        }
        const auto errors = errors_of(refused_ ? &*refused_ : context.session.outcome("product"),
                                      {{"id", "product/id", "Enter an id, for example pds-fhir"},
                                       {"name", "product/name", "Enter a name"},
                                       {"special_terms", "product/special"}});
        errors_shown_ = errors.any();
        ui.error_summary(errors.problems);
        if (!begin_team_page(context, heading(context))) return;
        const auto& uses = uses_.of(context, [](const lifecycle::Sight& seen) {
            std::map<std::string, std::size_t, std::less<>> active;  // agreements, by product
            for (const auto& [number, agreement] : seen.agreements)
                if (agreement.state == lifecycle::State::active)
                    for (const auto& id : agreement.products) ++active[id];
            return active;
        });
        std::vector<ui::TableRow> rows;
        for (const auto& id : context.workspace.product_order) {
            const auto* product = context.workspace.find_product(id);
            if (!product) continue;
            const auto used = uses.find(id);
            rows.push_back({.key = id,
                            .cells = {{.words = product->name, .header = true},
                                      {.words = id, .monospace = true},
                                      {.words = product->special_terms.empty() ? "None" : "Yes"},
                                      {.words = grouped(used == uses.end() ? 0 : used->second)}}});
        }
        static const std::vector<ui::TableColumn> columns{
            {.key = "name", .header = "Name"},
            {.key = "id", .header = "Id"},
            {.key = "special", .header = "Special terms"},
            {.key = "used", .header = "Active agreements", .numeric = true}};
        ui.table("products", columns, rows,
                 {.caption = "API products", .hidden_caption = true, .empty = "No API product is registered yet."});
        if (!context.is_team()) return;
        auto form = ui.form("product", "Register an API product");
        ui.heading(2, "Register an API product", "heading");
        ui.text_field("id", "Id", id_,
                      {.hint = "A short name that never changes, for example pds-fhir.",
                       .error = errors.at("product/id"),
                       .width = ui::FieldWidth::twenty,
                       .required = true});
        ui.text_field("name", "Name", name_,
                      {.error = errors.at("product/name"), .width = ui::FieldWidth::thirty, .required = true});
        if (ui.text_area("special", "Special terms", special_,
                         {.hint = "Markdown. Leave empty where only the standard terms apply.",
                          .error = errors.at("product/special"),
                          .rows = 6}))
            refused_.reset();
        if (ui.button("submit", "Register API product", ui::Tone::primary)) submit(context);
        saving_status(context, "product");
    }

private:
    void submit(Context& context) {
        refused_.reset();
        if (auto why = why_unreadable(special_)) {
            refused_ = Outcome{.state = Outcome::State::refused,
                               .error = {"unreadable", "This text cannot be read. " + *why, "special_terms"},
                               .decision = {}};
            return;
        }
        context.session.submit("product", lifecycle::ask::RegisterProduct{
                                              .id = std::string(trim(id_)), .name = name_, .special_terms = special_});
    }

    Derived<std::map<std::string, std::size_t, std::less<>>> uses_;
    std::string id_, name_, special_;
    std::optional<Outcome> refused_;  // of terms that cannot be read
    bool errors_shown_ = false;
};

}  // namespace

std::unique_ptr<Page> make_create_page() { return std::make_unique<CreatePage>(); }
std::unique_ptr<Page> make_requests_page() { return std::make_unique<RequestsPage>(); }
std::unique_ptr<Page> make_products_page() { return std::make_unique<ProductsPage>(); }

}  // namespace ca::pages
