# Writes OUTPUT: the notices of everything that the site contains and did not write itself.
set(parts
  "Dear ImGui|${SOURCES}/imgui/LICENSE.txt"
  "HarfBuzz|${SOURCES}/harfbuzz/COPYING"
  "zlib|${SOURCES}/zlib/README"
  "cmark-gfm|${SOURCES}/cmark-gfm/COPYING"
  "JSON for Modern C++|${SOURCES}/headers/nlohmann-json3-dev-copyright"
  "immer|${IMMER}/copyright"
  "libsodium|${SODIUM}/copyright"
  "The client of the broker (nats-core)|${MODULES}/@nats-io/nats-core/LICENSE"
  "Keys of the broker (nkeys)|${MODULES}/@nats-io/nkeys/LICENSE"
  "TweetNaCl.js|${MODULES}/tweetnacl/LICENSE"
  "Emscripten and its libraries|${EMSCRIPTEN}/LICENSE|${EMSCRIPTEN}/../doc/emscripten/copyright")
# Of each family of typefaces, under the name of its package: each has its own copyright.
file(GLOB licences ${FONTS}/LICENCE-*.txt)
foreach(licence IN LISTS licences)
  string(REGEX REPLACE ".*/LICENCE-(.*)\\.txt" "The typeface \\1" name ${licence})
  list(APPEND parts "${name}|${licence}")
endforeach()
set(text "This site contains work of others, on the terms that follow.\n")
foreach(part IN LISTS parts)
  string(REPLACE "|" ";" part "${part}")
  list(POP_FRONT part name)
  set(found "")
  foreach(file IN LISTS part)
    if(EXISTS ${file} AND NOT found)
      set(found ${file})
    endif()
  endforeach()
  if(NOT found)
    message(FATAL_ERROR "No licence text of ${name}")
  endif()
  file(READ ${found} body)
  string(APPEND text "\n\n==== ${name} ====\n\n${body}")
endforeach()
file(WRITE ${OUTPUT} "${text}")
