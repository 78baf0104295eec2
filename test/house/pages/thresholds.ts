/** Where quality checks change their mind, found by asking them: no number is copied. */
import { synthesiseEmg } from '../../../plugins/c3d-reader/samples/index.ts'
import type { ChannelAnalysis } from '../../../plugins/emg-analyzer/index.ts'
import { analyze, planOf } from '../../support/analysis.ts'
import { table } from './blocks.ts'
import { recordingOf } from './recording.ts'

type Check = ChannelAnalysis['quality']['checks'][string]

/** A family of signals that gets worse as the knob goes from the first end to the second. */
interface Probe {
  readonly check: string
  readonly unit: string
  readonly ends: readonly [good: number, bad: number]
  /** Values of the knob are whole. */
  readonly whole?: boolean
  /** Whether a larger value is worse. */
  readonly larger: boolean
  readonly signal: (knob: number) => { readonly samples: Float64Array; readonly rate: number }
  /** In place of the check's own value. */
  readonly read?: (check: Check) => number
}

const RATE = 1000
const SECONDS = 20
const BURSTS = Array.from({ length: 4 }, (_, i) => ({ startMs: 2000 + i * 5000, endMs: 4000 + i * 5000 }))

const emg = (spec: {
  baseline?: number
  active?: number
  humHarmonics?: number[]
  rail?: number
  seconds?: number
}) => {
  const { baseline = 2e-6, active = 150e-6, seconds = SECONDS, ...rest } = spec
  const bursts = seconds < SECONDS ? [] : BURSTS.map((burst) => ({ ...burst, rms: active }))
  const made = { seed: 1, rate: RATE, durationS: seconds, baselineRms: baseline, bursts, ...rest }
  return { samples: synthesiseEmg(made).samples, rate: RATE }
}

/** A signal of 100 s whose first samples are changed: each is a thousandth of a percent. */
function changed(change: (samples: Float64Array) => void) {
  const { samples, rate } = emg({ seconds: 100 })
  change(samples)
  return { samples, rate }
}

/** Amplitudes of the multiples of 50 Hz, from 100 Hz on: an odd one counts as the power line even alone. */
const humAt350 = (amplitude: number): number[] => [0, 0, 0, 0, 0, amplitude]

const PROBES: readonly Probe[] = [
  {
    check: 'length',
    unit: 's',
    ends: [12, 0.3],
    larger: false,
    signal: (seconds) => emg({ seconds }),
  },
  {
    check: 'samplingRate',
    unit: 'Hz',
    ends: [2000, 210],
    whole: true,
    larger: false,
    signal: (rate) => ({ samples: emg({}).samples, rate }),
  },
  {
    check: 'nonFinite',
    unit: '%',
    ends: [0, 90_000],
    whole: true,
    larger: true,
    signal: (count) => changed((samples) => samples.fill(Number.NaN, 0, count)),
  },
  {
    check: 'dropouts',
    unit: '%',
    ends: [10, 90_000],
    whole: true,
    larger: true,
    signal: (count) => changed((samples) => samples.fill(0, 0, count)),
  },
  { check: 'clipping', unit: '%', ends: [2e-3, 60e-6], larger: true, signal: (rail) => emg({ rail }) },
  {
    check: 'signalToNoise',
    unit: 'dB',
    ends: [200e-6, 4e-6],
    larger: false,
    signal: (active) => emg({ active }),
  },
  {
    check: 'baselineNoise',
    unit: 'µV',
    ends: [1e-6, 150e-6],
    larger: true,
    signal: (baseline) => emg({ baseline, active: 20 * baseline }),
    read: ({ value }) => (value ?? Number.NaN) * 1e6,
  },
  {
    check: 'powerLine',
    unit: '% of the power',
    ends: [0, 30e-6],
    larger: true,
    // At 350 Hz there is little EMG, so that a weak line is found; of weak EMG, so that it is weak beside it only.
    signal: (hum) => emg({ baseline: 2e-7, active: 15e-6, humHarmonics: humAt350(hum) }),
    read: ({ details }) => (details as { powerPercent: number }).powerPercent,
  },
  {
    check: 'powerLine',
    unit: 'µV RMS',
    ends: [0, 100e-6],
    larger: true,
    signal: (hum) => emg({ active: 1.5e-3, humHarmonics: humAt350(hum) }),
    read: ({ details }) => {
      const { harmonics } = details as { harmonics: ReadonlyArray<{ hz: number; amplitude: number }> }
      return ((harmonics.find(({ hz }) => hz === 350)?.amplitude ?? 0) * 1e6) / Math.SQRT2
    },
  },
]

function ask({ check, signal, read }: Probe, knob: number): { status: Check['status']; value: number } {
  const { samples, rate } = signal(knob)
  const recording = recordingOf(samples, rate)
  // Contractions are set by hand where they are: what is asked is the check, not the detector.
  const edits = BURSTS.filter(({ endMs }) => endMs <= recording.durationS * 1000).map((burst) => ({
    kind: 'add' as const,
    channel: 0,
    ...burst,
  }))
  const context = rate === RATE && samples.length === RATE * SECONDS ? { edits } : {}
  const found = analyze(recording, planOf('clinical'), context).channels[0]?.quality.checks[check]
  if (!found) throw new Error(`there is no check ${check}`)
  return { status: found.status, value: read ? read(found) : (found.value ?? Number.NaN) }
}

/** Where the status becomes as bad as one of `bad`, with the values on both sides; null where it never does. */
function boundary(
  probe: Probe,
  bad: ReadonlyArray<Check['status']>,
): { readonly last: number; readonly first: number } | null {
  let [good, worse] = probe.ends
  if (!bad.includes(ask(probe, worse).status)) return null
  if (bad.includes(ask(probe, good).status)) throw new Error(`${probe.check}: the good end is not good`)
  for (let step = 0; step < 40; step++) {
    const middle = probe.whole ? Math.round((good + worse) / 2) : (good + worse) / 2
    if (middle === good || middle === worse) break
    if (bad.includes(ask(probe, middle).status)) worse = middle
    else good = middle
  }
  return { last: ask(probe, good).value, first: ask(probe, worse).value }
}

function show({ larger, unit }: Probe, found: ReturnType<typeof boundary>): string {
  if (found === null) return 'never'
  if (larger && found.last === 0) return 'any'
  return `${larger ? 'from' : 'under'} ${Number(found.first.toPrecision(2))} ${unit}`
}

/** Limits of the checks that have some, found by bisection on synthesised signals. */
export const thresholdTable = (): string =>
  table(
    ['check', 'usable', 'poor'],
    PROBES.map((probe) => [
      `\`${probe.check}\``,
      show(probe, boundary(probe, ['usable', 'poor'])),
      show(probe, boundary(probe, ['poor'])),
    ]),
  )
