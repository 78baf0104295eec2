/** Text that people write and read. */
import * as v from 'valibot'

/** No control characters, no invisible ones, no lone surrogates: PostgreSQL refuses some, and nobody sees the others. */
export const printable = v.regex(
  /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u,
  'expected letters, digits, punctuation and spaces',
)

/** A line of text of 1 to `most` characters, without spaces around it. */
export const textOf = (most: number) =>
  v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(most), printable)
