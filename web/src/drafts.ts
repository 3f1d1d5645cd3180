// What was typed and not sent (src/app/drafts.h), by name.
//
// It lies in localStorage, because that has it before the call returns: a page that is being left gets no more turns. But the browser
// writes localStorage to its disk late (Chromium: after 5 seconds, and in steady typing once a minute), and a browser that is killed
// loses the rest. So each draft is also put into a database of its own, which outlives the browser some milliseconds later. Each change has a
// stamp, and when the page starts the later of the two holds; so what was sent does not come back either, and for a while it is kept
// that something was taken away, and when. Both are cleared with the rest of what the browser keeps for this site.

import { settled } from "./requests.js";

interface Kept {
  readonly stamp: number; // when it was changed, in ms; each change of a name has a later one
  readonly text: string; // empty: it was taken away
}

const prefix = "connection-agreements.draft.";
const database_name = "connection-agreements.drafts";
const store_name = "drafts";
const none: Kept = { stamp: 0, text: "" };

/** By then the browser has written down in localStorage as well that a draft was taken away. */
const taken_away_kept_ms = 24 * 60 * 60 * 1000;
/** The page does not wait longer for a database that does not answer. */
const wait_ms_max = 2000;

/** "1795345200000 {…}"; a draft of an earlier portal has no stamp. */
function keptOf(value: string | null): Kept {
  const found = /^(\d+) (.*)$/s.exec(value ?? "");
  return found === null ? { stamp: 0, text: value ?? "" } : { stamp: Number(found[1]), text: found[2] ?? "" };
}

const valueOf = (kept: Kept) => `${kept.stamp} ${kept.text}`;

export class Drafts {
  private database: Promise<IDBDatabase> | undefined;
  private readonly waiting = new Map<string, Kept>(); // for the database
  private writing = false;

  /** Brings back what localStorage has not got. Called before the program starts. */
  async open(): Promise<void> {
    await Promise.race([this.bringBack(), new Promise((later) => setTimeout(later, wait_ms_max))]).catch(warnOf("read"));
  }

  get(name: string): string {
    try {
      return keptOf(localStorage.getItem(prefix + name)).text;
    } catch {
      return ""; // forbidden here: the program was told so when it kept the first
    }
  }

  /** Whether it is kept. An empty text takes it away. */
  keep(name: string, text: string): boolean {
    try {
      const before = keptOf(localStorage.getItem(prefix + name));
      if (text === before.text) return true;
      this.put(name, { stamp: Math.max(Date.now(), before.stamp + 1), text });
      return true;
    } catch (error) {
      console.warn("This browser does not keep drafts:", error);
      return false;
    }
  }

  forget(): void {
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) this.keep(key.slice(prefix.length), "");
      void this.takeAllAway().catch(warnOf("let go of"));
    } catch (error) {
      console.warn("This browser does not let go of drafts:", error);
    }
  }

  private put(name: string, kept: Kept): void {
    localStorage.setItem(prefix + name, valueOf(kept));
    this.waiting.set(name, kept);
    void this.write().catch(warnOf("keep"));
  }

  /** One transaction at a time; what is typed meanwhile goes with the next. */
  private async write(): Promise<void> {
    if (this.writing) return;
    this.writing = true;
    try {
      while (this.waiting.size > 0) {
        const database = await this.opened();
        const transaction = database.transaction(store_name, "readwrite", { durability: "relaxed" });
        for (const [name, kept] of this.waiting) transaction.objectStore(store_name).put(kept, name);
        this.waiting.clear();
        await settled(transaction);
      }
    } finally {
      this.writing = false;
    }
  }

  private async takeAllAway(): Promise<void> {
    const store = (await this.opened()).transaction(store_name, "readwrite").objectStore(store_name);
    for (const name of await settled(store.getAllKeys())) store.put({ stamp: Date.now(), text: "" }, name);
  }

  private async bringBack(): Promise<void> {
    const store = (await this.opened()).transaction(store_name, "readwrite").objectStore(store_name);
    const [names, all] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll() as IDBRequest<Kept[]>)]);
    names.forEach((key, index) => {
      const [name, kept] = [String(key), all[index] ?? none];
      const here = keptOf(localStorage.getItem(prefix + name));
      const latest = kept.stamp > here.stamp ? kept : here;
      if (latest.text === "" && latest.stamp < Date.now() - taken_away_kept_ms) {
        localStorage.removeItem(prefix + name);
        store.delete(name);
      } else if (latest.stamp > here.stamp) {
        localStorage.setItem(prefix + name, valueOf(latest));
      } else if (latest.stamp > kept.stamp) {
        store.put(latest, name);
      }
    });
  }

  /** The database, opened anew where the browser has closed it. */
  private opened(): Promise<IDBDatabase> {
    this.database ??= (async () => {
      const opening = indexedDB.open(database_name, 1);
      opening.onupgradeneeded = () => void opening.result.createObjectStore(store_name);
      const database = await settled(opening);
      const letGo = () => {
        database.close();
        this.database = undefined;
      };
      database.onclose = letGo;
      database.onversionchange = letGo; // somebody deletes it
      return database;
    })();
    this.database.catch(() => (this.database = undefined));
    return this.database;
  }
}

function warnOf(verb: string) {
  return (error: unknown) => console.warn(`What is typed may be lost if this browser is killed; its database did not ${verb} it:`, error);
}
