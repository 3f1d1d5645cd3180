// The page's elements: what the program described, as real DOM.
//
//   const mirror = new Mirror(document.getElementById("mirror"), happenings);
//   mirror.apply(patch);          // semantics/patch.h; at most one a frame
//   mirror.show("html");          // or "canvas": the same elements in flow, or standing over the canvas
//   mirror.settle();              // after a frame that wants no other: what was typed or ticked is as the program says
//
// Who owns what: the elements own activation, focus, selection and what is being typed; the program owns what is shown. So an element is
// neither replaced nor moved while it has focus (semantics/diff.h sees to that), and a value is set only where it differs and no
// input method is at work.

import type { Box, Change, Operation, Part, Patch, Properties, Role, TextStyle } from "./patch.js";
import { fillWords, setAttribute, textOf } from "./words.js";

export type View = "canvas" | "html";

/** What stands at the top of what is seen of the page, and how far below the window's edge. */
export interface Reading {
  element: Element;
  top: number;
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | HTMLProgressElement;

interface Entry {
  key: string;
  role: Role;
  properties: Partial<Properties>;
  element: HTMLElement;
  /** The control inside a field. */
  control?: Control;
  /** Label, legend or caption. */
  label?: HTMLElement;
  hint?: HTMLElement;
  error?: HTMLElement;
  /** Where the words stand, where that is not the element itself. */
  words?: HTMLElement;
  suffix?: HTMLElement;
  links: Map<number, HTMLAnchorElement>;
  /** The last of the element's own parts that come before its children. */
  lead?: Element;
}

const fieldRoles: ReadonlySet<Role> = new Set(["checkbox", "radio", "textbox", "searchbox", "select", "file_input", "progress"]);
const liveRoles: ReadonlySet<Role> = new Set(["status"]);

const inTable: ReadonlySet<Role> = new Set(["table", "row", "cell", "row_header", "column_header"]);

/** How long a live region stands empty before its first words come: what was never empty is not read out. */
const live_region_delay_ms = 150;

export class Mirror {
  private readonly entries = new Map<string, Entry>();
  private readonly keys = new WeakMap<Element, string>();
  /** Fields that a person has changed since the program last said what is in them. */
  private readonly touched = new Set<string>();
  private view: View = "canvas";
  private composing: Element | null = null;
  private count = 0;
  private readonly opening: HTMLDialogElement[] = [];
  /** Links to places on this page, each with the key of its place. */
  private readonly places = new Map<string, string>();
  private here: HTMLElement | undefined;
  /** Tables shown as cards whose cells must say their column's name. */
  private readonly relabel = new Set<HTMLTableElement>();
  /** New buttons and ticks, of which those in a row of a table have to do with what the row is about. */
  private readonly newcomers: HTMLElement[] = [];

  constructor(private readonly root: HTMLElement) {
    root.addEventListener("compositionstart", (event) => (this.composing = event.target as Element));
    root.addEventListener("compositionend", () => (this.composing = null));
    root.addEventListener("pointerover", showWhole);
    root.addEventListener("scroll", fadeAbove, { capture: true, passive: true });
    root.addEventListener("close", () => this.tellHolding(), { capture: true });
  }

  // --- what the program says ------------------------------------------------------------------------------------------------------

  apply(patch: Patch): void {
    const focused = document.activeElement;
    const led = focused instanceof HTMLAnchorElement && this.root.contains(focused) ? focused.getAttribute("href") : null;
    for (const operation of patch) this.obey(operation);
    this.putFresh();
    for (const dialog of this.opening) if (dialog.isConnected && !dialog.open) dialog.showModal();
    this.opening.length = 0;
    this.tellHolding();
    for (const table of this.relabel) if (table.isConnected) labelCells(table);
    this.relabel.clear();
    for (const control of this.newcomers) this.tellRow(control);
    this.newcomers.length = 0;
    if (led !== null && focused?.isConnected === false) this.findAgain(led, focused);
  }

  /** Where a list of links has gone to another place of the page (a rail that the window has no room for), focus goes with it. */
  private findAgain(href: string, lost: Element): void {
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const same = [...this.root.querySelectorAll<HTMLAnchorElement>("nav a")].find(
      (link) => link.getAttribute("href") === href && link.textContent === lost.textContent,
    );
    same?.focus({ preventScroll: true });
    same?.scrollIntoView({ block: "nearest" });
  }

