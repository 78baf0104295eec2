/** What a case of the contract is: a title, and a function that finds what is wrong. */
import type { Subject } from './subject.ts'

/** One thing that every plugin holds. */
export interface ContractCase {
  /** What the plugin does. */
  readonly title: string
  /** Whether it takes a database. */
  readonly database?: boolean
  /** @returns what is wrong, a sentence each; none where the plugin holds it */
  examine(subject: Subject): Promise<readonly string[]>
}
