#include "platform/cli/files.h"

#include <fstream>
#include <iterator>

namespace ca::cli {

Result<std::string> read_file(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    if (!stream.is_open() || stream.bad())
        return fail("cannot_read", "The file " + path.string() + " cannot be read.", path.string());
    return bytes;
}

Result<> write_file(const std::filesystem::path& path, std::string_view bytes) {
    auto part = path;
    part += ".part";
    std::ofstream stream(part, std::ios::binary | std::ios::trunc);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    stream.close();
    std::error_code error;
    if (stream) std::filesystem::rename(part, path, error);
    if (stream && !error) return {};
    std::filesystem::remove(part, error);
    return fail("cannot_write", "The file " + path.string() + " cannot be written.", path.string());
}

}  // namespace ca::cli
