// What the portal's list shows of a made export (made_records.mjs), as rows of words for the peers, and what a text leaves of them.
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const dateOf = (iso) => (iso ? `${Number(iso.slice(8, 10))} ${months[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}` : '')
const states = { active: 'Active', draft: 'Draft', expired: 'Expired', cancelled: 'Cancelled' }

export const columns = [
  ['number', 'Number'], ['name', 'Name'], ['company', 'Company Registration Number'], ['account', 'Account'], ['products', 'API Products Applicable'],
  ['case', 'Case'], ['state', 'State'], ['substate', 'Substate'], ['accepted_on', 'Accepted On'], ['accepted_by', 'Accepted By'],
  ['start', 'Start Date'], ['created', 'Created'],
].map(([key, header]) => ({ key, header }))

export function listRows(files) {
  const [accounts, , contracts, cases] = files.map(({ buffer }) => JSON.parse(buffer).result)
  return contracts.map((contract, at) => ({
    number: contract.number, name: contract.short_description, company: contract.u_company_registration_number, account: accounts[at].name,
    products: contract.u_api_products, case: cases[at].number, state: states[contract.state], substate: contract.substate ? 'Under Review' : '',
    accepted_on: dateOf(contract.u_accepted_on), accepted_by: contract.u_accepted_by, start: dateOf(contract.starts),
    created: `${dateOf(contract.sys_created_on)} at 10:59am`,
  }))
}

// By plain looking, for every contender the same: { count, first }: how many rows, and the number of the first of them in the order of numbers (empty: there is none).
export function lookUp(rows) {
  const haystacks = rows.map((row) => columns.map(({ key }) => row[key]).join('\n').toLowerCase())
  return (text) => {
    const words = text.toLowerCase().split(' ').filter(Boolean)
    let count = 0, first = ''
    haystacks.forEach((haystack, at) => {
      if (!words.every((word) => haystack.includes(word))) return
      count += 1
      first ||= rows[at].number
    })
    return { count, first }
  }
}
