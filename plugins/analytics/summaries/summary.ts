/** What sessions are compared by, of one analysis: a hundredth of its size. Pure. */
import type { ChannelAnalysis, FullAnalysis, RecordingAnalysis } from '../../emg-analyzer/index.ts'
import type { MvcResolution, MvcSource } from '../../mvc-cascade/index.ts'

/** Changes whenever the same analysis would be summarised otherwise. */
export const SUMMARY_VERSION = '1'

/** A contraction, as short as it can be. */
export interface BriefContraction {
  readonly durationMs: number
  /** What is held against the MVC, in the unit of the channel. */
  readonly mvcAmplitude: number | null
  readonly mvcPercent: number | null
  readonly meetsMvc: boolean | null
  readonly meetsDuration: boolean | null
  readonly isGood: boolean | null
}

/** A channel of a summary. */
export interface BriefChannel
  extends Pick<ChannelAnalysis, 'index' | 'name' | 'muscle' | 'side' | 'unit' | 'target' | 'bursts'> {
  /** Whether contractions could be looked for, or somebody has marked some. */
  readonly counted: boolean
  readonly contractions: readonly BriefContraction[]
  readonly mvc: {
    readonly value: number | null
    readonly source: MvcSource | null
    readonly reason: string | null
    /** What a contraction was to reach of it, in %. */
    readonly targetPercent: number
    /** What the recording itself gives, in V; null where it gives none that holds. */
    readonly metadata: number | null
    readonly calculated: number | null
  } | null
  readonly fatigue: {
    readonly valid: boolean
    readonly reason: string | null
    readonly basis: string | null
    readonly percentPerMinute: number | null
    readonly p: number | null
    readonly n: number
    readonly significant: boolean | null
  } | null
  readonly verdict: ChannelAnalysis['quality']['verdict']
}

/** Left and right of one muscle, as an analysis has them. */
type SymmetryPair = Extract<RecordingAnalysis['pairs'][number], { kind: 'symmetry' }>

/** The essence of one kept analysis. */
export interface Summary {
  /** Of the parameters: two analyses of one hash were made in the same way. */
  readonly parametersHash: string
  readonly mvcMethod: RecordingAnalysis['parameters']['mvcMethod']
  readonly plugins: RecordingAnalysis['plugins']
  readonly channels: readonly BriefChannel[]
  readonly symmetry: ReadonlyArray<Omit<SymmetryPair, 'kind'>>
}

/** A rung that was passed over for a better one would have held; any other says why it does not. */
const BETTER = / comes before it$/

function ownMvc({ value, source, passedOver }: MvcResolution, rung: MvcSource): number | null {
  if (source === rung) return value
  const passed = passedOver.find((each) => each.source === rung)
  return passed && BETTER.test(passed.reason) ? passed.value : null
}

function fatigueOf({ fatigue }: ChannelAnalysis): BriefChannel['fatigue'] {
  if (!fatigue) return null
  const slope = fatigue.slopes?.medianFrequency
  return {
    valid: fatigue.valid,
    reason: fatigue.reason ?? null,
    basis: fatigue.basis,
    percentPerMinute: slope?.percentPerMinute ?? null,
    p: slope?.p ?? null,
    n: slope?.n ?? 0,
    significant: slope?.significant ?? null,
  }
}

const channelOf = (channel: ChannelAnalysis): BriefChannel => ({
  index: channel.index,
  name: channel.name,
  muscle: channel.muscle,
  side: channel.side,
  unit: channel.unit,
  target: channel.target,
  bursts: channel.bursts,
  counted: channel.thresholds !== null || channel.contractions.length > 0,
  contractions: channel.contractions.map((each) => ({
    durationMs: each.durationMs,
    mvcAmplitude: each.mvcAmplitude,
    mvcPercent: each.mvcPercent,
    meetsMvc: each.meetsMvc,
    meetsDuration: each.meetsDuration,
    isGood: each.isGood,
  })),
  mvc: channel.mvc && {
    value: channel.mvc.value,
    source: channel.mvc.source,
    reason: channel.mvc.reason,
    targetPercent: channel.mvc.targetPercent,
    metadata: ownMvc(channel.mvc, 'recording-metadata'),
    calculated: ownMvc(channel.mvc, 'calculated'),
  },
  fatigue: fatigueOf(channel),
  verdict: channel.quality.verdict,
})

/** Summarises an analysis. The same analysis gives the same summary. */
export const summarise = ({ parameters, plugins, channels, pairs }: FullAnalysis): Summary => ({
  parametersHash: new Bun.CryptoHasher('sha256')
    .update(JSON.stringify(parameters))
    .digest('hex')
    .slice(0, 16),
  mvcMethod: parameters.mvcMethod,
  plugins,
  channels: channels.map(channelOf),
  symmetry: pairs.flatMap(({ kind, ...pair }) =>
    kind === 'symmetry' ? [pair as Omit<SymmetryPair, 'kind'>] : [],
  ),
})
