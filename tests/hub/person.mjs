// Somebody who takes part in a shared workspace, without a browser: what web/src/sharing.ts does, with Node.js's own signatures. Tests
// give commands by it, look at what was read, and attack with its credentials.
import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { createRequire } from 'node:module'

const require = createRequire(new URL('../../web/node_modules/x.js', import.meta.url))
export const { connect, headers, nkeys, nkeyAuthenticator } = require('@nats-io/transport-node')

const utf8 = new TextEncoder()
export const pause = (ms) => new Promise((done) => setTimeout(done, ms))
export const tokenOf = (person) =>
  createHash('sha256').update(person.replace(/[A-Z]/g, (letter) => letter.toLowerCase())).digest('hex').slice(0, 20)
export const newId = () => randomBytes(16).toString('hex')

export const invitationIn = (link) => JSON.parse(Buffer.from(link.split('#/join/')[1], 'base64url').toString('utf8'))

export function signingKey() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('hex')
  return { key, sign: (text) => sign(null, Buffer.from(text), privateKey).toString('hex') }
}

/** A connection that came amid a reload of the broker's configuration may be left without a word, or turned away: then once more. */
export async function connectAs(address, person_token, seed, options = {}) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await connect({
        servers: address.split(','),
        authenticator: nkeyAuthenticator(utf8.encode(seed)),
        inboxPrefix: `_INBOX_${person_token}`,
        maxReconnectAttempts: -1,
        reconnectTimeWait: 100,
        timeout: 3000,
        ...options,
      })
    } catch (error) {
      if (attempt === 5 || !/timeout|authorization/i.test(String(error))) throw error
      await pause(200)
    }
  }
}

export class Person {
  /** Takes an invitation up; `address`: the broker's, for programs. */
  static async join(address, link) {
    const invitation = invitationIn(link)
    const person = new Person(address, invitation)
    const user = nkeys.createUser()
    person.seed = new TextDecoder().decode(user.getSeed())
    const invited = nkeys.fromSeed(utf8.encode(invitation.seed))
    const command = { do: 'join', device: 'A test', invitation: invited.getPublicKey(), user: user.getPublicKey() }
    const text = person.textOf(command)
    const proof = Buffer.from(invited.sign(utf8.encode(text))).toString('hex')
    const connection = await connectAs(address, person.token, invitation.seed)
    // Who is admitted is cut off with the invitation, perhaps before the acknowledgement comes. Somebody whom the broker has just been told of is served a moment later.
    for (let attempt = 1; ; attempt++) {
      const taken = await person.publish(connection, JSON.parse(text).id, person.envelope(text, { proof })).then(
        () => true,
        (error) => (attempt === 10 ? Promise.reject(error) : /authorization|closed/i.test(String(error))),
      )
      if (taken) break
      await pause(300)
    }
    await connection.close().catch(() => {})
    person.joined_by = { text, proof, link }
    await person.connect()
    return person
  }

  constructor(address, { workspace, organisation, person }) {
    Object.assign(this, { address, workspace, organisation, person, token: tokenOf(person) })
    Object.assign(this, { signing: signingKey(), lines: [], answers: new Map(), answered: 0 })
  }
  get own() {
    return `${this.organisation}.${this.token}`
  }
  get account() {
    return this.organisation === 'nhse' ? '' : this.organisation
  }

  /** Until the broker lets this person in, which takes a reload of its configuration. */
  async connect() {
    for (let attempt = 0; ; attempt++) {
      this.connection = await connectAs(this.address, this.token, this.seed, { reconnect: true, timeout: 2000 }).catch((error) => {
        if (attempt > 100) throw error
        return undefined
      })
      if (this.connection) break
      await pause(100)
    }
    this.connection.subscribe(`news.${this.organisation}`, { callback: () => void this.read().catch(() => {}) })
  }
  close = () => this.connection?.close()

