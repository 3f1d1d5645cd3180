// The parts of a shared workspace as processes on this machine, for scripts/hub and for tests.
//
//   const hub = await startHub({ folder, root, log })       broker, steward and site; hub.invite('team:Priya Shah') → a link
//   await hub.close()
//
// Everything is kept in the folder: keys (steward-key.json), the broker's configuration and streams, the steward's journal.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import { startServer } from './server.mjs'

const project = fileURLToPath(new URL('..', import.meta.url))
const sample_team = 'team:Priya Shah'
const sample_supplier = 'contact:jo.field@larkfield.example'

const freePort = () =>
  new Promise((done, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => done(port))
    })
  })

const answers = (port) =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => done(true)).once('error', () => done(false))
    socket.once('close', () => done(false)).setTimeout(1000, () => socket.destroy())
    socket.once('data', () => socket.destroy())
  })

const pause = (ms) => new Promise((done) => setTimeout(done, ms))

// A program whose end is awaited; its standard output, as the JSON objects of its lines.
const run = (program, words, hear = () => {}) => {
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] })
  const told = []
  let words_for_people = ''
  child.stderr.on('data', (bytes) => (words_for_people += bytes))
  createInterface({ input: child.stdout }).on('line', (line) => {
    let object
    try {
      object = JSON.parse(line)
    } catch {
      return
    }
    told.push(object)
    hear(object)
  })
  const ended = new Promise((done) => child.on('close', (code, signal) => done({ code, signal, told, words: words_for_people })))
  return { child, ended, told, pid: child.pid }
}

export class Hub {
  constructor(folder, { ports, steward, server, origin, log }) {
    Object.assign(this, { folder, ports, steward_program: steward, server_program: server, origin, log })
    this.brokers = []
    this.stewards = new Map()
  }
  file = (name) => path.join(this.folder, name)
  get nodes() {
    return this.ports.nodes
  }
  get address() {
    return this.nodes.map(({ broker }) => `nats://127.0.0.1:${broker}`).join(',')
  }
  get browser_address() {
    return `ws://localhost:${this.nodes[0].websocket}`
  }

