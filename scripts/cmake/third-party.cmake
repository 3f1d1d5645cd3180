# Third-party code, as scripts/setup left it in the per-user cache: headers and static libraries, one set for this
# machine (native) and one for the browser (wasm). Their headers are SYSTEM: their warnings are not ours.
#
#   nlohmann_json  doctest  cmark_gfm  zlib  harfbuzz  imgui  imgui_backends (with SDL2 and GL)
#
# CA_FONTS_DIR is the cache's folder of TrueType files.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/scripts/toolchain.lock)
if(EXISTS ${CMAKE_SOURCE_DIR}/scripts/setup)
  execute_process(COMMAND ${CMAKE_SOURCE_DIR}/scripts/setup --where OUTPUT_VARIABLE CA_CACHE
                  OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
endif()
set(CA_FONTS_DIR ${CA_CACHE}/fonts)

add_library(nlohmann_json INTERFACE)
add_library(doctest INTERFACE)
foreach(name cmark_gfm zlib harfbuzz imgui imgui_backends)
  add_library(${name} INTERFACE)
endforeach()
