// Nothing that can be worked is ever out of sight: dialogs taller than the window, links to places on a page, pages as tall as what they
// hold. In both views.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { timeout_ms, withPortal } from './support.mjs'

const sample = async (page, open) => {
  await open('#/')
  await page.getByRole('button', { name: 'Start with sample data' }).click()
  await page.getByRole('button', { name: 'Start with sample data' }).waitFor({ state: 'detached' })
}

const drawn = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))))

// Where focus is, and whether it is in the window, in the dialog that holds it and on the canvas where that is what is seen.
const focusIsSeen = () => {
  const element = document.activeElement
  if (element === document.body) return [] // the browser's own controls come after the last one of a dialog
  const { top, bottom, left, right } = element.getBoundingClientRect()
  const name = element.getAttribute('aria-label') ?? element.textContent
  const frames = [{ of: 'the window', top: 0, bottom: innerHeight, left: 0, right: innerWidth }]
  const dialog = element.closest('dialog')?.getBoundingClientRect()
  if (dialog) frames.push({ of: 'the dialog', top: dialog.top, bottom: dialog.bottom, left: dialog.left, right: dialog.right })
  if (window.portal.view === 'canvas') {
    const canvas = document.getElementById('canvas').getBoundingClientRect()
    frames.push({ of: 'the drawing', top: canvas.top, bottom: canvas.bottom, left: canvas.left, right: canvas.right })
  }
  return frames
    .filter((frame) => top < frame.top - 1 || bottom > frame.bottom + 1 || left < frame.left - 1 || right > frame.right + 1)
    .map((frame) => `“${name}” at ${Math.round(top)} to ${Math.round(bottom)} is out of ${frame.of}, ${Math.round(frame.top)} to ${Math.round(frame.bottom)}`)
}

// Every dialog that the portal has, and how it is opened.
const dialogs = [{ name: 'Acting as', button: /^Acting as/ }]

for (const view of ['canvas', 'html']) {
  for (const [width, height] of [[1280, 600], [390, 844], [320, 480]]) {
    test(`Tab stays within sight in every dialog at ${width} × ${height}, ${view} view`, { timeout: timeout_ms }, withPortal({ view, viewport: { width, height } }, async ({ page, open }) => {
      await sample(page, open)
      for (const { name, button } of dialogs) {
        await page.getByRole('button', { name: button }).click()
        const dialog = page.getByRole('dialog', { name })
        await dialog.waitFor()
        const box = await dialog.boundingBox()
        assert.ok(box.y >= 0 && box.y + box.height <= height, `${name} stands at ${box.y} to ${box.y + box.height}`)
        const stops = await dialog.locator('button, input').count()
        assert.ok(stops > 10)
        for (let stop = 0; stop < stops + 2; stop++) {
          await drawn(page)
          assert.deepEqual(await page.evaluate(focusIsSeen), [], `after ${stop} times Tab`)
          await page.keyboard.press('Tab')
        }
        await page.keyboard.press('Escape')
        await dialog.waitFor({ state: 'detached' })
      }
    }))
  }

  test(`links of the contents lead to their places, again and by Back, ${view} view`, { timeout: timeout_ms }, withPortal({ view, viewport: { width: 1280, height: 700 } }, async ({ page, open }) => {
    await sample(page, open)
    await open('#/agreements/CNTR0000009')
    const contents = page.getByRole('navigation', { name: 'Contents of the terms' })
    const link = contents.getByRole('link').nth(4)
    const title = await link.textContent()
    const heading = page.getByRole('main').getByRole('heading', { name: title, exact: true })
    const top = async () => Math.round((await heading.boundingBox()).y)
    await link.click()
    await drawn(page)
    assert.ok((await top()) >= 0 && (await top()) < 120, `its heading is at ${await top()}`)
    assert.equal(await heading.evaluate((element) => element === document.activeElement), true)

    await page.evaluate(() => window.scrollTo(0, 0))
    await drawn(page)
    await link.focus()
    await page.keyboard.press('Enter')
    await drawn(page)
    assert.ok((await top()) >= 0 && (await top()) < 120, `pressed again, its heading is at ${await top()}`)

    const place = await page.evaluate(() => window.scrollY)
    await page.waitForFunction(() => history.state?.scroll_top === scrollY)
    await contents.getByRole('link').nth(8).evaluate((other) => other.click()) // without scrolling to it first
    await drawn(page)
    assert.notEqual(await page.evaluate(() => window.scrollY), place)
    await page.goBack()
    await drawn(page)
    assert.ok(Math.abs((await page.evaluate(() => window.scrollY)) - place) <= 1, 'Back leads to where it was')
  }))
}

for (const view of ['canvas', 'html'])
  test(`what was pressed stays in sight where something new above it pushes it down, ${view} view`, { timeout: timeout_ms }, withPortal({ view, viewport: { width: 1280, height: 700 } }, async ({ page, open }) => {
    await sample(page, open)
    await open('#/cases/CS0000009')
    const press = page.getByRole('button', { name: 'Add work note' })
    for (let note = 1; note <= 3; note++) {
      await page.getByRole('textbox', { name: 'Message', exact: true }).fill(`Note ${note}.${' Some more words of it.'.repeat(30)}`)
      await press.focus()
      await page.keyboard.press('Enter')
      await page.getByRole('log').getByText(`Note ${note}.`).waitFor()
      await drawn(page)
      const { top, bottom } = await press.evaluate((element) => element.getBoundingClientRect())
      assert.ok(top >= 0 && bottom <= 700, `after note ${note} the button is at ${top} to ${bottom}`)
    }
  }))

test('a page is as tall as what it holds, and no taller', { timeout: timeout_ms }, withPortal(async ({ page, open }) => {
  await sample(page, open)
  for (const address of ['#/', '#/cases', '#/accessibility', '#/agreements/CNTR9999999', '#/agreements', '#/notifications', '#/nowhere']) {
    await open(address)
    await drawn(page)
    const [tall, end] = await page.evaluate(() => {
      const footer = document.querySelector('footer').getBoundingClientRect()
      return [document.documentElement.scrollHeight, footer.bottom + scrollY]
    })
    assert.ok(Math.abs(tall - Math.max(end, 800)) <= 1, `${address} is ${tall} px tall, and its footer ends at ${end}`)
  }
}))

test('words in fields of the page are not seen on top of a dialog', { timeout: timeout_ms }, withPortal(async ({ page, open }) => {
  await sample(page, open)
  await open('#/agreements')
  const colour = (locator) => locator.evaluate((field) => getComputedStyle(field).color)
  const behind = page.locator('main select').first()
  assert.notEqual(await colour(behind), 'rgba(0, 0, 0, 0)')
  await page.getByRole('button', { name: /^Acting as/ }).click()
  await page.getByRole('dialog').waitFor()
  assert.equal(await colour(behind), 'rgba(0, 0, 0, 0)')
  assert.notEqual(await colour(page.getByRole('dialog').locator('input').first()), 'rgba(0, 0, 0, 0)')
}))

test('moving through a choice by keyboard changes nothing else', { timeout: timeout_ms }, withPortal(async ({ page, open }) => {
  await sample(page, open)
  await open('#/agreements')
  await page.getByLabel('Add a filter').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await drawn(page)
  assert.equal(new URL(page.url()).hash, '#/agreements')
  assert.equal(await page.getByRole('button', { name: /^Remove filter/ }).count(), 2)
  await page.getByRole('button', { name: 'Add filter' }).click()
  await page.getByRole('button', { name: 'Remove filter: State: Expired' }).waitFor()
}))
