// Many agreements as one ZIP: a PDF each, SHA256SUMS.txt for `sha256sum -c`, and manifest.csv for people.
//
//     archive = Archive::start({"CNTR0000001", …}, now, {.sheet = …, .press = press, .later = …, .moved_on = …},
//                              [](Result<Archive::Made> made) { … });
//     archive->progress();                       // "Making CNTR0000007.pdf – 12 of 100"
//     archive.reset();                           // gives up; `done` is never called, and what was made is dropped
//
// One agreement at a time, and each begins in a turn of its own (`later`), so that what waits (input, a frame) comes in
// between. What cannot be made does not stop the others: manifest.csv and Made::entries say why. Where nothing at all
// can be made there is no ZIP. Errors of the whole: nothing_made (`where` is empty, the message says the first reason),
// too_large.
#pragma once

#include "papers/press.h"
#include "base/time.h"
#include "interop/zip.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace ca::papers {

class Archive : public std::enable_shared_from_this<Archive> {
public:
    // What is to be printed of an agreement, and what the manifest says of it.
    struct Sheet {
        std::string name, state;
        Result<documents::Document> document;
    };
    struct Means {
        std::string ending;  // of each PDF's name, after the number: ".pdf"
        std::function<Sheet(const std::string& number)> sheet;
        Press& press;
        std::function<void(std::function<void()>)> later;
        std::function<void()> moved_on;  // the progress is another
    };
    struct Entry {
        std::string number, name, state;
        std::string file_name{};  // empty: not in the ZIP
        int pages = 0;
        std::size_t size = 0;
        std::string sha256{};
        std::string missing{};  // why it is not in the ZIP
    };
    struct Made {
        std::string bytes;
        std::vector<Entry> entries;  // in the order asked for
    };
    struct Progress {
        std::size_t made = 0, all = 0;  // missing ones count as made
        std::string making;             // the file
    };
    using Done = std::function<void(Result<Made>)>;

    // More than this is not put together in memory.
    static constexpr std::size_t bytes_max = 512 << 20;

    static std::shared_ptr<Archive> start(std::vector<std::string> numbers, Instant at, Means, Done);
    Progress progress() const;

private:
    Archive(std::vector<std::string> numbers, Instant at, Means means, Done done)
        : numbers_(std::move(numbers)), at_(at), means_(std::move(means)), done_(std::move(done)) {}
    void begin_next();
    void print(documents::Document);
    void take(Result<Printed>);
    void finish();
    Result<Made> made();

    std::vector<std::string> numbers_;
    Instant at_;
    Means means_;
    Done done_;
    std::vector<Entry> entries_;  // the last may still be printed
    interop::ZipWriter zip_;
};

std::string sha256_sums(const std::vector<Archive::Entry>&);
std::string manifest_csv(const std::vector<Archive::Entry>&);

}  // namespace ca::papers
