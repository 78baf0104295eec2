/**
 * Writes MAT-files of level 5, uncompressed: https://www.mathworks.com/help/pdf_doc/matlab/matfile_format.pdf
 *
 * Every element is a tag of 8 bytes, its data, and zeros up to a multiple of 8. A variable is a matrix element of flags,
 * dimensions, a name and its content.
 */

/** What a variable may be: a number or text, a column of numbers or of truth values, a struct, an array of structs. */
export type MatValue =
  | number
  | string
  | Float64Array
  | { readonly logical: Uint8Array }
  | { readonly [field: string]: MatValue }
  | readonly { readonly [field: string]: MatValue }[]

const MI_INT8 = 1
const MI_UINT8 = 2
const MI_INT32 = 5
const MI_UINT32 = 6
const MI_DOUBLE = 9
const MI_MATRIX = 14
const MI_UTF16 = 17

const MX_STRUCT = 2
const MX_CHAR = 4
const MX_DOUBLE = 6
const MX_UINT8 = 9
const LOGICAL = 0x0200

/** Bytes of a field's name, its final zero among them; MATLAB cuts off more. */
const NAME_BYTES = 32

const padded = (size: number): number => Math.ceil(size / 8) * 8

/** Bytes in parts: samples are put together with what stands around them only where they are written. */
type Parts = readonly Uint8Array[]

const sizeOf = (parts: Parts): number => parts.reduce((sum, { length }) => sum + length, 0)

/** Puts the tag and the padding around data. */
function element(type: number, parts: Parts): Parts {
  const size = sizeOf(parts)
  const tag = new Uint8Array(8)
  const view = new DataView(tag.buffer)
  view.setUint32(0, type, true)
  view.setUint32(4, size, true)
  return [tag, ...parts, new Uint8Array(padded(size) - size)]
}

// Every platform that the program is made for is little-endian.
const bytesOf = (numbers: Int32Array | Uint32Array | Uint16Array | Float64Array): Uint8Array =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)

/** @throws {RangeError} unless MATLAB takes it for a name */
function nameBytes(name: string): Uint8Array {
  if (!/^[a-zA-Z]\w*$/.test(name) || name.length >= NAME_BYTES) {
    throw new RangeError(`"${name}" is no name of a variable or field`)
  }
  return Uint8Array.from(name, (letter) => letter.charCodeAt(0))
}

function matrix(
  name: string,
  classFlags: number,
  dimensions: readonly [number, number],
  content: readonly Parts[],
): Parts {
  return element(MI_MATRIX, [
    ...element(MI_UINT32, [bytesOf(Uint32Array.of(classFlags, 0))]),
    ...element(MI_INT32, [bytesOf(Int32Array.from(dimensions))]),
    ...element(MI_INT8, name === '' ? [] : [nameBytes(name)]),
    ...content.flat(),
  ])
}

const column = (name: string, numbers: Float64Array): Parts =>
  matrix(name, MX_DOUBLE, [numbers.length, 1], [element(MI_DOUBLE, [bytesOf(numbers)])])

/**
 * Dimensions count letters in one reader and units of UTF-16 in another; letters that are two units, and halves of such,
 * are written as U+FFFD, so that both read all the rest.
 */
function characters(name: string, text: string): Parts {
  const units = Uint16Array.from(
    Array.from(text.toWellFormed(), (letter) => (letter.length === 1 ? letter.charCodeAt(0) : 0xfffd)),
  )
  const dimensions = [units.length === 0 ? 0 : 1, units.length] as const
  return matrix(name, MX_CHAR, dimensions, [element(MI_UTF16, [bytesOf(units)])])
}

/** Of several structs, all have the fields of the first. */
function structs(name: string, items: readonly { readonly [field: string]: MatValue }[]): Parts {
  const fields = Object.keys(items[0] ?? {})
  const names = new Uint8Array(NAME_BYTES * fields.length)
  for (const [i, field] of fields.entries()) names.set(nameBytes(field), i * NAME_BYTES)
  const values = items.flatMap((item) =>
    fields.map((field) => {
      const value = item[field]
      if (value === undefined) throw new RangeError(`a struct of ${name} has no field "${field}"`)
      return variable('', value)
    }),
  )
  return matrix(
    name,
    MX_STRUCT,
    [items.length, 1],
    [element(MI_INT32, [bytesOf(Int32Array.of(NAME_BYTES))]), element(MI_INT8, [names]), ...values],
  )
}

const isList = (value: object): value is readonly { readonly [field: string]: MatValue }[] =>
  Array.isArray(value)

function variable(name: string, value: MatValue): Parts {
  if (typeof value === 'number') return column(name, Float64Array.of(value))
  if (typeof value === 'string') return characters(name, value)
  if (value instanceof Float64Array) return column(name, value)
  if (isList(value)) return structs(name, value)
  if ('logical' in value && value.logical instanceof Uint8Array) {
    const { logical } = value
    return matrix(name, MX_UINT8 | LOGICAL, [logical.length, 1], [element(MI_UINT8, [logical])])
  }
  return structs(name, [value as { readonly [field: string]: MatValue }])
}

const HEADER_BYTES = 128
const TEXT_BYTES = 116

/**
 * A MAT-file with these variables. Columns are n x 1, truth values logical, text a row of characters; NaN is NaN.
 *
 * @param text the first words of the file; 116 ASCII characters at most
 * @returns the bytes in parts, samples as they are
 * @throws {RangeError} for names that MATLAB does not take
 * @example
 * writeMat('MATLAB 5.0 MAT-file', { rate: 1000, raw: Float64Array.of(1, 2), info: { unit: 'V' } })
 */
export function writeMat(text: string, variables: Readonly<Record<string, MatValue>>): Parts {
  const header = new Uint8Array(HEADER_BYTES)
  header.fill(0x20, 0, TEXT_BYTES)
  header.set(new TextEncoder().encode(text).subarray(0, TEXT_BYTES))
  const view = new DataView(header.buffer)
  view.setUint16(124, 0x0100, true)
  // Read as two characters by the other end of the byte order: "IM" is little-endian.
  view.setUint16(126, 0x4d49, true)
  const elements = Object.entries(variables).flatMap(([name, value]) => {
    nameBytes(name)
    return variable(name, value)
  })
  return [header, ...elements]
}
