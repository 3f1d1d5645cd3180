// Parts the program (WebAssembly with names) in two: what a first visit to the start page runs, by scripts/cmake/first_load.txt, and the
// rest, which the page adds to it later (web/src/parts.ts). Both say which whole they are of, in a section "whole".
//
//   node split.mjs WASM_SPLIT WHOLE LIST FIRST LATER      LIST "all", for a debug build: everything is in the first, and keeps its name
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { features, functionsOf, lineOf } from './functions.mjs'

const [wasm_split, whole, list, first, later] = process.argv.slice(2)
const functions = functionsOf(wasm_split, whole)
const listed = list === 'all' ? null : new Set(readFileSync(list, 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('//')))
const kept = listed === null ? functions : functions.filter((name) => listed.has(lineOf(name)))

const folder = mkdtempSync(path.join(os.tmpdir(), 'split-'))
try {
  const names = path.join(folder, 'kept')
  writeFileSync(names, kept.join('\n') + '\n')
  const options = ['--import-namespace=first', '--placeholder-namespace=later', '--export-prefix=%', `--keep-funcs=@${names}`, ...(listed === null ? ['-g'] : [])]
  execFileSync(wasm_split, [...features, whole, ...options, '-o1', first, '-o2', later], { stdio: ['ignore', 'inherit', 'inherit'] })
} finally {
  rmSync(folder, { recursive: true })
}
const hash = createHash('sha256').update(readFileSync(whole)).digest('hex').slice(0, 32)
const inside = Buffer.concat([Buffer.from([5]), Buffer.from('whole'), Buffer.from(hash)])
for (const part of [first, later]) appendFileSync(part, Buffer.concat([Buffer.from([0, inside.length]), inside]))
