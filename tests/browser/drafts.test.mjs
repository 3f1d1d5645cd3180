// What was typed and not sent, where only a browser can lose it: a page that is read again, a tab that is closed, an update of the portal.
import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { test } from 'node:test'
import { startServer } from '../../scripts/server.mjs'
import { goTo, makeProfile, openBrowserToKill, shown, site, timeout_ms, withPortal } from './support.mjs'

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

// What the database beside localStorage has: the texts of drafts, "" for one that was taken away.
const inDatabase = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('connection-agreements.drafts')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const all = opening.result.transaction('drafts').objectStore('drafts').getAll()
          all.onsuccess = () => {
            opening.result.close()
            resolve(all.result.map(({ text }) => text))
          }
        }
      }),
  )
const until = async (page, holds) => {
  while (!holds(await inDatabase(page))) await page.waitForTimeout(20)
}

test('a browser that is killed keeps what was typed, and forgets what was sent', { timeout: timeout_ms }, async () => {
  const server = await startServer({ root: site })
  const profile = await makeProfile()
  let browser = null
  try {
    const begin = async () => {
      browser = await openBrowserToKill(profile)
      const page = await browser.context.newPage()
      await goTo(page, `${server.url}#/cases/CS0000009`)
      return page
    }
    let page = await begin()
    await goTo(page, `${server.url}#/`)
    await sample(page, (address) => goTo(page, server.url + address))
    await goTo(page, `${server.url}#/cases/CS0000009`)
    // Steady typing, which the browser writes down ever later in localStorage.
    for (let letters = 8; letters < words.length + 8; letters += 8) await message(page).fill(words.slice(0, letters))
    await until(page, (texts) => texts.some((text) => text.includes('And clause 1.2?')))
    await browser.kill()

    page = await begin()
    assert.equal(await message(page).inputValue(), words)
    await page.getByText('is still here').first().waitFor()
    await page.getByRole('button', { name: 'Add work note' }).click()
    await page.getByRole('log', { name: 'Activity' }).getByText('And clause 1.2?').first().waitFor()
    await until(page, (texts) => texts.every((text) => text === ''))
    await browser.kill()

    page = await begin()
    assert.equal(await message(page).inputValue(), '')
    await page.getByRole('log', { name: 'Activity' }).getByText('And clause 1.2?').first().waitFor()
  } finally {
    await browser?.kill().catch(() => {})
    await server.close()
    await rm(profile, { recursive: true, force: true, maxRetries: 3 })
  }
})
