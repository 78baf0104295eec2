/** What of a channel is drawn: the extremes of its raw signal and of its envelope, column by column, and its faults. */
import type { RecordingChannel } from '../../c3d-reader/index.ts'
import { type AnalysisPlan, clippedAt, conditionStepwise, prepareChannel } from '../../emg-analyzer/index.ts'
import {
  type Extremes,
  extremesOf,
  type MissingRun,
  mergeRuns,
  missingRuns,
} from '../../signal-views/index.ts'

/** Columns of a channel that are clipped. */
export interface ClippedColumns {
  readonly upper: readonly number[]
  readonly lower: readonly number[]
}

/** One channel, ready to be drawn. Values are in its unit. */
export interface ChannelPicture {
  readonly durationS: number
  /** Samples per second. */
  readonly rate: number
  /** Samples in a column, but for the last one. */
  readonly columnSamples: number
  readonly raw: Extremes
  /** Null where the channel cannot be filtered. */
  readonly envelope: Extremes | null
  /** Stretches without a signal, those put together that less than a column lies between. */
  readonly gaps: readonly MissingRun[]
  readonly clipped: ClippedColumns
}

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

type Prepared = ReturnType<typeof prepareChannel>

function clippedColumns({ raw, gaps }: Prepared, length: number): ClippedColumns {
  const { upper, lower } = clippedAt(raw, gaps)
  const above = new Set<number>()
  const below = new Set<number>()
  if (upper === null && lower === null) return { upper: [], lower: [] }
  for (let i = 0; i < raw.length; i++) {
    if (gaps.mask?.[i]) continue
    const value = raw[i] as number
    if (upper !== null && value >= upper) above.add(Math.floor(i / length))
    if (lower !== null && value <= lower) below.add(Math.floor(i / length))
  }
  return { upper: [...above], lower: [...below] }
}

const nonFiniteMask = (x: Float64Array): Uint8Array =>
  Uint8Array.from(x, (each) => (Number.isFinite(each) ? 0 : 1))

async function envelopeOf(
  { raw, gaps, rate, obstacle }: Prepared,
  length: number,
  { parameters }: AnalysisPlan,
): Promise<Extremes | null> {
  if (obstacle !== null) return null
  const steps = conditionStepwise(raw, gaps, rate, parameters)
  for (;;) {
    // Others get their turn between two steps.
    await breathe()
    const { done, value } = steps.next()
    if (!done) continue
    return extremesOf(value.envelope, value.gaps.mask, { start: 0, end: raw.length }, length)
  }
}

/**
 * Draws a channel by the steps of the analysis.
 *
 * @param columns most columns that there are to be
 */
export async function pictureOf(
  channel: RecordingChannel,
  plan: AnalysisPlan,
  columns: number,
): Promise<ChannelPicture> {
  const prepared = prepareChannel(channel, plan.parameters)
  const { raw, rate, gaps } = prepared
  const columnSamples = Math.max(1, Math.ceil(raw.length / columns))
  // What the analysis leaves out would set the scale: a dropout may stand at a rail.
  const mask = plan.parameters.gaps.mask ? gaps.mask : gaps.nonFinite > 0 ? nonFiniteMask(raw) : null
  return {
    durationS: raw.length / rate,
    rate,
    columnSamples,
    raw: extremesOf(raw, mask, { start: 0, end: raw.length }, columnSamples),
    envelope: await envelopeOf(prepared, columnSamples, plan),
    gaps: mergeRuns(missingRuns(raw, gaps.mask), columnSamples),
    clipped: clippedColumns(prepared, columnSamples),
  }
}
