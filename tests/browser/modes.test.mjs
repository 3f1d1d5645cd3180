// Every page in every way that people set their browsers to: 320 px and 400 % zoom (1.4.10), text spacing (1.4.12), forced colours, dark,
// reduced motion, print; in both views. Nothing is lost, nothing scrolls sideways, and focus is seen wherever it goes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { everyFocusFault, focusFaults, lostFaults, motionFaults } from './looks.mjs'
import { countOf } from './picture.mjs'
import { pdfReader, places, timeout_ms, withPortal } from './support.mjs'
import { actAs, drawn, sample } from './visit.mjs'

// Spaced text and forced colours bring the HTML view by themselves (views.test.mjs).
const spacing = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }`
const wide = { width: 1280, height: 800 }
const narrow = { width: 320, height: 256 } // 1280 × 1024 at 400 %
const modes = {
  'dark, with reduced motion': { viewport: wide, media: { colorScheme: 'dark', reducedMotion: 'reduce' }, still: true },
  'in forced colours': { viewport: wide, media: { forcedColors: 'active' }, html_only: true },
  'with spaced text': { viewport: wide, styles: spacing, html_only: true },
  'zoomed to 400 %, with spaced text': { viewport: narrow, styles: spacing, html_only: true },
  'zoomed to 400 %': { viewport: narrow, drawn_only: true },
}

async function enter(page, { viewport, media = {}, styles = '' }) {
  const resizes = page.viewportSize().width !== viewport.width
  const frames = await page.evaluate(() => window.portal.frames)
  await page.setViewportSize(viewport)
  // Where columns become cards the program has to have seen the new width, in either view.
  if (resizes) await page.waitForFunction((before) => window.portal.frames > before, frames)
  await page.emulateMedia({ forcedColors: 'none', colorScheme: 'light', reducedMotion: 'no-preference', ...media })
  await page.evaluate((text) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(text)
    document.adoptedStyleSheets = [sheet]
    window.scrollTo(0, 0)
  }, styles)
  // The drawn view follows a window's new size in its next frames.
  await page.waitForFunction(() => Math.abs(document.querySelector('main').getBoundingClientRect().right - document.documentElement.clientWidth) < 20)
  await drawn(page)
}

// Here the dialog of who acts is opened.
const dialog = '#/nowhere'

const seenAs = [
  ['Agreement team', [...places, '#/nowhere', '#/agreements/CNTR0000010', '#/team/outbox?show=all&message=1', '#/join/nothing']],
  ['Amina Yusuf', ['#/', '#/agreements', '#/agreements/CNTR0000015', '#/notifications', '#/details']],
]

// What is allowed, and why: a table of twelve columns whose words are spaced out is wider than its window, and is scrolled to.
const excused = (fault) => /^#\/(team\/)?agreements with spaced text: /.test(fault)

for (const view of ['canvas', 'html'])
  test(`nothing is lost in any mode, ${view} view`, { timeout: 3 * timeout_ms }, withPortal({ view }, async ({ page, open, url }) => {
    await sample(page, url)
    const faults = []
    for (const [person, addresses] of seenAs) {
      if (person !== 'Agreement team') await actAs(page, person)
      for (const address of addresses) {
        await enter(page, { viewport: wide })
        await open(address)
        if (address === dialog) await page.getByRole('button', { name: /^Acting as/ }).click()
        for (const [mode, options] of Object.entries(modes)) {
          if (view === 'canvas' ? options.html_only : options.drawn_only) continue
          await enter(page, options)
          const found = await page.evaluate(lostFaults)
          found.push(...(await page.evaluate(everyFocusFault, view)))
          if (options.still) found.push(...(await page.evaluate(motionFaults)))
          faults.push(...found.map((fault) => `${address} ${mode}: ${fault}`))
        }
        if (address === dialog) await page.keyboard.press('Escape')
      }
    }
    assert.deepEqual(faults.filter((fault) => !excused(fault)), [])
  }))

const printed = ['#/', '#/agreements', '#/agreements/CNTR0000008', '#/agreements/CNTR0000009/compare', '#/cases/CS0000009', '#/help']

for (const view of ['canvas', 'html'])
  test(`what is printed is whole, and is text, ${view} view`, { timeout: timeout_ms }, withPortal({ view }, async ({ page, open, url }) => {
    await sample(page, url)
    for (const address of printed) {
      await page.setViewportSize({ width: 1280, height: 800 })
      await open(address)
      await page.setViewportSize({ width: 794, height: 1123 }) // A4
      await page.emulateMedia({ media: 'print' })
      await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
      await page.waitForFunction(() => window.portal.view === 'html')
      await drawn(page)
      assert.deepEqual(await page.evaluate(lostFaults), [], address)
      assert.equal(await page.locator('#canvas').isVisible(), false)
      assert.equal(await page.getByRole('banner').isVisible(), false, 'what leads elsewhere is not printed')
      await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
      await page.emulateMedia({ media: null })
    }
    await page.setViewportSize({ width: 1280, height: 800 })
    await open('#/agreements/CNTR0000008/terms')
    const { getDocument } = await pdfReader()
    const pdf = await getDocument({ data: new Uint8Array(await page.pdf({ format: 'A4' })) }).promise
    const pages = await Promise.all(Array.from({ length: pdf.numPages }, (_, at) => pdf.getPage(at + 1)))
    const texts = await Promise.all(pages.map(async (each) => (await each.getTextContent()).items.map(({ str }) => str).join(' ')))
    const words = (text) => text.replace(/\s+/g, '')
    for (const heading of await page.getByRole('main').getByRole('heading').allTextContents())
      assert.ok(words(texts.join(' ')).includes(words(heading)), `“${heading}” is not on paper`)
    await page.waitForFunction((before) => window.portal.view === before, view)
  }))

test('what a wide window prints has the width of the paper, and all words of its rows', { timeout: timeout_ms }, withPortal({ view: 'html' }, async ({ page, open, url }) => {
  await sample(page, url)
  await page.emulateMedia({ media: 'print' })
  await open('#/agreements')
  const cut = () => [...document.querySelectorAll('tbody .words')].filter((words) => words.scrollHeight > words.clientHeight + 1).map((words) => words.textContent)
  assert.deepEqual(await page.evaluate(cut), [])
  await open('#/agreements/CNTR0000008')
  const [main, summary] = await page.evaluate(() => ['main', 'main dl'].map((each) => document.querySelector(each).getBoundingClientRect().width))
  assert.ok(summary > 0.7 * main, `the summary is ${summary} px wide on a page of ${main} px`)
  assert.equal(await page.getByRole('navigation', { name: 'Contents of the terms' }).first().isVisible(), false)
}))

// In the drawn view the mark is paint. It is looked for where focus is: the focus colour, on more than a few pixels.
for (const colorScheme of ['light', 'dark'])
  test(`the drawn mark of focus is seen, ${colorScheme}`, { timeout: timeout_ms }, withPortal({ colorScheme, reducedMotion: 'reduce' }, async ({ page, open, url }) => {
    await sample(page, url)
    for (const address of ['#/agreements', '#/team/terms', '#/cases/CS0000009']) {
      await open(address)
      await page.getByRole('main').locator('a[href], button, input, textarea').first().focus()
      for (let stop = 0; stop < 6; stop++) {
        await page.keyboard.press('Tab')
        await drawn(page)
        assert.deepEqual(await page.evaluate(focusFaults), [])
        const { x, y, width, height, name } = await page.evaluate(() => {
          const { x, y, width, height } = document.activeElement.getBoundingClientRect()
          return { x: Math.max(0, x - 6), y: Math.max(0, y - 6), width: width + 12, height: height + 12, name: document.activeElement.outerHTML.slice(0, 80) }
        })
        const yellow = countOf(await page.screenshot({ clip: { x, y, width: Math.min(width, 1280 - x), height: Math.min(height, 800 - y) } }), [0xff, 0xeb, 0x3b])
        assert.ok(yellow > 60, `${yellow} pixels of the focus colour around ${name}`)
      }
    }
  }))

test('what these tests look for is found where it is made', { timeout: timeout_ms }, withPortal({ view: 'html' }, async ({ page, open, url }) => {
  await sample(page, url)
  await open('#/help')
  const found = async (faults, styles) => {
    await enter(page, { viewport: wide, styles })
    return (await page.evaluate(faults, 'html')).length
  }
  assert.equal(await found(lostFaults, ''), 0)
  assert.ok((await found(lostFaults, 'main p { max-height: 20px; overflow: hidden }')) > 0, 'lines cut off')
  assert.ok((await found(lostFaults, 'main p { white-space: nowrap }')) > 0, 'lines that run out of the window')
  assert.ok((await found(everyFocusFault, ':focus { outline: none !important; box-shadow: none !important; background: none !important; border-color: inherit !important }')) > 0, 'no mark')
  assert.ok((await found(everyFocusFault, '#skeleton, .skip { display: block } body::after { content: ""; position: fixed; inset: 0; z-index: 9 }')) > 0, 'covered')
  assert.ok((await found(motionFaults, 'main p { transition: color 1s }')) > 0, 'moves')
}))
