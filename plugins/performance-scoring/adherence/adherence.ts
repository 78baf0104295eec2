/** Adherence: sessions that took place, of those that the protocol asks for until now. */
import * as v from 'valibot'

/** The protocol of the trial: 15 sessions a week for two weeks. */
export const PROTOCOL = {
  days: 14,
  sessionsPerWeek: 15,
  /** Before this day there is too little to judge by. */
  firstCountedDay: 3,
} as const

const DAY_MS = 86_400_000

/** Least score of each category, best first. */
const CATEGORIES = [
  ['excellent', 85],
  ['good', 70],
  ['moderate', 50],
  ['poor', 0],
] as const

export type Category = (typeof CATEGORIES)[number][0]

const whole = v.pipe(v.number(), v.integer(), v.minValue(0))

/** The schema of {@link Adherence}. */
export const AdherenceSchema = v.object({
  score: v.pipe(
    v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(100))),
    v.description('min(100 * completed / expected, 100), in %'),
  ),
  category: v.nullable(v.picklist(CATEGORIES.map(([name]) => name))),
  reason: v.pipe(v.nullable(v.string()), v.description('Why there is no score; null where there is one')),
  protocolDay: v.pipe(
    v.nullable(whole),
    v.description('1 on the first day of the treatment, in UTC; no more than 14'),
  ),
  completed: v.pipe(v.nullable(whole), v.description('Sessions of the patient within these days')),
  expected: v.pipe(v.nullable(v.number()), v.description('15 / 7 * protocolDay')),
})

/** Sessions held against those of the protocol. */
export type Adherence = v.InferOutput<typeof AdherenceSchema>

/** The days that count, as sessions are asked for: from the first instant to before the last. */
export interface ProtocolWindow {
  readonly day: number
  readonly from: Date
  readonly until: Date
}

/**
 * The days of the protocol that have begun, at most 14.
 *
 * @param treatmentStart midnight in UTC of the first day
 * @returns why there are none, where there are none
 */
export function protocolWindow(treatmentStart: Date | null, at: Date): ProtocolWindow | string {
  if (treatmentStart === null) return 'the start of the treatment is not known'
  const from = treatmentStart.getTime()
  if (at.getTime() < from) return 'the treatment has not begun'
  const day = Math.min(Math.floor((at.getTime() - from) / DAY_MS) + 1, PROTOCOL.days)
  // A session that starts at this very instant has taken place.
  const until = Math.min(from + day * DAY_MS, at.getTime() + 1)
  return { day, from: treatmentStart, until: new Date(until) }
}

/**
 * `min(100 * completed / (15 / 7 * day), 100)`, in percent; null before day 3.
 *
 * @param completed sessions within the window
 * @example adherence({ day: 7, completed: 12 }) // { score: 80, category: 'good', … }
 */
export function adherence({
  day,
  completed,
}: {
  readonly day: number
  readonly completed: number
}): Adherence {
  const expectedTimesSeven = PROTOCOL.sessionsPerWeek * day
  const counted = { protocolDay: day, completed, expected: expectedTimesSeven / 7 }
  if (day < PROTOCOL.firstCountedDay) {
    const reason = `day ${day} of the protocol; adherence counts from day ${PROTOCOL.firstCountedDay}`
    return { score: null, category: null, reason, ...counted }
  }
  // Of whole numbers, so that a score on the bound of a category is exactly that.
  const score = Math.min((700 * completed) / expectedTimesSeven, 100)
  const category = (CATEGORIES.find(([, least]) => score >= least) as (typeof CATEGORIES)[number])[0]
  return { score, category, reason: null, ...counted }
}

/** No adherence, because there are no days to count. */
export const noAdherence = (reason: string): Adherence => ({
  score: null,
  category: null,
  reason,
  protocolDay: null,
  completed: null,
  expected: null,
})
