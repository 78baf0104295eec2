/** What `myoserve doctor` looks at: what a plugin keeps, held against what must be true of it. */
import type { Database } from '../database/connection.ts'
import type { ExitCode } from '../exit.ts'
import type { JobReading } from '../jobs/reading.ts'
import type { BlobShelf } from '../storage/shelf.ts'

/** How grave a finding is: a fault is to be mended, a warning to be looked at. */
export type FindingLevel = 'ok' | 'warning' | 'fault'

/** One thing that was found. */
export interface Finding {
  readonly level: FindingLevel
  /** For whoever runs the server; names ids and files, never a person. */
  readonly sentence: string
  /** The command, or the request, that helps. */
  readonly help?: string
}

/** What an examination may look at. Nothing of it can be changed: the server may be running beside. */
export interface ExaminationGround {
  /** The database, over connections that only read. */
  readonly db: Database
  readonly blobs: BlobShelf
  readonly jobs: JobReading
  /** Whether what takes reading every byte is asked for. */
  readonly deep: boolean
  /** The time, in ms since 1970. */
  now(): number
  /** Says how far a long examination is, to whoever waits for it. */
  progress(note: string): void
}

/** One question about what a plugin keeps. */
export interface Examination {
  /** In kebab-case, unique in its plugin. */
  readonly name: string
  /** What the program ends with when it finds a fault; 65, bad data, where absent. */
  readonly exitCode?: Exclude<ExitCode, 0>
  /**
   * Asks it. What is well is said too, in one finding. An error is a fault that says so.
   *
   * @example
   * examine: async ({ db }) => [{ level: 'ok', sentence: `${await db.$count(measurements)} measurements are whole` }]
   */
  examine(ground: ExaminationGround): readonly Finding[] | Promise<readonly Finding[]>
}
