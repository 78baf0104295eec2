/** The header block: what it says, as found. */

import { type C3dProcessor, readFloat } from './processor.ts'
import { decodeText, findOddities, NOT_UTF8 } from './text.ts'
import type { WarningLog } from './warnings.ts'

/** A key that announces an optional part of the header. */
const KEY = 12345

/** Most events that a header holds. */
export const MAX_HEADER_EVENTS = 18

/** A file's bytes from the header on, and how their numbers are stored. */
export interface Source {
  bytes: Uint8Array
  view: DataView
  processor: C3dProcessor
}

/** The header block as found, unchecked. Integers are read unsigned. */
export interface C3dHeader {
  /** Word 2: 3D points. */
  points: number
  /** Word 3: analog samples of one 3D frame, all channels together. */
  analogSamples: number
  /** Words 4 and 5: numbers of the first and last frame. */
  firstFrame: number
  lastFrame: number
  /** Word 6: longest gap that was interpolated, in frames. */
  maxGap: number
  /** Words 7-8: point scale, negative for float storage. */
  scale: number
  /** Word 9: first block of the data, from 1. */
  dataBlock: number
  /** Word 10: analog samples of each channel in one 3D frame. */
  samplesPerFrame: number
  /** Words 11-12: 3D frames a second. */
  rate: number
  /** Word 148 holds the key of a label and range section. */
  hasRangeSection: boolean
  /** Word 151: events, also when over the 18 that fit. */
  eventCount: number
  /** The events, at most 18. */
  events: readonly { label: string; time: number; on: boolean }[]
}

/** Reads the header; the source holds at least 512 bytes. */
export function readHeader({ view, bytes, processor }: Source): C3dHeader {
  const word = (index: number) => view.getUint16(2 * (index - 1), processor !== 'mips')
  const eventCount = word(151)
  const width = word(150) === KEY ? 4 : 2
  const events = Array.from({ length: Math.min(eventCount, MAX_HEADER_EVENTS) }, (_, i) => ({
    label: decodeText(bytes.subarray(396 + width * i, 396 + width * (i + 1))).trim(),
    time: readFloat(view, 304 + 4 * i, processor),
    on: bytes[376 + i] === 1,
  }))
  // A count beyond the table is no count: empty places at its end are no events.
  if (eventCount > MAX_HEADER_EVENTS)
    while (events.length > 0 && events.at(-1)!.label === '' && events.at(-1)!.time === 0) events.pop()
  return {
    points: word(2),
    analogSamples: word(3),
    firstFrame: word(4),
    lastFrame: word(5),
    maxGap: word(6),
    scale: readFloat(view, 12, processor),
    dataBlock: word(9),
    samplesPerFrame: word(10),
    rate: readFloat(view, 20, processor),
    hasRangeSection: word(148) === KEY,
    eventCount,
    events,
  }
}

/** Notes event labels that are not UTF-8. */
export function checkHeaderText({ bytes }: Source, { events }: C3dHeader, log: WarningLog): void {
  if (findOddities(bytes.subarray(396, 396 + 4 * events.length), 4)?.encoding)
    log.place('TEXT_ENCODING', NOT_UTF8, 'header event labels')
}
