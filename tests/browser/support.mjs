// What every browser test starts from: the site on a free port of this machine, and Debian's Chromium with a profile
// that is made for the test and thrown away after it.
//
//   import { test } from 'node:test'
//   import { withPortal } from './support.mjs'
//   test('opens', withPortal(async ({ page, open }) => { await open('#/'); … }))
//
// withPortal(options?, body) gives the body:
//   url      the address that the site is served at, ending in "/"
//   context  one browser profile; more tabs come from context.newPage() and share its storage
//   page     its first tab
//   open(address, tab = page)   goes to an address of the portal ("#/agreements") and waits until it is shown
//   restart(options?)           closes the browser and opens it again on the same profile; returns the new { context, page }
//   errors   what the page wrote to its console as errors or threw; a test fails in the end if there is any
//            that it did not take out
//   lost     the same of steps after which focus was nowhere, or out of sight (steps.mjs)
// Options: view ("html": begins in the HTML view), viewport, deviceScaleFactor, colorScheme, reducedMotion, forcedColors, hasTouch, webgl (false: none), settings (more arguments of Chromium's), acceptDownloads,
// allowErrors (true: errors do not fail the test), focus (false: it is not looked for after each step, steps.mjs).
//
// CA_SITE names another site folder than build/web/site, CA_CHROMIUM another browser than /usr/bin/chromium.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { startServer } from '../../scripts/server.mjs'
import { watchSteps } from './steps.mjs'

const require = createRequire(new URL('../../web/package.json', import.meta.url))
const { chromium } = require('playwright-core')

export const project = fileURLToPath(new URL('../../', import.meta.url))
export const shared = path.join(project, '..', 'shared')
export const site = path.resolve(process.env.CA_SITE ?? path.join(project, 'build/web/site'))
export const timeout_ms = 120_000

// Real WebGL 2 by software, and none of the browser's own calls home.
const flags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
]
const webgl_flags = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist']
const no_webgl_flags = ['--disable-gpu', '--disable-3d-apis']

const program = process.env.CA_CHROMIUM ?? '/usr/bin/chromium'

export async function makeProfile() {
  return mkdtemp(path.join(os.tmpdir(), 'portal-profile-'))
}

// Opens Chromium on a profile folder. Resolves to a Playwright browser context.
export async function openBrowser(profile, options = {}) {
  const { webgl = true, settings = [], allowErrors, view, ...rest } = options
  return chromium.launchPersistentContext(profile, {
    executablePath: program,
    headless: true,
    args: [...flags, ...(webgl ? webgl_flags : no_webgl_flags), ...settings],
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    acceptDownloads: true,
    ...rest,
  })
}

