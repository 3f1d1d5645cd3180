# The fuzzers' compiler: the clang of the browser's toolchain, with its runtime for this machine. Debian 12's own clang is 14, which
# has no std::expected.

make_fuzz() {
  local to=$1 package clang=$folder_emscripten/usr/lib/llvm-19
  fetch_packages fuzz "$to/packages"
  for package in "$to"/packages/*.deb; do dpkg -x "$package" "$to"; done
  rm -r "$to/packages"
  # One resource folder with both the headers and the runtime, and a program that names it.
  mkdir -p "$to/bin" "$to/resource"
  ln -s "$(readlink -f "$clang/lib/clang/19/include")" "$to/resource/include"
  ln -s "../$(cd "$to" && find usr/lib -type d -path '*/clang/19*/lib' | head -n 1)" "$to/resource/lib"
  printf '#!/bin/sh\nexec "%s/bin/clang++" -resource-dir="%s/resource" "$@"\n' "$clang" "$2" >"$to/bin/clang++"
  chmod +x "$to/bin/clang++"
  # The runtime was built for a newer C library, which gave the strto… functions of C23 names of their own.
  printf '#include <stdlib.h>\nextern "C" long __isoc23_strtol(const char* s, char** e, int b) { return strtol(s, e, b); }\nextern "C" unsigned long __isoc23_strtoul(const char* s, char** e, int b) { return strtoul(s, e, b); }\nextern "C" long long __isoc23_strtoll(const char* s, char** e, int b) { return strtoll(s, e, b); }\nextern "C" unsigned long long __isoc23_strtoull(const char* s, char** e, int b) { return strtoull(s, e, b); }\n' >"$to/older_c_library.cpp"
  "$clang/bin/clang++" -O1 -c "$to/older_c_library.cpp" -o "$to/older_c_library.o"
}

finish_fuzz() {
  local work
  work=$(mktemp -d)
  printf '#include <cstddef>\n#include <expected>\n#include <string>\nextern "C" int LLVMFuzzerTestOneInput(const unsigned char* d, std::size_t n) { std::string s(d, d + n); return 0; }\n' >"$work/try.cpp"
  "$1/bin/clang++" -std=c++23 -fsanitize=fuzzer,address,undefined "$work/try.cpp" "$1/older_c_library.o" -o "$work/try"
  "$work/try" -runs=10
  rm -r "$work"
}
