// The mirror alone in a page of Chromium, without the program: patches written by hand go in, what a person does comes out.
//
//   test('…', withMirror(async ({ page, apply, said }) => {
//     await apply(['add', 'b', '', '', { role: 'button', words: 'Save' }])
//     await page.getByRole('button', { name: 'Save' }).click()
//     assert.deepEqual(await said(), [['clicked', 'b']])
//   }))
import { readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { makeProfile, openBrowser, project } from './support.mjs'

const require = createRequire(new URL('../../web/package.json', import.meta.url))
const esbuild = require('esbuild')

const source = `
  import { Mirror } from './mirror.ts'
  import { listen } from './happenings.ts'
  import { listenToCopy, textOfRange } from './copy.ts'
  const root = document.getElementById('mirror')
  const mirror = new Mirror(root)
  const said = []
  const listener = new Proxy({}, { get: (_, what) => (...words) => said.push([what, ...words]) })
  listen(root, mirror, listener)
  listenToCopy(root, mirror)
  window.test = { mirror, said, root, textOfRange }
`

export function withMirror(...words) {
  const body = words.pop()
  const { view = 'canvas', ...options } = words[0] ?? {}
  return async () => {
    const built = await esbuild.build({
      stdin: { contents: source, resolveDir: path.join(project, 'web/src'), loader: 'ts' },
      bundle: true,
      format: 'iife',
      target: 'es2022',
      write: false,
    })
    const styles = await Promise.all(['tokens.css', 'styles.css', 'html-view.css'].map((name) => readFile(path.join(project, 'web', name), 'utf8')))
    const profile = await makeProfile()
    const context = await openBrowser(profile, options)
    try {
      const page = context.pages()[0]
      await page.setContent(`<!doctype html><html lang="en-GB"><title>Mirror</title><body class="${view}-view"><div id="mirror"></div></body></html>`)
      await page.addStyleTag({ content: styles.join('\n') })
      await page.addScriptTag({ content: built.outputFiles[0].text })
      await page.evaluate((chosen) => window.test.mirror.show(chosen), view)
      await body({
        page,
        context,
        apply: (...operations) => page.evaluate((patch) => window.test.mirror.apply(patch), operations),
        // What was told since the last call, without focus unless asked for.
        said: (...kinds) =>
          page.evaluate((wanted) => {
            const all = window.test.said.splice(0)
            return all.filter(([what]) => (wanted.length > 0 ? wanted.includes(what) : what !== 'focused'))
          }, kinds),
      })
    } finally {
      await context.close()
      await rm(profile, { recursive: true, force: true, maxRetries: 3 })
    }
  }
}
