/** The words of the page: whole in English and French, as each is written, and nowhere but in their tables. */
import { describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { tables } from '../../src/web/language/language.ts'
import { PROJECT } from '../support/targets.ts'
import { ownTexts } from './checks/own-texts.ts'
import { frenchMistakes, textMistakes } from './checks/typography.ts'

const FOLDER = join(PROJECT, 'src/web')
const sources = [...new Bun.Glob('**/*.{ts,tsx}').scanSync(FOLDER)].filter((path) => !path.includes('.test.'))
const sourceOf = (path: string): string => readFileSync(join(FOLDER, path), 'utf8')

const declaring = sources.filter(
  (path) => /\bdefineWords\(\s*'/.test(sourceOf(path)) && path !== 'language/language.ts',
)

/** Names of properties in the file of each table: what words that look something up may be asked for. */
const namesOf = new Map<string, readonly string[]>()
for (const path of declaring.filter((each) => each.endsWith('.ts'))) {
  await import(join(FOLDER, path))
  const names = [...sourceOf(path).matchAll(/^\s*['"]?([\w.:-]+)['"]?:\s/gm)].map(([, name = '']) => name)
  for (const table of tables.keys()) if (!namesOf.has(table)) namesOf.set(table, [...new Set(names)])
}

/** Has a text by whatever name it is asked for. */
const ANYTHING: unknown = new Proxy({}, { get: () => 'A' })

/** What a word that takes something is tried with: by its place, as it may ask for figures, for names, or for both. */
const TRIED: ReadonlyArray<readonly unknown[]> = [
  [0, 0, 0, 0, 0, 0],
  [1, 1, 1, 1, 1, 1],
  [2, 2, 2, 2, 2, 2],
  ['A', 'B', 'C', 'D', 'E', 'F'],
  ['A', 2, 'C', 4, 'E', 6],
  [1, 'B', 3, 'D', 5, 'F'],
]
/** The same for one that takes none of them. */
const TRIED_LAST: typeof TRIED = [Array(6).fill(ANYTHING), Array(6).fill(['A'])]

/** Every text that an entry may say; texts of a function by what it was tried with. */
function textsOf(word: unknown, names: readonly string[] = []): Map<string, string> {
  if (typeof word === 'string') return new Map([['', word]])
  const texts = new Map<string, string>()
  const attempt = (tried: readonly unknown[]): void => {
    try {
      const text: unknown = (word as (...args: readonly unknown[]) => unknown)(...tried)
      if (typeof text === 'string' && text !== '') texts.set(JSON.stringify(tried), text)
    } catch {
      // It takes something else; of what it takes, one has to be among them.
    }
  }
  for (const tried of TRIED) attempt(tried)
  for (const more of [TRIED_LAST, names.map((name) => [name])])
    if (texts.size === 0) for (const tried of more) attempt(tried)
  return texts
}

/** Words that both languages have. */
const ALIKE = new Set(
  (
    'action actions audit bonato borg cache calibration code compensation contraction contractions date description effort fatigue format latence message min muscle ' +
    'muscles mvc note notes patient patients permissions phase plugin plugins points position postgresql redis rms rpe rudolph score ' +
    'scores session sessions signal source total type verdict version'
  ).split(' '),
)

/** Whether each word of a text is one that both languages have; figures, units and addresses are none. */
const isAlike = (text: string): boolean =>
  (text.replaceAll(/https?:\S+/g, '').match(/\p{L}{3,}/gu) ?? []).every((word) =>
    ALIKE.has(word.toLowerCase()),
  )

test('tables are found, all in files of words', () => {
  expect(tables.size).toBeGreaterThan(2)
  expect(declaring.filter((path) => !path.endsWith('.ts'))).toEqual([])
})

describe.each([...tables])('%s', (table, { en, fr }) => {
  const names = namesOf.get(table)

  test('has the same words in English and French, none of them empty', () => {
    expect(Object.keys(fr).sort()).toEqual(Object.keys(en).sort())
    for (const words of [en, fr])
      for (const [name, word] of Object.entries(words)) {
        const texts = [...textsOf(word, names).values()]
        expect([name, texts.some((text) => text.trim() !== '')]).toEqual([name, true])
      }
  })

  test('says nothing in English where it speaks French', () => {
    const alike = Object.keys(en).flatMap((name) => {
      const english = textsOf(en[name], names)
      const same = [...textsOf(fr[name], names)].filter(([tried, text]) => english.get(tried) === text)
      return same.map(([, text]) => text).filter((text) => !isAlike(text))
    })
    expect(alike).toEqual([])
  })

  test('is written as one writes', () => {
    const wrong = Object.entries(fr).flatMap(([name, word]) =>
      [...textsOf(word, names).values()].flatMap((text) =>
        [...frenchMistakes(text), ...textMistakes(text)].map((mistake) => `${name}: ${mistake}: ${text}`),
      ),
    )
    const odd = Object.entries(en).flatMap(([name, word]) =>
      [...textsOf(word, names).values()].flatMap((text) =>
        textMistakes(text).map((mistake) => `${name}: ${mistake}: ${text}`),
      ),
    )
    expect([...new Set([...wrong, ...odd])]).toEqual([])
  })
})

test.each(sources.filter((path) => path.endsWith('.tsx')))('%s says nothing but words of tables', (path) => {
  expect(ownTexts(sourceOf(path))).toEqual([])
})

test('texts of a view are found between elements, beside others, and in attributes', () => {
  const view = `export const V = ({ n }) => <p class="no" title="Of it">One {n} two<b>three</b><i>{n} kV</i>{n}: {n}</p>`
  expect(ownTexts(view)).toEqual(['Of it', 'One', 'two', 'three', 'kV', ':'])
})
