// What a visit of the sample workspace begins with and goes on by, for tests of whole pages.
//
//   const now = sample_day                     2 March 2026 at 10am: every page is the same on every day
//   await sample(page, url)                    starts with sample data, on that day
//   await actAs(page, 'Jo Field')
//   await drawn(page)                          three frames later
//   await settled(page)                        when no frame has come for a while
import { goTo } from './support.mjs'

export const sample_day = new Date('2026-03-02T10:00:00Z')

export async function sample(page, url) {
  await page.clock.setFixedTime(sample_day)
  await goTo(page, `${url}#/`)
  await page.getByRole('button', { name: 'Start with sample data' }).click()
  await page.getByRole('button', { name: 'Start with sample data' }).waitFor({ state: 'detached' })
}

export async function actAs(page, name) {
  await page.getByRole('button', { name: /^Acting as / }).click()
  const dialog = page.getByRole('dialog', { name: 'Acting as' })
  await dialog.getByRole('searchbox', { name: 'Find a person' }).fill(name)
  await dialog.getByRole('button', { name, exact: true }).first().click()
  await page.getByRole('button', { name: `Acting as ${name}`, exact: true }).waitFor()
}

export const drawn = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))))

// A page is still when no frame has come for a while: the words of a status line, too, come a little after their page.
export const settled = (page) =>
  page.evaluate(async () => {
    await document.fonts.ready
    for (let frames = -1, look = 0; frames !== window.portal.frames && look < 80; look++) {
      frames = window.portal.frames
      await new Promise((done) => setTimeout(done, 120))
    }
  })
