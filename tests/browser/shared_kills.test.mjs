// Two parties in two real browsers while steward, broker, network and the browsers themselves are killed or cut off, at moments of a fixed
// seed: nothing that a browser has acknowledged is lost, nothing is recorded twice, and everyone ends with the same record.
//
//   CA_ROUNDS=10 CA_SEED=7 node --test tests/browser/shared_kills.test.mjs
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'

import { Person, pause } from '../hub/person.mjs'
import { programs, randomOf, withHub } from '../hub/support.mjs'
import { goTo, makeProfile, openBrowserToKill, site, timeout_ms, useHtml } from './support.mjs'

const rounds = Number(process.env.CA_ROUNDS ?? 2)
const first_seed = Number(process.env.CA_SEED ?? 1)
const act_ms = 90_000
const open = await withHub()
let hub, team, supplier, witness

/** Somebody at a browser, which may be killed, and is then opened again on the same profile. */
class Desk {
  async open() {
    this.profile ??= await makeProfile()
    const { context, kill } = await openBrowserToKill(this.profile)
    await useHtml(context)
    context.setDefaultTimeout(5000)
    this.page = await context.newPage()
    await this.page.setViewportSize({ width: 1280, height: 800 })
    Object.assign(this, { context, kill })
  }
  async killed() {
    await this.kill()
    await this.open()
    await this.go('#/').catch(() => {}) // what waits is sent while the portal is open
  }
  go = (address) => goTo(this.page, hub.site.url + address)
  async close() {
    await this.kill?.().catch(() => {})
    if (this.profile) await rm(this.profile, { recursive: true, force: true, maxRetries: 3 })
  }

  async join(link) {
    await this.open()
    await goTo(this.page, link)
    await this.page.getByRole('button', { name: 'Join', exact: true }).click()
    await this.page.getByText('You have joined NHS England’s shared workspace').first().waitFor({ timeout: 30_000 }).catch(async (error) => {
      error.message += `\nThe page says: ${await this.page.locator('body').innerText()}`
      throw error
    })
  }
  /** What waits here, of all that was acknowledged. */
  async outbox() {
    await this.go('#/data/sharing')
    return (await this.page.getByRole('region', { name: 'What waits' }).innerText()).trim()
  }
  /**
   * Does something on a page, until the record has it. Acknowledged is what the page says that it waits or was sent, or what is recorded;
   * then it is not done again, whatever dies. Without that it is, once nothing waits any more.
   */
  async act({ address, work, isRecorded }) {
    const end = Date.now() + act_ms
    for (let acknowledged = ''; ; ) {
      if (Date.now() > end)
        throw new Error(`${acknowledged ? `Acknowledged (“${acknowledged}”), and lost` : 'Not done'}: ${address}\nWhat waits: ${await this.outbox().catch(String)}`)
      try {
        if (!acknowledged && !(await isRecorded()) && (await this.outbox()).includes('Nothing waits')) {
          if (await isRecorded()) return
          await this.go(address)
          await work(this.page)
          acknowledged = await this.acknowledges(isRecorded)
        }
      } catch (error) {
        if (process.env.CA_VERBOSE) console.error(address, String(error).split('\n')[0])
      }
      if (await isRecorded()) return
      await pause(100)
    }
  }
  async acknowledges(isRecorded) {
    for (const end = Date.now() + 5000; Date.now() < end; await pause(30)) {
      const said = (await this.page.locator('body').innerText()).match(/.*(waits? to be sent|Waiting to be sent|waiting for the record).*/)
      if (said) return said[0]
      if (await isRecorded()) return 'recorded'
    }
    return ''
  }

