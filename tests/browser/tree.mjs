// What Chromium tells assistive technology of a page, as text: one line a node, indented as the nodes lie inside one another, in the
// order in which they are read.
//
//   role "name" = "value" (state, state) — description
//
//   const lines = await treeOf(page)
//
// Roles, names, states and descriptions are the browser's own (Accessibility.getFullAXTree); only "current" and "sorted" are read off
// the elements, because the protocol leaves them out. What is ignored has no line, and what is in it stands in its place, as it is
// heard. Words that are all that a node holds stand on its own line. Of a long table, list or document only the beginning is written,
// and how much there is of it: the rest is of the same kind.
import { createRequire } from 'node:module'

const require = createRequire(new URL('../../web/package.json', import.meta.url))
const { diff } = require('playwright-core/lib/utilsBundle')

// A group of alike children: above `max` of them only the first `kept` are written.
const alike = { row: { max: 5, kept: 3 }, listitem: { max: 12, kept: 5 }, option: { max: 8, kept: 4 }, article: { max: 8, kept: 6 } }
const article_lines_max = 12

const unheard = new Set(['InlineTextBox', 'LineBreak', 'ListMarker', 'LabelText', 'Legend', 'caption', 'separator'])
// What holds others and says nothing by itself.
const silent = new Set(['generic', 'none', 'rowgroup', 'form', 'MenuListPopup'])
// Where one block ends and another begins.
const edge = {}
const inline = new Set(['StaticText', 'strong', 'emphasis', 'code', 'insertion', 'deletion'])
const spoken_roles = { RootWebArea: 'page', StaticText: 'text', DescriptionList: 'description list', ProgressIndicator: 'progressbar' }

async function readTree(page) {
  const session = await page.context().newCDPSession(page)
  try {
    for (const domain of ['Accessibility', 'DOM']) await session.send(`${domain}.enable`)
    const { nodes } = await session.send('Accessibility.getFullAXTree')
    const { nodes: elements } = await session.send('DOM.getFlattenedDocument', { depth: -1 })
    const pairs = ({ attributes: list = [] }) => list.flatMap((word, at) => (at % 2 === 0 ? [[word, list[at + 1]]] : []))
    const attributes = new Map(elements.map((element) => [element.backendNodeId, new Map(pairs(element))]))
    return { root: nodes[0], byId: new Map(nodes.map((node) => [node.nodeId, node])), attributes }
  } finally {
    await session.detach()
  }
}

function statesOf(node, attributes) {
  const value = new Map((node.properties ?? []).map(({ name, value }) => [name, value.value]))
  const element = attributes.get(node.backendDOMNodeId)
  const yes = (name) => value.get(name) === true || value.get(name) === 'true'
  const has = (name) => value.get(name) !== undefined
  const states = []
  if (has('checked')) states.push(yes('checked') ? 'checked' : 'not checked')
  if (has('pressed')) states.push(yes('pressed') ? 'pressed' : 'not pressed')
  if (has('expanded')) states.push(yes('expanded') ? 'expanded' : 'collapsed')
  if (yes('selected')) states.push('selected')
  if (element?.get('aria-current')) states.push(`current ${element.get('aria-current')}`)
  if (element?.get('aria-sort')) states.push(`sorted ${element.get('aria-sort')}`)
  if (element?.get('aria-required') === 'true' || yes('required')) states.push('required') // the protocol tells it of fields of text alone
  for (const name of ['disabled', 'busy', 'modal', 'multiline']) if (yes(name)) states.push(name)
  if (yes('invalid')) states.push('invalid')
  if (yes('focused') && node.role.value !== 'RootWebArea') states.push('focused')
  return states
}

const indented = (lines) => lines.map((line) => `  ${line}`)
const tidy = (words) => words.replace(/\s+/g, ' ').trim()

class Writer {
  constructor({ byId, attributes }) {
    this.byId = byId
    this.attributes = attributes
  }

