// Two views of one description: the canvas with the elements over it, and the elements alone. Both are looked at by axe, at every size; the
// words of the elements stand where the canvas has drawn them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accessibilityFindings, places, shown, timeout_ms, useHtml, withPortal } from './support.mjs'

const view = (page) => page.evaluate(() => window.portal.view)

const sample = async (page, open) => {
  await open('#/')
  await page.getByRole('button', { name: 'Start with sample data' }).click()
  await page.getByRole('button', { name: 'Start with sample data' }).waitFor({ state: 'detached' })
}

for (const colorScheme of ['light', 'dark']) {
  for (const chosen of ['canvas', 'html']) {
    test(`axe finds nothing in the ${chosen} view, ${colorScheme}`, { timeout: 2 * timeout_ms }, withPortal({ colorScheme }, async ({ context, page, open }) => {
      if (chosen === 'html') await useHtml(context)
      await sample(page, open)
      assert.equal(await view(page), chosen)
      const findings = []
      for (const address of places) {
        await open(address)
        // Text that is transparent over a drawing has no contrast of its own: the tokens are tested instead (tests/ui).
        const found = await accessibilityFindings(page, { rules: { 'color-contrast': chosen === 'html' } })
        findings.push(...found.map((finding) => `${address} ${finding}`))
      }
      assert.deepEqual(findings, [])
    }))
  }
}

// Words that stand out of the card, the row or the page that they are in. What can be scrolled to inside of its own frame is not out; nor is
// the space at which a line ends.
const wordsOutside = () =>
  [...document.querySelectorAll('main .words')].flatMap((words) => {
    if (words.closest('.visually-hidden, .hidden')) return []
    let right = 0
    const texts = document.createTreeWalker(words, NodeFilter.SHOW_TEXT)
    for (let text; (text = texts.nextNode()) !== null; ) {
      const line = document.createRange()
      line.setStart(text, 0)
      line.setEnd(text, text.data.trimEnd().length)
      right = Math.max(right, ...[...line.getClientRects()].map((box) => box.right))
    }
    const { right: end } = words.closest('tr, li, dl, main').getBoundingClientRect()
    return right > end + 0.5 ? [`“${words.textContent.slice(0, 40)}” ends ${Math.round(right - end)} px outside`] : []
  })

for (const width of [320, 390, 768]) {
  test(`nothing runs out of a window of ${width} px, in either view`, { timeout: 2 * timeout_ms }, withPortal({ viewport: { width, height: 700 } }, async ({ context, page, open }) => {
    await sample(page, open)
    const overflowing = async () => {
      const found = []
      for (const address of places) {
        await open(address)
        const [wide, inner] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
        if (wide > inner) found.push(`${address}: ${wide} px in ${inner} px`)
        found.push(...(await page.evaluate(wordsOutside)).map((words) => `${address}: ${words}`))
      }
      return found
    }
    assert.deepEqual(await overflowing(), [])
    await useHtml(context)
    await page.reload()
    await shown(page)
    assert.deepEqual(await overflowing(), [])
  }))
}

test('the HTML view is chosen in the footer, and kept', withPortal(async ({ page, open }) => {
  await open('#/')
  assert.equal(await view(page), 'canvas')
  await page.getByRole('contentinfo').getByRole('button', { name: 'Use the HTML view' }).click()
  await page.waitForFunction(() => window.portal.view === 'html')
  assert.equal(await page.locator('#canvas').isVisible(), false)
  await page.reload()
  await shown(page)
  assert.equal(await view(page), 'html')
  await page.getByRole('contentinfo').getByRole('button', { name: 'Use the drawn view' }).click()
  await page.waitForFunction(() => window.portal.view === 'canvas')
  assert.equal(await page.locator('#canvas').isVisible(), true)
}))

for (const chosen of ['canvas', 'html'])
  test(`under a finger the page begins at its top, and what stands by itself is 44 px high, ${chosen} view`, withPortal({ view: chosen, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }, async ({ page, open }) => {
    await sample(page, open)
    await open('#/agreements')
    assert.equal(await page.getByRole('banner').evaluate((banner) => banner.getBoundingClientRect().top + window.scrollY), 0)
    for (const link of [page.getByRole('link', { name: 'CNTR0000008' }), page.getByRole('link', { name: 'Accessibility statement' }), page.getByRole('button', { name: 'Clear All' })]) {
      await link.evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }))
      const height = await link.evaluate((element) => {
        const { left, top, width, height } = element.getBoundingClientRect()
        const hits = (y) => element.contains(document.elementFromPoint(left + width / 2, y))
        let [from, to] = [top + height / 2, top + height / 2]
        while (hits(from - 1)) from--
        while (hits(to + 1)) to++
        return to - from
      })
      assert.ok(height >= 42, `${await link.textContent()} is hit over ${height} px`)
    }
  }))

