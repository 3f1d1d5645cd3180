// The agreement team's side in a real browser: from creation to acceptance, an uplift with a query, an end in the future, and a
// window that closes while the browser is shut. Time is the page's own clock, set by the test.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { pdfReader, timeout_ms, withPortal } from './support.mjs'

const actAs = async (page, name) => {
  await page.getByRole('button', { name: /^Acting as / }).click()
  const dialog = page.getByRole('dialog', { name: 'Acting as' })
  await dialog.getByRole('searchbox', { name: 'Find a person' }).fill(name)
  await dialog.getByRole('button', { name, exact: true }).first().click()
  await page.getByRole('button', { name: `Acting as ${name}`, exact: true }).waitFor()
}
const sample = async (page, open) => {
  await open('#/')
  await page.getByRole('button', { name: 'Start with sample data' }).click()
  await page.getByRole('heading', { name: 'Under review' }).waitFor()
}
const state = (page, words) => page.getByRole('definition').filter({ hasText: new RegExp(`^${words}$`) }).first().waitFor()

test('create, issue, accept', { timeout: timeout_ms }, withPortal(async ({ page, open }) => {
  await sample(page, open)
  await open('#/team/agreements/create?request=REQ0000001')
  await page.getByRole('button', { name: 'Create agreement' }).click()
  await page.getByText('Agreement created').first().waitFor()
  const number = await page.getByRole('heading', { level: 1 }).innerText()
  assert.match(number, /^CNTR\d{7}$/)
  await page.getByRole('button', { name: 'Issue for review' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('definition').filter({ hasText: 'Jo Field (' }).first().waitFor()  // who is told, before it is done
  await page.getByRole('button', { name: 'Issue agreement' }).focus()
  await page.keyboard.press('Enter')
  await state(page, 'Under Review')
  await actAs(page, 'Jo Field')
  await page.getByLabel('I have read and understood the terms and conditions').check()
  await page.getByRole('button', { name: 'Accept agreement' }).click()
  await state(page, 'Active')
  await page.waitForFunction(() => document.activeElement.textContent === 'Agreement accepted')
  assert.equal(await page.evaluate(() => window.scrollY), 0, 'the confirmation is in sight')
}))

test('publish, pause, query, resolve, reset, automatic acceptance, and what its PDF says', { timeout: 2 * timeout_ms }, withPortal(async ({ page, open }) => {
  await page.clock.setFixedTime(new Date('2026-03-02T10:00:00Z'))
  await sample(page, open)
  await open('#/team/terms')
  await page.getByLabel('Version', { exact: true }).fill('6.2')
  await page.getByLabel('Title', { exact: true }).fill('Standard terms, version 6.2')
  await page.getByLabel('Standard terms', { exact: true }).fill('# Terms\n\n## 1. Definitions\n\n1.1 Words have their meaning.\n')
  await page.getByRole('button', { name: 'See what will change' }).click()
  await page.getByRole('heading', { name: 'What will change' }).waitFor()
  await page.getByRole('button', { name: 'Publish terms' }).click()
  await page.getByText('Terms published').first().waitFor()
  await open('#/agreements?q=larkfield&state=draft-under-review')
  const number = await page.getByRole('table', { name: 'Agreements' }).getByRole('link', { name: /^CNTR/ }).first().innerText()

  await open(`#/agreements/${number}`)
  await page.getByRole('button', { name: 'Pause review' }).click()
  await page.getByLabel('Reason').fill('A question is being answered.')
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await page.getByText('Under Review, paused').first().waitFor()

  await actAs(page, 'Jo Field')
  assert.equal(await page.getByLabel('I have read and understood the terms and conditions').count(), 0)
  await page.getByRole('button', { name: 'Raise a query' }).click()
  await page.getByLabel('Description').fill('What does clause 1.1 mean for us?')
  await page.getByRole('button', { name: 'Submit' }).click()
  await page.getByText('Query sent').first().waitFor()
  const query = (await page.getByText(/is on case|message is on case/).first().innerText()).match(/CS\d{7}/)[0]

  await actAs(page, 'Agreement team')
  await open(`#/cases/${query}`)
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill('It means what it says.')
  await page.getByRole('button', { name: 'Resolve' }).click()
  await state(page, 'Resolved')
  await open(`#/agreements/${number}`)
  await page.getByRole('button', { name: 'Reset review' }).click()
  await page.getByLabel('Reason').fill('The question is answered.')
  await page.getByRole('button', { name: 'Reset', exact: true }).click()
  await page.getByText('Draft, Under Review', { exact: true }).first().waitFor()  // saved: no longer paused

  await page.clock.setFixedTime(new Date('2026-04-02T10:00:00Z'))
  await page.reload()
  await open(`#/agreements/${number}`)
  await state(page, 'Active')
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download PDF' }).click()
  const bytes = await readFile(await (await downloading).path())
  const { getDocument } = await pdfReader()
  const pdf = await getDocument({ data: new Uint8Array(bytes) }).promise
  let words = ''
  for (let i = 1; i <= Math.min(3, pdf.numPages); i++) words += (await (await pdf.getPage(i)).getTextContent()).items.map((item) => item.str).join(' ')
  assert.match(words, /System Administrator \(Auto Accepted\)/)
}))

test('an end in the future is kept, and comes true', { timeout: timeout_ms }, withPortal(async ({ page, open }) => {
  await page.clock.setFixedTime(new Date('2026-03-02T10:00:00Z'))
  await sample(page, open)
  await open('#/agreements?q=kestrel&state=active')
  await page.getByRole('table', { name: 'Agreements' }).getByRole('link', { name: /^CNTR/ }).first().click()
  await page.getByRole('button', { name: 'Terminate', exact: true }).click()
  for (const [part, value] of [['Day', '31'], ['Month', '3'], ['Year', '2026']]) await page.getByRole('group', { name: 'End date' }).getByLabel(part).fill(value)
  await page.getByLabel('Reason').fill('No product of theirs connects any more.')
  await page.getByRole('button', { name: 'Terminate agreement' }).click()
  await page.getByText('31 March 2026').first().waitFor()
  await state(page, 'Active')
  const address = page.url().slice(page.url().indexOf('#'))
  await page.clock.setFixedTime(new Date('2026-03-31T22:59:59Z'))
  await page.reload()
  await open(address)
  await state(page, 'Active')
  await page.clock.setFixedTime(new Date('2026-03-31T23:00:01Z'))
  await page.reload()
  await open(address)
  await state(page, 'Expired')
}))

test('a window that closes while the browser is shut is found closed, at the right instant', { timeout: timeout_ms }, withPortal(async (world) => {
  await world.page.clock.setFixedTime(new Date('2026-03-02T10:00:00Z'))
  await sample(world.page, world.open)
  const { page } = await world.restart()
  await page.clock.setFixedTime(new Date('2026-06-01T10:00:00Z'))
  await world.open('#/agreements/CNTR0000008/history', page)
  await page.getByRole('table', { name: 'Record of events' }).getByRole('row').filter({ hasText: '4 March 2026 at midnight' }).first().waitFor()
}))
