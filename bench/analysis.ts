/**
 * How long an analysis takes, for both presets, beside scipy doing the same work on the same samples.
 *
 * `bun bench/analysis.ts` prints a table, `--json` rows of `{name, ours, peer, ratio, unit}` with ours and peer in ms
 * and the ratio as peer over ours; then the cost of ten times the length. Figures of both sides are compared first.
 * The peer does all that the `ghostly` preset does; of the `clinical` one only filters, envelopes and spectra, so that
 * its time is a lower bound. It needs python3 with scipy; without them our own times are printed, and that is said.
 */
import { join } from 'node:path'
import type { Recording } from '../plugins/c3d-reader/index.ts'
import { synthesiseEmg } from '../plugins/c3d-reader/samples/index.ts'
import type { ChannelAnalysis } from '../plugins/emg-analyzer/analysis/index.ts'
import { analyze, planOf } from '../test/support/analysis.ts'
import { askPython } from './peers/python.ts'

const RATE = 990
const SECONDS = 75
const CHANNELS = 4
const ROUNDS = 21
const TOLERANCE = 1e-8

interface Row {
  name: string
  ours: number
  peer: number | null
  ratio: number | null
  unit: 'ms'
}

type Figures = Readonly<Record<string, number | number[]>>

interface PeerAnswer {
  /** Which build it is matters: between two of them lies a factor of two. */
  readonly versions: string
  readonly ghostly: { readonly ms: number; readonly channels: readonly Figures[] }
  readonly clinical: { readonly ms: number; readonly channels: readonly Figures[] }
}

/** Four channels with a contraction of two seconds every four. */
function synthesise(seconds: number): { recording: Recording; samples: Float64Array[] } {
  const samples = Array.from({ length: CHANNELS }, (_, seed) => {
    const bursts = Array.from({ length: Math.floor((seconds - 2) / 4) }, (__, i) => ({
      startMs: 1000 + i * 4000,
      endMs: 3000 + i * 4000,
      rms: 150e-6,
    }))
    const spec = { seed: seed + 1, rate: RATE, durationS: seconds, baselineRms: 3e-6, bursts }
    return synthesiseEmg(spec).samples
  })
  const channels = samples.map((each, index) => ({
    index,
    label: `EMG${index + 1}`,
    name: `EMG${index + 1}`,
    description: '',
    unit: 'V',
    rate: RATE,
    length: each.length,
    forcePlate: false,
    samples: () => each,
  }))
  return {
    samples,
    recording: { format: 'bench', channels, durationS: seconds, warnings: [], describe: () => ({}) },
  }
}

/** Milliseconds of the middle run after warm-up, and of the fastest. */
function measure(recording: Recording, preset: string, rounds = ROUNDS): { median: number; least: number } {
  const plan = planOf(preset)
  for (let i = 0; i < 5; i++) analyze(recording, plan)
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now()
    analyze(recording, plan)
    return performance.now() - start
  }).sort((a, b) => a - b)
  return { median: times[rounds >> 1] as number, least: times[0] as number }
}

const WINDOWED = ['rms', 'mav', 'meanFrequency', 'medianFrequency', 'dimitrovIndex'] as const

/** The figures of ours that the peer answers too. */
function figuresOf(
  preset: Exclude<keyof PeerAnswer, 'versions'>,
  { metrics, windows, mvc }: ChannelAnalysis,
): Figures {
  const value = (id: string): number => metrics[id]?.value ?? Number.NaN
  if (preset === 'clinical') return { rms: value('rms'), mav: value('mav'), peak: value('peak') }
  return {
    p95: mvc?.value ?? Number.NaN,
    rms: value('rms'),
    meanFrequency: value('meanFrequency'),
    medianFrequency: value('medianFrequency'),
    dimitrovIndex: value('dimitrovIndex'),
    windowMeans: WINDOWED.map((id) => windows?.[id]?.mean ?? Number.NaN),
    windowSds: WINDOWED.map((id) => windows?.[id]?.sd ?? Number.NaN),
  }
}

function checkSame(
  recording: Recording,
  preset: Exclude<keyof PeerAnswer, 'versions'>,
  peer: PeerAnswer,
): void {
  for (const [i, channel] of analyze(recording, planOf(preset)).channels.entries()) {
    for (const [name, value] of Object.entries(figuresOf(preset, channel))) {
      const theirs = [peer[preset].channels[i]?.[name] ?? []].flat()
      for (const [k, ours] of [value].flat().entries()) {
        const expected = theirs[k] ?? Number.NaN
        if (Math.abs(ours - expected) <= TOLERANCE * Math.abs(expected)) continue
        throw new Error(`${preset} ${name} of channel ${i}: ${ours}, where scipy has ${expected}`)
      }
    }
  }
}

const { recording, samples } = synthesise(SECONDS)
const long = synthesise(10 * SECONDS).recording
const peer = await askPython<PeerAnswer>([join(import.meta.dir, 'peers/scipy_analysis.py')], samples, {
  channels: samples.length,
  rate: RATE,
  rounds: ROUNDS,
})
const presets = ['clinical', 'ghostly'] as const
const rows: Row[] = []
const growth: { preset: string; ratio: number }[] = []
for (const preset of presets) {
  if (peer) checkSame(recording, preset, peer)
  const { median, least } = measure(recording, preset)
  const theirs = peer?.[preset].ms ?? null
  const name = `${preset}, ${CHANNELS} channels of ${SECONDS} s at ${RATE} Hz`
  rows.push({ name, ours: median, peer: theirs, ratio: theirs === null ? null : theirs / median, unit: 'ms' })
  growth.push({ preset, ratio: measure(long, preset, 7).least / least })
}

if (process.argv.includes('--json')) console.log(JSON.stringify(rows))
else {
  console.table(
    rows.map(({ name, ours, peer: theirs, ratio }) => ({
      analysis: name,
      'ours ms': ours.toFixed(1),
      'scipy ms': theirs?.toFixed(1) ?? 'not there',
      'scipy / ours': ratio?.toFixed(1) ?? '',
    })),
  )
  for (const { preset, ratio } of growth) {
    console.log(`${preset}: ten times the length takes ${ratio.toFixed(1)} times as long.`)
  }
}
if (peer && !process.argv.includes('--json')) console.log(`The peer is ${peer.versions}.`)
if (!peer) console.error('SKIPPED: the peer, since there is no python3 with scipy.')
