// The portal from end to end, on real records: a fresh profile, a ServiceNow export and real terms, an agreement that waits, read,
// accepted, downloaded, and all of it still there after the browser was closed.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { pdfReader, shared, timeout_ms, withPortal } from './support.mjs'

const tables = ['customer_account', 'customer_contact', 'ast_contract', 'sn_customerservice_case']
const exported = tables.map((table) => path.join(shared, 'data/servicenow', `${table}.json`))

const importFiles = async (page, files) => {
  await page.getByLabel('Import file').setInputFiles(files)
  await page.getByRole('heading', { name: 'What will change' }).waitFor()
}

const actAs = async (page, name, email) => {
  await page.getByRole('button', { name: /^Acting as / }).click()
  const dialog = page.getByRole('dialog', { name: 'Acting as' })
  await dialog.getByRole('searchbox', { name: 'Find a person' }).fill(email)
  await dialog.getByRole('button', { name, exact: true }).click()
  await page.getByRole('button', { name: `Acting as ${name}`, exact: true }).waitFor()
}

// The records are of 2026, so the story is told then: an agreement Under Review whose deadline is still ahead.
const today = new Date('2026-11-20T10:00:00Z')
const number = 'CNTR0010322'
const person = 'Chidi Smith-Jones'
const email = 'contact140.0@vale.example'

test('a newcomer imports records and terms, accepts an agreement, and finds everything again', { timeout: 3 * timeout_ms }, withPortal(async (world) => {
  const { open } = world
  let { page } = world
  await page.clock.setFixedTime(today)
  await open('#/')
  await page.getByRole('heading', { level: 1, name: 'Connection Agreements' }).waitFor()
  await page.getByRole('main').getByRole('link', { name: 'Import records' }).click()
  await page.getByRole('heading', { level: 1, name: 'Data in this browser' }).waitFor()

  await importFiles(page, exported)
  await page.getByRole('button', { name: /^Import \d[\d,]* records$/ }).click()
  await page.getByText(/^Imported/).first().waitFor()

  await open('#/agreements?state=all')
  await page.getByRole('status').filter({ hasText: '340 of 340 agreements' }).waitFor()
  await open('#/agreements')
  for (const filter of ['State: Active', 'State: Draft, Under Review']) await page.getByRole('button', { name: `Remove filter: ${filter}` }).waitFor()
  await page.getByLabel('Filter agreements').fill(number)
  await page.getByRole('status').filter({ hasText: '1 of 340 agreements' }).waitFor()
  assert.match(page.url(), new RegExp(`q=${number}`))

  await actAs(page, person, email)
  await open(`#/agreements/${number}`)
  await page.getByRole('heading', { level: 1, name: number }).waitFor()
  assert.equal(await page.title(), `${number} – Connection Agreements`)
  await page.getByText(/^Day \d+ of 90$/).first().waitFor()
  const accept = page.getByRole('button', { name: 'Accept agreement' })
  await accept.click()
  await page.getByRole('alert').getByRole('heading', { name: 'There is a problem' }).waitFor()
  assert.match(await page.title(), /^Error: /)
  await page.getByLabel('I have read and understood the terms and conditions').check()
  await accept.click()
  await page.getByText('Agreement accepted').first().waitFor()
  await page.getByRole('definition').filter({ hasText: /^Active$/ }).first().waitFor()

  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download PDF' }).click()
  const download = await downloading
  assert.equal(download.suggestedFilename(), `${number}.pdf`)
  const bytes = await readFile(await download.path())
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await page.getByRole('table', { name: 'Attachments' }).getByText(sha256).waitFor()
  const { getDocument } = await pdfReader()
  const pdf = await getDocument({ data: new Uint8Array(bytes) }).promise
  const first = (await (await pdf.getPage(1)).getTextContent()).items.map((item) => item.str).join(' ')
  assert.match(first, new RegExp(number))
  assert.match(first, /Accepted via Portal/)

  ;({ page } = await world.restart())
  await page.clock.setFixedTime(today)
  await open(`#/agreements/${number}`, page)
  await page.getByRole('definition').filter({ hasText: /^Active$/ }).first().waitFor()
  await page.getByRole('definition').filter({ hasText: person }).first().waitFor()
  await page.getByRole('table', { name: 'Attachments' }).getByText(sha256).waitFor()
}))

test('a broken file changes nothing, and says what is wrong', { timeout: timeout_ms }, withPortal(async ({ page, open }) => {
  await open('#/data')
  const whole = await readFile(exported[2])
  await page.getByLabel('Import file').setInputFiles({ name: 'ast_contract.json', mimeType: 'application/json', buffer: whole.subarray(0, whole.length / 2) })
  await page.getByRole('alert').getByRole('heading', { name: 'There is a problem' }).waitFor()
  await open('#/agreements?state=all')
  await page.getByRole('status').filter({ hasText: '0 of 0 agreements' }).waitFor()
}))

test('terms are shown as text, with a contents list', { timeout: timeout_ms }, withPortal(async ({ page, open }) => {
  await open('#/')
  await page.getByRole('button', { name: 'Start with sample data' }).click()
  await page.getByRole('heading', { name: /^(Under review|Waiting for you)$/ }).waitFor()
  await page.getByRole('table', { name: 'Agreements under review' }).getByRole('link').first().click()
  await page.getByRole('heading', { level: 2, name: 'Terms and conditions' }).waitFor()
  const contents = page.getByRole('navigation', { name: 'Contents of the terms' })
  assert.ok((await contents.getByRole('link').count()) > 5)
  assert.equal(await page.locator('main script').count(), 0)
}))

test('no frame is drawn in ten seconds when nothing asked for one', { timeout: timeout_ms }, withPortal(async ({ page, open }) => {
  await open('#/agreements')
  await page.waitForTimeout(1500)
  const before = await page.evaluate(() => window.portal.frames)
  await page.waitForTimeout(10_000)
  assert.equal(await page.evaluate(() => window.portal.frames), before)
}))

test('deep links, Back and Forward, and the title follow', { timeout: timeout_ms }, withPortal(async ({ page, open }) => {
  await open('#/help')
  assert.equal(await page.title(), 'Help – Connection Agreements')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'My cases' }).click()
  await page.getByRole('heading', { level: 1, name: 'My cases' }).waitFor()
  assert.equal(await page.title(), 'My cases – Connection Agreements')
  await page.goBack()
  await page.getByRole('heading', { level: 1, name: 'Help' }).waitFor()
  await page.goForward()
  await page.getByRole('heading', { level: 1, name: 'My cases' }).waitFor()
  await open('#/nowhere/at/all')
  await page.getByRole('heading', { level: 1, name: 'Page not found' }).waitFor()
}))
