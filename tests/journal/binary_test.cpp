#include "journal/binary.h"

#include <doctest/doctest.h>

using namespace ca::journal;

TEST_CASE("texts are read back as they were written, also once more came than are remembered, in whatever pieces") {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < 3 * texts_remembered; ++i) {
        texts.push_back("text " + std::to_string(i));
        if (i % 3 == 0) texts.push_back("Larkfield Health");                          // again and again
        if (i % 5 == 0) texts.push_back("text " + std::to_string(i / 2));             // mostly no longer remembered
        if (i % 7 == 0 && i > 10) texts.push_back("text " + std::to_string(i - 10));  // remembered
    }
    std::string bytes;
    {
        BinaryWriter writer{bytes};
        writer.write(texts);
    }
    for (const std::size_t piece : {std::size_t{1}, std::size_t{1'000}, bytes.size()}) {
        std::size_t at = 0;
        BinaryReader reader{bytes.size(), [&] {
                                const std::string next = bytes.substr(at, piece);
                                at += next.size();
                                return next;
                            }};
        std::vector<std::string> read;
        reader.read(read);
        CHECK(reader.is_done());
        CHECK(read == texts);
    }
    BinaryReader cut{bytes.size(), [] { return std::string(); }};
    std::vector<std::string> read;
    cut.read(read);
    CHECK(cut.failed());
}
