/** Where in the treatment a patient is: days of UTC, as the protocol counts them. */

const DAY = 86_400_000
/** Days of the protocol. */
export const PROTOCOL_DAYS = 14

export type TreatmentPhase =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'before'; readonly daysUntil: number }
  | { readonly kind: 'protocol' | 'after'; readonly day: number }

/**
 * @param treatmentStart calendar date of the first day
 * @example treatmentPhase('2026-03-02', Date.parse('2026-03-04T08:00:00Z')) // { kind: 'protocol', day: 3 }
 */
export function treatmentPhase(treatmentStart: string | null, now: number): TreatmentPhase {
  if (treatmentStart === null) return { kind: 'unknown' }
  const day = Math.floor((now - Date.parse(`${treatmentStart}T00:00:00Z`)) / DAY) + 1
  if (day < 1) return { kind: 'before', daysUntil: 1 - day }
  return { kind: day <= PROTOCOL_DAYS ? 'protocol' : 'after', day }
}
