/** Why a file is refused: one stable code each. */
import { UnreadableRecording } from '../../c3d-reader/index.ts'

/**
 * The codes of a refusal.
 *
 * - `TOO_SHORT`: the file ends within its header.
 * - `NOT_EDF`: the first 8 bytes are those of neither EDF nor BDF.
 * - `NO_SIGNALS`: the number of signals is not at least 1.
 * - `RECORD_SIZE`: a number of samples in a record is no whole number, or a record has no samples at all.
 * - `RECORD_DURATION`: the duration of a record is not above 0, so that signals have no rate, or over 1e8 s.
 * - `RATE`: a signal has more than a million samples a second.
 * - `NO_RECORDS`: the file ends before its first data record does.
 * - `GAP_LIMIT`: records stand so far apart that the missing samples are many times those there are.
 */
export type EdfErrorCode =
  | 'TOO_SHORT'
  | 'NOT_EDF'
  | 'NO_SIGNALS'
  | 'RECORD_SIZE'
  | 'RECORD_DURATION'
  | 'RATE'
  | 'NO_RECORDS'
  | 'GAP_LIMIT'

/** @param message one sentence for a person; nothing that the file says of a patient */
export const refusal = (code: EdfErrorCode, message: string): UnreadableRecording =>
  new UnreadableRecording(code, message)
