/** Its metrics and its health. */

import { messageOf } from '../../../exit.ts'
import { checkMetrics, type Metric } from '../../../observe/metrics.ts'
import type { ContractCase } from './case.ts'
import { inTime } from './in-time.ts'

/** Whoever asks waits no longer. */
const LONGEST_MS = 1000

/** What of a metric stays the same from one collection to the next. */
const shapeOf = ({ name, help, type }: Metric): string => `${name} (${type}): ${help}`

function changes(before: readonly Metric[], after: readonly Metric[]): string[] {
  const [old, now] = [before.map(shapeOf), after.map(shapeOf)]
  const names = [...old.filter((each) => !now.includes(each)), ...now.filter((each) => !old.includes(each))]
  const faults = names.map((each) => `it does not stand in every collection: ${each}`)
  for (const metric of after) {
    const earlier = before.find(({ name }) => name === metric.name)
    if (metric.type !== 'counter' || earlier?.type !== 'counter') continue
    for (const { labels, value } of metric.samples) {
      const was = earlier.samples.find((sample) => Bun.deepEquals(sample.labels, labels))
      if (was && value < was.value)
        faults.push(`the counter ${metric.name} went back from ${was.value} to ${value}`)
      if (!Number.isFinite(value) || value < 0) faults.push(`the counter ${metric.name} is ${value}`)
    }
  }
  return faults
}

export const steadyMetrics: ContractCase = {
  title: 'its metrics are named by the rules, and the same set at each collection',
  async examine(subject) {
    const { plugin } = subject
    if (!plugin.metrics) return []
    const { given } = await subject.shared()
    const collect = async (): Promise<readonly Metric[]> =>
      inTime('its metrics', LONGEST_MS, async () => (await plugin.metrics?.(given.service)) ?? [])
    const first = await collect()
    const prefix = `myoserve_${plugin.name.replaceAll('-', '_')}_`
    const wrong = checkMetrics(first, prefix, new Set())
    return [...(wrong === undefined ? [] : [wrong]), ...changes(first, await collect())]
  },
}

export const promptHealth: ContractCase = {
  title: `its health is told within ${LONGEST_MS / 1000} s`,
  async examine(subject) {
    const { plugin } = subject
    if (!plugin.health) return []
    const { given } = await subject.shared()
    try {
      const health = await inTime('its health', LONGEST_MS, async () => plugin.health?.(given.service))
      if (!health || !['ok', 'degraded', 'failed'].includes(health.status)) {
        return [`its health is ${JSON.stringify(health)}: its status is neither ok nor degraded nor failed`]
      }
      return health.status !== 'ok' && !health.reason ? [`it is ${health.status} without a reason`] : []
    } catch (error) {
      return [`its health throws where it should say that it failed: ${messageOf(error)}`]
    }
  },
}
