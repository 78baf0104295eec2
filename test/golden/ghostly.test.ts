/** The `ghostly` preset against the predecessor's own results on real recordings, within 1e-8 relative. */
import { describe, expect, test } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type AnalysisContext,
  type ChannelAnalysis,
  DEFAULT_TARGETS,
  type ParameterOverrides,
} from '../../plugins/emg-analyzer/analysis/index.ts'
import { analyze as analyzeOffline, planOf, readShared } from '../support/analysis.ts'
import { SHARED, sharedNote } from '../support/shared.ts'

const GOLDENS = SHARED ? join(SHARED, 'data/golden/ghostly') : ''
const names = SHARED ? readdirSync(GOLDENS).map((file) => file.replace(/\.json$/, '')) : []

interface PredecessorContraction {
  readonly start_time_ms: number
  readonly end_time_ms: number
  readonly duration_ms: number
  readonly mean_amplitude: number
  readonly max_amplitude: number
  readonly is_good: boolean
  readonly meets_mvc: boolean
  readonly meets_duration: boolean
}

/** What the predecessor answers of a channel; variants leave some of it out. */
type Predecessor = Readonly<Record<string, unknown>> & { readonly contractions: PredecessorContraction[] }

const goldenOf = (name: string) => JSON.parse(readFileSync(join(GOLDENS, `${name}.json`), 'utf8'))

const analyze = (name: string, overrides: ParameterOverrides = {}, context: Partial<AnalysisContext> = {}) =>
  analyzeOffline(readShared(`ghostly/${name}`), planOf('ghostly', overrides), context).channels

function expectClose(actual: unknown, expected: unknown, what: string): void {
  if (typeof expected !== 'number') return void expect([what, actual]).toEqual([what, expected])
  const error = Math.abs((actual as number) - expected) / Math.max(Math.abs(expected), 1e-300)
  if (actual === expected) return
  expect({ what, actual, expected, isClose: error <= 1e-8 }).toEqual({
    what,
    actual,
    expected,
    isClose: true,
  })
}

/** Predecessor's name of a metric, and ours. */
const METRICS = [
  ['rms', 'rms', 'rms_temporal_stats'],
  ['mav', 'mav', 'mav_temporal_stats'],
  ['mpf', 'meanFrequency', 'mpf_temporal_stats'],
  ['mdf', 'medianFrequency', 'mdf_temporal_stats'],
  ['fatigue_index_fi_nsm5', 'dimitrovIndex', 'fatigue_index_temporal_stats'],
] as const

const STATISTICS = [
  ['mean_value', 'mean'],
  ['std_value', 'sd'],
  ['min_value', 'min'],
  ['max_value', 'max'],
  ['valid_windows', 'n'],
  ['coefficient_of_variation', 'coefficientOfVariation'],
] as const

const count = (channel: ChannelAnalysis, of: 'isGood' | 'meetsMvc' | 'meetsDuration') =>
  channel.contractions.filter((each) => each[of]).length

/** Everything that both say of contractions. */
function expectContractions(ours: ChannelAnalysis, theirs: Predecessor): void {
  expect(ours.contractions).toHaveLength(theirs.contractions.length)
  for (const [i, expected] of theirs.contractions.entries()) {
    const contraction = ours.contractions[i] as ChannelAnalysis['contractions'][number]
    expectClose(contraction.startMs, expected.start_time_ms, `start ${i}`)
    expectClose(contraction.endMs, expected.end_time_ms, `end ${i}`)
    expectClose(contraction.durationMs, expected.duration_ms, `duration ${i}`)
    expectClose(contraction.meanAmplitude, expected.mean_amplitude, `mean ${i}`)
    expectClose(contraction.maxAmplitude, expected.max_amplitude, `max ${i}`)
    expect([contraction.meetsMvc, contraction.meetsDuration, contraction.isGood]).toEqual([
      expected.meets_mvc,
      expected.meets_duration,
      expected.is_good,
    ])
  }
  const { bursts, contractions } = ours
  const amplitudes = contractions.map(({ maxAmplitude }) => maxAmplitude as number)
  const means = contractions.map(({ meanAmplitude }) => meanAmplitude as number)
  if (contractions.length === 0) {
    // The predecessor answers 0 of what there is none of.
    expect(theirs.contraction_count).toBe(0)
    expect([bursts.meanDurationMs, bursts.maxDurationMs]).toEqual([null, null])
    return
  }
  const summary = {
    contraction_count: bursts.count,
    avg_duration_ms: bursts.meanDurationMs,
    min_duration_ms: bursts.minDurationMs,
    max_duration_ms: bursts.maxDurationMs,
    total_time_under_tension_ms: bursts.timeUnderTensionMs,
    avg_amplitude: means.reduce((a, b) => a + b, 0) / means.length,
    max_amplitude: Math.max(...amplitudes),
    good_contraction_count: count(ours, 'isGood'),
    mvc_compliant_count: count(ours, 'meetsMvc'),
    duration_compliant_count: count(ours, 'meetsDuration'),
    mvc75_threshold: ours.mvc?.threshold,
    duration_threshold_actual_value: ours.target.durationMs,
  }
  for (const [name, value] of Object.entries(summary)) {
    if (name in theirs) expectClose(value, theirs[name], name)
  }
}

