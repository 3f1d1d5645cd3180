// What runs inside of a page that is measured. A step ends when the count and the first row are as they must be and painted: they
// are looked at after each frame's painting, so the time holds all that the page's own thread does for it.
export function watch(who) {
  const text = (selector) => document.querySelector(selector)?.textContent ?? ''
  const isRight = ({ count, first }) =>
    (count === undefined || text(who.count).startsWith(`${count.toLocaleString('en-GB')} of `)) && (first === undefined || text(who.first) === first)
  const afterPainting = (then) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = then
      port2.postMessage(0)
    })
  const until = (holds, from) =>
    new Promise((resolve, reject) => {
      const look = () => {
        const now = performance.now()
        if (holds()) resolve(now - from)
        else if (now - from > 60_000) reject(new Error(`never right: "${text(who.count)}", first ${text(who.first)}`))
        else afterPainting(look)
      }
      afterPainting(look)
    })
  let wanted = null, done = null
  addEventListener('keydown', ({ timeStamp }) => wanted && (done = until(((want) => () => isRight(want))(wanted), timeStamp)), { capture: true })
  const scroller = () => document.querySelector(who.scrolls)
  // Rows from edge to edge, and where they are drawn, drawn.
  const isFull = () => {
    const canvas = who.view === 'canvas' ? document.querySelector('canvas').getBoundingClientRect() : { top: 0, bottom: innerHeight }
    const rowAt = (y) => document.elementFromPoint(500, y)?.closest(who.row) !== null
    return canvas.top <= 0 && canvas.bottom >= innerHeight && rowAt(200) && rowAt(400) && rowAt(600)
  }
  window.bench = {
    arm: (want) => ((wanted = want), undefined),
    key: () => done,
    sort(want) {
      const from = performance.now()
      document.querySelector(who.head).click()
      return until(() => isRight(want), from)
    },
    toTop: () => ((scroller().scrollTop = 0), until(() => true, performance.now())),
    scroll(by) {
      const from = performance.now()
      scroller().scrollBy({ top: by, behavior: 'instant' })
      return until(isFull, from)
    },
    right: (want) => until(() => isRight(want), 0), // since the navigation began
    counters: () => ({ ...(window.portal ?? {}) }),
  }
}
