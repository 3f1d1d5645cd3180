// What each kind of page says to assistive technology, kept as text that people have read (tests/browser/tree/*.txt): the accessibility
// tree that Chromium makes of it (tree.mjs), with the sample data on 2 March 2026 at 10am.
//
//   CA_RENEW_TREES=1 node --test tests/browser/tree.test.mjs      writes the files anew; read what changed before it is kept
//
// A difference fails with a unified diff. What pages have around their main part is in frame-….txt; of each page only its main part is
// kept, and the rest is compared with that.
import assert from 'node:assert/strict'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { project, timeout_ms, withPortal } from './support.mjs'
import { differenceOf, treeOf } from './tree.mjs'
import { actAs, sample, sample_day } from './visit.mjs'

const folder = path.join(project, 'tests/browser/tree')
const renews = process.env.CA_RENEW_TREES === '1'

const team = 'Agreement team'
const press = (role, name) => (page) => page.getByRole(role, { name, exact: typeof name === 'string' }).first().click()

// Each page: the name of its file, its address, what is done there first. By who looks at it; in the order of a person's visits.
const visits = [
  [team, [
    ['start-team', '#/'],
    ['list-team', '#/agreements'],
    ['agreement-under-review-team', '#/agreements/CNTR0000008'],
    ['agreement-paused-team', '#/agreements/CNTR0000010'],
    ['agreement-ending-team', '#/agreements/CNTR0000009', press('button', 'Terminate')],
    ['case-team', '#/cases/CS0000009'],
    ['team-today', '#/team'],
    ['team-create', '#/team/agreements/create'],
    ['team-create-refused', '#/team/agreements/create', press('button', 'Create agreement')],
    ['team-requests', '#/team/requests'],
    ['team-accounts', '#/team/accounts'],
    ['team-products', '#/team/products'],
    ['team-publish', '#/team/terms'],
    ['team-cases', '#/team/cases'],
    ['team-outbox', '#/team/outbox'],
    ['history', '#/agreements/CNTR0000009/history'],
    ['data', '#/data'],
    ['search', '#/search?q=nomination'],
    ['help', '#/help'],
    ['changes', '#/changes'],
    ['accessibility', '#/accessibility'],
    ['verify', '#/verify'],
    ['nomination', '#/nomination'],
    ['not-found', '#/agreements/CNTR9999999'],
    ['acting-as', '#/help', press('button', /^Acting as/)],
  ]],
  ['Amina Yusuf', [
    ['start-supplier', '#/'],
    ['agreement-to-accept', '#/agreements/CNTR0000015'],
    ['agreement-not-ticked', '#/agreements/CNTR0000015', press('button', 'Accept agreement')],
  ]],
  ['Meera Nair', [
    ['list-supplier', '#/agreements'],
    ['agreement-active', '#/agreements/CNTR0000002'],
    ['agreement-uplift', '#/agreements/CNTR0000010'],
    ['raise-a-query', '#/agreements/CNTR0000010', press('button', 'Raise a query')],
    ['terms', '#/agreements/CNTR0000010/terms'],
    ['compare', '#/agreements/CNTR0000010/compare'],
    ['cases', '#/cases'],
    ['case', '#/cases/CS0000009'],
    ['notifications', '#/notifications'],
  ]],
  ['API product team', [['request', '#/team/requests'], ['start-product-team', '#/']]],
  ['Grace Whitlock', [['agreement-cancelled', '#/agreements/CNTR0000007']]],
]

// What differs from one run to the next has a name.
const names = [
  [/\b[0-9a-f]{64}\b/g, '‹hash›'],
  [/\b[0-9a-f]{32}\b/g, '‹id›'],
  [/\b[\d.,]+ (bytes|[KMG]B)\b/g, '‹size›'],
]
// Where more than one control of a page is called alike still, and why.
const excused = new Map([])

const withNames = (text) => names.reduce((words, [pattern, name]) => words.replace(pattern, name), text)

// From one moment to the next nothing changes any more: the words of a status line come a little after it.
async function settledTree(page) {
  await page.evaluate(() => new Promise((done) => setTimeout(done, 200)))
  let before = ''
  for (let look = 0; look < 20; look++) {
    const tree = withNames((await treeOf(page)).join('\n'))
    if (tree === before) return tree
    before = tree
    await page.waitForTimeout(60)
  }
  assert.fail(`the page does not come to rest:\n${before}`)
}

