// The three people of the portal, each with a keyboard alone, in both views: a supplier accepts, the agreement team creates and issues, the
// API product team asks for an agreement. After every key focus is where it can be seen (by_keyboard.mjs).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { byKeyboard } from './by_keyboard.mjs'
import { goTo, timeout_ms, withPortal } from './support.mjs'
import { sample_day, settled } from './visit.mjs'

const state = (page, words) => page.getByRole('definition').filter({ hasText: new RegExp(`^${words}$`) }).first().waitFor()

async function begin(page, url) {
  await page.clock.setFixedTime(sample_day)
  await goTo(page, `${url}#/`)
  await settled(page)
  const keys = byKeyboard(page)
  await keys.act('button', 'Start with sample data')
  await page.waitForFunction(() => document.activeElement.textContent === 'The sample data is here')
  return keys
}

async function becomes(page, keys, name) {
  await keys.to('button', /^Acting as /, 'Shift+Tab')
  await keys.press('Enter')
  await keys.write('searchbox', 'Find a person', name)
  await keys.act('button', name)
  await page.getByRole('button', { name: `Acting as ${name}`, exact: true }).waitFor()
}

for (const view of ['canvas', 'html']) {
  for (const viewport of [{ width: 1280, height: 600 }, ...(view === 'canvas' ? [{ width: 390, height: 844 }] : [])])
    test(`a supplier accepts by keyboard, ${view} view, ${viewport.width} px`, { timeout: timeout_ms }, withPortal({ view, viewport }, async ({ page, url }) => {
      const keys = await begin(page, url)
      await becomes(page, keys, 'Amina Yusuf')
      await keys.act('link', /^Review CNTR/)
      await page.getByRole('heading', { level: 1, name: 'CNTR0000015' }).waitFor()
      await keys.act('button', 'Go to acceptance')
      await keys.act('button', 'Accept agreement')
      await page.getByRole('alert').getByRole('heading', { name: 'There is a problem' }).waitFor()
      await keys.act('link', 'Confirm that you have read and understood the terms and conditions.')
      assert.equal(await page.evaluate(() => document.activeElement.type), 'checkbox', 'the line of the summary leads to its field')
      await keys.tick('I have read and understood the terms and conditions')
      await keys.act('button', 'Accept agreement')
      await state(page, 'Active')
      await page.waitForFunction(() => document.activeElement.textContent === 'Agreement accepted')
      await keys.press('Tab')
      await keys.act('link', 'Accessibility statement')
      await page.getByRole('heading', { level: 1, name: 'Accessibility statement' }).waitFor()
      await page.goBack()
      await settled(page)
      await keys.press('Tab')
    }))

  test(`the agreement team creates and issues by keyboard, ${view} view`, { timeout: timeout_ms }, withPortal({ view }, async ({ page, url }) => {
    const keys = await begin(page, url)
    await keys.to('link', 'NHS England teams', 'Shift+Tab')
    await keys.press('Enter')
    await keys.to('link', 'Requests', 'Shift+Tab')
    await keys.press('Enter')
    await keys.act('button', 'Create from request REQ0000001')
    await page.getByRole('heading', { level: 1, name: 'Create agreement' }).waitFor()
    await keys.act('button', 'Create agreement')
    await page.getByText('Agreement created').first().waitFor()
    const number = await page.getByRole('heading', { level: 1 }).innerText()
    await keys.act('button', 'Issue for review')
    await keys.act('button', 'Issue agreement')
    await state(page, 'Under Review')
    await keys.act('button', 'Withdraw')
    await keys.act('button', 'Do not change anything')
    assert.equal(await keys.focused(), 'Withdraw', 'focus goes back to what was pressed')
    assert.match(number, /^CNTR\d{7}$/)
  }))

  test(`the API product team asks for an agreement by keyboard, ${view} view`, { timeout: timeout_ms }, withPortal({ view }, async ({ page, url }) => {
    const keys = await begin(page, url)
    await becomes(page, keys, 'API product team')
    await keys.act('link', 'Agreement requests')
    await page.getByRole('heading', { level: 1, name: 'Agreement requests' }).waitFor()
    await keys.act('button', 'Send request')
    await page.getByRole('alert').getByRole('heading', { name: 'There is a problem' }).waitFor()
    await keys.act('link', 'Choose an account')
    await keys.choose('Account', 'Kestrel')
    await keys.tick('GP Connect')
    await keys.write('textbox', 'Note', 'They have passed conformance.')
    await keys.act('button', 'Send request')
    await page.getByRole('table', { name: 'Requests' }).getByRole('row').filter({ hasText: 'Kestrel Community Apps Ltd' }).first().waitFor()
    await keys.press('Tab')
  }))
}

test('a step after which focus is nowhere, or out of sight, is found', { timeout: timeout_ms }, withPortal({ view: 'html' }, async ({ page, url }) => {
  const keys = await begin(page, url)
  await keys.to('button', 'Use the drawn view')
  await page.evaluate(() => document.addEventListener('keydown', () => document.activeElement.blur(), { once: true, capture: true }))
  await assert.rejects(keys.press('Control'), /focus is on nothing/)
  await keys.press('Tab')
  await page.evaluate(() => document.addEventListener('keyup', () => document.activeElement.style.cssText = 'position: fixed; left: -300px', { once: true }))
  await assert.rejects(keys.press('Control'), /outside of the window/)
}))

test('of any test, a step after which focus is nowhere fails it', { timeout: timeout_ms }, withPortal({ view: 'html' }, async ({ page, url, lost }) => {
  await begin(page, url)
  await page.evaluate(() => document.addEventListener('click', () => document.activeElement.blur(), { once: true }))
  await page.getByRole('searchbox', { name: 'Search' }).click()
  assert.equal(lost.length, 1)
  assert.match(lost.pop(), /^after click on .*Search.* at #\/: focus is on nothing$/)
  await page.getByRole('searchbox', { name: 'Search' }).click()
  assert.deepEqual(lost, [])
}))
