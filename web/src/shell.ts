// The browser's side of the platform: what C++ asks of the page (src/platform/web/bridge.cpp calls these by name), and what the page
// tells C++ (the exports of src/platform/web/main.cpp).
//
// Frames: none is drawn unless something asked for one. `requestFrame` asks for one animation frame; several asks before it are one.

import { reportFailure } from "./failure.js";
import { ForeignText } from "./foreign_text.js";
import { Hub } from "./hub.js";
import type { ChosenFile, Listener } from "./happenings.js";
import { listen } from "./happenings.js";
import { listenToCopy } from "./copy.js";
import type { Drafts } from "./drafts.js";
import type { Mirror, Reading, View } from "./mirror.js";
import type { Patch } from "./patch.js";
import type { Job, Outcome } from "./press.js";
import { Press } from "./press.js";
import type { SecondPart } from "./second_part.js";
import type { Settings } from "./settings.js";
import { Strip } from "./strip.js";
import { Unfinished } from "./unfinished.js";
import type { ViewChoice } from "./view.js";
import { Waiting } from "./waiting.js";

/** The compiled program, as Emscripten makes it. */
export interface Program {
  _malloc(size: number): number;
  _free(pointer: number): void;
  HEAPU8: Uint8Array;
  _portal_make(): number;
  _portal_font(window: number, face: number, bytes: number, size: number): void;
  _portal_use_fonts(window: number): void;
  _portal_start(window: number, address: number, address_size: number): void;
  _portal_open(window: number, address: number, address_size: number): void;
  _portal_clicked(window: number, key: number, key_size: number): void;
  _portal_typed(window: number, key: number, key_size: number, text: number, text_size: number): void;
  _portal_ticked(window: number, key: number, key_size: number, on: number): void;
  _portal_dismissed(window: number, key: number, key_size: number): void;
  _portal_file_room(window: number, name: number, name_size: number, size: number, readable: number): number;
  _portal_files_given(window: number, key: number, key_size: number): void;
  _portal_focused(window: number, key: number, key_size: number, visible: number): void;
  _portal_press_answered(task: number, bytes: number, size: number, pages: number): void;
  _portal_press_refused(
    task: number, code: number, code_size: number, message: number, message_size: number, where: number, where_size: number,
  ): void;
  _portal_later(task: number): void;
  _portal_hub_state(window: number, state: number, words: number, size: number): void;
  _portal_hub_heard(window: number, text: number, size: number): void;
  _portal_hub_outbox(window: number): void;
  _portal_hub_request(window: number, answers: number): number;
  _portal_hub_not_joined(window: number, words: number, size: number): void;
  _portal_hub_asked(window: number, words: number, size: number): void;
  _portal_hub_registering(window: number, token: number, size: number): void;
  UTF8ToString(pointer: number): string;
  _portal_frame(
    window: number, width: number, window_height: number, scroll_top: number, canvas_top: number, canvas_height: number, dialog_scroll: number,
    pixel_ratio: number, is_dark: number, draws: number, rests: number,
  ): void;
}

export interface StorageEstimateNow {
  used: number; // bytes; below 0: not known
  quota: number;
  persistent: number; // 1 yes, 0 no, -1 not known
}

/** What tests and curious people can read: window.portal. */
export interface Counters {
  /** Frames since the start, drawn or only described. */
  frames: number;
  patches: number;
  /** What the patches held: elements dropped, added, moved or changed. */
  operations: number;
  view: View;
  ready: boolean;
}

/** What an entry of the history remembers of a page: where it was scrolled to, and the link by which its place was left. */
interface Place {
  scroll_top?: number;
  focus?: string;
}

/**
 * The least time between two addresses of one entry. Each costs milliseconds, and WebKit refuses more than 100 in 30 seconds, as somebody
 * makes who holds Backspace down in a filter.
 */
const address_pause_ms = 320;
/** Rows far from the window come when nobody has done anything for so long (src/ui/screen.h: Rows), and then some at a time. */
const rest_ms = 300;
const rest_between_ms = 30;
const timeout_ms_max = 2 ** 31 - 1;
const bytes_a_turn = 8 * 1024 * 1024;
/** Frames in one animation frame: the first may change the page's height, and with it its width or what is to be seen. */
const frames_at_once_max = 3;

