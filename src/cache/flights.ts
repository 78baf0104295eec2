/** Loads that are under way, so that all who ask at once share one. */
import type { Invalidation } from './invalidation/invalidation.ts'
import type { CacheRead, Target } from './read.ts'
import { bumpedTag, captureVersions } from './validity.ts'

export interface Flights {
  /** Starts one; whatever flew for the key before is joined no more. */
  start(target: Target, work: () => Promise<CacheRead<unknown>>): Promise<CacheRead<unknown>>
  /**
   * The one to join, if any. One that began before an invalidation brings what is outdated, and one of other inputs
   * something else: who comes after joins neither.
   */
  joinable(key: string, inputs: string | null): Promise<CacheRead<unknown>> | undefined
  has(key: string): boolean
}

interface Flight {
  readonly inputs: string | null
  readonly versions: Readonly<Record<string, number>>
  readonly outcome: Promise<CacheRead<unknown>>
}

export function createFlights(invalidation: Invalidation): Flights {
  const flights = new Map<string, Flight>()
  return {
    start({ key, tags, inputs }, work) {
      const versions = captureVersions(invalidation, tags)
      const outcome = work().finally(() => {
        if (flights.get(key)?.outcome === outcome) flights.delete(key)
      })
      flights.set(key, { inputs, versions, outcome })
      return outcome
    },
    joinable(key, inputs) {
      const flight = flights.get(key)
      return flight?.inputs === inputs && bumpedTag(invalidation, flight.versions) === null
        ? flight.outcome
        : undefined
    },
    has: (key) => flights.has(key),
  }
}
