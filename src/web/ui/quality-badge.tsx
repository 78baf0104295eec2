/** The verdict on the signals of a session, with the channels that it is of. */
import { VerdictBadge } from './badge.tsx'
import { type QualityCounts, worstOf } from './quality.ts'
import { words } from './quality-words.ts'

/** @example <QualityBadge counts={{ good: 6, usable: 0, poor: 2 }} /> says “Poor, 2 of 8 channels” */
export function QualityBadge({ counts }: { readonly counts: QualityCounts }) {
  const t = words()
  const verdict = worstOf(counts)
  const all = counts.good + counts.usable + counts.poor
  const of = verdict === 'unknown' ? 0 : counts[verdict]
  return (
    <span class="quality-badge">
      <VerdictBadge verdict={verdict} />{' '}
      <small>{all === 0 ? t.none : of === all ? t.all(all) : t.some(of, all)}</small>
    </span>
  )
}