  /**
   * A row is called by what it is about, without the tick before that; and of buttons that are called alike in each row one hears in
   * which row they stand.
   */
  private tellRow(control: HTMLElement): void {
    const header = control.closest("tr")?.querySelector<HTMLElement>("th[scope=row]");
    if (header === null || header === undefined) return;
    const words = header.querySelector<HTMLElement>(":scope > :is(a, .words, .text)") ?? header;
    words.id ||= this.newId();
    if (!header.contains(control)) control.setAttribute("aria-describedby", words.id);
    else if (control instanceof HTMLInputElement) header.setAttribute("aria-labelledby", words.id);
  }

  /**
   * What style sheets ask of the page as a whole. With `:has()` they would ask it of every element that comes or goes, which took half of
   * the time that styles take when rows change.
   */
  private tellHolding(): void {
    const { classList } = document.documentElement;
    classList.toggle("holds-dialog", this.root.querySelector("dialog[open]") !== null);
    classList.toggle("holds-pinned", this.root.querySelector(".pinned") !== null);
    classList.toggle("holds-kept-row", this.root.querySelector(".kept-row") !== null);
    classList.toggle("holds-kept-head", this.root.querySelector(".calm:not(.cards) > thead") !== null);
    this.measureKept();
  }

  /** What stands at the window's top covers what comes into sight under it: how much, the style sheets are told as it is. */
  measureKept(): void {
    const { style } = document.documentElement;
    for (const [name, selector] of [["--pinned", ".pinned"], ["--kept-row", ".kept-row"]] as const) {
      const height = this.root.querySelector<HTMLElement>(selector)?.offsetHeight ?? 0;
      if (height > 0) style.setProperty(name, `${height}px`);
      else style.removeProperty(name);
    }
  }

  show(view: View): void {
    this.view = view;
    for (const entry of this.entries.values()) this.place(entry);
  }

  settle(): void {
    for (const key of this.touched) {
      const entry = this.entries.get(key);
      if (entry !== undefined) this.setState(entry);
    }
    // A value under composition is left for the end of it.
    if (this.composing === null) this.touched.clear();
  }

  focus(key: string, scrolls: boolean): void {
    const element = this.focusTarget(key);
    element?.focus({ preventScroll: true });
    if (scrolls) element?.scrollIntoView({ block: "nearest" });
  }

  /** Where focus would be on nothing. */
  focusHeading(): void {
    const heading = this.root.querySelector<HTMLElement>("dialog[open] h2, main h1");
    if (heading === null || (document.activeElement !== null && document.activeElement !== document.body)) return;
    heading.tabIndex = -1;
    heading.focus();
  }

  reveal(key: string): void {
    (this.entries.get(key)?.element ?? this.focusTarget(key))?.scrollIntoView({ block: "start" });
  }

  // --- what the events need -------------------------------------------------------------------------------------------------------

  /** The key of the nearest control or described element at or above `from`. */
  keyOf(from: EventTarget | null): string | undefined {
    for (let at = from instanceof Element ? from : null; at !== null && at !== this.root; at = at.parentElement) {
      const key = this.keys.get(at);
      if (key !== undefined) return key;
    }
    return undefined;
  }

  roleOf(key: string): Role | undefined {
    return this.entries.get(key)?.role;
  }

  elementOf(key: string): HTMLElement | undefined {
    return this.entries.get(key)?.element;
  }

  /**
   * Whether this is a link to a place on this page. The lines of an error summary lead to what is to be mended, which is no place that
   * anybody would go back from.
   */
  leadsToPlace(key: string): boolean {
    const element = this.focusTarget(key);
    const href = element?.getAttribute("href") ?? "";
    return href.startsWith("#") && !href.startsWith("#/") && element?.classList.contains("problem") === false;
  }

  /** How far the open dialog, or the list in it, is scrolled inside of itself, CSS px. */
  dialogScroll(): number {
    const [dialog, list] = ["dialog[open]", "dialog[open] .dialog-list"].map((each) => this.root.querySelector(each));
    return list?.scrollTop || (dialog?.scrollTop ?? 0);
  }

