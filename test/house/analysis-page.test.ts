/** docs/analysis.md is true: its tables are those of the program, its formulas compute, its codes are all there are. */
import { describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { jasa } from '../../plugins/emg-analyzer/analysis/fatigue/jasa.ts'
import { falconerWinter, rudolph } from '../../plugins/emg-analyzer/analysis/pairs/co-contraction.ts'
import {
  ghostlySymmetry,
  limbSymmetryIndex,
  robinsonIndex,
  symmetryAngle,
} from '../../plugins/emg-analyzer/analysis/pairs/symmetry.ts'
import { RecordingAnalysisSchema, type Slope } from '../../plugins/emg-analyzer/analysis/schema.ts'
import emgAnalyzer from '../../plugins/emg-analyzer/index.ts'
import { registry } from '../support/analysis.ts'
import { PROJECT } from '../support/targets.ts'
import { readBlocks } from './pages/blocks.ts'
import { generateBlocks } from './pages/generated.ts'
import { codeBlocks, codeIn, read, rowsOf, sectionOf } from './pages/read.ts'

const page = read('docs/analysis.md')
const HOW = 'written anew by `bun test/house/pages/write.ts`'
const sources = [...new Bun.Glob('plugins/emg-analyzer/**/*.ts').scanSync({ cwd: PROJECT })]
  .filter((path) => !path.endsWith('.test.ts'))
  .map((path) => read(path))
  .join('\n')

/** Numbers to be equal but for their last digits, which may differ from one kind of machine to another. */
function expectAlike(actual: unknown, expected: unknown, path: string): void {
  if (typeof expected === 'number') {
    const error = Math.abs((actual as number) - expected)
    expect([path, actual, error <= 1e-9 * Math.abs(expected)]).toEqual([path, actual, true])
    return
  }
  if (typeof expected !== 'object' || expected === null) {
    expect([path, actual]).toEqual([path, expected])
    return
  }
  expect([path, Object.keys(actual as object)]).toEqual([path, Object.keys(expected)])
  for (const [key, value] of Object.entries(expected)) {
    expectAlike((actual as Record<string, unknown>)[key], value, `${path}.${key}`)
  }
}

test(`the generated parts are those of the program, or ${HOW}`, async () => {
  const written = readBlocks(page)
  const generated = await generateBlocks()
  expect([...written.keys()].toSorted()).toEqual([...generated.keys()].toSorted())
  for (const [name, text] of generated) {
    if (name === 'example') {
      const [shown, printed] = [written.get(name), text].map((each) =>
        JSON.parse(codeBlocks(each ?? '', 'json')[0] ?? ''),
      )
      expectAlike(shown, printed, 'example')
    } else expect(written.get(name)).toBe(text)
  }
}, 60_000)

test('every detector is among those to choose from', () => {
  const chosen = rowsOf(sectionOf(page, '## Detectors'))
    .map(([cell]) => codeIn(cell))
    .slice(0, registry.detectors.list().length)
  expect(chosen.toSorted()).toEqual(
    registry.detectors
      .list()
      .map(({ id }) => id)
      .toSorted(),
  )
})

describe('codes', () => {
  const found = (pattern: RegExp): string[] =>
    [...new Set([...sources.matchAll(pattern)].map(([, code = '']) => code))].toSorted()
  const listed = (heading: string): string[] =>
    rowsOf(sectionOf(page, heading))
      .map(([cell]) => codeIn(cell))
      .filter((code) => /^[A-Z_]+$/.test(code))

  test('of exclusions and warnings are all there are, and no other', () => {
    const [, union = ''] = /readonly code:([\s\S]*?)\n {2}readonly/.exec(sources) ?? []
    const exclusions = [...union.matchAll(/'([A-Z_]+)'/g)].map(([, code = '']) => code)
    const inSources = [...new Set([...exclusions, ...found(/\bcode: '([A-Z_]+)'/g)])].toSorted()
    expect(inSources.length).toBeGreaterThan(10)
    expect([...listed('## Channels'), ...listed('## Warnings')].toSorted()).toEqual(inSources)
  })

  test('of errors are all there are, and no other', () => {
    expect(listed('## Over HTTP').toSorted()).toEqual(
      found(/(?:new Problem\(\d+, |\bTASK_[A-Z]+: )'([A-Z_]+)'/g),
    )
  })
})

test('every part of an answer, and of a channel in it, is named', () => {
  const entries = RecordingAnalysisSchema.entries
  const parts = [...Object.keys(entries), ...Object.keys(entries.channels.item.entries)]
  expect(parts.length).toBeGreaterThan(25)
  expect(parts.filter((part) => !new RegExp(`[\`".]${part}[\`".]`).test(page))).toEqual([])
})

test('every route of the plugin is listed, and no other', () => {
  const declared = (emgAnalyzer.routes?.({ sections: { list: () => [] }, profiles: {}, records: {} }) ?? [])
    .filter(({ method }) => method !== 'delete')
    .map(({ method, path }) => `${method.toUpperCase()} ${path}`)
  const listed = rowsOf(sectionOf(page, '## Over HTTP'))
    .map(([cell]) => codeIn(cell))
    .filter((code) => code.includes(' '))
  expect(listed.toSorted()).toEqual(declared.toSorted())
})

describe('formulas', () => {
  const rows = rowsOf(sectionOf(page, '## Pairs'))
  const formulas = new Map(rows.map(([name, formula]) => [codeIn(name), codeIn(formula)]))
  const degrees = (y: number, x: number): number => (Math.atan2(y, x) * 180) / Math.PI

  test.each([
    ['robinsonIndex', robinsonIndex],
    ['limbSymmetryIndex', (L: number, R: number) => limbSymmetryIndex(L, R, 'left')],
    ['symmetryAngle', symmetryAngle],
    ['ghostlySymmetry', ghostlySymmetry],
  ] as const)('%s', (name, index) => {
    const names = ['L', 'R', 'affected', 'unaffected', 'abs', 'atan2']
    const compute = new Function(...names, `return ${formulas.get(name)}`)
    for (const [left, right] of [
      [1, 1],
      [0.5, 2],
      [3, 0.1],
    ] as const) {
      expect(compute(left, right, left, right, Math.abs, degrees)).toBeCloseTo(
        index(left, right).value as number,
        9,
      )
    }
  })

  test.each([
    ['falconerWinter', falconerWinter],
    ['rudolph', rudolph],
  ] as const)('%s', (name, index) => {
    const a = Float64Array.of(0.1, 0.5, 0.3, 0.9)
    const b = Float64Array.of(0.2, 0.1, 0.3, 0.4)
    const sum = (of: (A: number, B: number) => number): number =>
      a.reduce((total, value, i) => total + of(value, b[i] as number), 0)
    const mean = (of: (A: number, B: number) => number): number => sum(of) / a.length
    // `sum(A + B)` is over the samples.
    const overSamples = (formulas.get(name) ?? '').replaceAll(/\b(sum|mean)\(/g, '$1((A, B) => ')
    const compute = new Function('sum', 'mean', 'min', 'max', `return ${overSamples}`)
    const expected = index({ a, b, scaleA: 1, scaleB: 1, masks: [] })
    expect(compute(sum, mean, Math.min, Math.max)).toBeCloseTo(expected as number, 9)
  })

  test('every index of a pair has one', () => {
    const { options } = RecordingAnalysisSchema.entries.pairs.item
    const indices = options.flatMap(({ entries }) =>
      Object.entries(entries).flatMap(([name, schema]) =>
        JSON.stringify(schema).includes('"reason"') ? [name] : [],
      ),
    )
    expect([...formulas.keys()].toSorted()).toEqual(indices.toSorted())
  })
})

test('the joint analysis names what the table says', () => {
  const slope = (text = ''): Slope => ({
    slope: text === 'rises' ? 1 : -1,
    unit: '',
    percentPerMinute: null,
    intercept: null,
    r2: null,
    p: null,
    n: 5,
    significant: false,
  })
  const rows = rowsOf(sectionOf(page, '## Fatigue')).filter(([first]) => /^(rises|falls)$/.test(first ?? ''))
  expect(rows).toHaveLength(4)
  for (const [amplitude, frequency, quadrant] of rows) {
    expect(jasa(slope(amplitude), slope(frequency))?.quadrant).toBe(codeIn(quadrant) as never)
  }
})

test('tests that the page names are there', () => {
  for (const [, path = ''] of page.matchAll(/`(plugins[\w/*.-]+\.test\.ts)`/g)) {
    expect([...new Bun.Glob(path).scanSync({ cwd: join(PROJECT) })].length).toBeGreaterThan(0)
  }
})
