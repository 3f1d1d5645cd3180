// What people see, and what becomes of their records, when the browser's storage fails under the portal: no room, all of it gone, bytes
// that rotted, a newer version's records, a private window. What the store itself promises is tested without the portal (store.test.mjs,
// killed.test.mjs) and at every step (tests/journal).
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { goTo, project, shown, timeout_ms, useHtml, withPortal } from './support.mjs'
import { actAs } from './visit.mjs'

// Without a service worker, which would answer for the vault's address.
const options = { serviceWorkers: 'block', view: 'html' }

const sample = async (page, open) => {
  await open('#/')
  await page.getByRole('button', { name: 'Start with sample data' }).click()
  await page.getByRole('button', { name: 'Start with sample data' }).waitFor({ state: 'detached' })
}
const note = (page) => page.getByRole('textbox', { name: 'Message', exact: true })
const activity = (page, words) => page.getByRole('log', { name: 'Activity' }).getByText(words, { exact: true })
const addNote = async (page, words) => {
  await note(page).fill(words)
  await page.getByRole('button', { name: 'Add work note' }).click()
}
const hasHeading = (page, name) => page.getByRole('heading', { name, exact: true }).waitFor()

// A tab of the same site without the portal in it, which reads and changes what the browser keeps.
const openVault = async (context, url) => {
  const tab = await context.newPage()
  await tab.route(`${url}vault`, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><link rel="icon" href="data:,">' }))
  await tab.goto(`${url}vault`)
  await tab.evaluate(() => {
    const inStore = (mode, body) =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('/workspace')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('FILE_DATA', mode)
          const result = body(transaction.objectStore('FILE_DATA'))
          transaction.oncomplete = () => (opening.result.close(), resolve(result))
          transaction.onabort = () => (opening.result.close(), reject(transaction.error))
        }
      })
    globalThis.vault = {
      read: () =>
        inStore('readonly', (store) => {
          const files = {}
          store.openCursor().onsuccess = ({ target: { result: at } }) => {
            if (!at) return
            if (at.value.contents) files[at.key.replace('/workspace/', '')] = String.fromCharCode(...at.value.contents)
            at.continue()
          }
          return files
        }),
      // `like`: a file that lies there, whose mode the new one takes.
      write: (name, bytes, like = name) =>
        inStore('readwrite', (store) => {
          store.get(`/workspace/${like}`).onsuccess = ({ target: { result } }) =>
            store.put({ ...result, timestamp: new Date(), contents: Uint8Array.from(bytes, (letter) => letter.charCodeAt(0)) }, `/workspace/${name}`)
        }),
      erase: () =>
        new Promise((resolve, reject) => {
          const erasing = indexedDB.deleteDatabase('/workspace')
          erasing.onsuccess = () => resolve()
          erasing.onerror = () => reject(erasing.error)
        }),
    }
  })
  return {
    // File names to contents, a letter a byte.
    read: () => tab.evaluate(() => vault.read()),
    write: (name, bytes, like) => tab.evaluate((words) => vault.write(...words), [name, bytes, like]),
    erase: () => tab.evaluate(() => vault.erase()),
  }
}
const segments = (files) => Object.keys(files).filter((name) => name.startsWith('segments/')).sort()