  // The children that are heard: those of silent ones in their place, words that follow one another as one.
  childrenOf(node) {
    const heard = []
    for (const id of node.childIds ?? []) {
      const child = this.byId.get(id)
      const role = child?.role?.value
      if (child === undefined || unheard.has(role)) continue
      const block = silent.has(role) && !child.ignored && !child.name?.value
      if (child.ignored || block) {
        if (block) heard.push(edge)
        heard.push(...this.childrenOf(child))
        if (block) heard.push(edge)
      } else if (inline.has(role)) {
        const isTag = /^tag\b/.test(this.attributes.get(child.backendDOMNodeId)?.get('class') ?? '')
        heard.push(...(isTag ? [edge, { words: this.wordsOf(child) }, edge] : [{ words: this.wordsOf(child) }]))
      } else {
        heard.push(child)
      }
    }
    return heard
  }

  // Words that follow one another in one block are one.
  joined(heard) {
    const all = []
    let last = edge
    for (const child of heard) {
      if (child.words !== undefined && last.words !== undefined) all[all.length - 1] = { words: last.words + child.words }
      else if (child !== edge) all.push(child)
      last = child === edge ? edge : all.at(-1)
    }
    return all
  }

  wordsOf(node) {
    if (node.role?.value === 'StaticText') return node.name?.value ?? ''
    return (node.childIds ?? []).map((id) => this.byId.get(id)).filter(Boolean).map((child) => this.wordsOf(child)).join('')
  }

  write(node) {
    if (node.words !== undefined) return tidy(node.words) === '' ? [] : [`text "${tidy(node.words)}"`]
    const value = node.role.value
    const children = value === 'button' ? [] : this.joined(this.childrenOf(node)) // of a button only its name is heard
    const words = children.length > 0 && children.every((child) => child.words !== undefined) ? tidy(children.map((child) => child.words).join(' ')) : null
    const name = tidy(node.name?.value ?? '')
    const said = name === '' && words !== null ? words : name
    const level = value === 'heading' ? ` ${node.properties?.find((each) => each.name === 'level')?.value.value ?? '?'}` : ''
    let line = (spoken_roles[value] ?? value) + level
    if (said !== '') line += ` "${said}"`
    const held = node.value?.value
    if (held !== undefined && held !== '') line += ` = "${tidy(String(held))}"`
    const states = statesOf(node, this.attributes)
    if (states.length > 0) line += ` (${states.join(', ')})`
    const about = tidy(node.description?.value ?? '')
    if (about !== '') line += ` — ${about}`
    // Words that are the name are not written again, nor is the inside of a field.
    const inside = words !== null && (words === said || said.startsWith(words) || node.value !== undefined) ? [] : this.writeAll(children)
    if (value === 'article' && inside.length > article_lines_max)
      inside.splice(article_lines_max, Infinity, `… and ${inside.length - article_lines_max} more lines`)
    return [line, ...indented(named(inside, said))]
  }

  writeAll(children) {
    const counts = new Map()
    const lines = []
    const left = new Map()
    const all = (role) => children.filter((child) => child.role?.value === role).length
    for (const child of children) {
      const role = child.role?.value
      const rule = alike[role]
      const count = (counts.get(role) ?? 0) + 1
      counts.set(role, count)
      if (rule !== undefined && all(role) > rule.max && count > rule.kept) left.set(role, (left.get(role) ?? 0) + 1)
      else lines.push(...this.write(child))
    }
    for (const [role, count] of left) lines.push(`… and ${count} more: ${role}`)
    return lines
  }
}

// A cell or link whose only line says its name again needs none.
const named = (inside, name) => (inside.length === 1 && inside[0] === `text "${name}"` ? [] : inside)

export async function treeOf(page) {
  const tree = await readTree(page)
  return new Writer(tree).write(tree.root)
}

// What is different in two texts, as a unified diff; empty where nothing is.
export function differenceOf(before, after, name) {
  if (before === after) return ''
  return diff.createTwoFilesPatch(`${name} (kept)`, `${name} (now)`, before, after, undefined, undefined, { context: 3 })
}
