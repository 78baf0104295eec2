/** The legend in words, with the figures of the place that is looked at; each series can be hidden. */
import type { ComponentChildren } from 'preact'
import type { ChartProperties } from './contract.ts'
import { DASH_LENGTHS, type Look, lookOf, MARKER_PATHS } from './look.ts'
import { figureAt } from './reading.ts'
import { words } from './words.ts'

/** The line and the marker as they stand in the plot. */
const Swatch = ({ look, isJoined }: { readonly look: Look; readonly isJoined: boolean }) => (
  <svg
    class="chart-swatch"
    viewBox="-16 -6 32 12"
    aria-hidden="true"
    style={{ color: `var(${look.colour})` }}
  >
    {isJoined && <path d="M-16 0H16" stroke-dasharray={DASH_LENGTHS[look.dash].join(' ')} fill="none" />}
    <path d={MARKER_PATHS[look.marker]} fill="currentColor" />
  </svg>
)

/** What stands in a legend: alone, or to be switched on and off. */
function Entry({
  isShown,
  label,
  onToggle,
  children,
}: {
  readonly isShown: boolean
  readonly label: string
  readonly onToggle: (() => void) | undefined
  readonly children: ComponentChildren
}) {
  if (!onToggle) return <span class="chart-entry">{children}</span>
  return (
    <label class="chart-entry">
      <input
        type="checkbox"
        class="not-printed"
        checked={isShown}
        aria-label={words().show(label)}
        onChange={onToggle}
      />
      {children}
    </label>
  )
}

interface LegendProperties {
  readonly chart: ChartProperties
  readonly hidden: ReadonlySet<string>
  readonly onHidden: (hidden: ReadonlySet<string>) => void
  /** Place whose figures are shown. */
  readonly at: number | null
}

export function Legend({ chart, hidden, onHidden, at }: LegendProperties) {
  const t = words()
  const toggle = (id: string) => {
    const next = new Set(hidden)
    if (!next.delete(id)) next.add(id)
    onHidden(next)
  }
  return (
    <ul class="chart-legend">
      {chart.series.map((series, i) => {
        const { text, note } = at === null ? { text: '', note: null } : figureAt(chart, i, at)
        const isJoined = (series.join ?? (chart.x.kind === 'time' ? 'lines' : 'none')) !== 'none'
        return (
          <li key={series.id} class={hidden.has(series.id) ? 'off' : undefined}>
            <Entry
              isShown={!hidden.has(series.id)}
              label={series.label}
              onToggle={chart.series.length > 1 ? () => toggle(series.id) : undefined}
            >
              <Swatch look={lookOf(series, i)} isJoined={isJoined} />
              <span>{series.label}</span>
              {at !== null && !hidden.has(series.id) && <span class="chart-figure">{text}</span>}
            </Entry>
            {note && !hidden.has(series.id) && <small>{note}</small>}
          </li>
        )
      })}
      {chart.references?.map(({ label, colour = '--text-soft' }) => (
        <li key={label}>
          <span class="chart-entry">
            <Swatch look={{ colour, marker: 'none', dash: 'dashed' }} isJoined />
            {label}
          </span>
        </li>
      ))}
      {chart.apart?.some(Boolean) && (
        <li class="soft">
          <span class="chart-entry">
            <svg class="chart-swatch hollow" viewBox="-16 -6 32 12" aria-hidden="true">
              <path d={MARKER_PATHS.circle} />
            </svg>
            {t.hollow}
          </span>
        </li>
      )}
    </ul>
  )
}
