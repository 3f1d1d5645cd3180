// The page around the program: frames, addresses, focus, scrolling, copying, working offline (web/src/shell.ts, offline.ts).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shown, withPortal } from './support.mjs'

const counters = (page) => page.evaluate(() => ({ ...window.portal }))

// Until nothing has asked for a frame for a while: saving, measuring storage and fading are over.
const settled = async (page) => {
  for (let last = -1; ; ) {
    const { frames } = await counters(page)
    if (frames === last) return
    last = frames
    await page.waitForTimeout(700)
  }
}

const startWithSampleData = async (page) => {
  await page.getByRole('button', { name: 'Start with sample data' }).click()
  await page.getByRole('button', { name: 'Start with sample data' }).waitFor({ state: 'detached' })
}

test('no frame is drawn in ten seconds in which nothing happens', withPortal(async ({ page, open }) => {
  await open('#/')
  await settled(page)
  const before = await counters(page)
  await page.waitForTimeout(10_000)
  assert.deepEqual(await counters(page), before)
}))

test('moving the pointer over nothing, and scrolling within what is drawn, asks for no frame', withPortal(async ({ page, open }) => {
  await open('#/help')
  await settled(page)
  const before = await counters(page)
  await page.mouse.move(640, 700)
  await page.mouse.move(645, 705)
  await page.evaluate(() => window.scrollBy(0, 40))
  await page.waitForTimeout(500)
  assert.equal((await counters(page)).frames, before.frames)
}))

// What the pointer is on is shown by style sheets (styles.css).
for (const view of ['canvas', 'html'])
  test(`a pointer that goes over links, buttons, rows and fields asks for no frame, ${view} view`, withPortal({ view }, async ({ page, open }) => {
    await open('#/')
    await startWithSampleData(page)
    await open('#/agreements')
    const row = page.getByRole('row').nth(2)
    await row.waitFor()
    await page.mouse.move(5, 400) // it rests where the sample was asked for, which may be on this row
    await settled(page)
    const before = await counters(page)
    const look = (locator, name) => locator.evaluate((element, wanted) => getComputedStyle(element)[wanted], name)
    const bare = await look(row, 'backgroundColor')
    for (const each of [page.getByRole('link', { name: 'Help' }).first(), page.getByRole('button', { name: 'Columns' }), page.getByRole('searchbox').last(), row]) await each.hover()
    if (view === 'canvas') assert.notEqual(await look(row, 'backgroundColor'), bare)
    const link = row.getByRole('link').first()
    await link.hover()
    if (view === 'canvas') assert.equal(await look(link.locator('.words'), 'textDecorationLine'), 'underline')
    await page.mouse.move(5, 400)
    await page.waitForTimeout(500)
    assert.equal((await counters(page)).frames, before.frames)
  }))

test('each page has its title, and Back and Forward lead through them', withPortal(async ({ page, open }) => {
  await open('#/')
  assert.equal(await page.title(), 'Connection Agreements – Connection Agreements') // heading – service, by rule
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Data in this browser' }).click()
  await page.getByRole('heading', { level: 1, name: 'Data in this browser' }).waitFor()
  await page.waitForFunction(() => document.title === 'Data in this browser – Connection Agreements')
  await page.getByRole('link', { name: 'Help', exact: true }).first().click()
  await page.getByRole('heading', { level: 1, name: 'Help' }).waitFor()
  await page.goBack()
  await page.getByRole('heading', { level: 1, name: 'Data in this browser' }).waitFor()
  await page.goBack()
  await page.getByRole('heading', { level: 1, name: 'Connection Agreements' }).waitFor()
  await page.goForward()
  await page.getByRole('heading', { level: 1, name: 'Data in this browser' }).waitFor()
  assert.equal(new URL(page.url()).hash, '#/data')
}))

