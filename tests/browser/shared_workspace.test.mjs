// Two parties, one record, in real browsers: the agreement team in one, a supplier in another, a second supplier in a third, on a real
// broker with a real steward.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'

import { pause } from '../hub/person.mjs'
import { programs, withHub } from '../hub/support.mjs'
import { goTo, makeProfile, openBrowser, site, timeout_ms, useHtml } from './support.mjs'

let hub, folder
const people = {}
const open = await withHub()

async function begin(name, options = {}) {
  const profile = await makeProfile()
  const context = await openBrowser(profile, options)
  if (options.view === 'html') await useHtml(context)
  context.setDefaultTimeout(20_000)
  const page = context.pages()[0] ?? (await context.newPage())
  const errors = []
  page.on('pageerror', (error) => errors.push(String(error?.stack ?? error)))
  people[name] = { profile, context, page, errors, go: (address) => goTo(page, hub.site.url + address) }
  return people[name]
}

async function join({ page }, link, device) {
  await page.goto(link)
  await page.getByRole('heading', { level: 1, name: 'Join a shared workspace' }).waitFor()
  await page.getByLabel('Name of this browser').fill(device)
  await page.getByRole('button', { name: 'Join', exact: true }).click()
  await page
    .getByRole('link', { name: /in the shared workspace$/ })
    .waitFor()
    .catch(async (error) => {
      error.message += `\nThe page says: ${await page.getByRole('main').innerText()}`
      throw error
    })
}
const state = (page, words) => page.getByRole('definition').filter({ hasText: new RegExp(`^${words}$`) }).first().waitFor()

async function download(page, number) {
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download PDF' }).click()
  const file = path.join(folder, `${Math.random()}-${number}.pdf`)
  await (await downloading).saveAs(file)
  return file
}
const sha256 = async (file) => createHash('sha256').update(await readFile(file)).digest('hex')

const mailbox = () => path.join(folder, 'mailbox')
const startSteward = () => hub.startSteward('workspace', ['--sendmail', `cat >> '${mailbox()}'`])

before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'ca-shared-'))
  hub = await open({ root: site })
  const links = []
  for (const person of ['team:Priya Shah', 'contact:jo.field@larkfield.example', 'contact:meera.nair@tidewell.example'])
    links.push(await hub.invite(person))
  await writeFile(mailbox(), '')
  await startSteward()
  await Promise.all([begin('team'), begin('supplier', { view: 'html' }), begin('other', { view: 'html' })])
  await join(people.team, links[0], 'Desk')
  await join(people.supplier, links[1], 'Laptop')
  await join(people.other, links[2], 'Another laptop')
})
after(async () => {
  for (const { context, profile } of Object.values(people)) {
    await context.close().catch(() => {})
    await rm(profile, { recursive: true, force: true, maxRetries: 3 })
  }
  await hub?.close()
  await rm(folder, { recursive: true, force: true })
})

