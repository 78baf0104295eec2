import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import {
  type ChannelAnalysis,
  createRegistry,
  planAnalysis,
  type RecordingAnalysis,
} from '../analysis/index.ts'
import { exampleAnalysis, exampleChannel, missing, withoutFigures } from './example.ts'
import { type RenderInput, renderAnalysis } from './text.ts'

const { parameters } = planAnalysis(createRegistry(), 'clinical')

const envelope = Float64Array.from({ length: 10_000 }, (_, i) => (i >= 1000 && i < 3000 ? 1e-4 : 1e-6))

function render(changes: Partial<RecordingAnalysis> = {}, input: Partial<RenderInput> = {}): string {
  const analysis = exampleAnalysis(parameters, changes)
  const envelopes = analysis.channels.map(() => envelope)
  return renderAnalysis({ file: 'a.c3d', analysis, envelopes, columns: 80, color: false, ...input })
}

const dropouts = (...times: ReadonlyArray<readonly [number, number]>) => ({
  count: times.length,
  totalMs: times.reduce((sum, [start, end]) => sum + end - start, 0),
  blocks: times.map(([startMs, endMs]) => ({ startMs, endMs, samples: endMs - startMs })),
})

const quality = exampleChannel().quality

test('a recording is a table with a picture under each row', () => {
  expect(render({}, { columns: 60 })).toBe(
    [
      'a.c3d',
      '1 EMG channel, 10.00 s at 1000 Hz, preset clinical, pipeline',
      '1.0.0',
      '',
      'CHANNEL           RMS      MAV     PEAK  CONTRACTIONS',
      'R VL          74.9 µV  39.7 µV   126 µV  2, mean 1.50 s',
      `  ${'▁'.repeat(5)}${'█'.repeat(12)}${'▁'.repeat(39)}`,
      `       ━━━━━━━━━━━━           ━━━━━━`,
      '',
      'Envelopes, each scaled to its peak; ━ contraction, × dropout',
      '',
    ].join('\n'),
  )
})

describe('what must be said is said', () => {
  test('an assumed unit', () => {
    expect(render({ channels: [exampleChannel({ unitBasis: 'assumed' })] })).toContain(
      'amplitudes taken as V (unit assumed)',
    )
    expect(render()).not.toContain('assumed')
  })

  test('the verdict on the signal, and its reasons', () => {
    const reasons = [
      { check: 'dropouts', status: 'usable' as const, message: '2 dropouts of 0.54 s in all; left out.' },
      { check: 'clipping', status: 'poor' as const, message: '2.95 % of the samples are clipped.' },
    ]
    const channel = exampleChannel({ quality: { ...quality, verdict: 'poor', reasons } })
    expect(render({ channels: [channel] }, { columns: 120 })).toContain(
      '  ! quality poor: 2 dropouts of 0.54 s in all; left out. 2.95 % of the samples are clipped.\n',
    )
  })

  test('how many contractions reach the targets', () => {
    const [first, second] = exampleChannel().contractions
    const contractions = [
      { ...first, isGood: true },
      { ...second, isGood: false },
    ] as ChannelAnalysis['contractions']
    const target = { durationMs: 2000, contractions: 12 }
    expect(render({ channels: [exampleChannel({ contractions, target })] })).toContain(
      '  1 of 2 contractions reach 2 s\n',
    )
    expect(render()).not.toContain('reach')
  })

  test('nothing of a good signal', () => {
    expect(render()).not.toContain('!')
  })

  test('where a dropout is', () => {
    const channel = exampleChannel({ quality: { ...quality, dropouts: dropouts([9000, 9001]) } })
    expect(render({ channels: [channel] })).toMatch(/^ {2} +━+ +━+ +×$/m)
  })

  test('why there are no figures', () => {
    const text = render({ channels: [withoutFigures('there are no samples')] }, { envelopes: [null] })
    expect(text).toMatch(/^R VL +- +- +- +-$/m)
    expect(text).toContain('  ! no figures: there are no samples\n')
    expect(text).not.toContain('Envelopes')
  })

  test('why one figure is missing', () => {
    const metrics = {
      ...exampleChannel().metrics,
      mav: missing('it was not asked for'),
    }
    const text = render({ channels: [exampleChannel({ metrics })] })
    expect(text).toMatch(/^R VL +74\.9 µV +- +126 µV +2, mean 1\.50 s$/m)
    expect(text).toContain('  ! no MAV: it was not asked for\n')
  })

  test('that no contraction was found', () => {
    expect(render({ channels: [exampleChannel({ contractions: [] })] })).toMatch(/126 µV +none$/m)
  })

  test('which channels were left out, and why', () => {
    const exclusions = ['FX1', 'FY1', 'Sync'].map((name, index) => ({
      index,
      name,
      code: name === 'Sync' ? 'OTHER_SIGNAL' : 'FORCE_PLATE',
      reason: name === 'Sync' ? '"Sync" names another signal' : 'it belongs to a force plate',
    }))
    const text = render({ exclusions })
    expect(text).toContain('Left out: FX1, FY1 (it belongs to a force plate)\n')
    expect(text).toContain('Left out: Sync (named as another signal)\n')
  })

  test('warnings with their codes', () => {
    const warnings = [{ code: 'RATE_LOW', message: 'At 400 Hz, EMG above 200 Hz is lost.' }]
    expect(render({ warnings })).toEndWith('! At 400 Hz, EMG above 200 Hz is lost. (RATE_LOW)\n')
  })

  test('that there is no EMG', () => {
    expect(render({ channels: [] })).toContain('no EMG channel, preset clinical')
  })

  test('lengths of channels that differ', () => {
    const channels = [exampleChannel(), exampleChannel({ rate: 500, durationS: 4 })]
    const text = render({ channels })
    expect(text).toContain('\n2 EMG channels, preset clinical')
    expect(text).toContain('\n  10.00 s at 1000 Hz\n')
    expect(text).toContain('\n  4.00 s at 500 Hz\n')
  })
})

