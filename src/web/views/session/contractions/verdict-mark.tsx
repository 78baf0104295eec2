/** What a contraction came to, as a shape and a word: the shapes are those of the plot. */
import { type Glyph, LOOKS, type Verdict } from '../../../plot/signal/verdict.ts'
import { words } from './words.ts'

const PATHS: Readonly<Record<Glyph, string>> = {
  tick: 'M4.5 8.3l2.3 2.4 4.7-5.2',
  triangle: 'M8 4.2 11.6 11H4.4z',
  bar: 'M4 8h8M4 5.8v4.4M12 5.8v4.4',
  cross: 'M5 5l6 6M11 5l-6 6',
  question: 'M6.3 6.4a1.8 1.8 0 1 1 2.3 1.8L8 9M8 11.4v.1',
}

/** Short, for a table; the legend of the plot says them at length. */
export function verdictWord(verdict: Verdict): string {
  const t = words()
  const all: Readonly<Record<Verdict, string>> = {
    both: t.both,
    strong: t.onlyStrong,
    long: t.onlyLong,
    tooShort: t.tooShort,
    tooWeak: t.tooWeak,
    neither: t.neither,
    weak: t.tooWeak,
    short: t.tooShort,
    unknown: t.unknown,
  }
  return all[verdict]
}

export function VerdictMark({ verdict }: { readonly verdict: Verdict }) {
  const { tone, glyph } = LOOKS[verdict]
  return (
    <span class={`session-verdict ${tone}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <circle cx="8" cy="8" r="7" />
        <path d={PATHS[glyph]} />
      </svg>
      {verdictWord(verdict)}
    </span>
  )
}
