/** The figures of a chart as a table: for those who do not see the plot, and for whoever wants the figure itself. */
import { useId, useState } from 'preact/hooks'
import type { ChartProperties } from './contract.ts'
import { figureAt, placesOf, placeText } from './reading.ts'
import { words } from './words.ts'

function Rows({ chart }: { readonly chart: ChartProperties }) {
  const { x, series, apart } = chart
  const places = Array.from({ length: placesOf(x) }, (_, i) => i)
  return (
    <tbody>
      {places.map((i) => (
        <tr key={i}>
          <th scope="row">{placeText(x, i)}</th>
          {series.map(({ id }, of) => {
            const { text, note } = figureAt(chart, of, i)
            return (
              <td key={id} class="number">
                {text}
                {note && <small>{note}</small>}
              </td>
            )
          })}
          {apart && <td>{apart[i]}</td>}
        </tr>
      ))}
    </tbody>
  )
}

export function ChartTable({ chart }: { readonly chart: ChartProperties }) {
  const t = words()
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  return (
    <details
      class="chart-table"
      onToggle={(event) => setOpen((event.currentTarget as HTMLDetailsElement).open)}
    >
      <summary>{t.table}</summary>
      {isOpen && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
        <section class="scrolling" tabIndex={0} aria-labelledby={id}>
          <table>
            <caption id={id}>{chart.title}</caption>
            <thead>
              <tr>
                <th scope="col">{chart.x.label}</th>
                {chart.series.map((series) => (
                  <th key={series.id} scope="col" class="number">
                    {series.label}
                  </th>
                ))}
                {chart.apart && <th scope="col">{t.remark}</th>}
              </tr>
            </thead>
            <Rows chart={chart} />
          </table>
        </section>
      )}
    </details>
  )
}
