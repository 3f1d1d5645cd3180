#include "app/sample_world.h"

#include "app/sample_terms.h"

namespace ca::app {
namespace {

using namespace lifecycle::ask;
using lifecycle::Actor;
using lifecycle::Event;
using lifecycle::Role;
using lifecycle::Workspace;

const Actor priya{Role::agreement_team, "Priya Shah"};
const Actor tom{Role::agreement_team, "Tom Adeyemi"};
const Actor product_team{Role::product_team, "Imani Clarke"};
const Actor visitor{Role::visitor, ""};
const Actor jo{Role::contact, "jo.field@larkfield.example"};
const Actor meera{Role::contact, "meera.nair@tidewell.example"};
const Actor sian{Role::contact, "sian.powell@northmoor.example"};
const Actor hakon{Role::contact, "hakon.lie@fjellhelse.example"};
const Actor seun{Role::contact, "seun.bello@kestrel.example"};
const Actor eleni{Role::contact, "eleni.pappa@harrowvale.example"};

const std::string pds = "pds-fhir", eps = "eps-fhir", gp = "gp-connect", mesh = "mesh", ers = "ers",
                  login = "nhs-login";

// Gives commands in the order of time and collects what they cause.
class History {
public:
    explicit History(Instant now) : now_(now), today_(london_date(now)) {}

    // An instant of a day so many days ago, in London time; never later than now.
    Instant at(int days_ago, int hour, int minute) const {
        const auto midnight = london_midnight(today_ - days_ago);
        const Instant local{midnight.seconds + hour * 3600 + minute * 60};
        return std::max(
            std::min(Instant{local.seconds - (london_offset_seconds(local) - london_offset_seconds(midnight))}, now_),
            last_);
    }

    // The answer to a command; a refusal stops the story, and is told.
    lifecycle::Decision give(Instant when, const Actor& actor, const lifecycle::Verb auto& asked) {
        if (refusal_) return {};
        last_ = when;
        auto step = lifecycle::step(workspace_, lifecycle::to_command(asked), actor, when);
        events_.insert(events_.end(), step.fell_due.begin(), step.fell_due.end());
        if (!step.decision) {
            refusal_ = step.decision.error();
            return {};
        }
        events_.insert(events_.end(), step.decision->events.begin(), step.decision->events.end());
        return std::move(*step.decision);
    }

