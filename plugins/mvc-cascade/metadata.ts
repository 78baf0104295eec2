/**
 * MVC values in the parameters of a C3D file. There is no standard for them, so this is the rule:
 *
 * - `MVC:VALUES` or `THERAPY:MVC` holds numbers. `MVC:LABELS` or `THERAPY:MVC_LABELS` names their channels, in the
 *   same order; without it there has to be one number for each analog channel, or for each pair of a raw and an
 *   activated channel, in the order of the file.
 * - `MVC:<channel>` or `THERAPY:MVC_<channel>` holds one number for one channel, and goes before a list.
 * - `MVC:UNITS` or `THERAPY:MVC_UNITS` is the unit: one for all, or one for each number of a list. Without it, V is
 *   assumed.
 *
 * Names are compared without case, spaces and signs, and without a trailing "raw" or "activated".
 */
import { isPlausible } from './limits.ts'
import { inVolts } from './units.ts'

/** What the parameters say of one analog channel. */
export interface MetadataMvc {
  /** Place of the channel in the file, from 0. */
  readonly index: number
  readonly label: string
  /** V; null where there is no number. May be implausible: then `reason` says so. */
  readonly value: number | null
  readonly unitBasis: 'declared' | 'assumed' | null
  /** Such as `THERAPY:MVC`; null where no parameter speaks of the channel. */
  readonly parameter: string | null
  /** Why the value cannot be used; null where it can. */
  readonly reason: string | null
}

/** What a recording says of itself, as JSON. */
type Description = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const nameOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\s_.-]*(?:raw|activated)\s*$/, '')
    .replace(/[^\p{L}\p{N}]/gu, '')

/** The values of a parameter, whether it has dimensions or not. */
function valuesOf(parameter: unknown): readonly unknown[] {
  const value = isRecord(parameter) ? parameter.value : undefined
  if (Array.isArray(value)) return value
  return value === undefined || value === null ? [] : [value]
}

/** The parameters about MVC by what they are called behind `MVC:` or `THERAPY:MVC_`; a bare `THERAPY:MVC` is VALUES. */
interface Found {
  readonly parameter: string
  readonly values: readonly unknown[]
}

function mvcParameters(description: Description): Map<string, Found> {
  const found = new Map<string, Found>()
  const groups = isRecord(description.parameters) ? Object.entries(description.parameters) : []
  for (const [group, parameters] of groups) {
    const isMvc = group.toUpperCase() === 'MVC'
    if (!isRecord(parameters) || !(isMvc || group.toUpperCase() === 'THERAPY')) continue
    for (const [name, parameter] of Object.entries(parameters)) {
      const own = isMvc ? name : /^MVC(?:_(.+))?$/i.exec(name)?.map((part) => part ?? 'VALUES')[1]
      if (own === undefined || found.has(own.toUpperCase())) continue
      found.set(own.toUpperCase(), { parameter: `${group}:${name}`, values: valuesOf(parameter) })
    }
  }
  return found
}

/** Where the values of a list belong: for each channel its place in the list, or -1; or why that is unknown. */
function placesOf(
  labels: readonly string[],
  count: number,
  names: readonly unknown[] | undefined,
): readonly number[] | string {
  const own = labels.map(nameOf)
  if (names) {
    const listed = names.map((name) => nameOf(String(name)))
    return own.map((name) => (name === '' ? -1 : listed.indexOf(name)))
  }
  if (count === labels.length) return labels.map((_, i) => i)
  const distinct = [...new Set(own)]
  if (count === distinct.length) return own.map((name) => distinct.indexOf(name))
  return `it has ${count} values for ${labels.length} channels, and no labels`
}

/**
 * The MVC values that a recording's parameters hold, one entry for each analog channel.
 *
 * @param description as the reader gives it
 */
export function readMetadata(description: Description): readonly MetadataMvc[] {
  const labels = Array.isArray(description.analogLabels) ? description.analogLabels.map(String) : []
  const parameters = mvcParameters(description)
  const list = parameters.get('VALUES')
  const units = parameters.get('UNITS')?.values ?? []
  const places = list && placesOf(labels, list.values.length, parameters.get('LABELS')?.values)
  const single = new Map<string, Found>()
  for (const [name, found] of parameters) {
    if (['VALUES', 'UNITS', 'LABELS'].includes(name) || found.values.length !== 1) continue
    single.set(nameOf(name), found)
  }

  const judge = (
    index: number,
    label: string,
    parameter: string,
    value: unknown,
    unit: unknown,
  ): MetadataMvc => {
    const entry = { index, label, parameter, value: null, unitBasis: null }
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      return { ...entry, reason: `${parameter} holds no number for it` }
    }
    const volts = inVolts(value, typeof unit === 'string' ? unit : null)
    if (!volts) return { ...entry, reason: `${parameter} is in "${unit}", which is no voltage` }
    const basis = volts.unitBasis === 'assumed' ? ', in V for want of a unit,' : ''
    const reason = isPlausible(volts.value)
      ? null
      : `${volts.value} of ${parameter}${basis} is outside of 1 uV to 10 mV`
    return { ...entry, ...volts, reason }
  }

  return labels.map((label, index): MetadataMvc => {
    const own = nameOf(label) === '' ? undefined : single.get(nameOf(label))
    if (own) return judge(index, label, own.parameter, own.values[0], units.length === 1 ? units[0] : null)
    const nothing = { index, label, value: null, unitBasis: null, parameter: null }
    if (!list || places === undefined) {
      return { ...nothing, reason: 'the recording’s metadata names no MVC for it' }
    }
    if (typeof places === 'string') return { ...nothing, reason: `${list.parameter}: ${places}` }
    const place = places[index] as number
    if (place < 0) return { ...nothing, reason: `${list.parameter} does not name it` }
    const unit = units.length === 1 ? units[0] : units[place]
    return judge(index, label, list.parameter, list.values[place], unit)
  })
}
