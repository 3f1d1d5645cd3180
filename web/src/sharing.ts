// A shared workspace, as the browser has it: who this browser is to the others, what its people have asked for and nobody has answered yet,
// and the connection to the broker. Loaded when a workspace is shared, or joined (hub.ts); the record itself is the program's journal.
//
// Keys: commands are signed with a key that the browser makes and never gives out (WebCrypto, not extractable); the broker knows the
// browser by another one. Both, and the outbox, lie in a database of their own, in which one transaction is all that keeping a command takes.
//
// Tabs: one of them is connected (a Web Lock says which), all of them show the same outbox, and tell each other of changes.

import { headers, nkeyAuthenticator, nkeys, RequestError, wsconnect } from "@nats-io/nats-core";
import type { Msg, NatsConnection } from "@nats-io/nats-core";

import { allPending, forgetPending } from "./pending.js";
import { settled } from "./requests.js";

/** What the program is told (src/app/hub.h). */
export interface Hears {
  /** 0 connecting, 1 connected, 2 refused: the broker lets this browser in no more. */
  state(state: number, words: string): void;
  /** A steward's answer to `request()`. It says when it is kept, by kept(). */
  heard(text: string): void;
  /** The outbox has changed. */
  outbox(): void;
  /** What to ask a steward for next; `answers`: the number of the last answer that is known. */
  request(answers: number): string;
}

/** Of an invitation (src/sharing/invitation_link.h). */
export interface Invitation {
  hub: string;
  workspace: string;
  organisation: string;
  person: string;
  seed: string;
}

/** What the program knows of it: the setting "shared". */
interface Membership {
  hub: string;
  workspace: string;
  organisation: string;
  person: string;
  key: string;
  device: string;
  since: string;
}

interface Device extends Membership {
  id: "device";
  seed: Uint8Array<ArrayBuffer>; // of the broker's key
  signing: CryptoKey;
}

interface Waiting {
  id: string;
  order: number;
  text: string;
  envelope: string;
  state: "waiting" | "sent" | "answered";
  answer: string;
  trouble: string;
}

type News = { kind: "outbox" | "flush" | "ask" } | { kind: "state"; state: number; words: string } | { kind: "left" };

const database_name = "connection-agreements-sharing";
const lock_name = "connection-agreements:sharing";
const request_timeout_ms = 10_000;
const pause_ms_min = 1_000;
const pause_ms_max = 30_000;
// Somewhat fewer than a steward takes of one person in a minute (src/sharing/steward.cpp): what comes beyond that is sent later.
const sent_a_minute_max = 900;
const minute_ms = 60_000;
const farewell_ms = 3_000;
const utf8 = new TextEncoder();