// Chromium without WebGL in a process group of its own, which `kill` ends all at once, as a crash or the power switch would: nothing
// in it gets another turn. Resolves to { context, kill }.
export async function openBrowserToKill(profile) {
  const args = [...flags, ...no_webgl_flags, '--headless', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank']
  const child = spawn(program, args, { detached: true, stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const kill = async () => {
    process.kill(-child.pid, 'SIGKILL')
    await ended
  }
  try {
    const address = await new Promise((resolve, reject) => {
      let said = ''
      child.stderr.on('data', (bytes) => {
        said += bytes
        const found = said.match(/DevTools listening on (\S+)/)
        if (found) resolve(found[1])
      })
      ended.then(() => reject(new Error(`Chromium did not start: ${said}`)))
    })
    const browser = await chromium.connectOverCDP(address)
    return { context: browser.contexts()[0], kill }
  } catch (error) {
    await kill()
    throw error
  }
}

// A page of each kind, in the sample workspace.
export const places = [
  '#/', '#/agreements', '#/cases', '#/notifications', '#/nomination', '#/register', '#/policies/acceptable-use', '#/changes',
  '#/data', '#/verify', '#/help', '#/accessibility', '#/agreements/CNTR9999999', '#/agreements/CNTR0000008',
  '#/agreements/CNTR0000008/terms', '#/agreements/CNTR0000008/compare', '#/agreements/CNTR0000008/history', '#/cases/CS0000009',
  '#/team', '#/team/agreements', '#/team/agreements/create', '#/team/requests', '#/team/accounts', '#/team/products',
  '#/team/terms', '#/team/cases', '#/team/outbox', '#/search?q=nomination',
]

// The portal is shown once its level-1 heading is there and the document says that it is not busy.
export async function shown(page, timeout = 30_000) {
  await page.waitForFunction(
    () => document.body.getAttribute('aria-busy') !== 'true' && document.querySelector('main h1') !== null,
    undefined,
    { timeout },
  )
}

// Goes to an address of the portal and waits until its page is shown. Inside a document that is there already the page before
// stays to be seen until the next frame, and whatever looks for a name at once may find it there: so first the change has to be
// heard of, and then drawn. (The program listens since it started, hence hears of it and asks for its frame before this does.)
export async function goTo(tab, url) {
  const [from, to] = [new URL(tab.url()), new URL(url)]
  if (from.hash !== to.hash && from.href.slice(0, -from.hash.length || undefined) === to.href.slice(0, -to.hash.length || undefined)) {
    await tab.evaluate(
      (hash) =>
        new Promise((drawn) => {
          window.addEventListener('hashchange', () => requestAnimationFrame(() => requestAnimationFrame(drawn)), { once: true })
          location.hash = hash
        }),
      to.hash,
    )
  } else {
    await tab.goto(url)
  }
  await shown(tab)
}

// From the first page on, as if somebody had chosen it: nothing is drawn, and where that is not what a test is about it is the quicker one.
export const useHtml = (context) => context.addInitScript(() => location.protocol !== 'about:' && localStorage.setItem('connection-agreements.view', 'html'))

export function withPortal(...words) {
  const body = words.pop()
  const options = words[0] ?? {}
  return async (t) => {
    assert.ok(existsSync(path.join(site, 'index.html')), `no site in ${site}: run scripts/build web`)
    const server = await startServer({ root: site })
    const profile = await makeProfile()
    const errors = []
    const lost = [] // steps after which focus was not to be seen
    let context = null
    const start = async (more = {}) => {
      context = await openBrowser(profile, { ...options, ...more })
      if (options.view === 'html') await useHtml(context)
      const watch = (tab) => {
        tab.on('pageerror', (error) => errors.push(String(error?.stack ?? error)))
        tab.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
        if (options.focus !== false) watchSteps(tab, (fault) => lost.push(fault))
      }
      context.pages().forEach(watch)
      context.on('page', watch)
      context.setDefaultTimeout(20_000)
      return { context, page: context.pages()[0] ?? (await context.newPage()) }
    }
    try {
      const first = await start()
      const world = {
        t,
        url: server.url,
        profile,
        errors,
        lost,
        ...first,
        open: async (address, tab = world.page) => {
          await goTo(tab, server.url + address)
          return tab
        },
        restart: async (more) => {
          await context.close()
          Object.assign(world, await start(more))
          return { context: world.context, page: world.page }
        },
      }
      await body(world)
      if (!options.allowErrors) assert.deepEqual(errors, [], 'the page reported errors')
      assert.deepEqual(lost, [], 'focus is somewhere, and seen, after every step')
    } finally {
      await context?.close().catch(() => {})
      await server.close()
      await rm(profile, { recursive: true, force: true, maxRetries: 3 })
    }
  }
}

let axe_source = null

// What axe-core finds in a page, a line a finding; empty is good. `rules` switches rules: { 'color-contrast': false }.
export async function accessibilityFindings(page, { rules = {}, tags = null } = {}) {
  axe_source ??= await readFile(require.resolve('axe-core/axe.min.js'), 'utf8')
  // Evaluated by the debugger, not by the page, so the page's content security policy stays as it is.
  await page.evaluate(axe_source)
  const results = await page.evaluate(
    ({ rules, tags }) =>
      window.axe.run(document, {
        rules: Object.fromEntries(Object.entries(rules).map(([id, enabled]) => [id, { enabled }])),
        ...(tags ? { runOnly: { type: 'tag', values: tags } } : {}),
        resultTypes: ['violations'],
      }),
    { rules, tags },
  )
  return results.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id} (${rule.impact}): ${rule.help}: ${node.target.join(' ')}: ${node.html.slice(0, 160)}`),
  )
}

// PDF.js, the build that runs in Node.js.
export async function pdfReader() {
  return import(pathToFileURL(require.resolve('pdfjs-dist/legacy/build/pdf.mjs')).href)
}
