// ag-grid-community as its documents recommend for many rows: virtual rows (its default) and a cached quick filter.
import { AllCommunityModule, ModuleRegistry, createGrid } from 'ag-grid-community'
import { open } from './page.mjs'

ModuleRegistry.registerModules([AllCommunityModule])
open(({ rows, columns, into, counted }) => {
  into.style.overflow = 'hidden'
  const grid = createGrid(into, {
    rowData: rows,
    getRowId: ({ data }) => data.number,
    columnDefs: columns.map(({ key, header }) => ({
      field: key, headerName: header, sortable: true, width: 106,
      ...(key === 'number' ? { cellRenderer: ({ value }) => `<a href="#/agreements/${value}">${value}</a>` } : {}),
    })),
    cacheQuickFilter: true,
    animateRows: false,
    suppressColumnVirtualisation: true, // every column is on the screen
    onModelUpdated: ({ api }) => counted(api.getDisplayedRowCount()),
  })
  return { filter: (text) => grid.setGridOption('quickFilterText', text) }
})
