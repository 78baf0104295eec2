/** The parameter groups a recording needs: POINT, ANALOG, TRIAL, EVENT, and those the caller adds. */

import type { WritePlan } from './plan.ts'
import type { C3dGroupSpec, C3dParameterSpec } from './spec.ts'

/** One dimension of a parameter is a byte, so longer lists continue in NAME2, NAME3... */
const LIST_LIMIT = 255

/** All groups of a file in order, the caller's merged in. `dataBlock` goes to POINT:DATA_START. */
export function buildGroups(plan: WritePlan, dataBlock: number): C3dGroupSpec[] {
  const { parameters = [], omit = [] } = plan.spec
  const groups = [pointGroup(plan, dataBlock), analogGroup(plan), trialGroup(plan), eventGroup(plan)]
    .filter((group) => group !== undefined && !omit.includes(group.name))
    .map((group) => ({
      ...group!,
      parameters: group!.parameters.filter(({ name }) => !omit.includes(`${group!.name}:${name}`)),
    }))
  const merged = new Map<string, C3dGroupSpec>(groups.map((group) => [group.name, group]))
  for (const extra of parameters) {
    const own = merged.get(extra.name)
    const replaced = new Set(extra.parameters.map(({ name }) => name))
    const kept = own?.parameters.filter(({ name }) => !replaced.has(name)) ?? []
    merged.set(extra.name, { ...own, ...extra, parameters: [...kept, ...extra.parameters] })
  }
  return [...merged.values()]
}

function pointGroup({ spec, frames, pointScale }: WritePlan, dataBlock: number): C3dGroupSpec {
  const { points, storage, pointRate } = spec
  const units = points.map(({ unit }) => unit ?? '')
  const unit: C3dParameterSpec[] =
    units.length > 0 && units.every((one) => one === units[0])
      ? units[0] === ''
        ? []
        : [{ name: 'UNITS', type: 'char', value: units[0]! }]
      : texts('UNITS', units)
  return {
    name: 'POINT',
    parameters: [
      number('USED', 'int16', points.length),
      number('FRAMES', 'int16', Math.min(frames, 0xffff)),
      ...(frames > 0xffff ? [number('LONG_FRAMES', 'float', frames)] : []),
      number('SCALE', 'float', storage === 'float' ? -pointScale : pointScale),
      number('RATE', 'float', pointRate),
      number('DATA_START', 'int16', dataBlock),
      ...texts(
        'LABELS',
        points.map(({ label }) => label),
      ),
      ...texts(
        'DESCRIPTIONS',
        points.map(({ description = '' }) => description),
      ),
      ...unit,
    ],
  }
}

function analogGroup({ spec, genScale, scales, offsets }: WritePlan): C3dGroupSpec {
  const { analogs, analogFormat, storage, pointRate, samplesPerFrame } = spec
  const format = analogFormat ?? (storage === 'int' ? 'signed' : undefined)
  return {
    name: 'ANALOG',
    parameters: [
      number('USED', 'int16', analogs.length),
      number('RATE', 'float', pointRate * samplesPerFrame),
      number('GEN_SCALE', 'float', genScale),
      ...numbers('SCALE', 'float', scales),
      ...numbers('OFFSET', 'int16', offsets),
      ...texts(
        'LABELS',
        analogs.map(({ label }) => label),
      ),
      ...texts(
        'DESCRIPTIONS',
        analogs.map(({ description = '' }) => description),
      ),
      ...texts(
        'UNITS',
        analogs.map(({ unit = '' }) => unit),
      ),
      ...(format ? [{ name: 'FORMAT', type: 'char' as const, value: format.toUpperCase() }] : []),
      ...(storage === 'int' ? [number('BITS', 'int16', 16)] : []),
    ],
  }
}

/** Each field is two words, low first, because a header word ends at frame 65535. */
function trialGroup({ first, last }: WritePlan): C3dGroupSpec | undefined {
  if (last <= 0xffff) return undefined
  const field = (name: string, frame: number): C3dParameterSpec => ({
    name,
    type: 'int16',
    value: [frame & 0xffff, frame >>> 16],
  })
  return { name: 'TRIAL', parameters: [field('ACTUAL_START_FIELD', first), field('ACTUAL_END_FIELD', last)] }
}

/** EVENT:TIMES count from frame 1, so a trial that starts later shifts them. */
function eventGroup({ spec, first }: WritePlan): C3dGroupSpec | undefined {
  const { events, pointRate } = spec
  if (!events?.length) return undefined
  const parameters = [number('USED', 'int16', events.length)]
  for (let part = 0; part * LIST_LIMIT < events.length; part++) {
    const some = events.slice(part * LIST_LIMIT, (part + 1) * LIST_LIMIT)
    const times = some.flatMap(({ time }) => {
      const absolute = time + (first - 1) / pointRate
      const minutes = Math.floor(absolute / 60)
      return [minutes, absolute - 60 * minutes]
    })
    parameters.push({
      name: partName('TIMES', part),
      type: 'float',
      dimensions: [2, some.length],
      value: times,
    })
  }
  parameters.push(
    ...texts(
      'LABELS',
      events.map(({ label }) => label),
    ),
    ...texts(
      'CONTEXTS',
      events.map(({ context = '' }) => context),
    ),
    ...texts(
      'SUBJECTS',
      events.map(({ subject = '' }) => subject),
    ),
    ...texts(
      'DESCRIPTIONS',
      events.map(({ description = '' }) => description),
    ),
  )
  return { name: 'EVENT', parameters }
}

const partName = (name: string, part: number): string => (part === 0 ? name : `${name}${part + 1}`)

const number = (name: string, type: 'int16' | 'float', value: number): C3dParameterSpec => ({
  name,
  type,
  value,
})

function numbers(
  name: string,
  type: 'int16' | 'float',
  values: Float32Array | Int32Array,
): C3dParameterSpec[] {
  const parts: C3dParameterSpec[] = []
  for (let i = 0; i < values.length; i += LIST_LIMIT)
    parts.push({ name: partName(name, parts.length), type, value: values.subarray(i, i + LIST_LIMIT) })
  return parts
}

function texts(name: string, values: readonly string[]): C3dParameterSpec[] {
  const parts: C3dParameterSpec[] = []
  if (values.every((value) => value === '')) return parts
  for (let i = 0; i < values.length; i += LIST_LIMIT)
    parts.push({ name: partName(name, parts.length), type: 'char', value: values.slice(i, i + LIST_LIMIT) })
  return parts
}
