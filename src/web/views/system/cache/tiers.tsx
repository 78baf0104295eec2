/** Shared tiers: whether they are in use, what they were asked, and how they failed last. */
import type { Answer } from '../../../api/client.ts'
import { ago, bytes, dateTime, fixed } from '../../../language/format.ts'
import { Badge, type BadgeKind } from '../../../ui/badge.tsx'
import { Scrolling } from '../../../ui/scrolling.tsx'
import { words } from './words.ts'

type Tier = Answer<'GET /api/cache/stats'>['tiers'][number]

const KINDS: Readonly<Record<Tier['breaker'], BadgeKind>> = {
  closed: 'good',
  open: 'bad',
  'half-open': 'warning',
}

const sum = (counts: readonly number[]): number => counts.reduce((total, each) => total + each, 0)

function TierRow({ tier }: { readonly tier: Tier }) {
  const t = words()
  const { id, breaker, lastFailure, operations } = tier
  const of = operations && Object.values(operations)
  return (
    <tr>
      <th scope="row">{t[id]}</th>
      <td>
        <Badge kind={KINDS[breaker]}>{t[breaker]}</Badge>
      </td>
      {of === null ? (
        <td colSpan={2} class="soft">
          {t.notCounted}
        </td>
      ) : (
        <>
          <td class="number">{fixed(sum(of.map(({ calls }) => calls)))}</td>
          <td class="number">{fixed(sum(of.flatMap(({ failures }) => Object.values(failures))))}</td>
        </>
      )}
      <td class="number">{tier.bytesRead === null ? t.notCounted : bytes(tier.bytesRead)}</td>
      <td class="number">{tier.bytesWritten === null ? t.notCounted : bytes(tier.bytesWritten)}</td>
      <td>
        {lastFailure === null ? (
          <span class="soft">{t.never}</span>
        ) : (
          <>
            <time dateTime={lastFailure.at} title={dateTime(lastFailure.at)}>
              {ago(lastFailure.at)}
            </time>
            <span class="soft" lang="en">
              {lastFailure.message}
            </span>
          </>
        )}
      </td>
    </tr>
  )
}

export function Tiers({ tiers }: { readonly tiers: readonly Tier[] }) {
  const t = words()
  return (
    <Scrolling label={t.tiersCaption}>
      <table>
        <caption class="hidden-text">{t.tiersCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{t.tier}</th>
            <th scope="col">{t.state}</th>
            {[t.calls, t.failures, t.read, t.written].map((label) => (
              <th key={label} scope="col" class="number">
                {label}
              </th>
            ))}
            <th scope="col">{t.lastFailure}</th>
          </tr>
        </thead>
        <tbody>
          {tiers.map((tier) => (
            <TierRow key={tier.id} tier={tier} />
          ))}
        </tbody>
      </table>
    </Scrolling>
  )
}