// The events in them, however they lie in files (some or many in one, deflated or not): the backup that portal-cli makes of them.
const events = async (files) => {
  const copy = await mkdtemp(path.join(os.tmpdir(), 'portal-kept-'))
  try {
    for (const [name, contents] of Object.entries(files)) {
      const file = path.join(copy, 'workspace', name)
      await mkdir(path.dirname(file), { recursive: true })
      await writeFile(file, contents, 'latin1')
    }
    const backup = path.join(copy, 'backup.json')
    await promisify(execFile)(path.join(project, 'build/asan/portal-cli'), ['export', '--workspace', path.join(copy, 'workspace'), '--backup', backup])
    return await readFile(backup, 'utf8')
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}

test('where there is no room for a change the page says so, asks before it is left, and saves it once there is', { timeout: timeout_ms }, withPortal(options, async (world) => {
  const { open, url } = world
  await sample(world.page, open)
  await open('#/cases/CS0000009')
  await addNote(world.page, 'There was room for this.')
  await activity(world.page, 'There was room for this.').waitFor()
  // A running Chromium goes on for half a minute with the room that it last found; a fresh one looks.
  const { context, page } = await world.restart()
  await open('#/cases/CS0000009')
  const browser = await context.newCDPSession(page)
  const { origin } = new URL(url)
  await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })

  await addNote(page, 'There is no room for this.')
  await page.getByText(/There is no room left in the storage/).first().waitFor()
  assert.equal(await activity(page, 'There is no room for this.').count(), 0, 'what is not saved is not shown as if it were')
  assert.equal(await note(page).inputValue(), 'There is no room for this.')

  // Leaving asks, and whoever stays has lost nothing.
  const asked = page.waitForEvent('dialog')
  await page.close({ runBeforeUnload: true })
  const question = await asked
  assert.equal(question.type(), 'beforeunload')
  await question.dismiss()
  assert.equal(await note(page).inputValue(), 'There is no room for this.')

  await browser.send('Storage.overrideQuotaForOrigin', { origin })
  await open('#/data')
  await page.getByRole('button', { name: 'Try to save again' }).click()
  await page.getByRole('button', { name: 'Try to save again' }).waitFor({ state: 'detached' })
  await open('#/cases/CS0000009')
  await activity(page, 'There is no room for this.').waitFor()
  await page.reload() // is not asked any more
  await shown(page)
  for (const words of ['There was room for this.', 'There is no room for this.']) assert.equal(await activity(page, words).count(), 1)
}))

test('a database that is deleted under an open page is said to be gone, and written back whole', { timeout: timeout_ms }, withPortal(options, async ({ context, page, open, url }) => {
  await sample(page, open)
  await open('#/cases/CS0000009')
  await addNote(page, 'Before all was gone.')
  await activity(page, 'Before all was gone.').waitFor()
  const vault = await openVault(context, url)
  const before = await events(await vault.read())
  const browser = await context.newCDPSession(page)
  const ways = {
    'deleted by hand': () => vault.erase(),
    'site data cleared': () => browser.send('Storage.clearDataForOrigin', { origin: new URL(url).origin, storageTypes: 'all' }),
  }
  for (const [way, lose] of Object.entries(ways)) {
    await lose()
    await hasHeading(page, 'What was kept on this device is gone')
    assert.equal(await activity(page, 'Before all was gone.').count(), 1, `${way}: the page holds on to it`)
    await page.getByRole('button', { name: 'Write it all back' }).click()
    await page.getByRole('heading', { name: 'What was kept on this device is gone' }).waitFor({ state: 'detached' })
    await hasHeading(page, 'Everything is kept again')
    assert.ok((await events(await vault.read())) === before, `${way}: not all of it was written back`)
  }
  await page.reload()
  await shown(page)
  await activity(page, 'Before all was gone.').waitFor()
}))

test('a changed byte is named, what is sound before it is in use, and the file is kept as it is', { timeout: timeout_ms }, withPortal(options, async ({ context, page, open, url }) => {
  await sample(page, open)
  await open('#/cases/CS0000009')
  await addNote(page, 'This is sound.')
  await activity(page, 'This is sound.').waitFor()
  await addNote(page, 'This will rot.')
  await activity(page, 'This will rot.').waitFor()
  const vault = await openVault(context, url)
  await page.goto('about:blank')
  const files = await vault.read()
  const name = segments(files).at(-1)
  const rotten = files[name].replace('This will rot.', 'This will rOt.')
  assert.notEqual(rotten, files[name])
  await vault.write(name, rotten)

  await goTo(page, `${url}#/cases/CS0000009`)
  const bad = Number(name.match(/(\d+)-/)[1])
  await page.getByText(new RegExp(`\\b[Ee]vent ${bad}\\b`)).first().waitFor()
  await activity(page, 'This is sound.').waitFor()
  assert.equal(await activity(page, /This will r/).count(), 0)
  await open('#/data')
  await page.getByRole('definition').filter({ hasText: `vent ${bad}` }).first().waitFor()
  assert.deepEqual(await vault.read(), { ...files, [name]: rotten }, 'looking changes nothing')

  await open('#/cases/CS0000009')
  await addNote(page, 'Written after it.')
  await activity(page, 'Written after it.').waitFor()
  const after = await vault.read()
  assert.ok(Object.entries(after).some(([file, bytes]) => file.startsWith('quarantine/') && bytes === rotten), 'the file that rotted is kept')
  for (const sound of segments(files).slice(0, -1)) assert.equal(after[sound], files[sound])
}))