const hexOf = (bytes: ArrayBuffer | Uint8Array): string =>
  Array.from(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The person in a subject (src/sharing/person.h). */
async function tokenOf(person: string): Promise<string> {
  // ASCII alone is folded, as the program does it.
  const folded = person.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return hexOf(await crypto.subtle.digest("SHA-256", utf8.encode(folded))).slice(0, 20);
}

async function openDatabase(): Promise<IDBDatabase> {
  const opening = indexedDB.open(database_name, 1);
  opening.onupgradeneeded = () => {
    for (const name of ["device", "outbox", "read"]) opening.result.createObjectStore(name, { keyPath: "id" });
  };
  return settled(opening);
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether the broker does not know the key; its own words are for programs. */
const isRefusal = (error: unknown): boolean => /authorization|authentication/i.test(words(error));

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Connects as a user of the broker; for as long as it takes. */
function connectTo(hub: string, token: string, seed: Uint8Array, options: { once: boolean }): Promise<NatsConnection> {
  return wsconnect({
    servers: hub,
    authenticator: nkeyAuthenticator(seed),
    inboxPrefix: `_INBOX_${token}`,
    maxReconnectAttempts: options.once ? 3 : -1,
    waitOnFirstConnect: !options.once,
    timeout: 5_000, // one that came amid a reload of the broker's configuration may be left without a word
    reconnectTimeWait: 500,
    reconnectJitter: 500,
    pingInterval: 20_000,
    ignoreClusterUpdates: true,
  });
}

/** Likewise once, where the broker may be taking up who is let in: then it turns away, or leaves without a word, whom it lets in a moment later. */
async function connectSoon(hub: string, token: string, seed: Uint8Array): Promise<NatsConnection> {
  const attempts_max = 3;
  for (let attempt = 1; ; attempt++) {
    try {
      return await connectTo(hub, token, seed, { once: true });
    } catch (error) {
      if (attempt === attempts_max) throw error;
      await pause(600);
    }
  }
}

/** Publishes a command; done when the broker has taken it, which it does once however often it is sent. */
async function publish(connection: NatsConnection, subject: string, id: string, text: string, timeout = request_timeout_ms): Promise<void> {
  const about = headers();
  about.set("Nats-Msg-Id", id);
  const acknowledged = await connection.request(subject, utf8.encode(text), { timeout, headers: about });
  const answer = acknowledged.json<{ seq?: number; error?: { description?: string } }>();
  if (answer.seq === undefined) throw new Error(answer.error?.description ?? "The broker has not taken it.");
}

/** Likewise, where the broker has just been told of this person, and takes a moment. */
async function publishSoon(connection: NatsConnection, subject: string, id: string, text: string): Promise<void> {
  const attempts_max = 10;
  const attempt_ms = 1_500;
  for (let attempt = 1; ; attempt++) {
    try {
      return await publish(connection, subject, id, text, attempt_ms);
    } catch (error) {
      if (attempt === attempts_max) throw error;
      await pause(300);
    }
  }
}

async function makeSigningKey(): Promise<{ signing: CryptoKey; key: string }> {
  const pair = (await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"])) as CryptoKeyPair;
  return { signing: pair.privateKey, key: hexOf(await crypto.subtle.exportKey("raw", pair.publicKey)) };
}

const signed = async (text: string, signing: CryptoKey): Promise<string> => hexOf(await crypto.subtle.sign("Ed25519", signing, utf8.encode(text)));

const newId = (): string => hexOf(crypto.getRandomValues(new Uint8Array(16)));

/** Takes an invitation up: makes keys, has them admitted, and keeps them. Returns what the program is to know. */
export async function join(invitation: Invitation, device: string): Promise<string> {
  if (!navigator.locks || !crypto.subtle) throw new Error("This browser cannot take part in a shared workspace: it has no Web Locks or no signatures.");
  const made = await makeSigningKey().catch(() => {
    throw new Error("This browser cannot sign (Ed25519). A current version of Edge, Chrome, Firefox or Safari can.");
  });
  const user = nkeys.createUser();
  const invited = nkeys.fromSeed(utf8.encode(invitation.seed));
  const command = JSON.stringify({ do: "join", device, invitation: invited.getPublicKey(), user: user.getPublicKey() });
  const id = newId();
  const account = invitation.organisation === "nhse" ? "" : invitation.organisation;
  const text = JSON.stringify({ id, workspace: invitation.workspace, account, person: invitation.person, based_on: 0, command });
  const envelope = JSON.stringify({ text, key: made.key, signature: await signed(text, made.signing), proof: hexOf(invited.sign(utf8.encode(text))) });

  const token = await tokenOf(invitation.person);
  const own = `${invitation.organisation}.${token}`;
  const membership: Membership = {
    hub: invitation.hub, workspace: invitation.workspace, organisation: invitation.organisation, person: invitation.person,
    key: made.key, device, since: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
  };
  // Kept before it is asked for: what has been admitted and then lost nobody could use.
  const database = await openDatabase();
  const keeping = database.transaction(["device", "outbox", "read"], "readwrite", { durability: "strict" });
  for (const name of ["device", "outbox", "read"]) keeping.objectStore(name).clear();
  keeping.objectStore("device").put({ ...membership, id: "device", seed: user.getSeed().slice(), signing: made.signing } satisfies Device);
  await settled(keeping);
  database.close();

  const connection = await connectSoon(invitation.hub, token, utf8.encode(invitation.seed)).catch((error: unknown) => {
    throw new Error(
      isRefusal(error)
        ? "This invitation is not let in: each is good once, and for 14 days. Ask NHS England for a new one."
        : "NHS England’s shared workspace cannot be reached now. The invitation stays good: try again later.",
    );
  });
  // Who is admitted is cut off with the invitation, perhaps before the acknowledgement comes: what counts is whether the new key is let in.
  const trouble = await publishSoon(connection, `cmd.${own}`, id, envelope).then(
    () => undefined,
    (error: unknown) => error,
  );
  await connection.close();
  try {
    await admitted(membership, token, user.getSeed().slice(), id);
  } catch (error) {
    throw trouble ?? error;
  }
  return JSON.stringify(membership);
}

/**
 * What a visitor asks for, by the link that is everybody's, signed with a key that is made for it alone. Done when the broker has taken it;
 * what becomes of it goes by mail to the address that was given.
 */
export async function ask(link: Invitation, id: string, text: string): Promise<void> {
  const { signing, key } = await makeSigningKey();
  const envelope = JSON.stringify({ text, key, signature: await signed(text, signing) });
  const connection = await connectSoon(link.hub, "visitor", utf8.encode(link.seed)).catch((error: unknown) => {
    throw new Error(
      isRefusal(error)
        ? "This link is not let in any more. Open the newest one from NHS England’s website. Nothing was sent."
        : "NHS England cannot be reached now, so nothing was sent. What you have typed stays here: try again later.",
    );
  });
  try {
    await publish(connection, `cmd.visitor.${id[0]!}`, id, envelope);
  } catch (error) {
    throw new Error("NHS England could not take this now: much may be waiting there. What you have typed stays here: try again in a few minutes.", { cause: error });
  } finally {
    await connection.close();
  }
}

/** Waits until the broker lets the new key in: then the steward has recorded it. */
async function admitted(membership: Membership, token: string, seed: Uint8Array, id: string): Promise<void> {
  const attempts_max = 40;
  for (let attempt = 0; attempt < attempts_max; attempt++) {
    await pause(250);
    const connection = await connectTo(membership.hub, token, seed, { once: true }).catch(() => undefined); // not yet
    if (connection === undefined) continue;
    await connection.close();
    return;
  }
  throw new Error(`The invitation was sent (${id}), but nobody at NHS England has taken it yet. Open the link again in a while.`);
}

export class Sharing {
  private readonly channel = new BroadcastChannel(lock_name);
  private items: Waiting[] = [];
  private connection: NatsConnection | undefined;
  private token = "";
  private answers = 0;
  private reading = false;
  private readAgain = false;
  private keptNow: ((more: boolean) => void) | undefined;
  private flushing = false;
  private order = 0;
  private sentAt: number[] = [];
  private leads = false;

  private constructor(
    private readonly database: IDBDatabase,
    private readonly device: Device,
    private readonly hears: Hears,
  ) {
    this.channel.onmessage = (event: MessageEvent<News>) => void this.told(event.data);
  }

  static async open(hears: Hears): Promise<Sharing> {
    const database = await openDatabase();
    const device = (await settled(database.transaction("device").objectStore("device").get("device"))) as Device | undefined;
    if (device === undefined) {
      hears.state(2, "The keys of this browser are gone: its site data was cleared. Ask NHS England for a new invitation.");
      throw new Error("no device");
    }
    const sharing = new Sharing(database, device, hears);
    await sharing.start();
    return sharing;
  }

  private async start(): Promise<void> {
    this.token = await tokenOf(this.device.person);
    await this.reloadOutbox();
    await this.takePending();
    this.tell({ kind: "ask" });
    void navigator.locks.request(lock_name, () => this.lead());
  }

  // --- between tabs -----------------------------------------------------------------------------------------------------------------

  private async told(news: News): Promise<void> {
    if (news.kind === "ask" && this.leads) this.tell(this.lastState);
    if (news.kind === "state" && !this.leads) this.hears.state(news.state, news.words);
    if (news.kind === "outbox" || news.kind === "flush") await this.reloadOutbox();
    if (news.kind === "flush") void this.flush();
    if (news.kind === "left") location.reload();
  }
  private tell(news: News): void {
    this.channel.postMessage(news);
  }
  private lastState: News = { kind: "state", state: 0, words: "" };
  private say(state: number, said: string): void {
    this.lastState = { kind: "state", state, words: said };
    this.hears.state(state, said);
    this.tell(this.lastState);
  }

  // --- the outbox -------------------------------------------------------------------------------------------------------------------

  outbox(): string {
    return JSON.stringify(this.items.map(({ id, text, state, answer, trouble }) => ({ id, text, state, answer, trouble })));
  }

  private async reloadOutbox(): Promise<void> {
    const all = (await settled(this.database.transaction("outbox").objectStore("outbox").getAll())) as Waiting[];
    this.items = all.sort((a, b) => a.order - b.order);
    this.order = Math.max(this.order, ...this.items.map((item) => item.order));
    this.hears.outbox();
  }

  private async put(change: (store: IDBObjectStore) => void): Promise<void> {
    const transaction = this.database.transaction("outbox", "readwrite", { durability: "strict" });
    change(transaction.objectStore("outbox"));
    await settled(transaction);
    await this.reloadOutbox();
    this.tell({ kind: "outbox" });
  }

  /** What was given and not kept when its page was left. */
  private async takePending(): Promise<void> {
    for (const [id, text] of allPending()) {
      if (text.includes(`"workspace":"${this.device.workspace}"`)) await this.keep(id, text);
      forgetPending(id);
    }
  }

  /** Signs and keeps a command that is pending; it is sent when there is a connection. */
  async send(id: string, text: string): Promise<void> {
    await this.keep(id, text);
    forgetPending(id);
    this.tell({ kind: "flush" });
    await this.flush();
  }
  private async keep(id: string, text: string): Promise<void> {
    if (this.items.some((item) => item.id === id)) return;
    const envelope = JSON.stringify({ text, key: this.device.key, signature: await signed(text, this.device.signing) });
    this.order = Math.max(this.order + 1, Date.now());
    await this.put((store) => store.put({ id, order: this.order, text, envelope, state: "waiting", answer: "", trouble: "" } satisfies Waiting));
  }

  async forget(id: string): Promise<void> {
    if (this.items.some((item) => item.id === id)) await this.put((store) => store.delete(id));
  }

  async answered(id: string, answer: string): Promise<void> {
    const item = this.items.find((each) => each.id === id);
    if (item !== undefined && item.state !== "answered") await this.put((store) => store.put({ ...item, state: "answered", answer } satisfies Waiting));
  }

  private async flush(): Promise<void> {
    if (this.connection === undefined || this.flushing) return;
    this.flushing = true;
    try {
      for (let next = this.nextToSend(); next !== undefined; next = this.nextToSend()) {
        const wait_ms = this.mustWait();
        if (wait_ms > 0) {
          setTimeout(() => void this.flush(), wait_ms);
          return;
        }
        try {
          await publish(this.connection, `cmd.${this.device.organisation}.${this.token}`, next.id, next.envelope);
        } catch (error) {
          const item = next;
          if (item.trouble !== words(error)) await this.put((store) => store.put({ ...item, trouble: words(error) } satisfies Waiting));
          setTimeout(() => void this.flush(), pause_ms_min + Math.random() * pause_ms_min);
          return;
        }
        const item = next;
        await this.put((store) => store.put({ ...item, state: "sent", trouble: "" } satisfies Waiting));
      }
    } finally {
      this.flushing = false;
    }
  }
  /** How long until one more may be sent. */
  private mustWait(): number {
    const now = Date.now();
    this.sentAt = this.sentAt.filter((at) => at > now - minute_ms && at <= now);
    if (this.sentAt.length >= sent_a_minute_max) return this.sentAt[0]! + minute_ms - now;
    this.sentAt.push(now);
    return 0;
  }
  private nextToSend(): Waiting | undefined {
    return this.items.find((item) => item.state === "waiting");
  }

  // --- the connection ---------------------------------------------------------------------------------------------------------------

  private async lead(): Promise<void> {
    this.leads = true;
    const read = (await settled(this.database.transaction("read").objectStore("read").get("answers"))) as { number: number } | undefined;
    this.answers = read?.number ?? 0;
    for (let wait_ms = pause_ms_min; ; wait_ms = Math.min(2 * wait_ms, pause_ms_max)) {
      this.say(0, "");
      const connection = await connectTo(this.device.hub, this.token, this.device.seed, { once: false }).catch((error: unknown) => words(error));
      if (typeof connection === "string") {
        this.say(2, isRefusal(connection) ? "" : connection);
      } else {
        wait_ms = pause_ms_min;
        await this.use(connection);
      }
      await pause(wait_ms + Math.random() * wait_ms);
    }
  }

  /** Until the connection is closed for good. */
  private async use(connection: NatsConnection): Promise<void> {
    this.connection = connection;
    this.say(1, "");
    void this.followState(connection);
    connection.subscribe(`news.${this.device.organisation}`, { callback: () => void this.read() });
    void this.flush();
    void this.read();
    const why = await connection.closed();
    this.connection = undefined;
    this.say(why instanceof Error ? 2 : 0, why instanceof Error && !isRefusal(why) ? words(why) : "");
  }

  private async followState(connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) {
      if (status.type === "disconnect") this.say(0, "");
      if (status.type === "reconnect") {
        this.say(1, "");
        void this.flush();
        void this.read();
      }
    }
  }

  /** Reads what is new, one message after the other, until there is no more. */
  private async read(): Promise<void> {
    this.readAgain = true;
    if (this.reading) return;
    this.reading = true;
    try {
      let wait_ms = pause_ms_min;
      while (this.readAgain && this.connection !== undefined) {
        this.readAgain = false;
        const answer = await this.ask(this.connection);
        if (answer === undefined) {
          // No steward answers: it is down, or busy. News of it may be missed, so it is asked again.
          this.readAgain = true;
          await pause(wait_ms);
          wait_ms = Math.min(2 * wait_ms, pause_ms_max);
          continue;
        }
        wait_ms = pause_ms_min;
        const isKept = new Promise<boolean>((resolve) => (this.keptNow = resolve));
        this.hears.heard(answer.string());
        if (await isKept) this.readAgain = true;
      }
    } finally {
      this.reading = false;
    }
  }
  private async ask(connection: NatsConnection): Promise<Msg | undefined> {
    try {
      return await connection.request(`read.${this.device.organisation}.${this.token}`, utf8.encode(this.hears.request(this.answers)), { timeout: request_timeout_ms });
    } catch (error) {
      if (!(error instanceof RequestError)) console.warn("The steward was not asked:", error);
      return undefined;
    }
  }

  /** What was heard last is in the journal, or must be asked for again; `answers`: the number of the last answer of it. */
  async kept(answers: number, more: boolean): Promise<void> {
    if (answers > this.answers) {
      this.answers = answers;
      const transaction = this.database.transaction("read", "readwrite");
      transaction.objectStore("read").put({ id: "answers", number: answers });
      await settled(transaction);
    }
    this.keptNow?.(more);
  }

  /** This browser takes part no more: its keys are gone, and where NHS England can be told, its access too. */
  async leave(): Promise<void> {
    await Promise.race([this.sayFarewell().catch((error: unknown) => console.warn("The access of this browser stays listed:", error)), pause(farewell_ms)]);
    void this.connection?.close();
    const transaction = this.database.transaction(["device", "outbox", "read"], "readwrite", { durability: "strict" });
    for (const name of ["device", "outbox", "read"]) transaction.objectStore(name).clear();
    await settled(transaction);
    this.tell({ kind: "left" });
  }
  private async sayFarewell(): Promise<void> {
    if (this.connection === undefined) return;
    const { workspace, organisation, person, key, signing } = this.device;
    const id = newId();
    const command = JSON.stringify({ access: key, do: "remove_access" });
    const text = JSON.stringify({ id, workspace, account: organisation === "nhse" ? "" : organisation, person, based_on: 0, command });
    const envelope = JSON.stringify({ text, key, signature: await signed(text, signing) });
    await publish(this.connection, `cmd.${organisation}.${this.token}`, id, envelope);
  }
}

