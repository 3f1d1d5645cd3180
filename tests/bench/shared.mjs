// A shared workspace at size, with a real broker and steward: commands a second, catching up, a publication. One JSON object a line.
//
//   node tests/bench/shared.mjs [ACCOUNTS]        10,000 where none is said; CA_STEWARD names another program
//
// `commands`: of ten people at once, each signed, decided, recorded and answered; what a person reads is fetched by the read service, as
// browsers do. `memory_mb` is the most that the steward has taken so far.
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { Person, newId } from '../hub/person.mjs'
import { programs, withHub } from '../hub/support.mjs'
import { madeExport } from './made_records.mjs'

const accounts = Number(process.argv[2] ?? 10_000)
const tell = (line) => console.log(JSON.stringify(line))
const timed = async (work) => {
  const began = performance.now()
  const result = await work()
  return [Math.round(performance.now() - began), result]
}
const open = await withHub()
const used = programs()
const cli = process.env.CA_STEWARD ?? path.join(path.dirname(path.dirname(used.steward)), 'cli', 'portal-steward')
const hub = await open({ programs: { ...used, steward: cli }, sample: false })
const memory = async () => Number((await readFile(`/proc/${hub.steward.pid}/status`, 'utf8')).match(/VmHWM:\s+(\d+)/)[1]) / 1024

const files = []
for (const { name, buffer } of madeExport(accounts)) {
  files.push(hub.file(name))
  await writeFile(hub.file(name), buffer)
}
const [import_ms] = await timed(() => hub.once(['--import', ...files]))
tell({ what: 'import', accounts, ms: import_ms })

const links = []
for (let i = 0; i < 10; i++) links.push(await hub.invite(`team:Person ${i}`))
const [start_ms] = await timed(() => hub.startSteward())
tell({ what: 'steward start', accounts, ms: start_ms, memory_mb: Math.round(await memory()) })
const people = await Promise.all(links.map((link) => Person.join(hub.address, link)))
try {
  const [catch_up_ms] = await timed(() => people[0].catchUp(600_000))
  tell({ what: 'team browser catches up', events: people[0].lines.length, ms: catch_up_ms })
  for (const person of people.slice(1)) {
    person.lines = people[0].lines.slice()
    person.answered = people[0].answered
  }

  const each = 100
  const [commands_ms] = await timed(() =>
    Promise.all(
      people.map(async (person, i) => {
        const ids = []
        for (let n = 0; n < each; n++) {
          const id = newId()
          ids.push(id)
          await person.publish(person.connection, id, person.envelope(person.textOf({ do: 'register_product', id: `p-${i}-${n}`, name: 'A product' }, { id })))
        }
        while (!ids.every((id) => person.answers.has(id))) await person.catchUp()
      }),
    ),
  )
  tell({ what: 'commands', accounts, commands: people.length * each, ms: commands_ms, a_second: Math.round((people.length * each * 1000) / commands_ms) })

  const team = people[0]
  const [publish_ms, answer] = await timed(() =>
    team.give({ do: 'publish_terms', version: '6.1', title: 'Terms 6.1', standard_terms: '# Terms\n\n## 1. Scope\n\n1.1 Words.', uplift: true }, { wait_ms: 900_000 }),
  )
  const [last_ms] = await timed(() => team.catchUp(600_000))
  tell({ what: 'publication', accounts, state: answer.state, ms: publish_ms, to_the_last_record_ms: publish_ms + last_ms, events: team.lines.length, memory_mb: Math.round(await memory()) })

  // A busy account's year: an agreement a week, each with a case that is talked about, and accepted; then somebody of it who has nothing yet.
  const first = team.lines.map((line) => JSON.parse(line)).find((entry) => entry.account !== '' && !entry.account.includes('/'))
  const email = 'year@bench.example'
  for (const command of [
    { do: 'register_contact', account: first.account, name: 'A Year', email },
    { do: 'nominate', account: first.account, email },
  ])
    await team.give(command)
  const contact = await Person.join(hub.address, (await team.give({ do: 'invite', person: `contact:${email}` })).link)
  const notes = 4
  const weeks = 52
  for (let week = 0; week < weeks; week++) {
    const created = await team.give({ do: 'create_agreement', account: first.account, products: ['p-0-0'], terms: '6.1' })
    await team.give({ do: 'issue', number: created.number })
    for (let note = 0; note < notes; note++) {
      await contact.give({ do: 'add_note', case: created.case_number, text: 'A question about what this covers.' })
      await team.give({ do: 'reply', case: created.case_number, text: 'An answer to it.' })
    }
    await contact.give({ do: 'accept', number: created.number, read_and_understood: true })
  }
  Object.assign(contact, { lines: [], answered: 0 })
  const [year_ms] = await timed(() => contact.catchUp(600_000))
  tell({ what: 'an account’s year is caught up', agreements: weeks, events: contact.lines.length, kilobytes: Math.round(contact.lines.join('\n').length / 1024), ms: year_ms })
  await contact.close()
} finally {
  for (const person of people) await person.close()
  await hub.close()
}
