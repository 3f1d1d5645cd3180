// Who is measured: the portal's list in both its views, and what people build such lists from. Of each: where it is opened, and
// by which elements its first row, the head of its column "Account" and what scrolls are found.
import { createRequire } from 'node:module'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const here = path.dirname(fileURLToPath(import.meta.url))
const peers_address = 'http://peers.localhost/'

const portal = (view) => ({
  name: `portal, ${view}`, view, first: 'main tbody tr a', row: 'main tbody tr', field: 'main input[type=search]', count: 'main .status',
  head: 'main thead th:nth-child(4) button', scrolls: 'html',
})
const peer = (file, name, found) => ({
  name, file, row: '.row', first: '.row a', field: 'input', count: '#count', head: '.head button:nth-child(4)', scrolls: '#into', ...found,
})

export const contenders = [
  portal('canvas'),
  portal('html'),
  peer('ag_grid', 'ag-grid', {
    row: '.ag-row', first: '.ag-row[row-index="0"] a', head: '.ag-header-cell[col-id=account] .ag-header-cell-label', scrolls: '.ag-body-viewport',
  }),
  peer('by_hand', 'by hand', {}),
  peer('tanstack', 'TanStack', {}),
  peer('tabulator', 'Tabulator', {
    row: '.tabulator-row', first: '.tabulator-row a', head: '.tabulator-col[tabulator-field=account]', scrolls: '.tabulator-tableholder',
  }),
]

export const addressOf = (who, portal_url) => (who.view ? `${portal_url}#/agreements?state=all` : `${peers_address}${who.file}/`)

// File names to texts: each peer's page as one script, and its style where it has one.
export async function bundlePeers(files, format = 'iife') {
  const where = execFileSync(path.join(here, '../../../scripts/setup'), ['--where'], { encoding: 'utf8' })
  const folder = /^CA_PEERS=(.*)$/m.exec(where)[1]
  const { build } = createRequire(new URL('../../../web/package.json', import.meta.url))('esbuild')
  const bundles = new Map()
  for (const file of files) {
    const made = await build({
      entryPoints: [path.join(here, `${file}.mjs`)], bundle: true, minify: true, format, write: false, outdir: '/', define: { 'process.env.NODE_ENV': '"production"' },
      nodePaths: [`${folder}/node_modules`],
    })
    for (const { path: name, text } of made.outputFiles) bundles.set(name.slice(1), text)
  }
  return bundles
}

// Answers for the peers' pages, each bundled once; the rows come as the portal's journal does, from outside of the page.
export async function servePeers(context, rows) {
  const bundles = await bundlePeers(contenders.flatMap(({ file }) => file ?? []))
  const body = JSON.stringify(rows)
  await context.route(`${peers_address}**`, (route) => {
    const [, file, name] = new URL(route.request().url()).pathname.split('/')
    if (name === '') {
      const style = bundles.has(`${file}.css`) ? `<link rel=stylesheet href="${file}.css">` : ''
      return route.fulfill({ contentType: 'text/html', body: `<!doctype html><meta charset=utf-8>${style}<body><script src="${file}.js"></script>` })
    }
    if (name === 'rows.json') return route.fulfill({ contentType: 'application/json', body })
    const found = bundles.get(name)
    return found ? route.fulfill({ contentType: name.endsWith('.css') ? 'text/css' : 'text/javascript', body: found }) : route.fulfill({ status: 404 })
  })
}

// One of them that has no page to look at, as a module in an empty page of the portal's site.
export async function openPeer(context, url, file) {
  const script = (await bundlePeers([file], 'esm')).get(`${file}.js`)
  const page = await context.newPage()
  await page.route(`${url}peer/**`, (route) => route.fulfill(route.request().url().endsWith('.js')
    ? { contentType: 'text/javascript', body: script }
    : { contentType: 'text/html', body: `<!doctype html><link rel=icon href="data:,"><script type=module src="${file}.js"></script>` }))
  await page.goto(`${url}peer/`)
  return page
}

export const versions = () => JSON.parse(readFileSync(path.join(here, 'package.json'), 'utf8')).dependencies
