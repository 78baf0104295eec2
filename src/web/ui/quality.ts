/** How good the signals of a session are as a whole: as good as the worst of its channels. Pure. */
import type { Verdict } from './badge.tsx'

/** Channels by verdict. */
export interface QualityCounts {
  readonly good: number
  readonly usable: number
  readonly poor: number
}

/** `unknown` where there is no channel to judge. */
export const worstOf = ({ good, usable, poor }: QualityCounts): Verdict =>
  poor > 0 ? 'poor' : usable > 0 ? 'usable' : good > 0 ? 'good' : 'unknown'
