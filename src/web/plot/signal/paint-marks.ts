/** Draws what is known about a signal: contractions, levels, and where there is none. */
import { type Draft, within } from './bands.ts'
import type { PlotChannel, PlotContraction } from './contract.ts'
import { type Frame, fontOf, haloText, stretchX, xOf, yOf } from './frame.ts'
import { paintGlyph } from './glyphs.ts'
import type { Level } from './heights.ts'
import type { Gap } from './piece.ts'
import { LOOKS, verdictOf } from './verdict.ts'

/** Height of the strip of a channel above its plot, in CSS pixels. */
export const STRIP = 14

/** A strip has room for its shape from this width on. */
const GLYPH_ROOM = 14

/** A tint over the plot for each contraction, behind everything. */
export function paintTints(
  frame: Frame,
  contractions: readonly PlotContraction[],
  isChosen: (contraction: PlotContraction) => boolean,
): void {
  const { ctx, top, height, palette } = frame
  for (const each of within(contractions, frame.range)) {
    const place = stretchX(frame, each.startMs, each.endMs)
    if (!place) continue
    ctx.globalAlpha = isChosen(each) ? 0.3 : 0.13
    ctx.fillStyle = palette.tones[LOOKS[verdictOf(each)].tone]
    ctx.fillRect(place.x, top, place.w, height)
  }
  ctx.globalAlpha = 1
}

/** The strip of a channel: each contraction in pattern and colour of its verdict, with its shape. */
export function paintStrip(
  frame: Frame,
  channel: PlotChannel,
  row: number,
  isChosen: (contraction: PlotContraction) => boolean,
): void {
  const { ctx, ratio, palette, top, height } = frame
  const size = STRIP * ratio
  const y = top - size * (row + 1)
  for (const each of within(channel.contractions, frame.range)) {
    const place = stretchX(frame, each.startMs, each.endMs)
    if (!place) continue
    const { tone, pattern, glyph } = LOOKS[verdictOf(each)]
    const colour = palette.tones[tone]
    ctx.fillStyle = palette.pattern(ctx, pattern, colour, ratio)
    ctx.fillRect(place.x, y + ratio, place.w, size - 2 * ratio)
    if (place.w >= GLYPH_ROOM * ratio) {
      const at = { x: place.x + place.w / 2, y: y + size / 2 }
      paintGlyph(ctx, glyph, at, 10 * ratio, { ink: palette.text, ground: palette.surface })
      if (each.source === 'edited' && place.w >= 2.4 * GLYPH_ROOM * ratio)
        paintGlyph(ctx, 'pencil', { x: at.x + 15 * ratio, y: at.y }, 10 * ratio, {
          ink: palette.text,
          ground: palette.surface,
        })
    }
    if (!isChosen(each)) continue
    ctx.strokeStyle = palette.text
    ctx.lineWidth = 2 * ratio
    ctx.strokeRect(place.x, y + ratio, place.w, height + size * (row + 1) - 2 * ratio)
  }
}

/** What is held against the MVC: a bar across each contraction. */
export function paintHeld(frame: Frame, channel: PlotChannel, factor: number, colour: string): void {
  const { ctx, ratio } = frame
  ctx.strokeStyle = colour
  ctx.lineWidth = 2 * ratio
  ctx.beginPath()
  for (const each of within(channel.contractions, frame.range)) {
    if (typeof each.mvcAmplitude !== 'number') continue
    const y = yOf(frame, each.mvcAmplitude * factor)
    ctx.moveTo(xOf(frame, each.startMs), y)
    ctx.lineTo(xOf(frame, each.endMs), y)
  }
  ctx.stroke()
}

const DASHES: Readonly<Record<Level['kind'], readonly number[]>> = {
  mvc: [],
  target: [8, 4],
  detection: [2, 3],
}

