/** What a recording says of its own beginning. */
import type { RecordingRow } from '../recordings/schema.ts'
import type { LocalTime } from './local-time.ts'

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** EDF states a date and time without a zone: `2026-11-21T09:30:00.25`. */
const STATED = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d(?:\.\d+)?)$/

function statedStart({ start }: RecordingRow['description']): LocalTime | null {
  const match = typeof start === 'string' ? STATED.exec(start) : null
  if (!match) return null
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  return { year, month, day, hour, minute, second }
}

/** Ghostly+ writes year, month, day, hour and minute as five strings into INFO:TIME of its C3D files. */
function ghostlyTime({ parameters }: RecordingRow['description']): LocalTime | null {
  const info = isRecord(parameters) ? parameters.INFO : undefined
  const time = isRecord(info) ? info.TIME : undefined
  const values = isRecord(time) && Array.isArray(time.value) ? time.value : []
  const numbers = values.map((value) => (/^\s*\d{1,4}\s*$/.test(String(value)) ? Number(value) : Number.NaN))
  if (numbers.length !== 5 || numbers.some(Number.isNaN)) return null
  const [year, month, day, hour, minute] = numbers as [number, number, number, number, number]
  return { year, month, day, hour, minute, second: null }
}

/** Date and time in what a reader says of a file; null where there are none. */
export const timeInMetadata = (description: RecordingRow['description']): LocalTime | null =>
  statedStart(description) ?? ghostlyTime(description)
