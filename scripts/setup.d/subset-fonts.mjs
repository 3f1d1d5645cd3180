// The typefaces that the portal's pages are set in: with the letters that they need alone, Latin, Greek and Cyrillic with their marks,
// punctuation, currencies, arrows and the shapes of controls. The rest was half of what a first visit moved for them. Letters that they
// lack are drawn by the browser (web/src/foreign_text.ts); papers are set in the whole faces.
//
// The licence (OFL) reserves the name "Source" to the whole faces, so these are Portal Sans and Portal Code; whose work they are, and on what
// terms, stays in them.
//
//   node scripts/setup.d/subset-fonts.mjs NODE_FOLDER FONTS_FOLDER     FONTS_FOLDER/Source….ttf → FONTS_FOLDER/pages/Portal….ttf
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const [node_folder, fonts] = process.argv.slice(2)
const subsetFont = createRequire(path.join(path.resolve(node_folder), 'package.json'))('subset-font')

const faces = [
  ['SourceSans3-Regular', 'PortalSans-Regular'],
  ['SourceSans3-SemiBold', 'PortalSans-SemiBold'],
  ['SourceSans3-Bold', 'PortalSans-Bold'],
  ['SourceSans3-Italic', 'PortalSans-Italic'],
  ['SourceCodePro-Regular', 'PortalCode-Regular'],
]
const blocks = [
  [0x20, 0x7e], [0xa0, 0x24f], [0x2b0, 0x2ff], [0x300, 0x36f], [0x370, 0x3ff], [0x400, 0x52f], [0x1e00, 0x1eff], [0x2000, 0x206f],
  [0x2070, 0x209f], [0x20a0, 0x20bf], [0x2100, 0x214f], [0x2190, 0x22ff], [0x25a0, 0x25ff], [0x2700, 0x27bf],
]
const letters = blocks.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i))).join('')
const ids = { copyright: 0, family: 1, style: 2, unique: 3, full: 4, version: 5, postscript: 6, licence: 13, licence_address: 14 }
// Small capitals, old figures and the like would bring their letters along; no page asks for them.
const options = {
  targetFormat: 'truetype',
  noLayoutClosure: true,
  keepFeatures: ['kern', 'mark', 'mkmk', 'ccmp', 'locl'],
  preserveNameIds: Object.values(ids),
}

// ---- The table of names (OpenType, name and head) ---------------------------------------------------------------------------------------

const tables_at = 12, entry_bytes = 16

function tablesOf(font) {
  return Array.from({ length: font.readUInt16BE(4) }, (_, i) => {
    const at = tables_at + i * entry_bytes
    const offset = font.readUInt32BE(at + 8)
    return { tag: font.toString('latin1', at, at + 4), bytes: font.subarray(offset, offset + font.readUInt32BE(at + 12)) }
  })
}

// Of Windows, in English, which every program reads.
function namesIn(table) {
  const names = new Map()
  const texts = table.readUInt16BE(4)
  for (let at = 6; at < 6 + 12 * table.readUInt16BE(2); at += 12) {
    if (table.readUInt16BE(at) !== 3 || table.readUInt16BE(at + 4) !== 0x409) continue
    const begin = texts + table.readUInt16BE(at + 10)
    names.set(table.readUInt16BE(at + 6), Buffer.from(table.subarray(begin, begin + table.readUInt16BE(at + 8))).swap16().toString('utf16le'))
  }
  return names
}

function nameTable(names) {
  const entries = [...names].sort(([a], [b]) => a - b).map(([id, words]) => [id, Buffer.from(words, 'utf16le').swap16()])
  const head = Buffer.alloc(6 + 12 * entries.length)
  head.writeUInt16BE(entries.length, 2)
  head.writeUInt16BE(head.length, 4)
  let offset = 0
  entries.forEach(([id, words], i) => {
    ;[3, 1, 0x409, id, words.length, offset].forEach((value, j) => head.writeUInt16BE(value, 6 + 12 * i + 2 * j))
    offset += words.length
  })
  return Buffer.concat([head, ...entries.map(([, words]) => words)])
}

