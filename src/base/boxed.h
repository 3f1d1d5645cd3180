// A value that lies apart, so that whatever holds it stays small: for the seldom large member of a variant. It is
// copied and compared as the value is, and never empty but after it was moved from.
//
//     struct AgreementImported { Boxed<Agreement> record; };      // made from an Agreement; record->number
#pragma once

#include <memory>
#include <utility>

namespace ca {

template<typename Value>
class Boxed {
public:
    Boxed() : value_(std::make_unique<Value>()) {}
    Boxed(Value value) : value_(std::make_unique<Value>(std::move(value))) {}
    Boxed(const Boxed& other) : value_(std::make_unique<Value>(*other)) {}
    Boxed(Boxed&&) noexcept = default;
    Boxed& operator=(const Boxed& other) { return *this = Boxed(other); }
    Boxed& operator=(Boxed&&) noexcept = default;
    ~Boxed() = default;

    Value& operator*() { return *value_; }
    const Value& operator*() const { return *value_; }
    Value* operator->() { return value_.get(); }
    const Value* operator->() const { return value_.get(); }

    bool operator==(const Boxed& other) const { return *value_ == *other.value_; }

private:
    std::unique_ptr<Value> value_;
};

}  // namespace ca
