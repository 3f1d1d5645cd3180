# Writes OUTPUT: a header with every file of TEXTS as a string constant of NAMESPACE, named after the file
# (standard-terms-6.0.md -> standard_terms_6_0).
set(text "// Generated from Markdown files. Do not edit.\n#pragma once\n#include <string_view>\n\nnamespace ${NAMESPACE} {\n\n")
foreach(path IN LISTS TEXTS)
  get_filename_component(name ${path} NAME)
  string(REGEX REPLACE "\\.md$" "" name ${name})
  string(MAKE_C_IDENTIFIER ${name} name)
  file(READ ${path} body)
  string(APPEND text "inline constexpr std::string_view ${name} = R\"terms(${body})terms\";\n\n")
endforeach()
string(APPEND text "} // namespace ${NAMESPACE}\n")
file(WRITE ${OUTPUT} "${text}")
