/** What can become of a task that nobody is to blame for by name. */

const TASK_ERROR = Symbol.for('myoserve:task-error')

/** A task that did not end by itself. `code` is stable. */
export abstract class TaskError extends Error {
  abstract readonly code: 'TASK_TIMEOUT' | 'TASK_MEMORY' | 'TASK_CRASH'
  readonly [TASK_ERROR] = true
}

/** It went on for longer than its limit; its worker was ended. */
export class TaskTimeout extends TaskError {
  override readonly name = 'TaskTimeout'
  readonly code = 'TASK_TIMEOUT'
}

/** Its worker took more memory than its limit, and was ended. */
export class TaskMemory extends TaskError {
  override readonly name = 'TaskMemory'
  readonly code = 'TASK_MEMORY'
}

/** Its worker ended, or did not come up. */
export class TaskCrash extends TaskError {
  override readonly name = 'TaskCrash'
  readonly code = 'TASK_CRASH'
}

/** Whether a task did not end by itself: {@link TaskTimeout}, {@link TaskMemory} or {@link TaskCrash}. */
export const isTaskError = (error: unknown): error is TaskError =>
  error instanceof Error && TASK_ERROR in error
