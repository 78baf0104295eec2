/** The reference for plugin authors is what the program says of itself, and says enough. */
import { beforeAll, describe, expect, test } from 'bun:test'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT } from '../support/targets.ts'
import { read } from './pages/read.ts'
import type { Declared, Kit } from './reference/declared.ts'
import { docMarkdown, tagsOf } from './reference/docstring.ts'
import { referencePages } from './reference/index.ts'
import { FOLDER } from './reference/pages.ts'

let pages: ReadonlyMap<string, string>
let kit: Kit
beforeAll(async () => {
  ;({ pages, kit } = await referencePages())
}, 60_000)

/** Names with their sources, so that a failure says where to write. */
const placesOf = (some: readonly Declared[]): string[] =>
  some.map(({ file, name }) => `${file}: ${name}`).sort()

test('the pages are as `bun test/house/pages/write.ts` writes them', () => {
  const files = readdirSync(join(PROJECT, FOLDER)).map((name) => `${FOLDER}/${name}`)
  expect(files.toSorted()).toEqual([...pages.keys()].toSorted())
  const stale = [...pages].filter(([path, text]) => read(path) !== text).map(([path]) => path)
  expect(stale).toEqual([])
})

test('every export of every module is on a page', () => {
  expect(kit.modules.get('myoserve/sdk')?.size).toBeGreaterThan(150)
  const all = [...pages.values()].join('\n')
  const missing = [...kit.modules].flatMap(([module, exports]) =>
    [...exports]
      .filter(([, id]) => kit.declared.get(id)?.kind !== 'namespace')
      .filter(([name]) => !new RegExp(`^### \\w+ ${RegExp.escape(name)}$`, 'm').test(all))
      .map(([name]) => `${module}: ${name}`),
  )
  expect(missing).toEqual([])
})

test('whatever an author is given, or its declaration names, has a docstring', () => {
  const all = [...kit.declared.values()].filter(
    ({ kind, name }) => kind !== 'namespace' && name !== '_default',
  )
  expect(all.length).toBeGreaterThan(300)
  expect(placesOf(all.filter(({ doc }) => doc === ''))).toEqual([])
})

/** What stands between the first parenthesis and the one that closes it. */
function parametersOf(text: string): string {
  const start = text.indexOf('(')
  let depth = 0
  for (let at = start; at < text.length; at++) {
    if (text[at] === '(') depth++
    else if (text[at] === ')' && --depth === 0) return text.slice(start, at + 1)
  }
  return ''
}

/** Numbers and samples that a function takes, by the names of its parameters. */
const quantitiesOf = ({ text }: Declared): string[] =>
  [
    ...parametersOf(text.replaceAll(/\/\*\*[\s\S]*?\*\//g, '')).matchAll(
      /[(,{]\s*(?:readonly )?(\w+)\??: (?:number|ArrayLike<number>|Float64Array(?:<\w+>)?|readonly number\[\])(?=[,)};\s])/g,
    ),
  ].map(([, name = '']) => name)

test('functions say of each number and each row of samples what it is', () => {
  const functions = [...kit.declared.values()].filter(
    ({ kind, text }) => kind === 'function' || (kind === 'constant' && text.includes('=>')),
  )
  expect(functions.flatMap(quantitiesOf).length).toBeGreaterThan(50)
  const silent = functions.flatMap((each) =>
    quantitiesOf(each)
      .filter((name) => !new RegExp(`\\b${name}\\b`).test(each.doc))
      .map((name) => `${each.file}: ${each.name}(${name})`),
  )
  expect(silent.sort()).toEqual([])
})

describe('a docstring as Markdown', () => {
  const linkOf = (name: string) => (name === 'known' ? 'sdk.md#function-known' : undefined)
  const markdown = (doc: string) => docMarkdown(doc, linkOf)

  test('is its prose, its tags as a list, its examples as code', () => {
    const doc =
      'Cuts a signal\nto length.\n\n@param x samples; kept\n@returns as many\nas asked\n@throws {RangeError} for none\n@example\ncut(x, 3)'
    expect(markdown(doc)).toBe(
      'Cuts a signal to length.\n\n- `x`: samples; kept\n- returns as many as asked\n- throws `RangeError` for none\n\n```ts\ncut(x, 3)\n```\n',
    )
  })

  test('links what is explained, and names what is not', () => {
    expect(markdown('See {@link known}, {@link other.part}.')).toBe(
      'See [`known`](sdk.md#function-known), `other.part`.\n',
    )
  })

  test('keeps lists, and an @ within a word', () => {
    expect(markdown('Codes:\n\n- `A`: one\n- `B`: a@b.example')).toBe(
      'Codes:\n\n- `A`: one\n- `B`: a@b.example\n',
    )
    expect(tagsOf('Of one line. @param rate Hz @see a page').tags).toEqual([
      { name: 'param', text: 'rate Hz' },
      { name: 'see', text: 'a page' },
    ])
  })

  test('of nothing is nothing', () => {
    expect(markdown('')).toBe('')
  })
})