    Result<std::vector<Event>> take() {
        if (refusal_) return std::unexpected(*refusal_);
        return std::move(events_);
    }

private:
    Instant now_;
    Date today_;
    Instant last_{};
    Workspace workspace_;
    std::vector<Event> events_;
    std::optional<Error> refusal_;
};

struct SampleAccount {
    std::string ods, name, address;
    std::string company_number{};
    bool public_healthcare = false, outside_uk = false;
    std::string delivery_email{};
};

void register_accounts(History& history, Instant start) {
    const SampleAccount accounts[] = {
        {.ods = "YGA12",
         .name = "Larkfield Health Software Ltd",
         .address = "4 Orchard Yard, Leeds, LS1 4AX",
         .company_number = "07412358",
         .delivery_email = "agreements@larkfield.example"},
        {.ods = "YGB34",
         .name = "Tidewell Pharmacy Systems Ltd",
         .address = "Quay House, Bristol, BS1 6UX",
         .company_number = "05566778"},
        {.ods = "RQX07",
         .name = "Northmoor University Hospitals NHS Trust",
         .address = "Northmoor Road, Sheffield, S10 2ZZ",
         .public_healthcare = true},
        {.ods = "YGC56", .name = "Fjellhelse AS", .address = "Storgata 12, Oslo, Norway", .outside_uk = true},
        {.ods = "YGD78",
         .name = "Kestrel Community Apps Ltd",
         .address = "9 Mill Lane, Norwich, NR1 1QQ",
         .company_number = "SC123456"},
        {.ods = "YGE90",
         .name = "Harrow Vale Digital LLP",
         .address = "1 High Street, Harrow, HA1 3TT",
         .company_number = "OC301234"},
        {.ods = "YGF11",
         .name = "Pennine Care Records Ltd",
         .address = "22 Station Road, Halifax, HX1 2BB",
         .company_number = "09876543",
         .delivery_email = "contracts@pennine.example"},
        {.ods = "YGG22",
         .name = "Wrenfield Remote Care Ltd",
         .address = "3 Bridge Row, Chester, CH1 1NG",
         .company_number = "11223345"},
    };
    for (const auto& account : accounts) {
        history.give(start, priya,
                     RegisterAccount{.ods_code = account.ods,
                                     .name = account.name,
                                     .address = account.address,
                                     .company_number = account.company_number,
                                     .public_healthcare = account.public_healthcare,
                                     .outside_uk = account.outside_uk,
                                     .delivery_email = account.delivery_email});
    }
}

void register_contacts(History& history, Instant start) {
    struct Person {
        std::string ods, name, email;
        bool onboarding;
    };
    const Person people[] = {
        {"YGA12", "Jo Field", "jo.field@larkfield.example", true},
        {"YGA12", "Sam Ray", "sam.ray@larkfield.example", false},
        {"YGB34", "Meera Nair", "meera.nair@tidewell.example", true},
        {"RQX07", "Siân Powell", "sian.powell@northmoor.example", true},
        {"YGC56", "Håkon Lie", "hakon.lie@fjellhelse.example", true},
        {"YGD78", "Oluwaseun Bello", "seun.bello@kestrel.example", true},
        {"YGE90", "Ελένη Παππά", "eleni.pappa@harrowvale.example", true},
        {"YGF11", "Grace Whitlock", "grace.whitlock@pennine.example", false},
        {"YGG22", "Amina Yusuf", "amina.yusuf@wrenfield.example", true},
    };
    for (const auto& person : people) {
        history.give(start, visitor,
                     RegisterContact{.account = person.ods, .name = person.name, .email = person.email});
        if (person.onboarding) history.give(start, visitor, Nominate{.account = person.ods, .email = person.email});
    }
}

void register_products(History& history, Instant start) {
    for (const auto& product : sample_products())
        history.give(start, priya,
                     RegisterProduct{.id = std::string(product.id),
                                     .name = std::string(product.name),
                                     .special_terms = std::string(product.special_terms)});
}

void publish(History& history, Instant when, const SampleTerms& terms, bool uplift) {
    history.give(when, priya,
                 PublishTerms{.version = std::string(terms.version),
                              .title = std::string(terms.title),
                              .standard_terms = std::string(terms.standard_terms),
                              .acceptable_use_policy = std::string(terms.acceptable_use_policy),
                              .changes = std::string(terms.changes),
                              .uplift = uplift});
}

std::string create(History& history, Instant when, std::string ods, std::vector<std::string> products,
                   std::string terms, bool from_version_5 = false) {
    const auto from_version = from_version_5 ? std::optional<std::int64_t>(5) : std::nullopt;
    return history
        .give(when, priya,
              CreateAgreement{.account = std::move(ods),
                              .products = std::move(products),
                              .terms = std::move(terms),
                              .from_version = from_version})
        .number.value_or("");
}

struct DaysAgo {
    int created, issued, accepted;
};

// The agreement's number.
std::string accepted(History& history, DaysAgo days, const std::string& ods, std::vector<std::string> products,
                     std::string terms, const Actor& person, bool from_version_5 = false) {
    auto number =
        create(history, history.at(days.created, 9, 15), ods, std::move(products), std::move(terms), from_version_5);
    history.give(history.at(days.issued, 11, 0), priya, Issue{.number = number});
    history.give(history.at(days.accepted, 14, 40), person, Accept{.number = number, .read_and_understood = true});
    return number;
}

// Agreements of last year, accepted by their onboarding contacts, and what became of some.
void tell_last_year(History& history, const std::string& terms, Date today) {
    accepted(history, {400, 399, 390}, "YGA12", {pds, mesh}, terms, jo, true);
    accepted(history, {380, 378, 370}, "YGB34", {eps}, terms, meera);
    accepted(history, {360, 358, 350}, "RQX07", {pds, gp, ers}, terms, sian);
    const auto ended = accepted(history, {340, 338, 330}, "YGE90", {login}, terms, eleni);
    accepted(history, {320, 318, 310}, "YGC56", {gp}, terms, hakon);
    accepted(history, {300, 298, 290}, "YGD78", {login, pds}, terms, seun);
    // Never accepted: cancelled by itself after 90 days.
    const auto unanswered = create(history, history.at(250, 10, 5), "YGF11", {ers}, terms);
    history.give(history.at(248, 9, 0), tom, Issue{.number = unanswered});
    // A product retired: an agreement ended with a date.
    history.give(history.at(200, 15, 0), tom,
                 Terminate{.number = ended,
                           .end_date = format_iso(today - 180),
                           .reason = "Harrow Vale no longer uses any API product."});
    // Its last day is tomorrow, and nobody of the account may accept: somebody has to be nominated first.
    create(history, history.at(88, 9, 30), "YGF11", {ers, pds}, terms);
    history.give(history.at(87, 9, 0), priya, Issue{.number = "CNTR0000008"});
}

std::string number_of_uplift(int index) {
    return "CNTR00000" + std::string(index < 10 ? "0" : "") + std::to_string(index);
}

// An uplift of the terms. Two of its reviews end by themselves; one is paused, one held by an open query, one was
// reset.
void tell_uplift(History& history, const SampleTerms& terms) {
    publish(history, history.at(31, 8, 0), terms, true);
    // In order of the agreement superseded: YGA12, YGB34, RQX07, YGC56, YGD78.
    const auto paused = number_of_uplift(10), held = number_of_uplift(11), reset = number_of_uplift(12);
    history.give(history.at(24, 10, 20), meera,
                 RaiseQuery{.number = paused,
                            .description = "Clause 8.5 now asks for ten working days. Our release calendar is fixed "
                                           "for the quarter. Can we agree a transition?"});
    history.give(
        history.at(22, 9, 45), tom,
        Pause{.number = paused, .reason = "Waiting for legal advice on the transition that Tidewell asks for."});
    history.give(history.at(22, 9, 50), tom,
                 Reply{.case_number = "CS0000009",
                       .text = "Thank you. We have paused the review while we take advice, so no day is lost."});
    history.give(
        history.at(20, 16, 10), sian,
        RaiseQuery{.number = held, .description = "Does the new incident clause also cover test environments?"});
    history.give(
        history.at(19, 10, 0), tom,
        WorkNote{.case_number = "CS0000010", .text = "Asked the service desk lead; answer expected this week."});
    history.give(history.at(19, 10, 30), sian,
                 Watch{.case_number = "CS0000010", .email = "contracts.office@northmoor.example"});
    history.give(history.at(12, 9, 0), tom, Reset{.number = reset});
}

// Being prepared; issued to somebody who may accept it, with time left; and asked for.
void tell_last_days(History& history, const std::string& terms) {
    create(history, history.at(6, 11, 0), "YGE90", {login, mesh}, terms);
    const auto waiting = create(history, history.at(5, 10, 0), "YGG22", {gp, login}, terms);
    history.give(history.at(5, 14, 0), tom, Issue{.number = waiting});
    history.give(history.at(4, 13, 0), product_team,
                 RequestAgreement{.account = "YGA12",
                                  .products = std::vector<std::string>{pds, mesh, eps},
                                  .note = "Larkfield has passed conformance for prescriptions."});
    history.give(history.at(1, 9, 0), jo,
                 RaiseQuery{.number = number_of_uplift(9),
                            .description = "When will the agreement for prescriptions be ready?"});
}

}  // namespace

Result<std::vector<Event>> sample_world(const Workspace& workspace, Instant now) {
    if (!workspace.accounts.empty() || !workspace.agreements.empty() || !workspace.terms.empty() ||
        !workspace.products.empty())
        return fail(
            "workspace_not_empty",
            "Sample data can only be put into an empty workspace. Export a backup, then erase this workspace first.");
    History history(now);
    const auto start = history.at(420, 9, 0);
    register_accounts(history, start);
    register_contacts(history, start);
    register_products(history, start);
    const auto& [first, second] = sample_terms();
    publish(history, history.at(410, 10, 0), first, false);
    tell_last_year(history, std::string(first.version), london_date(now));
    tell_uplift(history, second);
    tell_last_days(history, std::string(second.version));
    return history.take();
}

}  // namespace ca::app
