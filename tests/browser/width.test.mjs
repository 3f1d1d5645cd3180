// What a person's own settings change, and what stays all the same: spaced-out text, another width of the window, and rows of one height.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { places, timeout_ms, withPortal } from './support.mjs'

const sample = async (page, open) => {
  await open('#/')
  await page.getByRole('button', { name: 'Start with sample data' }).click()
  await page.getByRole('button', { name: 'Start with sample data' }).waitFor({ state: 'detached' })
}

const drawn = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))))

// WCAG 1.4.12, as a person's own style sheet would have it.
const spaceOut = () => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }')
  document.adoptedStyleSheets = [sheet]
}

const wordsLost = () => {
  const lost = []
  if (document.documentElement.scrollWidth > innerWidth + 1) lost.push(`the page is ${document.documentElement.scrollWidth} px wide`)
  for (const element of document.querySelectorAll('#mirror *')) {
    if (element.closest('.visually-hidden, .hidden, select, input, textarea')) continue
    const { width, height, right } = element.getBoundingClientRect()
    if (width < 2 || height < 2) continue
    const { overflowX, overflowY } = getComputedStyle(element)
    const isCut = (overflowY !== 'visible' && overflowY !== 'auto' && element.scrollHeight > element.clientHeight + 1) || (overflowX !== 'visible' && overflowX !== 'auto' && element.scrollWidth > element.clientWidth + 1)
    if (isCut || right > innerWidth + 1) lost.push(`${element.tagName} “${element.textContent.slice(0, 40)}”`)
  }
  return lost
}

test('text that somebody spaces out loses nothing at 320 px in the HTML view', { timeout: 2 * timeout_ms }, withPortal({ view: 'html', viewport: { width: 320, height: 640 } }, async ({ page, open }) => {
  await sample(page, open)
  const found = []
  for (const address of places) {
    await open(address)
    await page.evaluate(spaceOut)
    await drawn(page)
    found.push(...(await page.evaluate(wordsLost)).map((words) => `${address}: ${words}`))
  }
  assert.deepEqual(found, [])
}))

test('rows of the list are two lines high at most in the HTML view, and whole where the focus is', { timeout: timeout_ms }, withPortal({ view: 'html' }, async ({ page, open }) => {
  await sample(page, open)
  await open('#/agreements?state=all')
  const heights = () => page.locator('tbody tr').evaluateAll((rows) => rows.map((row) => Math.round(row.getBoundingClientRect().height)))
  assert.ok(Math.max(...(await heights())) <= 56, `${await heights()}`)
  const row = page.locator('tbody tr').filter({ hasText: 'CNTR0000009' })
  const before = (await row.boundingBox()).height
  await row.getByRole('link', { name: 'CNTR0000009' }).focus()
  for (const key of ['Tab', 'Shift+Tab']) await page.keyboard.press(key) // a focus that is seen
  assert.ok((await row.boundingBox()).height > before)
  const cut = await row.locator('td > .words').evaluateAll((cells) => cells.filter((cell) => cell.scrollHeight > cell.clientHeight + 1).length)
  assert.equal(cut, 0)
}))

