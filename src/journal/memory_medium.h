// A medium that keeps nothing beyond its own life: for practice, and where a browser offers no storage.
#pragma once

#include "journal/medium.h"

#include <map>

namespace ca::journal {

class MemoryMedium : public Medium {
public:
    void lock(Done done) override { done({}); }
    void unlock() override {}
    void pull(Done done) override { done({}); }
    void push(Done done) override { done({}); }
    Result<std::vector<std::string>> list() override;
    Result<std::string> read(std::string_view name) override;
    Result<> write(std::string_view name, std::string_view bytes) override;
    Result<> move(std::string_view from, std::string_view to) override;
    Result<> remove(std::string_view name) override;
    void announce() override {}
    void on_announcement(std::function<void()>) override {}
    void reconnect() override {}
    void forget() override {}

private:
    std::map<std::string, std::string, std::less<>> files_;
};

}  // namespace ca::journal
