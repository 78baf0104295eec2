/** What Prometheus expects of any process, and which program it is. */
import { VERSION } from '../version.ts'
import type { Metric } from './metrics.ts'

/** @see https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics */
export function processMetrics(): Metric[] {
  const { user, system } = process.cpuUsage()
  return [
    {
      name: 'myoserve_build_info',
      help: 'Always 1; the label says which version runs.',
      type: 'gauge',
      samples: [{ labels: { version: VERSION }, value: 1 }],
    },
    {
      name: 'process_cpu_seconds_total',
      help: 'Processor time in user and system mode.',
      type: 'counter',
      samples: [{ value: (user + system) / 1e6 }],
    },
    {
      name: 'process_resident_memory_bytes',
      help: 'Resident memory.',
      type: 'gauge',
      samples: [{ value: process.memoryUsage.rss() }],
    },
    {
      name: 'process_start_time_seconds',
      help: 'When the process started, in seconds since 1970.',
      type: 'gauge',
      samples: [{ value: Math.round(performance.timeOrigin) / 1000 }],
    },
  ]
}
