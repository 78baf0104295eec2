/** An entry of the cache, as the tiers hold it. */

/** What is known of an entry beside its value. Times are ms since 1970 by the clock of the node that wrote it. */
export interface EntryMeta {
  /** When its loading began. */
  readonly createdAt: number
  /** Until then it is served as it is; after that it is stale. */
  readonly freshUntil: number
  /** Until then it may be served stale; after that it is gone. */
  readonly keptUntil: number
  /**
   * The version of each of its tags, as its load began; the tag of its own key has an empty name here. A version that differs from the one now in force makes the
   * entry invalid, whatever its age: it is never served.
   */
  readonly versions: Readonly<Record<string, number>>
  /** Names what it was computed from beside its key; a read that states other inputs is never served it. */
  readonly inputs: string | null
  /** Says that there is nothing: the loader answered null. */
  readonly negative: boolean
}

/** An entry as a shared tier takes it and gives it back. */
export interface StoredEntry {
  readonly key: string
  /** Name of its namespace, as in `emg-analyzer.analyses`. */
  readonly namespace: string
  readonly meta: EntryMeta
  /** JSON text, or bytes as they are. */
  readonly body: string | Uint8Array
}

/** Bytes that the body takes. */
export const bodyBytes = ({ body }: Pick<StoredEntry, 'body'>): number =>
  typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength
