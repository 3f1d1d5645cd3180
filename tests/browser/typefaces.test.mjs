// The typefaces that pages are set in are the whole ones with fewer letters (scripts/setup.d/subset-fonts.mjs): those that they are for
// are as wide as in the whole ones, and what nobody has is seen as a box.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { timeout_ms, withPortal } from './support.mjs'

const faces = {
  'PortalSans-Regular': 'SourceSans3-Regular',
  'PortalSans-SemiBold': 'SourceSans3-SemiBold',
  'PortalSans-Bold': 'SourceSans3-Bold',
  'PortalSans-Italic': 'SourceSans3-Italic',
  'PortalCode-Regular': 'SourceCodePro-Regular',
}

test('no letter of Latin, Greek or Cyrillic is lost from the typefaces of pages, and none is invisible', { timeout: timeout_ms }, withPortal(async ({ page, open }) => {
  await open('#/')
  const told = await page.evaluate(async (faces) => {
    const context = new OffscreenCanvas(200, 200).getContext('2d', { willReadFrequently: true })
    context.fontKerning = 'none'
    const width = (family, text) => {
      context.font = `100px "${family}", monospace`
      return context.measureText(text).width
    }
    const told = {}
    for (const [name, whole] of Object.entries(faces)) {
      for (const [family, file] of [['Part', `pages/${name}`], ['Whole', whole]]) {
        const face = new FontFace(`${family} ${name}`, `url(fonts/${file}.ttf)`)
        document.fonts.add(await face.load())
      }
      const lost = []
      let compared = 0
      for (const [first, last] of [[0x20, 0x7e], [0xa0, 0x17f], [0x218, 0x21b], [0x370, 0x3ff], [0x400, 0x52f], [0x1e80, 0x1e85], [0x1ea0, 0x1ef9], [0x2010, 0x2027], [0x20a0, 0x20bf], [0x2190, 0x2199]])
        for (let point = first; point <= last; point++) {
          const letter = String.fromCodePoint(point)
          compared++
          if (width(`Part ${name}`, letter) !== width(`Whole ${name}`, letter)) lost.push(`U+${point.toString(16)}`)
        }
      context.clearRect(0, 0, 200, 200)
      context.font = `100px "Part ${name}"`
      context.fillText('\u{E123}', 20, 150) // of private use: no typeface has it
      told[name] = { lost, compared, ink: context.getImageData(0, 0, 200, 200).data.some((byte) => byte > 100) }
    }
    return told
  }, faces)
  for (const [name, { lost, compared, ink }] of Object.entries(told)) {
    assert.deepEqual(lost, [], name)
    assert.ok(compared > 700, name)
    assert.ok(ink, `${name}: a letter that nobody has is invisible`)
  }
}))
