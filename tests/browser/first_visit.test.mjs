// What a first visit moves to a usable start page, in bytes as they are sent, held by a budget a file: tests/browser/first_visit.json.
// More than 2 % over it fails; less than that is kept by writing the budget anew:
//
//   CA_RENEW_BUDGET=1 node --test tests/browser/first_visit.test.mjs
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { project, withPortal } from './support.mjs'

const budget_file = path.join(project, 'tests/browser/first_visit.json')
const over_max = 1.02

test(
  'a first visit moves no more than its budget',
  withPortal({ serviceWorkers: 'block' }, async ({ page, open }) => {
    const sent = {}
    page.on('response', (response) => {
      const name = new URL(response.url()).pathname.slice(1) || 'index.html'
      if (/^(icon\.svg|manifest\.webmanifest)$/.test(name)) return // what a browser's own frame asks for, when it likes
      sent[name] = Number(response.headers()['content-length'] ?? 0)
    })
    await open('#/')
    await page.waitForLoadState('networkidle')
    const names = Object.keys(sent).sort()
    const all = Object.values(sent).reduce((sum, bytes) => sum + bytes, 0)
    if (process.env.CA_RENEW_BUDGET) {
      await writeFile(budget_file, JSON.stringify({ all, files: Object.fromEntries(names.map((name) => [name, sent[name]])) }, null, 2) + '\n')
      return
    }
    const budget = JSON.parse(await readFile(budget_file, 'utf8'))
    assert.deepEqual(names, Object.keys(budget.files).sort(), 'other files are fetched than the budget names')
    for (const name of names) assert.ok(sent[name] <= budget.files[name] * over_max, `${name}: ${sent[name]} bytes, of ${budget.files[name]}`)
    assert.ok(all <= budget.all * over_max, `${all} bytes in all, of ${budget.all}`)
  }),
)
