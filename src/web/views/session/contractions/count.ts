/** How many contractions of a channel were made, reached their targets, or could not be judged. */
import type { AnalysedChannel } from '../../../api/shapes.ts'

export interface Totals {
  /** All that were found or set by hand; null where none could be found: that is no muscle at rest. */
  readonly all: number | null
  /** Those that reached what is known of their targets; null where none could be judged. */
  readonly reached: number | null
  readonly strong: number | null
  readonly long: number | null
  /** Those that were not held against the MVC. */
  readonly unheld: number
  readonly unjudged: number
  /** As many as are asked for; null: no number is. */
  readonly asked: number | null
}

/**
 * Whether contractions could be looked for: not in a channel that cannot be filtered, or has no rest to stand out from.
 * Somebody may have marked some all the same.
 */
export const isCounted = ({
  thresholds,
  contractions,
}: Pick<AnalysedChannel, 'thresholds' | 'contractions'>): boolean =>
  thresholds !== null || contractions.length > 0

/** Why contractions could not be looked for, as the server says it; null where there was no rest. */
export function whyUncounted({ metrics }: Pick<AnalysedChannel, 'metrics'>): string | null {
  const rms = metrics.rms ?? metrics.activeRms
  return rms && 'reason' in rms ? rms.reason : null
}

/** Null where nothing is known: 0 of nothing is no 0. */
function countOf(verdicts: readonly (boolean | null)[]): number | null {
  const known = verdicts.filter((each) => each !== null)
  return known.length === 0 ? null : known.filter(Boolean).length
}

export const totalsOf = ({
  contractions,
  thresholds,
  target,
}: Pick<AnalysedChannel, 'contractions' | 'thresholds' | 'target'>): Totals => ({
  all: isCounted({ thresholds, contractions }) ? contractions.length : null,
  reached: countOf(contractions.map(({ isGood }) => isGood)),
  strong: countOf(contractions.map(({ meetsMvc }) => meetsMvc)),
  long: countOf(contractions.map(({ meetsDuration }) => meetsDuration)),
  unheld: contractions.filter(({ meetsMvc }) => meetsMvc === null).length,
  unjudged: contractions.filter(({ isGood }) => isGood === null).length,
  asked: target.contractions,
})
