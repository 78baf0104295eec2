/** The canvas of a chart: made anew when its make-up changes, told new figures when they do. */
import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { theme } from '../../app/preferences.ts'
import { language } from '../../language/language.ts'
import type { ChartProperties } from './contract.ts'
import { dataOf, optionsOf } from './options.ts'

/** CSS pixels that A4 leaves between its margins. */
const PAPER = 660

interface PlotProperties {
  readonly chart: ChartProperties
  readonly hidden: ReadonlySet<string>
  /** Place under the cursor, to be shown by the plot too. */
  readonly at: number | null
  readonly onAt: (index: number | null) => void
}

/** Place the cursor of the plot stands at, in its own pixels. */
function placeCursor(u: uPlot, at: number | null): void {
  if (at === (u.cursor.idx ?? null)) return
  const x = at === null ? undefined : u.data[0][at]
  u.setCursor(x === undefined ? { left: -10, top: -10 } : { left: u.valToPos(x, 'x'), top: 1 }, false)
}

export function Plot({ chart, hidden, at, onAt }: PlotProperties) {
  const element = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(null)
  const latest = useRef({ chart, hidden, onAt })
  latest.current = { chart, hidden, onAt }

  const makeUp = JSON.stringify([
    chart.x.kind,
    chart.height,
    language.value,
    chart.series.map(({ id, join, marker, dash, colour }) => [id, join, marker, dash, colour]),
  ])
  useEffect(() => {
    const place = element.current
    if (!place) return
    const u = new uPlot(
      optionsOf(
        () => latest.current.chart,
        () => latest.current.hidden,
        place.clientWidth,
        (index) => latest.current.onAt(index),
      ),
      dataOf(latest.current.chart),
      place,
    )
    plot.current = u
    const sized = new ResizeObserver(() => {
      if (place.clientWidth > 0 && place.clientWidth !== u.width)
        u.setSize({ width: place.clientWidth, height: u.height })
    })
    sized.observe(place)
    // Paper is narrower, and has the colours of its own theme; no observer is told of it.
    const shrink = () => u.setSize({ width: Math.min(u.width, PAPER), height: u.height })
    const widen = () => u.setSize({ width: place.clientWidth, height: u.height })
    const repaint = () => u.redraw(false)
    const printed = matchMedia('print')
    addEventListener('beforeprint', shrink)
    addEventListener('afterprint', widen)
    printed.addEventListener('change', repaint)
    return () => {
      removeEventListener('beforeprint', shrink)
      removeEventListener('afterprint', widen)
      printed.removeEventListener('change', repaint)
      sized.disconnect()
      u.destroy()
      plot.current = null
    }
  }, [makeUp])

  useEffect(() => plot.current?.setData(dataOf(chart)), [chart])
  useEffect(() => {
    const u = plot.current
    if (!u) return
    for (const [i, { id }] of chart.series.entries())
      if (u.series[i + 1]?.show === hidden.has(id)) u.setSeries(i + 1, { show: !hidden.has(id) })
  }, [hidden])
  const shade = theme()
  useEffect(() => plot.current?.redraw(false), [shade])
  useEffect(() => {
    if (plot.current) placeCursor(plot.current, at)
  }, [at])

  return <div ref={element} class="chart-canvas" />
}