test('columns are chosen by keyboard, Escape closes their panel, and they are the same after the page is loaded again, in both views', { timeout: timeout_ms }, withPortal(async ({ page, open }) => {
  await sample(page, open)
  await open('#/agreements')
  const headers = () => page.getByRole('columnheader').allTextContents()
  assert.equal((await headers()).length, 12)
  await page.getByRole('button', { name: 'Columns' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('group', { name: 'Columns' }).waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Escape')
  await page.getByRole('group', { name: 'Columns' }).waitFor({ state: 'detached' })
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Columns')
  await page.keyboard.press('Enter')
  await page.getByRole('group', { name: 'Columns' }).waitFor()
  for (const key of ['Tab', 'Tab', 'Space']) await page.keyboard.press(key) // over “Export”
  await page.getByRole('status').filter({ hasText: '11 of 12 columns are shown.' }).waitFor()
  await page.reload()
  await page.getByRole('columnheader').first().waitFor()
  assert.equal((await headers()).length, 11)
  assert.ok(!(await headers()).some((name) => name.startsWith('Name')))
  await page.getByRole('contentinfo').getByRole('button', { name: 'Use the HTML view' }).click()
  assert.equal((await headers()).length, 11)
}))

for (const view of ['canvas', 'html'])
  test(`the head of the list stays in sight over its rows, and never over what has focus, ${view} view`, { timeout: timeout_ms }, withPortal({ view, viewport: { width: 1280, height: 500 } }, async ({ page, open }) => {
    await sample(page, open)
    await open('#/agreements?state=all')
    const head = page.locator('thead')
    const from = (await head.boundingBox()).y
    assert.ok(from > 200)
    await page.evaluate(() => window.scrollTo(0, 500))
    await drawn(page)
    const { y, height } = await head.boundingBox()
    assert.ok(y >= 0 && y < 2, `it stands at ${y}`)
    const sort = head.getByRole('button', { name: 'Account' })
    const at = await sort.boundingBox()
    assert.ok(await sort.evaluate((button, [x, top]) => button.contains(document.elementFromPoint(x, top)), [at.x + at.width / 2, at.y + at.height / 2]))
    await page.getByRole('link', { name: 'CNTR0000014' }).focus()
    for (let stop = 0; stop < 30; stop++) {
      await page.keyboard.press('Shift+Tab')
      const box = await page.evaluate(() => document.activeElement.closest('tbody') && document.activeElement.getBoundingClientRect().top)
      if (box !== null) assert.ok(box >= height - 1, `focus is at ${box} under a head of ${height}`)
    }
    await sort.click()
    await page.getByRole('columnheader', { name: 'Account' }).and(page.locator('[aria-sort="ascending"]')).waitFor()
  }))

for (const view of ['canvas', 'html']) {
  test(`the focus and the reading place stay as the window crosses the width of the rail, ${view} view`, { timeout: timeout_ms }, withPortal({ view, viewport: { width: 1280, height: 800 } }, async ({ page, open }) => {
    await sample(page, open)
    await open('#/agreements/CNTR0000008')
    await page.getByRole('navigation', { name: 'Contents of the terms' }).getByRole('link', { name: '12. Confidentiality' }).focus()
    const focused = () => page.evaluate(() => document.activeElement.textContent)
    for (const width of [1000, 1280]) {
      await page.setViewportSize({ width, height: 800 })
      await drawn(page)
      assert.equal(await focused(), '12. Confidentiality', `at ${width} px`)
    }
    const clause = page.getByRole('heading', { name: '6. Information security' })
    await clause.evaluate((element) => window.scrollTo(0, window.scrollY + element.getBoundingClientRect().top - 10))
    await page.waitForTimeout(400) // until reading has begun
    for (const width of [1000, 600, 1280]) {
      await page.setViewportSize({ width, height: 800 })
      await drawn(page)
      const { y } = await clause.boundingBox()
      assert.ok(Math.abs(y - 10) < 30, `at ${width} px the clause stands at ${y}`)
      await page.waitForTimeout(300)
    }
  }))

  test(`the list of whom one can act as scrolls between its head and its foot, ${view} view`, { timeout: timeout_ms }, withPortal({ view, viewport: { width: 1280, height: 600 } }, async ({ page, open }) => {
    await sample(page, open)
    await page.getByRole('button', { name: /^Acting as/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Acting as' })
    const find = dialog.getByRole('searchbox', { name: 'Find a person' })
    await find.waitFor()
    await drawn(page)
    assert.ok(await find.evaluate((element) => element === document.activeElement), 'the search has the focus')
    const places_of = async () => [await find.boundingBox(), await dialog.getByRole('button', { name: 'Close' }).boundingBox()]
    const before = await places_of()
    await dialog.getByRole('button', { name: 'Visitor' }).focus()
    await drawn(page)
    assert.deepEqual(await places_of(), before)
    const [head, foot] = before
    const visitor = await dialog.getByRole('button', { name: 'Visitor' }).boundingBox()
    assert.ok(visitor.y > head.y + head.height && visitor.y + visitor.height < foot.y, `${visitor.y} is between ${head.y} and ${foot.y}`)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  }))
}

test('on a phone nothing of the open menu that has the focus is under the strip of practice mode', { timeout: timeout_ms }, withPortal({ viewport: { width: 390, height: 844 } }, async ({ page, open }) => {
  await sample(page, open)
  await page.getByRole('button', { name: 'Practice with time' }).click()
  const strip = page.getByRole('region', { name: 'Practice mode – nothing here is saved' })
  await strip.waitFor()
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('contentinfo').getByRole('link').first().focus()
  for (let stop = 0; stop < 60; stop++) {
    await page.keyboard.press('Shift+Tab')
    await drawn(page)
    const hidden = await page.evaluate(() => {
      const focused = document.activeElement
      if (focused === document.body || focused.closest('.pinned')) return ''
      const { top } = focused.getBoundingClientRect()
      const { top: from, bottom } = document.querySelector('.pinned').getBoundingClientRect()
      return top >= from && top < bottom - 1 ? `${focused.textContent} at ${top}, under the strip until ${bottom}` : ''
    })
    assert.equal(hidden, '')
  }
}))

for (const view of ['canvas', 'html'])
  test(`a phone's header leaves the page in sight, and its magnifying glass leads into the search, ${view} view`, { timeout: timeout_ms }, withPortal({ view, viewport: { width: 390, height: 844 } }, async ({ page, open }) => {
    await sample(page, open)
    await open('#/agreements')
    const banner = page.getByRole('banner')
    assert.ok((await banner.boundingBox()).height <= 112)
    await banner.getByRole('button', { name: 'Search', exact: true }).press('Enter')
    await page.waitForFunction(() => document.activeElement?.type === 'search')
    await page.keyboard.type('CNTR0000008')
    await page.keyboard.press('Enter')
    await page.getByRole('main').getByRole('link', { name: /CNTR0000008/ }).first().waitFor()
  }))
