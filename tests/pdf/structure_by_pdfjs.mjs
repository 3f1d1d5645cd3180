// Prints what pdf.js makes of a tagged file: "role TAB text" for each stretch of text, in the order of the structure tree.
//   node tests/pdf/structure_by_pdfjs.mjs FILE
import { readFile } from 'node:fs/promises';
import { getDocument } from '../../web/node_modules/pdfjs-dist/legacy/build/pdf.mjs';

const data = new Uint8Array(await readFile(process.argv[2]));
const document = await getDocument({ data, useSystemFonts: false, verbosity: 0 }).promise;
for (let number = 1; number <= document.numPages; number += 1) {
  const page = await document.getPage(number);
  const { items } = await page.getTextContent({ includeMarkedContent: true });
  const textOf = new Map();
  const open = [];
  for (const item of items) {
    if (item.type === 'beginMarkedContentProps' || item.type === 'beginMarkedContent') open.push(item.id ?? null);
    else if (item.type === 'endMarkedContent') open.pop();
    else {
      const id = open.findLast((entry) => entry !== null);
      if (id) textOf.set(id, (textOf.get(id) ?? '') + item.str + (item.hasEOL ? ' ' : ''));
    }
  }
  const visit = (node, role) => {
    if (node.type === 'content') {
      const text = textOf.get(node.id)?.replaceAll(/\s+/g, ' ').trim();
      if (text) console.log(`${role}\t${text}`);
    }
    for (const child of node.children ?? []) visit(child, node.role ?? role);
  };
  const tree = await page.getStructTree();
  if (tree) visit(tree, 'Root');
}
