/** The samples of an analysed channel, and what the analysis made of them. */
import type { Recording, RecordingChannel } from '../c3d-reader/index.ts'
import { type AnalysisPlan, conditionStepwise, prepareChannel } from '../emg-analyzer/index.ts'

/** Samples `start` to `end`, exclusive, that hold no signal. */
export interface GapRun {
  readonly start: number
  readonly end: number
}

/** One channel over time, in its unit. */
export interface ChannelSignals {
  /** Place in the file, from 0. */
  readonly index: number
  /** Samples per second, as the analysis used it. */
  readonly rate: number
  /** As the file has it. */
  readonly raw: Float64Array
  /** Band-passed, and without the power line where the parameters say so; null where nothing can be computed. */
  readonly filtered: Float64Array | null
  /** Linear envelope. */
  readonly envelope: Float64Array | null
  /** Stretches that the analysis leaves out. What is computed there means nothing. */
  readonly gaps: readonly GapRun[]
}

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

function runsOf(mask: Uint8Array | null): GapRun[] {
  const runs: GapRun[] = []
  if (!mask) return runs
  for (let start = mask.indexOf(1); start >= 0; ) {
    const next = mask.indexOf(0, start)
    const end = next < 0 ? mask.length : next
    runs.push({ start, end })
    start = mask.indexOf(1, end)
  }
  return runs
}

/** What was computed across a gap is no figure of anything. */
function withoutGaps(x: Float64Array, runs: readonly GapRun[]): Float64Array {
  const kept = runs.length > 0 ? x.slice() : x
  for (const { start, end } of runs) kept.fill(Number.NaN, start, end)
  return kept
}

async function signalsOf(channel: RecordingChannel, { parameters }: AnalysisPlan): Promise<ChannelSignals> {
  const { raw, rate, gaps, obstacle } = prepareChannel(channel, parameters)
  const head = { index: channel.index, rate, raw }
  if (obstacle !== null) {
    return { ...head, filtered: null, envelope: null, gaps: parameters.gaps.mask ? runsOf(gaps.mask) : [] }
  }
  const steps = conditionStepwise(raw, gaps, rate, parameters)
  for (;;) {
    await breathe()
    const { done, value } = steps.next()
    if (!done) continue
    const runs = runsOf(value.gaps.mask)
    return {
      ...head,
      filtered: withoutGaps(value.clean, runs),
      envelope: withoutGaps(value.envelope, runs),
      gaps: runs,
    }
  }
}

/**
 * The signals of some channels by the steps of the analysis, one after the other, so that others get their turn. In gaps,
 * what is computed is NaN; what was recorded stays.
 *
 * @param indices places of the channels in the file
 */
export async function* readSignals(
  recording: Recording,
  indices: readonly number[],
  plan: AnalysisPlan,
): AsyncGenerator<ChannelSignals> {
  for (const index of indices) {
    const channel = recording.channels[index]
    if (!channel) throw new RangeError(`the recording has no channel ${index}`)
    yield await signalsOf(channel, plan)
  }
}
