// Two stewards at once, and a broker of three nodes that loses its leader: the same record as ever.
import assert from 'node:assert/strict'
import { cp, rm } from 'node:fs/promises'
import { test } from 'node:test'

import { Person, pause } from './person.mjs'
import { randomOf, withHub } from './support.mjs'

const rounds = Number(process.env.CA_ROUNDS ?? 6)
const seed = Number(process.env.CA_SEED ?? 1)
const random = randomOf(seed)

async function withPeople(options, body) {
  const open = await withHub()
  const hub = await open(options)
  const people = []
  try {
    const links = [await hub.invite('team:Priya Shah'), await hub.invite('contact:jo.field@larkfield.example')]
    await hub.startSteward()
    for (const link of links) people.push(await Person.join(hub.address, link))
    await Promise.all(people.map((person) => person.catchUp()))
    await body(hub, ...people)
  } catch (error) {
    error.message = `CA_SEED=${seed}: ${error.message}`
    throw error
  } finally {
    await Promise.all(people.map((person) => person.close().catch(() => {})))
    await hub.close()
  }
}

const terms = (team) => [...team.streams().get('')].filter((entry) => entry.type === 'terms_published').at(-1).body.version

async function accepted(team, supplier) {
  const created = await team.give({ do: 'create_agreement', account: 'YGA12', products: ['ers'], terms: terms(team) })
  assert.equal(created.state, 'recorded', JSON.stringify(created))
  assert.equal((await team.give({ do: 'issue', number: created.number })).state, 'recorded')
  // The team withdraws while the supplier accepts, or the supplier accepts twice: one of them happens.
  const accept = { do: 'accept', number: created.number, read_and_understood: true }
  const against = random() < 0.5 ? team.give({ do: 'withdraw', number: created.number, reason: 'A race' }) : supplier.give(accept)
  const answers = await Promise.all([supplier.give(accept), against])
  assert.deepEqual(answers.map((answer) => answer.state).sort(), ['recorded', 'refused'], JSON.stringify(answers))
  const refusal = answers.find((answer) => answer.state === 'refused')
  assert.match(refusal.message, /Active|Cancelled|accepted|withdrawn/i)
  await Promise.all([team.catchUp(), supplier.catchUp()])
  assert.equal(team.agreement(created.number), supplier.agreement(created.number))
  const heads = team.heads()
  for (const [stream, hash] of supplier.heads()) assert.equal(heads.get(stream), hash, stream)
}

test('two stewards at once, either of which is killed: nothing is decided twice', async () => {
  await withPeople({}, async (hub, team, supplier) => {
    await hub.startSteward('second')
    for (let round = 0; round < rounds; round++) {
      const story = accepted(team, supplier)
      const killed = ['workspace', 'second'][round % 2]
      await pause(random() * 200)
      await hub.stopSteward(killed, 'SIGKILL')
      await story
      await hub.startSteward(killed)
    }
    const ids = team.lines.map((line) => JSON.parse(line).id)
    assert.equal(new Set(ids).size, ids.length)
  })
})

test('a broker of three nodes loses its leader, and nothing of what it acknowledged', async () => {
  await withPeople({ nodes: 3 }, async (hub, team, supplier) => {
    await accepted(team, supplier)
    for (const node of [0, 1, 2]) {
      const story = accepted(team, supplier)
      await pause(50)
      await hub.stopBroker(node, 'SIGKILL')
      await story
      await hub.startBroker(node)
      await pause(500)
    }
  })
})

test('everything is lost but a copy of the folder of a steward and the key file: put back, it goes on with the same record', async () => {
  await withPeople({}, async (hub, team, supplier) => {
    await accepted(team, supplier)
    const before = [...team.heads()]
    await hub.stopSteward()
    await cp(hub.file('workspace'), hub.file('copy'), { recursive: true })
    await hub.stopBroker(0, 'SIGKILL')
    await rm(hub.file('broker-0'), { recursive: true })
    await rm(hub.file('workspace'), { recursive: true })

    await cp(hub.file('copy'), hub.file('workspace'), { recursive: true })
    await hub.prepare()
    await hub.startBroker()
    await hub.startSteward()
    await accepted(team, supplier)
    for (const [stream] of before) assert.ok(team.streams().get(stream).length > 0)
    const anew = await Person.join(hub.address, (await team.give({ do: 'invite', person: 'contact:meera.nair@tidewell.example' })).link)
    await anew.catchUp()
    assert.equal(anew.heads().get(''), team.heads().get(''))
    await anew.close()
  })
})
