#include "lifecycle/event.h"

#include <utility>

namespace ca::lifecycle {
namespace {

template<typename Visit, std::size_t... Index>
void for_each_type(Visit&& visit, std::index_sequence<Index...>) {
    (visit.template operator()<std::variant_alternative_t<Index, EventBody>>(), ...);
}

template<typename Visit>
void for_each_type(Visit&& visit) {
    for_each_type(visit, std::make_index_sequence<std::variant_size_v<EventBody>>());
}

}  // namespace

std::string_view type_of(const EventBody& body) {
    return std::visit([](const auto& alternative) { return std::decay_t<decltype(alternative)>::type; }, body);
}

std::optional<EventBody> empty_body(std::string_view type) {
    std::optional<EventBody> body;
    for_each_type([&]<typename Body>() {
        if (Body::type == type) body = Body{};
    });
    return body;
}

std::vector<std::string_view> event_types() {
    std::vector<std::string_view> types;
    for_each_type([&]<typename Body>() { types.push_back(Body::type); });
    return types;
}

}  // namespace ca::lifecycle
