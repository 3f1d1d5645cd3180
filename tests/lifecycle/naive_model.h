// A second telling of the lifecycle, as simple as it can be made, to hold the engine against.
//
// It shares nothing with the engine but the calendar (which has its own tests). Time is a walk from one London midnight
// to the next; each draft carries a counter of days that goes up by one at each midnight at which its clock runs. It
// knows the rules of states and refusals for well-formed commands, who is told of an agreement, and what an agreement
// and its account are called; of texts it knows nothing. Each account has two people, 0 and 1 in order of registration,
// of whom the first begins as onboarding contact.
#pragma once

#include "base/time.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ca::naive {

struct Party {
    std::string name{};
    std::set<int> onboarding{0};  // sorted: in order of registration
};

struct Query {
    int agreement = 0;
    bool is_open = true;
};

struct Contract {
    int account = 0;
    bool portal = true;
    enum { draft, active, expired, cancelled } state = draft;
    bool issued = false;
    int day = 1;
    bool window_over = false;
    bool paused = false;
    int terms = 0;  // versions are 1, 2, 3 …
    int supersedes = 0;
    std::optional<Date> start{};
    std::optional<Date> end{};
    std::string party{};      // what its account is called in it: as now while a draft, else as then
    std::vector<int> told{};  // people, in order of first notice
    int window() const { return portal ? 90 : 30; }
    bool is_pending_uplift() const { return !portal && state == draft; }
};

class Model {
public:
    std::map<int, Contract> contracts;  // by number; none is ever removed
    std::map<int, Party> parties;
    std::vector<Query> queries;
    int newest_terms = 0;
    int newest_uplift = 0;
    Instant now;

    // ---- Time ---------------------------------------------------------------------------------------------

    void go_to(Instant instant) {
        if (now.seconds == 0) now = instant;
        for (Date day = london_date(now) + 1; london_midnight(day) <= instant; day = day + 1) midnight(day);
        now = instant;
    }

    // ---- Commands: "" where it is done, else the refusal. Arguments are well formed, and agreements exist. ---

    std::string create(int account, int terms) {
        for (const auto& [number, each] : contracts) {
            if (each.account == account && each.portal && each.state == Contract::draft) return "draft_already_open";
        }
        contracts[next()] = {.account = account, .portal = true, .terms = terms, .party = parties[account].name};
        return "";
    }
    std::string issue(int number) {
        auto& each = contracts.at(number);
        if (each.state != Contract::draft || each.issued) return "wrong_state";
        if (each.window_over) return "review_window_elapsed";
        each.issued = true;
        tell(number);
        return "";
    }
    std::string accept(int number, int person, bool confirmed) {
        auto& each = contracts.at(number);
        if (!parties[each.account].onboarding.contains(person)) return "not_an_onboarding_contact";
        if (!each.portal) return "auto_accepted_only";
        if (each.state != Contract::draft || !each.issued) return "wrong_state";
        if (!confirmed) return "must_confirm_reading";
        const int old = active_of(each.account);
        if (old && contracts.at(old).terms > each.terms) return "terms_superseded";
        activate(number);
        if (old) replace(old);
        uplift_if_older(number);
        return "";
    }
    std::string publish(bool as_uplift) {
        ++newest_terms;
        if (!as_uplift) return "";
        newest_uplift = newest_terms;
        const auto before = contracts;
        for (const auto& [number, each] : before) {
            if (each.state != Contract::active) continue;
            cancel_uplift_of(number);
            add_uplift(number);
        }
        return "";
    }
    std::string pause(int number) {
        auto& each = contracts.at(number);
        if (!each.is_pending_uplift()) return "wrong_state";
        if (each.paused) return "already_paused";
        if (each.window_over) return "wrong_state";
        each.paused = true;
        return "";
    }
    std::string resume(int number) {
        auto& each = contracts.at(number);
        if (!each.is_pending_uplift()) return "wrong_state";
        if (!each.paused) return "not_paused";
        each.paused = false;
        return "";
    }
    std::string reset(int number) {
        auto& each = contracts.at(number);
        if (!each.is_pending_uplift()) return "wrong_state";
        each.paused = each.window_over = false;
        each.day = 1;
        return "";
    }
    std::string terminate(int number, Date end) {
        auto& each = contracts.at(number);
        if (each.state != Contract::active) return "wrong_state";
        if (end < *each.start) return "bad_date";
        each.end = end;
        tell(number);
        if (end <= london_date(now)) expire(number);
        return "";
    }
    std::string correct_account(int account, const std::string& name) {
        parties[account].name = name;
        for (auto& [number, each] : contracts) {
            if (each.account == account && each.state == Contract::draft) each.party = name;
        }
        return "";
    }
    std::string set_onboarding(int account, int person, bool on) {
        auto& onboarding = parties[account].onboarding;
        if (on) onboarding.insert(person);
        else onboarding.erase(person);
        return "";
    }
    std::string withdraw(int number) {
        auto& each = contracts.at(number);
        if (each.state != Contract::draft) return "wrong_state";
        each.state = Contract::cancelled;
        return "";
    }
    // A query on anything but a portal draft; the query's place in `queries` is kept by whoever calls.
    std::string query(int number) {
        auto& each = contracts.at(number);
        if (each.state == Contract::draft && !each.issued) return "wrong_state";
        if (!(each.portal && each.state == Contract::draft)) queries.push_back({.agreement = number});
        return "";
    }
    std::string resolve(std::size_t query) {
        if (!queries.at(query).is_open) return "wrong_state";
        queries[query].is_open = false;
        auto& each = contracts.at(queries[query].agreement);
        if (each.is_pending_uplift() && each.window_over && !has_open_query(queries[query].agreement))
            accept_by_time(queries[query].agreement);
        return "";
    }
    std::string reopen(std::size_t query) {
        queries.at(query).is_open = true;
        return "";
    }

