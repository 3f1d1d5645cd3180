// Every colour of the theme with every colour that it may meet, light and dark: words 4.5 to 1, edges and shapes 3 to 1 (WCAG 1.4.3,
// 1.4.11). tests/ui/theme_test.cpp holds the pairs that are known; this holds all that the names of web/tokens.css allow, so that a new
// token cannot be used before somebody has said what it is.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

const css = readFileSync(new URL('../../web/tokens.css', import.meta.url), 'utf8')
const colours = (text) => new Map([...text.matchAll(/--ca-([a-z-]+): (#[0-9a-f]{6,8});/g)].map((match) => [match[1], match[2]]))
const schemes = { light: colours(css.split('@media')[0]), dark: colours(css.split('prefers-color-scheme: dark')[1]) }

const luminance = (hex) => {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (a, b) => (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05)

// What words stand on wherever they stand.
const grounds = ['page', 'surface', 'sunken', 'hover', 'banner-information', 'banner-success', 'banner-warning']
const words = ['text', 'text-quiet', 'link', 'link-hover']
const edges = ['border-strong', 'secondary-edge', 'inset-bar', 'progress', 'link']
// Drawn for looks, or told in words beside it: no ratio is asked of it.
const decoration = [
  'border', 'primary-edge', 'warning-edge', 'banner-information-bar', 'banner-success-bar', 'banner-warning-bar', 'track', 'held', 'selection',
  'shadow', 'scrim', 'focus-edge',
]

// [ink, ground, ratio] of every pair that may meet.
function pairsOf(names) {
  const all = words.flatMap((ink) => grounds.map((ground) => [ink, ground, 4.5]))
  all.push(...['page', 'surface'].map((ground) => ['error', ground, 4.5])) // beside fields, which stand nowhere else
  all.push(...edges.flatMap((edge) => ['page', 'surface'].map((ground) => [edge, ground, 3])), ['progress', 'track', 3], ['focus', 'focus-edge', 4.5])
  for (const name of names) {
    if (name.endsWith('-ink')) all.push([name, name.replace(/ink$/, 'fill'), 4.5])
    if (!name.startsWith('on-')) continue
    const ground = name.slice(3)
    for (const worn of [ground, `${ground}-hover`, `${ground}-deep`]) if (names.includes(worn)) all.push([name, worn, 4.5])
  }
  return all
}

for (const [scheme, tokens] of Object.entries(schemes)) {
  test(`colours that meet can be told apart, ${scheme}`, () => {
    const names = [...tokens.keys()]
    const weak = pairsOf(names)
      .map(([ink, ground, ratio]) => [ink, ground, ratio, contrast(tokens.get(ink), tokens.get(ground))])
      .filter(([, , ratio, found]) => !(found >= ratio))
      .map(([ink, ground, ratio, found]) => `${ink} on ${ground}: ${found.toFixed(2)} of ${ratio}`)
    assert.deepEqual(weak, [])
  })

  test(`every colour meets another, or is said to be decoration, ${scheme}`, () => {
    const met = new Set([...pairsOf([...tokens.keys()]).flatMap(([ink, ground]) => [ink, ground]), ...decoration])
    assert.deepEqual([...tokens.keys()].filter((name) => !met.has(name)), [])
  })
}

test('a weak pair would be found', () => {
  assert.ok(contrast('#767676', '#ffffff') > 4.5 && contrast('#777777', '#ffffff') < 4.5)
  assert.equal(contrast('#000000', '#ffffff'), 21)
})
