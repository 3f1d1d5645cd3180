// The functions of a compiled program (WebAssembly with names), and what first_load.txt calls them.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'

// What of WebAssembly the compiler makes use of, for wasm-split. (Of reference types nothing: with them each function of the second part
// would cost one more call.)
export const features = ['-mvp', ...['exception-handling', 'bulk-memory', 'mutable-globals', 'sign-ext', 'nontrapping-float-to-int'].map((each) => `--enable-${each}`)]

// All of a program's, by their names as wasm-split writes and reads them.
export function functionsOf(wasm_split, whole) {
  const words = execFileSync(wasm_split, [...features, '--verbose', whole, '--split-funcs=main', '-o1', '/dev/null', '-o2', '/dev/null'], { maxBuffer: 1e9 })
  return words.toString().split('\n').flatMap((line) => (line.match(/^(?:Keeping|Splitting out) functions: (.*)/)?.[1] ?? '').split(', ')).filter(Boolean)
}

const without = (text, open, close) => {
  let depth = 0
  return [...text].filter((letter) => (letter === open ? (depth++, false) : letter === close ? (depth = Math.max(0, depth - 1), false) : depth === 0)).join('')
}

// A function's name as a line of first_load.txt: without parameters and the standard library's version, and of template arguments no more
// than a hash. So overloads are one, and what a function is given may change. (What is cut too short, as operator< is, stands for more.)
export function lineOf(name) {
  const plain = name.replace(/\\([0-9a-f]{2})/g, (_, code) => String.fromCharCode(parseInt(code, 16))).replace(/\[abi:\w+\]/g, '')
  const called = without(plain.replaceAll('(anonymous namespace)', '{anonymous}'), '(', ')')
  const short = without(called, '<', '>')
  return called === short ? short : `${short} #${createHash('sha256').update(called).digest('hex').slice(0, 6)}`
}
