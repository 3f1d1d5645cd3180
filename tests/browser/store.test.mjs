// The store under IDBFS in real Chromium: tabs of one browser profile on a page that holds nothing but the store
// (tests/browser/harness/). What is promised is in journal/store.h and platform/web/idbfs_medium.h.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { startServer } from '../../scripts/server.mjs'
import { makeProfile, openBrowser, site, timeout_ms } from './support.mjs'

const folder = path.join(site, '..', 'store_harness')

// Gives the body a function that opens one more tab, its store open.
function withStore(body) {
  return async () => {
    assert.ok(existsSync(path.join(folder, 'store_harness.wasm')), `no harness in ${folder}: run scripts/build web`)
    const server = await startServer({ root: folder })
    const profile = await makeProfile()
    const context = await openBrowser(profile, { webgl: false })
    const errors = []
    context.on('page', (tab) => tab.on('pageerror', (error) => errors.push(String(error))))
    const tab = async ({ before, sync_wait_ms, folds_soon } = {}) => {
      const page = await context.newPage()
      if (before) await page.addInitScript(before)
      await page.goto(server.url)
      await page.waitForSelector('body[data-loaded]', { state: 'attached' })
      page.opened = await page.evaluate(([wait, folds_soon]) => harness.open(wait, folds_soon), [sync_wait_ms, folds_soon])
      return page
    }
    try {
      await body({ tab, context, url: server.url })
      assert.deepEqual(errors, [])
    } finally {
      await context.close()
      await server.close()
      await rm(profile, { recursive: true, force: true, maxRetries: 3 })
    }
  }
}

const commit = (page, product) => page.evaluate((product) => harness.commit(product), product)
const products = (page) => page.evaluate(() => harness.products())
const head = (page) => page.evaluate(() => harness.head())

// Fifty commits, asked for at once; each outcome as it was told.
const commit_many = (page, name, count = 50) =>
  page.evaluate(
    async ([name, count]) => Promise.all(Array.from({ length: count }, (_, i) => harness.commit(`${name}-${i}`))),
    [name, count],
  )

for (const tabs of [2, 3]) {
  test(
    `${tabs} tabs, each with 50 commits, keep ${tabs * 50}`,
    { timeout: timeout_ms },
    withStore(async ({ tab }) => {
      const pages = []
      for (let i = 0; i < tabs; ++i) pages.push(await tab())
      const outcomes = await Promise.all(pages.map((page, i) => commit_many(page, `tab${i}`)))
      assert.ok(outcomes.flat().every(({ outcome }) => outcome === 'done'), JSON.stringify(outcomes.flat().find(({ outcome }) => outcome !== 'done')))

      const fresh = await tab()
      const kept = await products(fresh)
      assert.equal(kept.length, tabs * 50)
      assert.equal(new Set(kept).size, tabs * 50)
      // And every tab has them all, in the same order, without a reload.
      for (const page of pages) {
        await page.waitForFunction((count) => harness.products().length === count, tabs * 50)
        assert.equal(await head(page), await head(fresh))
      }
    }),
  )
}

test(
  'a tab that does not write sees what another wrote, without a reload',
  { timeout: timeout_ms },
  withStore(async ({ tab }) => {
    const writer = await tab()
    const reader = await tab()
    assert.deepEqual(await products(reader), [])
    assert.equal((await commit(writer, 'pds-fhir')).outcome, 'done')
    await reader.waitForFunction(() => harness.products().includes('pds-fhir'))
    assert.ok((await reader.evaluate(() => harness.changes)) > 0)
  }),
)

test(
  'of two tabs that decide the same at once, one is refused by what the other wrote',
  { timeout: timeout_ms },
  withStore(async ({ tab }) => {
    const pages = [await tab(), await tab()]
    const outcomes = await Promise.all(pages.map((page) => commit(page, 'the-one')))
    assert.deepEqual(outcomes.map(({ outcome }) => outcome).sort(), ['already_registered', 'done'])
  }),
)

// The bytes of each kept file, by name.
const kept_sizes = (page) =>
  page.evaluate(async () => {
    const [{ name }] = await indexedDB.databases()
    const db = await new Promise((done) => (indexedDB.open(name).onsuccess = ({ target }) => done(target.result)))
    const store = db.transaction('FILE_DATA').objectStore('FILE_DATA')
    const all = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)))
    const [names, files] = await Promise.all([all(store.getAllKeys()), all(store.getAll())])
    db.close()
    return Object.fromEntries(names.map((name, i) => [name, files[i].contents?.length]).filter(([, size]) => size !== undefined))
  })

