/** The cache in a few figures, as they change. */
import type { ComponentChildren } from 'preact'
import { against } from '../../../language/amounts.ts'
import {
  bytes,
  duration,
  fixed,
  NO_FIGURE,
  percent,
  significant,
  withUnit,
} from '../../../language/format.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Meter } from '../../../ui/meter.tsx'
import { ratePercent } from './rate.ts'
import { ratesOver } from './ring.ts'
import type { Live, Snapshot } from './use-live.ts'
import { words } from './words.ts'

const MINUTE_MS = 60_000

const Tile = ({
  label,
  figure,
  children,
}: {
  readonly label: string
  readonly figure?: string
  readonly children?: ComponentChildren
}) => (
  <section class="card" aria-label={label}>
    <h2>{label}</h2>
    {figure && <p class="figure">{figure}</p>}
    {children}
  </section>
)

function HitRate({ latest, ring }: { readonly latest: Snapshot; readonly ring: Live['ring'] }) {
  const t = words()
  const rates = ratesOver(ring, MINUTE_MS)
  const { reads, misses, hitRate } = latest.totals
  const all = percent(ratePercent(hitRate), 1)
  return (
    <Tile label={t.hitRate} figure={percent(ratePercent(rates?.hitRate ?? null), 1)}>
      <p class="soft">{rates === undefined ? t.measuring : rates.reads === 0 ? t.noReads : t.lastMinute}</p>
      <p class="soft">
        {hitRate === null
          ? t.noReadsYet
          : `${all} ${t.sinceStart} (${t.hitsOf(fixed(reads - misses), fixed(reads))})`}
      </p>
    </Tile>
  )
}

const phaseWords = (t: ReturnType<typeof words>): Readonly<Record<Snapshot['phase'], string>> => ({
  database: t.phase_database,
  'dual-write': t.phase_dual_write,
  'redis-primary': t.phase_redis_primary,
  'redis-only': t.phase_redis_only,
})

/** @param live with a snapshot there already */
export function Tiles({ latest, ring }: { readonly latest: Snapshot; readonly ring: Live['ring'] }) {
  const t = words()
  const rates = ratesOver(ring, MINUTE_MS)
  const { memory, isTrusted, totals } = latest
  const full = memory.bytes / memory.maxBytes
  return (
    <div class="cache-tiles">
      <HitRate latest={latest} ring={ring} />
      <Tile label={t.reads} figure={withUnit(significant(rates?.readsPerS, 2), t.perSecond)}>
        <p class="soft">{rates === undefined ? t.measuring : t.lastMinute}</p>
        <p class="soft">
          {fixed(totals.reads)} {t.sinceStart}
        </p>
      </Tile>
      <Tile label={t.memory} figure={bytes(memory.bytes)}>
        <Meter
          label={t.memoryOf(against(100 * full, [80, 100], 0, '%'), bytes(memory.maxBytes))}
          value={memory.bytes}
          max={memory.maxBytes}
          text={t.entriesInMemory(fixed(memory.entries))}
          tone={full > 0.8 ? 'warning' : 'good'}
        />
      </Tile>
      <Tile label={t.saved} figure={totals.reads > 0 ? duration(Math.max(0, totals.savedMs)) : NO_FIGURE}>
        <p class="soft">{totals.reads > 0 ? t.savedNote : t.noReadsYet}</p>
      </Tile>
      <Tile label={t.phase}>
        <p>
          <strong>{phaseWords(t)[latest.phase]}</strong> <code>{latest.phase}</code>
        </p>
        <p>
          <Badge kind={isTrusted ? 'good' : 'bad'}>{isTrusted ? t.trusted : t.untrusted}</Badge>
        </p>
        <p class="soft">{isTrusted ? t.trustedNote : t.untrustedNote}</p>
      </Tile>
    </div>
  )
}
