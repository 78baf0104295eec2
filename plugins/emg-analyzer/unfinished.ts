/** What a caller is told of work that did not end by itself in its worker. */
import { isPluginFault, isTaskError, Problem, type TaskError } from '../../src/sdk.ts'
import { quarantinedProblem } from './analysis/index.ts'

/** Some kind of work that is done in workers. */
export interface WorkerWork {
  /** As sentences name it, such as `export`. */
  readonly name: string
  /** What each ending is called in answers. */
  readonly codes: Readonly<Record<TaskError['code'], string>>
}

const ENDINGS = {
  TASK_TIMEOUT: [504, (name: string) => `The ${name} took too long, and was ended.`],
  TASK_MEMORY: [503, (name: string) => `The ${name} took too much memory, and was ended.`],
  TASK_CRASH: [503, (name: string) => `The process of the ${name} ended before it did.`],
} as const

/** A problem that a later attempt may not have. */
export function endedProblem({ name, codes }: WorkerWork, ending: TaskError['code']): Problem {
  const [status, sentence] = ENDINGS[ending]
  return new Problem(status, codes[ending], sentence(name), { headers: { 'retry-after': '1' } })
}

/**
 * What a caller is told: a problem of 503 or 504 where the work did not end by itself or needs a plugin that is
 * quarantined, else the error as it is.
 *
 * @example await workers.run(WRITE, task).catch((error) => { throw unfinishedProblem(EXPORT, error) })
 */
export function unfinishedProblem(work: WorkerWork, error: unknown): unknown {
  if (isTaskError(error)) return endedProblem(work, error.code)
  if (isPluginFault(error)) return quarantinedProblem(`The ${work.name}`, error.plugin, error.reason)
  return error
}
