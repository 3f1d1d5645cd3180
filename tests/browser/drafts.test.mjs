// What was typed and not sent, where only a browser can lose it: a page that is read again, a tab that is closed, an update of the portal.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shown, timeout_ms, withPortal } from './support.mjs'

const words = 'What does clause 1.1 mean for us?\nAnd clause 1.2?'
const sample = async (page, open) => {
  await open('#/')
  await page.getByRole('button', { name: 'Start with sample data' }).click()
  await page.getByRole('button', { name: 'Start with sample data' }).waitFor({ state: 'detached' })
}
const message = (page) => page.getByRole('textbox', { name: 'Message', exact: true })

test('what was typed is there after a reload, and after the tab was closed', { timeout: timeout_ms }, withPortal(async ({ context, page, open }) => {
  await sample(page, open)
  await open('#/cases/CS0000009')
  await message(page).fill(words)
  await page.reload()
  await shown(page)
  assert.equal(await message(page).inputValue(), words)
  await page.getByText('is still here').first().waitFor()
  const second = await context.newPage()
  await page.close()
  await open('#/cases/CS0000009', second)
  assert.equal(await message(second).inputValue(), words)
  await second.getByRole('button', { name: 'Throw away what I typed' }).click()
  await second.waitForFunction(() => document.querySelector('main textarea').value === '')
  await second.reload()
  await shown(second)
  assert.equal(await message(second).inputValue(), '')
}))

test('a link and Back keep what was typed, and sending it ends the draft', { timeout: timeout_ms }, withPortal(async ({ page, open }) => {
  await sample(page, open)
  await open('#/cases/CS0000009')
  await message(page).fill(words)
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'My cases' }).click()
  await page.getByRole('heading', { level: 1, name: 'My cases' }).waitFor()
  await page.goBack()
  await page.getByRole('heading', { level: 1, name: 'CS0000009' }).waitFor()
  assert.equal(await message(page).inputValue(), words)
  await page.getByRole('button', { name: 'Add work note' }).click()
  await page.getByRole('log', { name: 'Activity' }).getByText('And clause 1.2?').first().waitFor()
  await page.reload()
  await shown(page)
  assert.equal(await message(page).inputValue(), '')
}))
