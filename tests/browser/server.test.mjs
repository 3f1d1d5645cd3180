// The static server: what is sent, how it is sent, and what is never sent.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import zlib from 'node:zlib'
import { startServer } from '../../scripts/server.mjs'

const words = 'Connection agreements. '.repeat(200)

// A request as it is written, without a client that tidies its address.
function ask(server, address, { method = 'GET', headers = {} } = {}) {
  return new Promise((done, failed) => {
    const request = http.request({ host: '127.0.0.1', port: server.port, path: address, method, headers }, (response) => {
      const chunks = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () => done({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }))
    })
    request.on('error', failed)
    request.end()
  })
}

async function withServer(body) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'portal-server-'))
  const root = path.join(folder, 'site')
  await mkdir(path.join(root, 'fonts'), { recursive: true })
  await writeFile(path.join(folder, 'secret.txt'), 'secret')
  await writeFile(path.join(root, 'index.html'), `<!doctype html><p>${words}</p>`)
  await writeFile(path.join(root, 'portal.wasm'), Buffer.concat([Buffer.from([0, 97, 115, 109]), Buffer.alloc(4000)]))
  await writeFile(path.join(root, 'fonts', 'Face.ttf'), Buffer.alloc(2000))
  await writeFile(path.join(root, 'manifest.webmanifest'), '{}')
  await symlink(path.join(folder, 'secret.txt'), path.join(root, 'link.txt'))
  const server = await startServer({ root })
  try {
    await body({ server, root })
  } finally {
    await server.close()
    await rm(folder, { recursive: true })
  }
}

test('files are sent with their media types', () =>
  withServer(async ({ server }) => {
    const type = async (address) => (await ask(server, address)).headers['content-type']
    assert.equal(await type('/'), 'text/html; charset=utf-8')
    assert.equal(await type('/portal.wasm'), 'application/wasm')
    assert.equal(await type('/fonts/Face.ttf'), 'font/ttf')
    assert.equal(await type('/manifest.webmanifest'), 'application/manifest+json')
  }))

test('bodies are compressed for those who take it', () =>
  withServer(async ({ server }) => {
    const plain = await ask(server, '/index.html')
    assert.equal(plain.headers['content-encoding'], undefined)
    const br = await ask(server, '/index.html', { headers: { 'accept-encoding': 'gzip, deflate, br' } })
    assert.equal(br.headers['content-encoding'], 'br')
    assert.deepEqual(zlib.brotliDecompressSync(br.body), plain.body)
    assert.ok(br.body.length < plain.body.length / 10)
    const gz = await ask(server, '/index.html', { headers: { 'accept-encoding': 'gzip;q=1.0, br;q=0' } })
    assert.equal(gz.headers['content-encoding'], 'gzip')
    assert.deepEqual(zlib.gunzipSync(gz.body), plain.body)
    assert.equal(gz.headers.vary, 'Accept-Encoding')
  }))

test('what was packed when the site was built is sent as it is, unless the file has changed since', () =>
  withServer(async ({ server, root }) => {
    const page = path.join(root, 'index.html')
    const packed = zlib.brotliCompressSync('as it was packed')
    await writeFile(`${page}.br`, packed)
    const take = async () => zlib.brotliDecompressSync((await ask(server, '/index.html', { headers: { 'accept-encoding': 'br' } })).body).toString()
    await utimes(page, 1_700_000_000.5, 1_700_000_000.5)
    await utimes(`${page}.br`, 1_700_000_000.5, 1_700_000_000.5)
    assert.equal(await take(), 'as it was packed')
    await utimes(page, 1_700_000_001, 1_700_000_001)
    assert.match(await take(), /Connection agreements/)
  }))

test('what the browser has already is not sent again, and a new build is seen', () =>
  withServer(async ({ server, root }) => {
    const first = await ask(server, '/index.html')
    const again = await ask(server, '/index.html', { headers: { 'if-none-match': first.headers.etag } })
    assert.equal(again.status, 304)
    assert.equal(again.body.length, 0)
    await writeFile(path.join(root, 'index.html'), '<!doctype html><p>another build</p>')
    const changed = await ask(server, '/index.html', { headers: { 'if-none-match': first.headers.etag } })
    assert.equal(changed.status, 200)
    assert.match(changed.body.toString(), /another build/)
  }))

test('every answer carries the security headers, errors too', () =>
  withServer(async ({ server }) => {
    for (const address of ['/', '/portal.wasm', '/nothing']) {
      const { headers } = await ask(server, address)
      assert.match(headers['content-security-policy'], /default-src 'none'/)
      assert.match(headers['content-security-policy'], /require-trusted-types-for 'script'; trusted-types connection-agreements-scripts$/)
      assert.doesNotMatch(headers['content-security-policy'], /unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')/)
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.equal(headers['cross-origin-opener-policy'], 'same-origin')
      assert.equal(headers['referrer-policy'], 'no-referrer')
    }
  }))

test('nothing outside of the site is sent, however it is asked for', () =>
  withServer(async ({ server }) => {
    for (const address of [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/fonts/../../secret.txt',
      '/fonts/%2e%2e%2f%2e%2e%2fsecret.txt',
      '/..\\secret.txt',
      '/link.txt',
      '/%00',
      '/%',
      '/fonts',
    ]) {
      const answer = await ask(server, address)
      assert.equal(answer.status, 404, address)
      assert.doesNotMatch(answer.body.toString(), /secret/, address)
    }
  }))

test('only reading is answered', () =>
  withServer(async ({ server }) => {
    assert.equal((await ask(server, '/', { method: 'POST' })).status, 405)
    const head = await ask(server, '/index.html', { method: 'HEAD' })
    assert.equal(head.status, 200)
    assert.equal(head.body.length, 0)
    assert.ok(Number(head.headers['content-length']) > 4000)
  }))
