/** What is removed when it has been kept long enough, as plugins declare it. */
import type { Database } from '../database/connection.ts'

/** One rule of a plugin. */
export interface RetentionRule {
  /** What it is about, in kebab-case, unique in its plugin: `sessions`. */
  readonly name: string
  /** How long it is kept, in ms; undefined: for ever. */
  readonly afterMs: number | undefined
  /** How many are older than a moment. Changes nothing. */
  due(before: Date, db: Database): Promise<number>
  /** Removes those, and answers how many. What is left undone, another run does. */
  remove(before: Date, db: Database): Promise<number>
}

/** A rule, and whose it is. */
export interface PluginRule {
  readonly plugin: string
  readonly rule: RetentionRule
}
