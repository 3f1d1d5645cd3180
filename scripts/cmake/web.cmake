# The static site: build/web/site/, which any web server can serve.
#
#   portal.js + portal.wasm        src/platform/web/*.cpp with every layer: of the program what a first visit to the start page runs
#   portal.later.wasm              the rest of it, fetched once the start page can be used (web/src/parts.ts)
#   documents.js + documents.wasm  src/platform/documents_web/*.cpp: makes and checks PDFs, loaded by a worker when first needed
#   app.js, <name>_worker.js       web/src/main.ts, web/src/*_worker.ts, checked and bundled
#   sharing.js                     web/src/sharing.ts: the client of a shared workspace's broker, fetched where one is joined
#   sw.js                          web/src/service_worker.ts, told of every other file's hash
#   fonts/                         the TrueType files that papers are set in, and their licences
#   fonts/pages/                   those that pages are set in: the same with fewer letters
#   fonts/scripts/                 those for further scripts, fetched when first needed
#   the rest                       web/*.html, *.css, *.svg, *.png, *.webmanifest as they are
set(site ${CMAKE_BINARY_DIR}/site)
file(MAKE_DIRECTORY ${site} ${site}/fonts/pages ${site}/fonts/scripts)

# Exceptions are WebAssembly's own: smaller and quicker than emulated ones, in every browser since 2021. All objects
# and libraries must agree, so the option is everybody's.
add_compile_options(-fwasm-exceptions)
foreach(layer IN LISTS CA_LAYERS)
  if(TARGET ca_${layer})
    target_compile_options(ca_${layer} PRIVATE -fwasm-exceptions)
  endif()
endforeach()

# Small, because every first visit moves it: but what works on bytes and records at length is made quick.
foreach(layer IN LISTS CA_LAYERS)
  if(TARGET ca_${layer})
    if(layer MATCHES "^(base|lifecycle|journal|interop|documents|pdf)$")
      target_compile_options(ca_${layer} PRIVATE -O2)
    else()
      target_compile_options(ca_${layer} PRIVATE -Os)
    endif()
  endif()
endforeach()

set(CA_WEB_LINK
  -fwasm-exceptions
  -sSUPPORT_LONGJMP=0
  -sMODULARIZE=1
  -sEXPORT_ES6=1
  -sDYNAMIC_EXECUTION=0
  -sALLOW_MEMORY_GROWTH=1
  -sINITIAL_MEMORY=33554432
  -sSTACK_SIZE=1048576
  -sWASM_BIGINT=1
  -sEXIT_RUNTIME=0)
if(CA_WEB_DEBUG)
  list(APPEND CA_WEB_LINK -O1 -g -sASSERTIONS=2 -sSTACK_OVERFLOW_CHECK=2)
else()
  list(APPEND CA_WEB_LINK -O2 -sASSERTIONS=0)
endif()

# ca_module(<name> <folder of src/platform> <environment> <libraries and link options…>)
function(ca_module name folder environment)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/platform/${folder}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(${name} ${sources})
  ca_own(${name})
  target_compile_options(${name} PRIVATE -fwasm-exceptions)
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(${name} PRIVATE ${ARGN})
  target_link_options(${name} PRIVATE ${CA_WEB_LINK} -sENVIRONMENT=${environment})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${site} SUFFIX .js)
endfunction()

# The store's files are IDBFS's; its side of the page is a library of JavaScript.
set(store_library ${CMAKE_SOURCE_DIR}/src/platform/web/idbfs_medium.library.js)
set(CA_STORE_LINK -sFORCE_FILESYSTEM=1 -lidbfs.js --js-library ${store_library})