  /** The heads of the streams that this browser keeps, once it has caught up. */
  async heads() {
    const files = await this.page.evaluate(async (name) => {
      const database = await new Promise((resolve) => (indexedDB.open(name).onsuccess = (event) => resolve(event.target.result)))
      const store = database.transaction('FILE_DATA').objectStore('FILE_DATA')
      const [names, values] = await Promise.all([store.getAllKeys(), store.getAll()].map((asked) => new Promise((resolve) => (asked.onsuccess = () => resolve(asked.result)))))
      database.close()
      return names.map((file, i) => [file, values[i].contents && Array.from(values[i].contents, (byte) => String.fromCharCode(byte)).join('')]).filter(([, contents]) => contents !== undefined)
    }, `/shared-${witness.workspace}`)
    const folder = await mkdtemp(path.join(os.tmpdir(), 'ca-kept-'))
    try {
      for (const [name, contents] of files) {
        const file = path.join(folder, name.replace(`/shared-${witness.workspace}`, 'workspace'))
        await mkdir(path.dirname(file), { recursive: true })
        await writeFile(file, contents, 'latin1')
      }
      const cli = path.join(path.dirname(programs().steward), 'portal-cli')
      const backup = path.join(folder, 'all.backup')
      execFileSync(cli, ['export', '--workspace', path.join(folder, 'workspace'), '--backup', backup], { stdio: 'pipe' })
      return headsIn(execFileSync('cat', [backup], { encoding: 'utf8', maxBuffer: 1e9 }))
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}

function headsIn(lines) {
  const heads = new Map()
  for (const line of lines.split('\n').filter(Boolean)) {
    const entry = JSON.parse(line)
    if (entry.hash) heads.set(entry.account, entry.hash)
  }
  return heads
}

before(async () => {
  hub = await open({ root: site })
  const links = []
  for (const person of ['team:Priya Shah', 'team:Priya Shah', 'contact:jo.field@larkfield.example']) links.push(await hub.invite(person))
  await hub.startSteward()
  witness = await Person.join(hub.address, links[0])
  ;[team, supplier] = [new Desk(), new Desk()]
  await team.join(links[1])
  await supplier.join(links[2])
  await witness.catchUp()
})
after(async () => {
  await witness?.close()
  await team?.close()
  await supplier?.close()
  await hub?.close()
})

async function makeTrouble(random, isOver, done) {
  for (let left = 4 + Math.floor(random() * 8); left > 0 && !isOver(); left--) {
    await pause(100 + random() * 800)
    if (isOver()) break
    const which = ['steward', 'broker', 'network', 'team', 'supplier'][Math.floor(random() * 5)]
    done.push(which)
    if (which === 'steward') {
      await hub.stopSteward('workspace', 'SIGKILL')
      await pause(random() * 1000)
      await hub.startSteward()
    } else if (which === 'broker') {
      await hub.stopBroker(0, 'SIGKILL')
      await pause(random() * 1000)
      await hub.startBroker()
    } else if (which === 'network') {
      // The connections stay, and nothing comes through them.
      hub.brokers[0].child.kill('SIGSTOP')
      await pause(random() * 3000)
      hub.brokers[0].child.kill('SIGCONT')
    } else {
      await (which === 'team' ? team : supplier).killed()
    }
  }
}

const recorded = async (holds) => {
  await witness.read(2000).catch(() => {})
  return witness.lines.some((line) => holds(JSON.parse(line)))
}

async function story(seed) {
  const terms = [...witness.streams().get('')].filter((entry) => entry.type === 'terms_published').at(-1).body.version
  const created = await witness.give({ do: 'create_agreement', account: 'YGA12', products: ['ers'], terms })
  assert.equal(created.state, 'recorded', JSON.stringify(created))
  const { number } = created
  const address = `#/agreements/${number}`
  await team.act({
    address,
    work: async (page) => {
      await page.getByRole('button', { name: 'Issue for review' }).click()
      await page.getByRole('button', { name: 'Issue agreement' }).click()
    },
    isRecorded: () => recorded((entry) => entry.type === 'agreement_issued' && entry.body.number === number),
  })
  const case_number = created.case_number
  const [question, answer] = [`Question of round ${seed}`, `Answer of round ${seed}`]
  const says = (words) => (entry) => entry.type === 'case_entry_added' && JSON.stringify(entry.body).includes(words)
  await supplier.act({
    address: `#/cases/${case_number}`,
    work: async (page) => {
      await page.getByLabel('Add a note').fill(question)
      await page.getByRole('button', { name: 'Post note' }).click()
    },
    isRecorded: () => recorded(says(question)),
  })
  await team.act({
    address: `#/cases/${case_number}`,
    work: async (page) => {
      await page.getByLabel('Message').fill(answer)
      await page.getByRole('button', { name: 'Reply', exact: true }).click()
    },
    isRecorded: () => recorded(says(answer)),
  })
  await supplier.act({
    address,
    work: async (page) => {
      await page.getByLabel('I have read and understood the terms and conditions').check()
      await page.getByRole('button', { name: 'Accept agreement' }).click()
    },
    isRecorded: () => recorded((entry) => entry.type === 'agreement_accepted' && entry.body.number === number),
  })
  return { number, question, answer }
}

async function check({ number, question, answer }) {
  await witness.catchUp()
  for (const [what, holds] of [
    ['issued', (entry) => entry.type === 'agreement_issued' && entry.body.number === number],
    ['accepted', (entry) => entry.type === 'agreement_accepted' && entry.body.number === number],
    [question, (entry) => entry.type === 'case_entry_added' && JSON.stringify(entry.body).includes(question)],
    [answer, (entry) => entry.type === 'case_entry_added' && JSON.stringify(entry.body).includes(answer)],
  ])
    assert.equal(witness.lines.filter((line) => holds(JSON.parse(line))).length, 1, what)
  const heads = witness.heads()
  for (const desk of [team, supplier]) {
    await desk.go('#/data/sharing')
    const isSame = async () => [...(await desk.heads())].every(([stream, hash]) => heads.get(stream) === hash)
    const end = Date.now() + 30_000
    while (!(await isSame().catch(() => false)) && Date.now() < end) await pause(250)
    const kept = await desk.heads()
    assert.ok(kept.size >= 2)
    for (const [stream, hash] of kept) assert.equal(heads.get(stream), hash, `the head of ${stream}`)
    assert.match(await desk.outbox(), /Nothing waits/)
  }
}

test(`${rounds} stories in two browsers, with everything killed or cut off at any moment`, { timeout: (rounds + 1) * timeout_ms }, async () => {
  let kills = 0
  for (let round = 0; round < rounds; round++) {
    const seed = first_seed + round
    const trouble = []
    let is_over = false
    try {
      const troubling = makeTrouble(randomOf(seed), () => is_over, trouble)
      const told = await story(seed).finally(() => (is_over = true))
      await troubling
      await check(told)
      kills += trouble.length
    } catch (error) {
      is_over = true
      error.message = `CA_SEED=${seed} (${trouble.join(', ')}): ${error.message}`
      throw error
    }
  }
  assert.ok(kills >= 2 * rounds, `only ${kills} kills`)
})
