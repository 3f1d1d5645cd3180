// Copying: elements that stand over the canvas copy as the page reads: a blank line between blocks, a tab between the cells of a row.
// An empty cell has its tab too, and lines inside of a cell are quoted, so that columns stay columns in a spreadsheet.

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

/** What is selected of a block: a paragraph, a cell, a label. */
interface Part {
  block: Element;
  words: string;
}

export function textOfRange(range: Range, root: HTMLElement, mirror: Mirror): string {
  const parts = partsOf(range, root, mirror);
  const ofTable = new Set(parts.map((part) => cellOf(part.block))).size > 1;
  let text = "";
  let last: Element | undefined;
  for (const { block, words } of parts) {
    const shown = words.trimEnd();
    const quotes = ofTable && cellOf(block) !== null && shown.includes("\n");
    text += gap(last, block) + emptyCellsBefore(block, last, range) + (quotes ? `"${shown.replaceAll('"', '""')}"` : shown);
    last = block;
  }
  return last === undefined ? "" : text + emptyCellsAfter(last, range);
}

function partsOf(range: Range, root: HTMLElement, mirror: Mirror): Part[] {
  const parts: Part[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!range.intersectsNode(node)) continue;
    const part = parts.at(-1);
    if (node instanceof HTMLBRElement && part !== undefined) part.words += "\n";
    if (!(node instanceof Text)) continue;
    const parent = node.parentElement;
    // Words that are only spoken, and what an option list holds, are not on the page.
    if (parent === null || parent.closest(".visually-hidden, select, textarea") !== null) continue;
    const start = node === range.startContainer ? range.startOffset : 0;
    const end = node === range.endContainer ? range.endOffset : node.length;
    const words = node.data.slice(start, end);
    if (words === "") continue;
    const block = blockOf(parent, root, mirror);
    if (part?.block === block) part.words += words;
    else parts.push({ block, words });
  }
  return parts;
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

function cellOf(element: Element): HTMLTableCellElement | null {
  return element.closest<HTMLTableCellElement>("td, th");
}

function gap(before: Element | undefined, after: Element): string {
  if (before === undefined) return "";
  const row = before.closest("tr");
  if (row !== null && row === after.closest("tr")) return cellOf(before) === cellOf(after) ? " " : "\t";
  const lines = (element: Element) => element.closest(Array.from(lineRoles, (role) => `.${role}`).join(","));
  const [a, b] = [lines(before), lines(after)];
  if (a !== null && b !== null && (a === b || a.parentElement === b.parentElement)) return "\n";
  // The head of a table is followed by its first row.
  const table = before.closest("table");
  if (row !== null && after.closest("tr") !== null && table === after.closest("table")) return "\n";
  return "\n\n";
}

/** A tab for each column that is selected between the cell before in the row and this one, beyond the one that `gap` puts. */
function emptyCellsBefore(block: Element, before: Element | undefined, range: Range): string {
  const cell = cellOf(block);
  const last = before === undefined ? null : cellOf(before);
  if (cell === null || cell === last) return "";
  const inRow = last?.parentElement === cell.parentElement;
  let columns = inRow ? (last?.colSpan ?? 1) - 1 : 0;
  for (let at = cell.previousElementSibling; at instanceof HTMLTableCellElement && at !== last; at = at.previousElementSibling)
    if (range.intersectsNode(at)) columns += at.colSpan;
  return "\t".repeat(columns);
}

/** The same for what is selected after the last cell with words. */
function emptyCellsAfter(block: Element, range: Range): string {
  const cell = cellOf(block);
  let columns = 0;
  for (let at = cell?.nextElementSibling; at instanceof HTMLTableCellElement; at = at.nextElementSibling)
    if (range.intersectsNode(at)) columns += at.colSpan;
  return "\t".repeat(columns);
}
