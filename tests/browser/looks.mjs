// What may be wrong with how a page is shown, asked of the page itself; each gives lines of words, and none where nothing is wrong.
//
//   await page.evaluate(lostFaults)      text or controls that are cut off, or stand outside of the window; a page that scrolls sideways
//   await page.evaluate(focusFaults)     where focus is: on nothing, out of the window, or under something; with true it is enough that
//                                        most of it is seen
//   await page.evaluate(everyFocusFault) the same of every control of the page, one after the other
//   await page.evaluate(motionFaults)    what moves
//
// They run inside of the page and can use nothing of this file: so each is whole in itself.

export const lostFaults = () => {
  const faults = []
  const { documentElement: root } = document
  const width = root.clientWidth
  if (root.scrollWidth > width) faults.push(`the page is ${root.scrollWidth} px wide in a window of ${width}`)
  const unseen = (element) => element.closest('.visually-hidden, .hidden, .skip, [hidden], [inert]') !== null || !element.checkVisibility()
  // What is shortened on purpose (rows of two lines) shows the whole on focus and while the mouse rests on it.
  const shortened = (element) => element.closest('.canvas-view .shortened, .html-view .calm:not(.cards) tbody .words') !== null
  const short = (words) => `“${words.trim().replace(/\s+/g, ' ').slice(0, 50)}”`
  // The room that its frames leave to an element: a frame that scrolls leaves all there is along its axis.
  const roomOf = (element) => {
    const room = { left: 0, right: width, top: -Infinity, bottom: Infinity }
    for (let at = element; at !== null && at !== document.body; at = at.parentElement) {
      const { overflowX: x, overflowY: y } = getComputedStyle(at)
      if (x === 'visible' && y === 'visible') continue
      const box = at.getBoundingClientRect()
      if (/auto|scroll/.test(x)) Object.assign(room, { left: -Infinity, right: Infinity })
      else if (x !== 'visible') Object.assign(room, { left: Math.max(room.left, box.left), right: Math.min(room.right, box.right) })
      if (/auto|scroll/.test(y)) return { ...room, top: -Infinity, bottom: Infinity }
      if (y !== 'visible') Object.assign(room, { top: Math.max(room.top, box.top), bottom: Math.min(room.bottom, box.bottom) })
    }
    return room
  }
  const slack = 1.5
  const outOf = (room, box, lines = 0) =>
    box.left < room.left - slack || box.right > room.right + slack || box.top < room.top - slack - lines || box.bottom > room.bottom + slack + lines
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let text; (text = walker.nextNode()) !== null; ) {
    const element = text.parentElement
    if (text.data.trim() === '' || element.closest('script, style, option, textarea') || unseen(element) || shortened(element)) continue
    const range = document.createRange()
    range.setStart(text, text.data.length - text.data.trimStart().length)
    range.setEnd(text, text.data.trimEnd().length)
    const room = roomOf(element)
    // A line's box is taller than its letters.
    if ([...range.getClientRects()].some((box) => box.width > 0 && outOf(room, box, box.height / 4))) faults.push(`${short(text.data)} is cut off`)
  }
  for (const control of document.querySelectorAll('button, input, select, textarea, a[href]')) {
    if (unseen(control)) continue
    const box = control.getBoundingClientRect()
    if (outOf({ ...roomOf(control.parentElement), top: -Infinity, bottom: Infinity }, box)) faults.push(`${short(control.getAttribute('aria-label') ?? control.textContent)} stands outside of the window`)
  }
  return [...new Set(faults)]
}

