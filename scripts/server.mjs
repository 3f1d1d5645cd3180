// A static file server for the site, on this machine only, with nothing but Node.js.
//
//   node scripts/server.mjs [--root DIR] [--port N] [--hub ADDRESS] [--registering TOKEN]      serves, prints the address, until it is ended
//   import { startServer } from "../scripts/server.mjs"  the same for tests
//
// Files are sent as brotli or gzip where the browser takes them (as they were packed when the site was built, else packed
// once and kept in memory), with their media type, an ETag, and the security headers that a public server is expected to set too (`headers` below).
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { readFile, readdir, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import zlib from 'node:zlib'

const brotli = promisify(zlib.brotliCompress)
const gzip = promisify(zlib.gzip)

const media_types = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.map': 'application/json',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.pdf': 'application/pdf',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
}
const incompressible = new Set(['.png', '.woff2', '.pdf'])

// Where the portal may be connected to a shared workspace, its broker's address (wss://…) is the one other place that the
// page may speak with.
export const headersWith = (hub) =>
  hub ? { ...headers, 'Content-Security-Policy': headers['Content-Security-Policy'].replace("connect-src 'self'", `connect-src 'self' ${hub}`) } : headers

// Sent with every answer. Styles set from script go through the CSSOM, which needs no 'unsafe-inline'.
export const headers = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    // No text becomes a script, and no address either but those that web/src/scripts.ts lets through.
    "require-trusted-types-for 'script'",
    'trusted-types connection-agreements-scripts',
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

const etagOf = (body) => createHash('sha256').update(body).digest('base64url').slice(0, 22)

// What scripts/cmake/brotli.mjs made of this very file; its time says so.
async function packedBeside(file, about) {
  const packed = await stat(`${file}.br`).catch(() => null)
  return packed !== null && Math.round(packed.mtimeMs) === Math.floor(about.mtimeMs) ? readFile(`${file}.br`) : null
}

class Files {
  #root
  #kept = new Map() // absolute path -> { version, body, etag, encoded: Map<encoding, Promise<Buffer>> }
  #registering = null

  constructor(root) {
    this.#root = root
  }

  // The token of a shared workspace's link for visitors (web/registering.txt).
  offer(token) {
    const body = Buffer.from(`${token}\n`)
    this.#registering = { body, extension: '.txt', etag: etagOf(body), encoded: new Map() }
  }

