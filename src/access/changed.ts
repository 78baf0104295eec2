/** What is announced when a user, or a key, is another: nodes then ask the database before they believe what they remember. */

const SESSION = 'session.changed:{userId}'
const KEY = 'key.changed:{keyId}'

/** Tags of the namespace that holds what a user may. */
export const SESSION_TAGS = [SESSION]

export const sessionChanged = (userId: string) => [SESSION, { userId }] as const
export const keyChanged = (keyId: string) => [KEY, { keyId }] as const

const TAG = /^(?:session|key)\.changed:([0-9a-f-]{36})$/

/** The id of a user or a key that a tag is about. */
export const changedId = (tag: string): string | undefined => TAG.exec(tag)?.[1]
