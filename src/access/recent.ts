/** What was asked of the database a moment ago. */
import { LRUCache } from 'lru-cache'
import type { CacheSystem } from '../cache/system.ts'
import { changedId } from './changed.ts'

/**
 * How long an answer of the database is believed, from when it was asked for. Where no change is heard of, because
 * notifications do not come, this bounds how long somebody is let in who is not to be any more.
 */
export const BELIEVED_MS = 500

/** A user or a key takes some 1 kB. */
const MOST = 10_000

interface Answer<T> {
  readonly askedAt: number
  readonly value: Promise<T>
}

/** By id of a user or a key. */
export interface Recent<T> {
  /** Asks, unless that was done a moment ago. All who ask at once wait for one answer. */
  get(id: string): Promise<T>
  forget(id: string): void
}

/**
 * @param cache tells of changes; while it does not hear of them, every request asks
 * @param now ms, never back
 */
export function createRecent<T>(
  cache: Pick<CacheSystem, 'invalidation'>,
  ask: (id: string) => Promise<T>,
  now: () => number = () => performance.now(),
): Recent<T> {
  const answers = new LRUCache<string, Answer<T>>({ max: MOST })
  const forget = (id: string): void => void answers.delete(id)
  cache.invalidation.onBump((tags) => {
    for (const tag of tags) {
      const id = changedId(tag)
      if (id !== undefined) forget(id)
    }
  })
  return {
    get(id) {
      const time = now()
      const known = answers.get(id)
      if (known && cache.invalidation.isTrusted() && time - known.askedAt < BELIEVED_MS) return known.value
      const value = ask(id)
      const answer = { askedAt: time, value }
      answers.set(id, answer)
      // A failure is for those who wait for it.
      value.catch(() => {
        if (answers.get(id) === answer) forget(id)
      })
      return value
    },
    forget,
  }
}