test(
  'what a tab lets go of in its memory is never saved as empty, and is fetched again where it is needed',
  { timeout: timeout_ms },
  withStore(async ({ tab }) => {
    const first = await tab({ folds_soon: true })
    for (let i = 0; i < 40; ++i) assert.equal((await commit(first, `p${i}`)).outcome, 'done')
    // More snapshots follow, of files that were let go of; so does what another tab makes of them.
    const other = await tab({ folds_soon: true })
    assert.equal((await products(other)).length, 40)
    for (let i = 40; i < 80; ++i) assert.equal((await commit(i % 2 ? first : other, `p${i}`)).outcome, 'done')
    await first.evaluate(() => harness.refresh())
    await other.evaluate(() => harness.refresh())
    const sizes = await kept_sizes(other)
    assert.ok(Object.keys(sizes).some((name) => name.includes('/snapshot/')), 'no snapshot was made')
    assert.deepEqual(Object.entries(sizes).filter(([, size]) => size === 0), [])
    const fresh = await tab()
    assert.deepEqual(await products(fresh), Array.from({ length: 80 }, (_, i) => `p${i}`))
    assert.equal(await head(fresh), await head(first))
  }),
)

test(
  'what was told as saved is there after the browser comes back',
  { timeout: timeout_ms },
  withStore(async ({ tab }) => {
    const first = await tab()
    await commit(first, 'a')
    await commit(first, 'b')
    await first.close()
    assert.deepEqual(await products(await tab()), ['a', 'b'])
  }),
)

test(
  'a tab that is closed while it loads or commits takes nothing with it that was told as saved',
  { timeout: timeout_ms },
  withStore(async ({ tab, context, url }) => {
    const told = new Set()
    let heard = null
    await context.exposeFunction('told_as_saved', (product) => {
      told.add(product)
      heard?.(product)
    })
    const steady = await tab()
    for (let trial = 0; trial < 24; ++trial) {
      const page = await context.newPage()
      await page.goto(url)
      await page.waitForSelector('body[data-loaded]', { state: 'attached' })
      // Every other tab is closed as it loads, a little later each time; the others amid their commits, after one was told or a few.
      const enough = trial % 2 === 0 ? null : `trial${trial}-${trial % 5}`
      const amid = new Promise((now) => (heard = (product) => product === enough && now()))
      page
        .evaluate(async (trial) => {
          await harness.open()
          for (let i = 0; i < 50; ++i) {
            const product = `trial${trial}-${i}`
            if ((await harness.commit(product)).outcome === 'done') await told_as_saved(product)
          }
        }, trial)
        .catch((error) => assert.match(String(error), /closed|destroyed/))
      const other = commit(steady, `steady-${trial}`)
      await (enough ? amid : new Promise((later) => setTimeout(later, trial * 5)))
      await page.close({ runBeforeUnload: false })
      assert.equal((await other).outcome, 'done')
      told.add(`steady-${trial}`)
    }
    const fresh = await tab()
    const kept = await products(fresh)
    assert.equal(await fresh.evaluate(() => harness.reason()), '')
    for (const product of told) assert.ok(kept.includes(product), `${product} was told as saved and is gone`)
    assert.equal(new Set(kept).size, kept.length)
    assert.ok(told.size >= 24 + 12, 'no tab that was closed had saved anything')
  }),
)

test(
  'saved is told, and others hear of it, only after the browser completed the transaction that writes it',
  { timeout: timeout_ms },
  withStore(async ({ tab }) => {
    const page = await tab({
      before: () => {
        const transaction = IDBDatabase.prototype.transaction
        IDBDatabase.prototype.transaction = function (names, mode, options) {
          const made = transaction.call(this, names, mode, options)
          if (mode === 'readwrite') made.addEventListener('complete', () => harness.diary.push(`written ${options?.durability}`))
          return made
        }
        const post = BroadcastChannel.prototype.postMessage
        BroadcastChannel.prototype.postMessage = function (message) {
          harness.diary.push('announced')
          post.call(this, message)
        }
        const request = LockManager.prototype.request
        LockManager.prototype.request = function (name, options, body) {
          return request.call(this, name, options, async (lock) => {
            harness.diary.push('locked')
            await body(lock)
            harness.diary.push('released')
          })
        }
      },
    })
    await page.evaluate(() => (harness.diary.length = 0))
    await commit(page, 'a')
    const diary = await page.evaluate(() => new Promise((later) => setTimeout(() => later(harness.diary), 50)))
    // IndexedDB's `complete` is heard by the store and by this diary in the order of listening, so `written` may be noted just after.
    const at = (what) => diary.findIndex((line) => line.startsWith(what))
    assert.equal(diary.filter((line) => line.startsWith('written')).length, 1, diary.join(', '))
    assert.ok(diary.includes('written strict'), diary.join(', '))
    assert.equal(at('locked'), 0, diary.join(', '))
    assert.ok(at('written') < at('announced') && at('announced') < at('told done'), diary.join(', '))
    assert.ok(at('released') > at('written'), diary.join(', '))
  }),
)

