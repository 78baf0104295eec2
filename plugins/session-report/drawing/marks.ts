/** Patterns and shapes that tell verdicts apart without colour; the definitions stand once in a page. */
import { type Markup, markup } from '../markup.ts'

/** What came of a contraction. */
export type Outcome = 'good' | 'missed' | 'unjudged'

/** Patterns of stretches. Colours are of Okabe & Ito (2008), which the colour-blind tell apart. */
export const DEFINITIONS: Markup = markup`<svg class="definitions" width="0" height="0" aria-hidden="true"><defs>
<pattern id="p-good" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" class="tint good"/></pattern>
<pattern id="p-missed" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" class="tint missed"/><path d="M0 6L6 0M-1.5 1.5L1.5 -1.5M4.5 7.5L7.5 4.5" class="hatch missed"/></pattern>
<pattern id="p-unjudged" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" class="tint unjudged"/><circle cx="3" cy="3" r="0.9" class="unjudged"/></pattern>
<pattern id="p-gap" width="5" height="5" patternUnits="userSpaceOnUse"><rect width="5" height="5" class="gap-ground"/><path d="M0 0L5 5M5 0L0 5" class="gap-lines"/></pattern>
<symbol id="s-good" viewBox="0 0 12 12"><circle cx="6" cy="6" r="5.5" class="good"/><path d="M3.2 6.3L5.3 8.4L9 4" class="sign"/></symbol>
<symbol id="s-usable" viewBox="0 0 12 12"><path d="M6 0.5L11.7 11.2H0.3z" class="usable"/><path d="M6 4V7.4M6 9V10" class="sign dark"/></symbol>
<symbol id="s-poor" viewBox="0 0 12 12"><rect x="0.5" y="0.5" width="11" height="11" class="missed"/><path d="M3.2 3.2L8.8 8.8M8.8 3.2L3.2 8.8" class="sign"/></symbol>
<symbol id="s-missed" viewBox="0 0 12 12"><path d="M1.5 1.5L10.5 10.5M10.5 1.5L1.5 10.5" class="cross"/></symbol>
<symbol id="s-unknown" viewBox="0 0 12 12"><path d="M6 0.8L11.2 6L6 11.2L0.8 6z" class="open"/></symbol>
</defs></svg>
`

/** The shapes there are, by what they say. */
export type Shape = 'good' | 'usable' | 'poor' | 'missed' | 'unknown'

/** A shape in the flow of text. */
export const shape = (name: Shape): Markup =>
  markup`<svg class="shape" viewBox="0 0 12 12" aria-hidden="true"><use href="#s-${name}"/></svg>`

/** A shape within a drawing, around a place. */
export const shapeAt = (name: Shape, x: number, y: number, size = 8): Markup =>
  markup`<use href="#s-${name}" x="${x - size / 2}" y="${y - size / 2}" width="${size}" height="${size}"/>`

/** A stretch of the legend that shows a pattern. */
export const swatch = (pattern: string): Markup =>
  markup`<svg class="swatch" viewBox="0 0 24 12" aria-hidden="true"><rect width="24" height="12" fill="url(#p-${pattern})"/></svg>`

export const OUTCOME_SHAPES: Readonly<Record<Outcome, Shape>> = {
  good: 'good',
  missed: 'missed',
  unjudged: 'unknown',
}

export const outcomeOf = ({ isGood }: { readonly isGood: boolean | null }): Outcome =>
  isGood === null ? 'unjudged' : isGood ? 'good' : 'missed'
