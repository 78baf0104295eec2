/** Looks for jobs that were given up. */
import type { Examination } from '../../src/sdk.ts'

/** That no job was given up, or which were. */
export const jobExaminations: readonly Examination[] = [
  {
    name: 'jobs-given-up',
    async examine({ jobs }) {
      const failed = (await jobs.counts()).filter((each) => each.failed > 0)
      if (failed.length === 0) return [{ level: 'ok', sentence: 'No job was given up in the last 14 days.' }]
      return failed.map(({ plugin, name, failed: count }) => ({
        level: 'warning',
        sentence: `${count} ${count === 1 ? 'job' : 'jobs'} ${plugin}.${name} ${count === 1 ? 'was' : 'were'} given up.`,
        help: `curl 'http://127.0.0.1:8080/api/jobs?plugin=${plugin}&name=${name}&state=failed'`,
      }))
    },
  },
]
