/** Draws a signal: filled between its extremes where many samples share a pixel, as a line where they stand apart. */
import { type Columns, emptyColumns, fillColumns, isSparse, windowsOf } from './columns.ts'
import type { Stretch } from './cover.ts'
import { type Frame, xOf, yOf } from './frame.ts'

/** Samples that stand so far apart, in CSS pixels, are marked as points. */
const POINTS_FROM = 7

/** Thickness of a line in CSS pixels. */
const LINE = 1.4

/** One filled path for each run of columns that have something. */
function fillRuns(frame: Frame, { low, high }: Columns, column: number): void {
  const { ctx, left, ratio } = frame
  const half = (LINE * ratio) / 2
  ctx.beginPath()
  let c = 0
  while (c < low.length) {
    while (c < low.length && Number.isNaN(low[c] as number)) c++
    const first = c
    while (c < low.length && !Number.isNaN(low[c] as number)) c++
    if (first === c) break
    // Down to half a line on either side, so that what hardly moves is seen too.
    ctx.moveTo(left + first * column, yOf(frame, high[first] as number) - half)
    for (let k = first; k < c; k++)
      ctx.lineTo(left + (k + 0.5) * column, yOf(frame, high[k] as number) - half)
    ctx.lineTo(left + c * column, yOf(frame, high[c - 1] as number) - half)
    ctx.lineTo(left + c * column, yOf(frame, low[c - 1] as number) + half)
    for (let k = c - 1; k >= first; k--)
      ctx.lineTo(left + (k + 0.5) * column, yOf(frame, low[k] as number) + half)
    ctx.lineTo(left + first * column, yOf(frame, low[first] as number) + half)
    ctx.closePath()
  }
  ctx.fill()
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
  const { ctx, width, ratio, range } = frame
  const column = ratio
  const count = Math.max(1, Math.ceil(width / column))
  ctx.globalAlpha = alpha
  ctx.fillStyle = colour
  ctx.strokeStyle = colour
  const dense = stretches.filter((each) => !isSparse(each, range, count))
  if (dense.length > 0) {
    const columns = emptyColumns(count)
    for (const each of dense) fillColumns(columns, each, range)
    fillRuns(frame, columns, width / count)
  }
  for (const each of stretches) if (isSparse(each, range, count)) strokeSamples(frame, each)
  ctx.globalAlpha = 1
}
