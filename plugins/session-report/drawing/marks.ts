/** Patterns and shapes that tell verdicts apart without colour; the definitions stand once in a page. */
import { type Markup, markup } from '../markup.ts'

/** What came of a contraction. */
export type Outcome = 'good' | 'missed' | 'unjudged'

/** By attributes: rules of a style may not reach what is used elsewhere. Colours are of Okabe & Ito (2008), which the colour-blind tell apart. */
export const DEFINITIONS: Markup = markup`<svg class="definitions" width="0" height="0" aria-hidden="true"><defs>
<pattern id="p-good" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#0072b2" fill-opacity="0.26"/></pattern>
<pattern id="p-missed" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#d55e00" fill-opacity="0.2"/><path d="M0 6L6 0M-1.5 1.5L1.5 -1.5M4.5 7.5L7.5 4.5" fill="none" stroke="#d55e00" stroke-width="1"/></pattern>
<pattern id="p-unjudged" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#777" fill-opacity="0.2"/><circle cx="3" cy="3" r="0.9" fill="#555"/></pattern>
<pattern id="p-gap" width="5" height="5" patternUnits="userSpaceOnUse"><rect width="5" height="5" fill="#fff" fill-opacity="0.85"/><path d="M0 0L5 5M5 0L0 5" fill="none" stroke="#777" stroke-width="0.6"/></pattern>
<symbol id="s-good" viewBox="0 0 12 12"><circle cx="6" cy="6" r="5.5" fill="#0072b2"/><path d="M3.2 6.3L5.3 8.4L9 4" fill="none" stroke="#fff" stroke-width="1.6"/></symbol>
<symbol id="s-usable" viewBox="0 0 12 12"><path d="M6 0.5L11.7 11.2H0.3z" fill="#f0c030" stroke="#7a6000" stroke-width="0.6"/><path d="M6 4V7.4M6 9V10" fill="none" stroke="#111" stroke-width="1.6"/></symbol>
<symbol id="s-poor" viewBox="0 0 12 12"><rect x="0.5" y="0.5" width="11" height="11" fill="#d55e00"/><path d="M3.2 3.2L8.8 8.8M8.8 3.2L3.2 8.8" fill="none" stroke="#fff" stroke-width="1.6"/></symbol>
<symbol id="s-missed" viewBox="0 0 12 12"><path d="M1.5 1.5L10.5 10.5M10.5 1.5L1.5 10.5" fill="none" stroke="#b34700" stroke-width="2.6"/></symbol>
<symbol id="s-unknown" viewBox="0 0 12 12"><path d="M6 0.8L11.2 6L6 11.2L0.8 6z" fill="#fff" stroke="#555" stroke-width="1.4"/></symbol>
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
