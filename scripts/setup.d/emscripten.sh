# The compiler for the browser: emcc 3.1.60 or newer where it is on PATH, else Debian trixie's 3.1.69, unpacked
# into the cache with its own C library, so that it runs on Debian 12.

# The version of an emcc on PATH that is new enough, or nothing.
emcc_usable() {
  command -v emcc >/dev/null 2>&1 || return 0
  local version
  version=$(emcc -dumpversion 2>/dev/null | head -n 1) || return 0
  version=${version%%-*}
  [ "$(printf '%s\n' 3.1.60 "$version" | sort -V | head -n 1)" = 3.1.60 ] && printf '%s' "$version"
  return 0
}

emscripten_check() {
  [ -n "$emcc_on_path" ] || [ "$(uname -m)" = x86_64 ] ||
    die "the pinned compiler is for x86_64; put emcc 3.1.60 or newer on PATH"
}

# The folder that holds emcc and cmake/Modules.
emscripten_root() {
  if [ -n "$emcc_on_path" ]; then
    local program
    program=$(readlink -f "$(command -v emcc)")
    [ -e "$(dirname "$program")/cmake" ] && dirname "$program" || echo /usr/share/emscripten
  else
    echo "$folder_emscripten/usr/share/emscripten"
  fi
}

make_emscripten() {
  local to=$1 final=$2 package program
  fetch_packages emscripten "$to/packages"
  for package in "$to"/packages/*.deb; do
    # Libraries for threads and workers would be 230 MB that nothing here links.
    dpkg-deb --fsys-tarfile "$package" |
      tar -x -C "$to" --exclude='*/wasm32-emscripten/*-mt*' --exclude='*/wasm32-emscripten/*-ww*' \
        --exclude='./usr/share/emscripten/test/*' --exclude='./usr/share/doc/*/[!c]*' --exclude='./usr/share/man/*'
  done
  rm -r "$to/packages"

  local lib=$final/usr/lib/x86_64-linux-gnu loader
  loader=$(cd "$to" && find usr/lib usr/lib64 -name 'ld-linux-x86-64.so.2' 2>/dev/null | head -n 1)
  # Programs and libraries find their own C library; nothing of the system's is used.
  find "$to/usr/lib/llvm-19/bin" "$to/usr/bin" -type f -perm -100 | while read -r program; do
    [ "$(head -c 4 "$program" | tail -c 3)" = ELF ] || continue
    patchelf --set-interpreter "$final/$loader" --force-rpath --set-rpath "$lib:$final/usr/lib/llvm-19/lib" "$program" ||
      say "left as it was: $program"
  done

  # LLVM's library looks in a folder "lib" beside its own for what it needs, and nowhere that the programs name.
  ln -s x86_64-linux-gnu "$to/usr/lib/lib"

  cat >"$to/usr/share/emscripten/.emscripten" <<CONFIG
import shutil
LLVM_ROOT = '$final/usr/lib/llvm-19/bin'
BINARYEN_ROOT = '$final/usr'
NODE_JS = shutil.which('node') or '/usr/bin/node'
CACHE = '$final/usr/share/emscripten/cache'
CONFIG
  # The linker's optimiser imports it from beside emcc.
  mkdir -p "$to/usr/share/emscripten/node_modules"
  ln -s ../../nodejs/acorn "$to/usr/share/emscripten/node_modules/acorn"
}

# A program that throws, compiled and run: shows that the whole chain works here.
finish_emscripten() {
  local folder=$1 work
  work=$(mktemp -d)
  printf '#include <cstdio>\n#include <stdexcept>\nint main() { try { throw std::runtime_error("works"); } catch (std::exception& e) { std::puts(e.what()); } }\n' >"$work/try.cpp"
  "$folder/usr/share/emscripten/em++" -std=c++23 -O2 -fwasm-exceptions "$work/try.cpp" -o "$work/try.js"
  [ "$(node "$work/try.js")" = works ]
  rm -r "$work"
}
