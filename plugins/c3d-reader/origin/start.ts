/** When a recording was made, and how that is known. */
import type { RecordingRow } from '../recordings/schema.ts'
import { timeInName } from './file-name.ts'
import { instantOf, type LocalTime } from './local-time.ts'
import { timeInMetadata } from './metadata.ts'

/** Where a time is from, the more trusted first. */
export type StartBasis = 'stated' | 'metadata' | 'file-name' | 'received'

/** When a recording was made, and where that is from. */
export interface RecordingStart {
  readonly at: Date
  readonly basis: StartBasis
}

/** What may say when a recording was made. */
export interface StartSources {
  /** By whoever handed the recording in, with its offset. */
  readonly stated?: Date | undefined
  readonly description: RecordingRow['description']
  readonly fileName: string
  readonly receivedAt: Date
}

const MINUTE_MS = 60_000

/** A clock that shows minutes is within one minute of one that shows seconds. */
const isSameMinute = (a: Date, b: Date): boolean =>
  Math.floor(a.getTime() / MINUTE_MS) === Math.floor(b.getTime() / MINUTE_MS)

const read = (time: LocalTime | null): Date | null => time && instantOf(time)

/**
 * The start of a recording: as stated, else by the metadata, else by the name of the file, else the time of its
 * arrival. A name that agrees with metadata of whole minutes adds the seconds.
 */
export function startOf({ stated, description, fileName, receivedAt }: StartSources): RecordingStart {
  if (stated) return { at: stated, basis: 'stated' }
  const time = timeInMetadata(description)
  const metadata = read(time)
  const name = read(timeInName(fileName))
  if (metadata) {
    const isFiner = time?.second === null && name !== null && isSameMinute(metadata, name)
    return { at: isFiner ? name : metadata, basis: 'metadata' }
  }
  return name ? { at: name, basis: 'file-name' } : { at: receivedAt, basis: 'received' }
}
