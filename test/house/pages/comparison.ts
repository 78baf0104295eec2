/** How the detectors do on synthesised EMG whose contractions are known, as a table. */
import { synthesiseEmg } from '../../../plugins/c3d-reader/samples/index.ts'
import { analyze, planOf, registry } from '../../support/analysis.ts'
import { table } from './blocks.ts'
import { recordingOf } from './recording.ts'

const RATE = 1000
const REST_RMS = 5e-6
const SEEDS = 8
/** An onset this near counts as found, and one this near as late or early. */
const HIT_MS = 50
const NEAR_MS = 200

const RATIOS_DB = [30, 20, 15, 10] as const

/** Twelve contractions of 1 to 2.5 s, at uneven distances. */
const BURSTS = Array.from({ length: 12 }, (_, i) => ({
  startMs: 1000 + i * 4000 + ((i * 737) % 900),
  endMs: 2900 + i * 4000 + ((i * 311) % 700),
}))

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] as number

/** F1 of onsets within 50 ms, and how late they are. */
function cellOf(method: string, ratioDb: number): string {
  const late: number[] = []
  let hits = 0
  let found = 0
  for (let seed = 1; seed <= SEEDS; seed++) {
    const bursts = BURSTS.map((burst) => ({ ...burst, rms: REST_RMS * 10 ** (ratioDb / 20) }))
    const spec = { seed, rate: RATE, durationS: 50, baselineRms: REST_RMS, bursts }
    const recording = recordingOf(synthesiseEmg(spec).samples, RATE)
    const plan = planOf('clinical', { detection: { method } })
    const contractions = analyze(recording, plan).channels[0]?.contractions ?? []
    found += contractions.length
    for (const { startMs } of BURSTS) {
      const [nearest] = contractions
        .map((each) => each.startMs - startMs)
        .sort((a, b) => Math.abs(a) - Math.abs(b))
      if (nearest === undefined || Math.abs(nearest) > NEAR_MS) continue
      late.push(nearest)
      if (Math.abs(nearest) <= HIT_MS) hits++
    }
  }
  const f1 = (2 * hits) / (found + SEEDS * BURSTS.length)
  if (late.length === 0) return `${f1.toFixed(2)}`
  const shift = Math.round(median(late))
  return `${f1.toFixed(2)}, ${Math.abs(shift)} ms${shift === 0 ? '' : shift > 0 ? ' late' : ' early'}`
}

/** Every detector with its defaults, by signal to noise ratio. */
export const comparisonTable = (): string =>
  table(
    ['detector', ...RATIOS_DB.map((ratio) => `${ratio} dB`)],
    registry.detectors.list().map(({ id }) => [`\`${id}\``, ...RATIOS_DB.map((ratio) => cellOf(id, ratio))]),
  )
