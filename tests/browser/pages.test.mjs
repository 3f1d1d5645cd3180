// What only a browser shows of the pages: menus worked by keyboard, the strip of practice mode while a page is scrolled, the words of a
// slow reading. In both views where both have it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { timeout_ms, withPortal } from './support.mjs'

const sample = async (page, open) => {
  await open('#/')
  await page.getByRole('button', { name: 'Start with sample data' }).click()
  await page.getByRole('button', { name: 'Start with sample data' }).waitFor({ state: 'detached' })
}

const drawn = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))))
const address = (page) => new URL(page.url()).hash

for (const view of ['canvas', 'html']) {
  test(`My Connection Agreements is reached with and without its menu, by mouse and by keyboard, ${view} view`, { timeout: timeout_ms }, withPortal({ view }, async ({ page, open }) => {
    await sample(page, open)
    const main = page.getByRole('navigation', { name: 'Main' })
    const link = main.getByRole('link', { name: 'My Connection Agreements' })
    const menu = main.getByRole('button', { name: 'My Extras' })
    await link.click()
    assert.equal(address(page), '#/agreements')

    await open('#/')
    await menu.click()
    await link.click()
    assert.equal(address(page), '#/agreements')
    await main.locator('a[aria-current="page"]', { hasText: 'My Connection Agreements' }).waitFor()

    await open('#/')
    await menu.focus()
    await page.keyboard.press('Enter') // closes what was led into
    await link.waitFor({ state: 'detached' })
    assert.equal(await menu.getAttribute('aria-expanded'), 'false')
    await page.keyboard.press('Enter')
    await link.waitFor()
    await page.waitForFunction(() => document.activeElement.textContent === 'My Connection Agreements')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => location.hash === '#/agreements')
  }))

  test(`the strip of practice mode stays in sight and covers nothing that has focus, ${view} view`, { timeout: timeout_ms }, withPortal({ view, viewport: { width: 1280, height: 600 } }, async ({ page, open }) => {
    await sample(page, open)
    await page.getByRole('button', { name: 'Practice with time' }).click()
    await open('#/agreements/CNTR0000009')
    const strip = page.getByRole('region', { name: 'Practice mode – nothing here is saved' })
    const looks = () => strip.evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect()
      const at = document.elementFromPoint(200, top + 20)
      return { top: Math.round(top), bottom: Math.round(bottom), seen: element.contains(at), colour: getComputedStyle(element.querySelector('h2')).color, ground: getComputedStyle(element).backgroundColor }
    })
    for (const place of [700, 2500, 100_000]) {
      await page.evaluate((top) => window.scrollTo(0, top), place)
      await drawn(page)
      const { top, seen, colour, ground } = await looks()
      assert.equal(top, 0, `scrolled to ${place}`)
      assert.ok(seen, `scrolled to ${place}`)
      assert.ok(!/, 0\)$/.test(colour) && !/, 0\)$/.test(ground), `${colour} on ${ground}`)
    }
    // Backwards through the page by keyboard: what has focus is never behind the strip.
    await page.getByRole('contentinfo').getByRole('link').first().focus()
    for (let stop = 0; stop < 25; stop++) {
      await page.keyboard.press('Shift+Tab')
      await drawn(page)
      const { bottom } = await looks()
      const top = await page.evaluate(() => Math.round(document.activeElement.getBoundingClientRect().top))
      assert.ok(top >= bottom - 1, `after ${stop + 1} times Shift and Tab focus is at ${top}, behind the strip until ${bottom}`)
    }
    await strip.getByRole('button', { name: 'Leave practice mode' }).click()
    await strip.waitFor({ state: 'detached' })
  }))
}

test('a reload says that practice mode has ended, in its own tab alone', { timeout: timeout_ms }, withPortal(async ({ context, page, open }) => {
  await sample(page, open)
  await page.getByRole('button', { name: 'Practice with time' }).click()
  await page.getByRole('button', { name: 'Leave practice mode' }).waitFor()
  const other = await context.newPage()
  await open('#/', other)
  assert.equal(await other.getByRole('heading', { name: 'Practice mode has ended' }).count(), 0)
  await page.reload()
  await page.getByRole('heading', { name: 'Practice mode has ended' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'Connection Agreements', level: 1 }).waitFor()
  assert.equal(await page.getByRole('heading', { name: 'Practice mode has ended' }).count(), 0)
}))

test('a slow reading of files is told in words, and no more once it is done', { timeout: timeout_ms }, withPortal(async ({ page, open }) => {
  await sample(page, open)
  await open('#/data')
  await page.evaluate(() => {
    window.read = []
    new MutationObserver(() => window.read.push(document.getElementById('reading').textContent)).observe(document.getElementById('reading'), { childList: true })
  })
  const large = (name) => ({ name, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify({ words: 'x'.repeat(3_000_000) })) })
  await page.getByLabel('Import file').setInputFiles([large('first.json'), large('second.json')])
  await page.getByRole('alert').filter({ hasText: 'first.json' }).waitFor()
  await page.waitForFunction(() => document.getElementById('reading').textContent === '')
  const told = await page.evaluate(() => window.read)
  assert.ok(told.includes('Looking at 2 files (6 MB)…'), told.join('\n'))
}))

test('moving through the ways to see the outbox by keyboard changes nothing until one is followed', { timeout: timeout_ms }, withPortal(async ({ page, open }) => {
  await sample(page, open)
  await open('#/team/outbox')
  const ways = page.getByRole('navigation', { name: 'Which messages are shown' }).getByRole('link')
  await ways.first().focus()
  for (const key of ['ArrowDown', 'ArrowRight', 'Tab', 'Tab']) await page.keyboard.press(key)
  await drawn(page)
  assert.equal(address(page), '#/team/outbox')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => location.hash === '#/team/outbox?show=all')
  await drawn(page)
  assert.match(await page.evaluate(() => document.activeElement.textContent), /^All/)
}))