  /** Marks, of the links to places on this page, the one to the place that is being read. */
  markPlace(): void {
    const reading_line = window.innerHeight / 3;
    let nearest = -Infinity;
    let here: HTMLElement | undefined;
    for (const [link, place] of this.places) {
      const top = this.entries.get(place)?.element.getBoundingClientRect().top ?? Infinity;
      if (top > reading_line || top < nearest) continue;
      nearest = top;
      here = this.entries.get(link)?.element;
    }
    if (here === this.here) return;
    this.here?.removeAttribute("aria-current");
    here?.setAttribute("aria-current", "location");
    this.here = here;
    if (here !== undefined) keepInFrame(here);
  }

  /** Nothing where the page is at its beginning. */
  readingPlace(): Reading | undefined {
    const main = this.root.querySelector("main")?.getBoundingClientRect();
    if (main === undefined || main.top >= 0) return undefined;
    const under = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
    for (let y = under + 4; y < window.innerHeight / 2; y += 12) {
      const at = document.elementFromPoint(main.left + main.width * 0.3, y);
      const element = at?.closest("main :is(p, li, h1, h2, h3, h4, h5, h6, tr, dt, dd, pre, .field)");
      if (element != null) return { element, top: element.getBoundingClientRect().top };
    }
    return undefined;
  }

  /** Scrolls to where it stands as before, as far as it is still there. */
  keepReading(reading: Reading): Reading | undefined {
    if (!reading.element.isConnected) return undefined;
    window.scrollBy(0, reading.element.getBoundingClientRect().top - reading.top);
    return reading;
  }

  touch(key: string): void {
    this.touched.add(key);
  }

  /** The first file input that can be used now, for files dropped on the window. */
  firstFileInput(): string | undefined {
    const inert = this.root.querySelector("dialog[open]");
    for (const entry of this.entries.values())
      if (entry.role === "file_input" && entry.properties.disabled !== true && (inert === null || inert.contains(entry.element)))
        return entry.key;
    return undefined;
  }

  private focusTarget(key: string): HTMLElement | undefined {
    const entry = this.entries.get(key);
    if (entry !== undefined) {
      const target = entry.control ?? entry.element;
      if (!target.matches("a[href], button, input, select, textarea, [tabindex]")) target.tabIndex = -1;
      return target;
    }
    const hash = key.lastIndexOf("#");
    return hash < 0 ? undefined : this.entries.get(key.slice(0, hash))?.links.get(Number(key.slice(hash + 1)));
  }

  // --- operations -----------------------------------------------------------------------------------------------------------------

  private obey(operation: Operation): void {
    if (operation[0] !== "add" || !this.isInFresh(operation[2])) this.putFresh();
    switch (operation[0]) {
      case "drop": {
        for (const key of operation.slice(1)) this.drop(key);
        break;
      }
      case "become": {
        this.become(operation[1], operation[2]);
        break;
      }
      case "add": {
        const [, key, parent, after, properties] = operation;
        const entry = this.create(key, properties);
        this.entries.set(key, entry);
        if (this.isInFresh(parent)) this.insert(entry.element, parent, after);
        else this.fresh = { element: entry.element, parent, after };
        this.change(entry, properties, true);
        if (entry.element instanceof HTMLDialogElement) this.opening.push(entry.element);
        break;
      }
      case "move": {
        const [, key, parent, after] = operation;
        const entry = this.entries.get(key);
        if (entry !== undefined) this.insert(entry.element, parent, after);
        break;
      }
      case "set": {
        const entry = this.entries.get(operation[1]);
        if (entry !== undefined) this.change(entry, operation[2], false);
        break;
      }
    }
  }

  /** What is new is put together outside of the document: there each part of a row costs a fraction of what it costs inside. */
  private fresh: { element: HTMLElement; parent: string; after: string } | undefined;

  private isInFresh(parent: string): boolean {
    const element = this.fresh && this.entries.get(parent)?.element;
    return element !== undefined && this.fresh?.element.contains(element) === true;
  }

  private putFresh(): void {
    if (this.fresh === undefined) return;
    const { element, parent, after } = this.fresh;
    this.fresh = undefined;
    this.insert(element, parent, after);
    const table = element.closest<HTMLTableElement>("table.cards");
    if (table !== null) this.relabel.add(table);
  }