/** Lines of levels with their names at the right, the largest first; one out of sight is named at the top. */
export function paintLevels(
  frame: Frame,
  levels: readonly Level[],
  name: (level: Level) => string,
  colour: string,
): void {
  const { ctx, left, width, top, height, ratio, heights } = frame
  ctx.font = fontOf(frame, 11, 600)
  ctx.textAlign = 'right'
  ctx.textBaseline = 'alphabetic'
  let free = top + 12 * ratio
  for (const level of levels) {
    const isSeen = level.value <= heights[1]
    const y = isSeen ? Math.round(yOf(frame, level.value)) + 0.5 : top
    if (isSeen) {
      ctx.setLineDash(DASHES[level.kind].map((each) => each * ratio))
      ctx.strokeStyle = colour
      ctx.lineWidth = (level.kind === 'detection' ? 1 : 1.5) * ratio
      ctx.beginPath()
      ctx.moveTo(left, y)
      ctx.lineTo(left + width, y)
      ctx.stroke()
      ctx.setLineDash([])
    }
    const at = Math.min(top + height - 3 * ratio, Math.max(free, y - 4 * ratio))
    free = at + 13 * ratio
    haloText(frame, `${isSeen ? '' : '▲ '}${name(level)}`, left + width - 6 * ratio, at, colour)
  }
}

/** Hatches stretches without samples, and names those that have room for it. */
export function paintGaps(frame: Frame, gaps: readonly Gap[], name: (gap: Gap) => string): void {
  const { ctx, top, height, ratio, palette } = frame
  ctx.font = fontOf(frame, 11)
  ctx.textAlign = 'center'
  ctx.textBaseline = 'middle'
  for (const gap of gaps) {
    const place = stretchX(frame, gap.startMs, gap.endMs)
    if (!place) continue
    ctx.fillStyle = palette.surface
    ctx.fillRect(place.x, top, place.w, height)
    ctx.fillStyle = palette.pattern(ctx, 'gap', palette.tones.unknown, ratio)
    ctx.fillRect(place.x, top, place.w, height)
    const text = name(gap)
    if (ctx.measureText(text).width + 8 * ratio > place.w) continue
    haloText(frame, text, place.x + place.w / 2, top + height / 2, palette.text)
  }
}

/** A contraction that is being set or moved. */
export function paintDraft(frame: Frame, { startMs, endMs, edge }: Draft): void {
  const { ctx, top, height, ratio, palette } = frame
  const place = stretchX(frame, startMs, endMs)
  if (!place) return
  ctx.globalAlpha = 0.2
  ctx.fillStyle = palette.accent
  ctx.fillRect(place.x, top, place.w, height)
  ctx.globalAlpha = 1
  ctx.strokeStyle = palette.accent
  ctx.lineWidth = 2 * ratio
  ctx.setLineDash([6 * ratio, 4 * ratio])
  ctx.strokeRect(place.x, top + ratio, place.w, height - 2 * ratio)
  ctx.setLineDash([])
  const x = xOf(frame, edge === 'start' ? startMs : endMs)
  ctx.fillStyle = palette.accent
  ctx.fillRect(x - 2 * ratio, top, 4 * ratio, height)
}

/** Handles at the edges of a contraction that can be moved. */
export function paintHandles(frame: Frame, { startMs, endMs }: PlotContraction): void {
  const { ctx, top, height, ratio, palette } = frame
  for (const ms of [startMs, endMs]) {
    const x = xOf(frame, ms)
    ctx.fillStyle = palette.accent
    ctx.fillRect(x - 1.5 * ratio, top, 3 * ratio, height)
    ctx.beginPath()
    ctx.arc(x, top + height / 2, 6 * ratio, 0, 2 * Math.PI)
    ctx.fill()
  }
}

/** Triangles at the edge of the plot where samples lie at a rail, one for those that touch. */
export function paintClipped(frame: Frame, columns: readonly number[], isAbove: boolean): void {
  const { ctx, left, top, height, ratio, palette } = frame
  const y = isAbove ? top : top + height
  const tip = (isAbove ? 7 : -7) * ratio
  let last = Number.NEGATIVE_INFINITY
  ctx.fillStyle = palette.warning
  ctx.beginPath()
  for (const column of columns) {
    const x = left + column * ratio
    if (x - last < 6 * ratio) continue
    last = x
    ctx.moveTo(x - 4 * ratio, y)
    ctx.lineTo(x + 4 * ratio, y)
    ctx.lineTo(x, y + tip)
    ctx.closePath()
  }
  ctx.fill()
}