// A tree in the part of its page, the parts around it, and what is beside them all (a dialog).
function partsOf(tree) {
  const parts = { page: '', main: '', around: '' }
  let part = 'page'
  for (const line of tree.split('\n')) {
    if (/^ {2}\S/.test(line)) part = /^ {2}(main|dialog)\b/.test(line) ? 'main' : 'around'
    parts[part] += `${line}\n`
  }
  return parts
}

// Around the main part of a person's pages: the same on each, but for where one is and the team's own menu.
const common = (around) =>
  around
    .replace(/ \(current page\)/g, '')
    .replace(/(searchbox "Search") = ".*"/, '$1')
    .replace(/^ {2}navigation "Team"\n(?: {3}.*\n)+/m, '')

// Buttons, links and fields that are called alike, and are told apart by nothing that is heard with them.
function calledAlike(tree) {
  const lines = tree.split('\n').map((line) => line.trim()).filter((line) => /^(button|checkbox|textbox|searchbox|combobox) /.test(line))
  return [...new Set(lines.filter((line, at) => lines.indexOf(line) !== at))]
}

async function compare(file, text) {
  const to = path.join(folder, `${file}.txt`)
  if (renews) return writeFile(to, text)
  const kept = await readFile(to, 'utf8').catch(() => '')
  const difference = differenceOf(kept, text, `tests/browser/tree/${file}.txt`)
  assert.ok(difference === '', `${file} is heard in another way than it was (CA_RENEW_TREES=1 renews what is kept):\n\n${difference}`)
}

test('every page is heard as it was read', { timeout: 2 * timeout_ms }, withPortal(async ({ t, page, open, url }) => {
  const made = new Set()
  const keep = async (file, text) => {
    made.add(file)
    await compare(file, text)
  }
  const look = async ([file, address, act]) => {
    await page.keyboard.press('Escape')
    await open('#/nowhere') // so that no page begins where another has left it
    await open(address)
    await act?.(page)
    const { page: head, main, around } = partsOf(await settledTree(page))
    assert.deepEqual(calledAlike(main), excused.get(file) ?? [], 'called alike')
    await keep(file, head + main)
    return around
  }
  await page.clock.setFixedTime(sample_day)
  await t.test('start-visitor', async () => void (await look(['start-visitor', '#/'])))
  await sample(page, url)
  for (const [person, pages] of visits) {
    await page.keyboard.press('Escape')
    if (person !== team) await actAs(page, person)
    let frame = null
    for (const each of pages)
      await t.test(each[0], async () => {
        const around = await look(each)
        frame ??= around
        if (around !== '') assert.equal(common(around), common(frame), 'around the main part of the page')
      })
    if (person === team || person === 'Meera Nair') await t.test(`frame of ${person}`, () => keep(person === team ? 'frame-team' : 'frame-supplier', frame))
  }
  await t.test('frame-phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await open('#/help')
    await page.getByRole('button', { name: 'Menu' }).click()
    await keep('frame-phone', partsOf(await settledTree(page)).around)
  })
  const kept = (await readdir(folder)).map((name) => name.replace(/\.txt$/, ''))
  assert.deepEqual(kept.filter((name) => !made.has(name)), [], 'a file of no page')
}))

// Where the two views may differ: each leads to the other.
const eitherView = (tree) => tree.replace(/button "Use the (HTML|drawn) view"/, 'button "Use the other view"')

test('both views are heard alike', { timeout: 2 * timeout_ms }, withPortal(async ({ t, page, open, url }) => {
  const addresses = [
    '#/', '#/agreements', '#/agreements/CNTR0000008', '#/agreements/CNTR0000010', '#/agreements/CNTR0000009/compare', '#/cases/CS0000009',
    '#/team', '#/team/outbox', '#/team/accounts', '#/team/terms', '#/data', '#/help',
  ]
  await sample(page, url)
  const trees = async () => {
    const all = []
    for (const address of addresses) {
      await open('#/nowhere')
      await open(address)
      all.push(eitherView(await settledTree(page)))
    }
    return all
  }
  const drawn = await trees()
  await page.getByRole('button', { name: 'Use the HTML view' }).click()
  await page.waitForFunction(() => window.portal.view === 'html')
  const html = await trees()
  for (const [at, address] of addresses.entries())
    await t.test(address, () => assert.ok(drawn[at] === html[at], differenceOf(drawn[at], html[at], address)))
}))
