# Third-party code, as scripts/setup left it in the per-user cache: headers and static libraries, one set for this
# machine (native) and one for the browser (wasm). Their headers are SYSTEM: their warnings are not ours.
#
#   nlohmann_json  doctest  immer  sodium  cmark_gfm  zlib  harfbuzz  imgui  nats (native alone; the system's)
#   imgui_backends (the desktop's, with SDL2 and GL)
#
# CA_FONTS_DIR is the cache's folder of TrueType files.
file(GLOB recipes CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/scripts/setup.d/* ${CMAKE_SOURCE_DIR}/scripts/third-party/*
     ${CMAKE_SOURCE_DIR}/scripts/sodium/*)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/scripts/toolchain.lock
             ${CMAKE_SOURCE_DIR}/web/package-lock.json ${recipes})
execute_process(COMMAND ${CMAKE_SOURCE_DIR}/scripts/setup --where OUTPUT_VARIABLE where OUTPUT_STRIP_TRAILING_WHITESPACE
                COMMAND_ERROR_IS_FATAL ANY)
string(REPLACE "\n" ";" where "${where}")
foreach(line IN LISTS where)
  string(REGEX MATCH "^([A-Z_]+)=(.*)$" ignored "${line}")
  set(${CMAKE_MATCH_1} "${CMAKE_MATCH_2}")
endforeach()

if(EMSCRIPTEN)
  set(CA_LIBRARIES ${CA_WASM})
  set(CA_SODIUM ${CA_SODIUM_WASM})
  set(part web)
elseif(CA_DESKTOP)
  set(CA_LIBRARIES ${CA_NATIVE})
  set(part desktop)
else()
  set(CA_LIBRARIES ${CA_NATIVE})
  set(part native)
endif()
if(NOT EXISTS ${CA_LIBRARIES}/.done OR NOT EXISTS ${CA_IMMER}/.done OR NOT EXISTS ${CA_SODIUM}/.done
   OR NOT EXISTS ${CA_FONTS_DIR}/.done)
  message(FATAL_ERROR "Third-party code is not in the cache yet. Run: scripts/setup ${part}")
endif()

# ca_third_party(<target> <include folders> <libraries…>)
function(ca_third_party target include)
  add_library(${target} INTERFACE)
  target_include_directories(${target} SYSTEM INTERFACE ${include})
  target_link_libraries(${target} INTERFACE ${ARGN})
endfunction()

ca_third_party(nlohmann_json ${CA_SOURCES}/headers)
ca_third_party(doctest ${CA_SOURCES}/headers)
ca_third_party(immer ${CA_IMMER}/headers)
# What is kept in it is of one thread: nothing is shared with the broker's (platform/steward/nats_broker.cpp).
target_compile_definitions(immer INTERFACE IMMER_NO_THREAD_SAFETY=1)
if(EMSCRIPTEN)
  # immer uses std::aligned_storage, which C++23 deprecates; libc++ reports that in whoever uses immer.
  target_compile_definitions(immer INTERFACE _LIBCPP_DISABLE_DEPRECATION_WARNINGS)
elseif(CA_SANITIZE OR CA_FUZZ)
  target_compile_definitions(immer INTERFACE IMMER_NO_FREE_LIST=1)  # so that the sanitizer sees each record come and go
endif()
ca_third_party(sodium ${CA_SODIUM}/include ${CA_SODIUM}/lib/libsodium.a)
if(NOT EMSCRIPTEN)
  find_library(nats_library NAMES nats)
  if(NOT nats_library)
    message(FATAL_ERROR "libnats is not on this machine yet. Run: scripts/setup ${part}")
  endif()
  ca_third_party(nats "" ${nats_library})  # its headers are where the compiler looks anyway
endif()
ca_third_party(cmark_gfm ${CA_LIBRARIES}/include/cmark-gfm ${CA_LIBRARIES}/lib/libcmark-gfm.a)
ca_third_party(zlib ${CA_LIBRARIES}/include/zlib ${CA_LIBRARIES}/lib/libz.a)
ca_third_party(harfbuzz ${CA_LIBRARIES}/include/harfbuzz ${CA_LIBRARIES}/lib/libharfbuzz.a)
ca_third_party(imgui ${CA_LIBRARIES}/include/imgui ${CA_LIBRARIES}/lib/libimgui.a)

# The desktop window's back ends; the browser's window needs none (src/platform/web/canvas.h).
if(CA_DESKTOP)
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(sdl2 REQUIRED sdl2)
  find_library(gl_library NAMES GL REQUIRED)
  ca_third_party(imgui_backends "${CA_DESKTOP_LIBS}/include/imgui;${sdl2_INCLUDE_DIRS}" ${CA_DESKTOP_LIBS}/lib/libimgui_backends.a
                 imgui ${sdl2_LINK_LIBRARIES} ${gl_library} ${CMAKE_DL_LIBS})
endif()
