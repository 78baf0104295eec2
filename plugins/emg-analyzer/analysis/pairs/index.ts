/** Pairs of channels: left and right of one muscle, and muscles of one side that work against each other. */
import type { Assigned } from '../channels/assign.ts'
import type { PairedSignals } from '../conditioning/signals.ts'
import type { ChannelAnalysis, Pair } from '../schema.ts'
import { falconerWinter, rudolph } from './co-contraction.ts'
import { ghostlySymmetry, type Index, limbSymmetryIndex, robinsonIndex, symmetryAngle } from './symmetry.ts'

/** A channel with what its pair needs of its signal. */
export interface PairedChannel {
  readonly analysis: ChannelAnalysis
  /** Null where nothing can be computed, and where the channel works against none. */
  readonly signals: PairedSignals | null
  readonly volts: number | null
}

/** Muscles that work against each other, by joint. @see Winter (2009), Biomechanics and Motor Control of Human Movement */
const ANTAGONISTS: ReadonlyArray<readonly [string, string]> = [
  ['quadriceps', 'hamstrings'],
  ['rectus femoris', 'biceps femoris'],
  ['rectus femoris', 'semitendinosus'],
  ['vastus lateralis', 'biceps femoris'],
  ['vastus medialis', 'semitendinosus'],
  ['tibialis anterior', 'gastrocnemius medialis'],
  ['tibialis anterior', 'gastrocnemius lateralis'],
  ['tibialis anterior', 'gastrocnemius'],
  ['tibialis anterior', 'soleus'],
  ['biceps brachii', 'triceps brachii'],
  ['flexor carpi radialis', 'extensor carpi radialis'],
]

/** A measured MVC, not one that this recording's own contractions or a default stand in for. */
const hasMeasuredMvc = ({ mvc }: ChannelAnalysis): boolean =>
  mvc !== null &&
  mvc.value !== null &&
  mvc.value > 0 &&
  mvc.source !== 'calculated' &&
  mvc.source !== 'default'

/** RMS in V of the contractions; of the recording only by parameters that give no other: rest is no contraction. */
function amplitudeOf({ analysis: { metrics }, volts }: PairedChannel, side: string): Index {
  const figure = metrics.activeRms ?? metrics.rms
  if (figure === undefined) return { value: null, reason: 'the parameters ask for no RMS' }
  if (figure.value === null)
    return { value: null, reason: `the ${side} side has no amplitude: ${figure.reason}` }
  if (volts === null) return { value: null, reason: `the unit of the ${side} side is not known in volts` }
  return { value: figure.value * volts }
}

/** Muscle and side of a channel. */
type Anatomy = Pick<Assigned, 'muscle' | 'side'>

/** The first channel of each muscle on a side; further ones of the same are told apart by no name. */
function bySide<T>(
  channels: readonly T[],
  wanted: 'left' | 'right',
  anatomyOf: (channel: T) => Anatomy,
): Map<string, T> {
  const found = new Map<string, T>()
  for (const channel of channels) {
    const { muscle, side } = anatomyOf(channel)
    if (muscle !== null && side === wanted && !found.has(muscle)) found.set(muscle, channel)
  }
  return found
}

/** Channels whose muscles work against each other, on one side. */
export function antagonistsIn<T>(
  channels: readonly T[],
  anatomyOf: (channel: T) => Anatomy,
): Array<{ readonly side: 'left' | 'right'; readonly both: readonly [T, T] }> {
  return (['left', 'right'] as const).flatMap((side) => {
    const found = bySide(channels, side, anatomyOf)
    return ANTAGONISTS.flatMap(([a, b]) => {
      const [first, second] = [found.get(a), found.get(b)]
      return first && second ? [{ side, both: [first, second] as const }] : []
    })
  })
}

const analysisOf = ({ analysis }: PairedChannel): ChannelAnalysis => analysis

/** An index of two amplitudes, or why one of them is missing. */
function orMissing(left: Index, right: Index, index: (left: number, right: number) => Index): Index {
  if (left.value === null) return left
  return right.value === null ? right : index(left.value, right.value)
}

