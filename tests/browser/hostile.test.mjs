// Text that would be a script, markup or a template elsewhere: through every form, a record that is imported, file names and addresses,
// in both views. Nothing of it runs, the site's policy has nothing to report, and all of it is shown as it was typed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shown, timeout_ms, useHtml, withPortal } from './support.mjs'

const texts = [
  `<img src=x onerror="window.ran = 'img'">`,
  `"><script>window.ran = 'script'</script>`,
  `javascript:window.ran='address'`,
  `{{constructor.constructor("window.ran='template'")()}} \${window.ran='literal'}`,
  `' onfocus='window.ran="attribute"' autofocus x='`,
]
const [image, script, address, template, attribute] = texts

// What the policy has stopped, and what ran all the same.
const watch = (context) =>
  context.addInitScript(() => {
    window.stopped = []
    document.addEventListener('securitypolicyviolation', (event) => window.stopped.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`))
  })
const nothingRan = async (page, where) => {
  assert.equal(await page.evaluate(() => window.ran), undefined, `a text ran on ${where}`)
  assert.deepEqual(await page.evaluate(() => window.stopped), [], `the policy had to stop something on ${where}`)
  assert.equal(await page.locator('#mirror :is(script, iframe, object, embed)').count(), 0, `an element was made of text on ${where}`)
  const loaded = await page.evaluate(() => [...document.querySelectorAll('#mirror img, #mirror a[href]')].map((each) => each.getAttribute('href') ?? each.getAttribute('src')))
  assert.deepEqual(loaded.filter((to) => /^\s*(javascript|data|vbscript):/i.test(to ?? '')), [], `a link leads to a script on ${where}`)
}

const records = [
  {
    sys_id: '00000000000000000000000000000001', number: 'ACCT0000001', name: `Import ${image}`, u_ods_code: 'YZ001', registration_code: '01234501', u_public_healthcare: 'false',
    u_outside_uk: 'false', u_delivery_email: '', street: script, city: template, zip: 'LS1 1AA', country: attribute,
  },
]

for (const view of ['canvas', 'html']) {
  test(`nothing that is typed, imported or named runs, in the ${view} view`, { timeout: 3 * timeout_ms }, withPortal(async ({ context, page, open }) => {
    await watch(context)
    if (view === 'html') await useHtml(context)
    await open('#/')
    await page.reload()
    await shown(page)
    const main = page.getByRole('main')
    await page.getByRole('button', { name: 'Start with sample data' }).click()
    await page.getByRole('button', { name: 'Start with sample data' }).waitFor({ state: 'detached' })
    assert.equal(await page.evaluate(() => window.portal.view), view)

    // Products and accounts, with their names and addresses.
    await open('#/team/products')
    await main.getByLabel('Id', { exact: true }).fill(image)
    await main.getByLabel('Name', { exact: true }).fill(script)
    await main.getByLabel('Special terms', { exact: true }).fill(`# ${attribute}\n\n[a link](${address})\n\n${template}\n`)
    await main.getByRole('button', { name: 'Register API product' }).click()
    await main.getByText(script).first().waitFor()
    await nothingRan(page, 'products')

    await open('#/data')
    await page.getByLabel('Import file').setInputFiles({ name: `${image}.json`, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify({ result: records })) })
    await page.getByRole('heading', { name: 'What will change' }).waitFor()
    await nothingRan(page, 'the dry run of an import')
    await page.getByRole('button', { name: /^Import \d+ records?$/ }).click()
    await page.getByText(/^Imported/).first().waitFor()
    await open('#/team/accounts')
    await main.getByText(`Import ${image}`).first().waitFor()
    await nothingRan(page, 'accounts')

    // A file that is no record at all.
    await open('#/data')
    await page.getByLabel('Import file').setInputFiles({ name: `${script.replaceAll('/', '_')}.json`, mimeType: 'application/json', buffer: Buffer.from(`{"result": ${script}}`) })
    await page.getByRole('alert').getByRole('heading', { name: 'There is a problem' }).waitFor()
    await nothingRan(page, 'a file that is refused')

    // A case: what the team says, and who watches.
    await open('#/cases/CS0000009')
    await page.getByRole('textbox', { name: 'Message', exact: true }).fill(texts.join('\n'))
    await page.getByRole('button', { name: 'Add work note' }).click()
    for (const text of texts) await page.getByRole('log', { name: 'Activity' }).getByText(text).first().waitFor()
    await nothingRan(page, 'a case')
    await page.getByRole('textbox', { name: 'Email address' }).fill(image)
    await page.getByRole('button', { name: 'Add to watch list' }).click()
    await page.getByRole('alert').getByRole('heading', { name: 'There is a problem' }).waitFor()
    await nothingRan(page, 'an email address that is refused')

    // Terms of a new version, as text and as links.
    await open('#/team/terms')
    await main.getByLabel('Version', { exact: true }).fill('9.0')
    await main.getByLabel('Title', { exact: true }).fill(script)
    await main.getByLabel('Standard terms', { exact: true }).fill(`# Terms\n\n## 1. ${attribute}\n\n1.1 [here](${address}) and ${template}\n`)
    await main.getByRole('button', { name: 'See what will change' }).click()
    await nothingRan(page, 'the dry run of a publication')

    // Addresses and searches.
    for (const text of texts) {
      const hash = encodeURIComponent(text)
      for (const place of [`#/${hash}`, `#/agreements/${hash}`, `#/cases/${hash}`, `#/agreements?q=${hash}&state=${hash}&sort=${hash}`, `#/search?q=${hash}`, `#/agreements/CNTR0000008/terms?section=${hash}`]) {
        await open(place)
        await nothingRan(page, place)
      }
    }
    await open('#/')
    await page.getByRole('searchbox', { name: 'Search' }).fill(image)
    await page.keyboard.press('Enter')
    await main.getByRole('heading', { name: 'Search results', level: 1 }).waitFor()
    await nothingRan(page, 'a search')

    // Who one is.
    await open('#/register')
    await main.getByLabel('Full name').fill(attribute)
    await nothingRan(page, 'registering')
  }))
}
