// Attacks on a shared workspace with a supplier's own credentials: each fails, and beside each stands what is allowed, so that a
// broken test does not pass for a good fence.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { Person, connectAs, invitationIn, newId, nkeys, pause, signingKey, tokenOf } from './person.mjs'
import { withHub } from './support.mjs'

const utf8 = new TextEncoder()
let hub, team, supplier, colleague, other, links
const open = await withHub()

before(async () => {
  hub = await open()
  links = []
  for (const person of ['team:Priya Shah', 'contact:jo.field@larkfield.example', 'contact:meera.nair@tidewell.example'])
    links.push(await hub.invite(person))
  await hub.startSteward()
  team = await Person.join(hub.address, links[0])
  supplier = await Person.join(hub.address, links[1])
  other = await Person.join(hub.address, links[2])
  // Somebody else of the supplier's own account.
  const registered = await team.give({ do: 'register_contact', account: 'YGA12', name: 'Kit Moss', email: 'kit.moss@larkfield.example' })
  assert.equal(registered.state, 'recorded', JSON.stringify(registered))
  const invited = await team.give({ do: 'invite', person: 'contact:kit.moss@larkfield.example' })
  assert.match(invited.link, /#\/join\//)
  colleague = await Person.join(hub.address, invited.link)
  await Promise.all([team, supplier, other, colleague].map((person) => person.read()))
})
after(async () => {
  await Promise.all([team, supplier, other, colleague].map((person) => person?.close()))
  await hub?.close()
})

/** Whether the broker forbids it: its own words come to the connection, or the request has nowhere to go. Else what came instead. */
async function isForbidden(subject, text = '{}') {
  const connection = await connectAs(hub.address, supplier.token, supplier.seed)
  const forbidden = new Promise((done) => {
    void (async () => {
      for await (const status of connection.status())
        if (status.type === 'error' && /permission/i.test(String(status.error?.message ?? status.error))) done(true)
    })()
  })
  const answered = connection.request(subject, utf8.encode(text), { timeout: 10_000 }).then(
    (answer) => `answered: ${answer.string()}`,
    (error) => /permission|no responders/i.test(String(error.message)) || `not forbidden, only: ${error.message}`,
  )
  const result = await Promise.race([forbidden, answered])
  await connection.close()
  return result
}
const turnedAway = (code) => hub.steward.told.filter((line) => line.turned_away === code).length
async function until(holds, ms = 30_000) {
  for (const end = Date.now() + ms; Date.now() < end; ) {
    if (await holds()) return true
    await pause(30)
  }
  return false
}

test('what is allowed works: an own command, own reading', async () => {
  const answer = await supplier.give({ do: 'issue', number: 'CNTR0000001' })
  assert.equal(answer.code, 'not_permitted') // understood, and refused by a rule
})

test('publishing as another person, another organisation, NHS England, the steward, into the record or its answers', async () => {
  for (const subject of [
    `cmd.YGA12.${colleague.token}`, `cmd.${other.own}`, `cmd.${team.own}`, 'cmd.steward.tick', 'rec.YGA12', 'rec.catalogue',
    `ans.${team.own}`, `ans.${supplier.own}`, 'news.YGA12', `read.${other.own}`, `read.YGA12.${colleague.token}`, `read.${team.own}`,
  ])
    assert.equal(await isForbidden(subject), true, subject)
})

test('reading by JetStream: consumers, direct gets, messages, information, in every way of asking', async () => {
  for (const subject of [
    '$JS.API.INFO', '$JS.API.STREAM.NAMES', '$JS.API.STREAM.LIST', '$JS.API.STREAM.INFO.RECORD', '$JS.API.STREAM.DELETE.RECORD',
    '$JS.API.STREAM.PURGE.RECORD', '$JS.API.STREAM.MSG.GET.RECORD', '$JS.API.DIRECT.GET.RECORD', '$JS.API.DIRECT.GET.RECORD.rec.nhse.YGA12',
    '$JS.API.CONSUMER.CREATE.RECORD', '$JS.API.CONSUMER.CREATE.RECORD.mine.rec.YGA12', '$JS.API.CONSUMER.DURABLE.CREATE.RECORD.mine',
    '$JS.API.CONSUMER.MSG.NEXT.RECORD.mine', 'js.CONSUMER.CREATE.RECORD.mine.rec.YGA12', '$SYS.REQ.SERVER.PING',
  ])
    assert.equal(await isForbidden(subject, JSON.stringify({ stream_name: 'RECORD', config: { deliver_subject: 'rec.YGA12' } })), true, subject)
})

test('listening: to the record, to commands, to others’ answers, inboxes and news', async () => {
  for (const subject of ['rec.>', 'cmd.>', 'ans.>', '>', `_INBOX_${other.token}.>`, `_INBOX_${team.token}.>`, '_INBOX.>', `news.${other.organisation}`, 'news.nhse']) {
    const connection = await connectAs(hub.address, supplier.token, supplier.seed)
    const heard = []
    const refused = new Promise((done) => connection.subscribe(subject, { callback: (error, message) => (error ? done(true) : heard.push(message.subject)) }))
    await supplier.give({ do: 'issue', number: 'CNTR0000001' })
    await team.give({ do: 'register_product', id: `p-${newId().slice(0, 6)}`, name: 'A product' })
    assert.equal(await Promise.race([refused, pause(10_000).then(() => heard)]), true, subject)
    await connection.close()
  }
})

test('a reply address of the attacker’s choice: the broker and the steward write there with nobody’s rights but its own', async () => {
  const connection = await connectAs(hub.address, supplier.token, supplier.seed)
  const before = new Map(team.heads())
  const told = turnedAway('bad_command')
  const replies = ['rec.YGA12', 'rec.catalogue', `cmd.${team.own}`, `cmd.${other.own}`, `ans.${other.own}`, '$JS.API.STREAM.DELETE.RECORD', `_INBOX_${other.token}.x`, 'news.nhse']
  const heard = []
  const listening = await connectAs(hub.address, other.token, other.seed)
  listening.subscribe(`_INBOX_${other.token}.>`, { callback: (error, message) => heard.push(message?.subject) })
  for (const reply of replies) {
    connection.publish(`cmd.${supplier.own}`, utf8.encode('{}'), { reply })
    connection.publish(`read.${supplier.own}`, utf8.encode('{"events":0,"catalogue":0,"account":0,"answers":0}'), { reply })
  }
  await connection.flush()
  assert.ok(await until(() => turnedAway('bad_command') >= told + 1), 'the empty commands themselves arrive, and are turned away')
  await pause(300)
  assert.deepEqual(heard, [])
  await team.read()
  for (const [stream, hash] of before) assert.equal(team.heads().get(stream), hash, stream)
  assert.equal((await team.give({ do: 'register_product', id: `p-${newId().slice(0, 6)}`, name: 'Still there' })).state, 'recorded')
  await connection.close()
  await listening.close()
})

test('commands that are not the person’s own are turned away, and the log names each without what it said', async () => {
  const command = { do: 'raise_query', number: 'CNTR0000001', description: 'A secret sentence' }
  const stranger = signingKey()
  const text = supplier.textOf(command)
  const forged = [
    ['bad_command', 'not JSON'],
    ['bad_signature', supplier.envelope(text, { signature: '0'.repeat(128) })],
    ['bad_signature', supplier.envelope(text, { signature: stranger.sign(text) })],
    ['unknown_key', JSON.stringify({ text, key: stranger.key, signature: stranger.sign(text) })],
    ['another_person', supplier.envelope(supplier.textOf(command, { person: colleague.person }))],
    ['another_person', supplier.envelope(supplier.textOf(command, { person: team.person }))],
    ['another_person', supplier.envelope(supplier.textOf(command, { person: 'visitor' }))],
    ['other_workspace', supplier.envelope(supplier.textOf(command, { workspace: 'f'.repeat(32) }))],
  ]
  for (const [code, envelope] of forged) {
    const told = turnedAway(code)
    await supplier.publish(supplier.connection, newId(), envelope)
    assert.ok(await until(() => turnedAway(code) === told + 1), code)
  }
  assert.ok(!JSON.stringify(hub.steward.told).includes('secret sentence'))
})

test('the same command again: what was recorded is recorded once, and what was refused stays refused', async () => {
  const id = newId()
  const product = { do: 'register_product', id: `p-${newId().slice(0, 6)}`, name: 'Once' }
  assert.equal((await team.give(product, { id })).state, 'recorded')
  const length = team.lines.length
  await team.publish(team.connection, newId(), team.envelope(team.textOf(product, { id })))
  await pause(200)
  await team.read()
  assert.equal(team.lines.length, length)

  const later = `p-${newId().slice(0, 6)}`
  const refused = newId()
  const create = { do: 'create_agreement', account: 'YGA12', products: [later], terms: 'none' }
  assert.equal((await team.give(create, { id: refused })).state, 'refused')
  const told = turnedAway('replayed')
  await team.publish(team.connection, newId(), team.envelope(team.textOf(create, { id: refused })))
  assert.ok(await until(() => turnedAway('replayed') === told + 1))
})

test('an invitation used twice, forged, or of somebody else', async () => {
  await assert.rejects(Person.join(hub.address, links[1]), 'the broker lets no used invitation in')
  const invitation = invitationIn(links[1])
  const forged = new TextDecoder().decode(nkeys.createUser().getSeed())
  await assert.rejects(connectAs(hub.address, tokenOf(invitation.person), forged, { maxReconnectAttempts: 0 }))
  // Whoever takes part may say that they join again, with any invitation: without its key that is nobody's.
  const text = supplier.textOf({ do: 'join', device: 'x', invitation: nkeys.fromSeed(utf8.encode(invitation.seed)).getPublicKey(), user: nkeys.createUser().getPublicKey() })
  await supplier.publish(supplier.connection, JSON.parse(text).id, supplier.envelope(text))
  assert.ok(await until(async () => (await supplier.read(), supplier.answers.get(JSON.parse(text).id)?.code === 'bad_invitation')))
})

test('a command of 10 MB does not get in; one person’s flood is cut, and the others are served', async () => {
  const large = supplier.envelope(supplier.textOf({ do: 'raise_query', number: 'x', description: 'y'.repeat(10_000_000) }))
  const connection = await connectAs(hub.address, supplier.token, supplier.seed)
  await assert.rejects(connection.request(`cmd.${supplier.own}`, utf8.encode(large), { timeout: 2000 }))
  await connection.close().catch(() => {})

  const flood = await connectAs(hub.address, supplier.token, supplier.seed)
  const count = Number(process.env.CA_FLOOD ?? 100_000)
  for (let i = 0; i < count; i++) {
    const text = supplier.textOf({ do: 'issue', number: 'CNTR0000001' })
    flood.publish(`cmd.${supplier.own}`, utf8.encode(supplier.envelope(text)))
  }
  await flood.flush()
  const served = await other.give({ do: 'issue', number: 'CNTR0000001' })
  assert.equal(served.code, 'not_permitted')
  assert.ok(await until(() => turnedAway('too_many') > 0, 60_000))
  assert.match((await supplier.give({ do: 'issue', number: 'CNTR0000001' })).message, /Try again in a minute/)
  await flood.close()
})

/** What a visitor asks for; the broker's acknowledgement, which is all that anybody hears of it. */
async function askAsVisitor(connection, workspace, command) {
  const key = signingKey()
  const id = newId()
  const text = JSON.stringify({ id, workspace, account: '', person: 'visitor', based_on: 0, command: JSON.stringify(command) })
  const acknowledged = await connection.request(`cmd.visitor.${id[0]}`, utf8.encode(JSON.stringify({ text, key: key.key, signature: key.sign(text) })))
  return acknowledged.json()
}

test('a visitor can register, and nothing else; a flood of visitors is cut', async () => {
  const { workspace, seed } = invitationIn(`#/join/${await hub.registering()}`)
  const connection = await connectAs(hub.address, 'visitor', seed)
  const lou = { do: 'register_contact', account: 'YGA12', name: 'Lou New', email: 'lou.new@larkfield.example' }
  const taken = await askAsVisitor(connection, workspace, lou)
  const known = await askAsVisitor(connection, workspace, { ...lou, email: supplier.person.slice('contact:'.length) })
  const nowhere = await askAsVisitor(connection, workspace, { ...lou, account: 'NOBODY1', email: 'x@nobody.example' })
  assert.ok(taken.seq > 0)
  for (const other of [known, nowhere]) assert.deepEqual(Object.keys(other), Object.keys(taken), 'the same answer for all')
  assert.ok(await until(async () => (await team.read(), team.lines.some((line) => line.includes('lou.new@') && line.includes('"person_invited"')))))
  for (const subject of ['cmd.visitor.a.b', 'cmd.visitor.ab', 'cmd.visitor.x', `cmd.${team.own}`, 'read.YGA12.x', 'rec.YGA12'])
    assert.equal((await connection.request(subject, '{}', { timeout: 500 }).catch(() => 'failed')), 'failed', subject)
  // Neither by other commands.
  await askAsVisitor(connection, workspace, { do: 'publish_terms', version: '99', title: 'Mine', standard_terms: '# Mine', uplift: true })
  const told = turnedAway('too_many')
  for (let i = 0; i < 70; i++) await askAsVisitor(connection, workspace, { ...lou, email: `lou.${i}@larkfield.example` })
  assert.ok(await until(() => turnedAway('too_many') > told))
  assert.equal((await other.give({ do: 'issue', number: 'CNTR0000001' })).code, 'not_permitted', 'others are served')
  await team.catchUp()
  assert.ok(!team.lines.some((line) => line.includes('"version":"99"')))
  await connection.close()
})

test('whose access is removed is cut off at once, and the others stay connected', async () => {
  const access = colleague.signing.key
  assert.equal((await other.give({ do: 'remove_access', access })).code, 'not_allowed')
  assert.equal((await team.give({ do: 'remove_access', access })).state, 'recorded')
  const connection = await connectAs(hub.address, colleague.token, colleague.seed, { maxReconnectAttempts: 2 }).catch(() => undefined)
  assert.equal(connection, undefined)
  assert.equal((await other.give({ do: 'issue', number: 'CNTR0000001' })).code, 'not_permitted')
})
