/** Checks of the samples themselves that belong to reading: what is no number, and what is padding. */

import type { AnalogLayout } from './analog.ts'
import { type PointLayout, summarisePoints } from './points.ts'
import type { WarningLog } from './warnings.ts'

/** Float32 bits of 1e30 without the sign: no sensor gives more, infinity and NaN lie above. */
const HUGE_BITS = 0x7149f2ca

/** Notes analog samples that are NaN, infinite or beyond 1e30. One look at each word. */
export function checkAnalogs(
  { words, frames, samplesPerFrame, channels, stride, skip }: AnalogLayout,
  log: WarningLog,
): void {
  if (!(words instanceof Float32Array) || channels === 0) return
  const bits = new Uint32Array(words.buffer, words.byteOffset, words.length)
  const length = stride - skip
  let counts: Uint32Array | undefined
  let firsts: Float64Array | undefined
  for (let frame = 0; frame < frames; frame++) {
    const start = frame * stride + skip
    for (let i = 0; i < length; i++) {
      if ((bits[start + i]! & 0x7fffffff) < HUGE_BITS) continue
      counts ??= new Uint32Array(channels)
      firsts ??= new Float64Array(channels)
      const index = i % channels
      if (counts[index]!++ === 0) firsts[index] = frame * samplesPerFrame + Math.floor(i / channels)
    }
  }
  if (!counts || !firsts) return
  const list = Array.from(counts, (count, index) => ({ index, count, first: firsts[index]! })).filter(
    ({ count }) => count > 0,
  )
  const count = list.reduce((sum, entry) => sum + entry.count, 0)
  const message = `${count} analog samples of ${list.length} channels are NaN, infinite or beyond 1e30.`
  log.add({ code: 'ANALOG_NON_FINITE', message, count, channels: list })
}

/** Notes points that are all invalid, have no coordinates, or whose residual is no residual. */
export function checkPoints(layout: PointLayout, log: WarningLog): void {
  const total = layout.points * layout.frames
  if (total === 0) return
  const { valid, nonFinite, residualUnknown } = summarisePoints(layout)
  if (valid === 0)
    log.add({ code: 'POINTS_INVALID', message: 'No point is valid in any frame.', count: total })
  if (nonFinite > 0) {
    const message = `${nonFinite} of ${total} points have NaN or infinite coordinates.`
    log.add({ code: 'POINTS_NON_FINITE', message, count: nonFinite })
  }
  if (residualUnknown > 0) {
    const message = `${residualUnknown} of ${total} points have a residual word that is none; the points were kept.`
    log.add({ code: 'RESIDUAL_UNKNOWN', message, count: residualUnknown })
  }
}

/** Notes data of nothing but 0xFF, erased flash; stops at the first other byte. */
export function checkErased(data: Uint8Array, log: WarningLog): void {
  if (data.length === 0) return
  for (let i = 0; i < data.length; i++) if (data[i] !== 0xff) return
  log.add({
    code: 'DATA_ERASED',
    message: 'Every byte of the data is 0xFF: no recording.',
    bytes: data.length,
  })
}

/** Analog-only files in slow frames end with a frame that may not be full; its zeros are no signal. */
export function checkPadding(
  { words, frames, samplesPerFrame, channels, stride, skip }: AnalogLayout,
  log: WarningLog,
): void {
  if (skip > 0 || channels === 0 || frames === 0 || samplesPerFrame < 2) return
  const start = (frames - 1) * stride
  let zeros = 0
  while (zeros < stride && words[start + stride - 1 - zeros] === 0) zeros++
  const count = Math.floor(zeros / channels)
  if (count === 0) return
  const message = `The last ${count} samples of every channel are exactly 0, probably padding of the last frame.`
  log.add({ code: 'LAST_FRAME_PADDED', message, count })
}
