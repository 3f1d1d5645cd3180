// Copying: elements that stand over the canvas copy as the page reads, a blank line between blocks, a tab between the cells of a row.

import type { Mirror } from "./mirror.js";

const lineRoles = new Set(["row", "list_item", "term", "definition", "field"]);
const inlineRoles = new Set(["text", "link", "tag", "button"]);

export function listenToCopy(root: HTMLElement, mirror: Mirror): void {
  document.addEventListener("copy", (event) => {
    const selection = document.getSelection();
    const from = event.target;
    if (from instanceof HTMLInputElement || from instanceof HTMLTextAreaElement) return;
    if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(root)) return;
    const text = textOfRange(range, root, mirror);
    if (text === "") return;
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
  });
}

export function textOfRange(range: Range, root: HTMLElement, mirror: Mirror): string {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  let text = "";
  let lastBlock: Element | undefined;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!range.intersectsNode(node)) continue;
    if (node instanceof HTMLBRElement) {
      if (text !== "") text += "\n";
      continue;
    }
    if (!(node instanceof Text)) continue;
    const parent = node.parentElement;
    // Words that are only spoken, and what an option list holds, are not on the page.
    if (parent === null || parent.closest(".visually-hidden, select, textarea") !== null) continue;
    const start = node === range.startContainer ? range.startOffset : 0;
    const end = node === range.endContainer ? range.endOffset : node.length;
    const piece = node.data.slice(start, end);
    if (piece === "") continue;
    const block = blockOf(parent, root, mirror);
    if (text !== "" && block !== lastBlock) text = text.trimEnd() + gap(lastBlock, block);
    text += piece;
    lastBlock = block;
  }
  return text.trimEnd();
}

function blockOf(element: Element, root: HTMLElement, mirror: Mirror): Element {
  for (let at: Element | null = element; at !== null && at !== root; at = at.parentElement) {
    if (at.matches("label, legend, caption, .hint, .error")) return at;
    const key = mirror.keyOf(at);
    const role = key === undefined ? undefined : mirror.roleOf(key);
    if (role !== undefined && !inlineRoles.has(role) && key !== undefined && mirror.elementOf(key) === at) return at;
  }
  return root;
}

function gap(before: Element | undefined, after: Element): string {
  if (before === undefined) return "";
  const row = before.closest("tr");
  if (row !== null && row === after.closest("tr")) return "\t";
  const lines = (element: Element) => element.closest(Array.from(lineRoles, (role) => `.${role}`).join(","));
  const [a, b] = [lines(before), lines(after)];
  if (a !== null && b !== null && (a === b || a.parentElement === b.parentElement)) return "\n";
  return "\n\n";
}
