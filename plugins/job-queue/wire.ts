/** From what the operator says to what is sent: times as ISO 8601. */
import type { JobInfo } from '../../src/sdk.ts'

const isoOrNull = (date: Date | null): string | null => date?.toISOString() ?? null

export const jobOf = (job: JobInfo) => ({
  ...job,
  enqueuedAt: job.enqueuedAt.toISOString(),
  notBefore: job.notBefore.toISOString(),
  startedAt: isoOrNull(job.startedAt),
  finishedAt: isoOrNull(job.finishedAt),
})
