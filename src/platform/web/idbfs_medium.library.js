// The page's side of IdbfsMedium (idbfs_medium.h): the Web Lock, IDBFS, the channel between tabs. An Emscripten JavaScript library, so
// that it reaches FS and IDBFS, and so that a test program can be linked with it without the page.
//
// Every waiting call reports once, later, through `report(medium, outcome, words)`: 0 done, 1 failed, 2 busy, 3 not available. Calls
// are numbered; what comes after a call was given up is not reported.
addToLibrary({
  $caStore__deps: ['$FS', '$IDBFS', '$MEMFS', '$stringToNewUTF8', 'free'],
  $caStore: {
    stores: [],

    open(folder, lock_wait_ms, sync_wait_ms, report, hear) {
      if (caStore.stores.length === 0) {
        caStore.mend_reconcile()
        caStore.guard_what_was_let_go()
      }
      FS.mkdirTree(folder)
      // Without autoPersist: it saves whenever it likes, also before anything was loaded.
      const mount = FS.mount(IDBFS, {}, folder).mount
      const store = { folder, lock_wait_ms, sync_wait_ms, report, hear, mount, call: 0, release: null, channel: null, probed: false, closed: false }
      if (typeof BroadcastChannel === 'function') {
        store.channel = new BroadcastChannel(caStore.name(store))
        store.channel.onmessage = () => hear()
      }
      return caStore.stores.push(store) - 1
    },
    name: (store) => `connection-agreements:${store.folder}`,

    // IDBFS lets what its transaction throws (the connection is dead) escape into an event, where nobody hears it.
    mend_reconcile() {
      const reconcile = IDBFS.reconcile
      IDBFS.reconcile = (source, target, done) => {
        let told = false
        const tell = (error) => {
          told = true
          done(error)
        }
        try {
          reconcile(source, target, tell)
        } catch (error) {
          if (told) throw error
          tell(error)
        }
      }
    },

    // A file that is emptied and keeps its time: it is not loaded again as long as the one kept has that time too.
    let_go(path) {
      const { exists, object: node } = FS.analyzePath(path)
      if (!exists) return
      const bytes = node.contents
      MEMFS.resizeFileStorage(node, 0)
      // At once, and not when the browser next looks for what nobody needs: that may be minutes.
      bytes?.buffer.transfer?.(0)
      node.was_let_go = true
    },
    has_let_go(path) {
      const { exists, object } = FS.analyzePath(path)
      return exists && object.was_let_go === true && object.usedBytes === 0
    },
    guard_what_was_let_go() {
      const load = IDBFS.loadLocalEntry
      IDBFS.loadLocalEntry = (path, done) =>
        caStore.has_let_go(path) ? done(new Error(`${path} was to be saved and is not in memory`)) : load(path, done)
    },

    // A function that reports the outcome of the call that begins now, once, or nothing if another call began since.
    begin(store, wait_ms, give_up) {
      const call = ++store.call
      const timer = setTimeout(() => {
        give_up?.()
        end(1, `The browser's storage did not answer within ${wait_ms / 1000} seconds.`)
      }, wait_ms)
      const end = (outcome, words) => {
        if (call !== store.call) return
        store.call += 1
        clearTimeout(timer)
        store.report(outcome, words)
      }
      return end
    },

    why_not_available() {
      const beginning = 'This browser keeps nothing for the portal, so whatever is done here is gone when the page is left: '
      if (!globalThis.indexedDB) return beginning + 'its storage (IndexedDB) is switched off or missing. A window that is not private may help.'
      if (!navigator.locks) return beginning + 'it has no Web Locks, or the address is not a secure one (https, or localhost).'
      return ''
    },

    lock(store) {
      const call = store.call + 1
      const words = caStore.why_not_available()
      if (words) {
        store.call = call
        Promise.resolve().then(() => store.call === call && store.report(3, words))
        return
      }
      const waiting = new AbortController()
      const end = caStore.begin(store, store.lock_wait_ms, () => {
        // Not the general words of a time-out: the storage is well, only taken.
        store.call += 1
        waiting.abort()
        store.report(2, 'Another tab of the portal is using the storage and has not let go of it.')
      })
      navigator.locks
        .request(caStore.name(store), { mode: 'exclusive', signal: waiting.signal }, () => {
          if (waiting.signal.aborted || store.closed) return undefined
          const held = new Promise((release) => (store.release = release))
          end(0, '')
          return held
        })
        .catch((error) => {
          if (!waiting.signal.aborted) end(caStore.is_refused(error) ? 3 : 1, caStore.words(error))
        })
    },
    unlock(store) {
      store.release?.()
      store.release = null
    },

    // Storage that this browser refuses as a matter of settings, rather than fails at once.
    is_refused: (error) => error?.name === 'SecurityError' || error?.name === 'InvalidStateError',
    words(error) {
      if (error?.name === 'QuotaExceededError') return 'There is no room left in the storage that this browser gives to the portal.'
      if (error?.name === 'VersionError') return 'The storage belongs to a newer version of the portal. Reload the page to get that version.'
      return `The browser's storage failed: ${error?.message || error?.name || error}.`
    },

    sync(store, populate) {
      const end = caStore.begin(store, store.sync_wait_ms)
      const finish = (error) => {
        if (!error) {
          store.probed = true
          return end(0, '')
        }
        // Only before anything was ever read does a refusal mean that nothing is kept here.
        const refused = !store.probed && caStore.is_refused(error)
        end(refused ? 3 : 1, refused ? `This browser keeps nothing for the portal, so whatever is done here is gone when the page is left. (${caStore.words(error)})` : caStore.words(error))
      }
      try {
        IDBFS.getDB(store.mount.mountpoint, (error, db) => {
          if (error) return finish(error)
          caStore.prepare(store, db)
          IDBFS.syncfs(store.mount, populate, finish)
        })
      } catch (error) {
        finish(error)
      }
    },

    // Once for each connection: saved means on the disk, not in a buffer; a connection that dies or stands in another version's way
    // is not used again.
    prepare(store, db) {
      if (db.ca_prepared) return
      db.ca_prepared = true
      const transaction = db.transaction.bind(db)
      db.transaction = (names, mode) => transaction(names, mode, { durability: 'strict' })
      const forget = () => {
        if (IDBFS.dbs[store.mount.mountpoint] === db) delete IDBFS.dbs[store.mount.mountpoint]
      }
      // Site data were deleted, or the connection died: what is kept now is looked at once that is over.
      const look_again = () => {
        forget()
        setTimeout(() => store.closed || store.hear(), 0)
      }
      db.onclose = look_again
      db.onversionchange = () => {
        db.close()
        look_again()
      }
    },
    reconnect(store) {
      const db = IDBFS.dbs[store.mount.mountpoint]
      delete IDBFS.dbs[store.mount.mountpoint]
      db?.close()
    },

    close(store) {
      store.call += 1
      store.closed = true
      caStore.unlock(store)
      store.channel?.close()
      caStore.reconnect(store)
      FS.unmount(store.folder)
    },
  },

  ca_store_open__deps: ['$caStore', '$UTF8ToString'],
  ca_store_open: (folder, lock_wait_ms, sync_wait_ms, medium, report, hear) =>
    caStore.open(
      UTF8ToString(folder),
      lock_wait_ms,
      sync_wait_ms,
      (outcome, words) => {
        const text = stringToNewUTF8(words)
        {{{ makeDynCall('vpip', 'report') }}}(medium, outcome, text)
        _free(text)
      },
      () => {{{ makeDynCall('vp', 'hear') }}}(medium),
    ),
  ca_store_close__deps: ['$caStore'],
  ca_store_close: (handle) => caStore.close(caStore.stores[handle]),
  ca_store_lock__deps: ['$caStore'],
  ca_store_lock: (handle) => caStore.lock(caStore.stores[handle]),
  ca_store_unlock__deps: ['$caStore'],
  ca_store_unlock: (handle) => caStore.unlock(caStore.stores[handle]),
  ca_store_sync__deps: ['$caStore'],
  ca_store_sync: (handle, populate) => caStore.sync(caStore.stores[handle], populate !== 0),
  ca_store_announce__deps: ['$caStore'],
  ca_store_announce: (handle) => caStore.stores[handle].channel?.postMessage('saved'),
  ca_store_let_go__deps: ['$caStore', '$UTF8ToString'],
  ca_store_let_go: (handle, name) => caStore.let_go(`${caStore.stores[handle].folder}/${UTF8ToString(name)}`),
  ca_store_has_let_go__deps: ['$caStore', '$UTF8ToString'],
  ca_store_has_let_go: (handle, name) => (caStore.has_let_go(`${caStore.stores[handle].folder}/${UTF8ToString(name)}`) ? 1 : 0),
  ca_store_reconnect__deps: ['$caStore'],
  ca_store_reconnect: (handle) => caStore.reconnect(caStore.stores[handle]),
})