const padded = (bytes) => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
function sumOf(bytes) {
  let sum = 0
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0
  return sum
}

function assembled(header, tables) {
  const directory = Buffer.alloc(tables_at + tables.length * entry_bytes)
  header.copy(directory, 0, 0, tables_at)
  let offset = directory.length
  const parts = tables.map(({ tag, bytes }, i) => {
    const part = padded(Buffer.from(bytes))
    if (tag === 'head') part.writeUInt32BE(0, 8) // the sum of all is made without it
    const at = tables_at + i * entry_bytes
    directory.write(tag, at, 'latin1')
    ;[sumOf(part), offset, bytes.length].forEach((value, j) => directory.writeUInt32BE(value, at + 4 + 4 * j))
    offset += part.length
    return part
  })
  const font = Buffer.concat([directory, ...parts])
  const head = tables.findIndex(({ tag }) => tag === 'head')
  font.writeUInt32BE((0xb1b0afba - sumOf(font)) >>> 0, font.readUInt32BE(tables_at + head * entry_bytes + 8) + 8)
  return font
}

// ---- The glyph for letters that nobody has (OpenType, glyf and loca) --------------------------------------------------------------------

const tableIn = (tables, tag) => tables.find((table) => table.tag === tag)

function placesIn(tables) {
  const loca = tableIn(tables, 'loca').bytes
  const is_long = tableIn(tables, 'head').bytes.readInt16BE(50) === 1
  const count = loca.length / (is_long ? 4 : 2)
  return { is_long, places: Array.from({ length: count }, (_, i) => (is_long ? loca.readUInt32BE(4 * i) : 2 * loca.readUInt16BE(2 * i))) }
}

// Making the subset empties glyph 0, and then a letter that no typeface of the machine has would be seen by nobody.
function takeStandIn(tables, whole) {
  const [begin, end] = placesIn(whole).places
  const glyph = padded(Buffer.from(tableIn(whole, 'glyf').bytes.subarray(begin, end)))
  const { is_long, places } = placesIn(tables)
  if (glyph.length < 10 || glyph.readInt16BE(0) < 1) throw new Error('the whole face has no simple glyph 0')
  if (places[1] !== 0) throw new Error('glyph 0 of the subset is not empty')
  const glyf = tableIn(tables, 'glyf'), loca = tableIn(tables, 'loca')
  glyf.bytes = Buffer.concat([glyph, glyf.bytes])
  if (!is_long && glyf.bytes.length >= 0x20000) throw new Error('there is no room for glyph 0')
  loca.bytes = Buffer.alloc(loca.bytes.length)
  places.forEach((place, i) => {
    const moved = i === 0 ? 0 : place + glyph.length
    if (is_long) loca.bytes.writeUInt32BE(moved, 4 * i)
    else loca.bytes.writeUInt16BE(moved / 2, 2 * i)
  })
}

function finished(font, whole, postscript) {
  const tables = tablesOf(font)
  takeStandIn(tables, tablesOf(whole))
  const name = tableIn(tables, 'name')
  const before = namesIn(name.bytes)
  const [family, style] = postscript.replace('Portal', 'Portal ').split('-')
  const names = new Map([
    [ids.copyright, before.get(ids.copyright)],
    [ids.family, family],
    [ids.style, style],
    [ids.unique, `${postscript}; made from ${before.get(ids.postscript)}`],
    [ids.full, `${family} ${style}`],
    [ids.version, before.get(ids.version)],
    [ids.postscript, postscript],
    [ids.licence, before.get(ids.licence)],
    [ids.licence_address, before.get(ids.licence_address)],
  ])
  for (const [id, words] of names) if (!words) throw new Error(`${postscript}: the whole face has no name ${id}`)
  name.bytes = nameTable(names)
  return assembled(font, tables)
}

mkdirSync(path.join(fonts, 'pages'))
for (const [name, postscript] of faces) {
  const whole = readFileSync(path.join(fonts, `${name}.ttf`))
  writeFileSync(path.join(fonts, 'pages', `${postscript}.ttf`), finished(await subsetFont(whole, letters, options), whole, postscript))
}
