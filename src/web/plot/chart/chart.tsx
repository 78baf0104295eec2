/** A chart: the plot, a read-out by pointer and keys, a legend in words, and the same figures as a table. */
import { useId, useState } from 'preact/hooks'
import type { ChartProperties } from './contract.ts'
import { Legend } from './legend.tsx'
import { Plot } from './plot.tsx'
import { placesOf, placeText, spoken } from './reading.ts'
import { ChartTable } from './table.tsx'
import { words } from './words.ts'
import './chart.css'

/** Where a key leads from a place; undefined: it is none of these keys. */
function moved(key: string, at: number, last: number): number | undefined {
  if (key === 'ArrowLeft' || key === 'ArrowDown') return Math.max(0, at - 1)
  if (key === 'ArrowRight' || key === 'ArrowUp') return Math.min(last, at + 1)
  if (key === 'PageUp') return Math.max(0, at - 10)
  if (key === 'PageDown') return Math.min(last, at + 10)
  if (key === 'Home') return 0
  if (key === 'End') return last
  return undefined
}

/**
 * Draws figures over time or by category.
 *
 * @example
 * <Chart
 *   title={t.amplitude}
 *   unit="%"
 *   x={{ kind: 'time', label: t.session, at: [1772700000000, 1772786400000] }}
 *   series={[{ id: 'left', label: t.left, colour: '--left', values: [63, null], notes: [null, t.noMvc] }]}
 *   references={[{ label: t.target, value: 75 }]}
 * />
 */
export function Chart(chart: ChartProperties) {
  const t = words()
  const id = useId()
  const [at, setAt] = useState<number | null>(null)
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const { x, series, unit, title, onPick, pickLabel } = chart
  const last = placesOf(x) - 1
  if (last < 0 || series.length === 0) return <p class="soft">{t.nothing}</p>

  const looked = at === null || at > last ? null : at
  // Over time, the newest figures are what one comes for.
  const shown = looked ?? (x.kind === 'time' ? last : null)
  const isEmpty = series.every(({ values }) => values.every((value) => value === null))
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && looked !== null) return onPick?.(looked)
    if (event.key === 'Escape') return setAt(null)
    const to = moved(event.key, looked ?? last, last)
    if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    setAt(to)
  }
  return (
    <figure class="chart" aria-labelledby={`${id}-title`}>
      <figcaption>
        <strong id={`${id}-title`}>{title}</strong>
        {unit && <span class="soft"> {t.unit(unit)}</span>}
      </figcaption>
      {isEmpty && <p class="soft">{t.noFigures}</p>}
      {!isEmpty && (
        <>
          <div
            class={onPick ? 'chart-plot picks' : 'chart-plot'}
            role="slider"
            tabIndex={0}
            aria-labelledby={`${id}-title`}
            aria-describedby={`${id}-keys`}
            aria-orientation="horizontal"
            aria-valuemin={0}
            aria-valuemax={last}
            aria-valuenow={shown ?? 0}
            aria-valuetext={spoken(chart, shown ?? 0, hidden, t.none)}
            onKeyDown={onKeyDown}
            onClick={() => looked !== null && onPick?.(looked)}
          >
            <Plot chart={chart} hidden={hidden} at={looked} onAt={setAt} />
          </div>
          <p class="chart-place">
            {shown !== null && (
              <>
                {looked === null && <span class="soft">{t.latest} </span>}
                <strong>{placeText(x, shown)}</strong>
                {chart.apart?.[shown] && <span class="chart-apart"> {chart.apart[shown]}</span>}
              </>
            )}
            <span id={`${id}-keys`} class="hidden-text">
              {t.keys} {pickLabel}
            </span>
          </p>
          <Legend chart={chart} hidden={hidden} onHidden={setHidden} at={shown} />
        </>
      )}
      <ChartTable chart={chart} />
    </figure>
  )
}
