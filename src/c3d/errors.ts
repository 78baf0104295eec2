/** Why a file is refused: one stable code each, and the error that carries it. */

/**
 * The codes of a refusal.
 *
 * - `EMPTY`: no bytes at all.
 * - `TOO_SHORT`: under 512 bytes, a header alone, or a parameter section cut short.
 * - `NOT_C3D`: the second byte is not 0x50: another kind of file.
 * - `PARAM_POINTER`: the first byte points at no parameter section.
 * - `PROCESSOR`: the processor byte is none of 84, 85, 86 (nor 1, 2, 3).
 * - `DATA_START`: the data start is missing, inside the header or the parameters, or past the end.
 * - `NO_FRAMES`: the file ends before its first frame does.
 * - `NO_COUNTS`: nothing says how many points and channels there are, or what says it fits nothing.
 * - `PARAM_LOOP`: a parameter's offset points backwards or into itself.
 * - `PARAM_TYPE`: a parameter that the reader needs has an element type that does not exist.
 * - `PARAM_DIMS`: a parameter has more than 7 dimensions, or more data than its section.
 * - `ALLOC_LIMIT`: declared counts need more than the file can hold.
 * - `RATE`: no source gives a plausible frame rate (0.1 Hz to 1 MHz).
 * - `SIZE_LIMIT`: the file, or what it declares, is over the configured maximum.
 */
export type C3dErrorCode =
  | 'EMPTY'
  | 'TOO_SHORT'
  | 'NOT_C3D'
  | 'PARAM_POINTER'
  | 'PROCESSOR'
  | 'DATA_START'
  | 'NO_FRAMES'
  | 'NO_COUNTS'
  | 'PARAM_LOOP'
  | 'PARAM_TYPE'
  | 'PARAM_DIMS'
  | 'ALLOC_LIMIT'
  | 'RATE'
  | 'SIZE_LIMIT'

const BRAND = Symbol.for('myoserve.c3d.error')

/** A file that cannot be read. The message is one sentence for a person. */
export class C3dError extends Error {
  override readonly name = 'C3dError'
  /** Where in the file, in bytes, when one place is to blame. */
  readonly offset?: number

  constructor(
    /** The stable code. */
    readonly code: C3dErrorCode,
    message: string,
    offset?: number,
  ) {
    super(message)
    if (offset !== undefined) this.offset = offset
    Object.defineProperty(this, BRAND, { value: true })
  }
}

/**
 * Whether something thrown is a `C3dError`, also one of another copy of this module (a plugin's, a worker's).
 *
 * @example
 * ```ts
 * try { readC3d(bytes) } catch (error) { if (isC3dError(error)) console.error(error.code, error.message) }
 * ```
 */
export const isC3dError = (error: unknown): error is C3dError =>
  typeof error === 'object' && error !== null && BRAND in error
