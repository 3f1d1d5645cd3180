// After every step of every browser test focus is somewhere and seen: a click, a tick, a choice or a key may take away what had focus,
// and nobody would notice but those who cannot see the page, or do not use a mouse.
//
//   watchSteps(page, (fault) => …)     from now on; each fault once, with the step after which it was found
//
// Looked at is what the portal answers for: steps at controls of the portal's own pages. Where a page is left by a step, or the program
// has not begun, nothing is looked at. Focus may come a little later than what is shown: for that it has `patience_ms`.
import { focusFaults } from './looks.mjs'

const patience_ms = 8000
const watched = new WeakMap() // page → what hears of its faults

const isPortal = () => window.portal?.ready === true && document.querySelector('#mirror main') !== null && document.hasFocus()
const isControl = (element) => element.closest('#mirror :is(a[href], button, input, select, textarea, label)') !== null

async function look(page, step) {
  const hear = watched.get(page)
  if (hear === undefined || page.isClosed()) return
  try {
    if (!(await page.evaluate(isPortal))) return
    const until = Date.now() + patience_ms
    let faults = await page.evaluate(focusFaults, true) // who clicks a field at the window's edge sees most of it
    while (faults.length > 0 && Date.now() < until) {
      await new Promise((done) => setTimeout(done, 50))
      faults = await page.evaluate(focusFaults, true)
    }
    for (const fault of faults) hear(`after ${step} at ${new URL(page.url()).hash}: ${fault}`)
  } catch (error) {
    // The page has gone on to another document, or is closed: what is there now is looked at after its own steps.
    if (!/closed|context was destroyed|navigat|Cannot find context/i.test(String(error))) throw error
  }
}

let isPatched = false

function patch(page) {
  isPatched = true
  const Locator = Object.getPrototypeOf(page.locator('body'))
  for (const name of ['click', 'check', 'uncheck', 'selectOption', 'fill']) {
    const original = Locator[name]
    Locator[name] = async function (...words) {
      const tab = this.page()
      const counts = watched.has(tab) && (await this.evaluate(isControl).catch(() => false))
      const result = await original.apply(this, words)
      if (counts) await look(tab, `${name} on ${this}`)
      return result
    }
  }
}

export function watchSteps(page, hear) {
  if (!isPatched) patch(page)
  watched.set(page, hear)
  const { keyboard } = page
  const press = keyboard.press.bind(keyboard)
  keyboard.press = async (key, ...words) => {
    await press(key, ...words)
    if (/^(Enter|Space| |Escape)$/.test(key)) await look(page, key)
  }
}
