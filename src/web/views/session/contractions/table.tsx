/** Contractions as a table: what is chosen here stands out in the plot, and the other way round. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { voltsIn } from '../../../language/amounts.ts'
import { NO_FIGURE } from '../../../language/format.ts'
import type { ContractionReference } from '../../../plot/signal/contract.ts'
import { Empty } from '../../../ui/empty.tsx'
import { Cells } from './cells.tsx'
import { isCounted } from './count.ts'
import { Headings } from './headings.tsx'
import { type Row, rowsOf, type Sorting, sorted, turned } from './rows.ts'
import { verdictWord } from './verdict-mark.tsx'
import { words } from './words.ts'
import './contractions.css'

interface Properties {
  readonly channels: Parameters<typeof rowsOf>[0]
  /** Which amplitude of a contraction is held against the MVC, by its id. */
  readonly mvcMethod: string
  readonly selected: ContractionReference | null
  readonly onSelect: (contraction: ContractionReference | null) => void
}

const isSame = (row: Row, reference: ContractionReference | null): boolean =>
  reference !== null &&
  row.channel.index === reference.channel &&
  Math.abs(row.contraction.startMs - reference.startMs) < 0.5

const referenceOf = ({ channel, contraction }: Row): ContractionReference => ({
  channel: channel.index,
  startMs: contraction.startMs,
})

/** Which row an arrow key leads to. */
const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => Math.min(count - 1, at + 1),
  ArrowUp: (at) => Math.max(0, at - 1),
  Home: () => 0,
  End: (_, count) => count - 1,
}

/** Brings a row into its own scrolling place, and leaves the page where it is. */
function reveal(place: HTMLElement, row: HTMLElement, head: number): void {
  const top = row.offsetTop - head
  const bottom = row.offsetTop + row.offsetHeight
  if (top < place.scrollTop) place.scrollTop = top
  else if (bottom > place.scrollTop + place.clientHeight) place.scrollTop = bottom - place.clientHeight
}

export function ContractionTable({ channels, mvcMethod, selected, onSelect }: Properties) {
  const t = words()
  const [sorting, setSorting] = useState<Sorting>({ by: 'start', isDescending: false })
  const place = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLTableSectionElement>(null)
  const rows = sorted(rowsOf(channels), sorting)
  const at = rows.findIndex((row) => isSame(row, selected))
  const current = rows[at]
  useEffect(() => {
    const row = body.current?.rows[at]
    const head = body.current?.previousElementSibling
    if (place.current && row) reveal(place.current, row, head instanceof HTMLElement ? head.offsetHeight : 0)
  }, [at])
  if (rows.length === 0)
    return <Empty title={channels.every(isCounted) ? t.none : t.uncountedTitle} text={t.noneDo} />
  const choose = (index: number): void => {
    const row = rows[index]
    if (row) onSelect(referenceOf(row))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key]
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return
    const own = body.current?.contains(event.target as Node)
    if (!own) return
    event.preventDefault()
    const next = step(Math.max(0, at), rows.length)
    choose(next)
    body.current?.rows[next]?.querySelector('button')?.focus({ preventScroll: true })
  }
  const hasUnheld = rows.some(
    ({ channel, contraction }) =>
      contraction.mvcPercent === null &&
      (channel.mvc?.value ?? null) !== null &&
      voltsIn(channel.unit) !== null,
  )
  return (
    <div class="session-contractions-part">
      <p class="hidden-text" role="status">
        {current ? t.announce(current.number, current.channel.name, verdictWord(current.verdict)) : ''}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is of a form */}
      <div
        ref={place}
        class="session-contractions"
        role="group"
        aria-label={t.table}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <table>
          <caption class="hidden-text">{t.caption}</caption>
          <thead>
            <Headings sorting={sorting} onSort={(by) => setSorting(turned(sorting, by))} />
          </thead>
          <tbody ref={body}>
            {rows.map((row, i) => (
              <tr
                key={`${row.channel.index} ${row.contraction.startMs}`}
                aria-current={i === at ? 'true' : undefined}
                onClick={() => onSelect(i === at ? null : referenceOf(row))}
              >
                <th scope="row" class="number">
                  <button
                    type="button"
                    class="plain"
                    aria-label={t.show(row.number, row.channel.name)}
                    aria-pressed={i === at}
                    tabIndex={i === Math.max(0, at) ? 0 : -1}
                  >
                    {row.number}
                  </button>
                </th>
                <Cells row={row} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.some(({ contraction }) => contraction.mvcPercent !== null) && (
        <small class="soft">{mvcMethod === 'rms-500' ? t.percentIs : t.percentIsEnvelope}</small>
      )}
      {hasUnheld && (
        <small class="soft">
          {NO_FIGURE} {t.tooShortToHold}
        </small>
      )}
    </div>
  )
}
