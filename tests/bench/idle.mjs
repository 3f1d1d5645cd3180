// What the portal does while nobody does anything: frames, changes of the page, and its thread's time, in ten seconds on pages of several
// kinds, in both views.
//
//   node tests/bench/idle.mjs [SECONDS]
//
//     {"bench":"idle","view":"canvas","address":"#/agreements","seconds":10,"frames":0,"patches":0,"work_ms":…}
import { inChromium, meterOf, say } from './in_chromium.mjs'
import { goTo, useHtml } from '../browser/support.mjs'
import { actAs, sample, settled } from '../browser/visit.mjs'

const seconds = Number(process.argv[2] ?? 10)
const addresses = ['#/', '#/agreements', '#/agreements/CNTR0000015', '#/agreements/CNTR0000009/compare', '#/team/outbox']

for (const view of ['canvas', 'html'])
  await inChromium({}, async ({ context, page, url }) => {
    if (view === 'html') await useHtml(context)
    await sample(page, url)
    await actAs(page, 'Agreement team')
    const spent = await meterOf(context, page)
    for (const address of addresses) {
      await goTo(page, url + address)
      await settled(page)
      await page.waitForTimeout(1000)
      const counted = () => page.evaluate(() => ({ frames: window.portal.frames, patches: window.portal.patches }))
      const [from, work_from] = [await counted(), await spent()]
      await page.waitForTimeout(1000 * seconds)
      const [to, work_to] = [await counted(), await spent()]
      say({
        bench: 'idle', view, address, seconds, frames: to.frames - from.frames, patches: to.patches - from.patches,
        work_ms: Math.round(10 * (work_to.work - work_from.work)) / 10,
      })
    }
  })
