# Files of the Debian archive, fetched without root and without touching the system's packages: a private APT
# configuration with its own state, lists and sources, signed by the installed archive keyring. The mirror is the
# one this machine is set up with.

keyring=/usr/share/keyrings/debian-archive-keyring.gpg
apt_home=$cache/apt

# The addresses of the machine's Debian mirrors, those of the main archive first.
configured_mirrors() {
  apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT) $(CREATED_BY)' |
    awk '$3 == "main" && $4 == "Packages" && $2 !~ /-(security|updates|backports)/ { print $1 }' | awk '!seen[$0]++'
}

private_apt() { "$1" -q -q -c="$apt_home/apt.conf" "${@:2}"; }

# Sets the private configuration up and brings its lists up to date, once a run.
apt_ready() {
  [ -z "${apt_is_ready:-}" ] || return 0
  command -v apt-get >/dev/null || die "this needs Debian's apt-get, or emcc 3.1.60 or newer on PATH"
  [ -e "$keyring" ] || die "no archive keyring at $keyring (package debian-archive-keyring)"
  mkdir -p "$apt_home"/lists/partial "$apt_home"/archives/partial
  : >"$apt_home/status"
  cat >"$apt_home/apt.conf" <<CONF
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
Dir::State "$apt_home";
Dir::State::status "$apt_home/status";
Dir::State::lists "$apt_home/lists";
Dir::Cache "$apt_home";
Dir::Cache::archives "$apt_home/archives";
Dir::Etc::sourcelist "$apt_home/archive.sources";
Dir::Cache::pkgcache "pkgcache.bin";
Dir::Cache::srcpkgcache "srcpkgcache.bin";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
APT::Architecture "amd64";
APT::Architectures { "amd64"; };
APT::Sandbox::User "";
Acquire::Languages "none";
// A mirror may keep a suite at one day. An old list can only fail to offer a file: what is taken is pinned by hash.
Acquire::Check-Valid-Until "false";
Acquire::Retries "3";
CONF
  [ "$(id -u)" != 0 ] || echo 'APT::Sandbox::User "root";' >>"$apt_home/apt.conf"
  local mirror
  for mirror in $(configured_mirrors); do
    {
      printf 'Types: deb\nURIs: %s\nSuites: trixie\nComponents: main\nSigned-By: %s\n\n' "$mirror" "$keyring"
      printf 'Types: deb-src\nURIs: %s\nSuites: bookworm trixie forky\nComponents: main\nSigned-By: %s\n' "$mirror" "$keyring"
    } >"$apt_home/archive.sources"
    if private_apt apt-get update -o APT::Update::Error-Mode=any; then
      apt_is_ready=yes
      return 0
    fi
  done
  die "none of this machine's APT sources offers Debian's archive (suites bookworm, trixie, forky); see the words above"
}