  textOf(command, { id = newId(), workspace = this.workspace, person = this.person, account = this.account } = {}) {
    return JSON.stringify({ id, workspace, account, person, based_on: 0, command: JSON.stringify(command) })
  }
  envelope(text, { key = this.signing.key, signature = this.signing.sign(text), proof } = {}) {
    return JSON.stringify({ text, key, signature, ...(proof ? { proof } : {}) })
  }
  async publish(connection, id, envelope, subject = `cmd.${this.own}`, timeout = 5000) {
    const about = headers()
    about.set('Nats-Msg-Id', id)
    const answer = await connection.request(subject, utf8.encode(envelope), { timeout, headers: about })
    const said = answer.json()
    if (said.error) throw new Error(said.error.description)
    return said
  }

  /** Reads what is new: one at a time, and for all who ask meanwhile once more. */
  read(timeout = 5000) {
    if (this.reading) return (this.next ??= this.reading.catch(() => {}).then(() => ((this.next = undefined), this.read(timeout))))
    this.reading = this.#read(timeout).finally(() => (this.reading = undefined))
    return this.reading
  }
  async #read(timeout) {
    for (let more = true; more; ) {
      const streams = this.organisation === 'nhse' ? new Map() : this.streams()
      const request = {
        events: this.organisation === 'nhse' ? this.lines.length : 0,
        catalogue: streams.get('')?.length ?? 0,
        account: this.organisation === 'nhse' ? 0 : (streams.get(this.organisation)?.length ?? 0),
        answers: this.answered,
      }
      const read = (await this.connection.request(`read.${this.own}`, utf8.encode(JSON.stringify(request)), { timeout })).json()
      this.lines.push(...read.lines.split('\n').filter(Boolean))
      for (const text of read.answers) {
        const answer = JSON.parse(text)
        this.answers.set(answer.id, answer)
      }
      this.answered = Math.max(this.answered, read.answered)
      more = read.more
    }
  }
  /** Likewise, also where nobody answers at first. */
  async catchUp(ms = 30_000) {
    for (const end = Date.now() + ms; ; await pause(50)) {
      const done = await this.read(1000).then(() => true, (error) => (Date.now() > end ? Promise.reject(error) : false))
      if (done) return
    }
  }
  /** The entries by stream, each after the one that it says it follows; anything else fails. */
  streams() {
    const streams = new Map()
    for (const line of this.lines) {
      const entry = JSON.parse(line)
      const stream = streams.get(entry.account) ?? []
      assert.equal(entry.position, stream.length + 1, `a gap in ${entry.account}`)
      assert.equal(entry.previous, stream.at(-1)?.hash ?? '0'.repeat(64), `the chain of ${entry.account}`)
      stream.push(entry)
      streams.set(entry.account, stream)
    }
    return streams
  }
  heads = () => new Map([...this.streams()].map(([account, stream]) => [account, stream.at(-1).hash]))

  /** Sends a command until the broker has it, and waits for its answer, whatever falls over meanwhile. */
  async give(command, { id = newId(), wait_ms = 60_000 } = {}) {
    const envelope = this.envelope(this.textOf(command, { id }))
    const until = Date.now() + wait_ms
    for (let sent = false; ; ) {
      try {
        if (!sent) await this.publish(this.connection, id, envelope, undefined, 1000)
        sent = true
        await this.read(1000)
      } catch (error) {
        if (Date.now() > until) throw error
      }
      if (this.answers.has(id)) return this.answers.get(id)
      if (Date.now() > until) throw new Error(`No answer to ${JSON.stringify(command)}`)
      await pause(30)
    }
  }
  agreement(number) {
    let state
    for (const stream of this.streams().values())
      for (const entry of stream)
        if (entry.entity === number || entry.body?.number === number) {
          if (entry.type === 'agreement_created') state = 'Draft'
          if (entry.type === 'agreement_accepted' || entry.type === 'agreement_auto_accepted') state = 'Active'
          if (entry.type === 'agreement_cancelled') state = 'Cancelled'
        }
    return state
  }
}
