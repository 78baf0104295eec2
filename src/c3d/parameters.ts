/** The parameter section: groups and parameters, their values decoded when first asked for. */

import type { Source } from './header.ts'
import { readFloat } from './processor.ts'
import { decodeText, decodeTexts } from './text.ts'

/** The values of a parameter in file order (first dimension fastest). */
export type C3dValues = readonly string[] | Int8Array | Int16Array | Float32Array

/** One parameter. */
export interface C3dParameter {
  /** Its name as the file spells it. */
  name: string
  /** Element type; `unknown` when the file gives a type that does not exist. */
  type: 'char' | 'int8' | 'int16' | 'float' | 'unknown'
  /** 0 to 7 sizes, first varies fastest; none for a single value. For `char` the first is the text length. */
  dimensions: readonly number[]
  /**
   * The values: texts for `char`, else numbers as stored (int16 signed, also where the format means unsigned).
   * Decoded at the first look. Fewer than the dimensions say when the entry is cut short.
   */
  readonly values: C3dValues
  /** Free text. */
  description: string
  /** Whether programs are asked not to change it. */
  locked: boolean
}

/** One group of parameters. */
export interface C3dGroup {
  /** Its name as the file spells it; `#7` for parameters of group 7 when the file declares no such group. */
  name: string
  /** Its number, positive. */
  id: number
  /** Free text. */
  description: string
  /** Whether programs are asked not to change it. */
  locked: boolean
  /** Its parameters in file order. */
  parameters: readonly C3dParameter[]
}

/** Where a parameter's parts are, before anything is decoded. */
export interface ParameterEntry {
  name: string
  groupId: number
  locked: boolean
  /** Byte that says the element type. */
  type: number
  dimensions: number[]
  /** The bytes of the values, already clipped to the entry. */
  data: Uint8Array
  description: Uint8Array
}

const TYPE_NAMES: Record<number, C3dParameter['type']> = { [-1]: 'char', 1: 'int8', 2: 'int16', 4: 'float' }

/** Makes a parameter of its entry. */
export function createParameter(source: Source, entry: ParameterEntry): C3dParameter {
  const type = TYPE_NAMES[entry.type] ?? 'unknown'
  let values: C3dValues | undefined
  return {
    name: entry.name,
    type,
    dimensions: entry.dimensions,
    get values() {
      values ??= decodeValues(source, type, entry)
      return values
    },
    description: decodeText(entry.description),
    locked: entry.locked,
  }
}

function decodeValues({ processor }: Source, type: C3dParameter['type'], entry: ParameterEntry): C3dValues {
  const { data, dimensions } = entry
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  switch (type) {
    case 'char':
      return decodeTexts(data, textWidth(dimensions))
    case 'int8':
      return new Int8Array(data)
    case 'int16':
      return Int16Array.from({ length: data.length >> 1 }, (_, i) =>
        view.getInt16(2 * i, processor !== 'mips'),
      )
    case 'float':
      return Float32Array.from({ length: data.length >> 2 }, (_, i) => readFloat(view, 4 * i, processor))
    case 'unknown':
      return []
  }
}

/** How many bytes each text of a char parameter takes. */
export const textWidth = (dimensions: readonly number[]): number => dimensions[0] ?? 1