export const focusFaults = (most = false) => {
  const element = document.activeElement
  if (element === null || element === document.body) return ['focus is on nothing']
  const name = `“${(element.getAttribute('aria-label') ?? element.textContent).trim().replace(/\s+/g, ' ').slice(0, 50)}”`
  const box = element.getBoundingClientRect()
  if (box.width === 0 || box.height === 0) return [`${name} has focus and no size`]
  // What is taller than the window (the main part of a page, a log) has focus as a whole: its beginning is to be seen.
  const tall = box.height > innerHeight - 8 || element.matches('textarea')
  const half = Math.min(box.height / 2, 24)
  const inside = box.left >= -1 && box.right <= innerWidth + 1 &&
    (tall || most ? box.top < innerHeight - half && box.bottom > half : box.top >= -1 && box.bottom <= innerHeight + 1)
  if (!inside) return [`${name} has focus outside of the window, at ${Math.round(box.top)} to ${Math.round(box.bottom)} of ${innerHeight}`]
  if (tall) return []
  // Some of it is uppermost; a field may be covered by its own parts.
  const holder = element.closest('label, .checkbox, .radio, .select, .textbox, .searchbox, .file_input') ?? element
  const places = [...element.getClientRects()].flatMap(({ left, top, width, height }) =>
    [0.2, 0.5, 0.8].flatMap((x) => [0.2, 0.5, 0.8].map((y) => [left + x * width, top + y * height])))
  const seen = places.some(([x, y]) => {
    const at = document.elementFromPoint(x, y)
    return at !== null && (element.contains(at) || holder.contains(at))
  })
  return seen ? [] : [`${name} has focus under ${document.elementFromPoint(...places[4])?.outerHTML.slice(0, 80)}`]
}

// Of every control that Tab reaches: it is brought to sight, nothing lies over it, and in the HTML view it is marked.
export const everyFocusFault = async (view) => {
  const faults = []
  const open = document.querySelector('dialog[open]')
  const stops = (open ?? document).querySelectorAll('a[href], button, input, select, textarea, [tabindex="0"]')
  const looks = (element) => {
    const { outlineStyle, outlineWidth, boxShadow, backgroundColor, borderColor } = getComputedStyle(element)
    return [outlineStyle === 'none' ? '' : outlineStyle + outlineWidth, boxShadow, backgroundColor, borderColor].join('|')
  }
  for (const element of stops) {
    if (element.disabled || !element.checkVisibility() || element.closest('[inert]') || element.matches('.skip')) continue
    const name = `“${(element.getAttribute('aria-label') ?? element.textContent).trim().replace(/\s+/g, ' ').slice(0, 50)}”`
    element.blur()
    const before = looks(element)
    element.focus({ focusVisible: true })
    if (document.activeElement !== element) continue
    const box = element.getBoundingClientRect()
    const across = box.left >= -1 && box.right <= innerWidth + 1
    // Of a field of several lines the line with the caret is brought to sight, of what is taller than the window its beginning.
    const tall = box.height > innerHeight || element.matches('textarea')
    if (!across || (tall ? box.top > innerHeight - 24 || box.bottom < 24 : box.top < -1 || box.bottom > innerHeight + 1)) {
      faults.push(`${name} has focus outside of the window: ${Math.round(box.left)}, ${Math.round(box.top)} to ${Math.round(box.right)}, ${Math.round(box.bottom)}`)
      continue
    }
    const holder = element.closest('label, .checkbox, .radio, .select, .textbox, .searchbox, .file_input') ?? element
    const points = [...element.getClientRects()].flatMap(({ left, top, width, height }) =>
      [0.2, 0.5, 0.8].flatMap((x) => [0.05, 0.25, 0.5, 0.75, 0.95].map((y) => [left + x * width, top + y * height])))
    const seen = points.filter(([x, y]) => y >= 0 && y < innerHeight).some(([x, y]) => {
      const at = document.elementFromPoint(x, y)
      return at !== null && holder.contains(at)
    })
    if (!seen) faults.push(`${name} has focus under ${document.elementFromPoint(...points[7])?.outerHTML.slice(0, 90)}`)
    if (view === 'html' && looks(element) === before) faults.push(`${name} has focus and no mark`)
  }
  return faults
}

export const motionFaults = () => {
  const moving = document.getAnimations().map((each) => `${each.effect?.target?.className} moves`)
  const smooth = [...document.querySelectorAll('*')].filter((each) => {
    const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(each)
    return (transitionDuration !== '0s' && !/^(0s, )*0s$/.test(transitionDuration)) || animationName !== 'none' || scrollBehavior === 'smooth'
  })
  return [...moving, ...new Set(smooth.map((each) => `${each.tagName} ${each.className} would move`))]
}
