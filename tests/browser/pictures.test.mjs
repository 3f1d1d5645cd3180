// What the main pages look like, compared with pictures that people have looked at (tests/browser/pictures/*.png), with the sample data
// on 2 March 2026.
//
//   CA_RENEW_PICTURES=1 node --test tests/browser/pictures.test.mjs      takes the pictures anew: those that differ, and no others
//
// A picture that differs is written to build/pictures/ as it is now, and once more with the difference in red. Other pictures, of any
// page, are made by scripts/screenshots.
import assert from 'node:assert/strict'
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { differenceOf, encode, recolour } from './picture.mjs'
import { project, timeout_ms, withPortal } from './support.mjs'
import { actAs, sample, settled } from './visit.mjs'

const folder = path.join(project, 'tests/browser/pictures')
const out = path.join(project, 'build/pictures')
const renews = process.env.CA_RENEW_PICTURES === '1'

const pages = {
  start: '#/',
  list: '#/agreements',
  agreement: '#/agreements/CNTR0000008',
  terms: '#/agreements/CNTR0000008?section=standard-terms-3-permission-to-connect',
  compare: '#/agreements/CNTR0000009/compare',
  history: '#/agreements/CNTR0000009/history',
  case: '#/cases/CS0000009',
  today: '#/team',
  outbox: '#/team/outbox',
  publish: '#/team/terms',
  data: '#/data',
  help: '#/help',
}
const views = {
  wide: { pages: Object.keys(pages).filter((name) => name !== 'publish'), dialog: true },
  phone: { viewport: { width: 390, height: 844 }, pages: ['start', 'list', 'agreement', 'compare', 'case', 'outbox'], dialog: true },
  zoom: { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2, pages: ['start', 'list', 'agreement', 'compare', 'case'] },
  dark: { colorScheme: 'dark', pages: ['start', 'list', 'agreement', 'compare', 'case', 'publish'] },
  html: { view: 'html', pages: ['start', 'list', 'agreement', 'compare', 'case', 'publish', 'data'] },
}

// Drawn anew for as long as it differs: what comes late is no difference, what stays is one.
async function take(page, kept) {
  let picture, difference
  for (let look = 0; look < 3; look++) {
    await settled(page)
    picture = await page.screenshot()
    difference = kept && differenceOf(picture, kept)
    if (kept === null || difference === null) break
  }
  return { picture, difference }
}

const made = new Set()

async function compare(page, name) {
  made.add(`${name}.png`)
  const file = path.join(folder, `${name}.png`)
  const kept = await readFile(file).catch(() => null)
  const { picture, difference } = await take(page, kept)
  if (kept !== null && difference === null) return
  if (renews) return writeFile(file, encode(picture))
  await mkdir(out, { recursive: true })
  await writeFile(path.join(out, `${name}.png`), picture)
  if (difference?.picture) await writeFile(path.join(out, `${name}-difference.png`), difference.picture)
  const words = difference?.words ?? 'There is no picture of it.'
  assert.fail(`${name} looks different: ${words} See ${out}/${name}*.png; CA_RENEW_PICTURES=1 renews what is kept.`)
}

for (const [view, { pages: shown, dialog = false, ...options }] of Object.entries(views))
  test(`pages look as they did: ${view}`, { timeout: timeout_ms }, withPortal({ reducedMotion: 'reduce', ...options }, async ({ t, page, open, url }) => {
    await sample(page, url)
    await page.mouse.move(1, 1)
    for (const name of shown)
      await t.test(name, async () => {
        await open(pages[name])
        await compare(page, `${name}-${view}`)
      })
    if (dialog)
      await t.test('acting as', async () => {
        await page.getByRole('button', { name: /^Acting as / }).click()
        await page.getByRole('dialog', { name: 'Acting as' }).waitFor()
        await page.mouse.move(1, 1)
        await compare(page, `acting-as-${view}`)
        await page.keyboard.press('Escape')
      })
    if (view !== 'zoom')
      await t.test('accept', async () => {
        await actAs(page, 'Amina Yusuf')
        await open('#/agreements/CNTR0000015')
        await page.getByRole('button', { name: 'Go to acceptance' }).click()
        await page.mouse.move(1, 1)
        await compare(page, `accept-${view}`)
      })
  }))

test('every picture is of a page that is looked at', async () => {
  const unknown = (await readdir(folder)).filter((name) => !made.has(name))
  if (renews) await Promise.all(unknown.map((name) => rm(path.join(folder, name))))
  else assert.deepEqual(unknown, [])
})

// A comparison that finds nothing would be worth nothing.
test('a colour that is a little different is found, and so is a tag that is not there', { timeout: timeout_ms }, withPortal({ view: 'html', reducedMotion: 'reduce' }, async ({ page, open, url }) => {
  await sample(page, url)
  await page.mouse.move(1, 1)
  await open(pages.list)
  const kept = await readFile(path.join(folder, 'list-html.png'))
  const { picture, difference } = await take(page, kept)
  assert.equal(difference, null)
  const restyled = async (styles) => {
    await page.evaluate((text) => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(text)
      document.adoptedStyleSheets = [sheet]
    }, styles)
    return differenceOf(await page.screenshot(), kept)
  }
  assert.notEqual(await restyled(':root { --ca-brand: #0c6ed0 }'), null, 'the banner')
  assert.notEqual(await restyled(':root { --ca-active-fill: #b4d8c5 }'), null, 'the ground of a tag')
  assert.notEqual(await restyled('.tag { visibility: hidden }'), null, 'no tags')
  assert.notEqual(await restyled('main { transform: translateX(2px) }'), null, 'a little to the right')
  const brand = recolour(picture, [0x00, 0x5e, 0xb8], [0x0c, 0x6e, 0xd0])
  assert.ok(brand.changed > 1000)
  assert.notEqual(differenceOf(brand.png, kept), null)
}))
