/** What the name of a file says of its recording. */
import type { LocalTime } from './local-time.ts'

/**
 * Date and time with anything around them: `Ghostly_Emg_20230321_17-23-09-0409.c3d`, `2023-03-21T17.23.09 left.edf`.
 * The last group of the first form holds ten-thousandths of a second, .NET's `ffff`.
 */
const DATE_TIME =
  /(?<!\d)(\d{4})([-_.]?)(\d\d)\2(\d\d)[-_T .]{1,2}(\d\d)([-_.:]?)(\d\d)\6(\d\d)(?:[-_.](\d{4})(?!\d))?(?!\d)/

/** P and three to nine digits, with nothing before or behind that would make it a part of a word. */
const PATIENT = /(?<![A-Za-z0-9])P\d{3,9}(?![A-Za-z0-9])/g

/**
 * Date and time in the name of a file; null where there are none.
 *
 * @example timeInName('Ghostly_Emg_20230321_17-23-09-0409.c3d')?.second // 9.0409
 */
export function timeInName(fileName: string): LocalTime | null {
  const match = DATE_TIME.exec(fileName)
  if (!match) return null
  const [, year, , month, day, hour, , minute, second, fraction] = match
  return {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second) + (fraction === undefined ? 0 : Number(fraction) / 10_000),
  }
}

/**
 * The patient code in a path, from its folders or the file's name; null where there is none, or where there are two
 * that differ: nobody shall get the recording of another.
 *
 * @param path parted by `/`
 */
export function patientInPath(path: string): string | null {
  const codes = new Set(path.match(PATIENT) ?? [])
  return codes.size === 1 ? ([...codes][0] as string) : null
}
