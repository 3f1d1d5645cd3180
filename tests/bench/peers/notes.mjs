// A note saved by libraries that people keep records with, each transaction promised to be on the disk before it is said to be done.
import Dexie from 'dexie'
import { openDB } from 'idb'

const dexie = new Dexie('dexie', { chromeTransactionDurability: 'strict' })
dexie.version(1).stores({ notes: '++id, at' })
const idb = await openDB('idb', 1, { upgrade: (db) => db.createObjectStore('notes', { autoIncrement: true }) })

const save = {
  Dexie: (note) => dexie.notes.add(note),
  idb: async (note) => {
    const transaction = idb.transaction('notes', 'readwrite', { durability: 'strict' })
    transaction.store.add(note)
    await transaction.done
  },
}
window.saveNote = async (with_, note) => {
  const from = performance.now()
  await save[with_](note)
  return performance.now() - from
}
