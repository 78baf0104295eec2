/** Annotations as time-stamped lists, spread over the data records. */
import type { EdfAnnotationSpec } from './spec.ts'

const utf8 = new TextEncoder()

/** Seconds as plain digits, to the microsecond. */
const seconds = (value: number): string => value.toFixed(6).replace(/\.?0+$/, '')

const signed = (value: number): string => (value < 0 ? seconds(value) : `+${seconds(value)}`)

/** @throws {RangeError} when the format cannot hold it */
function listOf({ time, duration, text }: EdfAnnotationSpec, i: number): Uint8Array {
  const isTime = Math.abs(time) < 1e12 && (duration === undefined || (duration >= 0 && duration < 1e12))
  if (!isTime) throw new RangeError(`annotations[${i}] has a time that is none`)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these end a text, or are none
  if (/[\u0000-\u001f]/.test(text)) throw new RangeError(`annotations[${i}].text has control characters`)
  const length = duration === undefined ? '' : `\x15${seconds(duration)}`
  return utf8.encode(`${signed(time)}${length}\x14${text}\x14\0`)
}

/**
 * The bytes of the annotation signal, the same number in each data record: first the list that keeps the record's time,
 * then annotations in their order, as many as fit.
 *
 * @param starts seconds of each data record
 */
export function encodeAnnotations(
  starts: readonly number[],
  annotations: readonly EdfAnnotationSpec[],
  width: 2 | 3,
): Uint8Array[] {
  const keepers = starts.map((start) => utf8.encode(`${signed(start)}\x14\x14\0`))
  const lists = annotations.map(listOf)
  const longest = lists.reduce((most, { length }) => Math.max(most, length), 0)
  const total = lists.reduce((sum, { length }) => sum + length, 0)
  const keeper = keepers.reduce((most, { length }) => Math.max(most, length), 0)
  // Every record but the last is filled to less than `longest` of its end, so that all find room.
  const room = keeper + longest + Math.ceil(total / starts.length)
  const size = Math.ceil(room / width) * width
  let next = 0
  return keepers.map((bytes) => {
    const chunk = new Uint8Array(size)
    chunk.set(bytes)
    let at = bytes.length
    for (let list = lists[next]; list && at + list.length <= size; list = lists[next]) {
      chunk.set(list, at)
      at += list.length
      next++
    }
    return chunk
  })
}
