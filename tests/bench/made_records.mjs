// An export of another system, made up, as tests/support/made_export.h makes one for programs: as many agreements as asked for, an account,
// a contact and a case each. The same count gives the same bytes.
//
//   const files = madeExport(10_000)      // [{ name, mimeType, buffer }, …] for a file input, accounts first
const towns = ['Leeds', 'York', 'Derby', 'Truro', 'Hull', 'Ripon', 'Wells', 'Exeter']
const first = ['Ash', 'Birch', 'Cedar', 'Elm', 'Hazel', 'Larch', 'Maple', 'Rowan']
const second = ['Community Care', 'Pharmacy Services', 'Health Systems', 'Digital']
const people = ['Aoife Hughes', 'Jo Field', 'Meera Nair', 'Håkon Lie', 'Seun Bello']
const products = ['PDS FHIR API', 'MESH', 'GP Connect', 'Digital Medicines']
const states = ['active', 'active', 'active', 'draft', 'active', 'expired', 'active', 'cancelled']

export function madeExport(count) {
  // A plain linear congruence: what is random here has only to be the same everywhere.
  let state = 7
  const below = (limit) => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % limit
  const of = (list) => list[below(list.length)]
  const two = (number) => String(number).padStart(2, '0')
  const id = (table, row) => (table + row.toString(16)).padStart(32, '0')
  const reference = (table, value) => ({ link: `https://instance.example/api/now/table/${table}/${value}`, value })
  const accounts = [], contacts = [], contracts = [], cases = []
  for (let row = 0; row < count; ++row) {
    const code = 'Y' + String((row * 7_368_787) % 10_000_000).padStart(7, '0')
    const name = `${of(first)} ${of(second)} ${row}`
    const person = of(people)
    const account = id('a', row), contract = id('b', row)
    const company = '0' + String(row).padStart(7, '0')
    accounts.push({ sys_id: account, number: `ACCT${row + 1}`, name, u_ods_code: code, registration_code: company, u_public_healthcare: 'false',
      u_outside_uk: 'false', u_delivery_email: '', street: `${1 + below(200)} High Street`, city: of(towns), zip: 'LS2 4AA', country: 'United Kingdom' })
    contacts.push({ sys_id: id('c', row), name: person, email: `contact@${code}.example`, account: reference('customer_account', account), u_onboarding_contact: 'true' })
    const kind = of(states)
    const accepted = kind === 'active' || kind === 'expired'
    const created = `${kind === 'draft' ? 2026 : 2025}-${two(1 + below(10))}-${two(1 + below(28))} 10:59:00`
    const accepted_on = accepted ? `2026-${two(1 + below(10))}-${two(1 + below(28))}` : ''
    contracts.push({ sys_id: contract, sys_class_name: 'ast_contract', number: 'CNTR' + String(10_001 + row).padStart(7, '0'), short_description: `${code} - ${name}`,
      account: reference('customer_account', account), state: kind, substate: kind === 'draft' ? 'under_review' : '', starts: accepted_on, ends: kind === 'expired' ? '2026-11-01' : '',
      active: String(kind === 'active'), terms_and_conditions: '', u_terms_version: '6.0', u_signature_type: 'Accepted via Portal', u_accepted_by: accepted ? person : '',
      u_accepted_on: accepted_on, u_company_registration_number: company, u_api_products: of(products), u_superseded_contract: '', u_original_version: '',
      sys_created_on: created, sys_updated_on: created, sys_mod_count: '1' })
    cases.push({ sys_id: id('d', row), number: 'CS' + String(20_001 + row).padStart(7, '0'), short_description: 'Connection Agreement', description: '',
      contract: reference('ast_contract', contract), account: reference('customer_account', account), state: kind === 'draft' ? '10' : '6', priority: '4', opened_at: created,
      watch_list: '', auto_created_case: 'true', resolution_code: '', close_notes: '' })
  }
  return Object.entries({ customer_account: accounts, customer_contact: contacts, ast_contract: contracts, sn_customerservice_case: cases })
    .map(([table, result]) => ({ name: `${table}.json`, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify({ result })) }))
}
