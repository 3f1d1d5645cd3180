# ca_own(<target>): our own code, so every warning is an error. Third-party headers come in as SYSTEM.
function(ca_own target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Werror)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # g++ 12, optimising, sees overlaps and unset members inside std::string and std::expected that cannot be (its bugs
    # 105651 and 105562). Clang, which compiles the same files for the browser, has these warnings on.
    target_compile_options(${target} PRIVATE "$<$<OR:$<CONFIG:Release>,$<BOOL:${CA_SANITIZE}>>:-Wno-restrict;-Wno-maybe-uninitialized>")
  endif()
  if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    # A generic visitor captures for the alternatives that need it; clang complains of each that does not.
    target_compile_options(${target} PRIVATE -Wno-unused-lambda-capture)
  endif()
  if(CA_FUZZ)
    # libstdc++ 12 calls a function of its own that it has deprecated (std::stable_sort); clang reports it in our code.
    target_compile_options(${target} PRIVATE -Wno-deprecated-declarations)
    # Not null and alignment, as below.
    target_compile_options(${target} PUBLIC -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize=null,alignment
                                            -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(${target} PUBLIC -fsanitize=address,undefined)
  elseif(CA_SANITIZE)
    # Not null and alignment: the address sanitizer stops at a null pointer itself, nothing here casts bytes to objects, and
    # the two cost a third of the time that the compiler takes for the whole build.
    target_compile_options(${target} PUBLIC -fsanitize=address,undefined -fno-sanitize=null,alignment
                                            -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(${target} PUBLIC -fsanitize=address,undefined)
  endif()
  # The standard headers are half of what g++ reads for a file of ours, so they are read once (by ca_base, which is made first).
  # Each source still includes what it uses: the web build, by clang and without this, would tell.
  # Only for the sanitizers: optimising, g++ 12 warns of calls inside std::string that it does not see as the library's then.
  if((CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CA_SANITIZE) OR CA_FUZZ)
    if(target STREQUAL "ca_base")
      target_precompile_headers(ca_base PRIVATE <algorithm> <array> <chrono> <filesystem> <fstream> <functional> <map> <memory>
                                                <optional> <set> <span> <string> <string_view> <variant> <vector>)
    else()
      target_precompile_headers(${target} REUSE_FROM ca_base)
    endif()
  endif()
endfunction()
