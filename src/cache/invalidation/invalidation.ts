/**
 * Invalidation by versions of tags. The truth is a row for each tag in PostgreSQL, bumped in the transaction of the
 * change itself, so that a crash between the two loses nothing and no clock decides.
 */
import type { Database } from '../../database/connection.ts'
import { createVersionMap } from './versions.ts'

/** What {@link Invalidation.bump} gives: wait for it once the transaction is committed. */
export interface Bump {
  /**
   * Resolves when no node serves an entry of the old versions any more: each has confirmed, or its lease is over, so
   * that it does not trust itself.
   */
  settled(): Promise<void>
}

export interface Invalidation {
  /**
   * Whether this node surely hears of every bump. While it is not, nothing in any tier is served, since it may be
   * outdated.
   */
  isTrusted(): boolean
  /** Version of a tag that is in force, as far as this node knows; 0 where it was never bumped. */
  version(tag: string): number
  /** The same of the tag that an entry has of its own, by its key. */
  keyVersion(key: string): number
  /**
   * Bumps tags within a transaction of the caller's, or in one of its own.
   *
   * @param tx the transaction of the change that makes entries outdated
   */
  bump(tags: readonly string[], tx?: Database): Promise<Bump>
  /** Calls back for every bump that this node hears of, its own among them, after it is in force here. */
  onBump(listener: (tags: readonly string[]) => void): void
  /** Calls back when trust is lost and when it is back. */
  onTrust(listener: (trusted: boolean) => void): void
  close(): Promise<void>
}

/** For programs without a database, and one process alone: versions in memory. */
export function createLocalInvalidation(): Invalidation {
  const versions = createVersionMap()
  const listeners: Array<(tags: readonly string[]) => void> = []
  return {
    isTrusted: () => true,
    version: versions.get,
    keyVersion: versions.ofKey,
    async bump(tags) {
      versions.raise(tags.map((tag) => [tag, versions.get(tag) + 1] as const))
      for (const listener of listeners) listener(tags)
      return { settled: async () => undefined }
    },
    onBump: (listener) => void listeners.push(listener),
    onTrust: () => undefined,
    close: async () => undefined,
  }
}
