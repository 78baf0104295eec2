/** What came of a contraction, as far as it is known: told apart by shape, by pattern and by colour. */
import type { PlotContraction } from './contract.ts'

/** In the order of the legend. */
export const VERDICTS = [
  'both',
  'strong',
  'long',
  'tooShort',
  'tooWeak',
  'neither',
  'weak',
  'short',
  'unknown',
] as const

/**
 * - `both`: reaches the target of the MVC and that of the duration
 * - `strong`, `long`: reaches the one that is known
 * - `tooShort`: strong enough, not long enough; `tooWeak`: long enough, not strong enough
 * - `neither`: reaches none of both
 * - `weak`, `short`: misses the one that is known
 * - `unknown`: neither of them is known
 */
export type Verdict = (typeof VERDICTS)[number]

/** Of MVC, then of duration. */
const OF_BOTH: Readonly<Record<string, Verdict>> = {
  'true true': 'both',
  'true null': 'strong',
  'null true': 'long',
  'true false': 'tooShort',
  'false true': 'tooWeak',
  'false false': 'neither',
  'false null': 'weak',
  'null false': 'short',
}

export const verdictOf = ({
  meetsMvc,
  meetsDuration,
}: Pick<PlotContraction, 'meetsMvc' | 'meetsDuration'>): Verdict =>
  OF_BOTH[`${meetsMvc} ${meetsDuration}`] ?? 'unknown'

/** Colours: reached, one of two missed, missed, not known. */
export type Tone = 'good' | 'missed' | 'neither' | 'unknown'

/** Patterns of its strip. */
export type Pattern = 'plain' | 'rising' | 'falling' | 'crossed' | 'dotted'

/** Shapes in its strip: a tick; what is reached, as a triangle for strength or a bar for length; a cross; a question. */
export type Glyph = 'tick' | 'triangle' | 'bar' | 'cross' | 'question'

interface Look {
  readonly tone: Tone
  readonly pattern: Pattern
  readonly glyph: Glyph
}

export const LOOKS: Readonly<Record<Verdict, Look>> = {
  both: { tone: 'good', pattern: 'plain', glyph: 'tick' },
  strong: { tone: 'good', pattern: 'dotted', glyph: 'triangle' },
  long: { tone: 'good', pattern: 'dotted', glyph: 'bar' },
  tooShort: { tone: 'missed', pattern: 'rising', glyph: 'triangle' },
  tooWeak: { tone: 'missed', pattern: 'falling', glyph: 'bar' },
  neither: { tone: 'neither', pattern: 'crossed', glyph: 'cross' },
  weak: { tone: 'neither', pattern: 'crossed', glyph: 'cross' },
  short: { tone: 'neither', pattern: 'crossed', glyph: 'cross' },
  unknown: { tone: 'unknown', pattern: 'dotted', glyph: 'question' },
}

/** Those that occur, each once, in the order of the legend. */
export const verdictsOf = (contractions: readonly PlotContraction[]): Verdict[] => {
  const found = new Set(contractions.map(verdictOf))
  return VERDICTS.filter((each) => found.has(each))
}
