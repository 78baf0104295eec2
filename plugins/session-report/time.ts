/** When a recording was made, as a page shows it. */
import { type RecordingDescription, type RecordingRow, startOf } from '../c3d-reader/index.ts'
import type { TherapySession } from '../clinical-records/index.ts'
import type { ShownTime } from './subject.ts'

/** 2026-03-05 09:30:15 UTC: the same on every server. */
const inUtc = (time: Date): string => `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`

const two = (number: number): string => String(number).padStart(2, '0')

/** What the clock on the wall showed: the zone that was taken for it falls out again. */
const onTheWall = (time: Date): string =>
  `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`

export const timeOfSession = ({ startedAt, startedAtBasis }: TherapySession): ShownTime => ({
  text: inUtc(startedAt),
  isLocal: false,
  basis: startedAtBasis,
})

/** Of what the file or its name says; null where neither says anything. */
export function timeOfFile(fileName: string, description: RecordingDescription): ShownTime | null {
  const { at, basis } = startOf({ fileName, description, receivedAt: new Date(0) })
  return basis === 'received' ? null : { text: onTheWall(at), isLocal: true, basis }
}

/** Of a recording that belongs to no session. */
export const timeOfStored = ({ fileName, description, receivedAt }: RecordingRow): ShownTime =>
  timeOfFile(fileName, description) ?? { text: inUtc(receivedAt), isLocal: false, basis: 'received' }
