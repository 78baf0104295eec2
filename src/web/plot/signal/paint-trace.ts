/** Draws a signal: filled between its extremes where many samples share a pixel, as a line where they stand apart. */
import { type Columns, emptyColumns, fillColumns, isSparse, windowsOf } from './columns.ts'
import type { Stretch } from './cover.ts'
import { type Frame, xOf, yOf } from './frame.ts'

/** Samples that stand so far apart, in CSS pixels, are marked as points. */
const POINTS_FROM = 7

/** Thickness of a line in CSS pixels. */
const LINE = 1.4

/**
 * A rectangle for each column, long enough to touch the one before it. One path around all of them would look the same,
 * and takes forty times as long to fill where the signal is dense.
 */
function fillRects(frame: Frame, { low, high }: Columns, column: number): void {
  const { ctx, left, ratio } = frame
  const least = LINE * ratio
  // Where pixels are smaller than those of CSS, steep slopes would be thinner than flat ones.
  const wide = Math.max(column, ratio)
  // Nothing to touch: neither limits what follows.
  let topBefore = Number.NEGATIVE_INFINITY
  let bottomBefore = Number.POSITIVE_INFINITY
  for (let c = 0; c < low.length; c++) {
    if (Number.isNaN(low[c] as number)) {
      topBefore = Number.NEGATIVE_INFINITY
      bottomBefore = Number.POSITIVE_INFINITY
      continue
    }
    const top = yOf(frame, high[c] as number)
    const bottom = yOf(frame, low[c] as number)
    const from = Math.min(top, bottomBefore)
    const to = Math.max(bottom, topBefore)
    // As thick as a line at least, so that what hardly moves is seen too.
    const thin = Math.max(0, least - (to - from)) / 2
    ctx.fillRect(left + c * column, from - thin, wide, to - from + 2 * thin)
    topBefore = top
    bottomBefore = bottom
  }
}

function strokeSamples(frame: Frame, stretch: Stretch): void {
  const { ctx, ratio } = frame
  const { piece } = stretch
  const [first, end] = windowsOf(stretch)
  // One sample further on either side, so that the line goes on to the edge.
  const from = Math.max(0, first - 1)
  const to = Math.min(piece.low.length, end + 1)
  const apart = Math.abs(xOf(frame, piece.stepMs) - xOf(frame, 0))
  const points = new Path2D()
  ctx.beginPath()
  let isDown = false
  for (let k = from; k < to; k++) {
    const value = piece.low[k] as number
    if (Number.isNaN(value)) {
      isDown = false
      continue
    }
    const x = xOf(frame, piece.startMs + k * piece.stepMs)
    const y = yOf(frame, value)
    if (isDown) ctx.lineTo(x, y)
    else ctx.moveTo(x, y)
    isDown = true
    if (apart >= POINTS_FROM * ratio) {
      const size = 3 * ratio
      points.rect(x - size / 2, y - size / 2, size, size)
    }
  }
  ctx.lineWidth = LINE * ratio
  ctx.lineJoin = 'bevel'
  ctx.stroke()
  ctx.fill(points)
}

/**
 * Draws the stretches of a channel.
 *
 * @param alpha under 1 where signals lie over one another
 */
export function paintTrace(frame: Frame, stretches: readonly Stretch[], colour: string, alpha: number): void {
  const { ctx, width, range } = frame
  // Columns are pixels of the canvas: between them, edges would be blurred twice.
  const count = Math.max(1, Math.round(width))
  ctx.globalAlpha = alpha
  ctx.fillStyle = colour
  ctx.strokeStyle = colour
  const dense = stretches.filter((each) => !isSparse(each, range, count))
  if (dense.length > 0) {
    const columns = emptyColumns(count)
    for (const each of dense) fillColumns(columns, each, range)
    fillRects(frame, columns, width / count)
  }
  for (const each of stretches) if (isSparse(each, range, count)) strokeSamples(frame, each)
  ctx.globalAlpha = 1
}
