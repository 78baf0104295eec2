/** The MVC values of a patient over time, each with where it came from. */
import { usePages } from '../../api/use-pages.ts'
import { href } from '../../app/router.ts'
import { date, significant, withUnit } from '../../language/format.ts'
import { Chart } from '../../plot/chart/chart.tsx'
import { Empty } from '../../ui/empty.tsx'
import { MoreButton } from '../../ui/more-button.tsx'
import { Pending } from '../../ui/pending.tsx'
import { muscleText } from './muscle-text.ts'
import { type MvcRecord, mvcChart, mvcUnit } from './mvc-series.ts'
import { recordWords } from './record-words.ts'

/** Where a value came from, and what has to be known of it. */
function aboutRecord(record: MvcRecord, isReplaced: boolean): string {
  const t = recordWords()
  const { value, source, recordedBy, validUntil, flags, unitBasis } = record
  return [
    value === null ? t.withdrawn : null,
    recordedBy === null ? t[source] : `${t[source]} ${t.by(recordedBy)}`,
    validUntil === null ? null : t.until(date(validUntil)),
    isReplaced ? t.replaced : null,
    unitBasis === 'assumed' && !flags.includes('UNIT_ASSUMED') ? t.unitAssumed : null,
    ...flags.map((flag) => t[flag]),
  ]
    .filter((part) => part !== null)
    .join(', ')
}

export function MvcHistory({ code }: { readonly code: string }) {
  const t = recordWords()
  const pages = usePages('GET /api/patients/{code}/mvc/history', { path: { code }, query: { limit: '200' } })
  if (!pages.items) return <Pending read={pages} />
  const link = (
    <a class="button" href={href(`/patients/${code}/mvc`)}>
      {t.mvcOpen}
    </a>
  )
  if (pages.items.length === 0)
    return (
      <Empty title={t.mvcNone} text={t.mvcNoneHint}>
        {link}
      </Empty>
    )
  const { unit } = mvcUnit(pages.items)
  const { at, series } = mvcChart(pages.items, { muscle: muscleText, about: aboutRecord, noneNew: t.noneNew })
  return (
    <div class="stack">
      <div class="row">{link}</div>
      <section class="card">
        <Chart
          title={t.mvcTitle}
          unit={unit}
          format={(value) => withUnit(significant(value), unit)}
          x={{ kind: 'time', label: t.mvcFrom, at, format: (ms) => date(new Date(ms).toISOString()) }}
          series={series}
        />
      </section>
      <MoreButton pages={pages} />
    </div>
  )
}