# upstream VERSION : without epoch and Debian revision.
upstream() { local v=${1#*:}; printf '%s' "${v%-*}"; }

sha256_of() { sha256sum "$1" | cut -d' ' -f1; }

# fetch_packages SECTION DIR : the pinned binary packages into DIR. Where a pinned file is gone but the archive
# offers a newer Debian revision of the same upstream version, that one is taken and said; anything else stops.
fetch_packages() {
  local section=$1 dir=$2 suite name version sha exact=() file offered
  apt_ready
  while read -r suite name version sha; do exact+=("$name=$version"); done < <(lock_lines "$section")
  mkdir -p "$dir"
  (cd "$dir" && private_apt apt-get download "${exact[@]}") || say "not every pinned package is on offer"
  while read -r suite name version sha; do
    file=$(find "$dir" -name "${name}_*.deb")
    if [ -n "$file" ]; then
      [ "$(sha256_of "$file")" = "$sha" ] ||
        die "$name $version is not the file that scripts/toolchain.lock pins. Do not go on. If the pin is to change: scripts/setup --relock"
      continue
    fi
    offered=$(private_apt apt-cache show --no-all-versions "$name" | awk '/^Version: / { print $2; exit }')
    [ -n "$offered" ] && [ "$(upstream "$offered")" = "$(upstream "$version")" ] ||
      die "$name $version is no longer offered (the archive has: ${offered:-nothing}). Try the newer one with: scripts/setup --relock"
    loud "$name $version is no longer offered; taking $offered, the same upstream version, signed by the archive. Pin it with: scripts/setup --relock"
    (cd "$dir" && private_apt apt-get download "$name=$offered") || die "could not fetch $name $offered"
  done < <(lock_lines "$section")
}

# source_version NAME UPSTREAM : the newest Debian version of an upstream version that the archive has.
source_version() {
  private_apt apt-cache showsrc --only-source "$1" | awk '/^Version: / { print $2 }' | sort -uV | while read -r v; do
    [ "$(upstream "$v")" != "$2" ] || echo "$v"
  done | tail -n 1
}

# fetch_source NAME VERSION SHA_ORIG SHA_PATCHES DIR : upstream's archive and Debian's patches to it, into DIR.
fetch_source() {
  local name=$1 version=$2 orig_sha=$3 patches_sha=$4 dir=$5 orig patches offered
  apt_ready
  mkdir -p "$dir"
  if ! (cd "$dir" && private_apt apt-get source --download-only --only-source "$name=$version"); then
    offered=$(source_version "$name" "$(upstream "$version")")
    [ -n "$offered" ] || die "the source of $name $(upstream "$version") is no longer offered. Choose another version in scripts/toolchain.lock and run: scripts/setup --relock"
    loud "the source of $name $version is no longer offered; taking $offered, the same upstream version, signed by the archive. Pin it with: scripts/setup --relock"
    (cd "$dir" && private_apt apt-get source --download-only --only-source "$name=$offered") || die "could not fetch the source of $name $offered"
    patches_sha=any
  fi
  orig=$(find "$dir" -name '*.orig.tar.*' ! -name '*.asc')
  patches=$(find "$dir" -name '*.debian.tar.*')
  [ "$(sha256_of "$orig")" = "$orig_sha" ] ||
    die "upstream's archive of $name $version is not the file that scripts/toolchain.lock pins. Do not go on."
  [ "$patches_sha" = any ] || [ "$(sha256_of "$patches")" = "$patches_sha" ] ||
    die "Debian's patches of $name $version are not the file that scripts/toolchain.lock pins. Do not go on."
}

# Rewrites the lock file with what the archive has now. Source packages keep their upstream version: to change
# it, edit the version first.
relock() {
  apt_ready
  local line first version sha suite='' section='' out=$lock.new work
  work=$(mktemp -d)
  while IFS= read -r line; do
    read -r first version sha <<<"$line" || true
    case $line in
      '' | '#'*) printf '%s\n' "$line" ;;
      '['*) section=${first#[}; suite=${version%]}; printf '%s\n' "$line" ;;
      *)
        if [ "$section" = sources ] || [ "$section" = sodium ]; then
          case $first in
            *+patches) printf '%s %s %s\n' "$first" "$relocked" "$(sha256_of "$(find "$work/${first%+patches}" -name '*.debian.tar.*')")" ;;
            *)
              relocked=$(source_version "$first" "$(upstream "$version")")
              [ -n "$relocked" ] || die "the archive has no source of $first $(upstream "$version")"
              mkdir -p "$work/$first"
              (cd "$work/$first" && private_apt apt-get source --download-only --only-source "$first=$relocked") >&2
              printf '%s %s %s\n' "$first" "$relocked" "$(sha256_of "$(find "$work/$first" -name '*.orig.tar.*' ! -name '*.asc')")"
              ;;
          esac
        else
          private_apt apt-cache show --no-all-versions "$first" |
            awk -v name="$first" '/^Version: / { v = $2 } /^SHA256: / { print name, v, $2; exit }'
        fi
        ;;
    esac
  done <"$lock" >"$out"
  rm -rf "$work"
  mv "$out" "$lock"
  say "rewrote scripts/toolchain.lock; look at the difference before you commit it"
}
