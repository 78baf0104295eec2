/** Fields of a header: ASCII of a fixed width, padded with spaces. */
import type { WarningLog } from './warnings.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const windows1252 = new TextDecoder('windows-1252')

/** Control characters, and those that reorder what a reader sees (a label could pose as another). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is for
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/g

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/**
 * Text of any length. The specification wants ASCII in the header and UTF-8 in annotations; what is neither is read as
 * Windows-1252, since an old "µV" is. NUL at the end is padding.
 *
 * @param where what it is, for a warning
 */
export function decodeText(bytes: Uint8Array, where: string, log: WarningLog): string {
  let end = bytes.length
  while (end > 0 && (bytes[end - 1] === 0 || bytes[end - 1] === 0x20)) end--
  const used = bytes.subarray(0, end)
  let text: string
  try {
    text = utf8.decode(used)
  } catch {
    log.place('TEXT_ENCODING', 'not UTF-8, read as Windows-1252', where)
    text = windows1252.decode(used)
  }
  const safe = text.replace(UNSAFE, ' ')
  if (safe !== text) log.place('TEXT_CONTROL', 'control characters were replaced by spaces', where)
  return safe.trim()
}

/** Reads the fields of a header one after the other. */
export interface FieldReader {
  text(width: number, where: string): string
  /** A number, or null where the field holds none. */
  number(width: number, where: string): number | null
}

/** @param start byte of the first field */
export function createFieldReader(bytes: Uint8Array, start: number, log: WarningLog): FieldReader {
  let at = start
  const text = (width: number, where: string): string => {
    at += width
    return decodeText(bytes.subarray(at - width, at), where, log)
  }
  return {
    text,
    number(width, where) {
      const written = text(width, where)
      const plain = written.replace(',', '.')
      if (!NUMBER.test(plain)) return null
      if (plain !== written) log.place('NUMBER_FORM', 'a number with a decimal comma', where)
      const value = Number(plain)
      return Number.isFinite(value) ? value : null
    },
  }
}
