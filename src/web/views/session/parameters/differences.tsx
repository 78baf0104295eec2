/** What other parameters change: figures of the stored analysis beside those of now, changed ones first. */
import type { Analysis } from '../../../api/shapes.ts'
import { amount, chance } from '../../../language/amounts.ts'
import { duration, fixed, NO_FIGURE, percent, significant, withUnit } from '../../../language/format.ts'
import { type Verdict, VerdictBadge } from '../../../ui/badge.tsx'
import { Said } from '../../../ui/said.tsx'
import { Scrolling } from '../../../ui/scrolling.tsx'
import { compareAnalyses, type Difference, type Side } from './compare.ts'
import { words } from './words.ts'

function figureText(value: number, { kind, unit }: Difference): string {
  if (kind === 'count') return fixed(value)
  if (kind === 'duration') return duration(value)
  if (kind === 'percent') return percent(value, 1)
  if (kind === 'slope') return withUnit(significant(value), words().perMinute)
  return kind === 'index' ? chance(value) : amount(value, unit)
}

function Figure({ side: { value, reason }, of }: { readonly side: Side; readonly of: Difference }) {
  if (typeof value === 'string') return <VerdictBadge verdict={value as Verdict} />
  if (value !== null) return figureText(value, of)
  return (
    <>
      <span aria-hidden="true">{NO_FIGURE}</span>
      {reason ? (
        <small>
          <Said text={reason} />
        </small>
      ) : (
        <span class="hidden-text">{words().noFigure}</span>
      )}
    </>
  )
}

const signed = (value: number): string => `${value > 0 ? '+' : '−'}${significant(Math.abs(value), 2)}`

function changeText({ hasChanged, isOfOther, kind, before, after, changePercent }: Difference): string {
  const t = words()
  if (!hasChanged) return '='
  if (isOfOther) return t.isOfOther
  if (before.value === null) return t.isNew
  if (after.value === null) return t.isGone
  if (typeof before.value !== 'number' || typeof after.value !== 'number' || kind === 'index') return ''
  const difference = signed(after.value - before.value)
  if (kind === 'count') return difference
  // A share of a share says nothing.
  if (kind === 'percent') return withUnit(difference, t.points)
  if (kind === 'slope') return withUnit(difference, t.perMinute)
  return changePercent === null ? '' : withUnit(signed(changePercent), '%')
}

function Rows({ differences }: { readonly differences: readonly Difference[] }) {
  const t = words()
  return (
    <Scrolling label={t.whatChanged}>
      <table>
        <caption class="hidden-text">{t.against}</caption>
        <thead>
          <tr>
            <th scope="col">{t.figure}</th>
            <th scope="col" class="number">
              {t.before}
            </th>
            <th scope="col" class="number">
              {t.after}
            </th>
            <th scope="col" class="number">
              {t.change}
            </th>
          </tr>
        </thead>
        <tbody>
          {differences.map((each) => (
            <tr key={`${each.channel ?? each.of} ${each.figure}`}>
              <th scope="row">
                {t[each.figure]} <small>{each.of}</small>
              </th>
              <td class="number">
                <Figure side={each.before} of={each} />
              </td>
              <td class="number">
                <Figure side={each.after} of={each} />
              </td>
              <td class="number">{changeText(each)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  )
}

export function Differences({
  before,
  after,
  isRunning,
}: {
  readonly before: Analysis
  readonly after: Analysis
  readonly isRunning: boolean
}) {
  const t = words()
  const all = compareAnalyses(before, after)
  const changed = all.filter(({ hasChanged }) => hasChanged)
  const same = all.filter(({ hasChanged }) => !hasChanged)
  return (
    <section class="session-changes card" aria-labelledby="session-changes" aria-busy={isRunning}>
      <header>
        <h2 id="session-changes">{t.whatChanged}</h2>
        <p class="soft">{isRunning ? t.running : t.against}</p>
      </header>
      {changed.length === 0 ? <p>{t.nothing}</p> : <Rows differences={changed} />}
      {same.length > 0 && (
        <details>
          <summary>{t.unchanged(same.length)}</summary>
          <Rows differences={same} />
        </details>
      )}
    </section>
  )
}
