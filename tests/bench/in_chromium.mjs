// What the benches that look at pages in Chromium have in common.
//
//   await inChromium(options, async ({ page, context, url }) => …)    a fresh profile, the site served
//   await bringIn(page, url, files)                                   imports files, by path or made, on "Data in this browser"
//   const spent = await meterOf(context, page)                        ms of the page's own thread since it began: await spent() → { work, script }
//   await untilPutAway(page)                                          an import leaves a snapshot, from which later starts begin
//   median([…]), rank([…], 0.95)
//   say({ bench: …, … })                                              one JSON line
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { makeProfile, openBrowser, shown, site } from '../browser/support.mjs'
import { startServer } from '../../scripts/server.mjs'

export async function inChromium(options, body) {
  const server = await startServer({ root: site })
  const profile = await makeProfile()
  let context
  try {
    context = await openBrowser(profile, options)
    context.setDefaultTimeout(600_000)
    return await body({ context, page: context.pages()[0], url: server.url, profile })
  } finally {
    await context?.close()
    await server.close()
    await rm(profile, { recursive: true, force: true, maxRetries: 3 })
  }
}

export async function bringIn(page, url, files, version = '6.0') {
  await page.goto(`${url}#/data`)
  await shown(page)
  // By paths, because Playwright takes no more than 50 MB otherwise.
  const folder = await mkdtemp(path.join(os.tmpdir(), 'portal-bench-'))
  try {
    const paths = files.map((file) => (typeof file === 'string' ? file : path.join(folder, file.name)))
    for (const { name, buffer } of files) if (buffer) await writeFile(path.join(folder, name), buffer)
    await page.getByLabel('Import file').setInputFiles(paths)
    await takeIn(page, version)
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function takeIn(page, version) {
  await page.getByRole('heading', { name: /What will change|terms/i }).first().waitFor()
  const field = page.getByLabel('Terms version')
  if ((await field.count()) > 0) await field.fill(version)
  const take = page.getByRole('button', { name: /^Import [\d,]+ \w+$/ })
  await take.click()
  await take.waitFor({ state: 'detached' })
}

export async function untilPutAway(page) {
  const isThere = () => page.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise((done) => (indexedDB.open(name).onsuccess = ({ target }) => done(target.result)))
      const keys = db.objectStoreNames.contains('FILE_DATA') ? await new Promise((done) => (db.transaction('FILE_DATA').objectStore('FILE_DATA').getAllKeys().onsuccess = ({ target }) => done(target.result))) : []
      db.close()
      if (keys.some((key) => key.includes('/snapshot/') && key.endsWith('.bin'))) return true
    }
    return false
  })
  while (!(await isThere())) await page.waitForTimeout(500)
}

// CPU time, so that what else runs on the machine does not count.
export async function meterOf(context, page) {
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    const ms = (name) => 1000 * metrics.find((metric) => metric.name === name).value
    return { work: ms('TaskDuration'), script: ms('ScriptDuration') }
  }
}

export function rank(times, part) {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted.length ? Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] * 10) / 10 : null
}
export const median = (times) => rank(times, 0.5)
export const say = (line) => console.log(JSON.stringify(line))