// Makes writing to IndexedDB fail in this page while `window.trouble` says so.
const breakable = () => {
  globalThis.trouble = null
  const transaction = IDBDatabase.prototype.transaction
  IDBDatabase.prototype.transaction = function (names, mode, options) {
    if (mode === 'readwrite' && globalThis.trouble === 'throws') throw new DOMException('The connection is dead', 'InvalidStateError')
    const made = transaction.call(this, names, mode, options)
    if (mode === 'readwrite' && globalThis.trouble === 'aborts') queueMicrotask(() => made.abort())
    if (mode === 'readwrite' && globalThis.trouble === 'once') {
      globalThis.trouble = null
      queueMicrotask(() => made.abort())
    }
    // A connection that died in a background tab: nothing ever comes back.
    if (mode === 'readonly' && globalThis.trouble === 'hangs') Object.defineProperty(made, 'objectStore', { value: () => ({ index: () => ({ openKeyCursor: () => ({}) }) }) })
    return made
  }
}

test(
  'a save that fails once is tried again, on a new connection',
  { timeout: timeout_ms },
  withStore(async ({ tab }) => {
    const page = await tab({ before: breakable })
    await page.evaluate(() => (trouble = 'once'))
    assert.equal((await commit(page, 'a')).outcome, 'done')
    assert.equal(await page.evaluate(() => trouble), null)
    assert.deepEqual(await products(await tab()), ['a'])
  }),
)

for (const trouble of ['throws', 'aborts', 'hangs']) {
  test(
    `a save that goes wrong (${trouble}) is told as not saved, held, and saved by a retry`,
    { timeout: timeout_ms },
    withStore(async ({ tab }) => {
      const page = await tab({ before: breakable, sync_wait_ms: 1500 })
      await commit(page, 'before')
      await page.evaluate((how) => (trouble = how), trouble)
      const { outcome, words } = await commit(page, 'held')
      assert.equal(outcome, 'not_saved')
      assert.match(words, /not been saved/)
      assert.deepEqual(await products(page), ['before'])
      assert.equal(await page.evaluate(() => harness.unsaved()), 1)
      assert.deepEqual(await products(await tab()), ['before'])

      await page.evaluate(() => ((trouble = null), harness.retry()))
      await page.waitForFunction(() => harness.products().includes('held'))
      assert.equal(await page.evaluate(() => harness.unsaved()), 0)
      assert.deepEqual(await products(await tab()), ['before', 'held'])
    }),
  )
}

for (const [what, before] of [
  ['IndexedDB', () => Object.defineProperty(globalThis, 'indexedDB', { value: undefined })],
  ['Web Locks', () => Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })],
  [
    'permission to store',
    () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('denied', 'SecurityError')
      }
    },
  ],
]) {
  test(
    `without ${what} the store works in memory and says that nothing is kept`,
    { timeout: timeout_ms },
    withStore(async ({ tab }) => {
      const page = await tab({ before })
      assert.equal(page.opened.outcome, 'done')
      assert.equal(await page.evaluate(() => harness.keeping()), 'memory_only')
      assert.match(await page.evaluate(() => harness.reason()), /keeps nothing/)
      assert.equal((await commit(page, 'a')).outcome, 'done')
      assert.deepEqual(await products(page), ['a'])
    }),
  )
}

test(
  'nothing is written before something was read: a tab whose first load fails leaves all as it was',
  { timeout: timeout_ms },
  withStore(async ({ tab }) => {
    await commit(await tab(), 'a')
    const page = await tab({
      sync_wait_ms: 1000,
      before: () => {
        const index = IDBObjectStore.prototype.index
        globalThis.trouble = true
        IDBObjectStore.prototype.index = function (name) {
          return globalThis.trouble ? { openKeyCursor: () => ({}) } : index.call(this, name)
        }
      },
    })
    assert.notEqual(page.opened.outcome, 'done')
    assert.equal(await page.evaluate(() => harness.keeping()), 'closed')
    assert.equal((await commit(page, 'b')).outcome, 'not_saved')
    assert.deepEqual(await products(await tab()), ['a'])
    await page.evaluate(() => ((trouble = false), harness.retry()))
    await page.waitForFunction(() => harness.products().length === 2)
    assert.equal(await page.evaluate(() => harness.keeping()), 'kept')
  }),
)

test(
  'erasing empties the workspace in every tab',
  { timeout: timeout_ms },
  withStore(async ({ tab }) => {
    const page = await tab()
    const other = await tab()
    await commit(page, 'a')
    await other.waitForFunction(() => harness.products().length === 1)
    assert.equal((await page.evaluate(() => harness.erase())).outcome, 'done')
    await other.waitForFunction(() => harness.products().length === 0)
    assert.deepEqual(await products(await tab()), [])
  }),
)
