// The outbox as mail: handed to a program, marked as sent once that has taken it, tried again where it has not.
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { test } from 'node:test'

import { Person, pause } from './person.mjs'
import { withHub } from './support.mjs'

const open = await withHub()

async function until(holds, ms = 10_000) {
  for (const end = Date.now() + ms; Date.now() < end; await pause(50)) if (await holds()) return true
  return false
}

test('what is issued goes out as mail and is marked; what is not taken is told', async () => {
  const hub = await open()
  let team
  try {
    const link = await hub.invite('team:Priya Shah')
    const mailbox = hub.file('mailbox')
    await writeFile(mailbox, '')
    await hub.startSteward('workspace', ['--sendmail', `cat >> '${mailbox}'`])
    team = await Person.join(hub.address, link)
    await team.catchUp()
    const terms = [...team.streams().get('')].filter((entry) => entry.type === 'terms_published').at(-1).body.version
    const created = await team.give({ do: 'create_agreement', account: 'YGA12', products: ['ers'], terms })
    await team.give({ do: 'issue', number: created.number })
    assert.ok(await until(async () => (await readFile(mailbox, 'utf8')).includes(created.number)), 'no mail')
    assert.match(await readFile(mailbox, 'utf8'), /^To: .*jo\.field@larkfield\.example/m)
    assert.ok(await until(async () => (await team.catchUp(), team.lines.some((line) => line.includes('"notification_marked_sent"') && line.includes(created.number)))))

    const invited = await team.give({ do: 'invite', person: 'contact:meera.nair@tidewell.example' })
    assert.ok((await readFile(mailbox, 'utf8')).includes(invited.link), 'the invitation as mail')

    await hub.stopSteward()
    await hub.startSteward('workspace', ['--sendmail', 'exit 75'])
    const account = team.lines.map((line) => JSON.parse(line)).find((entry) => entry.body.email === 'seun.bello@kestrel.example').account
    const other = await team.give({ do: 'create_agreement', account, products: ['mesh'], terms })
    assert.equal(other.state, 'recorded', JSON.stringify(other))
    await team.give({ do: 'issue', number: other.number })
    assert.ok(await until(() => hub.steward.told.some((line) => line.mail === 'not_sent')))
    await team.catchUp()
    assert.ok(!team.lines.some((line) => line.includes('"notification_marked_sent"') && line.includes(other.number)))
  } finally {
    await team?.close()
    await hub.close()
  }
})