for (const view of ['canvas', 'html'])
  test(`Back leads to the link that led away, ${view} view`, withPortal({ view, viewport: { width: 1280, height: 600 } }, async ({ page, open }) => {
    await open('#/')
    await startWithSampleData(page)
    await open('#/team/agreements?state=all')
    const link = page.getByRole('link', { name: 'CNTR0000012', exact: true })
    await link.focus()
    const before = await page.evaluate(() => window.scrollY)
    assert.ok(before > 0)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'CNTR0000012' }).waitFor()
    await page.goBack()
    await page.getByRole('heading', { level: 1, name: 'Connection Agreements of all accounts' }).waitFor()
    await page.waitForFunction(() => document.activeElement?.textContent === 'CNTR0000012')
    assert.ok(Math.abs((await page.evaluate(() => window.scrollY)) - before) <= 60)
  }))

test('coming back to a page comes back to where it was scrolled to', withPortal({ viewport: { width: 800, height: 400 } }, async ({ page, open }) => {
  await open('#/help')
  await page.evaluate(() => window.scrollTo(0, 300))
  await page.waitForFunction(() => history.state?.scroll_top === 300)
  await page.evaluate(() => document.querySelector('nav a[href="#/data"]').click())
  await page.getByRole('heading', { level: 1, name: 'Data in this browser' }).waitFor()
  assert.equal(await page.evaluate(() => window.scrollY), 0)
  await page.goBack()
  await page.getByRole('heading', { level: 1, name: 'Help' }).waitFor()
  assert.equal(await page.evaluate(() => window.scrollY), 300)
}))

test('the first focus stop skips to the main content, and leaves the address alone', withPortal(async ({ page, open }) => {
  await open('#/data')
  await page.evaluate(() => document.activeElement?.blur())
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: 'Skip to main content' })
  assert.equal(await skip.evaluate((link) => link === document.activeElement), true)
  const box = await skip.boundingBox()
  assert.ok(box.y >= 0, 'it is seen while it has focus')
  await page.keyboard.press('Enter')
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'MAIN')
  assert.equal(new URL(page.url()).hash, '#/data')
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate(() => document.querySelector('main').contains(document.activeElement)), true)
}))

test('Tab goes through the page in reading order and out of it again', withPortal(async ({ page, open }) => {
  await open('#/')
  await page.evaluate(() => document.activeElement?.blur())
  const stops = []
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(() => {
      const all = [...document.querySelectorAll('a[href], button, input, select, textarea, [tabindex="0"]')].filter((e) => e.getClientRects().length > 0 && !e.disabled)
      return document.activeElement === document.body ? -1 : all.indexOf(document.activeElement)
    })
    if (stop <= 0 && stops.length > 0) break
    stops.push(stop)
  }
  assert.ok(stops.length > 8)
  assert.deepEqual(stops, stops.map((_, index) => index), 'no stop is left out or out of turn')
}))

test('the drawing follows the scroll, in the same frame', withPortal({ viewport: { width: 800, height: 500 } }, async ({ page, open }) => {
  await open('#/')
  await startWithSampleData(page)
  await open('#/agreements')
  await settled(page)
  for (const top of [900, 100, 2000, 0]) {
    await page.evaluate((y) => window.scrollTo(0, y), top)
    await page.waitForTimeout(150)
    const covered = await page.evaluate(() => {
      const canvas = document.getElementById('canvas').getBoundingClientRect()
      return canvas.top <= 1 && canvas.bottom >= Math.min(window.innerHeight, document.getElementById('mirror').getBoundingClientRect().bottom) - 1
    })
    assert.equal(covered, true, `scrolled to ${top}`)
  }
}))

test('what is selected copies as text with blank lines between blocks', withPortal(async ({ page, open }) => {
  await open('#/help')
  const text = await page.evaluate(() => {
    const main = document.querySelector('main')
    const range = document.createRange()
    range.selectNodeContents(main)
    getSelection().removeAllRanges()
    getSelection().addRange(range)
    const data = new DataTransfer()
    document.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }))
    return data.getData('text/plain')
  })
  assert.match(text, /^Help\n\n\S/)
  assert.ok(text.split('\n\n').length > 3)
}))

