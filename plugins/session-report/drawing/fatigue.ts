/** The plot of fatigue: median frequency over time, with its regression line. */
import { clean } from '../../../src/sdk.ts'
import type { ChannelAnalysis } from '../../emg-analyzer/index.ts'
import type { Language } from '../languages/index.ts'
import { type Markup, markup } from '../markup.ts'
import { drawing, frame, LEFT, line, type Panel, RIGHT, text, timeAxis, valueAxis } from './frame.ts'
import { place, scaleOf } from './scale.ts'
import { ticksBetween } from './ticks.ts'

const PANEL: Panel = { top: 20, bottom: 120 }
const HEIGHT = 150

type Fatigue = NonNullable<ChannelAnalysis['fatigue']>

const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b))
const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b))

/** @param fatigue with at least one point */
export function drawFatigue(
  { name, durationS }: ChannelAnalysis,
  { points, slopes, valid }: Fatigue,
  { texts, figures }: Language,
): Markup {
  const x = scaleOf([0, durationS], [LEFT, RIGHT])
  const values = points.map(({ medianFrequency }) => medianFrequency)
  const times = points.map(({ atMs }) => atMs / 1000)
  const { slope, intercept } = slopes?.medianFrequency ?? { slope: null, intercept: null }
  const ends =
    slope === null || intercept === null
      ? null
      : ([least(times), most(times)].map((at) => [at, intercept + slope * at]) as [
          [number, number],
          [number, number],
        ])
  const all = [...values, ...(ends ? ends.map(([, value]) => value) : [])]
  const pad = (most(all) - least(all)) * 0.1 || most(all) * 0.05 || 1
  const range = [least(all) - pad, most(all) + pad] as const
  const y = scaleOf(range, [PANEL.bottom, PANEL.top])
  const dots = values
    .map(
      (value, i) =>
        `M${place(x(times[i] as number) - 2.5)} ${place(y(value))}a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0`,
    )
    .join('')
  return drawing(HEIGHT, texts.fatigue.label(clean(name)), [
    valueAxis(PANEL, ticksBetween(range[0], range[1], 4), y, figures),
    text(LEFT, PANEL.top - 7, 'axis', texts.fatigue.axis),
    ends
      ? line(x(ends[0][0]), y(ends[0][1]), x(ends[1][0]), y(ends[1][1]), valid ? 'trend' : 'trend invalid')
      : '',
    markup`<path d="${dots}" class="dot"/>`,
    frame(PANEL),
    timeAxis(PANEL, ticksBetween(0, durationS, 10), x, figures, texts.plot.time),
  ])
}
