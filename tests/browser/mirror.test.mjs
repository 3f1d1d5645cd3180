// The mirror by itself: what a patch makes of the page, and what a person's doing makes of messages (web/src/mirror.ts, happenings.ts).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withMirror } from './mirror_page.mjs'

const add = (key, parent, after, properties) => ['add', key, parent, after, properties]

test('a role is the element that has it', withMirror(async ({ page, apply }) => {
  await apply(
    add('banner', '', '', { role: 'banner' }),
    add('brand', 'banner', '', { role: 'link', words: 'Connection Agreements', href: '#/' }),
    add('main', '', 'banner', { role: 'main' }),
    add('h', 'main', '', { role: 'heading', level: 1, words: 'My cases' }),
    add('t', 'main', 'h', { role: 'table', name: 'Cases' }),
    add('head', 't', '', { role: 'row_group', value: 'head' }),
    add('hr', 'head', '', { role: 'row' }),
    add('hn', 'hr', '', { role: 'column_header', sort: 'ascending' }),
    add('hs', 'hn', '', { role: 'button', words: 'Number' }),
    add('body', 't', 'head', { role: 'row_group', value: 'body' }),
    add('r', 'body', '', { role: 'row' }),
    add('c', 'r', '', { role: 'row_header' }),
    add('l', 'c', '', { role: 'link', words: 'CS0000001', href: '#/cases/CS0000001' }),
    add('f', 'main', 't', { role: 'textbox', name: 'Email address', hint: 'We never share it', error: 'Enter an email address', required: true }),
    add('g', 'main', 'f', { role: 'group', name: 'Which?' }),
    add('r1', 'g', '', { role: 'radio', name: 'This', checked: 'on' }),
    add('r2', 'g', 'r1', { role: 'radio', name: 'That', checked: 'off' }),
    add('x', 'main', 'g', { role: 'button', words: [['State: Active']], name: 'Remove filter: State: Active' }),
    add('d', 'main', 'x', { role: 'button', words: 'More', expanded: 'off' }),
    add('s', 'main', 'd', { role: 'status' }),
  )
  const outline = await page.locator('#mirror').ariaSnapshot()
  assert.equal(outline, `- banner:
  - link "Connection Agreements":
    - /url: "#/"
- main:
  - heading "My cases" [level=1]
  - table "Cases":
    - caption: Cases
    - rowgroup:
      - row "Number":
        - columnheader "Number":
          - button "Number"
    - rowgroup:
      - row "CS0000001":
        - rowheader "CS0000001":
          - link "CS0000001":
            - /url: "#/cases/CS0000001"
  - text: Email address We never share it Enter an email address
  - textbox "Email address"
  - group "Which?":
    - text: Which?
    - radio "This" [checked]
    - text: This
    - radio "That"
    - text: That
  - 'button "Remove filter: State: Active"': "State: Active"
  - button "More"
  - status`)
  const field = page.getByLabel('Email address')
  assert.equal(await field.getAttribute('aria-invalid'), 'true')
  assert.equal(await field.getAttribute('aria-required'), 'true')
  const description = await field.evaluate((input) =>
    input.getAttribute('aria-describedby').split(' ').map((id) => document.getElementById(id).textContent).join(' '),
  )
  assert.equal(description, 'We never share it Enter an email address')
  assert.equal(await page.locator('th').first().getAttribute('aria-sort'), 'ascending')
}))

test('what is done is told by key', withMirror(async ({ page, apply, said }) => {
  await apply(
    add('f', '', '', { role: 'form', box: [0, 0, 600, 400] }),
    add('t', 'f', '', { role: 'textbox', name: 'Name', box: [0, 0, 300, 40] }),
    add('k', 'f', 't', { role: 'checkbox', name: 'Agree', checked: 'off', box: [0, 50, 300, 40], control: [0, 0, 40, 40], label_part: [[50, 0, 200, 40], [16, 24, 400, 0, 0, 0, 0], []] }),
    add('s', 'f', 'k', { role: 'select', name: 'State', value: 'a', options: [['a', 'Active'], ['d', 'Draft']], box: [0, 100, 300, 40] }),
    add('b', 'f', 's', { role: 'button', words: 'Save', look: 'primary', box: [0, 150, 100, 40] }),
    add('n', 'f', 'b', { role: 'button', words: 'No', disabled: true, box: [110, 150, 100, 40] }),
    add('p', 'f', 'n', { role: 'paragraph', words: [['See '], ['clause 2', '', '#clause-2']], box: [0, 200, 300, 24] }),
  )
  await page.getByLabel('Name').fill('Ann')
  await page.getByLabel('Agree').check()
  await page.getByLabel('State').selectOption('d')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'No' }).click({ force: true })
  await page.getByLabel('Name').press('Enter')
  await page.getByRole('link', { name: 'clause 2' }).click()
  assert.deepEqual(await said(), [
    ['typed', 't', 'Ann'],
    ['ticked', 'k', true],
    ['typed', 's', 'd'],
    ['clicked', 'b'],
    ['clicked', 'b'], // Enter in a field of the form
    ['clicked', 'p#1'],
  ])
  assert.equal(new URL(page.url()).hash, '')
}))

