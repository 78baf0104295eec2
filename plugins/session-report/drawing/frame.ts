/** What plots share: their size, the frame, axes with round ticks. */
import type { Figures } from '../figures.ts'
import { type Content, type Markup, markup } from '../markup.ts'
import { place, type Scale } from './scale.ts'
import type { Ticks } from './ticks.ts'

/** Width of every plot in units of the drawing; a page of A4 has room for 190 mm. */
export const WIDTH = 720
/** Where the plot itself begins and ends; labels of the value axis stand before it. */
export const LEFT = 58
/** Behind it, levels are named. */
export const RIGHT = WIDTH - 82

/** One plot over time in a drawing. */
export interface Panel {
  readonly top: number
  readonly bottom: number
}

export const text = (x: number, y: number, kind: string, content: Content): Markup =>
  markup`<text x="${place(x)}" y="${place(y)}" class="${kind}">${content}</text>`

export const line = (x1: number, y1: number, x2: number, y2: number, kind: string): Markup =>
  markup`<line x1="${place(x1)}" y1="${place(y1)}" x2="${place(x2)}" y2="${place(y2)}" class="${kind}"/>`

export const frame = ({ top, bottom }: Panel): Markup =>
  markup`<rect x="${LEFT}" y="${top}" width="${RIGHT - LEFT}" height="${bottom - top}" class="frame"/>`

/** Ticks of values, with grid lines. */
export const valueAxis = ({ top, bottom }: Panel, ticks: Ticks, scale: Scale, figures: Figures): Markup =>
  markup`${ticks.values
    // Rounding may carry the first and the last out of the frame.
    .filter((value) => scale(value) >= top - 0.5 && scale(value) <= bottom + 0.5)
    .map(
      (value) =>
        markup`${line(LEFT, scale(value), RIGHT, scale(value), 'grid')}${text(LEFT - 5, scale(value) + 3, 'tick end', figures.fixed(value, ticks.decimals))}`,
    )}`

/** Ticks of seconds below a plot. */
export const timeAxis = (
  { bottom }: Panel,
  ticks: Ticks,
  scale: Scale,
  figures: Figures,
  title: string,
): Markup =>
  markup`${ticks.values.map(
    (value) =>
      markup`${line(scale(value), bottom, scale(value), bottom + 4, 'stroke')}${text(scale(value), bottom + 14, 'tick middle', figures.fixed(value, ticks.decimals))}`,
  )}${text((LEFT + RIGHT) / 2, bottom + 26, 'axis middle', title)}`

/** A whole drawing, which is told to those who cannot see it by its label. */
export const drawing = (height: number, label: string, content: Content): Markup =>
  markup`<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">
${content}
</svg>
`
