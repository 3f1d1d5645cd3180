// Gives store_harness.wasm to the tests as `window.harness`: promises instead of callbacks, and a diary of what happened when.
import load from './store_harness.js'

const waiting = new Map()
let last_token = 0
let module = null
const ask = (call, ...words) =>
  new Promise((resolve) => {
    const token = ++last_token
    waiting.set(token, resolve)
    call(token, ...words)
  })

globalThis.harness = {
  diary: [],
  changes: 0,
  told(token, outcome, words) {
    harness.diary.push(`told ${outcome}`)
    // A commit that was not saved reports again when it is retried.
    waiting.get(token)({ outcome, words })
    globalThis.outcome_told?.(token, outcome)
  },
  changed: () => (harness.changes += 1),
  open: (sync_wait_ms = 15000, folds_soon = false) => ask(module._harness_open, sync_wait_ms, folds_soon ? 1 : 0),
  commit: (product) => ask((token) => module.ccall('harness_commit', null, ['number', 'string'], [token, product])),
  refresh: () => ask(module._harness_refresh),
  erase: () => ask(module._harness_erase),
  retry: () => module._harness_retry(),
  unsaved: () => module._harness_unsaved(),
  keeping: () => ['closed', 'kept', 'memory_only', 'read_only'][module._harness_keeping()],
  reason: () => module.UTF8ToString(module._harness_reason()),
  head: () => module.UTF8ToString(module._harness_head()),
  products: () => module.UTF8ToString(module._harness_products()).split('\n').filter(Boolean),
}
module = await load()
document.body.dataset.loaded = 'true'
