# With ccache on the machine (scripts/setup brings it), a second clone compiles nothing that the first one did: the cache
# is the user's, and paths count from the project's folder. The presets ask for it; a build folder made by hand does not.
option(CA_COMPILER_CACHE "Compile through ccache where there is one" OFF)
if(CA_COMPILER_CACHE)
  find_program(CA_CCACHE ccache)
endif()
if(CA_COMPILER_CACHE AND CA_CCACHE)
  set(words CCACHE_DIR=${CA_CACHE}/ccache CCACHE_MAXSIZE=4G CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
            CCACHE_SLOPPINESS=pch_defines,time_macros)  # without which it lets every file with a precompiled header pass by
  if(EMSCRIPTEN)
    # em++ is a script around clang: its folder, keyed by the lock, tells one version from another.
    list(APPEND words CCACHE_COMPILERTYPE=clang CCACHE_COMPILERCHECK=string:${CA_EMSCRIPTEN})
  endif()
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env ${words} ${CA_CCACHE})
endif()
