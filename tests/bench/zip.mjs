// A ZIP of a hundred agreements in Chromium, from the shared records: how long it takes, and the longest that the page did not answer.
//
//   node tests/bench/zip.mjs [COUNT]
//
// `gap_ms` is the greatest time between two runs of a timer of 4 ms; `task_ms` the browser's own longest task (0: none over 50 ms).
// `frame_ms` and `work_ms` are the longest drawing of a frame and the longest turn of other work (documents, PDFs, the ZIP itself).
// Each is said for the making (from the press of the button to the download) and for the same page left alone.
import path from 'node:path'
import { rm } from 'node:fs/promises'
import { makeProfile, openBrowser, shared, shown, site } from '../browser/support.mjs'
import { startServer } from '../../scripts/server.mjs'

const count = Number(process.argv[2] ?? 100)
const server = await startServer({ root: site })
const profile = await makeProfile()
const context = await openBrowser(profile)
try {
  const page = context.pages()[0]
  context.setDefaultTimeout(120_000)
  await page.goto(`${server.url}#/data`)
  await shown(page)
  const give = async (files) => {
    await page.getByLabel('Import file').setInputFiles(files.map((name) => path.join(shared, 'data', name)))
    const version = page.getByLabel('Terms version')
    await page.getByRole('heading', { name: /What will change|terms/i }).first().waitFor()
    if (files[0].startsWith('terms/') && (await version.count()) > 0) await version.fill('6.0')
    const take = page.getByRole('button', { name: /^Import [\d,]+ \w+$/ })
    await take.click()
    await take.waitFor({ state: 'detached' })
  }
  await give(['customer_account', 'customer_contact', 'ast_contract', 'sn_customerservice_case'].map((name) => `servicenow/${name}.json`))
  await give(['terms/standard-terms-1.md', 'terms/acceptable-use-policy.md'])
  await page.goto(`${server.url}#/agreements?state=all`)
  await shown(page)
  await page.evaluate(() => {
    window.measured = { gap: 0, task: 0, long: 0, frame: 0, work: 0 }
    let last = performance.now()
    setInterval(() => {
      const now = performance.now()
      window.measured.gap = Math.max(window.measured.gap, now - last)
      last = now
    }, 4)
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        window.measured.task = Math.max(window.measured.task, entry.duration)
        window.measured.long += 1
      }
    }).observe({ type: 'longtask' })
    new PerformanceObserver((list) => {
      for (const { invokerType, invoker, duration } of list.getEntries().flatMap((entry) => entry.scripts)) {
        const part = invokerType === 'user-callback' && invoker.startsWith('FrameRequestCallback') ? 'frame' : 'work'
        window.measured[part] = Math.max(window.measured[part], duration)
      }
    }).observe({ type: 'long-animation-frame' })
  })
  const measured = (name, more = {}) =>
    page.evaluate(() => Object.assign({}, window.measured)).then(({ gap, task, long, frame, work }) =>
      console.log(JSON.stringify({ bench: 'zip', part: name, gap_ms: Math.round(gap), task_ms: Math.round(task), frame_ms: Math.round(frame), work_ms: Math.round(work), tasks_over_50_ms: long, ...more })))
  const again = () => page.evaluate(() => Object.assign(window.measured, { gap: 0, task: 0, long: 0, frame: 0, work: 0 }))

  await page.waitForTimeout(2000)  // the list has been drawn for the first time
  await again()
  await page.waitForTimeout(2000)
  await measured('alone')

  const boxes = page.getByRole('checkbox', { name: /^Choose CNTR/ })
  await page.evaluate((wanted) => {
    for (const box of [...document.querySelectorAll('main tbody input[type=checkbox]')].slice(0, wanted)) box.click()
  }, count)
  await page.getByRole('status').filter({ hasText: `${count} chosen` }).waitFor()
  await page.waitForTimeout(500)
  await again()
  const from = Date.now()
  const coming = page.waitForEvent('download', { timeout: 1_800_000 })
  await page.getByRole('button', { name: 'Download as ZIP' }).click()
  const file = await coming
  const ms = Date.now() - from
  await page.getByRole('status').filter({ hasText: '.zip was downloaded' }).waitFor()
  await measured('making', { agreements: count, of: await boxes.count(), ms })
  await file.delete()
} finally {
  await context.close()
  await server.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 3 })
}
