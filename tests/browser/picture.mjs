// Pictures of pages, kept and compared.
//
//   const kept = encode(png)                 a PNG of at most 256 colours: a third of the bytes that a screenshot has
//   const found = differenceOf(now, kept)    null, or { words, picture }: how many pixels differ, and where
//
// Compared is what an eye compares (YIQ distance), without the edges of letters, which every version of a browser smooths in its own way;
// a few pixels more or less are no difference. What the browser tests run on brings the comparison along: it is that of Playwright.
import { createRequire } from 'node:module'
import { deflateSync } from 'node:zlib'

const require = createRequire(new URL('../../web/package.json', import.meta.url))
const { PNG } = require('playwright-core/lib/utilsBundle')
const { getComparator } = require('playwright-core/lib/utils')

const colour_distance_max = 0.06 // of 1, black to white
const share_max = 0.0005 // of all pixels: 512 of 1280 × 800, a small tag

const compare = getComparator('image/png')

export function differenceOf(now, kept) {
  const found = compare(now, kept, { threshold: colour_distance_max, maxDiffPixelRatio: share_max })
  return found && { words: found.errorMessage, picture: found.diff }
}

function chunk(name, bytes) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), bytes])
  const whole = Buffer.alloc(body.length + 8)
  whole.writeUInt32BE(bytes.length, 0)
  body.copy(whole, 4)
  whole.writeUInt32BE(crcOf(body), body.length + 4)
  return whole
}

const crc_table = Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c >>> 0
})
function crcOf(bytes) {
  let crc = 0xffffffff
  for (const byte of bytes) crc = crc_table[(crc ^ byte) & 255] ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

// As an eye sees them apart (and as the comparison does): 35,215 is black from white.
const parts = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]
function distance(one, other) {
  const [r, g, b] = parts(one).map((value, at) => value - parts(other)[at])
  const y = r * 0.29889531 + g * 0.58662247 + b * 0.11448223
  const i = r * 0.59597799 - g * 0.2741761 - b * 0.32180189
  const q = r * 0.21147017 - g * 0.52261711 + b * 0.31114694
  return 0.5053 * y * y + 0.299 * i * i + 0.1957 * q * q
}
const kept_distance_max = 16 // an eighth of what makes a difference

// The most frequent colours, and then always the one that is farthest from all of them, until none is far.
function paletteOf(data) {
  const counts = new Map()
  for (let at = 0; at < data.length; at += 4) {
    const colour = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2]
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const colours = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([colour]) => colour)
  const palette = []
  const nearest = new Map(colours.map((colour) => [colour, { place: 0, far: Infinity }]))
  const take = (taken) => {
    for (const [colour, near] of nearest) {
      const far = distance(colour, taken)
      if (far < near.far) Object.assign(near, { place: palette.length, far })
    }
    palette.push(taken)
  }
  for (const colour of colours.slice(0, 32)) take(colour)
  while (palette.length < 256) {
    const [colour, { far }] = [...nearest].reduce((most, each) => (each[1].far > most[1].far ? each : most))
    if (far <= kept_distance_max) break
    take(colour)
  }
  return { palette, placeOf: (colour) => nearest.get(colour).place }
}

export function encode(png) {
  const { width, height, data } = PNG.sync.read(png)
  const { palette, placeOf } = paletteOf(data)
  const lines = Buffer.alloc((width + 1) * height) // each begins with 0: not filtered
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = 4 * (y * width + x)
      lines[y * (width + 1) + 1 + x] = placeOf((data[at] << 16) | (data[at + 1] << 8) | data[at + 2])
    }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3], 8) // 8 bits, of a palette
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(palette.flatMap(parts))),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

// The same picture with one colour changed in as far as it is `from`; for proving that this is seen.
export function recolour(png, from, to) {
  const picture = PNG.sync.read(png)
  const { data } = picture
  let changed = 0
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] !== from[0] || data[at + 1] !== from[1] || data[at + 2] !== from[2]) continue
    data.set(to, at)
    changed++
  }
  return { png: PNG.sync.write(picture), changed }
}

// How many pixels of a picture have a colour.
export function countOf(png, [red, green, blue]) {
  const { data } = PNG.sync.read(png)
  let count = 0
  for (let at = 0; at < data.length; at += 4) if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) count++
  return count
}
