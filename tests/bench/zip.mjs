// A ZIP of a hundred agreements in Chromium, from the shared records: how long it takes, and the longest that the page did not answer.
//
//   node tests/bench/zip.mjs [COUNT]
//
// once with WebGL, where the page is drawn, and once without it, where it is the HTML view.
//
// A key is pressed about every 50 ms. `answer_ms` is the longest that one of the `keys` waited until the page heard it; `task_ms` the
// browser's own longest task (0: none over 50 ms). `frame_ms` and `work_ms` are the longest drawing of a frame and the longest turn of
// other work (documents, PDFs, the ZIP itself) in frames that came late. Each is said for the making (from the press of the button to
// the end of the record) and for the same page left alone.
import path from 'node:path'
import { rm } from 'node:fs/promises'
import { goTo, makeProfile, openBrowser, shared, shown, site } from '../browser/support.mjs'
import { startServer } from '../../scripts/server.mjs'

const count = Number(process.argv[2] ?? 100)
const server = await startServer({ root: site })
try {
  for (const view of ['canvas', 'html']) await measure(view)
} finally {
  await server.close()
}

// A key that does nothing.
async function pressKeysUntil(page, end) {
  let ended = false
  void end.finally(() => (ended = true))
  while (!ended) {
    await page.keyboard.press('Shift')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function measure(view) {
  const profile = await makeProfile()
  const context = await openBrowser(profile, { webgl: view === 'canvas' })
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
      window.measured = { answer: 0, keys: 0, task: 0, long: 0, frame: 0, work: 0, from: window.portal.frames }
      addEventListener('keydown', (event) => {
        window.measured.answer = Math.max(window.measured.answer, performance.now() - event.timeStamp)
        window.measured.keys += 1
      }, true)
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
      page.evaluate(() => ({ ...window.measured, frames: window.portal.frames - window.measured.from })).then(({ answer, keys, task, long, frame, work, frames }) =>
        console.log(JSON.stringify({ bench: 'zip', view, part: name, keys, answer_ms: Math.round(answer), task_ms: Math.round(task), frame_ms: Math.round(frame), work_ms: Math.round(work), tasks_over_50_ms: long, frames, ...more })))
    const again = () => page.evaluate(() => Object.assign(window.measured, { answer: 0, keys: 0, task: 0, long: 0, frame: 0, work: 0, from: window.portal.frames }))

    await page.waitForTimeout(2000)  // the list has been drawn for the first time
    await again()
    await pressKeysUntil(page, new Promise((resolve) => setTimeout(resolve, 2000)))
    await measured('alone')

    // Page by page of the list: what is ticked stays ticked.
    for (let ticked = 0; ticked < count; ) {
      ticked += await page.evaluate((wanted) => {
        const some = [...document.querySelectorAll('main tbody input[type=checkbox]:not(:checked)')].slice(0, wanted)
        for (const box of some) box.click()
        return some.length
      }, count - ticked)
      await page.getByRole('status').filter({ hasText: `${ticked} chosen` }).waitFor()
      if (ticked < count) await goTo(page, `${server.url}#/agreements?state=all&from=${ticked}`)
    }
    // Nothing is sought by role while it is measured: to look through a long page for roles holds it up for half a second.
    const button = await page.getByRole('button', { name: 'Download as ZIP' }).elementHandle()
    await page.waitForTimeout(500)
    await again()
    const from = Date.now()
    const coming = page.waitForEvent('download', { timeout: 1_800_000 })
    await button.click()
    await pressKeysUntil(page, coming)
    const file = await coming
    const ms = Date.now() - from
    await page.waitForFunction(() => [...document.querySelectorAll('[role=status]')].some((status) => status.textContent.includes('.zip was downloaded')), null, { polling: 200 })
    await measured('making', { agreements: count, ms })
    await file.delete()
  } finally {
    await context.close()
    await rm(profile, { recursive: true, force: true, maxRetries: 3 })
  }
}
