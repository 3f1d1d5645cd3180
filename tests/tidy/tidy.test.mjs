// The project's style, where it can be read off its files. Each rule says what it wants, and names file and line.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, lstatSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const project = fileURLToPath(new URL('../../', import.meta.url))
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: project, encoding: 'utf8' })
  .split('\0')
  .filter((name) => name !== '')
  .filter((name) => {
    const about = lstatSync(path.join(project, name), { throwIfNoEntry: false })
    return about !== undefined && about.isFile()
  })

const binary = /\.(gz|png|ttf|pdf|ico|icc|woff2|wasm)$/
const texts = new Map(
  tracked.filter((name) => !binary.test(name) && !name.startsWith('tests/fuzz/corpus/')).map((name) => [name, readFileSync(path.join(project, name), 'utf8')]),
)
const matching = (pattern) => [...texts].filter(([name]) => pattern.test(name))

// Lines of the files that break a rule, as "file:line: text".
function breaches(files, broken) {
  const found = []
  for (const [name, text] of files) {
    text.split('\n').forEach((line, index) => {
      if (broken(line, name)) found.push(`${name}:${index + 1}: ${line.trim()}`)
    })
  }
  return found
}

const none = (found, rule) => assert.deepEqual(found, [], rule)
const included = (line) => /^\s*#\s*include\s*[<"]([^>"]+)[>"]/.exec(line)?.[1] ?? null

// What each layer may include. Ground floor first; a layer is never told of what stands on it, and some are told less.
const portal = ['lifecycle', 'journal', 'sharing', 'interop']
const order = ['base', 'lifecycle', 'journal', 'sharing', 'interop', 'documents', 'pdf', 'papers', 'semantics', 'ui', 'pages', 'app', 'platform']
const unknown = {
  pdf: portal,
  semantics: [...portal, 'documents', 'pdf', 'papers'],
  ui: [...portal, 'pdf', 'papers'],
}

test('a layer includes only layers below it', () => {
  const found = breaches(matching(/^src\/.*\.(h|cpp)$/), (line, name) => {
    const layer = name.split('/')[1]
    const other = included(line)?.split('/')[0]
    if (other === undefined || !order.includes(other)) return false
    return order.indexOf(other) > order.indexOf(layer) || (unknown[layer] ?? []).includes(other)
  })
  none(found, `the order is ${order.join(', ')}`)
})

test('every folder of src is a layer', () => {
  none([...new Set(tracked.filter((name) => name.startsWith('src/')).map((name) => name.split('/')[1]))].filter((name) => !order.includes(name)))
})

test('ImGui is known to ui and platform alone', () => {
  none(breaches(matching(/^src\/(?!ui\/|platform\/).*\.(h|cpp)$/), (line) => /imgui/i.test(included(line) ?? '') || /\bImGui::/.test(line)))
})

test('the DOM and the browser are known to platform alone', () => {
  none(breaches(matching(/^src\/(?!platform\/).*\.(h|cpp)$/), (line) => /^(emscripten|SDL|GL)/.test(included(line) ?? '')))
})

test('pages know what a person sees of a workspace, and never the whole', () => {
  none(breaches(matching(/^src\/pages\/.*\.(h|cpp)$/), (line) => /\bWorkspace(Log)?\b/.test(line.replace(/\/\/.*/, ''))))
})

