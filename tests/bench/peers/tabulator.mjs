// Tabulator with its virtual rows (its default where it has a height), and a filter of one's own over prepared words.
import { TabulatorFull } from 'tabulator-tables'
import 'tabulator-tables/dist/css/tabulator.min.css'
import { haystackOf, open, wordsOf } from './page.mjs'

open(({ rows, columns, into, counted }) => {
  into.style.overflow = 'hidden'
  for (const row of rows) row.haystack = haystackOf(row, columns)
  const table = new TabulatorFull(into, {
    data: rows,
    index: 'number',
    height: 700,
    columns: columns.map(({ key, header }) => ({
      field: key, title: header, width: 106, sorter: 'string',
      ...(key === 'number' ? { formatter: (cell) => `<a href="#/agreements/${cell.getValue()}">${cell.getValue()}</a>` } : {}),
    })),
  })
  table.on('dataFiltered', (_, left) => counted(left.length))
  table.on('tableBuilt', () => counted(rows.length))
  return {
    filter(text) {
      const words = wordsOf(text)
      if (words.length) table.setFilter((row) => words.every((word) => row.haystack.includes(word)))
      else table.clearFilter()
    },
  }
})
