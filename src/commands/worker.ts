/** The hidden command `worker`, by which this program starts itself to run the tasks of plugins. */
import { availableParallelism } from 'node:os'
import type { HostConfig } from '../config/schema.ts'
import { HOST } from '../database/host-migrations.ts'
import type { Logger } from '../observe/log.ts'
import { createOfflineHost, type Program } from '../program.ts'
import { NO_WORKERS, serveTasks } from '../workers/child.ts'
import { createWorkerPool, type PoolOptions, type WorkerPool } from '../workers/pool.ts'
import type { Birth } from '../workers/protocol.ts'
import type { Tasks } from '../workers/task.ts'
import type { Examination } from './plugin/examine.ts'

export const WORKER = 'worker'

/** A worker that has not come up by then never will; plugins that hold it up are known by name before. */
const START_LIMIT_MS = 60_000

/**
 * Workers that read the same settings as this process.
 *
 * @param self starts this program
 * @param argv what follows the name of the command
 */
export const openWorkers = (
  self: readonly string[],
  argv: readonly string[],
  config: HostConfig,
  log: Logger,
  { alone, settings }: Required<Pick<PoolOptions, 'alone' | 'settings'>>,
): WorkerPool =>
  createWorkerPool({
    command: [...self, WORKER, ...argv],
    size: config.workers ?? availableParallelism(),
    memoryBytes: config.workerMemory,
    timeLimitMs: config.workerTimeLimit,
    pluginTimeLimitMs: config.pluginTimeLimit,
    startLimitMs: START_LIMIT_MS,
    alone,
    settings,
    log,
  })

/** Sets the plugins up as for commands without a server, and serves their tasks until the parent is gone. */
export async function runWorker(program: Program, birth: Birth): Promise<never> {
  // What a plugin leaves behind unwatched ends no worker: the task of another may run in it.
  const stray = (error: unknown): void => program.log.error({ err: error }, 'an error that nobody waited for')
  process.on('unhandledRejection', stray)
  process.on('uncaughtException', stray)
  if (birth.alone) {
    const { EXAMINE, examine } = await import('./plugin/examine.ts')
    const own: Tasks = {
      [EXAMINE]: (input, { ask }) => examine(input as Examination, program, (sentence) => void ask(sentence)),
    }
    return serveTasks({ refused: [], tasks: (name) => (name === HOST ? own : undefined), quarantine() {} })
  }
  const host = await createOfflineHost({ ...program, workers: NO_WORKERS })
  for (const { name, reason } of birth.quarantined) host.quarantine(name, reason)
  const refused = host
    .states()
    .filter(({ origin, state }) => origin === 'external' && state === 'quarantined')
    .map(({ name, reason = '', blocked = false }) => ({ name, reason, blocked }))
  return serveTasks({ refused, tasks: host.tasks, quarantine: host.quarantine })
}
