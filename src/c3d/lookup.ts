/** Finds parameters by name, by alias, and across continuations such as LABELS2. */

import type { C3dGroup, C3dParameter } from './parameters.ts'
import type { WarningLog } from './warnings.ts'

/** Names that some programs give to what others call by the first one. */
const ALIASES: Record<string, readonly string[]> = {
  EVENT: ['EVENTS'],
  FORCE_PLATFORM: ['FORCE_PLATFORMS', 'FORCE_PLATEFORM', 'FORCE_PLATEFORMS'],
  OFFSET: ['OFFSETS'],
  SCALE: ['SCALES'],
  LABELS: ['LABEL'],
  UNITS: ['UNIT'],
  DESCRIPTIONS: ['DESCRIPTION'],
}

/** A list is at most 255 long; 300 continuations are more than the 65535 channels there can be. */
const MAX_PARTS = 300

/** Looks parameters up; names do not tell upper from lower case. */
export interface Lookup {
  /** Whether the group exists, under its name or an alias. */
  has(group: string): boolean
  /** The parameter, under its name or an alias. */
  find(group: string, name: string): C3dParameter | undefined
  /** Its numbers as stored; nothing when it is missing or text. */
  numbers(group: string, name: string): ArrayLike<number> | undefined
  /** Its first number as stored. */
  number(group: string, name: string): number | undefined
  /** Its first number, where int16 and int8 mean a count and so are unsigned. */
  count(group: string, name: string): number | undefined
  /** All numbers of NAME, NAME2, NAME3... */
  allNumbers(group: string, name: string): number[] | undefined
  /** All texts of NAME, NAME2, NAME3..., trimmed at both ends. */
  allTexts(group: string, name: string): string[] | undefined
}

/** Builds the lookup; each alias that is used is noted once. */
export function createLookup(groups: readonly C3dGroup[], log: WarningLog): Lookup {
  const tables = new Map<string, Map<string, C3dParameter>>()
  for (const group of groups) {
    const table = tables.get(group.name.toUpperCase()) ?? new Map<string, C3dParameter>()
    tables.set(group.name.toUpperCase(), table)
    for (const parameter of group.parameters) {
      const key = parameter.name.toUpperCase()
      if (!table.has(key)) table.set(key, parameter)
    }
  }
  const noted = new Set<string>()
  const resolve = <T>(table: ReadonlyMap<string, T>, name: string, where: string): T | undefined => {
    const exact = table.get(name)
    if (exact) return exact
    const alias = ALIASES[name]?.find((other) => table.has(other))
    if (alias === undefined) return undefined
    if (!noted.has(where + alias)) log.place('ALIAS', `taken as ${name}`, where + alias)
    noted.add(where + alias)
    return table.get(alias)
  }
  const find = (group: string, name: string) => {
    const table = resolve(tables, group, '')
    return table && resolve(table, name, `${group}:`)
  }
  const numbers = (group: string, name: string) => {
    const values = find(group, name)?.values
    return values && !isTexts(values) && values.length > 0 ? values : undefined
  }
  const parts = (group: string, name: string) => {
    const found = [find(group, name)]
    for (let part = 2; part <= MAX_PARTS; part++) {
      const more = find(group, `${name}${part}`)
      if (!more) break
      found.push(more)
    }
    return found.filter((parameter) => parameter !== undefined)
  }
  return {
    has: (group) => resolve(tables, group, '') !== undefined,
    find,
    numbers,
    number: (group, name) => numbers(group, name)?.[0],
    count: (group, name) => {
      const parameter = find(group, name)
      const value = numbers(group, name)?.[0]
      return value === undefined || !parameter ? undefined : asUnsigned(value, parameter.type)
    },
    allNumbers: (group, name) => {
      const found = parts(group, name).filter(({ type }) => type !== 'char' && type !== 'unknown')
      if (found.length === 0) return undefined
      return found.flatMap(({ values }) => Array.from(values as ArrayLike<number>))
    },
    allTexts: (group, name) => {
      const found = parts(group, name).filter(({ type }) => type === 'char')
      if (found.length === 0) return undefined
      return found.flatMap(({ values }) => (values as readonly string[]).map((text) => text.trim()))
    },
  }
}

/** A negative integer that stands for a count is the upper half of its range. */
function asUnsigned(value: number, type: C3dParameter['type']): number {
  if (value >= 0 || type === 'float') return value
  return value + (type === 'int8' ? 0x100 : 0x10000)
}

const isTexts = (values: C3dParameter['values']): values is readonly string[] => Array.isArray(values)
