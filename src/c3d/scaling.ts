/** Analog scales, offsets and signs, out of parameters that may be missing, short or wrong. */

import type { Lookup } from './lookup.ts'
import type { WarningLog } from './warnings.ts'

/** At or below it, an offset without a FORMAT means the middle of an unsigned range. */
const UNSIGNED_OFFSET = -16384

/** Scaling of all channels. */
export interface AnalogScaling {
  genScale: number
  scales: Float64Array
  offsets: Float64Array
  unsigned: boolean[]
  /** ANALOG:FORMAT. */
  format: 'signed' | 'unsigned' | null
  /** ANALOG:BITS: resolution of the converter, informational. */
  bits: number | null
}

/** Never refuses: what cannot be used is replaced by 1 or 0, and noted. */
export function analogScaling(lookup: Lookup, channels: number, log: WarningLog): AnalogScaling {
  const scales = padded(lookup, 'SCALE', channels, 1, log)
  for (const [channel, scale] of scales.entries()) {
    if (scale === 0) log.place('ANALOG_SCALE_INVALID', 'its scale is 0', `channel ${channel + 1}`)
    if (Number.isFinite(scale)) continue
    log.place('ANALOG_SCALE_INVALID', 'its scale is no number, 1 was used', `channel ${channel + 1}`)
    scales[channel] = 1
  }
  const offsets = padded(lookup, 'OFFSET', channels, 0, log)
  const format = readFormat(lookup)
  const unsigned = Array.from(offsets, (offset, channel) => {
    if (!Number.isFinite(offset)) {
      log.place('ANALOG_OFFSET_INVALID', 'its offset is no number, 0 was used', `channel ${channel + 1}`)
      offsets[channel] = 0
      return format === 'unsigned'
    }
    const isUnsigned =
      format === 'unsigned' || (format === null ? offset <= UNSIGNED_OFFSET : offset === -32768)
    if (isUnsigned && offset < 0) offsets[channel] = offset + 0x10000
    if (isUnsigned && format !== 'unsigned')
      log.place('OFFSET_SIGN', `its offset ${offset} was read as unsigned`, `channel ${channel + 1}`)
    return isUnsigned
  })
  const bits = lookup.number('ANALOG', 'BITS')
  return { genScale: readGenScale(lookup, log), scales, offsets, unsigned, format, bits: bits ?? null }
}

function readGenScale(lookup: Lookup, log: WarningLog): number {
  const genScale = lookup.number('ANALOG', 'GEN_SCALE')
  if (genScale === undefined) return 1
  if (Number.isFinite(genScale) && genScale !== 0) return genScale
  log.add({ code: 'GEN_SCALE_INVALID', message: `ANALOG:GEN_SCALE is ${genScale}; 1 was used.`, used: 1 })
  return 1
}

function readFormat(lookup: Lookup): AnalogScaling['format'] {
  const text = lookup.allTexts('ANALOG', 'FORMAT')?.[0]?.toUpperCase()
  return text === 'UNSIGNED' ? 'unsigned' : text === 'SIGNED' ? 'signed' : null
}

function padded(
  lookup: Lookup,
  name: string,
  channels: number,
  filler: number,
  log: WarningLog,
): Float64Array {
  const stated = lookup.allNumbers('ANALOG', name) ?? []
  if (channels > 0 && stated.length > 0 && stated.length < channels) {
    const message = `ANALOG:${name} has ${stated.length} values for ${channels} channels; ${filler} was used for the rest.`
    log.add({ code: 'ANALOG_SCALE_SHORT', message, count: channels - stated.length })
  }
  return Float64Array.from({ length: channels }, (_, i) => stated[i] ?? filler)
}