test('a field of several lines is one to look at in the HTML view too', withPortal({ view: 'html' }, async ({ page, open }) => {
  await sample(page, open)
  await open('#/cases/CS0000009')
  const box = await page.getByRole('textbox', { name: 'Message', exact: true }).boundingBox()
  assert.ok(box.height >= 128, `${box.height} px`)
}))

test('forced colours bring the HTML view, at the start and later', withPortal({ forcedColors: 'active' }, async ({ page, open }) => {
  await open('#/')
  assert.equal(await view(page), 'html')
  await page.emulateMedia({ forcedColors: 'none' })
  await page.waitForFunction(() => window.portal.view === 'canvas')
  await page.emulateMedia({ forcedColors: 'active' })
  await page.waitForFunction(() => window.portal.view === 'html')
}))

test('without WebGL 2 the HTML view is shown', withPortal({ webgl: false, allowErrors: true }, async ({ page, open }) => {
  await open('#/')
  assert.equal(await view(page), 'html')
  await page.getByRole('heading', { level: 1, name: 'Connection Agreements' }).waitFor()
  await page.getByRole('contentinfo').getByRole('button', { name: 'Practice with time' }).waitFor()
  assert.equal(await page.getByRole('button', { name: 'Use the drawn view' }).count(), 0)
}))

test('a page that the browser translates is shown as HTML, for as long as it does', { timeout: timeout_ms }, withPortal(async ({ page, open }) => {
  await open('#/')
  for (const translated of ['translated-ltr', 'translated-rtl']) {
    assert.equal(await view(page), 'canvas')
    await page.evaluate((name) => document.documentElement.classList.add(name), translated)
    await page.waitForFunction(() => window.portal.view === 'html')
    assert.equal(await page.locator('#canvas').isVisible(), false)
    await page.getByRole('button', { name: 'Use the drawn view' }).waitFor({ state: 'detached' })
    await page.evaluate((name) => document.documentElement.classList.remove(name), translated)
    await page.waitForFunction(() => window.portal.view === 'canvas')
  }
}))

test('a lost drawing context brings the HTML view', withPortal(async ({ page, open }) => {
  await open('#/')
  await page.evaluate(() => document.getElementById('canvas').getContext('webgl2').getExtension('WEBGL_lose_context').loseContext())
  await page.waitForFunction(() => window.portal.view === 'html')
  await page.getByRole('heading', { level: 1, name: 'Connection Agreements' }).waitFor()
}))

