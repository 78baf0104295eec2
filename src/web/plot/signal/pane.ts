/** One pane: axes and grid by uPlot, the signal and what is known of it drawn between them. */
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { isReferred } from './bands.ts'
import { clippedColumns, railsOf } from './clipping.ts'
import type { PlotChannel } from './contract.ts'
import { clipped, type Frame, haloText } from './frame.ts'
import { hasLevels, type Level, levelsOf } from './heights.ts'
import { axisOf, type Model } from './model.ts'
import {
  paintClipped,
  paintDraft,
  paintGaps,
  paintHandles,
  paintHeld,
  paintLevels,
  paintStrip,
  paintTints,
  STRIP,
} from './paint-marks.ts'
import { paintTrace } from './paint-trace.ts'
import { colourOf, type Palette } from './palette.ts'
import type { Gap } from './piece.ts'
import { roundTicks, timeTicks } from './ticks.ts'
import { drawnUnit } from './units.ts'

/** Room for the axis of amplitudes, and behind the plot, in CSS pixels. */
export const LEFT = 58
export const RIGHT = 22
/** Room for the axis of time below the last pane. */
const BOTTOM = 26

/** What is written in a pane. */
export interface PaneTexts {
  readonly decimal: (value: number, decimals: number) => string
  readonly gap: (gap: Gap) => string
  readonly level: (level: Level, channel: PlotChannel, isAlone: boolean) => string
  /** Why a channel has no picture. */
  readonly missing: (reason: string, channel: PlotChannel) => string
}

/** What a pane is made with. */
export interface PaneOptions {
  /** As they are known now. */
  readonly channelsOf: () => readonly PlotChannel[]
  readonly height: number
  readonly isLast: boolean
  readonly texts: PaneTexts
}

export interface Pane {
  readonly draw: () => void
  readonly destroy: () => void
}

function frameOf(u: uPlot, model: Model, palette: Palette): Frame {
  const { left, top, width, height } = u.bbox
  const { min = 0, max = 1 } = u.scales.y as { min?: number; max?: number }
  const range = model.shown.peek()
  return { ctx: u.ctx, left, top, width, height, ratio: uPlot.pxRatio, range, heights: [min, max], palette }
}

/** Behind the grid: contractions. */
function paintBehind(frame: Frame, model: Model, channels: readonly PlotChannel[]): void {
  const { selected } = model.props.peek()
  clipped(frame, 0, () => {
    for (const channel of channels)
      paintTints(
        frame,
        // Tints of several channels over one another would say nothing: there, only the one that is selected has it.
        channels.length === 1
          ? channel.contractions
          : channel.contractions.filter((each) => isReferred(channel.index, each, selected)),
        (each) => isReferred(channel.index, each, selected),
      )
  })
}

/** Above the grid: signals, levels, gaps, strips and what is being edited. */
function paintAbove(frame: Frame, model: Model, { channelsOf, texts }: PaneOptions): void {
  const channels = channelsOf()
  const { selected, view } = model.props.peek()
  const draft = model.draft.peek()
  const { palette, range, width, ratio } = frame
  const isAlone = channels.length === 1
  clipped(frame, 0, () => {
    for (const channel of channels) {
      const stretches = model.stretchesOf(channel.index, range)
      const reason = model.reasonOf(channel.index)
      if (reason !== null && isAlone) {
        paintReason(frame, texts.missing(reason, channel))
        continue
      }
      const colour = colourOf(palette, channel)
      if (isAlone) for (const { piece } of stretches) paintGaps(frame, piece.gaps, texts.gap)
      paintTrace(frame, stretches, colour, isAlone ? 1 : 0.65)
      const rails = view === 'raw' ? railsOf(channel) : null
      if (rails) {
        const columns = clippedColumns(stretches, rails, range, Math.ceil(width / ratio))
        paintClipped(frame, columns.above, true)
        paintClipped(frame, columns.below, false)
      }
    }
    for (const channel of channels) {
      const levels = levelsOf(channel, view).filter(({ kind }) => isAlone || kind !== 'detection')
      const colour = isAlone ? palette.text : colourOf(palette, channel)
      if (hasLevels(view)) paintHeld(frame, channel, drawnUnit(channel.unit).factor, colour)
      paintLevels(frame, levels, (level) => texts.level(level, channel, isAlone), colour)
    }
    for (const channel of channels) {
      if (draft?.channel === channel.index) paintDraft(frame, draft)
      else if (model.mode.peek() === 'edit')
        for (const each of channel.contractions)
          if (isReferred(channel.index, each, selected)) paintHandles(frame, each)
    }
  })
  clipped(frame, STRIP * ratio * channels.length, () => {
    for (const [i, channel] of channels.entries())
      paintStrip(frame, channel, channels.length - 1 - i, (each) => isReferred(channel.index, each, selected))
  })
}

