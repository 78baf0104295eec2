/** What a file says of how it was recorded: task, electrodes, devices. Nobody's name is among it. */
import type { RecordingDescription } from '../c3d-reader/index.ts'

/** One statement of a file. */
export interface FileFact {
  /** Where it stands, such as `INFO:GAME_NAME`. */
  readonly source: string
  readonly value: string
}

/** The statements of a file, by what they are about. */
export interface FileFacts {
  readonly task: readonly FileFact[]
  readonly electrodes: readonly FileFact[]
  readonly instrumentation: readonly FileFact[]
}

/** Parameters of C3D, by what they are about. @see https://www.c3d.org/HTML/default.htm, groups by makers */
const TASK = ['INFO:TITLE', 'INFO:GAME_NAME', 'INFO:GAME_LEVEL_NAME', 'INFO:GAME_LEVEL', 'INFO:EVENT']
const DEVICES = [
  'MANUFACTURER:COMPANY',
  'MANUFACTURER:SOFTWARE',
  'MANUFACTURER:VERSION',
  'MANUFACTURER:VERSION_LABEL',
  'INFO:SYSTEM',
  'INFO:VERSION',
]

/** Values of a list that are shown. */
const MOST_VALUES = 4

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What says nothing: `---`, `N/A`. */
const isEmpty = (text: string): boolean => /^\W*$|^n\/?a$/i.test(text)

function textOf(value: unknown): string | null {
  if (Array.isArray(value)) {
    const texts = value.slice(0, MOST_VALUES).flatMap((each) => textOf(each) ?? [])
    return texts.length > 0 ? texts.join(', ') : null
  }
  if (typeof value === 'number') return Number.isFinite(value) ? String(Number(value.toPrecision(6))) : null
  const text = typeof value === 'string' ? value.trim() : ''
  return isEmpty(text) ? null : text
}

function parametersOf({ parameters }: RecordingDescription, names: readonly string[]): FileFact[] {
  const groups = isRecord(parameters) ? parameters : {}
  return names.flatMap((source) => {
    const [group = '', name = ''] = source.split(':')
    const members = groups[group]
    const parameter = isRecord(members) ? members[name] : undefined
    const value = isRecord(parameter) ? textOf(parameter.value) : null
    return value === null ? [] : [{ source, value }]
  })
}

/** A field of the signals of EDF, those that say the same together. */
function signalsOf({ signals }: RecordingDescription, field: string): FileFact[] {
  const values = (Array.isArray(signals) ? signals : []).flatMap((signal) =>
    isRecord(signal) ? (textOf(signal[field]) ?? []) : [],
  )
  return [...new Set(values)].slice(0, MOST_VALUES).map((value) => ({ source: field, value }))
}

function storageOf({ processor, storage }: RecordingDescription): FileFact[] {
  const value = [processor, storage].filter((each) => typeof each === 'string').join(', ')
  return value === '' ? [] : [{ source: 'C3D', value }]
}

/**
 * What a description says of task, electrodes and devices, whatever the format.
 *
 * @param description the JSON of `inspect`
 */
export const fileFacts = (description: RecordingDescription): FileFacts => ({
  task: parametersOf(description, TASK),
  electrodes: signalsOf(description, 'transducer'),
  instrumentation: [
    ...parametersOf(description, DEVICES),
    ...signalsOf(description, 'prefilter'),
    ...storageOf(description),
  ],
})