export class Shell implements Listener {
  readonly foreignText = new ForeignText();
  readonly counters: Counters = { frames: 0, patches: 0, operations: 0, view: "canvas", ready: false };
  private nowUsable!: () => void;
  /** Resolves when what is to be seen first can be used. */
  readonly usable = new Promise<void>((resolve) => (this.nowUsable = resolve));
  private program: Program | undefined;
  private window = 0; // the program's own, by its address
  private readonly strip: Strip;
  private readonly press = new Press();
  private readonly unfinished = new Unfinished();
  private readonly waiting = new Waiting(() => this.requestFrame());
  /** Turns of their own for tasks of the program: a timer would wait 4 ms from the fifth of them on. */
  private readonly turns = new MessageChannel();
  private frameAsked = false;
  private wakeTimer: ReturnType<typeof setTimeout> | undefined;
  private height = 0; // of the document, CSS px
  private focusKey: string | undefined;
  private revealKey: string | undefined;
  /** What had focus and was in the window before the last patch. */
  private inSightBefore: Element | null = null;
  private topBefore = 0; // of what had focus, in the window
  private focusedBefore: Element | null = null;
  private scrollWanted: number | undefined;
  private scrollRestored = false; // it is where somebody left the page, not the beginning of another one
  private focusRestored: string | undefined;
  private shownHash = location.hash;
  private estimate: StorageEstimateNow = { used: -1, quota: -1, persistent: -1 };
  private wantsMore = false;

