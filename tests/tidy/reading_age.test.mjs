// How hard the words of the pages are to read: the Flesch-Kincaid grade of the whole sentences in src/pages, a page a file. A grade is a
// school year of the United States; five more is about the age of a reader. Names of records, terms and buttons are no sentences, and the
// agreements' own terms are not ours to simplify.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const pages = fileURLToPath(new URL('../../src/pages/', import.meta.url))
const grade_max = 6 // over all pages: eleven years
const page_grade_max = 8.5
const words_max = 36 // of a sentence
const counted_from = 6 // words: what is shorter is a name or a command

const without_comments = (source) => source.replace(/\/\/.*$/gm, '')

// The texts in a source; literals that stand beside one another are one text. Of a link only its words.
function textsOf(source) {
  const code = without_comments(source)
  const texts = []
  let end = -1
  for (const literal of code.matchAll(/"((?:[^"\\\n]|\\.)*)"/g)) {
    const goes_on = end >= 0 && code.slice(end, literal.index).trim() === ''
    if (goes_on) texts[texts.length - 1] += literal[1]
    else texts.push(literal[1])
    end = literal.index + literal[0].length
  }
  return texts.map((text) => text.replaceAll('\\n', ' ').replaceAll('\\"', '"').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1'))
}

const wordsOf = (sentence) => sentence.split(/\s+/).filter((word) => /[a-zA-Z]/.test(word))
const sentencesOf = (text) =>
  text
    .split(/(?<=[.!?])\s+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[.!?]$/.test(sentence) && wordsOf(sentence).length >= counted_from)

// By the groups of vowels that are heard.
function syllablesOf(word) {
  const letters = word.toLowerCase().replace(/[^a-z]/g, '')
  if (letters.length <= 3) return letters === '' ? 0 : 1
  const heard = letters.replace(/(?:[^laeiouy]es|ed|[^laeiouy]e)$/, '').replace(/^y/, '')
  return Math.max(1, (heard.match(/[aeiouy]{1,2}/g) ?? []).length)
}

function gradeOf(sentences) {
  const words = sentences.flatMap(wordsOf)
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0)
  return (0.39 * words.length) / sentences.length + (11.8 * syllables) / words.length - 15.59
}

const all = new Map(
  readdirSync(pages)
    .filter((name) => name.endsWith('.cpp'))
    .map((name) => [name, textsOf(readFileSync(path.join(pages, name), 'utf8')).flatMap(sentencesOf)]),
)

test('the grade tells easy words from hard ones', () => {
  const easy = gradeOf(['You can read it now and accept it later.'])
  const hard = gradeOf(['Notwithstanding any contractual obligation, organisational representatives acknowledge responsibility.'])
  assert.ok(easy < 4 && hard > 20, `${easy} and ${hard}`)
  assert.deepEqual(textsOf('say("One " // no text\n    "text of [two](#/help) parts.");'), ['One text of two parts.'])
})

test('the words of the pages can be read at eleven', () => {
  const sentences = [...all.values()].flat()
  assert.ok(sentences.length > 250, `only ${sentences.length} sentences were found`)
  const grade = gradeOf(sentences)
  assert.ok(grade <= grade_max, `grade ${grade.toFixed(1)}, of at most ${grade_max}`)
})

test('no page is much harder than the others, and no sentence is too long', () => {
  const faults = []
  for (const [name, sentences] of all) {
    if (sentences.length > 4 && gradeOf(sentences) > page_grade_max) faults.push(`${name}: grade ${gradeOf(sentences).toFixed(1)}, of at most ${page_grade_max}`)
    for (const sentence of sentences)
      if (wordsOf(sentence).length > words_max) faults.push(`${name}: ${wordsOf(sentence).length} words: ${sentence}`)
  }
  assert.deepEqual(faults, [])
})
