// A person who has a keyboard and nothing else. After every key focus has to be on something that is seen, inside of the window, and under
// nothing: so each step of a story is a test of its own.
//
//   const keys = byKeyboard(page)
//   await keys.press('Enter')                          one key, and what it does
//   await keys.to('button', 'Accept agreement')        Tab until that has focus
//   await keys.act('button', 'Accept agreement')       Tab to it, and Enter
//   await keys.write('textbox', 'Description', 'Why?') Tab to it, and type
//   await keys.tick('I have read and …')               Tab to it, and Space
//   await keys.choose('Account', 'Larkfield')          Tab to a list, and type the beginning of what it holds
import assert from 'node:assert/strict'
import { focusFaults } from './looks.mjs'
import { settled } from './visit.mjs'

const stops_max = 90

// One frame later: what has focus, what is wrong with where it is, and whether it is the first or the last stop of the page.
const look = (page) =>
  page.evaluate(`new Promise((done) => requestAnimationFrame(() => {
    const { activeElement: element } = document
    const fields = [...(element.labels ?? [])].map((label) => label.textContent)
    const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, [tabindex="0"]')]
      .filter((each) => !each.disabled && each.checkVisibility() && each.closest('[inert]') === null)
    done({
      called: element === document.body ? '' : [element.getAttribute('aria-label') ?? element.textContent, ...fields].join(' '),
      faults: (${focusFaults})(),
      ends: { Tab: element === stops.at(-1), 'Shift+Tab': element === stops[0] },
    })
  }))`)

export function byKeyboard(page) {
  const checked = async (what) => {
    let seen = await look(page)
    // What is written is shown, and focus moved, when it is saved.
    for (let wait = 0; seen.faults.length > 0 && wait < 20; wait++) {
      await page.waitForTimeout(50)
      seen = await look(page)
    }
    assert.deepEqual(seen.faults, [], `after ${what} at ${new URL(page.url()).hash}`)
    ends = seen.ends
    return seen.called
  }
  let ends = {}
  const press = async (key) => {
    await page.keyboard.press(key)
    // After the last stop of a page come the browser's own controls, and after them the first.
    if (ends[key] && (await page.evaluate(() => document.activeElement === document.body))) await page.keyboard.press(key)
    if (!/Tab$/.test(key)) await settled(page)
    return checked(key)
  }
  const to = async (role, name, key = 'Tab') => {
    const target = page.getByRole(role, { name, exact: typeof name === 'string' }).first()
    const isIt = async () => (await target.count()) > 0 && (await target.evaluate((element) => element === document.activeElement))
    const like = (called) => (typeof name === 'string' ? called.includes(name) : name.test(called.trim()))
    const visited = []
    for (let { called } = await look(page); visited.length < stops_max; called = await press(key)) {
      if (like(called) && (await isIt())) return target
      visited.push(called.slice(0, 40))
    }
    return assert.fail(`${role} “${name}” is not reached by ${key}: ${visited.join(', ')}`)
  }
  return {
    press,
    to,
    act: async (role, name) => {
      await to(role, name)
      await press('Enter')
    },
    write: async (role, name, text) => {
      await to(role, name)
      await page.keyboard.type(text)
      await settled(page)
      await checked(`typing into ${name}`)
    },
    tick: async (name) => {
      await to('checkbox', name)
      await press(' ')
    },
    choose: async (name, beginning) => {
      await to('combobox', name)
      await page.keyboard.type(beginning)
      await settled(page)
      await checked(`choosing in ${name}`)
    },
    focused: () => page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent),
  }
}
