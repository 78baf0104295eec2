/** Stands for the jobs of a server where there is none. */
import { EXIT, Failure } from '../exit.ts'
import type { JobOperator } from './contract.ts'
import type { JobSystem } from './system.ts'

const missing = (reason: string): Error => new Failure(EXIT.serviceMissing, reason)

/**
 * @param reason one sentence, for whoever would enqueue or watch a job
 * @param refusal what is thrown, with that sentence
 */
export function absentJobs(
  reason = 'jobs and events take a running server: this command has none',
  refusal: (reason: string) => Error = missing,
): JobSystem {
  const refuse = (): never => {
    throw refusal(reason)
  }
  const refuseLater = async (): Promise<never> => refuse()
  const operator: JobOperator = {
    list: refuseLater,
    get: refuseLater,
    retry: refuseLater,
    cancel: refuseLater,
    follow: refuse,
    counts: refuseLater,
    tallies: () => [],
    trouble: () => reason,
  }
  // Where nothing is run, nobody listens.
  const handed = {
    jobs: { enqueue: refuseLater, enqueueAll: refuseLater },
    events: { emit: async () => undefined },
    close: () => undefined,
  }
  return {
    operator,
    open: () => handed,
    work: async () => async () => undefined,
    explain: () => undefined,
    quiesce: () => undefined,
    stop: async () => undefined,
    close: async () => undefined,
  }
}
