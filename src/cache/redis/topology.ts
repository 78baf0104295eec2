/** What the tier sees of the servers behind a REDIS_URL. */
import type { CallOptions, Command, Server } from './server.ts'

/** Keys that one command may name together, by their places in the list that was asked about. */
export interface KeyGroup {
  readonly slot: number
  readonly indexes: readonly number[]
}

/** One server, the master that sentinels name, or a Cluster. */
export interface Topology {
  /** Sends commands to the server of a slot in one go. @throws {TierFailure} */
  call(slot: number, commands: readonly Command[], options: CallOptions): Promise<readonly unknown[]>
  groups(keys: readonly string[]): readonly KeyGroup[]
  slot(key: string): number
  /** Whether it is known which server has which slots; until then calls find out by redirects, and may fail. */
  isKnown(): boolean
  /** All that hold keys, by an id that says nothing of their address. */
  servers(): ReadonlyMap<string, Server>
  close(): void
}
