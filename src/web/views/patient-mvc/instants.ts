/** Days and times of fields, which are those of the clinic's clock, and instants, which are those of everybody's. */

/** The instant of a `datetime-local` field; null where it is empty. */
export const instantOf = (local: string): string | null =>
  local === '' ? null : new Date(local).toISOString()

/** An instant as a `datetime-local` field takes it: to the minute, by the clock of this device. */
export function localOf(instant: string): string {
  const at = new Date(instant)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
