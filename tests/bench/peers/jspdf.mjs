// jsPDF as its documents show it: words broken into lines by itself, page after page, with the fonts that every reader has.
import { jsPDF } from 'jspdf'

window.makePdf = (text) => {
  const from = performance.now()
  const document = new jsPDF({ unit: 'pt', format: 'a4' })
  const margin = 60, line = 15, bottom = 842 - margin
  document.setFont('helvetica').setFontSize(11)
  let y = margin
  for (const words of document.splitTextToSize(text, 595 - 2 * margin)) {
    if (y > bottom) {
      document.addPage()
      y = margin
    }
    document.text(words, margin, y)
    y += line
  }
  document.output('arraybuffer')
  return { ms: performance.now() - from, pages: document.getNumberOfPages() }
}
