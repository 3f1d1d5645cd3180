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