test('focus is told, with whether it is to be seen', withMirror(async ({ page, apply, said }) => {
  await apply(
    add('a', '', '', { role: 'button', words: 'One', box: [0, 0, 80, 40] }),
    add('b', '', 'a', { role: 'link', words: 'Two', href: '#/', box: [100, 0, 80, 40] }),
  )
  await page.getByRole('button', { name: 'One' }).click()
  await page.keyboard.press('Tab')
  const told = await said('focused')
  assert.deepEqual(told, [['focused', 'a', false], ['focused', 'b', true]])
}))

test('an element with focus is neither replaced nor moved by what happens around it', withMirror(async ({ page, apply, said }) => {
  await apply(
    add('t', '', '', { role: 'textbox', name: 'Filter', value: 'ab', box: [0, 0, 200, 40] }),
    add('p', '', 't', { role: 'paragraph', words: 'One', box: [0, 50, 200, 24] }),
  )
  const field = page.getByLabel('Filter')
  await field.focus()
  await field.evaluate((input) => input.setSelectionRange(1, 2))
  await said()
  await apply(
    ['set', 't', { hint: 'By any column', error: 'Nothing found', box: [0, 30, 200, 40] }],
    add('n', '', '', { role: 'heading', level: 1, words: 'Above' }),
    ['drop', 'p'],
  )
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'INPUT')
  assert.deepEqual(await field.evaluate((input) => [input.selectionStart, input.selectionEnd]), [1, 2])
  assert.deepEqual(await said('focused'), [])
}))

test('a focused link inside a text that is written anew keeps its focus', withMirror(async ({ page, apply }) => {
  await apply(add('p', '', '', { role: 'paragraph', words: [['Read '], ['the terms', '', '#/t']], box: [0, 0, 300, 24] }))
  await page.getByRole('link').focus()
  await apply(['set', 'p', { words: [['Please read ', 'b'], ['the new terms', '', '#/t2'], [' now']], breaks: [12] }])
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), '#/t2')
  assert.equal(await page.locator('p').textContent(), 'Please read the new terms now')
}))

test('a row becomes another one: its elements stay, answer to new keys and say new words', withMirror({ view: 'html' }, async ({ page, apply, said }) => {
  await apply(
    add('t', '', '', { role: 'table', name: 'Agreements', row_count: 101 }),
    add('b', 't', '', { role: 'row_group', value: 'body' }),
    add('b/1', 'b', '', { role: 'row', row_index: 2 }),
    add('b/1/n', 'b/1', '', { role: 'row_header' }),
    add('b/1/n/tick', 'b/1/n', '', { role: 'checkbox', name: 'Choose One', hidden_name: true, checked: 'off' }),
    add('b/1/n/link', 'b/1/n', 'b/1/n/tick', { role: 'link', words: 'One', href: '#/1' }),
    add('b/1/w', 'b/1', 'b/1/n', { role: 'cell', words: 'Of two lines', breaks: [3] }),
  )
  const row = page.getByRole('row')
  await row.evaluate((element) => (element.mine = true))
  await page.getByRole('checkbox').check()
  await said()
  await apply(
    ['become', 'b/1', 'b/2'],
    ['set', 'b/2/n/tick', { name: 'Choose Two' }],
    ['set', 'b/2/n/link', { words: 'Two', href: '#/2' }],
    ['set', 'b/2/w', { words: 'As many lines', breaks: [3] }],
  )
  assert.equal(await row.evaluate((element) => element.mine), true)
  assert.equal(await row.getAttribute('aria-rowindex'), '2')
  assert.equal(await row.textContent(), 'TwoAs many lines')
  assert.equal(await row.locator('.br').count(), 1)
  await page.getByRole('checkbox', { name: 'Choose Two' }).click()
  await page.getByRole('link', { name: 'Two' }).click()
  assert.deepEqual(await said(), [['ticked', 'b/2/n/tick', false], ['leaving', 'b/2/n/link']])
  await apply(['set', 'b/2/w', { words: 'One', breaks: null }])
  assert.equal(await row.textContent(), 'TwoOne')
  await apply(['drop', 'b/2'])
  assert.equal(await row.count(), 0)
}))

