/** Heavy work of plugins that runs in worker processes, as plugins see it. */

/** What a running task gets. */
export interface TaskContext {
  /** Aborted when whoever started the task has no more use for it, or its time is over. */
  readonly signal: AbortSignal
  /** Asks whoever started the task; rejects where nobody answers there. Question and answer are cloned. */
  ask(question: unknown): Promise<unknown>
}

/**
 * One kind of task. Runs in a worker, where the plugin was set up without database and disk. What goes in and out is
 * cloned as by `structuredClone`; large inputs are named, as by the path of a file, not sent.
 */
export type TaskRun = (input: unknown, context: TaskContext) => unknown

/** Tasks by their names. */
export type Tasks = Readonly<Record<string, TaskRun>>

/** How one task is run. */
export interface TaskOptions {
  /** Longest that it may run, in ms; waiting for a worker does not count. Default is the setting `workerTimeLimit`. */
  readonly timeoutMs?: number
  /** Gives the task up: it leaves the queue, or its worker is told and ended where it does not obey. */
  readonly signal?: AbortSignal
  /** Answers what the task asks. */
  answer?(question: unknown): unknown
}

/** Runs the tasks of one plugin in worker processes. */
export interface Workers {
  /**
   * @param task a name under the plugin's `tasks`
   * @throws {PluginFault} where the code of a plugin, run by `attributed`, failed or broke a limit
   * @throws {TaskTimeout} {@link TaskMemory} {@link TaskCrash} where nobody is to blame by name
   * @throws what the task threw, as far as it can be cloned; the reason of `signal` where that was aborted
   * @example
   * const analysis = await workers.run<Analysis>('analyze', { path, plan }, { answer: resolveMvc, signal })
   */
  run<Output>(task: string, input: unknown, options?: TaskOptions): Promise<Output>
}