// The ink of each text in two pictures of the page: once only the canvas, once only the elements, their words black.
for (const deviceScaleFactor of [1, 2]) {
  test(`words of the elements stand where the canvas drew them, ${deviceScaleFactor} device px a px`, withPortal({ deviceScaleFactor }, async ({ context, page, open }) => {
    await sample(page, open)
    const ruler = await context.newPage()
    let compared = 0
    for (const address of ['#/agreements', '#/help', '#/data']) {
      await open(address)
      await page.mouse.move(1, 1)
      await page.waitForTimeout(300)
      const boxes = await page.evaluate(() => {
        const boxes = []
        const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          if (node.data.trim().length < 4 || node.parentElement.closest('.visually-hidden, .hidden, .shortened, option, textarea')) continue // of what is shortened the last word is cut
          const range = document.createRange()
          range.selectNodeContents(node)
          const rects = [...range.getClientRects()].filter((rect) => rect.width > 8)
          if (rects.length !== 1) continue
          const [rect] = rects
          const { x, width } = rect
          // Of its own line alone: where lines are closer than the letters' own height their rectangles overlap.
          const height = Math.min(rect.height, parseFloat(getComputedStyle(node.parentElement).lineHeight) || rect.height)
          const y = rect.y + (rect.height - height) / 2
          if (y > 4 && y + height < window.innerHeight - 4) boxes.push({ text: node.data, x: x - 3, y: y - 1, width: width + 6, height: height + 2 })
        }
        return boxes
      })
      const drawn = await page.screenshot()
      await page.evaluate(() => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync('#canvas { visibility: hidden } .canvas-view #mirror * { color: black !important } html { background: white !important }')
        document.adoptedStyleSheets = [sheet]
      })
      const elements = await page.screenshot()
      await page.evaluate(() => (document.adoptedStyleSheets = []))
      const apart = await ruler.evaluate(
        async ({ drawn, elements, boxes, ratio }) => {
          const pixels = async (base64) => {
            const image = new Image()
            image.src = `data:image/png;base64,${base64}`
            await image.decode()
            const canvas = new OffscreenCanvas(image.width, image.height)
            const context = canvas.getContext('2d')
            context.drawImage(image, 0, 0)
            return context
          }
          // The first and last column, and row, whose darkness differs from the box's most frequent colour.
          const ink = (context, box) => {
            const [x, y, w, h] = [box.x, box.y, box.width, box.height].map((v) => Math.round(v * ratio))
            const { data } = context.getImageData(x, y, w, h)
            const light = (i) => (data[i] * 3 + data[i + 1] * 6 + data[i + 2]) / 10
            const counts = new Map()
            for (let i = 0; i < data.length; i += 4) counts.set(light(i), (counts.get(light(i)) ?? 0) + 1)
            const ground = [...counts].sort((a, b) => b[1] - a[1])[0][0]
            let [left, right] = [w, -1]
            for (let i = 0; i < data.length; i += 4) {
              if (Math.abs(light(i) - ground) < 60) continue
              if (i / 4 / w > h * 0.6) break // below is the line under a link, which only the canvas draws
              const column = (i / 4) % w
              left = Math.min(left, column)
              right = Math.max(right, column)
            }
            return right < 0 ? null : [left / ratio, right / ratio]
          }
          const [a, b] = await Promise.all([pixels(drawn), pixels(elements)])
          return boxes.map((box) => [box.text, ink(a, box), ink(b, box)])
        },
        { drawn: drawn.toString('base64'), elements: elements.toString('base64'), boxes, ratio: deviceScaleFactor },
      )
      for (const [text, canvas, element] of apart) {
        if (canvas === null || element === null) continue // outside of what is seen, or on a ground of its own
        compared++
        assert.ok(Math.abs(canvas[0] - element[0]) <= 1 && Math.abs(canvas[1] - element[1]) <= 1, `${address}: "${text}" is drawn at ${canvas} and stands at ${element}`)
      }
    }
    assert.ok(compared > 40, `only ${compared} texts were compared`)
  }))
}

// By a style sheet of their own or by the browser: a drawing follows neither.
const own_text = {
  'spacing by an extension': '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }',
  'spacing of letters that is inherited': 'body { letter-spacing: 0.1em }',
  'spacing of words alone': '* { word-spacing: 0.16em !important }',
  'lines further apart': '* { line-height: 2 !important }',
  'paragraphs further apart': 'p { margin-bottom: 2em !important }',
  'another typeface': '* { font-family: serif !important }',
  'a larger size': '* { font-size: 26px !important }',
}
test('text that a person sets otherwise is shown as HTML, for as long as it is', { timeout: timeout_ms }, withPortal(async ({ page, open }) => {
  await sample(page, open)
  await open('#/agreements/CNTR0000008')
  await page.getByRole('link', { name: 'Standard terms' }).first().focus()
  const focused = () => page.evaluate(() => document.activeElement.textContent)
  const before = await focused()
  for (const [how, styles] of Object.entries(own_text)) {
    assert.equal(await view(page), 'canvas', `before ${how}`)
    await page.evaluate((text) => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(text)
      document.adoptedStyleSheets = [sheet]
    }, styles)
    await page.waitForFunction(() => window.portal.view === 'html').catch(() => assert.fail(`${how} leaves the drawing`))
    await page.getByRole('button', { name: 'Use the drawn view' }).waitFor({ state: 'detached' })
    assert.equal(await focused(), before, how)
    await page.evaluate(() => (document.adoptedStyleSheets = []))
    await page.waitForFunction(() => window.portal.view === 'canvas').catch(() => assert.fail(`${how} stays when it has gone`))
  }
}))

test('a least size of text that the browser is set to is kept to, as HTML', { timeout: timeout_ms }, withPortal({ settings: ['--blink-settings=minimumFontSize=24'] }, async ({ page, open }) => {
  await open('#/')
  await page.waitForFunction(() => window.portal.view === 'html')
}))
