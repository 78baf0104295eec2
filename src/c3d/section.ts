/** Walks the entries of the parameter section, bounded by the data that follow it. */

import { C3dError } from './errors.ts'
import type { Source } from './header.ts'
import type { ParameterEntry } from './parameters.ts'
import { decodeText } from './text.ts'
import type { WarningLog } from './warnings.ts'

/** More entries than any program writes; past it a file only costs memory. */
const MAX_ENTRIES = 50_000

/** A group's own entry. */
export interface GroupEntry {
  name: string
  id: number
  locked: boolean
  description: Uint8Array
}

/** What the walk found. */
export interface Section {
  groups: GroupEntry[]
  parameters: ParameterEntry[]
  /** Offset after the last entry. */
  end: number
}

/** The parts of one entry that its own bytes imply. */
interface Shape {
  locked: boolean
  id: number
  nameEnd: number
  /** Element type and dimensions; a group has neither. */
  type: number
  dimensions: number[]
  dataStart: number
  dataEnd: number
  /** End of the entry by its own sizes. */
  end: number
}

/**
 * @param start first entry
 * @param limit first byte of the data (or of nothing): no entry reaches past it
 * @throws {C3dError} PARAM_LOOP, PARAM_DIMS, DATA_START (the data start lies inside this section), ALLOC_LIMIT
 */
export function walkSection(source: Source, start: number, limit: number, log: WarningLog): Section {
  const { bytes, view, processor } = source
  const section: Section = { groups: [], parameters: [], end: start }
  let at = start
  while (at < limit && bytes[at] !== 0) {
    if (section.groups.length + section.parameters.length >= MAX_ENTRIES)
      throw new C3dError('ALLOC_LIMIT', `The parameter section has more than ${MAX_ENTRIES} entries.`, at)
    const shape = entryShape(source, at, limit)
    if (!shape) {
      const message = `The parameter section ends in bytes at ${at} that are no entry; what came before was kept.`
      log.add({ code: 'PARAM_JUNK', message })
      break
    }
    const { nameEnd, id, locked, type, dimensions, dataStart, dataEnd } = shape
    const name = decodeText(bytes.subarray(at + 2, nameEnd))
    if (dimensions.length > 7)
      throw new C3dError(
        'PARAM_DIMS',
        `Parameter ${name} has ${dimensions.length} dimensions; 7 is the most.`,
        at,
      )
    const declared = view.getUint16(nameEnd, processor !== 'mips')
    if (dataEnd > limit) refuseOverrun(source, shape, name, declared, limit)
    if (declared !== 0 && nameEnd + declared < dataStart)
      throw new C3dError('PARAM_LOOP', `The offset of ${name} (${declared}) points into ${name} itself.`, at)

    const next = nextEntry(source, shape, declared, limit, name, log)
    const bound = Math.min(next ?? limit, limit)
    const clipped = Math.min(dataEnd, bound)
    const aboutStart = Math.min(clipped + 1, bound)
    const aboutEnd = Math.min(aboutStart + (clipped < bound ? bytes[clipped]! : 0), bound)
    // Without an element type there is no telling where the values end and the description starts.
    const sized = id < 0 || isElementType(type)
    const description = bytes.subarray(aboutStart, sized ? aboutEnd : aboutStart)
    if (dataEnd > bound) log.place('PARAM_CLIPPED', 'longer than its entry, clipped', name)
    if (id < 0) section.groups.push({ name, id: -id, locked, description })
    else {
      const data = bytes.subarray(dataStart, clipped)
      section.parameters.push({ name, groupId: id, locked, type, dimensions, data, description })
    }
    section.end = Math.max(section.end, aboutEnd)
    if (next === undefined) break
    at = next
  }
  if (at >= limit && isSound(source, at))
    throw new C3dError(
      'DATA_START',
      `The data are said to start at byte ${limit}, inside the parameters.`,
      limit,
    )
  return section
}

/** Whether an entry stands here whose offset says exactly what its own sizes say: no data do that by chance. */
function isSound(source: Source, at: number): boolean {
  const { bytes, view, processor } = source
  if (!isEntry(source, at, bytes.length)) return false
  const { nameEnd, end } = entryShape(source, at, bytes.length)!
  return nameEnd + view.getUint16(nameEnd, processor !== 'mips') === end
}