    bool has_open_query(int number) const {
        for (const auto& each : queries) {
            if (each.agreement == number && each.is_open) return true;
        }
        return false;
    }
    int active_of(int account) const {
        for (const auto& [number, each] : contracts) {
            if (each.account == account && each.state == Contract::active) return number;
        }
        return 0;
    }

private:
    int next() const { return static_cast<int>(contracts.size()) + 1; }

    void midnight(Date day) {
        now = london_midnight(day);
        const int last = next();
        for (int number = 1; number < last; ++number) {
            auto& each = contracts.at(number);
            if (each.state == Contract::active && each.end && day > *each.end) expire(number);
            if (each.state != Contract::draft || each.paused || each.window_over) continue;
            if (each.day < each.window()) {
                ++each.day;
                continue;
            }
            each.window_over = true;
            if (!each.issued) continue;
            if (each.portal) {
                each.state = Contract::cancelled;
            } else if (!has_open_query(number)) {
                accept_by_time(number);
            }
        }
    }
    void activate(int number) {
        contracts.at(number).state = Contract::active;
        contracts.at(number).start = london_date(now);
    }
    void accept_by_time(int number) {
        activate(number);
        auto& old = contracts.at(contracts.at(number).supersedes);
        contracts.at(number).end = old.end;
        old.state = Contract::expired;
        uplift_if_older(number);
    }
    void replace(int number) {
        contracts.at(number).state = Contract::expired;
        cancel_uplift_of(number);
    }
    void expire(int number) { replace(number); }
    void cancel_uplift_of(int number) {
        for (auto& [other, each] : contracts) {
            if (each.is_pending_uplift() && each.supersedes == number) each.state = Contract::cancelled;
        }
    }
    void add_uplift(int number) {
        const int account = contracts.at(number).account;
        contracts[next()] = {.account = account,
                             .portal = false,
                             .issued = true,
                             .terms = newest_uplift,
                             .supersedes = number,
                             .party = parties[account].name};
        tell(next() - 1);
    }
    void tell(int number) {
        auto& each = contracts.at(number);
        for (const int person : parties[each.account].onboarding) {
            if (std::ranges::find(each.told, person) == each.told.end()) each.told.push_back(person);
        }
    }
    void uplift_if_older(int number) {
        if (contracts.at(number).terms < newest_uplift) add_uplift(number);
    }
};

}  // namespace ca::naive
