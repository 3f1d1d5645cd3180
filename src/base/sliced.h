// Work that is written as if it were done at once, and is done a slice at a time, so that whoever waits for it sees it
// move, and a browser's page can answer meanwhile.
//
//     Sliced<int> sum_of(const std::vector<int>& values) {       // a coroutine
//         int sum = 0;
//         for (std::size_t i = 0; i < values.size(); ++i) {
//             sum += values[i];
//             if (i % 10'000 == 0) co_await slice_ends;
//         }
//         co_return sum + co_await sum_of(others);               // the slices of the other are slices of this one
//     }
//
//     auto adding = sum_of(values);                              // nothing of it is done yet
//     while (!adding.go_on()) show_progress();                   // a slice; true: it was the last
//     use(std::move(adding).value());
//
// What it is given by reference must outlive it. An exception comes out of go_on(), and ends it. CA_TRY (result.h)
// returns, which a coroutine cannot: write `if (!read) co_return std::unexpected(read.error());`. What is awaited gets
// names, not values made in the same expression: gcc 12 destroys those twice.
#pragma once

#include <coroutine>
#include <optional>
#include <utility>

namespace ca {

struct SliceEnds {};
inline constexpr SliceEnds slice_ends{};

namespace sliced {

struct Promise;

// What is shared by a piece of work and all that it waits for: which of them goes on. None tells another to go on by
// itself, which would need calls in the place of calls, which WebAssembly has not everywhere.
struct Chain {
    std::coroutine_handle<> innermost;
    bool is_slice_over = false;
};

struct Promise {
    Chain own{}, *chain = &own;
    std::coroutine_handle<> waiting{};  // for this one to end

    std::suspend_always initial_suspend() noexcept { return {}; }
    auto final_suspend() noexcept {
        struct GiveBack {
            Promise& ended;
            bool await_ready() const noexcept { return false; }
            void await_suspend(std::coroutine_handle<>) const noexcept {
                ended.chain->innermost = ended.waiting;  // none: it was the outermost
                ended.chain->is_slice_over = !ended.waiting;
            }
            void await_resume() const noexcept {}
        };
        return GiveBack{*this};
    }
    auto await_transform(SliceEnds) noexcept {
        struct End {
            Chain& chain;
            bool await_ready() const noexcept { return false; }
            void await_suspend(std::coroutine_handle<>) const noexcept { chain.is_slice_over = true; }
            void await_resume() const noexcept {}
        };
        return End{*chain};
    }
    template<typename Other>
    auto await_transform(Other&& other) noexcept {
        return other.wait_in(*chain);
    }
    void unhandled_exception() { throw; }
};

template<typename T>
struct Value {
    std::optional<T> value;
    void return_value(T given) { value.emplace(std::move(given)); }
    T take() { return *std::move(value); }
};
template<>
struct Value<void> {
    void return_void() {}
    void take() {}
};

}  // namespace sliced

template<typename T = void>
class [[nodiscard]] Sliced {
public:
    struct promise_type : sliced::Promise, sliced::Value<T> {
        Sliced get_return_object() { return Sliced(std::coroutine_handle<promise_type>::from_promise(*this)); }
    };

    Sliced(Sliced&& other) noexcept : work_(std::exchange(other.work_, nullptr)) {}
    Sliced& operator=(Sliced&& other) noexcept {
        std::swap(work_, other.work_);
        return *this;
    }
    ~Sliced() {
        if (work_) work_.destroy();
    }

    bool go_on() {
        sliced::Chain& chain = work_.promise().own;
        if (!chain.innermost) chain.innermost = work_;
        chain.is_slice_over = false;
        while (!chain.is_slice_over) chain.innermost.resume();
        return work_.done();
    }
    T value() && { return work_.promise().take(); }

private:
    friend struct sliced::Promise;
    explicit Sliced(std::coroutine_handle<promise_type> work) : work_(work) {}

    auto wait_in(sliced::Chain& chain) const noexcept {
        struct Wait {
            std::coroutine_handle<promise_type> work;
            sliced::Chain& chain;
            bool await_ready() const noexcept { return false; }
            void await_suspend(std::coroutine_handle<> waiting) const noexcept {
                work.promise().chain = &chain;
                work.promise().waiting = waiting;
                chain.innermost = work;
            }
            T await_resume() const { return work.promise().take(); }
        };
        return Wait{work_, chain};
    }

    std::coroutine_handle<promise_type> work_;
};

// All of it now.
template<typename T>
T at_once(Sliced<T> work) {
    while (!work.go_on()) {
    }
    return std::move(work).value();
}

}  // namespace ca
