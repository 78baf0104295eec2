/** What nodes tell each other by NOTIFY: the payloads, and their reading. */

/** The channel that every node listens to. Its messages arrive in the order of the commits that sent them. */
export const CHANNEL = 'myoserve_cache'

/** The channel on which one node hears the confirmations of the others. */
export const ackChannel = (node: string): string => `myoserve_ack_${node}`

/** PostgreSQL takes less than 8000 bytes; the rest is for what stands around the content. */
export const PAYLOAD_BYTES = 7000

export type Versions = Readonly<Record<string, number>>

/** Tags with versions where any text may be a tag, `__proto__` too. */
export type VersionList = Iterable<readonly [tag: string, version: number]>

export type Message =
  /** Tags with their new versions. `id` is confirmed to the node it is from. */
  | { readonly kind: 'bump'; readonly from: string; readonly id: string; readonly versions: Versions }
  /** Tags that nobody has bumped for so long that they are forgotten, with the versions they had. */
  | { readonly kind: 'pruned'; readonly versions: Versions }
  /** Sent by a node to itself, to see that it hears. */
  | { readonly kind: 'canary'; readonly from: string; readonly beat: number }
  /** From operators; `id` is confirmed too. */
  | { readonly kind: 'broadcast'; readonly from: string; readonly id: string; readonly text: string }

const isText = (value: unknown): value is string => typeof value === 'string'

function isVersions(value: unknown): value is Versions {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.values(value).every((version) => Number.isSafeInteger(version))
}

function isMessage(value: Record<string, unknown>): boolean {
  const { kind, from, id, versions, beat, text } = value
  if (kind === 'bump') return isText(from) && isText(id) && isVersions(versions)
  if (kind === 'pruned') return isVersions(versions)
  if (kind === 'canary') return isText(from) && Number.isSafeInteger(beat)
  return kind === 'broadcast' && isText(from) && isText(id) && isText(text)
}

function parseObject(payload: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(payload)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** @returns null for what no node of this version says */
export function parseMessage(payload: string): Message | null {
  const value = parseObject(payload)
  return value && isMessage(value) ? (value as unknown as Message) : null
}

/** What a node confirms to another: these have been taken in. */
export interface Ack {
  readonly from: string
  readonly ids: readonly string[]
}

/** @returns null for what is no confirmation */
export function parseAck(payload: string): Ack | null {
  const value = parseObject(payload)
  if (!value || !isText(value.from) || !Array.isArray(value.ids) || !value.ids.every(isText)) return null
  return { from: value.from, ids: value.ids }
}
