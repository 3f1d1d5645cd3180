// The list of agreements in Chromium beside what others build such lists from, with the same rows and in one browser, A B A B: what it
// costs to open, to type in "Filter agreements", to sort by a column of text, and to scroll by a page.
//
//   node tests/bench/list.mjs [COUNT…] [--rounds N] [--only NAME+…] [--pause MS]      340, 10,000 and 100,000 agreements, two rounds
//
// The pause comes after each key: shorter than 300 ms, as somebody types who knows the word, the rows far from the window wait until
// the end of it; with a longer one their frames count as work of the key before (src/ui/screen.h: Rows).
//
// One JSON line a contender and size, then a table. Words are typed and taken back letter by letter; a key ends when the count and the
// first row are right and painted (peers/watch.mjs). `work`: what the page's own thread computes for it (its CPU time, so that what else
// runs on the machine does not count), `script` of that in JavaScript or the program; `memory`: of the page's process.
import { readFileSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { makeProfile, openBrowser, site } from '../browser/support.mjs'
import { startServer } from '../../scripts/server.mjs'
import { bringIn, meterOf, rank, untilPutAway } from './in_chromium.mjs'
import { madeExport } from './made_records.mjs'
import { addressOf, contenders, servePeers } from './peers/contenders.mjs'
import { columns, listRows, lookUp } from './peers/rows.mjs'
import { watch } from './peers/watch.mjs'

const words = ['larch', 'digital', 'hughes', '2026', 'nair maple']
const scrolls = 12
const snapshot_from = 1_000 // agreements; of fewer none is made

const arguments_ = process.argv.slice(2)
const option = (name) => (arguments_.includes(name) ? arguments_.splice(arguments_.indexOf(name), 2)[1] : undefined)
const rounds = Number(option('--rounds') ?? 2), only = option('--only'), pause_ms = Number(option('--pause') ?? 120)
const sizes = arguments_.length ? arguments_.map(Number) : [340, 10_000, 100_000]
const measured = contenders.filter(({ name }) => !only || only.split('+').some((part) => name.includes(part)))

const server = await startServer({ root: site })
try {
  for (const size of sizes) await measureAll(size)
} finally {
  await server.close()
}

async function measureAll(size) {
  const files = madeExport(size), rows = listRows(files)
  const profile = await makeProfile()
  const context = await openBrowser(profile)
  context.setDefaultTimeout(1_200_000)
  try {
    if (measured.some(({ view }) => view)) {
      await bringIn(context.pages()[0], server.url, files)
      if (size >= snapshot_from) await untilPutAway(context.pages()[0])
    }
    await context.pages()[0].goto('about:blank')
    await servePeers(context, { columns, rows })
    const found = new Map(measured.map(({ name }) => [name, []]))
    for (let round = 0; round < rounds; ++round)
      for (const who of measured) {
        try {
          found.get(who.name).push(await measure(context, profile, who, rows))
        } catch (error) {
          console.error(`${who.name} with ${size}: ${error.message.split('\n')[0]}`)
        }
      }
    const lines = [...found].filter(([, runs]) => runs.length).map(([name, runs]) => summary(name, size, runs))
    for (const line of lines) console.log(JSON.stringify(line))
    print(lines)
  } finally {
    await context.close()
    await rm(profile, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function measure(context, profile, who, rows) {
  const page = await context.newPage()
  page.on('pageerror', (error) => console.error(`${who.name}: ${error.message}`))
  const spent = await meterOf(context, page)
  // Adds what a step cost to the lists of `into`.
  const step = async (into, run, rest_ms = pause_ms) => {
    const before = await spent()
    into.ms.push(await run())
    await page.waitForTimeout(rest_ms)
    const after = await spent()
    into.work.push(after.work - before.work)
    into.script.push(after.script - before.script)
  }
  const made = { keys: lists(), sorts: lists(), scrolls: lists() }
  const look = lookUp(rows)
  await page.addInitScript(watch, who)
  if (who.view) await page.addInitScript((view) => location.protocol !== 'about:' && localStorage.setItem('connection-agreements.view', view), who.view)
  try {
    await page.goto(addressOf(who, server.url))
    made.open = await page.evaluate((want) => window.bench.right(want), look(''))
    await page.waitForTimeout(1500)
    await page.focus(who.field)
    const counted_from = await page.evaluate(() => window.bench.counters())
    let typed = ''
    for (const word of words)
      for (const key of [...word, ...[...word].map(() => 'Backspace')]) {
        typed = key === 'Backspace' ? typed.slice(0, -1) : typed + key
        await page.evaluate((want) => window.bench.arm(want), look(typed))
        await step(made.keys, async () => {
          await page.keyboard.press(key === ' ' ? 'Space' : key)
          return page.evaluate(() => window.bench.key())
        })
      }
    const counted = await page.evaluate(() => window.bench.counters())
    made.counted = Object.fromEntries(['frames', 'patches', 'operations'].filter((name) => name in counted).map((name) => [name, counted[name] - counted_from[name]]))
    made.memory = memoryOf(profile)
    const by_account = [...rows].sort((a, b) => (a.account < b.account ? -1 : 1))[0].number
    await step(made.sorts, () => page.evaluate((first) => window.bench.sort({ first }), by_account), 1000)
    await page.evaluate(() => window.bench.scroll(300))
    for (let turn = 0; turn < scrolls; ++turn) await step(made.scrolls, () => page.evaluate((by) => window.bench.scroll(by), turn % 4 < 2 ? 500 : -500))
    return made
  } finally {
    await page.close()
  }
}

function lists() {
  return { ms: [], work: [], script: [] }
}

// The largest page of the browser on this profile, in MB: what it has for itself, and its share of what it shares.
function memoryOf(profile) {
  let largest = 0
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      if (!words.includes('--type=renderer')) continue
      const parent = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1])
      if (!belongsTo(parent, profile)) continue
      largest = Math.max(largest, Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1]))
    } catch {} // it has ended meanwhile
  }
  return Math.round(largest / 1024)
}

