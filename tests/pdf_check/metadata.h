// The XMP packet of a file, as far as the rules need it.
#pragma once

#include <expected>
#include <map>
#include <string>
#include <string_view>

namespace pdf_check {

// The text of each property ("dc:title"): of its element, or of the first rdf:li inside. An error where the packet is
// not well-formed XML.
std::expected<std::map<std::string, std::string, std::less<>>, std::string> read_xmp(std::string_view packet);

}  // namespace pdf_check