test('a table is copied with its empty cells, so that columns stay columns', withPortal({ permissions: ['clipboard-read', 'clipboard-write'] }, async ({ page, open }) => {
  await open('#/')
  await startWithSampleData(page)
  await open('#/agreements?state=all')
  const table = page.getByRole('table', { name: 'Agreements' })
  const shown = await table.getByRole('row').count()
  await table.evaluate((element) => getSelection().selectAllChildren(element))
  await page.keyboard.press('Control+C')
  const lines = (await page.evaluate(() => navigator.clipboard.readText())).trim().split('\n')
  const from = lines.findIndex((line) => line.startsWith('Number\t'))
  const rows = lines.slice(from).map((line) => line.split('\t'))
  assert.equal(rows.length, shown)
  assert.deepEqual([...new Set(rows.map((row) => row.length))], [rows[0].length], 'every row has as many cells as the head')
  const column = (name) => rows.slice(1).map((row) => row[rows[0].indexOf(name)])
  assert.ok(column('Accepted On').includes(''), 'the sample has agreements that nobody has accepted')
  for (const created of column('Created')) assert.match(created, /\d{4}/)
}))

test('Back undoes a filter, and "Clear All"', withPortal({ view: 'html' }, async ({ page, open }) => {
  await open('#/')
  await startWithSampleData(page)
  await open('#/agreements')
  const chosen = () => page.getByRole('button', { name: /^Remove filter: / }).evaluateAll((all) => all.map((button) => button.getAttribute('aria-label') ?? button.textContent))
  const becomes = (count) => page.waitForFunction((n) => [...document.querySelectorAll('button')].filter((b) => (b.getAttribute('aria-label') ?? b.textContent).startsWith('Remove filter: ')).length === n, count)
  await becomes(2)
  const both = await chosen()
  await page.getByRole('button', { name: 'Remove filter: State: Active' }).click()
  await becomes(1)
  const one = await chosen()
  await page.getByRole('button', { name: 'Clear All' }).click()
  await becomes(0)
  await page.goBack()
  await becomes(1)
  assert.deepEqual(await chosen(), one)
  await page.goBack()
  await becomes(2)
  assert.deepEqual(await chosen(), both)
  await page.goForward()
  await page.goForward()
  await becomes(0)
  await page.getByText('Every state is shown.').waitFor()
}))

for (const view of ['drawn', 'html']) {
  test(`a press on a row below the one with focus is done, however long it is held, in the ${view} view`, withPortal({ view }, async ({ page, open }) => {
    await open('#/')
    await startWithSampleData(page)
    await open('#/agreements')
    const tick = (number) => page.getByRole('checkbox', { name: `Choose ${number}` })
    const press = { delay: 200 } // frames come between the button down and up
    await tick('CNTR0000002').click(press)
    await tick('CNTR0000009').click(press)
    await page.getByText('2 chosen').first().waitFor()
    await settled(page)
    const height = () => tick('CNTR0000010').evaluate((box) => box.getBoundingClientRect().y)
    const calm = await height()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Shift+Tab')
    await page.waitForFunction((y) => [...document.querySelectorAll('input')].find((box) => box.ariaLabel === 'Choose CNTR0000010').getBoundingClientRect().y > y, calm)
    await tick('CNTR0000010').click(press)
    await page.getByText('3 chosen').first().waitFor()
    await page.getByRole('link', { name: 'CNTR0000012' }).click(press)
    await page.getByRole('heading', { name: 'CNTR0000012', level: 1 }).waitFor()
  }))
}

