/** Colours, patterns and type of the plot, read from the style sheet: of the theme that is on. */
import type { PlotChannel } from './contract.ts'
import type { Pattern, Tone } from './verdict.ts'

export interface Palette {
  readonly text: string
  readonly soft: string
  readonly line: string
  readonly surface: string
  readonly accent: string
  readonly warning: string
  readonly left: string
  readonly right: string
  readonly tones: Readonly<Record<Tone, string>>
  /** Family, for `font`. */
  readonly family: string
  /** A pattern in a colour, for canvases of a pixel ratio. */
  readonly pattern: (
    ctx: CanvasRenderingContext2D,
    kind: Pattern | 'gap',
    colour: string,
    ratio: number,
  ) => CanvasPattern | string
}

/** Side of a tile in CSS pixels. */
const TILE = 6

function drawTile(ctx: CanvasRenderingContext2D, kind: Pattern | 'gap', size: number): void {
  const line = (x0: number, y0: number, x1: number, y1: number): void => {
    ctx.moveTo(x0, y0)
    ctx.lineTo(x1, y1)
  }
  ctx.beginPath()
  if (kind === 'dotted') ctx.arc(size / 2, size / 2, size / 5, 0, 2 * Math.PI)
  if (kind === 'rising' || kind === 'crossed') {
    for (const by of [-size, 0, size]) line(by, size, by + size, 0)
  }
  if (kind === 'falling' || kind === 'crossed' || kind === 'gap') {
    for (const by of [-size, 0, size]) line(by, 0, by + size, size)
  }
  if (kind === 'dotted') ctx.fill()
  else ctx.stroke()
}

function makeTile(kind: Pattern | 'gap', colour: string, surface: string, ratio: number): HTMLCanvasElement {
  const size = Math.round(TILE * ratio)
  const tile = document.createElement('canvas')
  tile.width = size
  tile.height = size
  const ctx = tile.getContext('2d') as CanvasRenderingContext2D
  if (kind !== 'gap') {
    ctx.fillStyle = colour
    ctx.fillRect(0, 0, size, size)
  }
  ctx.strokeStyle = kind === 'gap' ? colour : surface
  ctx.fillStyle = surface
  ctx.lineWidth = (kind === 'gap' ? 1 : 1.25) * ratio
  drawTile(ctx, kind, size)
  return tile
}

/** Reads the palette that an element has. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element)
  const of = (name: string): string => style.getPropertyValue(name).trim()
  const surface = of('--surface')
  const patterns = new Map<string, CanvasPattern | null>()
  return {
    text: of('--text'),
    soft: of('--text-soft'),
    line: of('--line'),
    surface,
    accent: of('--accent'),
    warning: of('--bad'),
    left: of('--left'),
    right: of('--right'),
    tones: {
      good: of('--plot-good'),
      missed: of('--plot-missed'),
      neither: of('--plot-neither'),
      unknown: of('--plot-unknown'),
    },
    family: style.fontFamily,
    pattern(ctx, kind, colour, ratio) {
      if (kind === 'plain') return colour
      const key = `${kind} ${colour} ${ratio}`
      let pattern = patterns.get(key)
      if (pattern === undefined) {
        pattern = ctx.createPattern(makeTile(kind, colour, surface, ratio), 'repeat')
        patterns.set(key, pattern)
      }
      return pattern ?? colour
    },
  }
}

/** Colour of a channel's signal: that of its side, so that left and right are told apart wherever they stand. */
export const colourOf = ({ left, right, accent }: Palette, { side }: PlotChannel): string =>
  side === 'left' ? left : side === 'right' ? right : accent
