/** What somebody has changed about an analysis: read from the address, and made a request of. */
import type { Body } from '../../../api/client.ts'
import type { AnalysedChannel, Analysis, AnalysisCatalogue } from '../../../api/shapes.ts'
import type { Value } from './fields.ts'

/** A preset and values that differ from it, by the path of their field. */
export interface Changes {
  readonly preset: string
  readonly values: Readonly<Record<string, Value>>
}

export type AnalysisRequest = Body<'POST /api/recordings/{id}/analysis'>

/** How notches are made that somebody asks for by their frequency alone. */
const NOTCH = { harmonics: 3, qualityFactor: 30 }

/** Options of the detectors mean nothing to another one. */
const OPTIONS = 'detection.options.'

function at(tree: unknown, path: string): unknown {
  let found = tree
  for (const name of path.split('.'))
    found = typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[name] : undefined
  return found
}

type TargetChannel = Pick<AnalysedChannel, 'mvc' | 'target'>

/** What is asked of the channels by a path behind `targets.`; undefined where it is not the same of all. */
export function targetInForce(
  path: string,
  {
    channels,
    targets,
  }: { readonly channels: readonly TargetChannel[]; readonly targets: Analysis['targets'] },
): Value | undefined {
  const name = path.slice('targets.'.length) as 'mvcPercent' | 'durationMs' | 'contractions'
  const found = new Set(
    channels.map(({ mvc, target }) => (name === 'mvcPercent' ? mvc?.targetPercent : target[name])),
  )
  // A channel without an MVC has none to reach a share of.
  found.delete(undefined)
  return found.size > 1 ? undefined : found.size === 1 ? ([...found][0] as Value) : targets[name]
}

/**
 * The value of a field before anybody changed it: of the preset, and of targets what holds for this recording.
 *
 * @returns undefined for a target that is another for each channel
 */
export function baseValue(
  path: string,
  { preset, values }: Changes,
  catalogue: AnalysisCatalogue,
  stored: Parameters<typeof targetInForce>[1],
): Value | undefined {
  if (path.startsWith('targets.')) return targetInForce(path, stored)
  const parameters = catalogue.presets.find(({ id }) => id === preset)?.parameters
  if (path === 'notch') return parameters?.notch?.frequencyHz ?? null
  if (!path.startsWith(OPTIONS)) return (at(parameters, path) ?? null) as Value
  const method = String(values['detection.method'] ?? parameters?.detection.method)
  const kept = method === parameters?.detection.method ? at(parameters, path) : undefined
  const defaults = catalogue.detectors.find(({ id }) => id === method)?.defaults
  return (kept ?? defaults?.[path.slice(OPTIONS.length)] ?? null) as Value
}

/** Sets a field; what is as the preset has it is no change. Another detector forgets the options of the last. */
export function changed(
  changes: Changes,
  path: string,
  value: Value | undefined,
  base: Value | undefined,
): Changes {
  const { [path]: _, ...others } = changes.values
  const kept =
    path === 'detection.method'
      ? Object.fromEntries(Object.entries(others).filter(([each]) => !each.startsWith(OPTIONS)))
      : others
  return { ...changes, values: value === undefined || value === base ? kept : { ...kept, [path]: value } }
}

function put(tree: Record<string, unknown>, path: string, value: unknown): void {
  const names = path.split('.')
  const last = names.pop() as string
  let node = tree
  for (const name of names) {
    // Own ones only: paths come from the address too.
    if (!Object.hasOwn(node, name)) node[name] = {}
    node = node[name] as Record<string, unknown>
  }
  node[last] = value
}

/** What is to be asked; null where nothing differs from what is stored. */
export function requestOf({ preset, values }: Changes, storedPreset: string): AnalysisRequest | null {
  const tree: Record<string, unknown> = {}
  for (const [path, value] of Object.entries(values)) {
    const isTarget = path.startsWith('targets.')
    const given = path === 'notch' && value !== null ? { frequencyHz: value, ...NOTCH } : value
    put(tree, isTarget ? path : `parameters.${path}`, given)
  }
  if (preset !== storedPreset) tree.preset = preset
  return Object.keys(tree).length === 0 ? null : (tree as AnalysisRequest)
}

const SPELLED: ReadonlyArray<readonly [string, Value]> = [
  ['none', null],
  ['yes', true],
  ['no', false],
]

const spell = (value: Value): string => SPELLED.find(([, each]) => each === value)?.[0] ?? String(value)

function unspell(text: string): Value {
  const word = SPELLED.find(([each]) => each === text)
  if (word) return word[1]
  const number = Number(text)
  return text !== '' && Number.isFinite(number) ? number : text
}

/** As it stands in an address: `bandPass.lowHz:30,notch:50`; undefined for no change. */
export const spellValues = (values: Changes['values']): string | undefined =>
  Object.entries(values)
    .map(([path, value]) => `${path}:${spell(value)}`)
    .join(',') || undefined

/** Reads it back; what is no pair is left out, and what no parameter is the server refuses by its name. */
export const readValues = (text: string | null): Changes['values'] =>
  Object.fromEntries(
    (text ?? '')
      .split(',')
      .map((pair) => /^([A-Za-z][\w.]*):(.*)$/.exec(pair))
      .filter((match) => match !== null)
      .map(([, path = '', value = '']) => [path, unspell(value)]),
  )
