// Runs a fuzz target once over each file of the folders and files named on the command line, so that the fixed
// corpus is a normal test with any compiler. The empty input is always tried as well.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void run(const std::string& bytes) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

std::string read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

int main(int argc, char** argv) {
    std::size_t inputs = 1;
    run({});
    for (int i = 1; i < argc; ++i) {
        std::filesystem::path const place(argv[i]);
        if (std::filesystem::is_directory(place)) {
            for (auto const& entry : std::filesystem::recursive_directory_iterator(place)) {
                if (entry.is_regular_file()) {
                    run(read(entry.path()));
                    ++inputs;
                }
            }
        } else if (std::filesystem::is_regular_file(place)) {
            run(read(place));
            ++inputs;
        }
    }
    std::printf("%zu inputs\n", inputs);
    return 0;
}
