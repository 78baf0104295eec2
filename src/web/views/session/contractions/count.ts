/** How many contractions of a channel were made, reached their targets, or could not be judged. */
import type { AnalysedChannel } from '../../../api/shapes.ts'

export interface Totals {
  /** All that were found or set by hand. */
  readonly all: number
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

/** Null where nothing is known: 0 of nothing is no 0. */
function countOf(verdicts: readonly (boolean | null)[]): number | null {
  const known = verdicts.filter((each) => each !== null)
  return known.length === 0 ? null : known.filter(Boolean).length
}

export const totalsOf = ({
  contractions,
  target,
}: Pick<AnalysedChannel, 'contractions' | 'target'>): Totals => ({
  all: contractions.length,
  reached: countOf(contractions.map(({ isGood }) => isGood)),
  strong: countOf(contractions.map(({ meetsMvc }) => meetsMvc)),
  long: countOf(contractions.map(({ meetsDuration }) => meetsDuration)),
  unheld: contractions.filter(({ meetsMvc }) => meetsMvc === null).length,
  unjudged: contractions.filter(({ isGood }) => isGood === null).length,
  asked: target.contractions,
})
