// Bundles the service worker with a list of every other file of the site, each with its SHA-256, and a version made of
// them all: the constant `precache` of web/src/service_worker.ts.
//
//   node service-worker.mjs NODE_MODULES ENTRY SITE NAME
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const [modules, entry, site, name] = process.argv.slice(2)
const { build } = createRequire(path.join(modules, 'x.js'))('esbuild')
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')

function files(folder) {
  return readdirSync(path.join(site, folder), { withFileTypes: true }).flatMap((found) => {
    const file = path.posix.join(folder, found.name)
    return found.isDirectory() ? files(file) : [file]
  })
}

// Notices and licences are read now and then, and maps by developers: they need no place in everybody's cache.
const kept = files('')
  .filter((file) => file !== name && !/\.(map|txt|br)$/.test(file))
  .sort()
  .map((file) => ({ path: file, hash: sha256(readFileSync(path.join(site, file))) }))
const version = sha256(JSON.stringify(kept)).slice(0, 16)
// Large and seldom needed.
const isLater = (file) => file.path.startsWith('fonts/scripts/') || file.path === 'sharing.js'

await build({
  entryPoints: [entry],
  bundle: true,
  format: 'esm',
  target: ['es2022', 'safari15.4'],
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  define: { precache: JSON.stringify({ version, files: kept.filter((file) => !isLater(file)), later: kept.filter(isLater) }) },
  outfile: path.join(site, name),
})
