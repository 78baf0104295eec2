/** Writes a C3D file: header block, parameter section, data section. */

import { encodeData } from './data.ts'
import { buildGroups } from './groups.ts'
import { encodeHeader } from './header.ts'
import { encodeParameters } from './parameters.ts'
import { planWrite } from './plan.ts'
import type { C3dWriteSpec } from './spec.ts'

const BLOCK = 512

/**
 * A complete C3D file of one recording, padded to whole 512-byte blocks.
 *
 * Counts over 255 continue in LABELS2, SCALE2 and so on; more than 65535 frames, or a last frame past it, are
 * told by POINT:LONG_FRAMES and TRIAL. Int storage quantises a coordinate to `pointScale` and an analog sample
 * to `scale * genScale`; float storage keeps single precision.
 *
 * @throws {RangeError} naming the field whose count or value the format cannot hold
 * @example
 * ```ts
 * const bytes = writeC3d({
 *   processor: 'intel', storage: 'float', pointRate: 33, samplesPerFrame: 30, points: [],
 *   analogs: [{ label: 'CH1 Raw', unit: 'V', samples: new Float64Array(990) }],
 * })
 * ```
 */
export function writeC3d(spec: C3dWriteSpec): Uint8Array<ArrayBuffer> {
  const plan = planWrite(spec)
  // DATA_START is one word whatever its value, so the size of a first draft is the size of the section.
  const sectionSize = encodeParameters(buildGroups(plan, 0), spec.processor).length
  const dataBlock = 2 + sectionSize / BLOCK
  if (dataBlock > 0xffff) throw new RangeError('the parameters take more than 65533 blocks of 512 bytes')
  const wordSize = spec.storage === 'float' ? 4 : 2
  const stride = 4 * spec.points.length + spec.analogs.length * spec.samplesPerFrame
  const dataSize = plan.frames * stride * wordSize
  const dataStart = BLOCK + sectionSize

  const bytes = new Uint8Array(dataStart + Math.ceil(dataSize / BLOCK) * BLOCK)
  bytes.set(encodeHeader(plan, dataBlock))
  bytes.set(encodeParameters(buildGroups(plan, dataBlock), spec.processor), BLOCK)
  encodeData(plan, bytes.subarray(dataStart, dataStart + dataSize))
  return bytes
}
