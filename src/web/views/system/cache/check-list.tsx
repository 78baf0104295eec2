/** Health checks of the cache in words: the figure, its threshold, and what it means. */
import { against, decimalsAgainst } from '../../../language/amounts.ts'
import { exact, exactPercent, fixed, NO_FIGURE } from '../../../language/format.ts'
import { Badge, type BadgeKind } from '../../../ui/badge.tsx'
import { Said } from '../../../ui/said.tsx'
import { Table } from '../../../ui/table.tsx'
import { wordOf } from '../word-of.ts'
import { checkWords } from './check-words.ts'
import { type Check, type Subject, subjectOf, worstFirst } from './checks.ts'
import './check-list.css'

const KINDS: Readonly<Record<Check['status'], BadgeKind>> = {
  ok: 'good',
  warning: 'warning',
  failing: 'bad',
  unknown: 'unknown',
}

type Words = ReturnType<typeof checkWords>

function nameOf({ kind, tier }: Subject, id: string, t: Words): string {
  const name = (tier && wordOf(t, tier)) ?? tier ?? ''
  if (kind === 'tier') return t.tier(name)
  if (kind === 'connectionFailures') return t.connectionFailures(name)
  if (kind === 'latency') return t.latency(name)
  return kind === 'other' ? id : t[kind]
}

/** Never rounded across its threshold: 69.6 % is not shown as 70 % where 70 % is enough. */
function figure({ value, threshold }: Check, unit: Subject['unit'], t: Words): string {
  if (value === null) return NO_FIGURE
  const held = (factor: number) => [threshold === null ? null : factor * threshold, factor]
  if (unit === 'share') return against(100 * value, held(100), 1, '%')
  return unit === 'ratio' ? t.times(fixed(value, decimalsAgainst(value, held(1), 1))) : exact(value)
}

function limit({ threshold }: Check, { kind, unit }: Subject, t: Words): string {
  if (threshold === null) return t.noLimit
  const text =
    unit === 'share'
      ? exactPercent(100 * threshold)
      : unit === 'ratio'
        ? t.times(exact(threshold))
        : exact(threshold)
  return kind === 'hitRate' ? t.under(text) : t.over(text)
}

/** What a check says; of one that this page does not know, what the server says. */
function Meaning({ check, subject }: { readonly check: Check; readonly subject: Subject }) {
  const t = checkWords()
  if (check.status === 'unknown') return <>{t.tooFew}</>
  const state = { ok: 'Ok', warning: 'Warning', failing: 'Failing' }[check.status]
  const known = wordOf(t, `${subject.kind}${state}`)
  return (
    <>
      {known}{' '}
      {check.reason && check.status !== 'ok' && (
        <small class="soft">
          <Said text={check.reason} />
        </small>
      )}
    </>
  )
}

/** @param checks as `GET /api/cache/health` answers them */
export function CheckList({ checks }: { readonly checks: readonly Check[] }) {
  const t = checkWords()
  return (
    <Table
      caption={t.caption}
      class="cache-checks"
      columns={[t.check, t.state, { number: t.now }, { number: t.warns }]}
    >
      {worstFirst(checks).map((check) => {
        const subject = subjectOf(check.id)
        return (
          <tr key={check.id}>
            <th scope="row">
              {nameOf(subject, check.id, t)}
              <span class="soft">
                <Meaning check={check} subject={subject} />
              </span>
            </th>
            <td>
              <Badge kind={KINDS[check.status]}>{t[check.status]}</Badge>
            </td>
            <td class="number">{figure(check, subject.unit, t)}</td>
            <td class="number">{limit(check, subject, t)}</td>
          </tr>
        )
      })}
    </Table>
  )
}
