/** Jobs in figures: what this server has run, and what waits on the database. */
import type { EventStreams, JobOperator, Metric, MetricSample, QueueTally } from '../../src/sdk.ts'

const labelsOf = ({ plugin, name }: { readonly plugin: string; readonly name: string }) => ({
  plugin,
  job: name,
})

const counter = (
  operator: JobOperator,
  name: string,
  help: string,
  value: (tally: QueueTally) => number,
): Metric => {
  const sums = new Map<string, { labels: Record<string, string>; value: number }>()
  // A queue has one tally for each time that its plugin was loaded.
  for (const tally of operator.tallies()) {
    const key = `${tally.plugin}.${tally.name}`
    const sum = sums.get(key) ?? { labels: labelsOf(tally), value: 0 }
    sum.value += value(tally)
    sums.set(key, sum)
  }
  return { name: `myoserve_job_queue_${name}`, help, type: 'counter', samples: [...sums.values()] }
}

/** None where the database is away: the other figures are worth having all the same. */
async function standing(operator: JobOperator): Promise<MetricSample[]> {
  const counts = await operator.counts().catch(() => [])
  return counts.flatMap((queue) =>
    (['waiting', 'running', 'failed'] as const).map((state) => ({
      labels: { ...labelsOf(queue), state },
      value: queue[state],
    })),
  )
}

export const jobMetrics = async (operator: JobOperator, streams: EventStreams): Promise<Metric[]> => [
  {
    name: 'myoserve_job_queue_jobs',
    help: 'Jobs on the database that wait, run, or were given up.',
    type: 'gauge',
    samples: await standing(operator),
  },
  counter(operator, 'completed_total', 'Attempts of jobs here that went well.', ({ completed }) => completed),
  counter(operator, 'failed_total', 'Attempts of jobs here that failed.', ({ failed }) => failed),
  counter(
    operator,
    'interrupted_total',
    'Attempts of jobs here that were cancelled, taken over, or handed back.',
    ({ interrupted }) => interrupted,
  ),
  counter(operator, 'run_seconds_total', 'Time that attempts here took.', ({ runMs }) => runMs / 1000),
  {
    name: 'myoserve_job_queue_open_streams',
    help: 'Clients that follow a job as a stream of events.',
    type: 'gauge',
    samples: [{ value: streams.count() }],
  },
]
