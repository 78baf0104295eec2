/** Puts parameters into their groups, and checks what each one holds. */

import { C3dError } from './errors.ts'
import type { Source } from './header.ts'
import {
  type C3dGroup,
  type C3dParameter,
  createParameter,
  type ParameterEntry,
  textWidth,
} from './parameters.ts'
import type { GroupEntry, Section } from './section.ts'
import { decodeText, findOddities, NOT_UTF8 } from './text.ts'
import type { WarningLog } from './warnings.ts'

/** Numbers without which a recording would be read wrong: they must be numbers of a type that exists. */
const NEEDED: Record<string, readonly string[]> = {
  POINT: ['USED', 'SCALE', 'RATE', 'FRAMES', 'DATA_START'],
  ANALOG: ['USED', 'SCALE', 'RATE', 'GEN_SCALE', 'OFFSET', 'OFFSETS'],
}

/** One group being filled. */
type Draft = Omit<C3dGroup, 'parameters'> & { parameters: C3dParameter[]; orphan?: boolean }

/** Groups being filled, by both of their keys. */
interface Drafts {
  byName: Map<string, Draft>
  byId: Map<number, Draft>
}

/**
 * Groups in file order. Groups of one name are merged, and of parameters of one name the first is kept.
 *
 * @throws {C3dError} PARAM_TYPE
 */
export function assembleGroups(source: Source, section: Section, log: WarningLog): C3dGroup[] {
  const drafts: Drafts = { byName: new Map(), byId: new Map() }
  for (const entry of section.groups) declareGroup(entry, drafts, log)
  for (const entry of section.parameters) {
    const declared = drafts.byId.get(entry.groupId)
    const group = declared ?? adoptOrphan(entry, drafts)
    const path = `${group.name}:${entry.name}`
    if (group.orphan) log.place('ORPHAN_PARAMETERS', 'its group is not declared', path)
    const parameter = createParameter(source, entry)
    checkType(group.name, parameter, entry, log)
    noteOddities(parameter, entry, path, log)
    group.parameters.push(parameter)
  }
  return [...drafts.byName.values()].map(({ orphan: _, ...group }) => ({
    ...group,
    parameters: withoutDuplicates(group, log),
  }))
}

function declareGroup(entry: GroupEntry, { byName, byId }: Drafts, log: WarningLog): void {
  const { name, id, locked } = entry
  const same = byName.get(name)
  if (same || byId.has(id)) log.place('DUPLICATE_GROUP', 'declared twice, merged', name)
  const group = same ?? { name, id, locked, description: decodeText(entry.description), parameters: [] }
  byName.set(name, group)
  if (!byId.has(id)) byId.set(id, group)
}

/** Vicon files have TRIAL's fields without the group; anything else keeps the number as its name. */
function adoptOrphan(entry: ParameterEntry, { byName, byId }: Drafts): Draft {
  const { groupId: id, name } = entry
  const adopted = /^ACTUAL_(START|END)_FIELD$/i.test(name) ? 'TRIAL' : `#${id}`
  const group = byName.get(adopted) ?? {
    name: adopted,
    id,
    locked: false,
    description: '',
    parameters: [],
    orphan: true,
  }
  byName.set(adopted, group)
  if (adopted !== 'TRIAL') byId.set(id, group)
  return group
}

function checkType(group: string, parameter: C3dParameter, entry: ParameterEntry, log: WarningLog): void {
  const needed = NEEDED[group.toUpperCase()]?.includes(parameter.name.toUpperCase()) ?? false
  const path = `${group}:${parameter.name}`
  if (needed && (parameter.type === 'unknown' || parameter.type === 'char'))
    throw new C3dError('PARAM_TYPE', `${path} has element type ${entry.type}, which is no type of number.`)
  if (parameter.type === 'unknown')
    log.place('PARAM_TYPE_UNKNOWN', 'its element type does not exist, its values are left out', path)
}

function noteOddities(parameter: C3dParameter, entry: ParameterEntry, path: string, log: WarningLog): void {
  const { type, dimensions } = parameter
  const about = findOddities(entry.description, entry.description.length)
  if (about?.encoding) log.place('TEXT_ENCODING', NOT_UTF8, `${path} (description)`)
  if (type === 'float' && (parameter.values as Float32Array).some((value) => !Number.isFinite(value)))
    log.place('PARAM_NON_FINITE', 'holds NaN or infinity', path)
  if (type !== 'char') return
  const text = findOddities(entry.data, textWidth(dimensions))
  if (text?.encoding) log.place('TEXT_ENCODING', NOT_UTF8, path)
  if (text?.control) log.place('TEXT_CONTROL', 'control characters, replaced by spaces', path)
  if (text?.nul) log.place('TEXT_NUL', 'padded with NUL instead of spaces', path)
}

function withoutDuplicates({ name, parameters }: Omit<Draft, 'orphan'>, log: WarningLog): C3dParameter[] {
  const seen = new Set<string>()
  return parameters.filter((parameter) => {
    if (!seen.has(parameter.name)) return seen.add(parameter.name)
    log.place('DUPLICATE_PARAMETER', 'occurs twice, the first was kept', `${name}:${parameter.name}`)
    return false
  })
}
