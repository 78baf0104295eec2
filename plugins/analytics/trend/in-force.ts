/** Holds a kept analysis against the MVC that is in force for its session now: records may have come since. */
import {
  type CalculatedMvc,
  type MvcResolution,
  type MvcResolver,
  voltsPer,
} from '../../mvc-cascade/index.ts'
import type { BriefChannel, BriefContraction } from '../summaries/summary.ts'

/** A channel with the MVC in force, and what its contractions are in shares of that. */
export interface ChannelInForce extends BriefChannel {
  /** Whether another MVC is in force than when it was analysed. */
  readonly isOther: boolean
}

function resolutionOf(
  { muscle, side, mvc }: BriefChannel,
  method: CalculatedMvc['method'],
  at: Date,
  { resolve }: MvcResolver,
): MvcResolution | null {
  if (!mvc) return null
  return resolve({
    muscle: muscle ?? '',
    side: side ?? 'none',
    at,
    metadata: mvc.metadata,
    calculated: mvc.calculated === null ? null : { value: mvc.calculated, method, n: 1 },
  })
}

/** Both criteria, or the one that is known. */
function both(meetsMvc: boolean | null, meetsDuration: boolean | null): boolean | null {
  if (meetsMvc === null) return meetsDuration
  return meetsDuration === null ? meetsMvc : meetsMvc && meetsDuration
}

/** As the analysis would judge it. @param mvc in the unit of the channel; null where none is known */
function rejudge(contraction: BriefContraction, mvc: number | null, percent: number): BriefContraction {
  const { mvcAmplitude, meetsDuration } = contraction
  const known = mvc !== null && mvc > 0 && mvcAmplitude !== null
  const meetsMvc = known ? mvcAmplitude >= (mvc * percent) / 100 : null
  return {
    ...contraction,
    mvcPercent: known ? (100 * mvcAmplitude) / mvc : null,
    meetsMvc,
    isGood: both(meetsMvc, meetsDuration),
  }
}

/** @param at the start of the session  @param method how the parameters calculate an MVC from the recording */
export function channelInForce(
  channel: BriefChannel,
  method: CalculatedMvc['method'],
  at: Date,
  resolver: MvcResolver,
): ChannelInForce {
  const { mvc, unit, contractions } = channel
  const now = resolutionOf(channel, method, at, resolver)
  if (!mvc || !now || (now.value === mvc.value && now.source === mvc.source)) {
    return { ...channel, isOther: false }
  }
  const volts = voltsPer(unit)
  const inUnit = now.value === null || volts === null ? null : now.value / volts
  return {
    ...channel,
    isOther: true,
    contractions: contractions.map((each) => rejudge(each, inUnit, mvc.targetPercent)),
    mvc: { ...mvc, value: now.value, source: now.source, reason: now.reason },
  }
}