  // The file that an address names, or null. An address that leads out of the root names nothing, whether it is
  // written with dots, encoded, or goes through a link.
  async find(address) {
    let name
    try {
      name = decodeURIComponent(address)
    } catch {
      return null
    }
    if (name.includes('\0') || name.includes('\\')) return null
    if (name === '/registering.txt' && this.#registering) return this.#registering
    if (name.endsWith('/')) name += 'index.html'
    const wanted = path.join(this.#root, path.posix.normalize('/' + name))
    try {
      const real = await realpath(wanted)
      if (real !== this.#root && !real.startsWith(this.#root + path.sep)) return null
      const about = await stat(real)
      return about.isFile() ? await this.#load(real, about) : null
    } catch {
      return null
    }
  }

  async #load(real, about) {
    const version = `${about.mtimeMs}-${about.size}-${about.ino}`
    const kept = this.#kept.get(real)
    if (kept && kept.version === version) return kept
    const body = await readFile(real)
    const file = {
      version,
      body,
      extension: path.extname(real),
      etag: etagOf(body),
      packed: await packedBeside(real, about),
      encoded: new Map(),
    }
    this.#kept.set(real, file)
    return file
  }

  // The body in the best encoding that the browser takes; null where sending it as it is does as well.
  encode(file, accepted) {
    if (incompressible.has(file.extension) || file.body.length < 512) return null
    const takes = (name) => new RegExp(`(^|[ ,])${name}(;q=(?!0(\\.0*)?( |,|$))|,| |$)`).test(accepted)
    const name = takes('br') ? 'br' : takes('gzip') ? 'gzip' : null
    if (name === null) return null
    if (!file.encoded.has(name)) {
      file.encoded.set(
        name,
        name === 'br'
          ? file.packed ?? brotli(file.body, {
              params: {
                [zlib.constants.BROTLI_PARAM_QUALITY]: 9,
                [zlib.constants.BROTLI_PARAM_SIZE_HINT]: file.body.length,
              },
            })
          : gzip(file.body, { level: 9 }),
      )
    }
    return { name, body: file.encoded.get(name) }
  }

  // Compresses the largest files before they are asked for.
  async warm(folder = this.#root) {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      const full = path.join(folder, entry.name)
      if (entry.isDirectory()) await this.warm(full)
      else if (/\.(wasm|js|css|html)$/.test(entry.name)) {
        const file = await this.find('/' + path.relative(this.#root, full).split(path.sep).map(encodeURIComponent).join('/'))
        if (file) await this.encode(file, 'br')?.body
      }
    }
  }
}

async function answer(files, sent, request, response) {
  for (const [name, value] of Object.entries(sent)) response.setHeader(name, value)
  const say = (status, text) => {
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' })
    response.end(request.method === 'HEAD' ? undefined : text + '\n')
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD')
    return say(405, 'Only GET and HEAD')
  }
  const address = request.url.split(/[?#]/, 1)[0]
  const file = await files.find(address)
  if (file === null) return say(404, 'Not found')

  const encoded = files.encode(file, String(request.headers['accept-encoding'] ?? ''))
  const etag = `"${file.etag}${encoded ? '-' + encoded.name : ''}"`
  response.setHeader('Content-Type', media_types[file.extension] ?? 'application/octet-stream')
  response.setHeader('Vary', 'Accept-Encoding')
  response.setHeader('ETag', etag)
  // Always asked again, never sent again: a new build is seen at once.
  response.setHeader('Cache-Control', 'no-cache')
  const known = String(request.headers['if-none-match'] ?? '')
  if (known.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)) {
    response.writeHead(304)
    return response.end()
  }
  const body = encoded ? await encoded.body : file.body
  if (encoded) response.setHeader('Content-Encoding', encoded.name)
  response.setHeader('Content-Length', body.length)
  response.writeHead(200)
  response.end(request.method === 'HEAD' ? undefined : body)
}

// Serves `root` on 127.0.0.1. Port 0 takes any free one. `hub`: the broker's address. `registering`: what registering.txt holds,
// instead of the site's own. Resolves to { url, port, offer(registering), close() } once it listens.
export async function startServer({ root, port = 0, hub = null, registering = null }) {
  const files = new Files(await realpath(root))
  if (registering) files.offer(registering)
  const sent = headersWith(hub)
  const server = createServer((request, response) => {
    answer(files, sent, request, response).catch((error) => {
      console.error(error)
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  await new Promise((done, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', done)
  })
  void files.warm()
  const taken = server.address().port
  return {
    url: `http://localhost:${taken}/`,
    port: taken,
    offer: (token) => files.offer(token),
    close: () =>
      new Promise((done) => {
        server.close(done)
        server.closeAllConnections?.()
      }),
  }
}

async function main() {
  const words = process.argv.slice(2)
  let root = fileURLToPath(new URL('../build/web/site', import.meta.url))
  let port = null
  let hub = null
  let registering = null
  while (words.length > 0) {
    const word = words.shift()
    const value = word.includes('=') ? word.slice(word.indexOf('=') + 1) : words.shift()
    if (word.startsWith('--root') && value) root = path.resolve(value)
    else if (word.startsWith('--port') && /^\d+$/.test(value ?? '') && Number(value) < 65536) port = Number(value)
    else if (word.startsWith('--hub') && /^wss?:\/\/[A-Za-z0-9.:[\]-]+$/.test(value ?? '')) hub = value
    else if (word.startsWith('--registering') && /^[\w-]+$/.test(value ?? '')) registering = value
    else {
      console.error('usage: scripts/serve [--port N] [--hub wss://ADDRESS] [--registering TOKEN]')
      process.exit(2)
    }
  }
  let server
  for (let attempt = port ?? 8080; ; ++attempt) {
    try {
      server = await startServer({ root, port: attempt, hub, registering })
      break
    } catch (error) {
      if (error.code !== 'EADDRINUSE') throw error
      if (port !== null || attempt >= 8099) {
        console.error(`Port ${attempt} is in use. Choose another with --port N.`)
        process.exit(1)
      }
    }
  }
  console.log(server.url)
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0))
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await main()