  constructor(
    private readonly root: HTMLElement,
    private readonly drawing: HTMLElement, // holds the canvas
    canvas: HTMLCanvasElement,
    private readonly mirror: Mirror,
    private readonly view: ViewChoice,
    private readonly settings: Settings,
    private readonly drafts: Drafts,
    private readonly second: SecondPart,
  ) {
    this.strip = new Strip(canvas);
    listen(root, mirror, this);
    listenToCopy(root, mirror);
    view.onChange = () => this.showView();
    this.turns.port1.onmessage = ({ data }) => this.resume((program) => program._portal_later(data as number));
    this.showView();
    window.addEventListener("resize", () => this.requestFrame());
    window.addEventListener("scroll", () => this.scrolled(), { passive: true });
    // A dialog scrolls inside of itself, and what is drawn follows. (This event does not bubble.)
    root.addEventListener("scroll", (event) => (event.target as Element).matches?.("dialog, .dialog-list") && this.drawAgain(), { capture: true, passive: true });
    window.addEventListener("popstate", () => this.returned());
    window.addEventListener("hashchange", () => this.open());
    // A page that is hidden or left gets no more frames: what was typed last is heard, and so kept, now.
    window.addEventListener("pagehide", () => this.hearAll());
    // Before a link leads away, the entry that is left says what was typed.
    window.addEventListener("click", () => this.settleAddress(), { capture: true });
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.hearAll());
    // The browser's own restoring of the scroll position comes before the page is built.
    history.scrollRestoration = "manual";
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.requestFrame());
    this.followPixelRatio();
    void this.measureStorage();
  }

  start(program: Program, fonts: readonly Uint8Array[]): void {
    this.program = program;
    this.window = program._portal_make();
    this.giveFonts(program, fonts, 0);
    this.withText(location.hash, (...address) => program._portal_start(this.window, ...address));
    this.requestFrame();
  }

  /** Those that the start did without. */
  addFonts(fonts: readonly Uint8Array[], first: number): void {
    this.resume((program) => {
      this.giveFonts(program, fonts, first);
      program._portal_use_fonts(this.window);
    });
    this.requestFrame();
  }

  private giveFonts(program: Program, fonts: readonly Uint8Array[], first: number): void {
    fonts.forEach((bytes, index) => {
      const at = this.copyIn(bytes);
      program._portal_font(this.window, first + index, at, bytes.length); // the program keeps them
    });
  }

  // --- a shared workspace -----------------------------------------------------------------------------------------------------------

  readonly hub = new Hub();
  startHub(): void {
    this.hub.start({
      state: (state, words) => this.withText(words, (...text) => this.program?._portal_hub_state(this.window, state, ...text)),
      heard: (text) => this.withText(text, (...bytes) => this.program?._portal_hub_heard(this.window, ...bytes)),
      outbox: () => this.guard(() => this.program?._portal_hub_outbox(this.window)),
      request: (answers) => {
        const text = this.program!._portal_hub_request(this.window, answers);
        const request = this.program!.UTF8ToString(text);
        this.program!._free(text);
        return request;
      },
    });
  }
  joinHub(invitation: string, device: string): void {
    this.hub.join(JSON.parse(invitation) as Parameters<Hub["join"]>[0], device, (membership, words) => {
      if (membership !== "") {
        this.settings.set("shared", membership);
        this.settings.set("tab.joined", "yes");
        history.replaceState(null, "", location.pathname + location.search + "#/");
        location.reload();
      } else {
        this.withText(words, (...text) => this.program?._portal_hub_not_joined(this.window, ...text));
      }
    });
  }
  askHub(link: string, id: string, text: string): void {
    this.hub.ask(JSON.parse(link) as Parameters<Hub["ask"]>[0], id, text, (words) =>
      this.withText(words, (...bytes) => this.program?._portal_hub_asked(this.window, ...bytes)),
    );
  }
  findRegistering(): void {
    void this.hub.findRegistering().then((token) => this.withText(token, (...bytes) => this.program?._portal_hub_registering(this.window, ...bytes)));
  }
  leaveHub(): void {
    // What is kept of the record can be taken away only when nobody has it open any more.
    const { workspace } = JSON.parse(this.settings.get("shared")) as { workspace: string };
    this.settings.set("left", `/shared-${workspace}`);
    this.settings.set("shared", "");
    this.settings.set("acting-as", "");
    void this.hub.leave();
  }

  // --- frames ---------------------------------------------------------------------------------------------------------------------

  requestFrame(): void {
    this.wantsMore = true;
    if (this.frameAsked) return;
    this.frameAsked = true;
    requestAnimationFrame(() => {
      this.frameAsked = false;
      this.guard(() => this.frame());
    });
  }

  /** Asks for a frame at an instant, in ms since the epoch; the earliest one asked for counts until it came. */
  wakeAt(epoch_ms: number): void {
    clearTimeout(this.wakeTimer);
    const wait_ms = Math.min(Math.max(0, epoch_ms - Date.now()), timeout_ms_max);
    this.wakeTimer = setTimeout(() => this.requestFrame(), wait_ms);
  }

  private rests = false;
  private rowsWait = false;
  private restTimer: ReturnType<typeof setTimeout> | undefined;

  private waitForRest(wait_ms: number): void {
    this.restTimer = setTimeout(() => {
      this.rests = true;
      this.requestFrame();
    }, wait_ms);
  }

  private hearAll(): void {
    if (this.frameAsked) this.guard(() => this.frame());
    this.settleAddress();
  }

  private frame(): void {
    const { program } = this;
    if (program === undefined) return;
    for (let count = 0; count < frames_at_once_max; count++) {
      const draws = this.view.current === "canvas";
      const width = contentWidth();
      const window_height = window.innerHeight;
      const scroll_top = this.scrollWanted ?? window.scrollY;
      const strip = this.strip.around(scroll_top, window_height, this.height);
      if (draws) this.strip.resize(width, strip.height);
      this.wantsMore = false;
      this.counters.frames++;
      clearTimeout(this.restTimer);
      program._portal_frame(
        this.window, width, window_height, scroll_top, strip.top, strip.height, this.mirror.dialogScroll(), devicePixelRatio,
        Number(matchMedia("(prefers-color-scheme: dark)").matches), Number(draws), Number(this.rests),
      );
      if (this.rowsWait) this.waitForRest(this.rests ? rest_between_ms : rest_ms);
      this.rests = false;
      if (draws) this.strip.place();
      this.afterFrame(window_height, width);
      // The strip was placed for the height before.
      const drawn = !draws || this.strip.suffices(window.scrollY, window_height, this.height);
      const fits = contentWidth() === width && drawn;
      if (fits) break;
    }
    // A frame that wants another at once has not yet heard all that was typed.
    if (!this.wantsMore && this.held.length === 0) this.mirror.settle();
  }

  private afterFrame(window_height: number, width: number): void {
    if (!this.counters.ready) {
      this.counters.ready = true;
      document.body.classList.add("ready");
      document.getElementById("skeleton")?.remove();
    }
    const height = this.view.current === "canvas" ? `${Math.max(this.height, window_height)}px` : "";
    this.root.style.height = this.drawing.style.height = height;
    const scrolls = this.scrollWanted !== undefined;
    if (this.scrollWanted !== undefined) window.scrollTo(0, this.scrollWanted);
    else if (this.reading !== undefined && this.shownWidth !== width) this.reading = this.mirror.keepReading(this.reading);
    this.shownWidth = width;
    // On the way back to a page, where it was left counts for more than what it wants to show.
    const left = this.focusRestored !== undefined && this.mirror.roleOf(this.focusRestored) !== undefined ? this.focusRestored : undefined;
    if (this.focusKey !== undefined) this.mirror.focus(left ?? this.focusKey, !scrolls);
    if (this.revealKey !== undefined && !(scrolls && this.scrollRestored)) this.mirror.reveal(this.revealKey);
    // What has focus is followed where something new above it pushes it out of the window.
    const pushed = this.inSightBefore;
    const stays = this.focusKey === undefined && this.revealKey === undefined && !scrolls;
    if (stays && pushed !== null && pushed === document.activeElement) {
      // A tick that is pressed brings what can be done above its row, and the next one is where the pointer is.
      if (pushed.matches("tbody [type=checkbox]")) window.scrollBy({ top: pushed.getBoundingClientRect().top - this.topBefore, behavior: "instant" });
      if (!this.isInSight(pushed)) pushed.scrollIntoView({ block: "nearest" });
    }
    this.inSightBefore = null;
    // What had focus may go without anything that was done here: another tab has accepted what this one was about to.
    if (this.focusedBefore?.isConnected === false && this.focusKey === undefined) this.mirror.focusHeading();
    this.focusedBefore = null;
    this.scrollWanted = undefined;
    this.scrollRestored = false;
    this.focusRestored = undefined;
    this.focusKey = this.revealKey = undefined;
    this.mirror.markPlace();
  }

  /** What is read, and how wide the window was when that was drawn: on another width the words stand elsewhere. */
  private reading: Reading | undefined;
  private shownWidth = 0;

  private scrolled(): void {
    this.keepScroll();
    this.mirror.markPlace();
    if (this.rowsWait) this.requestFrame();
    if (this.view.current === "canvas" && !this.strip.suffices(window.scrollY, window.innerHeight, this.height)) this.requestFrame();
  }

  private followPixelRatio(): void {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener(
      "change",
      () => {
        this.requestFrame();
        this.followPixelRatio();
      },
      { once: true },
    );
  }

  private showView(): void {
    const view = this.view.current;
    this.counters.view = view;
    document.body.classList.toggle("html-view", view === "html");
    document.body.classList.toggle("canvas-view", view === "canvas");
    this.mirror.show(view);
    if (view === "html") this.root.style.height = "";
    this.requestFrame();
  }

  // --- addresses ------------------------------------------------------------------------------------------------------------------

  /**
   * Coming back to a page brings back where it was scrolled to; a new page begins at its top. Its frame does not wait for the
   * browser's next one, so that nobody finds the page before under the new address.
   */
  private open(): void {
    if (this.waits(() => this.open())) return;
    this.wantedHash = undefined;
    const state = history.state as Place | null;
    this.shownHash = location.hash;
    this.scrollWanted = state?.scroll_top ?? 0;
    this.reading = undefined;
    this.scrollRestored = state?.scroll_top !== undefined;
    this.focusRestored = state?.focus;
    this.opening = true;
    this.withText(location.hash, (...address) => this.program?._portal_open(this.window, ...address));
    this.opening = false;
    this.guard(() => this.frame());
  }

  /** Whoever comes back finds focus on the link that led away. */
  leaving(key: string): void {
    clearTimeout(this.scrollTimer);
    history.replaceState({ ...(history.state as Place | null), scroll_top: window.scrollY, focus: key } satisfies Place, "");
  }

  private scrollTimer: ReturnType<typeof setTimeout> | undefined;
  private keepScroll(): void {
    clearTimeout(this.scrollTimer);
    this.scrollTimer = setTimeout(() => {
      history.replaceState({ ...(history.state as Place | null), scroll_top: window.scrollY }, "");
      if (this.shownWidth === contentWidth()) this.reading = this.mirror.readingPlace();
    }, 150);
  }

  /** A link to a place on this page leaves an entry behind, so that Back leads to where it was pressed. */
  private jumped(from: string): void {
    clearTimeout(this.scrollTimer);
    history.replaceState({ scroll_top: window.scrollY, focus: from } satisfies Place, "");
    history.pushState(null, "", location.hash);
  }

  /** Back and Forward between places on one page: the address stays, so no hashchange follows. */
  private returned(): void {
    if (location.hash !== this.shownHash) return;
    clearTimeout(this.scrollTimer);
    const state = history.state as Place | null;
    window.scrollTo(0, state?.scroll_top ?? 0);
    if (state?.focus !== undefined) this.mirror.focus(state.focus, false);
    this.requestFrame();
  }

  setAddress(address: string, replaces: boolean): void {
    if (address === (this.wantedHash ?? location.hash)) return;
    if (replaces && this.opening) return; // it was to be that of the entry that has been left
    if (replaces) return this.replaceAddress(address);
    this.settleAddress();
    clearTimeout(this.scrollTimer);
    // A choice on this page (its filters) leaves people where they are; another page begins at its top.
    const pageOf = (hash: string) => hash.split("?")[0];
    if (pageOf(address) !== pageOf(location.hash)) this.scrollWanted = 0;
    history.pushState(null, "", address);
    this.shownHash = location.hash;
  }

  private opening = false;
  private wantedHash: string | undefined; // of this entry, where it does not say so yet
  private addressTimer: ReturnType<typeof setTimeout> | undefined;
  private replaceAddress(address: string): void {
    this.wantedHash = address;
    if (this.addressTimer !== undefined) return;
    this.settleAddress();
    this.addressTimer = setTimeout(() => {
      this.addressTimer = undefined;
      if (this.wantedHash !== undefined) this.replaceAddress(this.wantedHash);
    }, address_pause_ms);
  }

  private settleAddress(): void {
    const wanted = this.wantedHash;
    this.wantedHash = undefined;
    if (wanted === undefined || wanted === location.hash) return;
    history.replaceState(history.state, "", wanted);
    this.shownHash = location.hash;
  }

  setTitle(title: string): void {
    document.title = title;
  }

  // --- what a frame says ----------------------------------------------------------------------------------------------------------

  patch(json: string): void {
    this.counters.patches++;
    const patch = JSON.parse(json) as Patch;
    for (const operation of patch) this.counters.operations += operation[0] === "drop" ? operation.length - 1 : 1;
    const { activeElement } = document;
    this.inSightBefore = this.isInSight(activeElement) ? activeElement : null;
    this.topBefore = activeElement?.getBoundingClientRect().top ?? 0;
    this.focusedBefore = this.root.contains(activeElement) ? activeElement : null;
    this.mirror.apply(patch);
  }

  /** Whether this is a part of the page that is in the window, from top to bottom. */
  private isInSight(element: Element | null): boolean {
    if (element === null || !this.root.contains(element)) return false;
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= window.innerHeight;
  }

  setHeight(height: number): void {
    this.height = height;
  }

  setRowsWait(wait: boolean): void {
    this.rowsWait = wait;
  }

  focus(key: string): void {
    this.focusKey = key;
  }

  reveal(key: string): void {
    this.revealKey = key;
  }

  /** WebGL 2 cannot be had after all. */
  cannotDraw(): void {
    this.view.set("webgl", true);
  }

  /** The page begins as busy (index.html) and is so until the program has read what it shows. */
  setBusy(busy: boolean): void {
    document.body.setAttribute("aria-busy", String(busy));
    if (!busy) this.nowUsable();
  }

  // --- services -------------------------------------------------------------------------------------------------------------------

  saveFile(name: string, mediaType: string, bytes: Uint8Array): void {
    const url = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mediaType }));
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.hidden = true;
    document.body.append(link);
    link.click();
    link.remove();
    // Safari still reads it after the click has returned.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  later(task: number): void {
    this.turns.port2.postMessage(task);
  }

  /** Gives what came of it, or why nothing did, to a waiting task of the program. */
  askPress(job: Job, bytes: Uint8Array<ArrayBuffer>, task: number): void {
    void this.press.ask(job, bytes).then((outcome) => this.resume((program) => this.deliver(program, task, outcome)));
  }

  private deliver(program: Program, task: number, outcome: Outcome): void {
    if ("refusal" in outcome) {
      const { code, message, where } = outcome.refusal;
      this.withText(code, (...c) => this.withText(message, (...m) => this.withText(where, (...w) => program._portal_press_refused(task, ...c, ...m, ...w))));
    } else {
      const at = this.copyIn(outcome.bytes);
      program._portal_press_answered(task, at, outcome.bytes.length, outcome.pages);
      program._free(at);
    }
  }

  newId(): string {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  copyText(text: string): void {
    void navigator.clipboard?.writeText(text);
  }

  /** Where this portal was opened, for links from outside of it. */
  portalAddress(): string {
    return location.origin + location.pathname;
  }

  canChooseView(): boolean {
    return this.view.canChoose;
  }

  isHtmlView(): boolean {
    return this.view.current === "html";
  }

  setHtmlView(on: boolean): void {
    this.view.choose(on ? "html" : "canvas");
  }

  draft(name: string): string {
    return this.drafts.get(name);
  }

  keepDraft(name: string, text: string): boolean {
    return this.drafts.keep(name, text);
  }

  forgetDrafts(): void {
    this.drafts.forget();
  }

  setting(name: string): string {
    return this.settings.get(name);
  }

  setSetting(name: string, value: string): void {
    this.settings.set(name, value);
  }

  /** As it was when last measured; a newer figure asks for a frame when it comes. */
  storage(): StorageEstimateNow {
    void this.measureStorage();
    return this.estimate;
  }

  /** Whether a tab of this browser holds the lock that this one waits for. As it was when last looked at. */
  anotherWrites(): boolean {
    this.waiting.ask();
    return this.waiting.forAnother;
  }

  askToPersist(): void {
    void navigator.storage?.persist?.().then(() => this.measureStorage());
  }

  setUnfinished(on: boolean): void {
    this.unfinished.set(on);
  }

  private measuring = false;
  private measuredAt_ms = -Infinity;
  private async measureStorage(): Promise<void> {
    if (this.measuring || performance.now() - this.measuredAt_ms < 1000 || navigator.storage?.estimate === undefined) return;
    this.measuring = true;
    try {
      const { usage, quota } = await navigator.storage.estimate();
      const persistent = (await navigator.storage.persisted?.()) ?? undefined;
      const now = { used: usage ?? -1, quota: quota ?? -1, persistent: persistent === undefined ? -1 : Number(persistent) };
      const changed = now.used !== this.estimate.used || now.quota !== this.estimate.quota || now.persistent !== this.estimate.persistent;
      this.estimate = now;
      if (changed) this.requestFrame();
    } catch (error) {
      console.warn("The browser does not say how much it stores:", error);
    } finally {
      this.measuring = false;
      this.measuredAt_ms = performance.now();
    }
  }

  // --- what a person does (Listener) ------------------------------------------------------------------------------------------------

  clicked(key: string): void {
    if (this.mirror.leadsToPlace(key)) this.jumped(key);
    this.tell((program) => this.withText(key, (...k) => program._portal_clicked(this.window, ...k)));
  }
  /** A link to the address that is shown already: the browser does nothing, but the person wants to be led there again. */
  opened(): void {
    this.tell((program) => this.withText(location.hash, (...address) => program._portal_open(this.window, ...address)));
  }
  typed(key: string, text: string): void {
    this.tell((program) => this.withText(key, (...k) => this.withText(text, (...t) => program._portal_typed(this.window, ...k, ...t))));
  }
  ticked(key: string, on: boolean): void {
    this.tell((program) => this.withText(key, (...k) => program._portal_ticked(this.window, ...k, Number(on))));
  }
  dismissed(key: string): void {
    this.tell((program) => this.withText(key, (...k) => program._portal_dismissed(this.window, ...k)));
  }
  private giving = Promise.resolve();
  /** One choice after another, and of each the bytes some at a time: much at once would hold the page up. */
  files(key: string, files: ChosenFile[]): Promise<void> {
    this.giving = this.giving.then(async () => {
      if (!this.second.isThere) await this.second.waitFor();
      for (const file of files) await this.giveFile(file);
      this.tell((program) => this.withText(key, (...k) => program._portal_files_given(this.window, ...k)));
    });
    return this.giving;
  }
  private async giveFile({ name, bytes }: ChosenFile): Promise<void> {
    const size = bytes?.length ?? 0;
    let room = 0;
    this.resume((program) => this.withText(name, (...n) => (room = program._portal_file_room(this.window, ...n, size, Number(bytes !== undefined)))));
    for (let from = 0; from < size && this.program !== undefined; from += bytes_a_turn) {
      this.program.HEAPU8.set(bytes!.subarray(from, from + bytes_a_turn), room + from);
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  focused(key: string, visible: boolean): void {
    const { program } = this;
    if (program === undefined) return;
    this.withText(key, (...k) => program._portal_focused(this.window, ...k, Number(visible)));
    this.drawAgain(); // the ring is drawn
  }

  private drawAgain(): void {
    if (this.view.current === "canvas") this.requestFrame();
  }

  /** What somebody did before the second part of the program was there: it is done in this order once it is. */
  private held: (() => void)[] = [];
  private waits(work: () => void): boolean {
    if (this.second.isThere) return false;
    this.held.push(work);
    if (this.held.length === 1) void this.second.waitFor().then(() => this.held.splice(0).forEach((each) => each()));
    return true;
  }

  /** Says what a person did: a frame hears it. */
  private tell(say: (program: Program) => void): void {
    if (this.program === undefined || this.waits(() => this.tell(say))) return;
    this.rests = false;
    this.resume(say);
    this.requestFrame();
  }

  /** Goes on with the program's own work, which asks for a frame itself where there is something to show. */
  private resume(work: (program: Program) => void): void {
    const { program } = this;
    if (program === undefined) return;
    this.guard(() => work(program));
  }

  /** A program that has failed once is not called again: what it holds may be wrong. What it saved is kept. */
  private guard(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.program = undefined;
      reportFailure(error);
    }
  }

  private copyIn(bytes: Uint8Array): number {
    const program = this.program!;
    const at = program._malloc(Math.max(1, bytes.length));
    program.HEAPU8.set(bytes, at);
    return at;
  }

  /** As UTF-8 with its length: a NUL ends no text, and half of a surrogate pair becomes U+FFFD. */
  private withText(text: string, use: (pointer: number, size: number) => void): void {
    const { program } = this;
    if (program === undefined) return;
    const bytes = new TextEncoder().encode(text);
    const pointer = this.copyIn(bytes);
    use(pointer, bytes.length);
    program._free(pointer);
  }
}

/** What a page has: the room that is kept for a scrollbar (scrollbar-gutter) counts as the window's until one is there. */
function contentWidth(): number {
  return Math.min(document.documentElement.clientWidth, document.body.clientWidth);
}
