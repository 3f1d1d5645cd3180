// TanStack Table with TanStack Virtual, drawn by hand: both leave the elements to whoever uses them.
import { createTable, getCoreRowModel, getFilteredRowModel, getSortedRowModel } from '@tanstack/table-core'
import { Virtualizer, elementScroll, observeElementOffset, observeElementRect } from '@tanstack/virtual-core'
import { cellOf, haystackOf, headOf, open, wordsOf } from './page.mjs'

open(({ rows, columns, into, counted }) => {
  for (const row of rows) row.haystack = haystackOf(row, columns)
  const canvas = document.createElement('div')
  canvas.style.position = 'relative'
  let state = {}
  const table = createTable({
    data: rows,
    columns: columns.map(({ key, header }) => ({ id: key, accessorKey: key, header })),
    state,
    onStateChange: (change) => {
      state = typeof change === 'function' ? change(state) : change
      table.setOptions((options) => ({ ...options, state }))
      update()
    },
    renderFallbackValue: null,
    getCoreRowModel: getCoreRowModel(),
    getFilteredRowModel: getFilteredRowModel(),
    getSortedRowModel: getSortedRowModel(),
    getColumnCanGlobalFilter: (column) => column.id === 'number', // one look a row: its words hold all columns
    globalFilterFn: (row, _, words) => words.every((word) => row.original.haystack.includes(word)),
  })
  state = { ...table.initialState, globalFilter: undefined }
  table.setOptions((options) => ({ ...options, state }))
  const virtual = new Virtualizer({
    count: 0, getScrollElement: () => into, estimateSize: () => 28, overscan: 6,
    scrollToFn: elementScroll, observeElementRect, observeElementOffset, onChange: draw,
  })
  let shown = []
  function update() {
    shown = table.getRowModel().rows
    counted(shown.length)
    virtual.setOptions({ ...virtual.options, count: shown.length })
    virtual.measure()
    draw()
  }
  function draw() {
    canvas.style.height = `${virtual.getTotalSize()}px`
    canvas.replaceChildren(...virtual.getVirtualItems().map(({ index, start }) => {
      const element = document.createElement('div')
      element.className = 'row'
      element.setAttribute('role', 'row')
      element.style.top = `${start}px`
      for (const column of columns) element.append(cellOf(shown[index].original, column))
      return element
    }))
  }
  into.append(headOf(columns, (key) => table.setSorting([{ id: key, desc: false }])), canvas)
  virtual._didMount()
  virtual._willUpdate()
  update()
  return { filter: (text) => table.setGlobalFilter(text.trim() ? wordsOf(text) : undefined) }
})