describe.skipIf(!SHARED).each(names)(`%s: the predecessor’s figures${sharedNote}`, (name) => {
  const golden = SHARED ? goldenOf(name) : {}
  const channels = ['CH1', 'CH2'] as const
  const byChannel = (of: Record<string, Predecessor>) =>
    channels.map((id, i) => [i, of[id] as Predecessor] as const)

  test('by default: contractions, flags, amplitudes, thresholds', () => {
    const ours = analyze(name)
    for (const [i, theirs] of byChannel(golden.analytics_default)) {
      expectContractions(ours[i] as ChannelAnalysis, theirs)
    }
  })

  test('by default: metrics of the recording and over windows', () => {
    const ours = analyze(name)
    for (const [i, theirs] of byChannel(golden.analytics_default)) {
      const { metrics, windows } = ours[i] as ChannelAnalysis
      for (const [theirName, ourName, statistics] of METRICS) {
        expectClose(metrics[ourName]?.value, theirs[theirName], theirName)
        const expected = theirs[statistics] as Record<string, number | null>
        for (const [key, ourKey] of STATISTICS) {
          expectClose(windows?.[ourName]?.[ourKey], expected[key], `${statistics} ${key}`)
        }
      }
    }
  })

  test('the MVC is the 95th percentile of the envelope', () => {
    for (const [i, id] of channels.entries()) {
      const expected = golden.mvc_estimates[id].processor_backend_estimation
      const { mvc } = analyze(name)[i] as ChannelAnalysis
      expectClose(mvc?.value, expected.mvc_p95_of_processed_envelope, 'mvc')
      expectClose(mvc?.threshold, expected.threshold_75pct, 'threshold')
      expect(mvc).toMatchObject({ source: 'calculated', method: 'p95-envelope', confidence: 'low' })
    }
  })

  const targets = (rest: Partial<AnalysisContext['targets']>) => ({
    targets: { ...DEFAULT_TARGETS, ...rest },
  })
  const both = (each: object) => channels.map((id) => ({ channel: `${id} Raw`, ...each }))

  test.each([
    ['user_mvc_150uV_75pct', {}, targets({ channels: both({ mvc: 150e-6 }) })],
    [
      'per_muscle_mvc_and_duration',
      {},
      targets({
        channels: [
          { channel: 'CH1 Raw', mvc: 200e-6, durationMs: 300 },
          { channel: 'CH2 Raw', mvc: 150e-6, mvcPercent: 80, durationMs: 400 },
        ],
      }),
    ],
    ['global_mvc_200uV_duration_300ms', {}, targets({ durationMs: 300, channels: both({ mvc: 200e-6 }) })],
    [
      'min_duration_400ms_smoothing_50',
      { detection: { options: { minimumDurationMs: 400, smoothingSamples: 50 } } },
      {},
    ],
    ['single_signal_no_activated_10pct', { detection: { options: { useActivated: false } } }, {}],
    [
      'recalc_from_default_global_mvc_200uV_60pct_300ms',
      {},
      targets({ mvcPercent: 60, durationMs: 300, channels: both({ mvc: 200e-6 }) }),
    ],
  ] as const)('variant %s', (variant, overrides, context) => {
    const ours = analyze(name, overrides, context as Partial<AnalysisContext>)
    for (const [i, theirs] of byChannel(golden.variants[variant])) {
      expectContractions(ours[i] as ChannelAnalysis, theirs)
    }
  })

  type Quads = Record<string, Array<[number, number, number, number]>>
  const variants: Record<string, Quads> = golden.variants ?? {}
  const detector = Object.entries(variants).find(([key]) => key.startsWith('analyze_contractions'))?.[1] ?? {}
  test.each([
    ['merge0', { mergeGapMs: 0 }],
    ['merge500', { mergeGapMs: 500 }],
    ['merge1000', { mergeGapMs: 1000 }],
    ['refractory300', { refractoryMs: 300 }],
    ['factor0.20', { activatedShare: 0.2 }],
    ['merge20000_split_over_10s', { mergeGapMs: 20_000 }],
  ])('the detector with %s', (variant, options) => {
    const ours = analyze(name, { detection: { options } })
    for (const [i, id] of channels.entries()) {
      const expected = detector[`${id}/${variant}`]
      const contractions = (ours[i] as ChannelAnalysis).contractions
      expect(contractions).toHaveLength(expected?.length ?? -1)
      for (const [k, [start, end, mean, most]] of (expected ?? []).entries()) {
        expectClose(contractions[k]?.startMs, start, `start ${k}`)
        expectClose(contractions[k]?.endMs, end, `end ${k}`)
        expectClose(contractions[k]?.meanAmplitude, mean, `mean ${k}`)
        expectClose(contractions[k]?.maxAmplitude, most, `max ${k}`)
      }
    }
  })
})
