# immer: containers that share what did not change. Header-only, in a folder of its own, so that nothing else is made anew with it.

make_immer() {
  local to=$1
  fetch_packages immer "$to/packages"
  dpkg -x "$to"/packages/*.deb "$to/unpacked"
  mkdir -p "$to/headers"
  cp -r "$to/unpacked/usr/include/immer" "$to/headers/"
  cp "$to/unpacked/usr/share/doc/libimmer-dev/copyright" "$to/copyright"
  rm -r "$to/unpacked" "$to/packages"
}
