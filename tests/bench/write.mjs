// A note on a case: from the press of the button until it is kept and on the screen, beside what Dexie and idb take to keep the same words
// (strict durability) without showing them, with little kept and with much. And what the page's own thread computes for what people do
// all the time: an agreement opened, a page left for another, a tick.
//
//   node tests/bench/write.mjs [COUNT…]      with the sample, then with so many agreements (10,000); A B A B, 30 notes each
//
//     {"bench":"write","agreements":15,"name":"portal","notes":30,"median_ms":…,"p95_ms":…,"first_ten_ms":…,"last_ten_ms":…,"work_ms":…}
//     {"bench":"act","agreements":15,"act":"open an agreement","times":10,"work_median_ms":…,"work_p95_ms":…}
import { inChromium, bringIn, median, meterOf, rank, say } from './in_chromium.mjs'
import { madeExport } from './made_records.mjs'
import { openPeer } from './peers/contenders.mjs'
import { goTo } from '../browser/support.mjs'
import { actAs, sample, settled } from '../browser/visit.mjs'

const notes = 30, turns = 10
const sizes = process.argv.slice(2).map(Number)
if (sizes.length === 0) sizes.push(10_000)
const words = (at) => `Note ${at}: the onboarding contact was called back and has what is needed to go on with the review of the terms.`

// Of the page's own clock: from the click to the frame that has the note in it.
const saveInPortal = (page, text) =>
  page.evaluate((text) => new Promise((saved) => {
    const field = [...document.querySelectorAll('main textarea')].at(-1)
    field.focus()
    field.value = text
    field.dispatchEvent(new InputEvent('input', { bubbles: true }))
    const button = [...document.querySelectorAll('main button')].find(({ textContent }) => textContent === 'Add work note')
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const from = performance.now()
      button.click()
      const look = () => {
        const is_there = [...document.querySelectorAll('main [role=log] p')].some(({ textContent }) => textContent === text)
        if (is_there) saved(performance.now() - from)
        else setTimeout(look, 1)
      }
      look()
    }))
  }), text)

async function measure(agreements, fill) {
  await inChromium({ view: 'canvas' }, async ({ context, page, url }) => {
    await fill(page, url)
    const spent = await meterOf(context, page)
    const address = await page.evaluate(() => document.querySelector('main tbody a[href^="#/cases/"]').hash)
    await goTo(page, url + address)
    const peer = await openPeer(context, url, 'notes')
    await peer.waitForFunction(() => window.saveNote)
    const found = { portal: [], Dexie: [], idb: [] }, work = []
    for (let at = 0; at < notes; ++at) {
      await page.bringToFront()
      await settled(page)
      const before = await spent()
      found.portal.push(await saveInPortal(page, words(at)))
      await settled(page)
      work.push((await spent()).work - before.work)
      await peer.bringToFront()
      for (const name of ['Dexie', 'idb']) found[name].push(await peer.evaluate(([name, note]) => window.saveNote(name, note), [name, { at, actor: 'Agreement team', entity: address, text: words(at) }]))
    }
    for (const [name, times] of Object.entries(found))
      say({
        bench: 'write', agreements, name, notes, median_ms: median(times), p95_ms: rank(times, 0.95), first_ten_ms: median(times.slice(0, 10)), last_ten_ms: median(times.slice(-10)),
        ...(name === 'portal' ? { work_ms: median(work), to_dexie: Math.round(100 * median(times) / median(found.Dexie)) / 100 } : {}),
      })
    await peer.close()
    await page.bringToFront()
    await measureActs(agreements, page, url, spent)
  })
}

// What the thread computes until the page is still again.
async function measureActs(agreements, page, url, spent) {
  const act = async (name, prepare, run) => {
    const times = []
    for (let turn = 0; turn < turns; ++turn) {
      await prepare()
      await settled(page)
      const before = await spent()
      await run()
      await settled(page)
      times.push((await spent()).work - before.work)
    }
    say({ bench: 'act', agreements, act: name, times: turns, work_median_ms: median(times), work_p95_ms: rank(times, 0.95) })
  }
  const list = () => goTo(page, `${url}#/agreements?state=all`)
  await list()
  await settled(page)
  await act('nothing (what looking costs)', list, async () => {})
  await act('open an agreement', list, () => page.evaluate(() => document.querySelector('main tbody a').click()))
  await act('go from the list to the start page', list, () => goTo(page, `${url}#/`))
  await act('tick a row', list, () => page.evaluate(() => document.querySelector('main tbody input[type=checkbox]').click()))
}

const listWithCases = (page, url) => goTo(page, `${url}#/agreements?state=all`)
await measure(15, async (page, url) => {
  await sample(page, url)
  await actAs(page, 'Agreement team')
  await listWithCases(page, url)
})
for (const size of sizes)
  await measure(size, async (page, url) => {
    await bringIn(page, url, madeExport(size))
    await listWithCases(page, url)
  })
