/** What uPlot is told: axes with formatted ticks, colours of the theme, everything drawn by ourselves. */
import type uPlot from 'uplot'
import { fixed } from '../../language/format.ts'
import { locale } from '../../language/language.ts'
import type { ChartProperties, ChartX } from './contract.ts'
import { colourOf, drawReferences, drawSeries, nameReferences } from './draw.ts'
import { extent, placesOf } from './reading.ts'
import { categoryTicks, digitsOf, timeTicks } from './ticks.ts'

const DAY = 86_400_000
/** CSS pixels that a label of the x axis takes. */
const LABEL_ROOM = 84

/** Figures as uPlot takes them. */
export const dataOf = ({ x, series }: ChartProperties): uPlot.AlignedData => [
  x.kind === 'time' ? [...x.at] : x.names.map((_, i) => i),
  ...series.map(({ values }) => [...values]),
]

/** What the x axis reaches over. */
function spanOf(x: ChartX): [number, number] {
  if (x.kind === 'category') return [-0.5, Math.max(0, x.names.length - 1) + 0.5]
  const [first = Date.now()] = x.at
  const last = x.at.at(-1) ?? first
  const room = first === last ? DAY : (last - first) * 0.02
  return [first - room, last + room]
}

/** @param chart as it is when something is drawn: it changes while the plot stays */
export function optionsOf(
  chart: () => ChartProperties,
  hidden: () => ReadonlySet<string>,
  width: number,
  onCursor: (index: number | null) => void,
): uPlot.Options {
  const { x, series, height = 240 } = chart()
  const isTime = x.kind === 'time'
  const axis: uPlot.Axis = {
    stroke: (u) => colourOf(u, '--text-soft'),
    font: '12px system-ui, sans-serif',
    grid: { stroke: (u) => colourOf(u, '--line'), width: 1 },
    ticks: { stroke: (u) => colourOf(u, '--line'), width: 1, size: 5 },
  }
  return {
    width,
    height,
    ms: 1,
    padding: [12, 28, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { setScale: false, x: false, y: false }, points: { show: false } },
    scales: {
      x: {
        time: isTime,
        range: () => spanOf(chart().x),
      },
      y: { range: () => extent(chart(), hidden()) },
    },
    axes: [
      {
        ...axis,
        space: LABEL_ROOM,
        size: 42,
        ...(isTime
          ? { values: (_, at, __, ___, step) => timeTicks(at, step, locale.value) }
          : {
              splits: (u) => categoryTicks(placesOf(chart().x), u.bbox.width / devicePixelRatio / LABEL_ROOM),
              values: (_, at) => {
                const { x: now } = chart()
                return at.map((i) => (now.kind === 'category' ? (now.names[i] ?? '') : ''))
              },
            }),
      },
      {
        ...axis,
        space: 36,
        values: (_, at, __, ___, step) => at.map((value) => fixed(value, digitsOf(step))),
        size: (u, texts) => {
          u.ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`
          const widths = (texts ?? ['']).map((text) => u.ctx.measureText(text).width / devicePixelRatio)
          return Math.ceil(Math.max(24, ...widths)) + 16
        },
      },
    ],
    series: [
      {},
      ...series.map(
        ({ id }): uPlot.Series => ({ show: !hidden().has(id), points: { show: false }, paths: () => null }),
      ),
    ],
    hooks: {
      drawAxes: [(u) => drawReferences(u, chart())],
      drawSeries: [(u, i) => i > 0 && u.series[i]?.show && drawSeries(u, chart(), i - 1)],
      draw: [(u) => nameReferences(u, chart())],
      setCursor: [(u) => onCursor(u.cursor.idx ?? null)],
    },
  }
}
