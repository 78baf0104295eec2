/** The metrics of plugins: one that fails, or whose metrics are malformed, costs its own and no others. */
import { messageOf } from '../exit.ts'
import type { Logger } from '../observe/log.ts'
import { checkMetrics, type Metric } from '../observe/metrics.ts'
import { marked } from '../workers/marked.ts'
import type { Plugin } from './define.ts'
import { inTime } from './in-time.ts'

/** Whoever collects waits for no plugin longer than this. */
const LONGEST_MS = 2000

const prefixOf = ({ name }: Plugin): string => `myoserve_${name.replaceAll('-', '_')}_`

const late = () => new Error(`they took longer than ${LONGEST_MS} ms`)

type Running = ReadonlyArray<{ readonly plugin: Plugin; readonly service?: unknown }>

/**
 * @param log told once of a plugin whose metrics are left out, until they are well again
 * @returns a function that adds the metrics of plugins to those of the host
 */
export function createMetricsCollector(
  log: Logger,
): (own: readonly Metric[], plugins: Running) => Promise<Metric[]> {
  const told = new Set<string>()

  return async (own, plugins) => {
    const answers = await Promise.allSettled(
      plugins.map(({ plugin, service }) => {
        const metrics = () => marked(plugin.name, () => plugin.metrics?.(service) ?? [])
        return inTime(LONGEST_MS, metrics, late)
      }),
    )
    const all = [...own]
    /** Adds what a plugin gave. @throws what is wrong with it */
    const take = (plugin: Plugin, answer: PromiseSettledResult<readonly Metric[]> | undefined): void => {
      if (answer?.status !== 'fulfilled') throw answer?.reason
      const wrong = checkMetrics(answer.value, prefixOf(plugin), new Set(all.map(({ name }) => name)))
      if (wrong !== undefined) throw new RangeError(wrong)
      all.push(...answer.value)
    }
    const samples = plugins.map(({ plugin }, i) => {
      try {
        take(plugin, answers[i])
        told.delete(plugin.name)
        return { labels: { plugin: plugin.name }, value: 1 }
      } catch (error) {
        if (!told.has(plugin.name)) {
          log.warn({ plugin: plugin.name, err: error }, `its metrics are left out: ${messageOf(error)}`)
        }
        told.add(plugin.name)
        return { labels: { plugin: plugin.name }, value: 0 }
      }
    })
    all.push({
      name: 'myoserve_plugin_metrics_up',
      help: '1 for a plugin whose metrics are here, 0 for one that gave none that could be taken.',
      type: 'gauge',
      samples,
    })
    return all
  }
}