  private drop(key: string): void {
    const entry = this.entries.get(key);
    if (entry === undefined) return;
    this.entries.delete(key);
    this.touched.delete(key);
    this.places.delete(key);
    if (!entry.element.isConnected) return;
    // close() gives focus back to where it was before the dialog.
    if (entry.element instanceof HTMLDialogElement && entry.element.open) entry.element.close();
    entry.element.remove();
  }

  /** Of a row, and of all that is in it, the keys change. */
  private become(before: string, now: string): void {
    const row = this.entries.get(before)?.element;
    if (row === undefined) return;
    for (const element of [row, ...row.querySelectorAll("*")]) {
      const entry = this.entries.get(this.keys.get(element) ?? "");
      if (entry?.element !== element) continue;
      const key = now + entry.key.slice(before.length);
      this.entries.delete(entry.key);
      if (this.touched.delete(entry.key)) this.touched.add(key);
      this.places.delete(entry.key);
      entry.key = key;
      this.entries.set(key, entry);
      this.keys.set(element, key);
      if (entry.control !== undefined) this.keys.set(entry.control, key);
      for (const [index, link] of entry.links) this.keys.set(link, `${key}#${index}`);
    }
  }

  private insert(element: HTMLElement, parentKey: string, afterKey: string): void {
    const parent = this.entries.get(parentKey);
    const container = parent?.element ?? this.root;
    const before =
      afterKey === ""
        ? (parent?.lead?.nextSibling ?? (parent?.lead === undefined ? container.firstChild : null))
        : (this.entries.get(afterKey)?.element.nextSibling ?? null);
    if (before === element) return;
    // moveBefore keeps focus and selection, where the browser has it.
    const mover = container as Element & { moveBefore?(node: Node, child: Node | null): void };
    if (element.isConnected && mover.moveBefore !== undefined) mover.moveBefore(element, before);
    else container.insertBefore(element, before);
  }

  // --- elements -------------------------------------------------------------------------------------------------------------------

  private create(key: string, properties: Change & { role: Role }): Entry {
    const role = properties.role;
    const element = elementFor(role, properties);
    const entry: Entry = { key, role, properties: { role }, element, links: new Map() };
    if (fieldRoles.has(role)) {
      entry.control = controlFor(role, properties);
      entry.control.id = this.newId();
      this.keys.set(entry.control, key);
      element.append(entry.control);
      if (role === "checkbox") this.newcomers.push(entry.control);
    } else if (role === "button") {
      this.newcomers.push(element);
      entry.words = document.createElement("span");
      entry.words.className = "words";
      element.append(entry.words);
    }
    this.keys.set(element, key);
    return entry;
  }

  private newId(): string {
    return `n${++this.count}`;
  }

  private change(entry: Entry, change: Change, isNew: boolean): void {
    const known = entry.properties as Record<string, unknown>;
    for (const [name, value] of Object.entries(change)) {
      if (value === null) delete known[name];
      else known[name] = value;
    }
    const has = (...names: (keyof Properties)[]) => names.some((name) => name in change);

    if (isNew || has("look")) this.setLook(entry);
    if (inTable.has(entry.role)) {
      const table = entry.element.closest("table");
      if (table !== null && table.classList.contains("cards")) this.relabel.add(table);
    }
    if (has("name", "hidden_name", "words")) this.setName(entry);
    if (has("words", "breaks", "name")) this.setWords(entry, isNew);
    if (entry.element.title !== "" && has("words")) entry.element.removeAttribute("title"); // showWhole's, of other words
    if (has("hint", "error", "hint_part", "error_part")) this.setMessages(entry);
    if (isNew || has(...attributeProperties)) this.setAttributes(entry);
    if (has("options")) this.setOptions(entry);
    if (has("value", "checked", "options")) this.setState(entry);
    if (entry.role === "link" && has("value")) this.places.set(entry.key, entry.properties.value ?? "");
    if (isNew || has("look", "box", "control", "style", "label_part", "hint_part", "error_part", "hint", "error", "name")) this.place(entry);
  }

  private setLook(entry: Entry): void {
    const { look = "" } = entry.properties;
    entry.element.className = look === "" ? entry.role : `${entry.role} ${look}`;
  }

