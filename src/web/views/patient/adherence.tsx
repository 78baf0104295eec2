/** Adherence as it is today: how much of the protocol took place, with its category in words. */
import { useRead } from '../../api/use-read.ts'
import { fixed } from '../../language/format.ts'
import { Badge, type BadgeKind } from '../../ui/badge.tsx'
import { Facts } from '../../ui/facts.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Said } from '../../ui/said.tsx'
import { adherenceText } from './adherence-text.ts'
import { PROTOCOL_DAYS } from './treatment.ts'
import { trendWords } from './trend-words.ts'

const KINDS: Readonly<Record<'excellent' | 'good' | 'moderate' | 'poor', BadgeKind>> = {
  excellent: 'good',
  good: 'good',
  moderate: 'warning',
  poor: 'bad',
}

/** 15 a week are no whole number on most days. */
export const expectedText = (expected: number | null): string =>
  fixed(expected, expected !== null && Number.isInteger(expected) ? 0 : 1)

export function AdherenceNow({ code }: { readonly code: string }) {
  const t = trendWords()
  const read = useRead('GET /api/scoring/adherence/{patientCode}', { path: { patientCode: code } })
  if (read.problem && !read.data) return <ProblemNotice problem={read.problem} retry={read.reload} />
  if (!read.data) return null
  const { score, category, reason, protocolDay, completed, expected } = read.data
  const why = reason && <Said text={reason} />
  return (
    <section class="card patient-adherence">
      <Facts
        facts={[
          {
            label: t.percentOf,
            value: score === null ? null : adherenceText(score),
            note: category === null ? why : <Badge kind={KINDS[category]}>{t[category]}</Badge>,
          },
          {
            label: t.sessionsDone,
            value: completed === null ? null : t.doneOf(fixed(completed), expectedText(expected)),
            note: completed === null && why,
          },
          {
            label: t.protocolDay,
            value: protocolDay === null ? null : t.protocolDayOf(protocolDay, PROTOCOL_DAYS),
            note: protocolDay === null && why,
          },
        ]}
      />
      <small class="soft">{t.bounds}</small>
    </section>
  )
}
