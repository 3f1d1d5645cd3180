# Third-party objects: static libraries and their headers, for this machine and for the browser.

# build_libraries TO ONLY SDL2 [CMake words…]
build_libraries() {
  local to=$1 only=$2 sdl=$3 work
  work=$(mktemp -d)
  cmake -S "$project/scripts/third-party" -B "$work" -G Ninja -DCMAKE_BUILD_TYPE=Release "-DSOURCES=$folder_sources" \
    "-DONLY=$only" "-DSDL2=$sdl" "-DCMAKE_INSTALL_PREFIX=$to" "${@:4}"
  cmake --build "$work"
  cmake --install "$work"
  rm -rf "$work"
}

make_native() { build_libraries "$1" libraries none; }
make_desktop() { build_libraries "$1" backends system; }

make_wasm() {
  local to=$1 toolchain
  toolchain=-DCMAKE_TOOLCHAIN_FILE=$(emscripten_root)/cmake/Modules/Platform/Emscripten.cmake
  build_libraries "$to" sdl none "$toolchain"
  build_libraries "$to" libraries none "$toolchain"
  build_libraries "$to" backends "$to" "$toolchain"
}
