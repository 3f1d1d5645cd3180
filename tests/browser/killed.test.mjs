// A browser that is killed in a storm of commits, all its processes at once, ten times on the same profile: what was told as saved is there
// when it comes back, and the record is sound. The page holds nothing but the store (tests/browser/harness/).
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { startServer } from '../../scripts/server.mjs'
import { makeProfile, openBrowserToKill, project, site, timeout_ms } from './support.mjs'

const run = promisify(execFile)
const folder = path.join(site, '..', 'store_harness')
const portal_cli = path.join(project, 'build/asan/portal-cli')
const kills = 10

// Random numbers that a seed gives again.
const numbersOf = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}

const openTab = async (context, url) => {
  const page = await context.newPage()
  await page.goto(url)
  await page.waitForSelector('body[data-loaded]', { state: 'attached' })
  assert.equal((await page.evaluate(() => harness.open())).outcome, 'done')
  return page
}
const products = (page) => page.evaluate(() => harness.products())

// What the browser keeps, as files that portal-cli reads: names and contents, a letter a byte.
const filesOf = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('/workspace')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const store = opening.result.transaction('FILE_DATA').objectStore('FILE_DATA')
          const [names, values] = [store.getAllKeys(), store.getAll()]
          values.onsuccess = () => {
            opening.result.close()
            const text = (value) => value.contents && Array.from(value.contents, (byte) => String.fromCharCode(byte)).join('')
            resolve(names.result.map((name, index) => [name, text(values.result[index])]).filter(([, contents]) => contents !== undefined))
          }
        }
      }),
  )

const check = async (files) => {
  assert.ok(existsSync(portal_cli), `no ${portal_cli}: run scripts/build cli`)
  const copy = await mkdtemp(path.join(os.tmpdir(), 'portal-kept-'))
  try {
    for (const [name, contents] of files) {
      const file = path.join(copy, name)
      await mkdir(path.dirname(file), { recursive: true })
      await writeFile(file, contents, 'latin1')
    }
    return JSON.parse((await run(portal_cli, ['check', '--workspace', path.join(copy, 'workspace')])).stdout)
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}

test(`a browser killed ${kills} times in a storm of commits keeps all that it told as saved`, { timeout: 2 * timeout_ms }, async (t) => {
  assert.ok(existsSync(path.join(folder, 'store_harness.wasm')), `no harness in ${folder}: run scripts/build web`)
  const seed = Number(process.env.CA_SEED ?? randomInt(2 ** 31))
  t.diagnostic(`CA_SEED=${seed}`)
  const random = numbersOf(seed)
  const server = await startServer({ root: folder })
  const profile = await makeProfile()
  const told = new Set()
  let browser = null
  try {
    const allTold = async (page, when) => {
      const kept = await products(page)
      assert.equal(await page.evaluate(() => harness.reason()), '', when)
      const lost = [...told].filter((product) => !kept.includes(product))
      assert.deepEqual(lost, [], `told as saved, and gone ${when} (CA_SEED=${seed})`)
      assert.equal(new Set(kept).size, kept.length, when)
      return kept
    }
    for (let round = 1; round <= kills; ++round) {
      browser = await openBrowserToKill(profile)
      const { context } = browser
      const enough = 1 + Math.floor(random() * 25) // told in this round, from both tabs
      let heard = 0
      let enoughHeard
      const stormed = new Promise((resolve) => (enoughHeard = resolve))
      await context.exposeFunction('told_as_saved', (product) => {
        told.add(product)
        heard += 1
        if (heard === enough) enoughHeard()
      })
      const tabs = [await openTab(context, server.url), await openTab(context, server.url)]
      await allTold(tabs[0], `after ${round - 1} kills`)
      tabs.forEach((tab, index) =>
        tab
          .evaluate(async (name) => {
            for (let i = 0; ; ++i) if ((await harness.commit(`${name}-${i}`)).outcome === 'done') void told_as_saved(`${name}-${i}`)
          }, `round${round}-tab${index}`)
          .catch(() => {}), // it ends by being killed
      )
      await stormed
      // Anywhere in the commit that is now on its way.
      await new Promise((later) => setTimeout(later, random() * 30))
      await browser.kill()
    }
    browser = await openBrowserToKill(profile)
    const page = await openTab(browser.context, server.url)
    const kept = await allTold(page, `after ${kills} kills`)
    assert.deepEqual(await check(await filesOf(page)), { events: kept.length, sound: true })
    t.diagnostic(`${kills} kills: ${told.size} commits told as saved, ${kept.length} kept`)
  } finally {
    await browser?.kill().catch(() => {})
    await server.close()
    await rm(profile, { recursive: true, force: true, maxRetries: 3 })
  }
})
