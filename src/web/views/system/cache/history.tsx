/** The last hour of the cache, every ten seconds. */
import type { Answer } from '../../../api/client.ts'
import { bytes, byteUnit, clock, duration, percent, significant } from '../../../language/format.ts'
import { Chart } from '../../../plot/chart/chart.tsx'
import { ratePercent } from './rate.ts'
import { words } from './words.ts'

type Sample = Answer<'GET /api/cache/dashboard'>['history'][number]

const MEGABYTE = 1e6

/** @param history oldest first */
export function CacheHistory({
  history,
  limitBytes,
}: {
  readonly history: readonly Sample[]
  readonly limitBytes: number
}) {
  const t = words()
  if (history.length < 2) return <p class="soft">{t.noHistory}</p>
  const x = {
    kind: 'time',
    label: t.time,
    at: history.map(({ at }) => Date.parse(at)),
    format: (ms: number) => clock(new Date(ms).toISOString()),
  } as const
  const line = { marker: 'none' } as const
  const tiers = [...new Set(history.flatMap((sample) => Object.keys(sample.tiers)))]
  return (
    <div class="cache-history">
      <Chart
        title={t.hitRate}
        unit="%"
        x={x}
        height={180}
        include={[0, 100]}
        format={(value) => percent(value, 1)}
        series={[
          {
            ...line,
            id: 'hitRate',
            label: t.hitRate,
            values: history.map(({ hitRate }) => ratePercent(hitRate)),
            notes: history.map(({ hitRate }) => (hitRate === null ? t.noReadsThen : null)),
            marker: 'circle',
          },
        ]}
        references={[{ label: t.good, value: 70 }]}
      />
      <Chart
        title={t.readRate}
        unit={t.perSecond}
        x={x}
        height={180}
        format={(value) => `${significant(value, 2)}\u202f${t.perSecond}`}
        series={[{ ...line, id: 'reads', label: t.reads, values: history.map(({ readsPerS }) => readsPerS) }]}
      />
      <Chart
        title={t.memoryUsed}
        unit={byteUnit('MB')}
        x={x}
        height={180}
        format={(value) => bytes(MEGABYTE * value)}
        series={[
          {
            ...line,
            id: 'memory',
            label: t.memory,
            values: history.map(({ memoryBytes }) => memoryBytes / MEGABYTE),
          },
        ]}
        references={[{ label: t.limit, value: limitBytes / MEGABYTE }]}
      />
      <Chart
        title={t.latency}
        unit="ms"
        x={x}
        height={180}
        format={duration}
        series={tiers.map((id) => ({
          id,
          label: id === 'redis' || id === 'postgres' ? t[id] : id,
          marker: 'circle' as const,
          values: history.map((sample) => sample.tiers[id]?.latencyMs ?? null),
          notes: history.map((sample) => (sample.tiers[id]?.latencyMs == null ? t.noReadsThen : null)),
        }))}
      />
    </div>
  )
}
