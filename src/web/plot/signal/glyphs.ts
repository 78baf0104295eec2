/** Shapes that say what came of a contraction, in the strip and in the legend. */
import type { Glyph } from './verdict.ts'

interface Ink {
  readonly ink: string
  /** Of the disc behind the shape. */
  readonly ground: string
}

type Point = readonly [number, number]

/** Lines within a square of 1, around its middle. */
const LINES: Readonly<Record<Exclude<Glyph, 'question'> | 'pencil', readonly (readonly Point[])[]>> = {
  tick: [
    [
      [-0.3, 0.02],
      [-0.08, 0.25],
      [0.32, -0.25],
    ],
  ],
  triangle: [
    [
      [-0.28, 0.2],
      [0, -0.28],
      [0.28, 0.2],
      [-0.28, 0.2],
    ],
  ],
  bar: [
    [
      [-0.32, 0],
      [0.32, 0],
    ],
    [
      [-0.32, -0.18],
      [-0.32, 0.18],
    ],
    [
      [0.32, -0.18],
      [0.32, 0.18],
    ],
  ],
  cross: [
    [
      [-0.25, -0.25],
      [0.25, 0.25],
    ],
    [
      [-0.25, 0.25],
      [0.25, -0.25],
    ],
  ],
  pencil: [
    [
      [-0.3, 0.3],
      [-0.22, 0.08],
      [0.18, -0.32],
      [0.32, -0.18],
      [-0.08, 0.22],
      [-0.3, 0.3],
    ],
  ],
}

/** @param size of the square around the shape */
export function paintGlyph(
  ctx: CanvasRenderingContext2D,
  glyph: Glyph | 'pencil',
  { x, y }: { readonly x: number; readonly y: number },
  size: number,
  { ink, ground }: Ink,
): void {
  ctx.fillStyle = ground
  ctx.beginPath()
  ctx.arc(x, y, size * 0.58, 0, 2 * Math.PI)
  ctx.fill()
  ctx.strokeStyle = ink
  ctx.fillStyle = ink
  if (glyph === 'question') {
    ctx.font = `700 ${size}px sans-serif`
    ctx.textAlign = 'center'
    ctx.textBaseline = 'middle'
    ctx.fillText('?', x, y + size * 0.06)
    return
  }
  ctx.lineWidth = size * 0.14
  ctx.lineJoin = 'round'
  ctx.lineCap = 'round'
  ctx.beginPath()
  for (const line of LINES[glyph])
    for (const [i, [dx, dy]] of line.entries()) {
      if (i === 0) ctx.moveTo(x + dx * size, y + dy * size)
      else ctx.lineTo(x + dx * size, y + dy * size)
    }
  ctx.stroke()
  ctx.lineCap = 'butt'
}
