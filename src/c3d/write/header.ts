/** Encodes the 512-byte header block. */

import { writeFloat } from '../processor.ts'
import type { WritePlan } from './plan.ts'

/** Says that word 150 on holds 4-character event labels. */
const EVENT_KEY = 12345
const MAX_EVENTS = 18

/**
 * @throws {RangeError} when there are more than 18 header events, or a label is over 4 bytes
 */
export function encodeHeader(plan: WritePlan, dataBlock: number): Uint8Array {
  const { spec, first, last, pointScale } = plan
  const { processor, storage, points, analogs, samplesPerFrame, pointRate, headerEvents = [] } = spec
  const bytes = new Uint8Array(512)
  const view = new DataView(bytes.buffer)
  const word = (index: number, value: number) => {
    view.setUint16(2 * (index - 1), value, processor !== 'mips')
  }
  bytes[0] = 2
  bytes[1] = 0x50
  word(2, points.length)
  word(3, analogs.length * samplesPerFrame)
  word(4, Math.min(first, 0xffff))
  word(5, Math.min(Math.max(last, 0), 0xffff))
  writeFloat(view, 12, storage === 'float' ? -pointScale : pointScale, processor)
  word(9, dataBlock)
  word(10, samplesPerFrame)
  writeFloat(view, 20, pointRate, processor)
  word(150, EVENT_KEY)
  word(151, headerEvents.length)
  if (headerEvents.length > MAX_EVENTS)
    throw new RangeError(`the header holds ${MAX_EVENTS} events, not ${headerEvents.length}`)
  headerEvents.forEach(({ label, time, on = true }, i) => {
    const text = new TextEncoder().encode(label.padEnd(4))
    if (text.length > 4) throw new RangeError(`header event label ${JSON.stringify(label)} is over 4 bytes`)
    writeFloat(view, 304 + 4 * i, time, processor)
    bytes[376 + i] = on ? 1 : 0
    bytes.set(text, 396 + 4 * i)
  })
  return bytes
}
