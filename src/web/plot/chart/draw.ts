/** Drawing of a chart on uPlot's canvas: lines with their gaps, markers by shape, lines across. */
import type uPlot from 'uplot'
import type { ChartProperties } from './contract.ts'
import { DASH_LENGTHS, lookOf, MARKER_PATHS } from './look.ts'
import { runs } from './runs.ts'

const LINE = 2

/** Value of a custom property where the chart stands: it follows the theme. */
export const colourOf = (u: uPlot, name: string): string => getComputedStyle(u.root).getPropertyValue(name)

/** Markers stand too close to be told apart below this many CSS pixels a point: then only those that are alone. */
const LEAST_DISTANCE = 7

function clipped(u: uPlot, draw: (ctx: CanvasRenderingContext2D, ratio: number) => void): void {
  const { ctx, bbox } = u
  // Markers at the edge of the plot stay whole.
  const room = 6 * devicePixelRatio
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left - room, bbox.top - room, bbox.width + 2 * room, bbox.height + 2 * room)
  ctx.clip()
  draw(ctx, devicePixelRatio)
  ctx.restore()
}

/** Draws series `of`, the first of which is 0. */
export function drawSeries(u: uPlot, chart: ChartProperties, of: number): void {
  const series = chart.series[of]
  if (!series) return
  const look = lookOf(series, of)
  const join = series.join ?? (chart.x.kind === 'time' ? 'lines' : 'none')
  const xs = u.data[0]
  const stretches = runs(series.values, chart.apart)
  const x = (i: number) => u.valToPos(xs[i] as number, 'x', true)
  const y = (i: number) => u.valToPos(series.values[i] as number, 'y', true)
  clipped(u, (ctx, ratio) => {
    const colour = colourOf(u, look.colour)
    ctx.strokeStyle = colour
    ctx.lineWidth = LINE * ratio
    ctx.lineJoin = 'round'
    if (join !== 'none') {
      ctx.beginPath()
      for (const [first, last] of stretches) {
        ctx.moveTo(x(first), y(first))
        for (let i = first + 1; i <= last; i++) {
          if (join === 'steps') ctx.lineTo(x(i), y(i - 1))
          ctx.lineTo(x(i), y(i))
        }
      }
      ctx.setLineDash(DASH_LENGTHS[look.dash].map((length) => length * ratio))
      ctx.stroke()
      ctx.setLineDash([])
    }
    const isDense = u.bbox.width / ratio / Math.max(1, xs.length) < LEAST_DISTANCE
    const path = new Path2D(MARKER_PATHS[look.marker === 'none' ? 'circle' : look.marker])
    const surface = colourOf(u, '--surface')
    for (const [first, last] of stretches)
      for (let i = first; i <= last; i++) {
        const isAlone = first === last
        if (!isAlone && (look.marker === 'none' || isDense)) continue
        ctx.save()
        ctx.translate(x(i), y(i))
        ctx.scale(ratio, ratio)
        ctx.lineWidth = LINE
        ctx.fillStyle = chart.apart?.[i] ? surface : colour
        ctx.fill(path)
        ctx.stroke(path)
        ctx.restore()
      }
  })
}

/** Draws the lines across, under the series. */
export function drawReferences(u: uPlot, { references = [] }: ChartProperties): void {
  clipped(u, (ctx, ratio) => {
    ctx.lineWidth = ratio
    ctx.setLineDash([4 * ratio, 3 * ratio])
    for (const { value, colour = '--text-soft' } of references) {
      const y = Math.round(u.valToPos(value, 'y', true)) + 0.5
      ctx.strokeStyle = colourOf(u, colour)
      ctx.beginPath()
      ctx.moveTo(u.bbox.left, y)
      ctx.lineTo(u.bbox.left + u.bbox.width, y)
      ctx.stroke()
    }
  })
}

/** Writes the names of several lines across over everything, on a rim of the surface; one alone the legend names. */
export function nameReferences(u: uPlot, { references = [] }: ChartProperties): void {
  if (references.length < 2) return
  clipped(u, (ctx, ratio) => {
    ctx.font = `${11 * ratio}px ${getComputedStyle(u.root).fontFamily}`
    ctx.textBaseline = 'bottom'
    ctx.textAlign = 'left'
    ctx.lineJoin = 'round'
    ctx.lineWidth = 4 * ratio
    ctx.strokeStyle = colourOf(u, '--surface')
    for (const { label, value, colour = '--text-soft' } of references) {
      const line = u.valToPos(value, 'y', true)
      // Below the line where there is no room above it.
      const y = line - u.bbox.top < 14 * ratio ? line + 14 * ratio : line - 2 * ratio
      const x = u.bbox.left + 4 * ratio
      ctx.fillStyle = colourOf(u, colour)
      ctx.strokeText(label, x, y)
      ctx.fillText(label, x, y)
    }
  })
}
