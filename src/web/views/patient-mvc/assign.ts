/** Which channel of an MVC recording is which muscle: as the analysis takes it, changed by hand, ready or not. */
import type { Answer, Body } from '../../api/client.ts'
import { normalMuscle } from '../../mvc/muscle.ts'
import type { Trial } from './trials.ts'

type Analysis = Answer<'GET /api/recordings/{id}/analysis'>
type Side = 'left' | 'right' | 'none'

/** One channel on its way to be a calibration. */
export interface Row {
  /** Place of the channel in the recording. */
  readonly channel: number
  readonly label: string
  readonly muscle: string
  readonly side: Side
  /** Whether muscle and side come from what the recording is called, and nobody has confirmed them. */
  readonly isSuggested: boolean
  readonly isTaken: boolean
}

/** A row for each EMG channel; those whose muscle is not known are left to be named. */
export const rowsOf = (channels: Analysis['channels']): Row[] =>
  channels.map(({ index, label, name, muscle, side }) => ({
    channel: index,
    label: label || name,
    muscle: muscle ?? '',
    side: side ?? 'none',
    isSuggested: muscle !== null,
    isTaken: true,
  }))

/** Rows of which nothing but their place is known, where the recording could not be analysed. */
export const bareRows = (labels: readonly string[]): Row[] =>
  labels.map((label, channel) => ({
    channel,
    label: label || `#${channel}`,
    muscle: '',
    side: 'none',
    isSuggested: false,
    isTaken: true,
  }))

/** What keeps a row from being accepted. */
export type RowProblem = 'no muscle' | 'twice'

/** By channel; a row that is not taken, or gives no value, has no problem. */
export function rowProblems(
  rows: readonly Row[],
  gives: (channel: number) => boolean,
): ReadonlyMap<number, RowProblem> {
  const problems = new Map<number, RowProblem>()
  const seen = new Set<string>()
  for (const { channel, muscle, side, isTaken } of rows) {
    if (!isTaken || !gives(channel)) continue
    const name = `${side} ${normalMuscle(muscle)}`
    if (normalMuscle(muscle) === '') problems.set(channel, 'no muscle')
    else if (seen.has(name)) problems.set(channel, 'twice')
    seen.add(name)
  }
  return problems
}

/** Whether a finding is taken unless somebody says so: one that is known to be too low is not. */
export const isOffered = ({ flags }: { readonly flags: readonly string[] }): boolean =>
  !flags.includes('CLIPPED')

type Request = Body<'POST /api/mvc/calibrate'>

/** What is sent: the rows that are taken and give a value, by the trials that were stated for them. */
export const calibrationOf = (
  rows: readonly Row[],
  gives: (channel: number) => boolean,
  stated: ReadonlyMap<number, readonly Trial[]>,
): Request['channels'] =>
  rows
    .filter(({ channel, isTaken }) => isTaken && gives(channel))
    .map(({ channel, muscle, side }) => {
      const trials = stated.get(channel)
      return { channel, muscle: muscle.trim(), side, ...(trials && { trials: [...trials] }) }
    })