test('a value is set only where it differs, and what the program refuses goes back', withMirror(async ({ page, apply }) => {
  await apply(add('t', '', '', { role: 'textbox', name: 'Name', value: 'Ann', box: [0, 0, 200, 40] }))
  const field = page.getByLabel('Name')
  await field.focus()
  await field.evaluate((input) => input.setSelectionRange(1, 1))
  await apply(['set', 't', { value: 'Ann' }])
  assert.equal(await field.evaluate((input) => input.selectionStart), 1)
  await field.fill('Anna')
  await page.evaluate(() => window.test.mirror.settle())
  assert.equal(await field.inputValue(), 'Ann') // the program never said "Anna"
  await field.fill('Anna')
  await apply(['set', 't', { value: 'Anna' }])
  await page.evaluate(() => window.test.mirror.settle())
  assert.equal(await field.inputValue(), 'Anna')
}))

test('an input method at work is left alone', withMirror(async ({ page, apply }) => {
  await apply(add('t', '', '', { role: 'textbox', name: 'Name', value: '', box: [0, 0, 200, 40] }))
  const field = page.getByLabel('Name')
  await field.focus()
  const session = await page.context().newCDPSession(page)
  await session.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 })
  await apply(['set', 't', { value: 'x' }])
  await page.evaluate(() => window.test.mirror.settle())
  assert.equal(await field.inputValue(), 'に')
  await session.send('Input.insertText', { text: '日' })
  await apply(['set', 't', { value: '日' }])
  await page.evaluate(() => window.test.mirror.settle())
  assert.equal(await field.inputValue(), '日')
}))

test('the Enter that ends a composition sends no form, the next one does', withMirror(async ({ page, context, apply, said }) => {
  await apply(
    add('f', '', '', { role: 'form', name: 'Search' }),
    add('t', 'f', '', { role: 'textbox', name: 'Words', box: [0, 0, 200, 40] }),
    add('b', 'f', 't', { role: 'button', words: 'Go', look: 'primary', box: [0, 50, 80, 40] }),
  )
  await page.getByRole('textbox', { name: 'Words' }).focus()
  const keyboard = await context.newCDPSession(page)
  const enter = (windowsVirtualKeyCode) => keyboard.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Enter', code: 'Enter', windowsVirtualKeyCode })
  await keyboard.send('Input.imeSetComposition', { text: '\u5f35', selectionStart: 1, selectionEnd: 1 })
  await enter(13) // while it composes
  await keyboard.send('Input.insertText', { text: '\u5f35\u5049' })
  await enter(229) // WebKit: after it
  assert.deepEqual(await said('clicked'), [])
  assert.equal(await page.getByRole('textbox', { name: 'Words' }).inputValue(), '\u5f35\u5049')
  await enter(13)
  assert.deepEqual(await said('clicked'), [['clicked', 'b']])
}))

test('a dialog is modal, asks on Escape, and gives focus back', withMirror(async ({ page, apply, said }) => {
  await apply(add('b', '', '', { role: 'button', words: 'Open', box: [0, 0, 80, 40] }))
  await page.getByRole('button', { name: 'Open' }).focus()
  await apply(
    add('d', '', 'b', { role: 'dialog', name: 'Erase?', box: [100, 100, 300, 200] }),
    add('h', 'd', '', { role: 'heading', level: 2, words: 'Erase?', box: [10, 10, 200, 30] }),
    add('y', 'd', 'h', { role: 'button', words: 'Erase', box: [10, 60, 80, 40] }),
  )
  assert.equal(await page.locator('dialog').evaluate((dialog) => dialog.matches(':modal')), true)
  assert.deepEqual(await page.locator('dialog').boundingBox(), { x: 100, y: 100, width: 300, height: 200 })
  await said()
  await page.keyboard.press('Escape')
  assert.deepEqual(await said(), [['dismissed', 'd']])
  assert.equal(await page.locator('dialog[open]').count(), 1) // until the program lets it go
  await apply(['drop', 'd', 'h', 'y'])
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Open')
}))

