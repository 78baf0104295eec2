/** The part of a canvas that a pane is drawn in, from times and values to pixels. */
import type { PlotRange } from './contract.ts'
import type { Heights } from './heights.ts'
import type { Palette } from './palette.ts'
import { spanOf } from './range.ts'

/** Lengths are pixels of the canvas. */
export interface Frame {
  readonly ctx: CanvasRenderingContext2D
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** Pixels of the canvas in one of CSS. */
  readonly ratio: number
  readonly range: PlotRange
  readonly heights: Heights
  readonly palette: Palette
}

export const xOf = ({ left, width, range }: Frame, ms: number): number =>
  left + ((ms - range.fromMs) / spanOf(range)) * width

export const yOf = ({ top, height, heights: [least, most] }: Frame, value: number): number =>
  top + ((most - value) / (most - least)) * height

/** A stretch of time, cut at the edges; undefined where it is out of sight. */
export function stretchX(
  frame: Frame,
  fromMs: number,
  toMs: number,
): { readonly x: number; readonly w: number } | undefined {
  const x = Math.max(frame.left, xOf(frame, fromMs))
  const end = Math.min(frame.left + frame.width, xOf(frame, toMs))
  return end < frame.left || x > frame.left + frame.width
    ? undefined
    : { x, w: Math.max(frame.ratio, end - x) }
}

/** Draws within the plot, or within a rectangle around it. */
export function clipped(frame: Frame, above: number, draw: () => void): void {
  const { ctx, left, top, width, height } = frame
  ctx.save()
  ctx.beginPath()
  ctx.rect(left, top - above, width, height + above)
  ctx.clip()
  draw()
  ctx.restore()
}

export const fontOf = ({ palette, ratio }: Frame, size: number, weight = 400): string =>
  `${weight} ${size * ratio}px ${palette.family}`

/** Text that stands out from whatever is behind it. */
export function haloText(frame: Frame, text: string, x: number, y: number, colour: string): void {
  const { ctx, ratio, palette } = frame
  ctx.lineJoin = 'round'
  ctx.lineWidth = 4 * ratio
  ctx.strokeStyle = palette.surface
  ctx.strokeText(text, x, y)
  ctx.fillStyle = colour
  ctx.fillText(text, x, y)
}
