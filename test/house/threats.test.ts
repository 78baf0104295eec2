/** docs/threats.md names tests that there are. */
import { describe, expect, test } from 'bun:test'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT } from '../support/targets.ts'
import { read, rowsOf, sectionOf } from './pages/read.ts'

const page = read('docs/threats.md')
const THREATS = [
  'Getting in',
  'Getting more',
  'Through a browser',
  'By what is sent',
  'By other servers',
  'At rest',
  'Hiding what was done',
  'Plugins',
]
const rows = THREATS.flatMap((heading) => rowsOf(sectionOf(page, `## ${heading}`)))

/** What a cell names: a file in backticks, and titles in quotes behind it. */
const namedIn = (cell: string): Array<readonly [file: string, title: string]> =>
  [...cell.matchAll(/`([^`]+)`([^`]*)/g)].flatMap(([, file = '', titles = '']) =>
    [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']) => [file, title] as const),
  )

/** Titles of tests and groups in a source, as far as they stand in one piece. */
const titlesOf = (source: string): string[] =>
  [
    ...source.matchAll(
      /(?:\b(?:test|describe)\(|\)\(|\bname = )\s*(?:'((?:[^'\\]|\\.)*)'|`([^`$]*)|"([^"]*)")/g,
    ),
  ].map(([, single, template, double]) => single ?? template ?? double ?? '')

test('the page has the threats that there are, each with what stops it', () => {
  expect(rows.length).toBeGreaterThan(50)
  for (const cells of rows)
    expect([cells[0], cells.length, cells[1] !== '']).toEqual([cells[0] ?? '', 3, true])
  expect(page.match(/^## /gm)).toHaveLength(THREATS.length + 4)
})

describe.each(rows)('%s', (_, __, tests = '') => {
  const named = namedIn(tests)

  test('has tests', () => {
    expect(named.length).toBeGreaterThan(0)
    expect(named.length).toBe([...tests.matchAll(/"[^"]+"/g)].length)
  })

  test.each(named)('%s: %s', (file, title) => {
    expect(existsSync(join(PROJECT, file))).toBe(true)
    expect(titlesOf(read(file))).toContain(title)
  })
})
