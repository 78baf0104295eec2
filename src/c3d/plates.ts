/** Force plates: which analog channels belong to them, and so are no EMG. */

import type { Lookup } from './lookup.ts'
import type { WarningLog } from './warnings.ts'

/** One force plate. Any type is listed; none makes a file unreadable. */
export interface C3dForcePlate {
  /** Place among the plates, from 0. */
  index: number
  /** FORCE_PLATFORM:TYPE (1 to 4 are standard; 5, 6, 7, 11, 12 and 21 are makers' own), null when missing. */
  type: number | null
  /** Analog channels of the plate, from 0, as far as they exist. */
  channels: readonly number[]
  /** FORCE_PLATFORM:CORNERS: x, y, z of the four corners, in point units; null when missing. */
  corners: readonly number[] | null
  /** FORCE_PLATFORM:ORIGIN: x, y, z; null when missing. */
  origin: readonly number[] | null
  /** FORCE_PLATFORM:CAL_MATRIX of this plate, column by column; null when missing. */
  calibration: readonly number[] | null
}

/** Types whose eight sensors need eight channels, Kistler's. */
const EIGHT_CHANNEL_TYPES = new Set([3, 7])

/** Types whose ORIGIN points down from the surface, so has a negative z. */
const SUNKEN_ORIGIN_TYPES = new Set([2, 3, 4])

/** Reads FORCE_PLATFORM. */
export function readForcePlates(lookup: Lookup, analogs: number, log: WarningLog): C3dForcePlate[] {
  const types = lookup.numbers('FORCE_PLATFORM', 'TYPE') ?? []
  const table = lookup.find('FORCE_PLATFORM', 'CHANNEL')
  const numbers = lookup.allNumbers('FORCE_PLATFORM', 'CHANNEL') ?? []
  const rows = table?.dimensions[0] ?? numbers.length
  const held = Math.max(types.length, rows > 0 ? Math.ceil(numbers.length / rows) : 0)
  const used = lookup.count('FORCE_PLATFORM', 'USED') ?? held
  if (used > held) odd(log, `FORCE_PLATFORM:USED says ${used}, and ${held} are described.`)
  if (Math.min(used, held) > 0 && analogs === 0) odd(log, 'There are force plates, but no analog channels.')

  const corners = lookup.allNumbers('FORCE_PLATFORM', 'CORNERS')
  const origins = lookup.allNumbers('FORCE_PLATFORM', 'ORIGIN')
  const matrices = lookup.find('FORCE_PLATFORM', 'CAL_MATRIX')
  const matrixSize = (matrices?.dimensions[0] ?? 0) * (matrices?.dimensions[1] ?? 0)
  return Array.from({ length: Math.min(used, held) }, (_, index) => {
    const type = types[index] ?? null
    const listed = numbers.slice(index * rows, (index + 1) * rows)
    const channels = listed.map((number) => number - 1).filter((channel) => channel >= 0 && channel < analogs)
    const origin = part(origins, index, 3)
    if (analogs > 0 && channels.length < listed.length)
      odd(
        log,
        `Force plate ${index + 1} names ${listed.length - channels.length} channels that do not exist.`,
      )
    if (type !== null && EIGHT_CHANNEL_TYPES.has(type) && listed.length < 8)
      odd(
        log,
        `Force plate ${index + 1} is of type ${type}, which needs 8 channels, and names ${listed.length}.`,
      )
    if (type !== null && SUNKEN_ORIGIN_TYPES.has(type) && origin && origin[2]! > 0)
      log.place(
        'FORCE_PLATE',
        'its origin lies above its surface, probably of the wrong sign',
        `plate ${index + 1}`,
      )
    return {
      index,
      type,
      channels,
      corners: part(corners, index, 12),
      origin,
      calibration: part(lookup.allNumbers('FORCE_PLATFORM', 'CAL_MATRIX'), index, matrixSize),
    }
  })
}

function part(values: readonly number[] | undefined, index: number, size: number): readonly number[] | null {
  const some = values?.slice(index * size, (index + 1) * size)
  return some && size > 0 && some.length === size ? some : null
}

const odd = (log: WarningLog, message: string) => {
  log.add({ code: 'FORCE_PLATE', message })
}
