// A ZIP archive (APPNOTE 6.3, without Zip64) of files as they are: what goes in here is compressed already, so entries
// are stored.
//
//     ZipWriter zip;
//     CA_TRY_VOID(zip.add("CNTR0000001.pdf", pdf, now));
//     save("agreements.zip", "application/zip", std::move(zip).finish());
//
// The same entries in the same order give the same bytes. Names are UTF-8 and say so. An entry's date is the London
// time of its instant, in ZIP's steps of two seconds.
//
// An entry is refused, and the archive stays as it was, with bad_name: a name that is empty, not UTF-8, absolute, ends
// in "/", holds a control character, "\", ":" or a part that is empty, "." or "..", or that is there already (also in
// other letters: some disks hold them for the same); bad_time: outside 1980 to 2107; too_large: more than ZIP's 4 GiB
// or 65,535 entries.
#pragma once

#include "base/result.h"
#include "base/time.h"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

namespace ca::interop {

class ZipWriter {
public:
    Result<> add(std::string_view name, std::string_view bytes, Instant at);
    std::size_t entries() const { return names_.size(); }
    std::size_t size() const {
        return archive_.size() + directory_.size() + end_size;
    }  // of the archive, if it ended here
    std::string finish() &&;

private:
    static constexpr std::size_t end_size = 22;

    std::string archive_;                       // the entries
    std::string directory_;                     // their lines in the central directory
    std::set<std::string, std::less<>> names_;  // in lower case
};

}  // namespace ca::interop