  private setName(entry: Entry): void {
    const { name = "", words, hidden_name: hidden = false } = entry.properties;
    if (entry.role === "group" || entry.role === "table" || entry.control !== undefined) {
      const spoken = entry.control ?? entry.element;
      // Not everything that reads a page takes a progress bar's name from its label.
      const says = (hidden || entry.role === "progress") && name !== "";
      setAttribute(spoken, "aria-label", says ? name : undefined);
      this.setPart(entry, "label", hidden ? "" : name);
      return;
    }
    if (words !== undefined && words !== null) {
      // A link or button whose visible words are only the beginning of its name, or another word for it.
      const visible = textOf(words);
      const isBeginning = name.startsWith(visible);
      setAttribute(entry.element, "aria-label", name !== "" && !isBeginning ? name : undefined);
      const rest = isBeginning ? name.slice(visible.length) : "";
      if (rest === "") {
        entry.suffix?.remove();
        delete entry.suffix;
      } else {
        entry.suffix ??= hiddenText();
        entry.suffix.textContent = rest;
        if (entry.words === undefined) this.holdWords(entry);
        entry.element.append(entry.suffix);
      }
      return;
    }
    setAttribute(entry.element, "aria-label", name === "" ? undefined : name);
    if (entry.role === "image") entry.element.dataset["words"] = name;
  }

  /** Gives the words an element of their own, beside what else the element holds. */
  private holdWords(entry: Entry): HTMLElement {
    const holder = document.createElement("span");
    holder.className = "words";
    entry.element.prepend(holder);
    entry.words = holder;
    entry.lead = holder;
    return holder;
  }

  private setWords(entry: Entry, isNew: boolean): void {
    const { words, breaks = [] } = entry.properties;
    if (words === undefined) {
      if (entry.words !== undefined) entry.words.replaceChildren();
      return;
    }
    const holder = entry.words ?? this.holdWords(entry);
    const fill = () => fillWords(holder, words, breaks, (index) => this.linkAt(entry, index));
    if (isNew && liveRoles.has(entry.role))
      setTimeout(() => {
        if (this.entries.get(entry.key) === entry) this.setWords(entry, false);
      }, live_region_delay_ms);
    else fill();
  }

  private linkAt(entry: Entry, index: number): HTMLAnchorElement {
    let link = entry.links.get(index);
    if (link === undefined) {
      link = document.createElement("a");
      this.keys.set(link, `${entry.key}#${index}`);
      entry.links.set(index, link);
    }
    return link;
  }

  private setMessages(entry: Entry): void {
    const { hint = "", error = "" } = entry.properties;
    this.setPart(entry, "hint", hint);
    this.setPart(entry, "error", error);
    const described = [entry.hint?.id, entry.error?.id].filter((id) => id !== undefined).join(" ");
    const target = entry.control ?? entry.element;
    setAttribute(target, "aria-describedby", described === "" ? undefined : described);
    const canBeInvalid = entry.control !== undefined;
    setAttribute(target, "aria-invalid", canBeInvalid && error !== "" ? "true" : undefined);
    entry.element.classList.toggle("invalid", error !== "");
  }

  /** Label, hint and error are elements only while they have words. */
  private setPart(entry: Entry, part: "label" | "hint" | "error", text: string): void {
    const existing = entry[part];
    if (text === "") {
      if (existing === undefined) return;
      existing.remove();
      delete entry[part];
    } else {
      const element = existing ?? this.createPart(entry, part);
      if (element.textContent !== text || element.firstElementChild !== null) {
        const breaks = entry.properties[`${part}_part`]?.[2] ?? [];
        fillWords(element, text, breaks, () => document.createElement("a"));
      }
    }
    this.orderParts(entry);
  }

  private createPart(entry: Entry, part: "label" | "hint" | "error"): HTMLElement {
    let element: HTMLElement;
    if (part === "label" && entry.control !== undefined) {
      const label = document.createElement("label");
      label.htmlFor = entry.control.id;
      element = label;
    } else if (part === "label") {
      element = document.createElement(entry.role === "table" ? "caption" : "legend");
    } else {
      element = document.createElement("div");
      element.id = this.newId();
    }
    element.classList.add(part);
    entry[part] = element;
    return element;
  }

  /** Reading order: label, hint, message, control; the box of a tick comes before its label. */
  private orderParts(entry: Entry): void {
    const { element, control } = entry;
    const isTick = entry.role === "checkbox" || entry.role === "radio";
    const before = isTick ? [entry.error] : [entry.label, entry.hint, entry.error];
    const after = isTick ? [entry.label, entry.hint] : [];
    standInOrder(element, before, element.firstElementChild);
    if (control !== undefined) standInOrder(element, after, control.nextElementSibling);
    const last = before.filter((part) => part !== undefined).at(-1);
    if (last === undefined) delete entry.lead;
    else entry.lead = last;
  }

