/** What the cascade of MVC values answered, put in order. */
import type { Answer } from '../api/client.ts'

/** The MVC of one muscle with where it is from. */
export type Resolution = Omit<Answer<'GET /api/patients/{code}/mvc'>['items'][number], 'muscle' | 'side'>

export type Source = NonNullable<Resolution['source']>

/** In the order in which they are asked; the first that holds gives the value. */
export const SOURCES: readonly Source[] = [
  'manual',
  'recording-metadata',
  'patient-record',
  'calculated',
  'default',
]

/** One rung of the cascade: the one in force, or one that was passed over. */
export interface Rung {
  /** From 1. */
  readonly rank: number
  readonly source: Source
  /** V; null where it has none. */
  readonly value: number | null
  readonly isInForce: boolean
  /** Why not this one; null for the one in force. */
  readonly reason: string | null
}

/** All rungs in their order, that in force among them. */
export function rungsOf({ source, value, passedOver }: Resolution): Rung[] {
  return SOURCES.flatMap((each, i): Rung[] => {
    const rank = i + 1
    if (each === source) return [{ rank, source: each, value, isInForce: true, reason: null }]
    const passed = passedOver.find((rung) => rung.source === each)
    return passed
      ? [{ rank, source: each, value: passed.value, isInForce: false, reason: passed.reason }]
      : []
  })
}

/** How old a value is, in whole days. */
export type Age =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'today' }
  | { readonly kind: 'past' | 'later'; readonly days: number }

/** @param ageDays below 0 where it was measured after the time in question */
export function ageOf(ageDays: number | null): Age {
  if (ageDays === null) return { kind: 'unknown' }
  const days = Math.floor(Math.abs(ageDays))
  if (days === 0) return { kind: 'today' }
  return { kind: ageDays < 0 ? 'later' : 'past', days }
}

/** A method as the server names it, apart from the parameter of a file that it may end in. */
export function methodParts(method: string): { readonly method: string; readonly parameter: string | null } {
  const match = /^c3d-parameter (.+)$/s.exec(method)
  return match ? { method: 'c3d-parameter', parameter: match[1] as string } : { method, parameter: null }
}
