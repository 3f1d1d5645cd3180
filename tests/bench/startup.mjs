// A first visit, with nothing kept: the bytes that come until the start page can be used, those that follow, and how long that takes, beside
// a page that shows a list of 340 rows with ag-grid. Once as quick as this machine is, and once at 9 Mbit/s with 60 ms to the server.
//
//   node tests/bench/startup.mjs [ROUNDS]      A B A B, each time a browser of its own; medians of 5 rounds
//
//     {"bench":"startup","name":"portal","line":"9 Mbit/s, 60 ms","rounds":5,"usable_ms":…,"bytes":…,"bytes_after":…,"files":…}
//
// Usable: the first task is there, and the page is drawn (the portal); the count and the first row are right and painted (ag-grid).
import { createServer } from 'node:http'
import { brotliCompressSync } from 'node:zlib'
import { inChromium, median, say } from './in_chromium.mjs'
import { madeExport } from './made_records.mjs'
import { bundlePeers, contenders } from './peers/contenders.mjs'
import { columns, listRows } from './peers/rows.mjs'
import { watch } from './peers/watch.mjs'

const rounds = Number(process.argv[2] ?? 5), rest_ms = 3000
const lines = [['this machine', null], ['9 Mbit/s, 60 ms', { offline: false, latency: 60, downloadThroughput: 9e6 / 8, uploadThroughput: 9e6 / 8 }]]
const ag_grid = contenders.find(({ file }) => file === 'ag_grid')

// As the portal is: brotli, over HTTP.
async function servePeer() {
  const bundles = await bundlePeers([ag_grid.file])
  const rows = JSON.stringify({ columns, rows: listRows(madeExport(340)) })
  const bodies = new Map([...bundles, ['rows.json', rows]].map(([name, text]) => [name, brotliCompressSync(text)]))
  const page = brotliCompressSync(`<!doctype html><meta charset=utf-8><link rel=icon href="data:,">
    ${bodies.has('ag_grid.css') ? '<link rel=stylesheet href="ag_grid.css">' : ''}<body><script src="ag_grid.js"></script>`)
  const types = { js: 'text/javascript', css: 'text/css', json: 'application/json' }
  const server = createServer((request, response) => {
    const name = request.url.slice(1)
    const body = name === '' ? page : bodies.get(name)
    if (!body) return response.writeHead(404).end()
    response.writeHead(200, { 'Content-Type': types[name.split('.').at(-1)] ?? 'text/html', 'Content-Encoding': 'br', 'Content-Length': body.length }).end(body)
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => new Promise((closed) => server.close(closed)) }
}

// Bytes as they are sent, heads of answers included.
async function visit(options, address, usable) {
  return inChromium({ serviceWorkers: 'block' }, async ({ context, page, url }) => {
    const session = await context.newCDPSession(page)
    await session.send('Network.enable')
    if (options) await session.send('Network.emulateNetworkConditions', options)
    const sent = []
    session.on('Network.loadingFinished', ({ encodedDataLength }) => sent.push(encodedDataLength))
    await page.addInitScript(watch, ag_grid)
    await page.goto(address ?? url, { waitUntil: 'commit' })
    const usable_ms = await usable(page)
    const sum = () => sent.reduce((all, bytes) => all + bytes, 0)
    const [bytes, files] = [sum(), sent.length]
    await page.waitForTimeout(rest_ms)
    if (address === null) await page.waitForLoadState('networkidle')
    return { usable_ms, bytes, files, bytes_after: sum() - bytes }
  })
}

const portalUsable = (page) =>
  page.evaluate(() => new Promise((usable) => {
    const look = () => {
      const first = document.querySelector('#mirror main button, #mirror main a[href]')
      if (window.portal?.ready && first !== null && document.body.getAttribute('aria-busy') !== 'true') requestAnimationFrame(() => setTimeout(() => usable(performance.now())))
      else setTimeout(look, 4)
    }
    look()
  }))
const gridUsable = (page) => page.evaluate(() => window.bench.right({ count: 340 }))

const peer = await servePeer()
try {
  for (const [line, options] of lines) {
    const found = { portal: [], 'ag-grid': [] }
    for (let round = 0; round < rounds; ++round) {
      found.portal.push(await visit(options, null, portalUsable))
      found['ag-grid'].push(await visit(options, peer.url, gridUsable))
    }
    for (const [name, runs] of Object.entries(found))
      say({
        bench: 'startup', name, line, rounds, usable_ms: median(runs.map((run) => run.usable_ms)), bytes: median(runs.map((run) => run.bytes)),
        bytes_after: median(runs.map((run) => run.bytes_after)), files: median(runs.map((run) => run.files)),
      })
  }
} finally {
  await peer.close()
}
