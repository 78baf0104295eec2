/** A piece of a channel's signal as the server answered it, read from its bytes. docs/signals.md describes them. */
import { drawnUnit } from './units.ts'

/** A stretch without samples. */
export interface Gap {
  readonly startMs: number
  readonly endMs: number
  readonly reason: 'DROPOUT' | 'NOT_A_NUMBER' | 'MIXED'
}

/** Samples of a channel, or the least and the largest of windows of them. Values are in the drawn unit. */
export interface Piece {
  /** Index of the channel. */
  readonly channel: number
  readonly kind: 'samples' | 'windows'
  readonly startMs: number
  /** Behind the last window. */
  readonly endMs: number
  /** From one window, or sample, to the next. */
  readonly stepMs: number
  /** From one sample to the next. */
  readonly sampleMs: number
  /** NaN where all is missing; the same array as `high` where values are samples. */
  readonly low: Float32Array
  readonly high: Float32Array
  readonly gaps: readonly Gap[]
  /** Why there is no signal; null where there is one. */
  readonly reason: string | null
}

/** Of a channel in the head of an answer, what is read. */
interface ChannelHead {
  readonly index: number
  readonly unit: string | null
  readonly rate: number
  readonly samples: number
  readonly kind: 'samples' | 'windows'
  readonly startMs: number
  readonly windowMs: number
  readonly count: number
  readonly reason: string | null
  readonly gaps: readonly Gap[]
  readonly offset: number
  readonly values: number
}

const KIND = 'MYOS'
const VERSION = 1

/** The answer is not what this page reads: another release answers. */
export class UnreadableSignals extends Error {
  override readonly name = 'UnreadableSignals'
}

function scaled(values: Float32Array, factor: number): Float32Array {
  if (factor !== 1) for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) * factor
  return values
}

function pieceOf(head: ChannelHead, numbers: Float32Array): Piece {
  const { offset, values, count, kind, rate } = head
  const parts = values === 0 ? 0 : kind === 'samples' ? 1 : 2
  if (offset + values > numbers.length || values !== parts * count)
    throw new UnreadableSignals(`channel ${head.index} has not the values that it announces`)
  const { factor } = drawnUnit(head.unit)
  const low = scaled(numbers.subarray(offset, offset + (values === 0 ? 0 : count)), factor)
  const high = parts < 2 ? low : scaled(numbers.subarray(offset + count, offset + 2 * count), factor)
  return {
    channel: head.index,
    kind,
    startMs: head.startMs,
    endMs: Math.min(head.startMs + count * head.windowMs, (head.samples * 1000) / rate),
    stepMs: head.windowMs,
    sampleMs: 1000 / rate,
    low,
    high,
    gaps: head.gaps,
    reason: head.reason,
  }
}

/**
 * Reads an answer of `/api/recordings/{id}/signals` in bytes. Its values are scaled in place.
 *
 * @throws {UnreadableSignals}
 */
export function readPieces(buffer: ArrayBuffer): Piece[] {
  if (buffer.byteLength < 8) throw new UnreadableSignals('the answer is too short')
  const view = new DataView(buffer)
  const kind = String.fromCharCode(...new Uint8Array(buffer, 0, 4))
  const size = view.getUint32(4, true)
  if (kind !== KIND || 8 + size > buffer.byteLength)
    throw new UnreadableSignals('the answer is no picture of signals')
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, size))) as {
    readonly version: number
    readonly channels: readonly ChannelHead[]
  }
  if (head.version !== VERSION) throw new UnreadableSignals(`version ${head.version} of signals is not known`)
  const numbers = new Float32Array(buffer, 8 + size)
  return head.channels.map((channel) => pieceOf(channel, numbers))
}
