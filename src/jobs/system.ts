/** Jobs and events of one server: what plugins declare, what they are handed, what runs. */
import type { Events, JobOperator, Jobs } from './contract.ts'
import type { JobDeclaration } from './queue.ts'

/** What the context of a plugin holds of it. */
export interface PluginJobs {
  readonly jobs: Jobs
  readonly events: Events
  /** Takes the declaration back: its events are not kept for it any more. */
  close(): void
}

export interface JobSystem {
  readonly operator: JobOperator
  /** Takes up what a plugin declares: from now on events are kept for it, whether it runs or not. */
  open(declaration: JobDeclaration): PluginJobs
  /**
   * Runs the jobs of a plugin that is open.
   *
   * @returns ends that: what runs may end, or is handed back, within a few seconds
   */
  work(plugin: string, service: unknown): Promise<() => Promise<void>>
  /** Has a function asked why a plugin does not run its jobs. */
  explain(reasonOf: (plugin: string) => string | undefined): void
  /** Ends what follows jobs, so that nobody waits for it. */
  quiesce(): void
  /** Ends all work at once, as the end of each plugin's work would one after the other. */
  stop(): Promise<void>
  close(): Promise<void>
}
