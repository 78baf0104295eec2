/** Shared tiers: whether they are in use, what they were asked, and how they failed last. */
import type { Answer } from '../../../api/client.ts'
import { ago, bytes, dateTime, fixed } from '../../../language/format.ts'
import { Badge, type BadgeKind } from '../../../ui/badge.tsx'
import { Table } from '../../../ui/table.tsx'
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
    <Table
      caption={t.tiersCaption}
      columns={[
        t.tier,
        t.state,
        { number: t.calls },
        { number: t.failures },
        { number: t.read },
        { number: t.written },
        t.lastFailure,
      ]}
    >
      {tiers.map((tier) => (
        <TierRow key={tier.id} tier={tier} />
      ))}
    </Table>
  )
}