  async prepare() {
    await mkdir(this.folder, { recursive: true })
    if (!existsSync(this.file('steward-key.json'))) await this.#once(['--make-key', this.file('steward-key.json')])
    await this.#once([...this.#own('workspace'), '--prepare'])
    for (const [i, node] of this.nodes.entries()) {
      await mkdir(this.file(`broker-${i}`), { recursive: true })
      const routes = this.nodes.map(({ route }) => `"nats://127.0.0.1:${route}"`).join(', ')
      await writeFile(
        this.file(`broker-${i}.conf`),
        `server_name: hub-${i}
listen: "127.0.0.1:${node.broker}"
pid_file: ${JSON.stringify(this.file(`broker-${i}.pid`))}
max_payload: 8MB
jetstream { store_dir: ${JSON.stringify(this.file(`broker-${i}`))} }
websocket { listen: "127.0.0.1:${node.websocket}", no_tls: true${this.origin ? `, allowed_origins: ["${this.origin}"]` : ''} }
${this.nodes.length > 1 ? `cluster { name: hub, listen: "127.0.0.1:${node.route}", routes: [${routes}] }\n` : ''}include "accounts.conf"
`,
      )
    }
  }
  #own(workspace) {
    return ['--workspace', this.file(workspace), '--key', this.file('steward-key.json'), '--accounts', this.file('accounts.conf')]
  }
  #words(workspace = 'workspace') {
    const reload = this.nodes.map((_, i) => `kill -HUP $(cat '${this.file(`broker-${i}.pid`)}')`).join('; ')
    return [
      '--hub', this.address, ...this.#own(workspace), '--browser-hub', this.browser_address, '--portal', `${this.origin}/`,
      '--reload', reload, '--replicas', String(this.nodes.length),
    ]
  }
  async #once(words) {
    const { code, told, words: said } = await run(this.steward_program, words).ended
    if (code !== 0) throw new Error(`portal-steward ${words.join(' ')}: ${said} ${JSON.stringify(told)}`)
    return told
  }

  async startBroker(i = 0) {
    this.brokers[i] = run(this.server_program, ['-c', this.file(`broker-${i}.conf`)])
    for (let attempt = 0; !(await answers(this.nodes[i].broker)); ++attempt) {
      if (attempt > 200) throw new Error('The broker does not start: see ' + this.file(`broker-${i}.conf`))
      await pause(50)
    }
  }
  stopBroker = (i = 0, signal = 'SIGTERM') => Hub.stop(this.brokers[i], signal)
  // Another steward beside the first has a folder of its own.
  async startSteward(workspace = 'workspace', more = []) {
    const steward = run(this.steward_program, [...this.#words(workspace), ...more], this.log)
    this.stewards.set(workspace, steward)
    for (let attempt = 0; !steward.told.some((line) => line.steward === 'ready'); ++attempt) {
      if (attempt > 600 || steward.child.exitCode !== null) throw new Error('The steward does not start: ' + JSON.stringify(steward.told))
      await pause(50)
    }
    return steward
  }
  get steward() {
    return this.stewards.get('workspace')
  }
  stopSteward = (workspace = 'workspace', signal = 'SIGTERM') => Hub.stop(this.stewards.get(workspace), signal)
  // Work of the steward's that is done once. A steward that runs must be stopped first: a workspace is one program's.
  once = (words) => this.#once([...this.#words(), ...words])
  async invite(person) {
    const told = await this.once(['--invite', person])
    return told.find((line) => line.link).link
  }
  /** The token of the link by which visitors register. */
  async registering() {
    const told = await this.#once([...this.#own('workspace'), '--browser-hub', this.browser_address, '--portal', `${this.origin}/`, '--registering'])
    return told.find((line) => line.registering).registering
  }
  static async stop(process, signal = 'SIGTERM') {
    if (!process || process.child.exitCode !== null || process.child.signalCode !== null) return
    process.child.kill(signal)
    await process.ended
  }
  async close() {
    for (const steward of this.stewards.values()) await Hub.stop(steward)
    for (const broker of this.brokers) await Hub.stop(broker)
    await this.site?.close()
  }
}

// Starts what there is to start over a folder, new or old. `root`: the built site; none: no site is served. `nodes`: of the broker, one
// or three.
export async function startHub({ folder, root, port = 0, nodes = 1, programs, log = () => {}, sample = true }) {
  await mkdir(folder, { recursive: true })
  const ports_file = path.join(folder, 'ports.json')
  const ports = existsSync(ports_file)
    ? JSON.parse(await readFile(ports_file, 'utf8'))
    : { nodes: await Promise.all(Array.from({ length: nodes }, async () => ({ broker: await freePort(), websocket: await freePort(), route: await freePort() }))) }
  await writeFile(ports_file, JSON.stringify(ports))
  const site = root ? await startServer({ root, port, hub: `ws://localhost:${ports.nodes[0].websocket}` }) : null
  const hub = new Hub(path.resolve(folder), {
    ports,
    steward: programs?.steward ?? path.join(project, 'build/cli/portal-steward'),
    server: programs?.server ?? process.env.CA_NATS_SERVER,
    origin: site ? site.url.replace(/\/$/, '') : '',
    log,
  })
  hub.site = site
  const is_new = !existsSync(hub.file('steward-key.json'))
  await hub.prepare()
  await Promise.all(hub.nodes.map((_, i) => hub.startBroker(i)))
  if (is_new && sample) await hub.once(['--sample'])
  site?.offer(await hub.registering())
  return hub
}

async function main() {
  const words = process.argv.slice(2)
  let folder = path.join(project, 'build/hub')
  let port = 8080
  while (words.length > 0) {
    const word = words.shift()
    const value = words.shift()
    if (word === '--folder' && value) folder = value
    else if (word === '--port' && /^\d+$/.test(value ?? '')) port = Number(value)
    else {
      console.error('usage: scripts/hub [--folder DIR] [--port N]')
      process.exit(2)
    }
  }
  const log = (line) => console.error(JSON.stringify(line))
  const hub = await startHub({ folder, root: path.join(project, 'build/web/site'), port, log })
  const team = await hub.invite(sample_team)
  const supplier = await hub.invite(sample_supplier)
  await hub.startSteward()
  console.log(`NHS England's agreement team (${sample_team}):\n${team}\n\nA supplier (${sample_supplier}):\n${supplier}\n`)
  console.log(`Whoever has no invitation registers here: ${hub.site.url}#/register\n`)
  console.log('Each invitation is good once, for one browser. Open them in two browsers, or in two profiles of one.')
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => void hub.close().then(() => process.exit(0)))
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await main()
