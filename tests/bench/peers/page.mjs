// What every peer's page has in common: the field, the count, the rows as they come from the server. A peer is
//
//   show({ rows, columns, into, counted }) → { filter(text) }
//
// It puts its list into `into`, narrows it to the rows that hold every word of a text in any column, and says by `counted`
// how many these are. Rows are objects of words by the columns' keys.
export async function open(show) {
  document.body.innerHTML = `<style>
    html, body { margin: 0; font: 14px/20px sans-serif }
    #into { height: 700px; width: 1280px; overflow: auto; position: relative }
    .head, .row { display: grid; grid-template-columns: repeat(12, minmax(100px, 1fr)); min-width: 1280px }
    .head { position: sticky; top: 0; background: #fff; z-index: 1 }
    .row { position: absolute; left: 0; right: 0; height: 28px; border-bottom: 1px solid #ccc }
    .row > * { overflow: hidden; white-space: nowrap; text-overflow: ellipsis }
  </style><label>Filter agreements <input type=search></label> <span id=count role=status></span><div id=into></div>`
  const { columns, rows } = await (await fetch('rows.json')).json()
  const count = document.querySelector('#count')
  const counted = (shown) => (count.textContent = `${shown.toLocaleString('en-GB')} of ${rows.length.toLocaleString('en-GB')} agreements`)
  const list = show({ rows, columns, into: document.querySelector('#into'), counted })
  const field = document.querySelector('input')
  field.addEventListener('input', () => list.filter(field.value))
}

// The words of a row, once, for those that leave the searching to whoever uses them.
export const haystackOf = (row, columns) => columns.map(({ key }) => row[key]).join('\n').toLowerCase()
export const wordsOf = (text) => text.toLowerCase().split(' ').filter(Boolean)

export function cellOf(row, { key }) {
  const cell = document.createElement('div')
  cell.setAttribute('role', 'cell')
  if (key === 'number') {
    const link = document.createElement('a')
    link.href = `#/agreements/${row[key]}`
    link.textContent = row[key]
    cell.append(link)
  } else {
    cell.textContent = row[key]
  }
  return cell
}

export function headOf(columns, sort) {
  const head = document.createElement('div')
  head.className = 'head'
  for (const column of columns) {
    const button = document.createElement('button')
    button.textContent = column.header
    button.addEventListener('click', () => sort(column.key))
    head.append(button)
  }
  return head
}
