// A shared workspace without a browser, with a real broker and a real steward: the story of an agreement, and who learns of it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { Person } from './person.mjs'
import { withHub } from './support.mjs'

let hub, team, supplier, other, colleague
const open = await withHub()
const races = Number(process.env.CA_RACES ?? 100)
before(async () => {
  hub = await open()
  const links = []
  for (const person of ['team:Priya Shah', 'contact:jo.field@larkfield.example', 'contact:meera.nair@tidewell.example'])
    links.push(await hub.invite(person))
  await hub.startSteward()
  team = await Person.join(hub.address, links[0])
  supplier = await Person.join(hub.address, links[1])
  other = await Person.join(hub.address, links[2])
  await Promise.all([team.read(), supplier.read(), other.read()])
})
after(async () => {
  await Promise.all([team, supplier, other, colleague].map((person) => person?.close()))
  await hub?.close()
})

const terms = () => [...team.streams().get('')].filter((entry) => entry.type === 'terms_published').at(-1).body.version

test('an agreement travels: created, issued, asked about, answered, accepted, and everybody has the same record', async () => {
  const created = await team.give({ do: 'create_agreement', account: 'YGA12', products: ['ers'], terms: terms() })
  assert.equal(created.state, 'recorded', JSON.stringify(created))
  const number = created.number
  assert.equal((await team.give({ do: 'issue', number })).state, 'recorded')
  await supplier.read()
  assert.equal(supplier.agreement(number), 'Draft')
  const asked = await supplier.give({ do: 'raise_query', number, description: 'Which products does this cover?' })
  assert.equal(asked.state, 'recorded', JSON.stringify(asked))
  const note = await team.give({ do: 'work_note', case: asked.case_number, text: 'They are slow to read.' })
  const answered = await team.give({ do: 'reply', case: asked.case_number, text: 'It covers e-RS alone.' })
  for (const each of [note, answered]) assert.notEqual(each.code, 'unknown_command', JSON.stringify(each))
  const accepted = await supplier.give({ do: 'accept', number, read_and_understood: true })
  assert.equal(accepted.state, 'recorded', JSON.stringify(accepted))
  await team.read()
  assert.equal(team.agreement(number), 'Active')
  const heads = team.heads()
  for (const [stream, hash] of supplier.heads()) assert.equal(heads.get(stream), hash)
  assert.ok(!supplier.lines.join('\n').includes('slow to read'), 'a work note has reached the supplier')
})

test('another supplier learns nothing of it, in no message', async () => {
  await other.read()
  const all = other.lines.join('\n')
  assert.ok(other.lines.length > 0)
  for (const word of ['YGA12', 'larkfield', 'Larkfield', 'Jo Field']) assert.ok(!all.includes(word), word)
  assert.deepEqual([...other.streams().keys()].sort(), ['', other.organisation].sort())
})

test('two contacts accept the same draft at once, a hundred times: one is recorded, the other hears that it is Active already, and by whom', async () => {
  const email = 'kit.moss@larkfield.example'
  await team.give({ do: 'register_contact', account: 'YGA12', name: 'Kit Moss', email })
  await team.give({ do: 'nominate', account: 'YGA12', email })
  colleague = await Person.join(hub.address, (await team.give({ do: 'invite', person: `contact:${email}` })).link)
  await colleague.catchUp()
  const winners = new Set()
  for (let race = 0; race < races; race++) {
    const created = await team.give({ do: 'create_agreement', account: 'YGA12', products: ['mesh'], terms: terms() })
    await team.give({ do: 'issue', number: created.number })
    const accept = { do: 'accept', number: created.number, read_and_understood: true }
    const people = race % 2 === 0 ? [supplier, colleague] : [colleague, supplier]
    const answers = await Promise.all(people.map((person) => person.give(accept)))
    assert.deepEqual(answers.map((answer) => answer.state).sort(), ['recorded', 'refused'], JSON.stringify(answers))
    const first = answers[0].state === 'recorded' ? 0 : 1
    const winner = people[first] === supplier ? 'Jo Field' : 'Kit Moss'
    winners.add(winner)
    assert.match(answers[1 - first].message, /is Active already/)
    assert.ok(answers[1 - first].message.includes(winner), answers[1 - first].message)
  }
  assert.equal(winners.size, 2)
  await Promise.all([team, supplier, colleague].map((person) => person.catchUp()))
  const heads = team.heads()
  for (const person of [supplier, colleague]) for (const [stream, hash] of person.heads()) assert.equal(heads.get(stream), hash)
})
