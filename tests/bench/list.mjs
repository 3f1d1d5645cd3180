// The list of agreements in Chromium, with so many of them kept: how long it takes to open, to answer a key in "Filter agreements", and to sort.
//
//   node tests/bench/list.mjs [COUNT…]      340 and 10,000 where none is named
//
// One line a size and view. `import_ms`: from the press of "Import" until it is saved. `open_ms`: a reload of the list's address, until its first row
// is there. `key_*`: from a key to the paint that follows it, as the browser itself tells (event timing, in steps of 8 ms), for words typed
// and taken back letter by letter; `work_*`: the same keys, the time that the program's frame took. `sort_ms`: from the press of a header to the
// first row of the new order.
import { rm } from 'node:fs/promises'
import { makeProfile, openBrowser, shown, site } from '../browser/support.mjs'
import { startServer } from '../../scripts/server.mjs'
import { madeExport } from './made_records.mjs'

const sizes = process.argv.slice(2).map(Number)
const server = await startServer({ root: site })
try {
  for (const size of sizes.length ? sizes : [340, 10_000]) await measure(size)
} finally {
  await server.close()
}

function rank(times, part) {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted.length ? Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] * 10) / 10 : null
}

async function measure(size) {
  const profile = await makeProfile()
  let context = await openBrowser(profile)
  try {
    let page = context.pages()[0]
    page.setDefaultTimeout(600_000)
    await page.goto(`${server.url}#/data`)
    await shown(page)
    await page.getByLabel('Import file').setInputFiles(madeExport(size))
    const take = page.getByRole('button', { name: /^Import [\d,]+ \w+$/ })
    await take.waitFor()
    const pressed = Date.now()
    await take.click()
    await take.waitFor({ state: 'detached' })
    const import_ms = Date.now() - pressed
    for (const view of ['canvas', 'html']) {
      await page.evaluate((chosen) => localStorage.setItem('connection-agreements.view', chosen), view === 'html' ? 'html' : 'canvas')
      await context.close()
      context = await openBrowser(profile)
      page = context.pages()[0]
      page.setDefaultTimeout(600_000)
      await page.goto('about:blank')
      const from = Date.now()
      await page.goto(`${server.url}#/agreements?state=all`)
      await page.locator('main tbody tr').first().waitFor()
      const open_ms = Date.now() - from
      await page.waitForTimeout(1500)
      await page.evaluate(() => {
        window.measured = { keys: [], work: [] }
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) if (entry.name === 'keydown') window.measured.keys.push(entry.duration)
        }).observe({ type: 'event', durationThreshold: 16 })
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) window.measured.work.push(entry.scripts.reduce((sum, script) => sum + script.duration, 0))
        }).observe({ type: 'long-animation-frame' })
      })
      const field = page.getByRole('searchbox', { name: 'Filter agreements' })
      await field.focus()
      let keys = 0
      for (const word of ['larch', 'digital', 'hughes', '2026']) {
        for (const key of [...word, ...[...word].map(() => 'Backspace')]) {
          await page.keyboard.press(key)
          await page.waitForTimeout(120)
          keys += 1
        }
      }
      await page.waitForTimeout(1000)
      const { keys: told, work } = await page.evaluate(() => window.measured)
      const times = [...told, ...Array(Math.max(0, keys - told.length)).fill(8)]  // what took less than 16 ms is not told
      const sorted_from = Date.now()
      await page.getByRole('button', { name: 'Name', exact: true }).click()
      await page.locator('th[aria-sort=ascending]').waitFor()
      const sort_ms = Date.now() - sorted_from
      console.log(JSON.stringify({ bench: 'list', view, agreements: size, import_ms, open_ms, keys, key_median_ms: rank(times, 0.5), key_p95_ms: rank(times, 0.95),
        frames_over_50_ms: work.length, work_median_ms: rank(work, 0.5), work_p95_ms: rank(work, 0.95), sort_ms }))
    }
  } finally {
    await context.close()
    await rm(profile, { recursive: true, force: true, maxRetries: 3 })
  }
}
