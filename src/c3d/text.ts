/** Text in a C3D file: strict UTF-8, else Windows-1252; padding cut, control characters replaced. */

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
const windows1252 = new TextDecoder('windows-1252')

/** Control characters, and those that reorder what a reader sees (a label could pose as another). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is for
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/g

/** How a warning says that text was read as Windows-1252. */
export const NOT_UTF8 = 'not UTF-8, read as Windows-1252'

/** What is odd in a run of text bytes. */
export interface TextOddities {
  /** Not UTF-8: read as Windows-1252. */
  encoding: boolean
  /** Control characters. */
  control: boolean
  /** NUL where padding should be spaces. */
  nul: boolean
}

/** One text of a fixed width: everything from the first NUL on is padding, and so are spaces at the end. */
export function decodeText(bytes: Uint8Array): string {
  const used = untilNul(bytes)
  const decoder = isUtf8(used) ? utf8 : windows1252
  return decoder.decode(used).replace(UNSAFE, ' ').trimEnd()
}

/** Texts of `width` bytes each, one after the other. */
export function decodeTexts(bytes: Uint8Array, width: number): string[] {
  const texts: string[] = []
  for (let at = 0; width > 0 && at < bytes.length; at += width)
    texts.push(decodeText(bytes.subarray(at, at + width)))
  return texts
}

/** Looks for oddities without decoding: texts of `width` bytes each. */
export function findOddities(bytes: Uint8Array, width: number): TextOddities | undefined {
  let control = false
  let nul = false
  let high = false
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    if (byte === 0) nul = true
    else if (byte < 0x20 || byte === 0x7f) control = true
    else if (byte > 0x7f) high = true
  }
  const encoding = high && !areUtf8(bytes, width)
  return control || nul || encoding ? { encoding, control, nul } : undefined
}

/**
 * Whether the bytes are UTF-8, by the table of well-formed sequences: no overlong forms, no surrogates, nothing
 * past U+10FFFF. A decoder that throws would say the same a hundred times slower.
 *
 * @see https://www.unicode.org/versions/Unicode15.0.0/ch03.pdf, table 3-7
 */
export function isUtf8(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i++]!
    if (lead < 0x80) continue
    const more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1
    if (lead < 0xc2 || lead > 0xf4 || i + more > bytes.length) return false
    const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
    const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
    if (bytes[i]! < low || bytes[i]! > high) return false
    for (let k = 1; k < more; k++) if ((bytes[i + k]! & 0xc0) !== 0x80) return false
    i += more
  }
  return true
}

function areUtf8(bytes: Uint8Array, width: number): boolean {
  for (let at = 0; width > 0 && at < bytes.length; at += width)
    if (!isUtf8(untilNul(bytes.subarray(at, at + width)))) return false
  return true
}

function untilNul(bytes: Uint8Array): Uint8Array {
  const nul = bytes.indexOf(0)
  return nul < 0 ? bytes : bytes.subarray(0, nul)
}
