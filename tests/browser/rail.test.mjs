// What stays in sight while a page is scrolled: an agreement's rail and the row that leads through a comparison. In both views.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accessibilityFindings, timeout_ms, withPortal } from './support.mjs'

const sample = async (page, open) => {
  await open('#/')
  await page.getByRole('button', { name: 'Start with sample data' }).click()
  await page.getByRole('button', { name: 'Start with sample data' }).waitFor({ state: 'detached' })
}

const drawn = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))))

const scrollTo = async (page, top) => {
  await page.evaluate((y) => window.scrollTo(0, y), top)
  await drawn(page)
}

// Whether a person sees these words: nothing lies over them, and their ink is not that of a drawing underneath.
const isSeen = (locator) => locator.evaluate((element) => {
  const { left, top, width, height } = element.getBoundingClientRect()
  const at = document.elementFromPoint(left + width / 2, top + height / 2)
  const words = element.querySelector('.words') ?? element
  return top >= 0 && top + height <= innerHeight && element.contains(at) && getComputedStyle(words).color !== 'rgba(0, 0, 0, 0)'
})

for (const view of ['canvas', 'html']) {
  for (const colorScheme of ['light', 'dark']) {
    test(`an agreement's rail stays in sight and marks where one is, ${view} view, ${colorScheme}`, { timeout: timeout_ms }, withPortal({ view, colorScheme, viewport: { width: 1280, height: 800 } }, async ({ page, open }) => {
      await sample(page, open)
      await open('#/agreements/CNTR0000008')
      const download = page.getByRole('button', { name: 'Download PDF' })
      const contents = page.getByRole('navigation', { name: 'Contents of the terms' })
      const here = contents.locator('[aria-current="location"]')
      assert.equal(await download.count(), 1)
      assert.equal(await here.count(), 0) // the terms are not reached yet
      for (const top of [0, 1200, 3000, 6000]) {
        await scrollTo(page, top)
        // At the page's top the drawing itself is seen where no element stands over it.
        assert.ok(await isSeen(download), `the button is not in sight after ${top} px`)
        const box = await download.boundingBox()
        const text = await page.getByRole('heading', { level: 2, name: 'Terms and conditions' }).boundingBox()
        assert.ok(box.x > text.x + text.width, 'it stands at the right')
      }
      for (const name of ['3. Permission to connect', '15. Ending this Agreement']) {
        const link = contents.getByRole('link', { name })
        if ((await link.count()) === 0) continue
        await link.click()
        await drawn(page)
        assert.equal(await here.textContent(), name)
        assert.ok(await isSeen(here))
        assert.equal(await here.count(), 1)
        assert.ok(await isSeen(download), 'following the list takes no button out of sight')
      }
      assert.deepEqual(await accessibilityFindings(page, { rules: { 'color-contrast': view === 'html' } }), [])
    }))
  }

  test(`the rail goes with the page where it does not fit beside the text, ${view} view`, { timeout: timeout_ms }, withPortal({ view, viewport: { width: 1000, height: 800 } }, async ({ page, open }) => {
    await sample(page, open)
    await open('#/agreements/CNTR0000008')
    await scrollTo(page, 3000)
    assert.ok((await page.getByRole('button', { name: 'Download PDF' }).boundingBox()).y < 0)
    await page.setViewportSize({ width: 1280, height: 800 })
    await drawn(page)
    assert.ok(await isSeen(page.getByRole('button', { name: 'Download PDF' })))
    assert.equal(await page.getByRole('navigation', { name: 'Contents of the terms' }).count(), 1)
  }))

  for (const [width, height] of [[1280, 800], [390, 844], [320, 640]]) {
    test(`a comparison leads from change to change by keyboard, ${view} view, ${width} px`, { timeout: timeout_ms }, withPortal({ view, viewport: { width, height } }, async ({ page, open }) => {
      await sample(page, open)
      await open('#/agreements/CNTR0000009/compare')
      const next = page.getByRole('button', { name: 'Next change' })
      const seen = new Set()
      for (let change = 1; change <= 4; change++) {
        await next.focus()
        await page.keyboard.press('Enter')
        await page.getByRole('status').filter({ hasText: new RegExp(`^Change ${change} of \\d+$`) }).waitFor()
        await drawn(page)
        assert.ok(await isSeen(next), `the buttons are in sight at change ${change}`)
        const focused = page.locator('h3:focus')
        seen.add(await focused.textContent())
        const [row, heading] = [await page.getByRole('navigation', { name: 'Changes' }).boundingBox(), await focused.boundingBox()]
        assert.ok(heading.y >= row.y + row.height, `the heading of change ${change} is under the row: ${heading.y}, ${row.y + row.height}`)
        assert.ok(heading.y + heading.height <= height)
      }
      assert.equal(seen.size, 4)
      await page.getByRole('button', { name: 'Previous change' }).click()
      await page.getByRole('status').filter({ hasText: /^Change 3 of/ }).waitFor()
      assert.equal(await page.getByText('This clause is not in it.').count() > 0, width >= 1100)
    }))
  }
}
