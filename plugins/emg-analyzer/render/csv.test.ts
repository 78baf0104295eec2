import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { createRegistry, planAnalysis } from '../analysis/index.ts'
import { csvHeader, csvRows } from './csv.ts'
import { exampleAnalysis, exampleChannel, missing, withoutFigures } from './example.ts'

const { parameters } = planAnalysis(createRegistry(), 'clinical')

/** RFC 4180, strictly: throws where a quote stands wrong. */
function parse(csv: string): string[][] {
  const rows: string[][] = [[]]
  let rest = csv
  while (rest) {
    const match = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest)
    if (!match) throw new Error(`no CSV: ${JSON.stringify(rest.slice(0, 40))}`)
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
    rest = rest.slice(match[0].length)
    if (match[3] === '\r\n' && rest) rows.push([])
  }
  return rows
}

function cells(file: string, channel: Parameters<typeof exampleChannel>[0]): Record<string, string> {
  const csv =
    csvHeader() + csvRows(file, exampleAnalysis(parameters, { channels: [exampleChannel(channel)] }))
  const [names = [], values = [], ...more] = parse(csv)
  expect(more).toEqual([])
  expect(values).toHaveLength(names.length)
  return Object.fromEntries(names.map((name, i) => [name, values[i] ?? '']))
}

test('the header is stable', () => {
  expect(csvHeader()).toBe(
    'file,channel_index,channel,unit,unit_basis,rate_hz,samples,duration_s,contractions,contraction_ms,rms,mav,peak,' +
      'dropouts,dropout_ms,clipped_percent,non_finite,reason,preset,pipeline_version,' +
      'muscle,side,quality,active_rms,mean_frequency_hz,median_frequency_hz,median_frequency_percent_per_min,mvc_v,' +
      'mvc_source,good_contractions\r\n',
  )
})

test('a row for each channel, with its figures as they are', () => {
  const channels = [exampleChannel(), exampleChannel({ index: 3, name: 'L VL' })]
  expect(csvRows('a.c3d', exampleAnalysis(parameters, { channels }))).toBe(
    'a.c3d,0,R VL,V,declared,1000,10000,10,2,3000,0.0000749,0.0000397,0.000126,0,0,0,0,,clinical,1.0.0,vastus lateralis,right,good,,,,,,,\r\n' +
      'a.c3d,3,L VL,V,declared,1000,10000,10,2,3000,0.0000749,0.0000397,0.000126,0,0,0,0,,clinical,1.0.0,vastus lateralis,right,good,,,,,,,\r\n',
  )
})

test('no EMG channel, no row', () => {
  expect(csvRows('a.c3d', exampleAnalysis(parameters, { channels: [] }))).toBe('')
})

describe('missing figures', () => {
  test('are empty cells with a reason, never zero', () => {
    const row = cells('a.c3d', withoutFigures('the sampling rate is too low, far too low'))
    expect(row).toMatchObject({ contractions: '', contraction_ms: '', rms: '', mav: '', peak: '' })
    expect(row.reason).toBe('the sampling rate is too low, far too low')
  })

  test('of one metric alone leave the others, and contractions, in place', () => {
    const metrics = { ...exampleChannel().metrics, mav: missing('why not') }
    expect(cells('a.c3d', { metrics })).toMatchObject({
      contractions: '2',
      rms: '0.0000749',
      mav: '',
      reason: 'why not',
    })
  })

  test('are also those that are no number', () => {
    expect(cells('a.c3d', { durationS: Number.NaN }).duration_s).toBe('')
    expect(cells('a.c3d', { contractions: [] })).toMatchObject({ contractions: '0', contraction_ms: '0' })
  })
})

describe('text', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t1', '\r=1', '\n=1', '＝1'])(
    '%j cannot become a formula',
    (text) => {
      const row = cells(text, { name: text, unit: text })
      expect([row.file, row.channel, row.unit]).toEqual([`'${text}`, `'${text}`, `'${text}`])
    },
  )

  test('cannot become one behind what a spreadsheet of another country parts cells by', () => {
    const row = cells('a;=1+1;b', { name: '=1;\t+1', unit: 'x;-' })
    expect([row.file, row.channel, row.unit]).toEqual(["a;'=1+1;b", "'=1;\t'+1", "x;'-"])
  })

  test('negative numbers stay numbers', () => {
    expect(
      cells('a.c3d', { metrics: { rms: { value: -1.5, unit: 'V', over: 'recording', n: 1 } } }).rms,
    ).toBe('-1.5')
  })

  test('of any kind comes back whole and begins harmlessly', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', ';', "'", 'x') }),
    )
    const unmarked = (cell = '') => cell.replaceAll(/(^|[;\t])'/g, '$1')
    fc.assert(
      fc.property(text, text, (file, name) => {
        const row = cells(file, { name })
        expect(unmarked(row.file)).toBe(unmarked(file))
        expect(unmarked(row.channel)).toBe(unmarked(name))
        for (const cell of [row.file, row.channel]) expect(cell).not.toMatch(/^[\t\r\n]|(?:^|[;\t])[=+\-@]/)
      }),
    )
  })
})
