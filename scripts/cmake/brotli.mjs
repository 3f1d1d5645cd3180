// Writes, beside each file of the site that grows smaller by it, the file as brotli sends it (quality 11, name + ".br"). A file
// that has not changed is not compressed again.
//
//   node brotli.mjs SITE
import { existsSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'

const site = process.argv[2]
const files = readdirSync(site, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))

for (const file of files.filter((name) => name.endsWith('.br') && !existsSync(name.slice(0, -3)))) rmSync(file)
// Typefaces for further scripts are many megabytes that few need: a server packs them when it is first asked.
const packed = /\.(html|css|js|wasm|ttf|svg|webmanifest|txt)$/
for (const file of files.filter((name) => packed.test(name) && !name.includes(path.join('fonts', 'scripts')))) {
  const about = statSync(file)
  const to = `${file}.br`
  // The time says which file it was made of.
  if (existsSync(to) && Math.round(statSync(to).mtimeMs) === Math.floor(about.mtimeMs)) continue
  const bytes = readFileSync(file)
  const made = zlib.brotliCompressSync(bytes, {
    params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_LGWIN]: 22, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  })
  if (made.length >= bytes.length) continue
  writeFileSync(to, made)
  const time = Math.floor(about.mtimeMs) / 1000
  utimesSync(to, time, time)
}