function belongsTo(pid, profile) {
  for (let at = pid; at > 1; at = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${at}/status`, 'utf8'))[1]))
    if (readFileSync(`/proc/${at}/cmdline`, 'utf8').includes(profile)) return true
  return false
}

function summary(name, size, runs) {
  const all = (kind, of) => runs.flatMap((run) => run[kind][of])
  const keys = all('keys', 'ms').length
  const counted = Object.fromEntries(Object.keys(runs[0].counted).map((of) => [`${of}_a_key`, rank([runs.reduce((sum, run) => sum + run.counted[of], 0) / keys], 0)]))
  return {
    bench: 'list', name, agreements: size, rounds: runs.length, keys,
    key_median_ms: rank(all('keys', 'ms'), 0.5), key_p95_ms: rank(all('keys', 'ms'), 0.95),
    key_work_median_ms: rank(all('keys', 'work'), 0.5), key_work_p95_ms: rank(all('keys', 'work'), 0.95), key_script_median_ms: rank(all('keys', 'script'), 0.5),
    ...counted,
    sort_ms: rank(all('sorts', 'ms'), 0.5), sort_work_ms: rank(all('sorts', 'work'), 0.5),
    scrolls: all('scrolls', 'ms').length, scroll_median_ms: rank(all('scrolls', 'ms'), 0.5), scroll_p95_ms: rank(all('scrolls', 'ms'), 0.95),
    scroll_work_median_ms: rank(all('scrolls', 'work'), 0.5),
    open_ms: rank(runs.map((run) => run.open), 0.5), memory_mb: rank(runs.map((run) => run.memory), 0.5),
  }
}

function print(lines) {
  const heads = [
    ['', 'name'], ['key', 'key_median_ms'], ['p95', 'key_p95_ms'], ['work', 'key_work_median_ms'], ['p95', 'key_work_p95_ms'], ['script', 'key_script_median_ms'],
    ['sort', 'sort_ms'], ['scroll', 'scroll_median_ms'], ['p95', 'scroll_p95_ms'], ['open', 'open_ms'], ['MB', 'memory_mb'],
  ]
  console.log(`\n${lines[0]?.agreements} agreements, ${lines[0]?.rounds} rounds, ${lines[0]?.keys} keys, ${lines[0]?.scrolls} scrolls; ms`)
  console.log(heads.map(([head], at) => (at ? head.padStart(8) : head.padEnd(16))).join(''))
  for (const line of lines) console.log(heads.map(([, of], at) => (at ? String(line[of]).padStart(8) : line[of].padEnd(16))).join(''))
  console.log()
}
