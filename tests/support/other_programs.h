// Other people's programs, as tests call them, and a folder of one's own for what they read.
//
//     need("qpdf");                                    // fails the test where it is not here, and says who brings it
//     Folder const folder;                             // gone at the end
//     Outcome const outcome = run("qpdf --check " + folder.save("file.pdf", bytes));
#pragma once

#include <filesystem>
#include <string>

namespace ca::test {

struct Outcome {
    int status = -1;
    std::string output;  // and errors, the first megabyte of both
};

// Through the shell: quote what needs it.
Outcome run(const std::string& command);
// What it says on standard error alone.
std::string complaints(const std::string& command);
void need(const std::string& program);

class Folder {
public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::string operator/(const std::string& name) const { return (path_ / name).string(); }
    std::string save(const std::string& name, const std::string& bytes) const;  // its path

private:
    std::filesystem::path path_;
};

}  // namespace ca::test
