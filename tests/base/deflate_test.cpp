#include "base/deflate.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <deque>
#include <string>

using namespace ca;

TEST_CASE(
    "what comes packed in pieces comes out whole, however it is cut and asked for; what was cut short, as far as it "
    "goes") {
    std::string bytes;
    for (int i = 0; i < 20'000; ++i) bytes += "CNTR" + std::to_string(i * 7919 % 100'003) + (i % 50 == 0 ? "\n" : " ");
    const std::string packed = deflated(bytes);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{4'096}, packed.size()}) {
        for (const std::size_t step : {std::size_t{3}, std::size_t{1'000}, bytes.size() + 1}) {
            CAPTURE(piece);
            CAPTURE(step);
            for (const std::size_t kept : {packed.size(), packed.size() / 2, std::size_t{0}}) {
                std::deque<std::string> pieces;
                for (std::size_t from = 0; from < kept; from += piece)
                    pieces.push_back(packed.substr(from, std::min(piece, kept - from)));
                Inflater inflater{std::move(pieces)};
                std::string out;
                for (std::string more = inflater.next(step); !more.empty(); more = inflater.next(step)) out += more;
                if (kept == packed.size()) CHECK(out == bytes);
                else CHECK((out.size() < bytes.size() && bytes.starts_with(out)));
            }
        }
    }
}
