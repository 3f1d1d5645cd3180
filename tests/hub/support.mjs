// A shared workspace for one test file: broker and steward of their own over a folder of their own.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

import { startHub } from '../../scripts/hub.mjs'

export const project = fileURLToPath(new URL('../..', import.meta.url))

export function programs() {
  const where = execFileSync(path.join(project, 'scripts/setup'), ['--where'], { encoding: 'utf8' })
  const server = process.env.CA_NATS_SERVER ?? where.match(/^CA_NATS_SERVER=(.*)$/m)[1]
  const built = ['asan', 'cli'].map((preset) => path.join(project, 'build', preset, 'portal-steward')).find(existsSync)
  if (!built) throw new Error('portal-steward is not built: scripts/build asan:portal-steward')
  return { server, steward: process.env.CA_STEWARD ?? built }
}

/** A function that starts one; its folder is gone when the process ends. */
export async function withHub() {
  const folder = await mkdtemp(path.join(tmpdir(), 'ca-hub-'))
  process.on('exit', () => void rm(folder, { recursive: true, force: true }).catch(() => {}))
  return (options = {}) => startHub({ folder, programs: programs(), ...options })
}

/** Numbers in [0, 1) of a seed (mulberry32). */
export function randomOf(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
