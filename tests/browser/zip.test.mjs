// Many agreements as one ZIP, in a browser: what is downloaded is read by unzip and sha256sum, which share no code with the portal.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { accessibilityFindings, timeout_ms, withPortal } from './support.mjs'

const run = promisify(execFile)

async function fill(page, open) {
  await open('#/')
  await page.getByRole('button', { name: 'Start with sample data' }).click()
  await page.getByRole('button', { name: 'Start with sample data' }).waitFor({ state: 'detached' })
  await open('#/agreements?state=all')
  await page.getByRole('checkbox', { name: 'Choose CNTR0000001' }).waitFor()
}

const download = (page) => page.getByRole('button', { name: 'Download as ZIP' })

test('a ZIP of several, chosen by mouse and keyboard, holds what its hashes say and is recorded', { timeout: timeout_ms }, withPortal(async ({ page, open }) => {
  await fill(page, open)
  const first = page.getByRole('checkbox', { name: 'Choose CNTR0000001' })
  await first.click()
  await page.getByRole('status').filter({ hasText: '1 chosen' }).waitFor()
  const ninth = page.getByRole('checkbox', { name: 'Choose CNTR0000009' })
  await ninth.focus()
  await page.keyboard.press('Space')
  await page.getByRole('status').filter({ hasText: '2 chosen' }).waitFor()
  assert.ok(await first.isChecked())
  assert.ok(await ninth.isChecked())

  const folder = await mkdtemp(path.join(os.tmpdir(), 'portal-zip-'))
  try {
    const [file] = await Promise.all([page.waitForEvent('download', { timeout: 90_000 }), download(page).click()])
    assert.match(file.suggestedFilename(), /^agreements-\d{4}-\d\d-\d\d\.zip$/)
    const zip = path.join(folder, 'agreements.zip')
    await file.saveAs(zip)
    assert.match((await run('unzip', ['-t', zip])).stdout, /No errors detected/)
    const inside = path.join(folder, 'inside')
    await run('unzip', ['-q', zip, '-d', inside])
    assert.deepEqual((await readdir(inside)).sort(), ['CNTR0000001.pdf', 'CNTR0000009.pdf', 'SHA256SUMS.txt', 'manifest.csv'])
    const { stdout } = await run('sha256sum', ['--strict', '-c', 'SHA256SUMS.txt'], { cwd: inside })
    assert.equal(stdout, 'CNTR0000001.pdf: OK\nCNTR0000009.pdf: OK\n')

    const pdf = await readFile(path.join(inside, 'CNTR0000009.pdf'))
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
    const hash = createHash('sha256').update(pdf).digest('hex')
    const manifest = await readFile(path.join(inside, 'manifest.csv'), 'utf8')
    assert.ok(manifest.includes(`"CNTR0000009.pdf",`) && manifest.includes(`,"${pdf.length}","${hash}",""`), manifest)
    await page.getByRole('status').filter({ hasText: /\.zip was downloaded: 2 agreements/ }).waitFor()

    await open('#/agreements/CNTR0000009')
    await page.getByRole('table', { name: 'Attachments' }).getByText(hash).waitFor()
  } finally {
    await rm(folder, { recursive: true })
  }
}))

test('a ZIP on its way stays while other pages are shown, and can be cancelled', { timeout: timeout_ms }, withPortal({ serviceWorkers: 'block' }, async ({ page, open }) => {
  const downloads = []
  page.on('download', (file) => downloads.push(file))
  await fill(page, open)
  // The typefaces of the first PDF are held back, so that it is on its way as long as this test wants.
  let release
  const released = new Promise((resolve) => (release = resolve))
  await page.route('**/fonts/**', async (route) => {
    await released
    await route.continue()
  })
  await page.getByRole('button', { name: 'Export' }).click()
  await download(page).click()
  await page.getByRole('progressbar', { name: /^Making CNTR0000001\.pdf – 1 of \d+$/ }).waitFor()
  assert.deepEqual(await accessibilityFindings(page), [])
  await page.getByRole('searchbox', { name: 'Filter agreements' }).fill('larkfield')
  await page.getByRole('status').filter({ hasText: /^\d+ of \d+ agreements$/ }).waitFor()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'My cases' }).click()
  await page.getByRole('main').getByText(/A ZIP of agreements is being made: 0 of \d+\./).waitFor()
  await page.getByRole('main').getByRole('link', { name: 'My Connection Agreements' }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('status').filter({ hasText: 'Cancelled: nothing was downloaded.' }).waitFor()
  await page.waitForFunction(() => document.activeElement?.textContent === 'Download as ZIP')
  release()
  await page.waitForTimeout(1000)
  assert.deepEqual(downloads, [])
}))