ca_module(portal web web ${CA_LAYER_LIBRARIES} nlohmann_json)
if(TARGET portal)
  file(GLOB gl_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/platform/gl/*.cpp)
  target_sources(portal PRIVATE ${gl_sources} ${CA_SHADER_HEADER})
  target_include_directories(portal PRIVATE ${CMAKE_BINARY_DIR}/generated)
  target_link_options(portal PRIVATE
    -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2 ${CA_STORE_LINK}
    -sEXPORTED_RUNTIME_METHODS=FS,IDBFS,HEAPU8,UTF8ToString,stringToUTF8,lengthBytesUTF8
    -sEXPORTED_FUNCTIONS=_main,_malloc,_free)
endif()
# The program is linked whole, with the names of its functions, and parted by the list of those that a first visit to the start page runs.
# scripts/first-load writes that list.
set(parts "")
if(TARGET portal)
  set(whole ${CMAKE_BINARY_DIR}/whole)
  target_link_options(portal PRIVATE --profiling-funcs)
  set_target_properties(portal PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${whole} LINK_DEPENDS ${store_library})
  execute_process(COMMAND ${EMSCRIPTEN_ROOT_PATH}/em-config BINARYEN_ROOT OUTPUT_VARIABLE binaryen OUTPUT_STRIP_TRAILING_WHITESPACE
                  COMMAND_ERROR_IS_FATAL ANY)
  set(first_load ${CMAKE_SOURCE_DIR}/scripts/cmake/first_load.txt)
  set(parts ${site}/portal.js ${site}/portal.wasm ${site}/portal.later.wasm)
  add_custom_command(
    OUTPUT ${parts}
    COMMAND ${CMAKE_COMMAND} -E copy ${whole}/portal.js ${site}/portal.js
    COMMAND node ${CMAKE_SOURCE_DIR}/scripts/cmake/split.mjs ${binaryen}/bin/wasm-split ${whole}/portal.wasm
            $<IF:$<BOOL:${CA_WEB_DEBUG}>,all,${first_load}> ${site}/portal.wasm ${site}/portal.later.wasm
    DEPENDS portal ${first_load} ${CMAKE_SOURCE_DIR}/scripts/cmake/split.mjs ${CMAKE_SOURCE_DIR}/scripts/cmake/functions.mjs
    COMMENT "Parting the program"
    VERBATIM)
  add_custom_target(site_parts ALL DEPENDS ${parts})
endif()

# The store alone in a page, for tests/browser/store.test.mjs; no part of the site.
set(harness ${CMAKE_SOURCE_DIR}/tests/browser/harness)
if(TARGET ca_journal AND EXISTS ${harness}/store_harness.cpp)
  add_executable(store_harness ${harness}/store_harness.cpp ${CMAKE_SOURCE_DIR}/src/platform/web/idbfs_medium.cpp)
  ca_own(store_harness)
  target_include_directories(store_harness PRIVATE ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(store_harness PRIVATE ca_journal ca_lifecycle ca_base)
  target_link_options(store_harness PRIVATE ${CA_WEB_LINK} -sENVIRONMENT=web ${CA_STORE_LINK} --no-entry
                      -sEXPORTED_RUNTIME_METHODS=ccall,UTF8ToString)
  set_target_properties(store_harness PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/store_harness SUFFIX .js
                        LINK_DEPENDS ${store_library})
  add_custom_command(TARGET store_harness POST_BUILD
    COMMAND ${CMAKE_COMMAND} -E copy ${harness}/index.html ${harness}/store_page.js ${CMAKE_BINARY_DIR}/store_harness VERBATIM)
endif()
set(documents_libraries "")
foreach(layer pdf documents base)
  if(TARGET ca_${layer})
    list(APPEND documents_libraries ca_${layer})
  endif()
endforeach()
ca_module(documents documents_web worker ca_papers ca_interop ca_sharing ca_journal ca_lifecycle ${documents_libraries})
if(TARGET documents)
  target_link_options(documents PRIVATE --no-entry -sFILESYSTEM=0 -sEXPORTED_RUNTIME_METHODS=HEAPU8,UTF8ToString
                      -sEXPORTED_FUNCTIONS=_malloc,_free)
endif()

# The PDF writer's sample document, run by Node.js alone: tests/browser/pdf_bytes.test.mjs wants of it the very bytes that
# the native writer makes (tests/pdf/expected).
if(TARGET ca_pdf)
  add_executable(pdf_sample ${CMAKE_SOURCE_DIR}/tests/pdf/program/sample_main.cpp ${CMAKE_SOURCE_DIR}/tests/pdf/sample.cpp)
  ca_own(pdf_sample)
  target_compile_options(pdf_sample PRIVATE -fwasm-exceptions)
  target_include_directories(pdf_sample PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/tests)
  target_link_libraries(pdf_sample PRIVATE ${documents_libraries})
  target_link_options(pdf_sample PRIVATE -fwasm-exceptions -sSUPPORT_LONGJMP=0 -O2 -sENVIRONMENT=node -sNODERAWFS=1
                      -sALLOW_MEMORY_GROWTH=1 -sEXIT_RUNTIME=1)
  set_target_properties(pdf_sample PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR} SUFFIX .cjs)
endif()

# TypeScript: checked first, then bundled.
set(node_bin ${CA_NODE}/node_modules/.bin)
file(GLOB_RECURSE typescript CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/src/*.ts)
file(GLOB entries CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/src/main.ts ${CMAKE_SOURCE_DIR}/web/src/sharing.ts
     ${CMAKE_SOURCE_DIR}/web/src/*_worker.ts)
list(FILTER entries EXCLUDE REGEX "/service_worker\\.ts$")
if(entries)
  set(bundles "")
  set(commands "")
  foreach(entry IN LISTS entries)
    get_filename_component(name ${entry} NAME_WE)
    string(REGEX REPLACE "^main$" "app" name ${name})
    list(APPEND bundles ${site}/${name}.js)
    list(APPEND commands COMMAND ${node_bin}/esbuild ${entry} --bundle --format=esm --target=es2022,safari15.4
      --external:./portal.js --external:./documents.js --legal-comments=none --log-level=warning
      $<IF:$<BOOL:${CA_WEB_DEBUG}>,--sourcemap=inline,--minify> --outfile=${site}/${name}.js)
  endforeach()
  add_custom_command(
    OUTPUT ${bundles}
    COMMAND ${CMAKE_COMMAND} -E env NODE_PATH=${CA_NODE}/node_modules
            ${node_bin}/tsc --noEmit --project ${CMAKE_SOURCE_DIR}/web/tsconfig.json
    ${commands}
    DEPENDS ${typescript} ${CMAKE_SOURCE_DIR}/web/tsconfig.json
    COMMENT "Checking and bundling TypeScript"
    COMMAND_EXPAND_LISTS VERBATIM)
  add_custom_target(site_scripts ALL DEPENDS ${bundles})
endif()

# Files that are served as they are.
set(copied "")
file(GLOB statics CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/*.html ${CMAKE_SOURCE_DIR}/web/*.css ${CMAKE_SOURCE_DIR}/web/*.svg
     ${CMAKE_SOURCE_DIR}/web/*.png ${CMAKE_SOURCE_DIR}/web/*.ico ${CMAKE_SOURCE_DIR}/web/*.webmanifest ${CMAKE_SOURCE_DIR}/web/*.txt)
function(ca_copy from to)
  add_custom_command(OUTPUT ${to} COMMAND ${CMAKE_COMMAND} -E copy ${from} ${to} DEPENDS ${from} VERBATIM)
  set(copied ${copied} ${to} PARENT_SCOPE)
endfunction()
foreach(file IN LISTS statics)
  get_filename_component(name ${file} NAME)
  ca_copy(${file} ${site}/${name})
endforeach()
file(GLOB_RECURSE fonts RELATIVE ${CA_FONTS_DIR} ${CA_FONTS_DIR}/*.ttf ${CA_FONTS_DIR}/LICENCE-*.txt)
# What an earlier configuration left there would be served, and kept for working offline.
file(GLOB_RECURSE served RELATIVE ${site}/fonts ${site}/fonts/*)
foreach(name IN LISTS served)
  if(NOT EXISTS ${CA_FONTS_DIR}/${name})
    file(REMOVE ${site}/fonts/${name})
  endif()
endforeach()
foreach(name IN LISTS fonts)
  ca_copy(${CA_FONTS_DIR}/${name} ${site}/fonts/${name})
endforeach()

# Whose work is in the site, and on what terms.
set(notices ${site}/third-party-notices.txt)
add_custom_command(
  OUTPUT ${notices}
  COMMAND ${CMAKE_COMMAND} -DOUTPUT=${notices} -DSOURCES=${CA_SOURCES} -DIMMER=${CA_IMMER} -DSODIUM=${CA_SODIUM} -DMODULES=${CA_NODE}/node_modules -DFONTS=${CA_FONTS_DIR} -DEMSCRIPTEN=${EMSCRIPTEN_ROOT_PATH}
          -P ${CMAKE_SOURCE_DIR}/scripts/cmake/notices.cmake
  DEPENDS ${CMAKE_SOURCE_DIR}/scripts/cmake/notices.cmake ${CMAKE_SOURCE_DIR}/scripts/toolchain.lock
  VERBATIM)
add_custom_target(site_files ALL DEPENDS ${copied} ${notices})

# Last, because it names the hash of every other file.
set(service_worker ${CMAKE_SOURCE_DIR}/web/src/service_worker.ts)
if(EXISTS ${service_worker})
  set(modules "")
  if(TARGET documents)
    set(modules documents)
  endif()
  add_custom_command(
    OUTPUT ${site}/sw.js
    COMMAND node ${CMAKE_SOURCE_DIR}/scripts/cmake/service-worker.mjs ${CA_NODE}/node_modules ${service_worker} ${site} sw.js
    DEPENDS ${service_worker} ${CMAKE_SOURCE_DIR}/scripts/cmake/service-worker.mjs ${copied} ${notices} ${bundles} ${parts} ${modules}
    COMMENT "Writing the service worker's list of files"
    VERBATIM)
  add_custom_target(site_worker ALL DEPENDS ${site}/sw.js)
  # As they are sent: packed once here, and not by each server again.
  set(packed ${CMAKE_BINARY_DIR}/packed.stamp)
  add_custom_command(
    OUTPUT ${packed}
    COMMAND node ${CMAKE_SOURCE_DIR}/scripts/cmake/brotli.mjs ${site}
    COMMAND ${CMAKE_COMMAND} -E touch ${packed}
    DEPENDS ${site}/sw.js ${CMAKE_SOURCE_DIR}/scripts/cmake/brotli.mjs
    COMMENT "Packing the site as it is sent"
    VERBATIM)
  add_custom_target(site_packed ALL DEPENDS ${packed})
endif()
