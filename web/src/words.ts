// Words on the page: runs with emphasis and links, and the breaks that the canvas made.
//
// A soft break is an empty <span class="br"> whose ::before holds the line feed, in the canvas view only: so the text stays one
// text for find, selection and speech, and the HTML view wraps as it likes. One inside of a word (an address after its @) is marked,
// so that a narrow HTML view breaks such a word where the drawing does. A line feed of the text itself is one in both views (white-space).
//
// Right-to-left words stand in a <bdi>, so that they turn nothing beside them (as src/base/isolate.h does in plain text).

import type { Run, Words } from "./patch.js";

export function textOf(words: Words): string {
  return typeof words === "string" ? words : words.map((run) => run[0]).join("");
}

const right_to_left = "[\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}]";
const holdsRightToLeft = new RegExp(right_to_left, "u");
const holdsLeftToRight = new RegExp(`(?!${right_to_left})\\p{L}`, "u");
/** From one such letter to the last before a left-to-right one. */
const stretches = new RegExp(`${right_to_left}(?:(?:${right_to_left}|[^\\p{L}\\n])*${right_to_left})?`, "gu");

/** Where right-to-left words stand in a text: a line that holds no others, whole; else each stretch of them. */
function rightToLeftIn(text: string): [from: number, to: number][] {
  const found: [number, number][] = [];
  let start = 0; // of the line
  for (const line of text.split("\n")) {
    if (holdsRightToLeft.test(line)) {
      if (holdsLeftToRight.test(line)) for (const { 0: words, index } of line.matchAll(stretches)) found.push([start + index, start + index + words.length]);
      else found.push([start, start + line.length]);
    }
    start += line.length + 1;
  }
  return found;
}

/** Fills `target` with words; `linkAt` gives the element of the link that is run number n, the same one each time. */
export function fillWords(target: Element, words: Words, breaks: readonly number[], linkAt: (index: number) => HTMLAnchorElement): void {
  if (typeof words === "string" && breaks.length === 0 && !holdsRightToLeft.test(words)) {
    const only = target.firstChild;
    if (only instanceof Text && only.nextSibling === null) {
      if (only.data !== words) only.data = words;
    } else {
      arrange(target, [document.createTextNode(words)]);
    }
    return;
  }
  const runs: Run[] = typeof words === "string" ? [[words]] : words;
  const pieces: Node[] = [];
  let start = 0; // of the run in the joined words
  let next = 0; // the break that comes next
  runs.forEach(([text, marks = "", href = ""], index) => {
    const inline = inlineFor(marks, href === "" ? undefined : linkAt(index), href);
    const into: Node[] = [];
    // A part of the text with the breaks that fall into it.
    const put = (holder: Node[], from: number, until: number) => {
      while (next < breaks.length && breaks[next]! <= start + until) {
        const to = breaks[next]! - start;
        next++;
        if (to > from) holder.push(document.createTextNode(text.slice(from, to)));
        from = to;
        if (!(to === text.length && marks.includes("n"))) holder.push(softBreak(/\S$/.test(text.slice(0, to))));
      }
      if (from < until) holder.push(document.createTextNode(text.slice(from, until)));
    };
    let done = 0;
    for (const [from, to] of rightToLeftIn(text)) {
      put(into, done, from);
      const isolate: Node[] = [];
      put(isolate, from, to);
      const element = document.createElement("bdi");
      element.append(...isolate);
      into.push(element);
      done = to;
    }
    put(into, done, text.length);
    if (inline === undefined) {
      pieces.push(...into);
    } else {
      inline.innermost.replaceChildren(...into);
      pieces.push(inline.outermost);
    }
    if (marks.includes("n")) pieces.push(document.createElement("br"));
    start += text.length;
  });
  if (!rewrite(target, pieces)) arrange(target, pieces);
}

/** Where plain words stand in as many lines as before, their texts alone change: new ones cost several times what they cost. */
function rewrite(target: Element, pieces: readonly Node[]): boolean {
  const old = [...target.childNodes];
  const alike = (a: Node, b: Node | undefined) =>
    a instanceof Text ? b instanceof Text : a instanceof HTMLElement && a.classList.contains("br") && b instanceof HTMLElement && b.className === a.className;
  if (old.length !== pieces.length || !pieces.every((piece, at) => alike(piece, old[at]))) return false;
  pieces.forEach((piece, at) => {
    const before = old[at];
    if (piece instanceof Text && before instanceof Text && before.data !== piece.data) before.data = piece.data;
  });
  return true;
}

function softBreak(insideWord: boolean): HTMLElement {
  const span = document.createElement("span");
  span.className = insideWord ? "br inside" : "br";
  return span;
}

const elementOfMark: Record<string, string> = { b: "strong", i: "em", c: "code", "+": "ins", "-": "del" };

function inlineFor(marks: string, link: HTMLAnchorElement | undefined, href: string) {
  let outermost: HTMLElement | undefined = link;
  let innermost: HTMLElement | undefined = link;
  if (link !== undefined) setAttribute(link, "href", href);
  for (const mark of marks) {
    const name = elementOfMark[mark];
    if (name === undefined) continue;
    const element = document.createElement(name);
    if (innermost === undefined) outermost = element;
    else innermost.replaceChildren(element);
    innermost = element;
  }
  return outermost === undefined || innermost === undefined ? undefined : { outermost, innermost };
}

/** Makes `children` the children of `target`, without touching the one that has focus. */
export function arrange(target: Element, children: readonly Node[]): void {
  const focused = document.activeElement;
  const kept = children.findIndex((child) => child === focused && child.parentNode === target);
  if (kept < 0) {
    target.replaceChildren(...children);
    return;
  }
  const pin = children[kept]!;
  for (const old of [...target.childNodes]) if (old !== pin) old.remove();
  children.forEach((child, index) => {
    if (index < kept) target.insertBefore(child, pin);
    else if (index > kept) target.append(child);
  });
}

export function setAttribute(element: Element, name: string, value: string | undefined): void {
  if (value === undefined) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
