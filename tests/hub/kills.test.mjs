// Whatever dies, at whatever moment: nothing acknowledged is lost, nothing is decided twice, and everyone ends with the same record.
//
// Each round begins the story of an agreement, and while it goes on kills steward and broker (SIGKILL) and cuts people off, at moments of a
// fixed seed. CA_ROUNDS and CA_SEED choose others; the seed of a round stands in its failure.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { Person, newId, pause } from './person.mjs'
import { randomOf, withHub } from './support.mjs'

const rounds = Number(process.env.CA_ROUNDS ?? 6)
const first_seed = Number(process.env.CA_SEED ?? 1)

let hub, team, supplier
const open = await withHub()
before(async () => {
  hub = await open()
  const links = [await hub.invite('team:Priya Shah'), await hub.invite('contact:jo.field@larkfield.example')]
  await hub.startSteward()
  team = await Person.join(hub.address, links[0])
  supplier = await Person.join(hub.address, links[1])
  await Promise.all([team.read(), supplier.read()])
})
after(async () => {
  await team?.close()
  await supplier?.close()
  await hub?.close()
})

const terms = () => [...team.streams().get('')].filter((entry) => entry.type === 'terms_published').at(-1).body.version

/** Kills and starts again, some times or until told to stop. (Killed for ever at once, nobody would get anywhere.) */
async function makeTrouble(random, isOver, done) {
  for (let left = 2 + Math.floor(random() * 8); left > 0 && !isOver(); left--) {
    await pause(random() * 60)
    if (isOver()) break
    const which = ['steward', 'broker', 'both', 'person'][Math.floor(random() * 4)]
    done.push(which)
    if (which === 'person') {
      await (random() < 0.5 ? team : supplier).connection.reconnect().catch(() => {})
      continue
    }
    if (which !== 'broker') await hub.stopSteward('workspace', 'SIGKILL')
    if (which !== 'steward') await hub.stopBroker(0, 'SIGKILL')
    await pause(random() * 100)
    if (which !== 'steward') await hub.startBroker()
    if (which !== 'broker') await hub.startSteward()
  }
}

async function story(random) {
  const options = () => ({ id: newId(), wait_ms: 60_000 })
  const given = []
  const give = async (person, command) => {
    const answer = await person.give(command, options())
    given.push([command, answer])
    return answer
  }
  const created = await give(team, { do: 'create_agreement', account: 'YGA12', products: ['ers'], terms: terms() })
  assert.equal(created.state, 'recorded', JSON.stringify(created))
  await give(team, { do: 'issue', number: created.number })
  const asked = await give(supplier, { do: 'raise_query', number: created.number, description: 'What does it cover?' })
  assert.equal(asked.state, 'recorded', JSON.stringify(asked))
  for (let note = 0; note < 10; note++) {
    const [person, verb] = [[team, 'reply'], [team, 'work_note'], [supplier, 'add_note']][Math.floor(random() * 3)]
    await give(person, { do: verb, case: asked.case_number, text: `Note ${note}` })
  }
  if (random() < 0.5) await give(supplier, { do: 'accept', number: created.number, read_and_understood: true })
  else await give(team, { do: 'withdraw', number: created.number, reason: 'A round of a test' })
  return given
}

function check(given) {
  const entries = team.lines.map((line) => JSON.parse(line))
  const signed = new Map()
  for (const entry of entries)
    if (entry.type === 'command_signed') signed.set(entry.body.id, (signed.get(entry.body.id) ?? 0) + 1)
  for (const [command, answer] of given) {
    if (answer.state === 'recorded') assert.equal(signed.get(answer.id), 1, `recorded once: ${JSON.stringify(command)}`)
    else assert.equal(signed.get(answer.id), undefined, `refused, and not recorded: ${JSON.stringify(command)}`)
  }
  const heads = team.heads()
  for (const [stream, hash] of supplier.heads()) assert.equal(heads.get(stream), hash, `the head of ${stream}`)
  assert.equal(new Set(entries.map((entry) => entry.id)).size, entries.length)
}

test(`${rounds} stories, with steward, broker and people killed or cut off at any moment`, async () => {
  let kills = 0
  for (let round = 0; round < rounds; round++) {
    const seed = first_seed + round
    const random = randomOf(seed)
    let is_over = false
    const trouble = []
    try {
      const troubling = makeTrouble(random, () => is_over, trouble)
      const given = await story(random).finally(() => (is_over = true))
      await troubling
      await Promise.all([team.catchUp(), supplier.catchUp()])
      check(given)
      kills += trouble.length
    } catch (error) {
      is_over = true
      error.message = `CA_SEED=${seed} (${trouble.join(', ')}): ${error.message}`
      throw error
    }
  }
  assert.ok(kills >= rounds / 2, `only ${kills} kills`)
})