test('the page around the program and the program name the same roles and properties', () => {
  const words = (text, pattern) => [...text.matchAll(pattern)].map((match) => match[1])
  const between = (name, begin, end) => texts.get(name).split(begin)[1].split(end)[0]
  const script = 'web/src/patch.ts'
  assert.deepEqual(words(between(script, 'export type Role =', ';'), /"(\w+)"/g), words(texts.get('src/semantics/roles.cpp'), /\{Role::\w+, "(\w+)"/g))
  const properties = between('src/semantics/patch.cpp', 'std::to_array<Property>({', '\n});')
  assert.deepEqual(
    words(between(script, 'export interface Properties {', '\n}'), /^ {2}(\w+):/gm),
    words(properties, /(?:^ {4}\{|>\()"(\w+)"/gm),
  )
})

test('the JSON library stays out of headers, where it would be compiled everywhere', () => {
  none(breaches(matching(/^src\/.*\.h$/), (line) => /^nlohmann\/(?!json_fwd)/.test(included(line) ?? '')))
})

test('the engine knows no file, clock or JSON', () => {
  none(
    breaches(
      matching(/^src\/lifecycle\/.*\.(h|cpp)$/),
      (line) => /^(nlohmann|fstream|filesystem|iostream|ctime|random)/.test(included(line) ?? '') || /system_clock|steady_clock|\bfopen\b/.test(line),
    ),
  )
})

test('JavaScript inside C++ is in one file', () => {
  const files = matching(/^src\/.*\.(h|cpp)$/)
    .filter(([, text]) => /\bEM_(JS|ASM|ASYNC_JS)[A-Z_]*\s*\(/.test(text))
    .map(([name]) => name)
  none(
    files.filter((name) => !name.startsWith('src/platform/')),
    'only the platform speaks JavaScript',
  )
  const modules = new Map()
  for (const name of files) modules.set(path.dirname(name), [...(modules.get(path.dirname(name)) ?? []), name])
  none([...modules.values()].filter((names) => names.length > 1).flat(), 'one file of glue a module')
})

test('no script is made from text', () => {
  none(breaches(matching(/^src\/.*\.(h|cpp)$/), (line) => /emscripten_(run_script|set_main_loop)/.test(line)))
  none(breaches(matching(/^web\/src\/.*\.ts$/), (line) => /\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|new Function)\b/.test(line.replace(/\/\/.*/, ''))))
})

test('every header opens with its manual', () => {
  none(
    matching(/^src\/.*\.h$/)
      .filter(([, text]) => !/^(\/\/|\/\*)\s*\S/.test(text))
      .map(([name]) => name),
    'the first line of a header is a comment that says what it is for',
  )
})

test('every header is included once', () => {
  none(
    matching(/^(src|tests)\/.*\.h$/)
      .filter(([, text]) => !/^#pragma once$/m.test(text))
      .map(([name]) => name),
  )
})

test('headers open no namespace to everybody', () => {
  none(breaches(matching(/^src\/.*\.h$/), (line) => /^using namespace/.test(line)))
})

test('no failure is caught in silence', () => {
  const found = []
  for (const [name, text] of matching(/^(src|web\/src)\/.*\.(h|cpp|ts)$/)) {
    if (/catch\s*(\([^)]*\)\s*)?\{\s*\}/.test(text)) found.push(name)
    // One that is meant says why beside it.
    if (/\.catch\(\s*\(\s*\)\s*=>\s*(\{\s*\}|undefined|null)\s*\)(?!.*\/\/ \S)/.test(text)) found.push(name)
  }
  none(found)
})

test('every script says what it does', () => {
  none(
    tracked
      .filter((name) => /^scripts\/[^/.]+$/.test(name) && !name.endsWith('.lock'))
      .filter((name) => !/^#!.*\n(#|\/\/) \S/.test(texts.get(name)))
      .map((name) => name),
    'the second line of a script is a comment',
  )
  none(
    tracked.filter((name) => /^scripts\/[^/.]+$/.test(name)).filter((name) => (lstatSync(path.join(project, name)).mode & 0o100) === 0),
    'a script can be run',
  )
})

test('only what belongs there is at the top', () => {
  const allowed = new Set(['CMakeLists.txt', 'CMakePresets.json', 'README.md', 'src', 'web', 'shaders', 'tests', 'scripts', '.ci'])
  none([...new Set(tracked.map((name) => name.split('/')[0]))].filter((name) => !allowed.has(name) && !/^\.(git|clang|editorconfig)/.test(name)))
})

test('nothing of a machine or of a mirror is named', () => {
  // Written in pieces, or this file would name them.
  const hosts = [
    ['registry', 'npmjs'], ['npmjs', 'com'], ['npmjs', 'org'], ['deb', 'debian', 'org'], ['snapshot', 'debian'], ['security', 'debian', 'org'],
    ['ftp', 'debian'], ['archive', 'ubuntu'], ['pypi', 'org'], ['crates', 'io'], ['proxy', 'golang'], ['registry', 'yarnpkg'], ['unpkg', 'com'],
    ['cdn', 'jsdelivr'], ['fonts', 'googleapis'],
  ].map((parts) => parts.join('.'))
  const places = ['work', 'root', 'home'].map((folder) => new RegExp(`(^|[\\s"'=(\`])/${folder}/[a-z.]`))
  none(breaches(texts, (line) => hosts.some((host) => line.includes(host)) || places.some((place) => place.test(line))))
})

test('what people read has one spelling: email', () => {
  none(breaches(matching(/^(src\/.*\.(h|cpp|md)|web\/(src\/.*\.ts|index\.html)|README\.md)$/), (line) => /e-mail(?!" and)/i.test(line)))
})

// Tables of letters that a script writes are no text to be read.
const cpp = matching(/^(src|tests)\/.*\.(h|cpp)$/).filter(([, text]) => !text.startsWith('// Made by scripts/'))

test('C++ is as clang-format writes it', (t) => {
  const wanted = 14 // Debian 12's; others write some things in another way
  const version = /version (\d+)/.exec(execFileSync('clang-format', ['--version'], { encoding: 'utf8' }))?.[1]
  if (Number(version) !== wanted) return t.skip(`this is clang-format ${version}, and .clang-format is written for ${wanted}`)
  const names = cpp.map(([name]) => name)
  const { stderr } = spawnSync('clang-format', ['--dry-run', ...names], { cwd: project, encoding: 'utf8', maxBuffer: 1 << 28 })
  none([...new Set([...stderr.matchAll(/^(\S+?):\d+:\d+: /gm)].map((match) => match[1]))], 'clang-format -i $(git ls-files "*.cpp" "*.h")')
})

test('no line is longer than 120 columns', () => {
  // What is an example of JSON, or JSON itself, is not broken.
  none(breaches(cpp, (line) => [...line].length > 120 && !line.includes('{"')))
})

test('a section begins with one and the same bar', () => {
  none(breaches(cpp, (line) => /^\s*\/\/ ?[-=*]{3}/.test(line) && !/^ *\/\/ ---- \S.* -{3,}$/.test(line)))
})

test('a function is at most 70 lines long', () => {
  const long = new Set()
  for (const [name, text] of cpp.filter(([name]) => name.startsWith('src/'))) {
    const lines = text.split('\n').map((line) => line.replace(/ *\/\/ .*$/, ''))
    let around = '' // what begins at the left margin, and is still open
    for (let begin = 0; begin < lines.length; ++begin) {
      if (/^\S.*\{$/.test(lines[begin])) around = lines[begin]
      const margin = /^(struct|class)\b/.test(around) ? /^ */.exec(lines[begin])[0] : ''
      const called = /^(?!(if|for|while|switch|else|return|do|namespace|struct|class|enum|union)\b)[A-Za-z~][^;=]*?([~\w]+)\(/.exec(lines[begin].slice(margin.length))?.[2]
      if (called === undefined || margin.length > 4 || !lines[begin].startsWith(margin)) continue
      let opens = begin
      while (opens < lines.length && !/[{};]$/.test(lines[opens])) ++opens
      if (!lines[opens]?.endsWith('{')) continue
      let end = opens
      while (end < lines.length && !lines[end].startsWith(`${margin}}`)) ++end
      if (end - begin + 1 > 70) long.add(`${name}: ${called}`)
    }
  }
  // Each is one list or one walk from top to bottom, which parts of it would not be easier to read.
  const excepted = new Set([
    'src/interop/servicenow_import.cpp: write_agreement',
    'src/pdf/bidi.cpp: resolve_explicit',
  ])
  none([...long].filter((each) => !excepted.has(each)))
  none([...excepted].filter((each) => !long.has(each)), 'no longer so long')
})

test('files are clean text', () => {
  const code = matching(/\.(h|cpp|ts|mjs|css|html|cmake|glsl|md|json|sh)$|^scripts\/[^.]+$/).filter(([name]) => !name.startsWith('tests/golden/'))
  none(breaches(code, (line) => line.includes('\t')), 'no tabs')
  none(breaches(code, (line) => line.includes('\r')), 'lines end with a line feed alone')
  none(breaches(code.filter(([name]) => !/\.md$/.test(name)), (line) => /[ ]+$/.test(line)), 'no spaces at the end of a line')
  none(
    code.filter(([, text]) => text !== '' && !text.endsWith('\n')).map(([name]) => name),
    'a file ends with a line feed',
  )
  none(breaches(matching(/^(src|web\/src|tests|scripts)\//), (line, name) => !name.startsWith('tests/tidy/') && /\b(TODO|FIXME|XXX|HACK)\b/.test(line)), 'what is to be done is an issue, not a comment')
})