  private setAttributes(entry: Entry): void {
    const { element, control, role } = entry;
    const p = entry.properties;
    const target = control ?? element;
    setAttribute(element, "lang", p.language);
    if (role === "link") {
      setAttribute(element, "href", p.href ?? "");
      setAttribute(element, "target", p.new_window === true ? "_blank" : undefined);
      setAttribute(element, "rel", p.new_window === true ? "noopener noreferrer" : undefined);
    }
    if (role === "button" || role === "link") setAttribute(element, "aria-disabled", p.disabled === true ? "true" : undefined);
    else if (control !== undefined && !(control instanceof HTMLProgressElement)) control.disabled = p.disabled === true;
    setAttribute(target, "aria-required", p.required === true && role !== "progress" ? "true" : undefined);
    setAttribute(target, "aria-busy", p.busy === true ? "true" : undefined);
    setAttribute(target, "aria-expanded", p.expanded === undefined ? undefined : String(p.expanded === "on"));
    setAttribute(target, "aria-pressed", p.pressed === undefined ? undefined : String(p.pressed === "on"));
    if (element !== this.here) setAttribute(target, "aria-current", p.current === true ? "page" : undefined);
    setAttribute(element, "aria-sort", p.sort);
    setAttribute(element, "aria-rowcount", role === "table" && p.row_count ? String(p.row_count) : undefined);
    setAttribute(element, "aria-rowindex", role === "row" && p.row_index ? String(p.row_index) : undefined);
    if (element instanceof HTMLTableCellElement) element.colSpan = p.column_span ?? 1;
    if (control instanceof HTMLInputElement) {
      setAttribute(control, "accept", p.accept);
      if (role === "file_input") control.multiple = p.multiple === true;
      if (role === "radio") control.name = `in:${entry.key.slice(0, entry.key.lastIndexOf("/"))}`;
    }
    if (control !== undefined) setAttribute(control, "autocomplete", p.autocomplete);
    if (p.focusable === true && role !== "link" && role !== "button" && control === undefined) element.tabIndex = -1;
  }

  private setOptions(entry: Entry): void {
    if (!(entry.control instanceof HTMLSelectElement)) return;
    const options = (entry.properties.options ?? []).map(([value, label]) => new Option(label, value));
    entry.control.replaceChildren(...options);
  }

  /** Value and tick, set only where they differ, and not while an input method is at work in the field. */
  private setState(entry: Entry): void {
    const { control, properties } = entry;
    if (control === undefined || control === this.composing) return;
    const { value = "", checked } = properties;
    if (control instanceof HTMLProgressElement) {
      const fraction = Number(value);
      if (value === "" || !(fraction >= 0)) control.removeAttribute("value");
      else control.value = fraction;
    } else if (entry.role === "checkbox" || entry.role === "radio") {
      const box = control as HTMLInputElement;
      if (box.checked !== (checked === "on")) box.checked = checked === "on";
    } else if (entry.role !== "file_input" && control.value !== value) {
      control.value = value;
    }
  }

  // --- where it stands ------------------------------------------------------------------------------------------------------------

  /** Over the canvas by the program's boxes; in the HTML view by the style sheet alone. */
  private place(entry: Entry): void {
    const { element, control, properties } = entry;
    const { box = no_box, style = default_style } = properties;
    if (this.view === "html") {
      for (const each of [control, entry.label, entry.hint, entry.error, entry.words]) each?.removeAttribute("style");
      setStyle(element, measures(properties.look ?? ""));
      return;
    }
    // What is kept in sight stands in the flow of a container in which everything else stands apart: its place is its distance from it.
    setStyle(element, boxStyle(box) + (element.matches(".kept, .rail-list, thead") ? `--from:${box[0]}px;--stands:${box[1]}px;` : ""));
    if (control !== undefined) {
      const [, , , , , x, y] = style;
      setStyle(control, `${boxStyle(properties.control ?? [0, 0, box[2], box[3]])}${textStyle(style)}padding:${y}px ${x}px;`);
      control.classList.toggle("monospaced", style[3] === 1);
    }
    this.placePart(entry, "label", properties.label_part);
    this.placePart(entry, "hint", properties.hint_part);
    this.placePart(entry, "error", properties.error_part);
    if (entry.words === undefined) return;
    const [, , , monospaced, , x, y] = style;
    const inner: Box = [x, y, Math.max(0, box[2] - 2 * x), Math.max(0, box[3] - 2 * y)];
    setStyle(entry.words, boxStyle(inner) + textStyle(style));
    entry.words.classList.toggle("monospaced", monospaced === 1);
  }

