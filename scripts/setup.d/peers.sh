# What the bench measures the portal against: npm packages, pinned by tests/bench/peers/package-lock.json, in a folder of
# the cache of their own, so that none of them can come into the portal.

make_peers() {
  local to=$1 from=$project/tests/bench/peers
  cp "$from/package.json" "$from/package-lock.json" "$project/web/.npmrc" "$to/"
  (cd "$to" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
}