/** The shape an entry has by its own bytes, or nothing when they cannot be an entry. */
function entryShape({ bytes, view }: Source, at: number, limit: number): Shape | undefined {
  if (at + 6 > limit) return undefined
  const nameLength = Math.abs(view.getInt8(at))
  const id = view.getInt8(at + 1)
  const nameEnd = at + 2 + nameLength
  if (nameLength === 0 || nameLength === 128 || nameEnd + 2 > limit) return undefined
  for (let i = at + 2; i < nameEnd; i++) if (bytes[i]! < 0x20 || bytes[i] === 0x7f) return undefined
  const locked = bytes[at]! > 127
  if (id < 0) {
    const dataStart = nameEnd + 2
    const end = dataStart + (dataStart < limit ? 1 + bytes[dataStart]! : 0)
    return { locked, id, nameEnd, type: 0, dimensions: [], dataStart, dataEnd: dataStart, end }
  }
  if (nameEnd + 4 > limit) return undefined
  const type = view.getInt8(nameEnd + 2)
  const count = bytes[nameEnd + 3]!
  const dataStart = nameEnd + 4 + count
  if (dataStart > limit)
    return {
      locked,
      id,
      nameEnd,
      type,
      dimensions: Array(count).fill(0),
      dataStart,
      dataEnd: dataStart,
      end: dataStart,
    }
  const dimensions = Array.from(bytes.subarray(nameEnd + 4, dataStart))
  const dataEnd = dataStart + byteSize(type, dimensions, bytes.length)
  const end = dataEnd + (dataEnd < limit ? 1 + bytes[dataEnd]! : 0)
  return { locked, id, nameEnd, type, dimensions, dataStart, dataEnd, end }
}

/** Bytes of the data; anything past `most` is as good as `most + 1`, so 255 to the 7th stays harmless. */
function byteSize(type: number, dimensions: readonly number[], most: number): number {
  if (!isElementType(type) || dimensions.includes(0)) return 0
  let size = Math.abs(type)
  for (const dimension of dimensions) size = Math.min(size * dimension, most + 1)
  return size
}

/**
 * Data past the limit: either the entry is fine, and the data start lies inside the section, or the dimensions
 * are wrong.
 */
function refuseOverrun(source: Source, shape: Shape, name: string, declared: number, limit: number): never {
  const { bytes } = source
  const ownEnd = shape.dataEnd < bytes.length ? shape.dataEnd + 1 + bytes[shape.dataEnd]! : -1
  if (shape.nameEnd + declared === ownEnd)
    throw new C3dError(
      'DATA_START',
      `The data are said to start at byte ${limit}, inside parameter ${name}.`,
      limit,
    )
  throw new C3dError(
    'PARAM_DIMS',
    `Parameter ${name} declares [${shape.dimensions}] values, more than the parameter section holds.`,
    shape.nameEnd,
  )
}

/** Where the next entry starts; nothing when this is the last. The offset counts from its own first byte. */
function nextEntry(
  source: Source,
  shape: Shape,
  declared: number,
  limit: number,
  name: string,
  log: WarningLog,
): number | undefined {
  if (declared === 0) {
    if (shape.end < limit && isEntry(source, shape.end, limit))
      log.place('PARAM_OFFSET', 'its offset of 0 ends the section, though more seems to follow', name)
    return undefined
  }
  const next = shape.nameEnd + declared
  const plausible =
    next === limit || (next < limit && (source.bytes[next] === 0 || isEntry(source, next, limit)))
  if (next === shape.end) return next
  // An offset that ends the section early, or leads nowhere, yields to a sound entry right after this one.
  const followed = shape.end < limit && isEntry(source, shape.end, limit)
  if (plausible && !(followed && (next >= limit || source.bytes[next] === 0))) return next
  if (followed && next > limit && declared > 0x7fff)
    throw new C3dError(
      'PARAM_LOOP',
      `The offset of ${name} (${declared - 0x10000} as a signed word) points backwards.`,
      shape.nameEnd,
    )
  if (followed) {
    log.place('PARAM_OFFSET', 'its offset leads to no entry; the next one was found by its own size', name)
    return shape.end
  }
  if (next < limit) return next
  log.place('PARAM_OFFSET', 'its offset leaves the parameter section; it was taken as the last entry', name)
  return undefined
}

/** Whether a complete and plausible entry stands here. */
function isEntry(source: Source, at: number, limit: number): boolean {
  const shape = entryShape(source, at, limit)
  if (!shape || shape.id === 0 || shape.end > limit) return false
  return shape.id < 0 || (isElementType(shape.type) && shape.dimensions.length <= 7)
}

/** -1 is a character; the others are sizes in bytes. */
const isElementType = (type: number): boolean => type === -1 || type === 1 || type === 2 || type === 4
