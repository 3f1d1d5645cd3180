// Hand-written JavaScript: one lower-cased text a row, narrowed while a word grows, and the rows near the window.
import { cellOf, haystackOf, headOf, open, wordsOf } from './page.mjs'

const height = 28, beyond = 6

open(({ rows, columns, into, counted }) => {
  const haystacks = rows.map((row) => haystackOf(row, columns))
  let order = rows.map((_, index) => index)
  let shown = order, before = ''
  const canvas = document.createElement('div')
  canvas.style.position = 'relative'
  const sort = (key) => {
    const collator = new Intl.Collator('en-GB')
    order = [...order].sort((a, b) => collator.compare(rows[a][key], rows[b][key]))
    before = ''
    shown = order
    filter(text)
  }
  let text = ''
  function filter(now) {
    text = now
    const words = wordsOf(text)
    const from = text.startsWith(before) ? shown : order
    shown = words.length ? from.filter((index) => words.every((word) => haystacks[index].includes(word))) : order
    before = text
    counted(shown.length)
    draw()
  }
  function draw() {
    canvas.style.height = `${shown.length * height}px`
    const first = Math.max(0, Math.floor(into.scrollTop / height) - beyond)
    const last = Math.min(shown.length, first + Math.ceil(into.clientHeight / height) + 2 * beyond)
    const made = []
    for (let place = first; place < last; ++place) {
      const element = document.createElement('div')
      element.className = 'row'
      element.setAttribute('role', 'row')
      element.style.top = `${place * height}px`
      for (const column of columns) element.append(cellOf(rows[shown[place]], column))
      made.push(element)
    }
    canvas.replaceChildren(...made)
  }
  into.append(headOf(columns, sort), canvas)
  into.addEventListener('scroll', draw, { passive: true })
  filter('')
  return { filter }
})
