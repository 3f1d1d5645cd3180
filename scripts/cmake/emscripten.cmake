# The toolchain file of the web preset: Emscripten's own, from wherever scripts/setup says that emcc is.
execute_process(COMMAND ${CMAKE_CURRENT_LIST_DIR}/../setup --where OUTPUT_VARIABLE where COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCH "CA_EMSCRIPTEN=([^\n]*)" ignored "${where}")
set(EMSCRIPTEN_ROOT_PATH "${CMAKE_MATCH_1}")
if(NOT EXISTS ${EMSCRIPTEN_ROOT_PATH}/cmake/Modules/Platform/Emscripten.cmake)
  message(FATAL_ERROR "The compiler for the browser is not there yet. Run: scripts/setup web")
endif()
include(${EMSCRIPTEN_ROOT_PATH}/cmake/Modules/Platform/Emscripten.cmake)
