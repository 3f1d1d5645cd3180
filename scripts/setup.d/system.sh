# Programs and libraries of the system, as Debian packages: only those that are missing, in one apt-get call a part.

# need CHECK PACKAGE : remembers PACKAGE unless CHECK, a command, succeeds.
missing=()
need() { eval "$1" >/dev/null 2>&1 || missing+=("$2"); }
have() { command -v "$1"; }

install_missing() {
  [ ${#missing[@]} -gt 0 ] || return 0
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null && as_root=(sudo) ||
      die "these Debian packages are missing, and this is neither root nor has it sudo: ${missing[*]}"
  fi
  command -v apt-get >/dev/null || die "these are missing (their Debian names), and there is no apt-get to install them: ${missing[*]}"
  say "installing Debian packages: ${missing[*]}"
  local install=(env DEBIAN_FRONTEND=noninteractive apt-get -q -q -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 -y
    --no-install-recommends install)
  local log
  log=$(mktemp)
  "${as_root[@]}" apt-get -q -q -o DPkg::Lock::Timeout=600 update >"$log" 2>&1 || true
  "${as_root[@]}" "${install[@]}" "${missing[@]}" >>"$log" 2>&1 ||
    { tail -n 30 "$log" >&2; die "apt-get could not install: ${missing[*]}"; }
  rm -f "$log"
  missing=()
}

need_build() {
  need 'have cmake' cmake
  need 'have ninja' ninja-build
  need 'have ccache' ccache
  need 'have patch' patch
  need 'have xz' xz-utils
}

system_native() {
  need_build
  need 'have g++' g++
  # What speaks with the broker of a shared workspace. Debian 12 has 3.4: pull consumers, JetStream and TLS are in it.
  need 'test -e /usr/include/nats/nats.h' libnats-dev
  install_missing
}

system_desktop() {
  need 'have pkg-config' pkg-config
  need 'pkg-config --exists sdl2' libsdl2-dev
  need 'test -e /usr/include/GL/gl.h' libgl-dev
  install_missing
}

system_web() {
  need_build
  need 'have python3' python3
  need 'have patchelf' patchelf
  need_node
  install_missing
}

# Debian's own Node.js is 18: everything here runs on it.
need_node() {
  need 'have node' nodejs
  need 'have npm' npm
}
system_node() { need_node; install_missing; }

# The style tests ask git which files are the project's.
system_tidy() { need 'have git' git; need 'have clang-format' clang-format; need_node; install_missing; }

system_browser() {
  need 'test -x /usr/bin/chromium' chromium
  need_node
  install_missing
}

# What reads a PDF back: structure, text, pixels, and the PDF/A-1b check of PDFBox's preflight; and what reads a ZIP of them.
system_pdf() {
  need 'have unzip' unzip
  need 'have qpdf' qpdf
  need 'have pdfinfo' poppler-utils
  need 'have mutool' mupdf-tools
  need 'have java' default-jre-headless
  need 'test -e /usr/share/java/pdfbox2.jar' libpdfbox2-java
  need 'test -e /usr/share/java/commons-io.jar' libcommons-io-java
  need 'test -e /usr/share/java/javax.activation.jar' libactivation-java
  need 'test -e /usr/share/java/jaxb-api.jar' libjaxb-api-java
  install_missing
}

# The fuzzers' compiler comes from the archive's newer suite (fuzz.sh); it needs what makes it run here.
system_fuzz() {
  need 'have patchelf' patchelf
  need_node
  install_missing
}
