// A downloaded agreement proves itself in the browser that made it, and in one that knows nothing of it.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { accessibilityFindings, timeout_ms, withPortal } from './support.mjs'

async function download(page, press) {
  const downloading = page.waitForEvent('download')
  await press()
  return readFile(await (await downloading).path())
}

async function check(page, name, buffer) {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/pdf', buffer })
  const status = page.getByRole('status').filter({ hasText: `${name}: ` })
  await status.waitFor()
  return status.textContent()
}

test('a download is exact, and a changed byte, a cut or a foreign file is told', { timeout: timeout_ms }, withPortal(async ({ t, page, open }) => {
  await open('#/')
  await page.getByRole('button', { name: 'Start with sample data' }).click()
  await open('#/agreements/CNTR0000001')
  const agreement = await download(page, () => page.getByRole('button', { name: 'Download PDF' }).click())
  await open('#/policies/acceptable-use')
  const policy = await download(page, () => page.getByRole('button', { name: 'Download PDF' }).click())
  assert.equal(policy.subarray(0, 5).toString('latin1'), '%PDF-')

  await open('#/verify')
  assert.equal(await check(page, 'mine.pdf', agreement), 'mine.pdf: This is the agreement as issued.')
  const answer = page.getByRole('main')
  assert.match(await answer.textContent(), /This file is exactly what the portal issued for CNTR0000001 on /)
  assert.match(await answer.textContent(), /All \d+ events in the file stand in this browser’s journal/)
  assert.match(await answer.textContent(), /Exactly this file was downloaded by /)
  await page.getByRole('link', { name: 'CNTR0000001' }).waitFor()
  assert.deepEqual(await accessibilityFindings(page), [])

  const changed = Buffer.from(agreement)
  changed[changed.length >> 1] ^= 1
  assert.match(await check(page, 'changed.pdf', changed), /^changed.pdf: This (is not the agreement as issued|file is not whole)\.$/)
  assert.equal(await check(page, 'longer.pdf', Buffer.concat([agreement, Buffer.from('\n%%EOF\n')])), 'longer.pdf: This is not the agreement as issued.')
  await page.getByRole('rowheader', { name: 'After its end' }).waitFor()
  assert.equal(await check(page, 'cut.pdf', agreement.subarray(0, agreement.length >> 1)), 'cut.pdf: This file is not whole.')
  assert.equal(await check(page, 'policy.pdf', policy), 'policy.pdf: This is not a document of the portal.')

  // Another browser, which holds nothing: the file alone is enough.
  await withPortal(async (other) => {
    await other.open('#/verify')
    assert.equal(await check(other.page, 'mine.pdf', agreement), 'mine.pdf: This is the agreement as issued.')
    assert.match(await other.page.getByRole('main').textContent(), /None of the \d+ events in the file stands in this browser’s journal/)
  })(t)
}))

test('where the part that checks is missing there are words, and nothing is said of the file', { timeout: timeout_ms }, withPortal({ serviceWorkers: 'block', allowErrors: true }, async ({ page, context, open }) => {
  await open('#/verify')
  await context.route('**/documents.wasm', (route) => route.abort())
  await page.locator('input[type=file]').setInputFiles({ name: 'letter.pdf', mimeType: 'application/pdf', buffer: Buffer.from('hello') })
  const alert = page.getByRole('alert').filter({ hasText: 'letter.pdf was not checked. The part of the portal that checks PDFs could not be loaded. Check the connection, then choose the file again.' })
  await alert.waitFor()
  assert.doesNotMatch(await page.getByRole('main').textContent(), /not a document of the portal/)
  await context.unroute('**/documents.wasm')
  assert.equal(await check(page, 'letter.pdf', Buffer.from('hello')), 'letter.pdf: This is not a document of the portal.')
  assert.equal(await alert.count(), 0)
}))
