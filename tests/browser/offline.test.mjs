// One whole version of the site at a time: it opens without a network, and a new version waits until somebody asks for it.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { startServer } from '../../scripts/server.mjs'
import { goTo, makeProfile, openBrowser, shown, site } from './support.mjs'

const activated = (page) =>
  page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready
    if (active.state !== 'activated') await new Promise((done) => active.addEventListener('statechange', () => active.state === 'activated' && done()))
  })

// A site of one's own, to be changed while pages are open.
const withSite = (body) => async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'portal-site-'))
  await cp(site, folder, { recursive: true })
  let server = await startServer({ root: folder })
  const profile = await makeProfile()
  const context = await openBrowser(profile)
  const page = context.pages()[0]
  try {
    await page.goto(server.url)
    await shown(page)
    await activated(page)
    await body({ page, context, folder, url: server.url, stop: () => server.close() })
  } finally {
    await context.close()
    await server.close().catch(() => {})
    await Promise.all([folder, profile].map((it) => rm(it, { recursive: true, force: true, maxRetries: 3 })))
  }
}

const marked = (page) => page.evaluate(() => document.querySelector('meta[name="description"]').content)

// Publishes another index.html, listed in the service worker as a build would.
const publish = async (folder, words, { honest = true } = {}) => {
  const index = path.join(folder, 'index.html')
  const before = await readFile(index)
  const after = Buffer.from(before.toString().replace(/(name="description" content=")[^"]*/, `$1${words}`))
  const hash = (bytes) => createHash('sha256').update(bytes).digest('hex')
  const worker = path.join(folder, 'sw.js')
  const script = (await readFile(worker, 'utf8')).replace(hash(before), hash(after)).replace(/version:"[^"]*"/, `version:"${words.replaceAll(' ', '-')}"`)
  if (honest) await writeFile(index, after)
  await writeFile(worker, script)
}

const look = (page) => page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update().then(() => undefined, String))

test('without a network the portal opens as it was', withSite(async ({ page, url, stop }) => {
  await stop()
  await page.goto('about:blank')
  await page.goto(`${url}#/help`)
  await shown(page)
  await page.getByRole('heading', { level: 1, name: 'Help' }).waitFor()
}))

for (const visit of ['first', 'second']) {
  test(`without a network a PDF is made that nobody asked for before, on the ${visit} visit`, withSite(async ({ page, stop }) => {
    if (visit === 'second') {
      await page.reload()
      await shown(page)
    }
    await page.getByRole('button', { name: 'Start with sample data' }).click()
    await page.getByRole('button', { name: 'Start with sample data' }).waitFor({ state: 'detached' })
    await stop()
    await page.evaluate(() => (location.hash = '#/agreements/CNTR0000001'))
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download PDF' }).click()
    const bytes = await readFile(await (await downloading).path())
    assert.equal(bytes.subarray(0, 5).toString(), '%PDF-')
  }))
}

test('a new version waits until somebody asks for it, and then every tab has it', withSite(async ({ page, context, folder, url }) => {
  await page.reload() // so that the worker is in charge
  await shown(page)
  const second = await context.newPage()
  await second.goto(`${url}#/help`)
  await shown(second)
  await publish(folder, 'the second version')
  await look(page)
  const reload = page.getByRole('button', { name: 'Reload' })
  await reload.waitFor()
  await second.reload()
  assert.notEqual(await marked(second), 'the second version', 'not before it was asked for')
  await shown(second)
  await reload.click()
  for (const tab of [page, second]) await tab.waitForFunction(() => document.querySelector('meta[name="description"]')?.content === 'the second version')
  await shown(second)
}))

test('a new version leaves a half-filled form alone, and brings what was typed back when it is taken', withSite(async ({ page, context, folder, url }) => {
  await page.reload() // so that the worker is in charge
  await shown(page)
  await page.getByRole('button', { name: 'Start with sample data' }).click()
  await page.getByRole('button', { name: 'Start with sample data' }).waitFor({ state: 'detached' })
  await goTo(page, `${url}#/cases/CS0000009`)
  const message = page.getByRole('textbox', { name: 'Message', exact: true })
  await message.fill('Half of what I meant to')
  const other = await context.newPage()
  await other.goto(`${url}#/help`)
  await shown(other)
  await page.evaluate(() => (window.is_the_same_document = true))
  await publish(folder, 'the second version')
  await look(other)
  const reload = other.getByRole('button', { name: 'Reload' })
  await reload.waitFor()
  await page.getByRole('button', { name: 'Reload' }).waitFor() // offered here too, and not taken
  assert.equal(await page.evaluate(() => window.is_the_same_document), true)
  assert.equal(await message.inputValue(), 'Half of what I meant to')
  await reload.click()
  await page.waitForFunction(() => document.querySelector('meta[name="description"]')?.content === 'the second version')
  await shown(page)
  assert.equal(await message.inputValue(), 'Half of what I meant to')
  await page.getByText('is still here').first().waitFor()
}))

test('a version of which one file is not the listed one is not taken', withSite(async ({ page, folder }) => {
  await page.reload()
  await shown(page)
  await publish(folder, 'half a version', { honest: false })
  await look(page)
  await page.waitForFunction(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    return registration.installing === null
  })
  assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).waiting), null)
  assert.equal(await page.getByRole('button', { name: 'Reload' }).count(), 0)
}))
