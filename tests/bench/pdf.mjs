// The PDF of an agreement of some forty pages, made again by a worker that has made it before, beside what writers of untagged PDFs take
// for the same words: jsPDF in the same browser, pdfkit in Node.js (the same engine).
//
//   node tests/bench/pdf.mjs [ROUNDS]      from the shared records and terms; A B A B, medians of 10 rounds
//
//     {"bench":"pdf","name":"portal","pages":38,"rounds":10,"median_ms":…,"page_ms":…,"to_jspdf":…}
//
// The portal's time is the worker's, from its order to its answer, with everything in the file: the record that it encloses, tags, PDF/A-3a.
// `press_ms`: from the press of "Download PDF" to the file, with the document put together before and the download recorded. Pages differ
// with type and margins, so `to_jspdf` is the ratio of the times of a page.
import { createRequire } from 'node:module'
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { bringIn, inChromium, median, say } from './in_chromium.mjs'
import { openPeer } from './peers/contenders.mjs'
import { goTo, project, shared } from '../browser/support.mjs'
import { settled } from '../browser/visit.mjs'

const rounds = Number(process.argv[2] ?? 10)
const data = (names) => names.map((name) => path.join(shared, 'data', name))
// Keeps what each order of the documents' worker took, and how many pages its answer has.
const watchWorker = () => {
  const { Worker } = window
  window.orders = []
  window.Worker = class extends Worker {
    constructor(...words) {
      super(...words)
      const begun = new Map()
      const send = this.postMessage.bind(this)
      this.postMessage = (order, ...more) => {
        begun.set(order.id, performance.now())
        send(order, ...more)
      }
      this.addEventListener('message', ({ data }) => begun.has(data.id) && window.orders.push({ ms: performance.now() - begun.get(data.id), pages: data.pages }))
    }
  }
}
const pagesOf = (bytes) => Math.max(...[...bytes.toString('latin1').matchAll(/\/Count (\d+)/g)].map(([, count]) => Number(count)))

const pdfkit = () => {
  const where = execFileSync(path.join(project, 'scripts/setup'), ['--where'], { encoding: 'utf8' })
  return createRequire(`${/^CA_PEERS=(.*)$/m.exec(where)[1]}/package.json`)('pdfkit')
}

// Lines as long as a page holds, by the library's own measure.
async function withPdfkit(PDFDocument, text) {
  const from = performance.now()
  const document = new PDFDocument({ size: 'A4', margin: 60 })
  const parts = []
  document.on('data', (part) => parts.push(part))
  const ended = new Promise((end) => document.on('end', end))
  document.font('Helvetica').fontSize(11).text(text, { lineGap: 2 })
  document.end()
  await ended
  return { ms: performance.now() - from, pages: pagesOf(Buffer.concat(parts)) }
}

await inChromium({}, async ({ context, page, url }) => {
  await page.addInitScript(watchWorker)
  await bringIn(page, url, data(['customer_account', 'customer_contact', 'ast_contract', 'sn_customerservice_case'].map((name) => `servicenow/${name}.json`)))
  await bringIn(page, url, data(['terms/standard-terms-1.md', 'terms/acceptable-use-policy.md']))
  await goTo(page, `${url}#/agreements?state=active`)
  await settled(page)
  await goTo(page, url + (await page.evaluate(() => document.querySelector('main tbody a').hash)))
  await settled(page)
  const text = await page.evaluate(() => document.querySelector('main').innerText)
  const download = async () => {
    await page.bringToFront()
    const from = performance.now()
    const saved = page.waitForEvent('download')
    await page.evaluate(() => [...document.querySelectorAll('main button')].find(({ textContent }) => textContent === 'Download PDF').click())
    await saved
    const press_ms = performance.now() - from
    return { ...(await page.evaluate(() => window.orders.at(-1))), press_ms }
  }
  await download()
  const peer = await openPeer(context, url, 'jspdf')
  await peer.waitForFunction(() => window.makePdf)
  const PDFDocument = pdfkit()
  const found = { portal: [], jsPDF: [], pdfkit: [] }, presses = [], pages = {}
  for (let round = -1; round < rounds; ++round) {
    const made = { portal: await download(), jsPDF: await peer.evaluate((words) => window.makePdf(words), text), pdfkit: await withPdfkit(PDFDocument, text) }
    await settled(page)
    if (round < 0) continue // warm
    presses.push(made.portal.press_ms)
    for (const [name, { ms, pages: count }] of Object.entries(made)) {
      found[name].push(ms)
      pages[name] = count
    }
  }
  const of_page = (name) => median(found[name]) / pages[name]
  for (const [name, times] of Object.entries(found))
    say({
      bench: 'pdf', name, pages: pages[name], rounds, median_ms: median(times), page_ms: Math.round(100 * of_page(name)) / 100,
      to_jspdf: Math.round((100 * of_page(name)) / of_page('jsPDF')) / 100, ...(name === 'portal' ? { press_ms: median(presses) } : {}),
    })
})
