# Third-party sources (upstream's archive with Debian's patches applied), and header-only libraries.

make_sources() {
  local to=$1 suite name version sha patches
  while read -r suite name version sha; do
    case $name in *+patches) continue ;; esac
    patches=$(lock_lines sources | awk -v want="$name+patches" '$2 == want { print $4 }')
    fetch_source "$name" "$version" "$sha" "$patches" "$to/fetched/$name"
    mkdir -p "$to/$name"
    tar -x -f "$(find "$to/fetched/$name" -name '*.orig.tar.*' ! -name '*.asc')" -C "$to/$name" --strip-components=1
    tar -x -f "$(find "$to/fetched/$name" -name '*.debian.tar.*')" -C "$to/fetched/$name"
    if [ -e "$to/fetched/$name/debian/patches/series" ]; then
      grep -v '^ *\(#\|$\)' "$to/fetched/$name/debian/patches/series" | while read -r patch _; do
        patch -s -p1 -d "$to/$name" <"$to/fetched/$name/debian/patches/$patch"
      done
    fi
    cp "$to/fetched/$name/debian/copyright" "$to/$name/debian-copyright"
  done < <(lock_lines sources)
  rm -r "$to/fetched"

  mkdir -p "$to/unpacked" "$to/headers"
  fetch_packages headers "$to/packages"
  for package in "$to"/packages/*.deb; do dpkg -x "$package" "$to/unpacked"; done
  cp -r "$to/unpacked/usr/include/." "$to/headers/"
  for name in $(lock_lines headers | cut -d' ' -f2); do cp "$to/unpacked/usr/share/doc/$name/copyright" "$to/headers/$name-copyright"; done
  rm -r "$to/unpacked" "$to/packages"
}
