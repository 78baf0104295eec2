/** Loads that are under way, so that all who ask at once share one. */
import type { Invalidation } from './invalidation/invalidation.ts'
import type { CacheRead, Target } from './read.ts'

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
  readonly target: Target
  /** Of the target's tags, in their order, as it began. */
  readonly versions: readonly number[]
  readonly outcome: Promise<CacheRead<unknown>>
}

export function createFlights(invalidation: Invalidation): Flights {
  const flights = new Map<string, Flight>()
  const isCurrent = ({ target, versions }: Flight): boolean =>
    target.tags.every((tag, i) => invalidation.version(tag) === versions[i])

  return {
    start(target, work) {
      const { key, tags } = target
      const versions = tags.map((tag) => invalidation.version(tag))
      const run = async (): Promise<CacheRead<unknown>> => {
        try {
          return await work()
        } finally {
          if (flights.get(key) === flight) flights.delete(key)
        }
      }
      const flight: Flight = { target, versions, outcome: run() }
      flights.set(key, flight)
      return flight.outcome
    },
    joinable(key, inputs) {
      const flight = flights.get(key)
      return flight && flight.target.inputs === inputs && isCurrent(flight) ? flight.outcome : undefined
    },
    has: (key) => flights.has(key),
  }
}