test('the story of an agreement, in two browsers', { timeout: 2 * timeout_ms }, async () => {
  const { team, supplier, other } = people
  await supplier.go('#/notifications')
  await team.go('#/team/agreements/create?request=REQ0000001')
  await team.page.getByRole('button', { name: 'Create agreement' }).click()
  await team.page.getByText('Agreement created').first().waitFor()
  const number = await team.page.getByRole('heading', { level: 1 }).innerText()
  await team.page.getByRole('button', { name: 'Issue for review' }).click()
  await team.page.getByRole('button', { name: 'Issue agreement' }).click()
  await state(team.page, 'Under Review')

  // It stands under Notifications, which the supplier had open, and in the list, with its terms.
  await supplier.page.getByText(number).first().waitFor()
  await supplier.go(`#/agreements/${number}`)
  await supplier.page.getByRole('button', { name: 'Accept agreement' }).waitFor()

  const case_link = supplier.page.getByRole('link', { name: /^CS\d{7}$/ }).first()
  const case_number = (await case_link.innerText()).trim()
  await supplier.go(`#/cases/${case_number}`)
  await supplier.page.getByLabel('Add a note').fill('Does this cover the test service too?')
  await supplier.page.getByRole('button', { name: 'Post note' }).click()
  await team.go(`#/cases/${case_number}`)
  await team.page.getByText('Does this cover the test service too?').first().waitFor()

  await supplier.go(`#/agreements/${number}`)
  await supplier.page.getByLabel('I have read and understood the terms and conditions').check()
  await supplier.page.getByRole('button', { name: 'Accept agreement' }).click()
  await state(supplier.page, 'Active')
  await team.go(`#/agreements/${number}`)
  await state(team.page, 'Active')

  const [ours, theirs] = [await download(team.page, number), await download(supplier.page, number)]
  assert.equal(await sha256(ours), await sha256(theirs), 'the same bytes')
  // Downloads are signed too, and stay out of the paper.
  await supplier.page.getByRole('table', { name: 'Attachments' }).getByRole('row').nth(2).waitFor()
  assert.equal(await sha256(await download(supplier.page, number)), await sha256(ours), 'the same bytes again')
  const cli = path.join(path.dirname(programs().steward), 'portal-cli')
  const verified = JSON.parse(execFileSync(cli, ['verify', ours], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  assert.equal(verified.verdict, 'exact')
  assert.ok(verified.signatures.some((each) => each.person === 'contact:jo.field@larkfield.example' && each.what.startsWith('Accepted by')), JSON.stringify(verified.signatures))
  await supplier.go('#/verify')
  await supplier.page.getByLabel('Agreement (PDF file)').setInputFiles(ours)
  await supplier.page.getByRole('table', { name: 'Signatures in it' }).getByText(/^Accepted by/).waitFor()

  await other.go(`#/agreements/${number}`)
  await other.page.getByRole('heading', { level: 1, name: 'Agreement not found' }).waitFor()
  const kept = await other.page.evaluate(async () => {
    const texts = []
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise((done) => (indexedDB.open(name).onsuccess = (event) => done(event.target.result)))
      for (const store of database.objectStoreNames) {
        const all = await new Promise((done) => (database.transaction(store).objectStore(store).getAll().onsuccess = (event) => done(event.target.result)))
        for (const one of all) texts.push(one?.contents ? new TextDecoder().decode(one.contents) : JSON.stringify(one))
      }
      database.close()
    }
    return texts.join('\n')
  })
  assert.ok(kept.includes('meera.nair@tidewell.example'), 'what is kept was read')
  for (const word of [number, 'YGA12', 'Larkfield', 'test service']) assert.ok(!kept.includes(word), word)
  for (const { errors } of Object.values(people)) assert.deepEqual(errors, [])
})

test('without a broker what is done waits, says so, survives a reload, and is recorded when the broker is back', { timeout: 2 * timeout_ms }, async () => {
  const { supplier, team } = people
  await supplier.go('#/cases')
  await supplier.page.getByRole('link', { name: /^CS\d{7}$/ }).first().click()
  await supplier.page.getByLabel('Add a note').waitFor()
  await hub.stopSteward('workspace', 'SIGKILL')
  await hub.stopBroker(0, 'SIGKILL')
  await supplier.page.getByLabel('Add a note').fill('Written without a network.')
  await supplier.page.getByRole('button', { name: 'Post note' }).click()
  await supplier.page.getByText(/Waiting to be sent/).first().waitFor()
  await supplier.page.reload()
  await supplier.page.getByText(/1 change waits to be sent/).first().waitFor()
  await supplier.go('#/data/sharing')
  await supplier.page.getByText(/Written without a network/).first().waitFor()

  await hub.startBroker()
  await startSteward()
  await supplier.page.getByText('Nothing waits.').waitFor({ timeout: 40_000 })
  await team.go('#/team/cases')
  await team.page.getByRole('heading', { level: 1 }).waitFor()
  for (const { errors } of Object.values(people)) assert.deepEqual(errors, [])
})

test('an invitation is made on the page, and access is removed there', { timeout: timeout_ms }, async () => {
  const { team, other } = people
  await team.go('#/data/sharing')
  // A refusal comes without being asked for.
  const person = team.page.getByLabel('Email address of a contact, or name of a colleague')
  await person.fill('nobody@nowhere.example')
  await team.page.getByRole('button', { name: 'Invite', exact: true }).click()
  await team.page.getByText('Nobody of that name is registered in this workspace.').first().waitFor()
  await person.fill('meera.nair@tidewell.example')
  await team.page.getByRole('button', { name: 'Invite', exact: true }).click()
  await team.page.getByText(/#\/join\//).first().waitFor()
  const row = team.page.getByRole('row', { name: /Another laptop/ })
  await row.getByRole('button', { name: 'Remove access' }).click()
  await team.page.getByRole('button', { name: 'Remove this access' }).click()
  await row.waitFor({ state: 'detached' })
  await other.page.getByText(/not let into the shared workspace/).first().waitFor({ timeout: 30_000 })
})

test('who has no invitation registers on the site, and joins by the message that comes', { timeout: timeout_ms }, async () => {
  const { page, go, errors } = await begin('newcomer')
  await go('#/')
  await go('#/register')
  await page.getByRole('link', { name: 'register with NHS England' }).click()
  await page.getByRole('heading', { level: 1, name: 'Register with NHS England' }).waitFor()
  await page.getByLabel('ODS code of the organisation').fill('YGA12')
  await page.getByLabel('Full name').fill('Lou New')
  await page.getByLabel('Email address').fill('lou.new@larkfield.example')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByText('a message goes to lou.new@larkfield.example').waitFor()
  const linkIn = async () => (await readFile(mailbox(), 'utf8')).match(/To: lou\.new@[\s\S]*?(http\S+#\/join\/\S+)/)?.[1]
  let link
  for (const end = Date.now() + 20_000; link === undefined && Date.now() < end; await pause(50)) link = await linkIn()
  await join(people.newcomer, link, 'New laptop')
  await page.getByText('You have joined NHS England’s shared workspace').first().waitFor()
  await page.getByText('Lou New').first().waitFor()

  // Who leaves is let in no more, and listed no more.
  await people.team.go('#/data/sharing')
  const row = people.team.page.getByRole('row', { name: /New laptop/ })
  await row.waitFor()
  await go('#/data/sharing')
  await page.getByLabel('Yes, leave this workspace').check()
  await page.getByRole('button', { name: 'Leave this workspace', disabled: false }).press('Enter')
  await page
    .getByRole('button', { name: /^Acting as/ })
    .waitFor({ timeout: 8000 })
    .catch(async (error) => {
      error.message += `\nThe page says: ${await page.locator('body').innerText()} ${page.url()} ${await page.evaluate(() => JSON.stringify(localStorage))}`
      throw error
    })
  await row.waitFor({ state: 'detached' })
  assert.deepEqual(errors, [])
})