test('metrics that find no room in the table are listed below it', () => {
  const ids = ['rms', 'mav', 'peak', 'iemg', 'wl', 'median']
  const metrics = Object.fromEntries(
    ids.map((id, i) => [
      id,
      { value: i + 1, unit: id === 'median' ? 'Hz' : 'mV', over: 'recording' as const, n: 1 },
    ]),
  )
  const channels = [exampleChannel({ metrics })]
  const narrow = render({ channels }, { columns: 60 })
  expect(narrow).toMatch(/^CHANNEL +RMS +MAV +PEAK +CONTRACTIONS$/m)
  expect(narrow).toContain('\n  iemg 4.00 mV, wl 5.00 mV, median 6.00 Hz\n')
  expect(render({ channels }, { columns: 200 })).toMatch(/^CHANNEL +RMS +MAV +PEAK +IEMG +WL +MEDIAN +CONTR/m)
})

describe('colour', () => {
  const reasons = [{ check: 'nonFinite', status: 'usable' as const, message: '3 samples are no numbers.' }]
  const channels = [exampleChannel({ quality: { ...quality, verdict: 'usable', reasons } })]
  const warnings = [{ code: 'A', message: 'b' }]

  test('is there only when told', () => {
    expect(render({ channels, warnings })).not.toContain('\u001b')
    expect(render({ channels, warnings }, { color: true })).toContain('\u001b[')
  })

  test('changes no text, and ends with each line', () => {
    const colored = render({ channels, warnings }, { color: true })
    expect(Bun.stripANSI(colored)).toBe(render({ channels, warnings }))
    for (const line of colored.split('\n')) {
      expect(line.split('\u001b[0m').length).toBe(1 + (line.split('\u001b[').length - 1) / 2)
    }
  })
})

test('ASCII alone, as wide as before, when told', () => {
  const channels = [
    exampleChannel({ name: '股直筋 é', quality: { ...quality, dropouts: dropouts([9000, 9100]) } }),
  ]
  const ascii = render({ channels }, { ascii: true })
  expect(ascii).toMatch(/^[\n\x20-\x7e]+$/)
  expect(ascii).toContain('74.9 uV')
  expect(ascii).toContain('_@@@')
  const widths = (text: string) => text.split('\n').map((line) => Bun.stringWidth(line))
  expect(widths(ascii)).toEqual(widths(render({ channels })))
})

test('a long path keeps its end', () => {
  const file = `/clinic/${'folder/'.repeat(30)}knee-extension.c3d`
  const [first = ''] = render({}, { file }).split('\n')
  expect(first).toMatch(/^….*\/knee-extension\.c3d$/)
  expect(Bun.stringWidth(first)).toBe(80)
})

test('whatever a file is called and says, lines fit and no control character gets through', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 120 }),
    fc.string({ unit: 'binary', maxLength: 120 }),
    fc.constantFrom('\u001b[2J', '\u202eabc', 'a\nb', '股'.repeat(80), ''),
  )
  const amount = fc.oneof(fc.double(), fc.constantFrom(0, 1e300, -1e-300, 5e-5))
  fc.assert(
    fc.property(
      fc.array(text, { minLength: 5, maxLength: 5 }),
      fc.array(amount, { minLength: 3, maxLength: 3 }),
      fc.integer({ min: 60, max: 200 }),
      fc.boolean(),
      (
        [file = '', name = '', unit = '', reason = '', message = ''],
        [rms = 0, mav = 0, peak = 0],
        columns,
        ascii,
      ) => {
        const basis = { over: 'recording' as const, n: 1 }
        const metrics = {
          rms: { value: rms, unit: 'V', ...basis },
          mav: { value: mav, unit, ...basis },
          peak: { value: peak, unit: 'mV', ...basis },
          none: { value: null, unit, ...basis, reason },
        }
        const rendered = render(
          {
            channels: [exampleChannel({ name, unit, metrics, unitBasis: 'assumed' }), withoutFigures(reason)],
            exclusions: [{ index: 1, name, code: 'UNIT', reason }],
            warnings: [{ code: message, message }],
          },
          { file, columns, ascii },
        )
        expect(rendered).toEndWith('\n')
        for (const line of rendered.split('\n')) {
          expect(Bun.stringWidth(line)).toBeLessThanOrEqual(columns)
          expect(line).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u)
        }
      },
    ),
  )
})

test.each([
  [10, 60],
  [59.9, 60],
  [500, 200],
  [100.7, 100],
])('%d columns are taken as %d', (columns, width) => {
  const picture =
    render({}, { columns })
      .split('\n')
      .find((line) => line.includes('█')) ?? ''
  expect(Bun.stringWidth(picture)).toBe(width - 2)
})
