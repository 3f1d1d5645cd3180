# npm packages, pinned by web/package-lock.json: the bundler and type checker, what drives the browser, and fonts.
# They live in the cache; web/node_modules is a link to them.

make_node() {
  local to=$1
  cp "$project/web/package.json" "$project/web/package-lock.json" "$project/web/.npmrc" "$to/"
  # No package needs a script of its own to run, so none gets to.
  (cd "$to" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
  node "$to/node_modules/esbuild/bin/esbuild" --version
}

link_node_modules() {
  local link=$project/web/node_modules
  if [ -d "$link" ] && [ ! -L "$link" ]; then
    say "web/node_modules is a folder of your own; it is used as it is"
  elif [ "$(readlink "$link" 2>/dev/null)" != "$folder_node/node_modules" ]; then
    ln -sfn "$folder_node/node_modules" "$link"
  fi
}

# TrueType files under names that stay the same whatever the package calls them, each family with its licence. Those in scripts/ are
# large and seldom needed: one for a script, fetched when a paper first needs it (src/papers/press_fonts.h). Those in pages/ are what
# pages are set in (subset-fonts.mjs).
make_fonts() {
  local to=$1 families=$folder_node/node_modules/@expo-google-fonts family cut name
  mkdir "$to/scripts"
  while read -r family cut name; do
    cp "$families/$family/$cut"/*.ttf "$to/$name.ttf"
    [ "$(ls "$families/$family/$cut"/*.ttf | wc -l)" = 1 ]
    # LICENSE is the package's own; the font's is the other one.
    cp "$families/$family/LICENSE_FONT" "$to/LICENCE-$family.txt"
  done <<'FONTS'
source-sans-3 400Regular SourceSans3-Regular
source-sans-3 400Regular_Italic SourceSans3-Italic
source-sans-3 600SemiBold SourceSans3-SemiBold
source-sans-3 600SemiBold_Italic SourceSans3-SemiBoldItalic
source-sans-3 700Bold SourceSans3-Bold
source-sans-3 700Bold_Italic SourceSans3-BoldItalic
source-code-pro 400Regular SourceCodePro-Regular
noto-sans 400Regular NotoSans-Regular
noto-sans 700Bold NotoSans-Bold
noto-sans-hebrew 400Regular NotoSansHebrew-Regular
noto-sans-hebrew 700Bold NotoSansHebrew-Bold
ibm-plex-sans-arabic 400Regular IBMPlexSansArabic-Regular
ibm-plex-sans-arabic 700Bold IBMPlexSansArabic-Bold
noto-sans-sc 400Regular scripts/NotoSansSC
noto-sans-jp 400Regular scripts/NotoSansJP
noto-sans-kr 400Regular scripts/NotoSansKR
noto-sans-devanagari 400Regular scripts/NotoSansDevanagari
noto-sans-bengali 400Regular scripts/NotoSansBengali
noto-sans-gurmukhi 400Regular scripts/NotoSansGurmukhi
noto-sans-gujarati 400Regular scripts/NotoSansGujarati
noto-sans-oriya 400Regular scripts/NotoSansOriya
noto-sans-tamil 400Regular scripts/NotoSansTamil
noto-sans-telugu 400Regular scripts/NotoSansTelugu
noto-sans-kannada 400Regular scripts/NotoSansKannada
noto-sans-malayalam 400Regular scripts/NotoSansMalayalam
noto-sans-sinhala 400Regular scripts/NotoSansSinhala
noto-sans-thai 400Regular scripts/NotoSansThai
noto-sans-lao 400Regular scripts/NotoSansLao
noto-sans-khmer 400Regular scripts/NotoSansKhmer
noto-sans-myanmar 400Regular scripts/NotoSansMyanmar
noto-sans-georgian 400Regular scripts/NotoSansGeorgian
noto-sans-armenian 400Regular scripts/NotoSansArmenian
noto-sans-ethiopic 400Regular scripts/NotoSansEthiopic
noto-emoji 400Regular scripts/NotoEmoji
noto-sans-symbols-2 400Regular scripts/NotoSansSymbols2
FONTS
  node "$project/scripts/setup.d/subset-fonts.mjs" "$folder_node" "$to"
}