test('files are read and told with their bytes, and dropped ones go to the file input', withMirror(async ({ page, apply, said }) => {
  await apply(add('i', '', '', { role: 'file_input', name: 'Import file', multiple: true, box: [0, 0, 200, 40] }))
  await page.getByLabel('Import file').setInputFiles([
    { name: 'a.json', mimeType: 'application/json', buffer: Buffer.from('{}') },
    { name: 'b.csv', mimeType: 'text/csv', buffer: Buffer.from([1, 2, 255]) },
  ])
  await page.waitForFunction(() => window.test.said.some(([what]) => what === 'files'))
  const names = () => page.evaluate(() => window.test.said.filter(([what]) => what === 'files').map(([, key, files]) => [key, files.map((file) => [file.name, [...file.bytes]])]))
  assert.deepEqual(await names(), [['i', [['a.json', [123, 125]], ['b.csv', [1, 2, 255]]]]])
  await said()
  await page.evaluate(() => {
    const data = new DataTransfer()
    data.items.add(new File(['x'], 'c.md'))
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
  })
  await page.waitForFunction(() => window.test.said.some(([what]) => what === 'files'))
  assert.deepEqual(await names(), [['i', [['c.md', [120]]]]])
}))

test('soft breaks leave the text whole', withMirror(async ({ page, apply }) => {
  await apply(
    add('p', '', '', { role: 'paragraph', words: 'The terms of this agreement', breaks: [10, 18], style: [16, 24, 400, 0, 0, 4, 2], box: [10, 20, 200, 76] }),
    add('h', '', 'p', { role: 'heading', level: 1, words: 'Two lines', breaks: [4], box: [10, 120, 200, 60] }),
  )
  const lines = await page.locator('p').evaluate((p) => {
    const texts = [...p.querySelector('.words').childNodes].filter((node) => node instanceof Text)
    return texts.map((node) => {
      const range = document.createRange()
      range.selectNode(node)
      const rect = range.getBoundingClientRect()
      return [rect.left, Math.round(rect.top)]
    })
  })
  assert.equal(lines.length, 3)
  assert.deepEqual(lines.map(([left]) => left), [14, 14, 14])
  assert.equal(lines[1][1] - lines[0][1], 24)
  assert.equal(await page.locator('p').textContent(), 'The terms of this agreement')
  await page.getByRole('heading', { name: 'Two lines', exact: true }).waitFor()
  assert.equal(await page.evaluate(() => window.find('of this agreement')), true)
}))

test('a selection copies as the page reads', withMirror(async ({ page, apply }) => {
  await apply(
    add('h', '', '', { role: 'heading', level: 1, words: 'Cases' }),
    add('p', '', 'h', { role: 'paragraph', words: [['Two ', 'b'], ['lines', 'n'], ['here']] }),
    add('t', '', 'p', { role: 'table', name: 'Cases', hidden_name: true }),
    add('b', 't', '', { role: 'row_group', value: 'body' }),
    add('r1', 'b', '', { role: 'row' }),
    add('c1', 'r1', '', { role: 'row_header', words: 'CS1' }),
    add('c2', 'r1', 'c1', { role: 'cell', words: 'Open' }),
    add('r2', 'b', 'r1', { role: 'row' }),
    add('c3', 'r2', '', { role: 'row_header', words: 'CS2' }),
    add('c4', 'r2', 'c3', { role: 'cell', words: 'Closed' }),
    add('q', '', 't', { role: 'paragraph', words: 'End' }),
  )
  const text = await page.evaluate(() => {
    const range = document.createRange()
    range.selectNodeContents(window.test.root)
    return window.test.textOfRange(range, window.test.root, window.test.mirror)
  })
  assert.equal(text, 'Cases\n\nTwo lines\nhere\n\nCS1\tOpen\nCS2\tClosed\n\nEnd')
}))

test('the HTML view is the same elements in flow, and back', withMirror(async ({ page, apply }) => {
  await apply(add('p', '', '', { role: 'paragraph', words: 'Words', box: [10, 500, 200, 24], style: [30, 40, 700, 0, 0, 0, 0] }))
  assert.equal(Math.round((await page.locator('p').boundingBox()).y), 500)
  const show = (view) =>
    page.evaluate((chosen) => {
      document.body.className = `${chosen}-view`
      window.test.mirror.show(chosen)
    }, view)
  await show('html')
  assert.ok((await page.locator('p').boundingBox()).y < 100)
  assert.equal(await page.locator('#mirror [style]').evaluateAll((all) => all.filter((e) => e.getAttribute('style') !== '').length), 0)
  await show('canvas')
  assert.equal(Math.round((await page.locator('p').boundingBox()).y), 500)
}))
