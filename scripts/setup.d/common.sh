# What every part of scripts/setup uses: words to the user, the lock file, and components of the cache.

cache=${CONNECTION_AGREEMENTS_CACHE:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/connection-agreements}
lock=$project/scripts/toolchain.lock

say()  { printf 'setup: %s\n' "$*" >&2; }
loud() { printf '\nsetup: NOTICE: %s\n\n' "$*" >&2; }
die()  { printf '\nsetup: %s\n' "$*" >&2; exit 1; }

# key FILE… : a short hash of what is in the files and on standard input.
key() { cat "$@" - | sha256sum | cut -c1-16; }

# lock_lines SECTION : "suite name version sha256" for each pin of a section.
lock_lines() {
  awk -v want="$1" '
    /^\[/ { gsub(/[][]/, ""); section = $1; suite = $2; next }
    /^#/ || NF == 0 { next }
    section == want { print suite, $1, $2, $3 }' "$lock"
}

# Folders of the cache, one a component. Each name holds a hash of everything that goes into it.
name_folders() {
  local d=$project/scripts/setup.d third=$project/scripts/third-party
  emcc_on_path=$(emcc_usable)
  folder_emscripten=$cache/emscripten-$(lock_lines emscripten | key "$d/emscripten.sh")
  folder_sources=$cache/sources-$(lock_lines 'sources' | cat - <(lock_lines headers) | key "$d/sources.sh")
  folder_immer=$cache/immer-$(lock_lines immer | key "$d/immer.sh")
  folder_broker=$cache/broker-$(lock_lines broker | key "$d/hub.sh")
  folder_sodium=$cache/sodium-$(lock_lines sodium | key "$d/hub.sh" "$project/scripts/sodium"/*)
  folder_sodium_wasm=$cache/sodium-wasm-$(key <<<"$folder_sodium ${emcc_on_path:-$folder_emscripten}")
  folder_fuzz=$cache/fuzz-$(lock_lines fuzz | cat - <(printf '%s\n' "$folder_emscripten") | key "$d/fuzz.sh")
  local recipe
  recipe=$(key "$d/third-party.sh" "$third"/* <<<"$folder_sources")
  folder_native=$cache/native-$recipe
  folder_desktop=$cache/desktop-$recipe
  folder_wasm=$cache/wasm-$(key <<<"$recipe ${emcc_on_path:-$folder_emscripten}")
  folder_node=$cache/node-$(key "$project/web/package.json" "$project/web/package-lock.json" "$project/web/.npmrc" "$d/node.sh" </dev/null)
  folder_peers=$cache/peers-$(key "$project/tests/bench/peers/package.json" "$project/tests/bench/peers/package-lock.json" "$d/peers.sh" </dev/null)
  folder_fonts=$cache/fonts-$(key "$d/node.sh" "$d/subset-fonts.mjs" <<<"$folder_node")
}

where() {
  printf 'CA_CACHE=%s\n' "$cache"
  printf 'CA_EMSCRIPTEN=%s\n' "$(emscripten_root)"
  printf 'CA_SOURCES=%s\nCA_NATIVE=%s\nCA_DESKTOP_LIBS=%s\nCA_WASM=%s\n' \
    "$folder_sources" "$folder_native" "$folder_desktop" "$folder_wasm"
  printf 'CA_SODIUM=%s\nCA_SODIUM_WASM=%s\nCA_NATS_SERVER=%s\n' "$folder_sodium" "$folder_sodium_wasm" "$folder_broker/nats-server"
  printf 'CA_IMMER=%s\nCA_FUZZ_TOOLS=%s\n' "$folder_immer" "$folder_fuzz"
  printf 'CA_NODE=%s\nCA_FONTS_DIR=%s\nCA_PEERS=%s\n' "$folder_node" "$folder_fonts" "$folder_peers"
}

# attempt LOG WORDS COMMAND… : runs the command in a subshell that stops at its first failure, into the log; shows what
# it had to say to the user, or else the log's end and WORDS. Called as a plain command only: as part of a condition,
# bash would let a failure pass, whatever `set -e` says. Of a pipeline the last command decides: a grep that finds
# nothing has not failed.
attempt() {
  local log=$1 words=$2 status
  set +e
  (set -e +o pipefail; exec {lock_fd}>&-; "${@:3}") >>"$log" 2>&1
  status=$?
  set -e
  grep '^setup: ' "$log" >&2 || true
  [ "$status" = 0 ] || { tail -n 30 "$log" >&2; die "$words; the whole record is $log"; }
}

# component NAME : makes folder_NAME with make_NAME unless it is there. The folder is made under another name and
# renamed when whole; finish_NAME, if there is one, then runs in place, and the stamp says that all of it is done.
component() {
  local name=$1 variable=folder_$1 folder started=$SECONDS
  folder=${!variable}
  [ -e "$folder/.done" ] && return
  mkdir -p "$cache"
  exec {lock_fd}>"$cache/.lock"
  flock -n "$lock_fd" || { say "another set-up is running; waiting for it"; flock "$lock_fd"; }
  if [ ! -e "$folder/.done" ]; then
    say "making $name in $folder"
    rm -rf "$folder" "$folder.part" "$folder.log"
    mkdir -p "$folder.part"
    attempt "$folder.log" "could not make $name" "make_$name" "$folder.part" "$folder"
    mv "$folder.part" "$folder"
    if declare -F "finish_$name" >/dev/null; then
      attempt "$folder.log" "could not finish $name" "finish_$name" "$folder"
    fi
    touch "$folder/.done"
    say "$name is ready ($((SECONDS - started)) s)"
  fi
  exec {lock_fd}>&-
}

# Removes folders of the cache that the present lock does not name.
prune() {
  local kept=" $folder_emscripten $folder_sources $folder_immer $folder_native $folder_desktop $folder_wasm $folder_node $folder_fonts $folder_fuzz $folder_peers $folder_broker $folder_sodium $folder_sodium_wasm " path
  for path in "$cache"/*-*; do
    case $path in *.log) [ -e "${path%.log}" ] && continue ;; esac
    [[ $kept == *" $path "* ]] || { say "removing $path"; rm -rf "$path"; }
  done
}
