# Writes OUTPUT: a header with every file of SHADERS as a string constant named after the file
# (halo.frag.glsl -> ca::shaders::halo_frag).
set(text "// Generated from shaders/. Do not edit.\n#pragma once\n#include <string_view>\n\nnamespace ca::shaders {\n\n")
foreach(path IN LISTS SHADERS)
  get_filename_component(name ${path} NAME)
  string(REGEX REPLACE "\\.glsl$" "" name ${name})
  string(MAKE_C_IDENTIFIER ${name} name)
  file(READ ${path} body)
  string(APPEND text "inline constexpr std::string_view ${name} = R\"glsl(${body})glsl\";\n\n")
endforeach()
string(APPEND text "} // namespace ca::shaders\n")
file(WRITE ${OUTPUT} "${text}")
