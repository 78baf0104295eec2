/** Has jobs done, in this process or in a worker, and again without the plugins that fail. */
import { isPluginFault, LoadTimeout, Problem, type Workers } from '../../../src/sdk.ts'
import { type Owner, UnreadableRecording } from '../../c3d-reader/index.ts'
import { type AnalysisPlan, type Selection, selectTools } from '../analysis/index.ts'
import { endedProblem, unfinishedProblem, type WorkerWork } from '../unfinished.ts'
import {
  type Analysed,
  type AnalysisJob,
  type AnswerMvc,
  type Refused,
  runJob,
  type Workshop,
} from './job.ts'

/** Name of the task that does a job in a worker. */
export const ANALYZE = 'analyze'

/** Plugins that have failed just now, with the reasons. */
export type Failed = ReadonlyMap<string, string>

export interface JobRunner {
  /**
   * What an analysis would be made with at this moment.
   *
   * @param format id of the format of the recording
   * @throws {UnreadableRecording} FORMAT_MISSING
   * @throws {Problem} 503 PLUGIN_QUARANTINED
   */
  select(plan: AnalysisPlan, format: string, failed?: Failed): Selection
  /**
   * @throws {UnreadableRecording} where the bytes are no recording of that format
   * @throws {PluginFault} where the code of a plugin from outside fails; the host knows it by then
   * @throws {TaskTimeout | TaskMemory | TaskCrash} where it did not end, and no plugin is to blame
   * @throws {Problem} 503 PLUGINS_CHANGING where no worker has the plugins of today
   */
  run(job: AnalysisJob, answer: AnswerMvc, signal?: AbortSignal): Promise<Analysed>
}

/** How often a worker that has other plugins is given time to learn of those of today. */
const PATIENCE = 20
const PAUSE_MS = 100

const CHANGING = 'The plugins of the server are being changed; try again shortly.'

const ANALYSIS: WorkerWork = {
  name: 'analysis',
  codes: {
    TASK_TIMEOUT: 'ANALYSIS_TIMEOUT',
    TASK_MEMORY: 'ANALYSIS_MEMORY',
    TASK_CRASH: 'ANALYSIS_CRASH',
  },
}

/** What a caller is told of an analysis that did not end by itself. */
const toProblem = (error: unknown): unknown =>
  error instanceof LoadTimeout ? endedProblem(ANALYSIS, 'TASK_TIMEOUT') : unfinishedProblem(ANALYSIS, error)

/** @param workers absent where jobs are done in this process */
export function createJobRunner(workshop: Workshop, workers: Pick<Workers, 'run'> | undefined): JobRunner {
  const { formats, registry } = workshop

  const runOnce = (
    job: AnalysisJob,
    answer: AnswerMvc,
    signal: AbortSignal | undefined,
  ): Promise<Analysed | Refused> =>
    workers
      ? workers.run(ANALYZE, job, {
          answer: (questions) => answer(questions as Parameters<AnswerMvc>[0]),
          ...(signal ? { signal } : {}),
        })
      : runJob(job, workshop, async (questions) => answer(questions))

  return {
    select(plan, format, failed) {
      const owner: Owner = formats.ownerOf(format)
      return selectTools(registry, plan, { format: owner, ...(failed ? { failed } : {}) })
    },
    async run(job, answer, signal) {
      for (let left = PATIENCE; left > 0; left--) {
        const outcome = await runOnce(job, answer, signal)
        if (outcome.kind === 'analysed') return outcome
        if (outcome.kind === 'unreadable') throw new UnreadableRecording(outcome.code, outcome.message)
        await Bun.sleep(PAUSE_MS)
      }
      throw new Problem(503, 'PLUGINS_CHANGING', CHANGING, { headers: { 'retry-after': '1' } })
    },
  }
}

/**
 * Tries again without each plugin that fails on the way, so that the caller has all that the others can tell.
 *
 * @param attempt is told which have failed so far; it must not use them again
 * @throws {Problem} where it did not end
 */
export async function withoutFailing<T>(attempt: (failed: Failed) => Promise<T>): Promise<T> {
  const failed = new Map<string, string>()
  for (;;) {
    try {
      return await attempt(failed)
    } catch (error) {
      if (!isPluginFault(error) || failed.has(error.plugin)) throw toProblem(error)
      failed.set(error.plugin, error.reason)
    }
  }
}