function symmetryOf(
  muscle: string,
  left: PairedChannel,
  right: PairedChannel,
  affected: 'left' | 'right' | null,
): Pair {
  const measured = hasMeasuredMvc(left.analysis) && hasMeasuredMvc(right.analysis)
  const shareOf = (channel: PairedChannel, side: string): Index => {
    const amplitude = amplitudeOf(channel, side)
    if (amplitude.value === null || !measured) return amplitude
    return { value: (100 * amplitude.value) / (channel.analysis.mvc?.value as number) }
  }
  const [a, b] = [shareOf(left, 'left'), shareOf(right, 'right')]
  return {
    kind: 'symmetry',
    muscle,
    left: left.analysis.index,
    right: right.analysis.index,
    of: measured ? 'mvc-percent' : 'amplitude',
    leftValue: a.value,
    rightValue: b.value,
    robinsonIndex: orMissing(a, b, robinsonIndex),
    limbSymmetryIndex: orMissing(a, b, (l, r) => limbSymmetryIndex(l, r, affected)),
    symmetryAngle: orMissing(a, b, symmetryAngle),
    ghostlySymmetry: orMissing(a, b, ghostlySymmetry),
  }
}

function largest(values: Float64Array): number {
  let most = 0
  for (let i = 0; i < values.length; i++) if ((values[i] as number) > most) most = values[i] as number
  return most
}

const indexOf = (value: number | null, reason: string): Index =>
  value === null ? { value, reason } : { value }

function coContractionOf(first: PairedChannel, second: PairedChannel, side: 'left' | 'right'): Pair {
  const measured = hasMeasuredMvc(first.analysis) && hasMeasuredMvc(second.analysis)
  const scaleOf = ({ analysis, signals, volts }: PairedChannel): number =>
    measured
      ? (analysis.mvc?.value as number) / (volts ?? Number.NaN)
      : largest(signals?.envelope ?? new Float64Array(0))
  const common = {
    kind: 'co-contraction' as const,
    muscles: [first.analysis.muscle ?? '', second.analysis.muscle ?? ''] as [string, string],
    side,
    channels: [first.analysis.index, second.analysis.index] as [number, number],
    normalisation: measured ? ('mvc' as const) : ('peak' as const),
  }
  const [a, b] = [first.signals, second.signals]
  const [scaleA, scaleB] = [scaleOf(first), scaleOf(second)]
  const reason =
    !a || !b
      ? 'one of the channels has no envelope'
      : a.rate !== b.rate
        ? 'the channels have different sampling rates'
        : !(scaleA > 0 && scaleB > 0)
          ? 'one of the channels has no amplitude to divide by'
          : null
  if (reason !== null || !a || !b) {
    const missing = { value: null, reason: reason ?? '' }
    return { ...common, falconerWinter: missing, rudolph: missing }
  }
  const envelopes = { a: a.envelope, b: b.envelope, scaleA, scaleB, masks: [a.gaps.mask, b.gaps.mask] }
  return {
    ...common,
    falconerWinter: indexOf(falconerWinter(envelopes), 'neither muscle is active'),
    rudolph: indexOf(rudolph(envelopes), 'no sample is free of gaps in both'),
  }
}

/**
 * Left and right of every muscle that is there on both sides.
 *
 * @param affected which side is, where that is known
 */
export function symmetriesOf(channels: readonly PairedChannel[], affected: 'left' | 'right' | null): Pair[] {
  const rights = bySide(channels, 'right', analysisOf)
  return [...bySide(channels, 'left', analysisOf)].flatMap(([muscle, left]) => {
    const right = rights.get(muscle)
    return right ? [symmetryOf(muscle, left, right, affected)] : []
  })
}

/** Muscles of one side that work against each other. */
export const coContractionsOf = (channels: readonly PairedChannel[]): Pair[] =>
  antagonistsIn(channels, analysisOf).map(({ side, both: [first, second] }) =>
    coContractionOf(first, second, side),
  )
