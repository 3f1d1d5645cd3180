// The making of PDFs: its program and typefaces are loaded when first needed, in a worker, and what goes wrong there is said in words.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { pdfReader, shown, timeout_ms, withPortal } from './support.mjs'

// What the page itself has no use for: Noto Sans and IBM Plex are in PDFs alone.
const for_pdfs = /\/documents(_worker)?\.|\/NotoSans|\/IBMPlex/
const names = (requests) => requests.map((request) => new URL(request.url()).pathname.split('/').pop()).sort()

const openAgreement = async ({ page, open }) => {
  await open('#/')
  await page.getByRole('button', { name: 'Start with sample data' }).click()
  await page.getByRole('button', { name: 'Start with sample data' }).waitFor({ state: 'detached' })
  await open('#/agreements/CNTR0000001')
}

const press = (page) => page.getByRole('button', { name: 'Download PDF' }).click()

const printed = async (page) => {
  const downloading = page.waitForEvent('download')
  await press(page)
  return readFile(await (await downloading).path())
}

const pagesOf = async (bytes) => {
  const { getDocument } = await pdfReader()
  return (await getDocument({ data: new Uint8Array(bytes) }).promise).numPages
}

test('nothing that PDFs need is fetched before the first is asked for', { timeout: timeout_ms }, withPortal({ serviceWorkers: 'block' }, async (world) => {
  const { page, context } = world
  const requests = []
  context.on('request', (request) => for_pdfs.test(request.url()) && requests.push(request))
  await openAgreement(world)
  assert.deepEqual(names(requests), [])
  assert.equal(page.workers().length, 0)
  const bytes = await printed(page)
  assert.ok((await pagesOf(bytes)) > 3)
  const fetched = names(requests)
  for (const name of ['documents.js', 'documents.wasm', 'documents_worker.js', 'NotoSans-Regular.ttf']) assert.ok(fetched.includes(name), `${name} in ${fetched}`)

  const again = await printed(page)
  assert.deepEqual(names(requests), fetched, 'the second PDF needs nothing more')
  assert.ok(again.equals(bytes), 'the same record gives the same bytes')
}))

test('where a part of what makes PDFs is missing there are words, and the next try succeeds', { timeout: 2 * timeout_ms }, withPortal({ serviceWorkers: 'block', allowErrors: true }, async (world) => {
  const { page, context } = world
  await openAgreement(world)
  for (const missing of ['documents_worker.js', 'documents.js', 'documents.wasm', 'fonts/NotoSans-Regular.ttf']) {
    await page.reload()
    await shown(page)
    let asked = 0
    await context.route(`**/${missing}`, (route) => {
      asked++
      return route.abort()
    })
    await press(page)
    await page.getByText('The part of the portal that makes PDFs could not be loaded. Check the connection, then try again.').first().waitFor()
    assert.equal(asked, 1, missing)
    await context.unroute(`**/${missing}`)
    assert.ok((await pagesOf(await printed(page))) > 3, missing)
  }
}))