  private placePart(entry: Entry, part: "label" | "hint" | "error", where: Part | undefined): void {
    const element = entry[part];
    if (element === undefined || where === undefined) return;
    const [[x, y, width, height], style, breaks] = where;
    const [, , , , , inset_x, inset_y] = style;
    const inner: Box = [x + inset_x, y + inset_y, Math.max(0, width - 2 * inset_x), Math.max(0, height - inset_y)];
    setStyle(element, boxStyle(inner) + textStyle(style));
    const text = part === "label" ? entry.properties.name : entry.properties[part];
    fillWords(element, text ?? "", breaks, () => document.createElement("a"));
  }
}

/** In a list that is longer than there is room for in its rail, what is marked is scrolled to, and nothing around the list is. */
function keepInFrame(element: HTMLElement): void {
  const frame = element.closest(".rail-list");
  if (frame === null) return;
  const [{ top, bottom }, around] = [element.getBoundingClientRect(), frame.getBoundingClientRect()];
  const room_px = 24;
  if (top < around.top + room_px) frame.scrollTop -= around.top + room_px - top;
  else if (bottom > around.bottom - room_px) frame.scrollTop += bottom - around.bottom + room_px;
}

/** A line that the upper edge of such a list cuts fades out: half a line of letters under nothing looks like dirt. */
function fadeAbove(event: Event): void {
  const list = event.target;
  if (list instanceof HTMLElement && list.matches(".rail-list")) list.classList.toggle("scrolled", list.scrollTop > 0);
}

function standInOrder(parent: Element, parts: readonly (Element | undefined)[], from: Element | null): void {
  let at = from;
  for (const part of parts) {
    if (part === undefined) continue;
    if (part === at) at = at.nextElementSibling;
    else parent.insertBefore(part, at);
  }
}

const no_box: Box = [0, 0, 0, 0];
const default_style: TextStyle = [16, 24, 400, 0, 0, 0, 0];

const attributeProperties: (keyof Properties)[] = [
  "language", "href", "new_window", "disabled", "required", "busy", "expanded", "pressed", "current", "sort", "row_count", "row_index",
  "column_span", "accept", "multiple", "autocomplete", "focusable",
];

// One assignment an element is several times quicker than one a property. Through the CSSOM, as the page's security policy wants it.
function setStyle(element: HTMLElement, style: string): void {
  if (style === "") element.removeAttribute("style");
  else element.style.cssText = style;
}

function boxStyle([x, y, width, height]: Box): string {
  return `left:${x}px;top:${y}px;width:${width}px;height:${height}px;`;
}

const alignments = ["start", "center", "end"] as const;

// Longhands only: the font shorthand would turn kerning on again.
function textStyle([size, line_height, weight, , align]: TextStyle): string {
  return `font-size:${size}px;line-height:${line_height}px;font-weight:${weight};text-align:${alignments[align] ?? "start"};`;
}

/**
 * Of a cell that is seen shortened, the browser shows the whole words while the mouse rests on it. Its element always holds them all, so
 * a title that stays would be read twice.
 */
function showWhole(event: PointerEvent): void {
  const cell = event.target instanceof Element ? event.target.closest<HTMLElement>(".canvas-view .shortened, .html-view .calm td") : null;
  if (cell === null || cell.title !== "") return;
  const words = cell.querySelector(":scope > .words");
  if (!cell.matches(".shortened") && (words === null || words.scrollHeight <= words.clientHeight)) return;
  cell.title = cell.textContent ?? "";
  cell.addEventListener("pointerleave", () => cell.removeAttribute("title"), { once: true });
}

/** Numbers in a look, for the style sheet of the HTML view. */
const measured: readonly [RegExp, (number: string) => string][] = [
  [/(?:^| )min-(\d+)(?: |$)/, (px) => `--least:${px}px;`], // the least width of a grid's columns
  [/(?:^| )share-(\d+)(?: |$)/, (percent) => `--share:${Number(percent) / 100};`], // of the first of two columns
  [/(?:^| )width-(\d+)(?: |$)/, (px) => `width:${px}px;`], // of a column that keeps it whatever its rows hold
  [/(?:^| )waiting-(\d+)(?: |$)/, (px) => `--waiting:${px}px;`], // the height of a table's rows that are still to come
];

function measures(look: string): string {
  let style = "";
  for (const [found, say] of measured) {
    const number = found.exec(look)?.[1];
    if (number !== undefined) style += say(number);
  }
  return style;
}

/** In the HTML view a row shown as a card has its columns' names before its cells (styles.css: attr(data-label)). */
function labelCells(table: HTMLTableElement): void {
  const names = [...table.querySelectorAll("thead th")].map((header) => header.textContent ?? "");
  for (const row of table.querySelectorAll("tbody tr"))
    [...row.children].forEach((cell, column) => {
      if (cell instanceof HTMLElement) cell.dataset["label"] = names[column] ?? "";
    });
}

function hiddenText(): HTMLElement {
  const span = document.createElement("span");
  span.className = "visually-hidden";
  return span;
}

function make<Name extends keyof HTMLElementTagNameMap>(name: Name, role?: string): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (role !== undefined) element.setAttribute("role", role);
  return element;
}

