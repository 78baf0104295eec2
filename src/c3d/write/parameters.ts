/** Encodes the parameter section: groups, parameters, offsets and padding. */

import { type C3dProcessor, PROCESSOR_CODE, writeFloat } from '../processor.ts'
import type { C3dGroupSpec, C3dParameterSpec } from './spec.ts'

const ELEMENT_SIZE = { char: -1, int8: 1, int16: 2, float: 4 } as const

const utf8 = new TextEncoder()

/**
 * The whole section, padded to 512-byte blocks and always ended by a zero name length.
 *
 * @throws {RangeError} when a name, text, dimension or value does not fit the format
 */
export function encodeParameters(groups: readonly C3dGroupSpec[], processor: C3dProcessor): Uint8Array {
  if (groups.length > 127)
    throw new RangeError(`${groups.length} groups are more than the 127 there are ids for`)
  const parts = groups.flatMap((group, i) => [
    encodeGroup(group, i + 1, processor),
    ...group.parameters.map((parameter) => encodeParameter(parameter, group.name, i + 1, processor)),
  ])
  const size = 4 + parts.reduce((sum, part) => sum + part.length, 0) + 2
  const blocks = Math.ceil(size / 512)
  const section = new Uint8Array(blocks * 512)
  // The count is a byte; readers go by where the data starts, so a longer section stays readable.
  section.set([1, 0x50, Math.min(blocks, 255), PROCESSOR_CODE[processor]])
  let offset = 4
  for (const part of parts) {
    section.set(part, offset)
    offset += part.length
  }
  return section
}

function encodeGroup(group: C3dGroupSpec, id: number, processor: C3dProcessor): Uint8Array {
  return entry(group, -id, new Uint8Array(0), processor, group.name)
}

function encodeParameter(
  parameter: C3dParameterSpec,
  group: string,
  id: number,
  processor: C3dProcessor,
): Uint8Array {
  const where = `${group}:${parameter.name}`
  const { dimensions, data } =
    parameter.type === 'char' ? encodeText(parameter, where) : encodeNumbers(parameter, where, processor)
  if (dimensions.length > 7 || dimensions.some((size) => !Number.isInteger(size) || size < 0 || size > 255))
    throw new RangeError(`${where} has dimensions [${dimensions}], beyond 7 sizes of at most 255`)
  const body = new Uint8Array(2 + dimensions.length + data.length)
  body.set([ELEMENT_SIZE[parameter.type] & 0xff, dimensions.length, ...dimensions])
  body.set(data, 2 + dimensions.length)
  return entry(parameter, id, body, processor, where)
}

/** Name length (negative when locked), id, name, offset to the next entry, body, description. */
function entry(
  { name, description = '', locked = false }: { name: string; description?: string; locked?: boolean },
  id: number,
  body: Uint8Array,
  processor: C3dProcessor,
  where: string,
): Uint8Array {
  const title = utf8.encode(name)
  if (title.length === 0 || title.length > 127)
    throw new RangeError(`${where} needs a name of 1 to 127 bytes`)
  const about = utf8.encode(description)
  if (about.length > 255)
    throw new RangeError(`${where} has a description of ${about.length} bytes, over 255`)
  const offset = 2 + body.length + 1 + about.length
  if (offset > 0xffff) throw new RangeError(`${where} takes ${offset} bytes, over 65535`)
  const bytes = new Uint8Array(2 + title.length + offset)
  bytes[0] = locked ? -title.length : title.length
  bytes[1] = id
  bytes.set(title, 2)
  new DataView(bytes.buffer).setUint16(2 + title.length, offset, processor !== 'mips')
  bytes.set(body, 4 + title.length)
  bytes[4 + title.length + body.length] = about.length
  bytes.set(about, 5 + title.length + body.length)
  return bytes
}

function encodeText({ value, dimensions }: C3dParameterSpec, where: string) {
  if (typeof value === 'number') throw new RangeError(`${where} is text, and ${value} is not`)
  if (typeof value !== 'string' && typeof value[0] === 'number') {
    const data = Uint8Array.from(value as ArrayLike<number>)
    return { data, dimensions: checked(dimensions ?? [data.length], data.length, where) }
  }
  const list = typeof value === 'string' ? [value] : (value as readonly string[])
  const texts = Array.from(list, (text) => utf8.encode(text))
  const width = dimensions?.[0] ?? texts.reduce((longest, { length }) => Math.max(longest, length), 0)
  const data = new Uint8Array(width * texts.length).fill(0x20)
  texts.forEach((text, i) => {
    if (text.length > width) throw new RangeError(`${where} holds ${width} bytes a text, not ${text.length}`)
    data.set(text, i * width)
  })
  const natural = typeof value === 'string' ? [width] : [width, texts.length]
  return { data, dimensions: checked(dimensions ?? natural, data.length, where) }
}

function encodeNumbers(
  { type, value, dimensions }: C3dParameterSpec,
  where: string,
  processor: C3dProcessor,
) {
  if (typeof value === 'string' || typeof (value as readonly unknown[])[0] === 'string')
    throw new RangeError(`${where} is ${type}, and a text is not`)
  const list = typeof value === 'number' ? [value] : Array.from(value as ArrayLike<number>)
  const size = type === 'int8' ? 1 : type === 'int16' ? 2 : 4
  const data = new Uint8Array(size * list.length)
  const view = new DataView(data.buffer)
  list.forEach((item, i) => {
    if (type === 'float') {
      writeFloat(view, 4 * i, item, processor)
      return
    }
    const low = size === 1 ? -128 : -32768
    const high = size === 1 ? 255 : 65535
    if (!Number.isInteger(item) || item < low || item > high)
      throw new RangeError(`${where} is ${type}, and ${item} does not fit`)
    if (size === 1) data[i] = item
    else view.setInt16(2 * i, item, processor !== 'mips')
  })
  const natural = typeof value === 'number' ? [] : [list.length]
  return { data, dimensions: checked(dimensions ?? natural, list.length, where) }
}

function checked(dimensions: readonly number[], elements: number, where: string): readonly number[] {
  const product = dimensions.reduce((all, size) => all * size, 1)
  if (product !== elements)
    throw new RangeError(`${where} has ${elements} elements, and dimensions [${dimensions}] hold ${product}`)
  return dimensions
}
