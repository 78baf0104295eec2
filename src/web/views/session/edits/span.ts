/** A start and an end as somebody types them, in seconds. */
import { typedNumber } from '../../../language/amounts.ts'
import { isAmbiguous } from '../../../language/number-of.ts'

export type SpanProblem = 'not a time' | 'start after end' | 'beyond'

/** ms of seconds that were typed with a point or a comma; null for what is no time. */
function millisecondsOf(text: string): number | null {
  const typed = text.trim().replace(',', '.')
  if (isAmbiguous(text)) return null
  return /^\d+(\.\d*)?$/.test(typed) ? Number((Number(typed) * 1000).toPrecision(12)) : null
}

/** Of which field a problem is. */
export type SpanField = 'start' | 'end'

export interface Span {
  readonly startMs: number
  readonly endMs: number
}

/** The stretch that was typed, or what is wrong with it and where. */
export function readSpan(
  start: string,
  end: string,
  lengthMs: number,
): Span | { readonly field: SpanField; readonly problem: SpanProblem } {
  const startMs = millisecondsOf(start)
  if (startMs === null) return { field: 'start', problem: 'not a time' }
  const endMs = millisecondsOf(end)
  if (endMs === null) return { field: 'end', problem: 'not a time' }
  if (startMs >= endMs) return { field: 'end', problem: 'start after end' }
  return endMs > lengthMs ? { field: 'end', problem: 'beyond' } : { startMs, endMs }
}

/** To the millisecond, as a field takes it. */
export const secondsText = (ms: number): string => typedNumber(Number((ms / 1000).toFixed(3)))
