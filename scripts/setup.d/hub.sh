# A shared workspace: its broker (nats-server), and libsodium, whose signatures every program of the portal makes and
# checks. Each in a folder of its own, so that nothing else is made anew with it. The library that programs of this
# machine speak with the broker by is the system's (system.sh): Debian has no static one.

# Debian's own build of the broker is content with the C library of Debian 12, so it runs as it is.
make_broker() {
  local to=$1
  [ "$(uname -m)" = x86_64 ] || die "the pinned broker is for x86_64"
  fetch_packages broker "$to/packages"
  dpkg -x "$to"/packages/*.deb "$to/unpacked"
  cp "$to/unpacked/usr/sbin/nats-server" "$to/"
  cp "$to/unpacked/usr/share/doc/nats-server/copyright" "$to/copyright"
  rm -r "$to/unpacked" "$to/packages"
}

finish_broker() { "$1/nats-server" --version; }

# build_sodium TO [CMake words…] : from its source with Debian's patches applied. Unpacked here and not by sources.sh,
# because a change to that makes all other libraries anew.
build_sodium() {
  local to=$1 work suite name version sha patches patch
  work=$(mktemp -d)
  read -r suite name version sha < <(lock_lines sodium)
  patches=$(lock_lines sodium | awk '$2 == "libsodium+patches" { print $4 }')
  fetch_source "$name" "$version" "$sha" "$patches" "$work/fetched"
  mkdir "$work/source"
  tar -x -f "$(find "$work/fetched" -name '*.orig.tar.*' ! -name '*.asc')" -C "$work/source" --strip-components=1
  tar -x -f "$(find "$work/fetched" -name '*.debian.tar.*')" -C "$work/fetched"
  if [ -e "$work/fetched/debian/patches/series" ]; then
    grep -v '^ *\(#\|$\)' "$work/fetched/debian/patches/series" | while read -r patch _; do
      patch -s -p1 -d "$work/source" <"$work/fetched/debian/patches/$patch"
    done
  fi
  cmake -S "$project/scripts/sodium" -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=Release "-DSOURCE=$work/source" \
    "-DCMAKE_INSTALL_PREFIX=$to" "${@:2}"
  cmake --build "$work/build"
  cmake --install "$work/build"
  cp "$work/fetched/debian/copyright" "$to/copyright"
  rm -rf "$work"
}

make_sodium() { build_sodium "$1"; }
make_sodium_wasm() { build_sodium "$1" "-DCMAKE_TOOLCHAIN_FILE=$(emscripten_root)/cmake/Modules/Platform/Emscripten.cmake"; }
