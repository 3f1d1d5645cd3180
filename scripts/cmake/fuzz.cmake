# The toolchain file of the fuzz preset: the clang that scripts/setup fuzz has put together.
execute_process(COMMAND ${CMAKE_CURRENT_LIST_DIR}/../setup --where OUTPUT_VARIABLE where COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCH "CA_FUZZ_TOOLS=([^\n]*)" ignored "${where}")
if(NOT EXISTS ${CMAKE_MATCH_1}/.done)
  message(FATAL_ERROR "The fuzzers' compiler is not there yet. Run: scripts/setup fuzz")
endif()
set(CMAKE_CXX_COMPILER "${CMAKE_MATCH_1}/bin/clang++")