test('records of a newer version are said to be that, and are not touched', { timeout: timeout_ms }, withPortal(options, async ({ context, page, open, url }) => {
  await sample(page, open)
  await open('#/cases/CS0000009')
  await addNote(page, 'In a file of its own.')
  await activity(page, 'In a file of its own.').waitFor()
  const vault = await openVault(context, url)
  await page.goto('about:blank')
  const files = await vault.read()
  const last = segments(files).at(-1)
  const line = files[last].trimEnd().split('\n').at(-1)
  const previous = last.match(/-(\w+)\.jsonl$/)[1] // the head after it, which its name says
  const body = line.slice(0, line.indexOf(',"previous"')).replace('"format":4', '"format":6').replace(/"id":"\w+"/, `"id":"${'f'.repeat(32)}"`)
  const hash = createHash('sha256').update(previous + body + '}', 'latin1').digest('hex')
  const number = String(Number(last.match(/-(\d+)-/)[1]) + 1).padStart(9, '0')
  await vault.write(`segments/${number}-${number}-${hash}.jsonl`, `${body},"previous":"${previous}","hash":"${hash}"}\n`, last)
  const kept = await vault.read()

  await goTo(page, `${url}#/cases/CS0000009`)
  await page.getByText(/written by a newer version of the portal/).first().waitFor()
  await addNote(page, 'Not written.')
  await page.getByRole('alert').getByText(/written by a newer version of the portal/).first().waitFor()
  assert.equal(await note(page).inputValue(), 'Not written.')
  assert.deepEqual(await vault.read(), kept)
}))

test('a change that waits for another tab says so, and is saved when that has ended', { timeout: timeout_ms }, withPortal(options, async ({ context, page, open, url }) => {
  await sample(page, open)
  const other = await context.newPage()
  await goTo(other, `${url}#/cases/CS0000009`)
  await other.bringToFront()
  // As an import would: it holds the journal's lock until its one commit is written.
  await page.evaluate(() => new Promise((held) => {
    navigator.locks.request('connection-agreements:/workspace', () => new Promise((end) => {
      globalThis.endTurn = end
      held()
    }))
  }))
  await addNote(other, 'From the second tab.')
  await other.getByRole('status').filter({ hasText: 'Another tab or window of this browser is saving' }).waitFor()
  await page.evaluate(() => globalThis.endTurn())
  await activity(other, 'From the second tab.').waitFor()
  await other.getByText('Another tab or window').waitFor({ state: 'detached' })
  await open('#/cases/CS0000009')
  await activity(page, 'From the second tab.').waitFor()
}))

test('what another tab has done leaves focus on the heading where its control has gone', { timeout: timeout_ms }, withPortal(options, async ({ context, page, open, url }) => {
  await sample(page, open)
  await actAs(page, 'Amina Yusuf')
  await open('#/agreements/CNTR0000015')
  const other = await context.newPage()
  await goTo(other, `${url}#/agreements/CNTR0000015`)
  await actAs(other, 'Amina Yusuf')
  const tick = (tab) => tab.getByLabel('I have read and understood the terms and conditions')
  await tick(other).check()
  await tick(page).check()
  await page.getByRole('button', { name: 'Accept agreement' }).click()
  await page.getByText('Agreement accepted').first().waitFor()
  await tick(other).waitFor({ state: 'detached' })
  assert.equal(await other.evaluate(() => document.activeElement.textContent), 'CNTR0000015')
}))

test('a private window works, says that it keeps nothing, and keeps nothing', { timeout: timeout_ms }, withPortal(options, async ({ context, url }) => {
  const browser = context.browser()
  const visit = async (body) => {
    const window = await browser.newContext()
    try {
      await useHtml(window)
      const page = await window.newPage()
      await goTo(page, `${url}#/`)
      await body(page)
    } finally {
      await window.close()
    }
  }
  await visit(async (page) => {
    await page.getByText(/private window/).first().waitFor()
    await page.getByRole('button', { name: 'Start with sample data' }).click()
    await page.getByRole('button', { name: 'Start with sample data' }).waitFor({ state: 'detached' })
    await goTo(page, `${url}#/cases/CS0000009`)
    await addNote(page, 'For this window only.')
    await activity(page, 'For this window only.').waitFor()
    await page.reload()
    await shown(page)
    assert.equal(await activity(page, 'For this window only.').count(), 1)
    await goTo(page, `${url}#/data`)
    await page.getByRole('definition').filter({ hasText: /private window/ }).first().waitFor()
  })
  await visit((page) => page.getByRole('button', { name: 'Start with sample data' }).waitFor())
}))