function paintReason(frame: Frame, text: string): void {
  const { ctx, left, top, width, height, ratio, palette } = frame
  ctx.font = `${13 * ratio}px ${palette.family}`
  ctx.textAlign = 'center'
  ctx.textBaseline = 'middle'
  haloText(frame, text, left + width / 2, top + height / 2, palette.soft)
}

/** Axes whose colours are those of the theme that is on when they are drawn. */
function axesOf(model: Model, { isLast, channelsOf, texts }: PaneOptions): uPlot.Axis[] {
  const colour = (pick: (palette: Palette) => string) => (): string => {
    const palette = model.palette.peek()
    return palette ? pick(palette) : 'transparent'
  }
  const family = model.palette.peek()?.family ?? 'sans-serif'
  const shared = {
    font: `12px ${family}`,
    stroke: colour(({ soft }) => soft),
    grid: { stroke: colour(({ line }) => line), width: 1 },
    ticks: { stroke: colour(({ line }) => line), width: 1, size: 4 },
    gap: 4,
  }
  let decimals = 0
  return [
    {
      ...shared,
      scale: 'x',
      size: isLast ? BOTTOM : 0,
      ...(!isLast && { ticks: { show: false } }),
      splits(u) {
        const { fromMs, toMs } = model.shown.peek()
        const ticks = timeTicks(fromMs, toMs, Math.max(2, Math.floor(u.width / 90)))
        decimals = ticks.decimals
        return ticks.values.map((seconds) => seconds * 1000)
      },
      values: (_, splits) => splits.map((ms) => (isLast ? texts.decimal(ms / 1000, decimals) : '')),
    },
    {
      ...shared,
      scale: 'y',
      size: LEFT,
      splits(u, _, least, most) {
        if (!model.hasSignal(channelsOf())) return []
        const { factor } = axisOf(channelsOf(), [least, most])
        return roundTicks(least * factor, most * factor, Math.max(2, Math.floor(u.height / 34))).values.map(
          (each) => each / factor,
        )
      },
      values(u, splits) {
        const { min = 0, max = 1 } = u.scales.y as { min?: number; max?: number }
        const { factor } = axisOf(channelsOf(), [min, max])
        const ticks = roundTicks(min * factor, max * factor, Math.max(2, Math.floor(u.height / 34)))
        return splits.map((each) => texts.decimal(each * factor, ticks.decimals))
      },
    },
  ]
}

/** Builds a pane into an element. It is drawn anew by `draw`, from what the model has then. */
export function createPane(host: HTMLElement, model: Model, options: PaneOptions): Pane {
  const { channelsOf, height, isLast } = options
  const painted = (paint: (frame: Frame) => void) => (u: uPlot) => {
    const palette = model.palette.peek()
    if (palette) paint(frameOf(u, model, palette))
  }
  const u = new uPlot(
    {
      width: model.width.peek() + LEFT + RIGHT,
      height: height + (isLast ? BOTTOM : 0),
      legend: { show: false },
      cursor: { show: false },
      select: { show: false, left: 0, top: 0, width: 0, height: 0 },
      padding: [STRIP * channelsOf().length + 1, RIGHT, 4, 0],
      scales: { x: { time: false, auto: false }, y: { auto: false } },
      // Signals are drawn by us: uPlot would want them aligned to one another, sample by sample.
      series: [{}, { scale: 'y', paths: () => null, points: { show: false } }],
      axes: axesOf(model, options),
      hooks: {
        drawClear: [painted((frame) => paintBehind(frame, model, channelsOf()))],
        draw: [painted((frame) => paintAbove(frame, model, options))],
      },
    },
    [
      [0, 1],
      [0, 1],
    ],
    host,
  )
  return {
    draw() {
      const { fromMs, toMs } = model.shown.peek()
      const [least, most] = model.heightsOf(channelsOf())
      const wide = model.width.peek() + LEFT + RIGHT
      u.batch(() => {
        if (u.width !== wide) u.setSize({ width: wide, height: u.height })
        u.setScale('x', { min: fromMs, max: toMs })
        u.setScale('y', { min: least, max: most })
      })
    },
    destroy: () => u.destroy(),
  }
}
