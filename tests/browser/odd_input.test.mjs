// What comes in from outside and is not as it should be: files that cannot be read, halves of letters, NULs, controls that turn text
// round. It is said, or shown as what it is, and spoils nothing beside it.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { goTo, shown, timeout_ms, withPortal } from './support.mjs'

const sample = async (page, open) => {
  await open('#/')
  await page.getByRole('button', { name: 'Start with sample data' }).click()
  await page.getByRole('button', { name: 'Start with sample data' }).waitFor({ state: 'detached' })
}
// As a person drags it here from a folder's window.
const dropOn = async (context, page, target, file) => {
  const { x, y, width, height } = await target.boundingBox()
  const mouse = await context.newCDPSession(page)
  const drag = (type) => mouse.send('Input.dispatchDragEvent', { type, x: x + width / 2, y: y + height / 2, data: { items: [], files: [file], dragOperationsMask: 1 } })
  for (const type of ['dragEnter', 'dragOver', 'drop']) await drag(type)
}

test('a file that is gone, or is a folder, is said to be unreadable, and the next one is read', { timeout: timeout_ms }, withPortal({ view: 'html' }, async ({ context, page, open, errors }) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'portal-files-'))
  try {
    const file = path.join(folder, 'accounts.json')
    await writeFile(file, '{"result": []}')
    await mkdir(path.join(folder, 'a folder'))
    // Between being chosen and being read: the portal reads at once, so here that waits.
    await context.exposeFunction('take_away', () => rm(file))
    await page.addInitScript(() => {
      const read = Blob.prototype.arrayBuffer
      Blob.prototype.arrayBuffer = async function () {
        if (globalThis.takes_away) await take_away()
        return read.call(this)
      }
    })
    await open('#/data')
    const input = page.getByLabel('Import file')
    await page.evaluate(() => (globalThis.takes_away = true))
    await input.setInputFiles(file)
    await page.getByText('“accounts.json” cannot be read.').first().waitFor()
    await page.evaluate(() => (globalThis.takes_away = false))

    await dropOn(context, page, input, path.join(folder, 'a folder'))
    await page.getByText('“a folder” cannot be read.').first().waitFor()
    assert.equal(await page.getByText('“accounts.json” cannot be read.').count(), 0)

    await writeFile(file, '# Terms\n\n1. One.\n')
    await input.setInputFiles(file)
    await page.getByText(/cannot be read/).first().waitFor({ state: 'detached' })
    await page.getByText('accounts.json').first().waitFor()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}))

test('half of a letter becomes U+FFFD and a NUL cuts nothing off, typed, and in a name of a file', { timeout: timeout_ms }, withPortal({ view: 'html' }, async ({ page, open }) => {
  await sample(page, open)
  await open('#/cases/CS0000009')
  await page.getByRole('textbox', { name: 'Message', exact: true }).focus()
  await page.evaluate(() => document.execCommand('insertText', false, 'one \ud800 two \udc00 three'))
  await page.getByRole('button', { name: 'Add work note' }).click()
  const log = page.getByRole('log', { name: 'Activity' })
  await log.getByText('one \ufffd two \ufffd three', { exact: true }).waitFor()
  // A browser's own typing may drop a NUL; a script that fills the field does not.
  await page.getByRole('textbox', { name: 'Message', exact: true }).evaluate((field) => {
    field.value = 'before\0after'
    field.dispatchEvent(new InputEvent('input', { bubbles: true }))
  })
  await page.getByRole('button', { name: 'Add work note' }).click()
  await log.getByText(/^before.*after$/).waitFor()
  await page.reload()
  await shown(page)
  for (const words of ['one \ufffd two \ufffd three', /^before.*after$/]) assert.equal(await log.getByText(words, { exact: true }).count(), 1)

  await open('#/data')
  await page.evaluate(() => {
    const data = new DataTransfer()
    data.items.add(new File(['no records'], 'half \ud800 of it\0 all.json'))
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
  })
  await page.getByText(/half \ufffd of it.* all\.json/).first().waitFor()
}))

const turning = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/

test('no name in a record turns the window\u2019s title or the name of a file round', { timeout: timeout_ms }, withPortal({ view: 'html' }, async ({ page, open, url }) => {
  await sample(page, open)
  const name = 'Ltd \u202egnp.exe\u2066' // a record with U+0000 to U+001F in a name is refused
  const record = {
    sys_id: '00000000000000000000000000000001', number: 'ACCT0000001', name, u_ods_code: 'YZ001', registration_code: '01234501', u_public_healthcare: 'false',
    u_outside_uk: 'false', u_delivery_email: '', street: name, city: name, zip: 'LS1 1AA', country: name,
  }
  await open('#/data')
  await page.getByLabel('Import file').setInputFiles({ name: `${name}\u0007.json`, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify({ result: [record] })) })
  await page.getByRole('button', { name: /^Import \d+ records?$/ }).click()
  await page.getByText(/^Imported/).first().waitFor()
  await open('#/team/products')
  await page.getByRole('main').getByLabel('Id', { exact: true }).fill(`id\u202e`)
  await page.getByRole('main').getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: 'Register API product' }).click()
  await page.getByRole('main').getByText('U+202E').first().waitFor()

  const given = async (button) => {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button, exact: true }).first().click()])
    return file.suggestedFilename()
  }
  const names = []
  for (const place of ['#/team/accounts', '#/team/products', '#/team/agreements', '#/data', `#/agreements/${encodeURIComponent(`${name}\0\u0007`)}`, `#/search?q=${encodeURIComponent(name)}`]) {
    await goTo(page, url + place)
    names.push(await page.title())
  }
  await open('#/data')
  for (const button of ['Export backup', 'Export CSV', 'Export XLSX']) names.push(await given(button))
  await open('#/team/terms')
  await page.getByRole('main').getByLabel('Version', { exact: true }).fill('9.0\u202e')
  names.push(await page.title())
  for (const each of names) assert.doesNotMatch(each, turning)
  assert.ok(names.length === 10 && names.every(Boolean))
}))