for (const view of ['canvas', 'html'])
  test(`a row that is ticked stays under the pointer when what can be done comes above it, ${view} view`, withPortal({ view }, async ({ page, open }) => {
    await open('#/')
    await startWithSampleData(page)
    await open('#/agreements')
    const tick = page.getByRole('checkbox', { name: 'Choose CNTR0000008' })
    const words = page.getByRole('status').filter({ hasText: /chosen/i })
    for (const state of ['visible', 'detached']) {
      const { y } = await tick.boundingBox()
      await tick.click()
      await words.filter({ hasText: '1 chosen' }).waitFor({ state })
      assert.ok(Math.abs((await tick.boundingBox()).y - y) < 2, `${state}: from ${y} to ${(await tick.boundingBox()).y}`)
    }
  }))

test('find in page finds what is drawn', withPortal(async ({ page, open }) => {
  await open('#/')
  assert.equal(await page.evaluate(() => window.find('sample data')), true)
}))

test('words stand on the page before the program has loaded, and when it cannot be', withPortal({ allowErrors: true }, async ({ context, url }) => {
  const tab = await context.newPage()
  await tab.route('**/portal.wasm', () => {}) // never answered
  await tab.goto(url)
  await tab.getByRole('heading', { level: 1, name: 'Connection Agreements' }).waitFor()
  await tab.getByText('Opening the portal.').waitFor()
  const broken = await context.newPage()
  await broken.route('**/portal.wasm', (route) => route.abort())
  await broken.goto(url)
  await broken.getByRole('heading', { name: 'Sorry, there is a problem with the portal' }).waitFor()
  await broken.getByRole('button', { name: 'Try again' }).waitFor()
}))

test('a deep link opens its page', withPortal(async ({ page, open }) => {
  await open('#/policies/acceptable-use')
  await page.getByRole('heading', { level: 1, name: 'End User Organisation Acceptable Use Policy' }).waitFor()
  await page.reload()
  await shown(page)
  await page.getByRole('heading', { level: 1, name: 'End User Organisation Acceptable Use Policy' }).waitFor()
}))

test('what was clicked just before the address changed is done', withPortal(async ({ page, open }) => {
  await open('#/')
  await page.getByRole('button', { name: 'Start with sample data' }).waitFor()
  // In one go, so that no frame comes between the two.
  await page.evaluate(() => {
    ;[...document.querySelectorAll('button')].find((button) => button.textContent === 'Start with sample data').click()
    location.hash = '#/agreements/CNTR0000001'
  })
  await page.getByRole('heading', { level: 1, name: 'CNTR0000001' }).waitFor()
}))

test('an address that changes with every key is written now and then, and is right in the end', withPortal(async ({ page, open }) => {
  await open('#/')
  await startWithSampleData(page)
  await open('#/agreements')
  await settled(page)
  await page.evaluate(() => {
    window.replaced = 0
    const replace = history.replaceState.bind(history)
    history.replaceState = (...words) => ((window.replaced += words[2] === undefined ? 0 : 1), replace(...words))
  })
  const before = await counters(page)
  // As fast as a key that is held down.
  await page.evaluate(async () => {
    const field = document.querySelector('main input[type=search]')
    for (const text of ['l', 'la', 'lar', 'lark', 'larkf', 'larkfi', 'larkfie', 'larkfiel', 'larkfield']) {
      field.value = text
      field.dispatchEvent(new InputEvent('input', { bubbles: true }))
      await new Promise((next) => requestAnimationFrame(() => setTimeout(next, 5)))
    }
  })
  await page.waitForFunction(() => location.hash === '#/agreements?q=larkfield')
  const after = await counters(page)
  assert.ok(after.frames - before.frames <= 9, `${after.frames - before.frames} frames for 9 keys`)
  assert.ok((await page.evaluate(() => window.replaced)) < 6)
  // A link that is followed at once leaves an entry behind that says what was typed.
  await page.getByRole('searchbox', { name: 'Filter agreements' }).fill('lark')
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
  await page.evaluate(() => document.querySelector('main tbody a').click())
  await page.waitForFunction(() => location.hash.startsWith('#/agreements/'))
  await page.goBack()
  await page.waitForFunction(() => location.hash === '#/agreements?q=lark')
}))