// Roles are set only where no element has them, or where the style sheet takes them away: a table or list laid out by anything but its
// own display value is no table to some browsers.
function elementFor(role: Role, p: Change): HTMLElement {
  switch (role) {
    case "banner": return make("header");
    case "navigation": return make("nav");
    case "search": return make("div", "search");
    case "main": {
      const main = make("main");
      main.id = "main";
      main.tabIndex = -1;
      return main;
    }
    case "contentinfo": return make("footer");
    case "region": return make("section");
    case "article": return make("article");
    case "form": {
      const form = make("form");
      form.noValidate = true;
      return form;
    }
    case "group": return make("fieldset");
    case "heading": return make(`h${Math.min(6, Math.max(1, p.level ?? 1))}` as "h1");
    case "paragraph": return make("p");
    case "text": return make("span");
    case "quote": return make("blockquote");
    case "code": return make("pre");
    case "separator": return make("hr");
    case "list": return make(p.ordered === true ? "ol" : "ul", "list");
    case "list_item": return make("li");
    case "description_list": return make("dl");
    case "field": return make("div");
    case "term": return make("dt");
    case "definition": return make("dd");
    case "table": return make("table", "table");
    case "row_group": return make(p.value === "head" ? "thead" : "tbody", "rowgroup");
    case "row": return make("tr", "row");
    case "column_header": {
      const header = make("th", "columnheader");
      header.scope = "col";
      return header;
    }
    case "row_header": {
      const header = make("th", "rowheader");
      header.scope = "row";
      return header;
    }
    case "cell": return make("td", "cell");
    case "link": return make("a");
    case "button": {
      const button = make("button");
      button.type = "button";
      return button;
    }
    case "dialog": return make("dialog");
    case "alert": return make("div", "alert");
    case "status": return make("div", "status");
    case "log": {
      const log = make("div", "log");
      log.tabIndex = 0; // it may scroll
      return log;
    }
    case "image": return make("div", "img");
    case "tag": return make("strong");
    case "note": return make("div", "note");
    default: return make("div");
  }
}

/** Words in a field run as their first letter does. */
function withOwnDirection<Field extends HTMLElement>(field: Field): Field {
  field.dir = "auto";
  return field;
}

function controlFor(role: Role, p: Change): Control {
  switch (role) {
    case "textbox": {
      if (p.multiline === true) return withOwnDirection(make("textarea"));
      const input = withOwnDirection(make("input"));
      // Numbers are typed as text: a field of their own kind would change them by wheel and arrow keys.
      if (p.input_type === "number") input.inputMode = "numeric";
      else input.type = p.input_type ?? "text";
      return input;
    }
    case "searchbox": {
      const input = withOwnDirection(make("input"));
      input.type = "search";
      return input;
    }
    case "select": return make("select");
    case "progress": return make("progress");
    default: {
      const input = make("input");
      input.type = role === "file_input" ? "file" : role;
      return input;
    }
  }
}
