/** Figures of the channels side by side, each with its unit, or why it is missing. */
import type { ComponentChildren } from 'preact'
import type { AnalysedChannel, Analysis } from '../../../api/shapes.ts'
import { amount } from '../../../language/amounts.ts'
import { duration, percent } from '../../../language/format.ts'
import { Scrolling } from '../../../ui/scrolling.tsx'
import { isCounted } from '../contractions/count.ts'
import { Fatigue } from './fatigue.tsx'
import { inOrder } from './in-order.ts'
import { MissingFigure } from './missing.tsx'
import { Pairs } from './pairs.tsx'
import { metricName, words } from './words.ts'
import './figures.css'

interface Line {
  readonly id: string
  readonly name: string
  readonly note: string | undefined
  readonly of: (channel: AnalysedChannel) => ComponentChildren
}

/** Those of any channel, in the order of figures: an analysis that was kept has them in any. */
const metricsOf = (channels: readonly AnalysedChannel[]): string[] =>
  inOrder([...new Set(channels.flatMap(({ metrics }) => Object.keys(metrics)))], METRICS)

/** Amplitudes before frequencies, the whole recording before contractions; those of plugins follow. */
const METRICS = [
  'rms',
  'mav',
  'peak',
  'iemg',
  'activeRms',
  'activeMav',
  'waveformLength',
  'meanFrequency',
  'medianFrequency',
  'dimitrovIndex',
]

function metricLine(id: string, channels: readonly AnalysedChannel[]): Line {
  const t = words()
  const over = channels.map(({ metrics }) => metrics[id]?.over).find((each) => each !== undefined)
  return {
    id,
    name: metricName(id),
    note: over === 'contractions' ? t.overContractions : t.overRecording,
    of: ({ metrics }) => {
      const metric = metrics[id]
      if (!metric) return null
      return 'reason' in metric ? <MissingFigure reason={metric.reason} /> : amount(metric.value, metric.unit)
    },
  }
}

function linesOf(channels: readonly AnalysedChannel[]): Line[] {
  const t = words()
  const time = (
    id: string,
    name: string,
    value: (channel: AnalysedChannel) => number | null,
    why: string,
  ): Line => ({
    id,
    name,
    note: undefined,
    of: (channel) => {
      const ms = value(channel)
      return ms === null ? <MissingFigure reason={isCounted(channel) ? why : t.uncounted} /> : duration(ms)
    },
  })
  return [
    ...metricsOf(channels).map((id) => metricLine(id, channels)),
    time('duration', t.meanDuration, ({ bursts }) => bursts.meanDurationMs, t.noDuration),
    time(
      'tension',
      t.underTension,
      (channel) => (isCounted(channel) ? channel.bursts.timeUnderTensionMs : null),
      t.uncounted,
    ),
    {
      id: 'duty',
      name: t.dutyCycle,
      note: undefined,
      of: (channel) =>
        isCounted(channel) && channel.bursts.dutyCyclePercent !== null ? (
          percent(channel.bursts.dutyCyclePercent, 1)
        ) : (
          <MissingFigure reason={t.uncounted} />
        ),
    },
    time('rest', t.rest, ({ bursts }) => bursts.meanRestMs, t.oneContraction),
  ]
}

function FigureTable({ channels }: { readonly channels: readonly AnalysedChannel[] }) {
  const t = words()
  return (
    <Scrolling label={t.table}>
      <table>
        <caption class="hidden-text">{t.table}</caption>
        <thead>
          <tr>
            <th scope="col">{t.figure}</th>
            {channels.map(({ index, name }) => (
              <th key={index} scope="col" class="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {linesOf(channels).map(({ id, name, note, of }) => (
            <tr key={id}>
              <th scope="row">
                {name} {note && <small>{note}</small>}
              </th>
              {channels.map((channel) => (
                <td key={channel.index} class="number">
                  {of(channel)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {channels.some(({ unitBasis }) => unitBasis === 'assumed') && <p class="soft">{t.assumedUnit}</p>}
    </Scrolling>
  )
}

/** Columns of channels that stand beside something else; more take all the width. */
const NARROW = 3

/** @param channels those shown; pairs are of those alone of which both sides are */
export function Figures({
  analysis,
  channels,
}: {
  readonly analysis: Analysis
  readonly channels: readonly AnalysedChannel[]
}) {
  const t = words()
  const isShown = (index: number): boolean => channels.some((channel) => channel.index === index)
  const pairs = analysis.pairs.filter((pair) =>
    pair.kind === 'symmetry' ? isShown(pair.left) && isShown(pair.right) : pair.channels.every(isShown),
  )
  return (
    <div class={`session-figures ${channels.length > NARROW ? 'wide' : ''}`}>
      <section class="card" aria-labelledby="session-figures">
        <h2 id="session-figures">{t.title}</h2>
        <FigureTable channels={channels} />
      </section>
      <div class="session-figures-aside">
        <section class="card" aria-labelledby="session-fatigue">
          <h2 id="session-fatigue">{t.fatigue}</h2>
          <Fatigue channels={channels} />
        </section>
        <section class="card" aria-labelledby="session-pairs">
          <h2 id="session-pairs">{t.symmetry}</h2>
          <Pairs pairs={pairs} channels={channels} isHidden={pairs.length < analysis.pairs.length} />
        </section>
      </div>
    </div>
  )
}
