/** What is known of a channel beyond its file: whether it is EMG, its muscle and its side. */
import * as v from 'valibot'
import type { RecordingChannel } from '../../../c3d-reader/index.ts'
import { MuscleName, type Side, SideName } from '../../../clinical-records/index.ts'
import type { Anatomy } from './muscles.ts'

/** One entry of a profile, or of a request. */
export const ChannelAssignmentSchema = v.strictObject({
  channel: v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(120),
    v.description('Label or name of a channel, in any case; or its place in the file as #0, #1, …'),
  ),
  emg: v.optional(v.pipe(v.boolean(), v.description('Whether it is EMG, whatever the file says'))),
  muscle: v.optional(MuscleName),
  side: v.optional(SideName),
})

/** Says of channels by their labels which muscle and side they are. */
export type ChannelAssignment = v.InferOutput<typeof ChannelAssignmentSchema>

/** Muscle and side of a channel, and how they are known. */
export interface Assigned {
  readonly muscle: string | null
  readonly side: Side | null
  /** Where muscle and side are from; null where neither is known. */
  readonly anatomyBasis: 'assigned' | 'label' | null
}

const normal = (text: string): string => text.trim().toLowerCase()

/** What is stated of one channel. */
export type Stated = Omit<ChannelAssignment, 'channel'>

/**
 * What the entries that name a channel state of it. What the last of them states counts, so that a request stands over
 * a profile, and leaves what it does not state.
 */
export function assignmentOf(
  { index, label, name }: Pick<RecordingChannel, 'index' | 'label' | 'name'>,
  assignments: readonly ChannelAssignment[],
): Stated {
  const names = new Set([normal(label), normal(name), `#${index}`])
  const stated: { emg?: boolean; muscle?: string; side?: Side } = {}
  for (const { channel, emg, muscle, side } of assignments) {
    if (!names.has(normal(channel))) continue
    if (emg !== undefined) stated.emg = emg
    if (muscle !== undefined) stated.muscle = muscle
    if (side !== undefined) stated.side = side
  }
  return stated
}

/** Muscle and side of a channel, by its assignment, else by what its label says. */
export function assign(
  channel: Pick<RecordingChannel, 'index' | 'label' | 'name'>,
  read: Anatomy,
  assignments: readonly ChannelAssignment[],
): Assigned {
  const given = assignmentOf(channel, assignments)
  const muscle = given.muscle ?? read.muscle
  const side = given.side ?? read.side
  const assigned = given.muscle !== undefined || given.side !== undefined
  return { muscle, side, anatomyBasis: assigned ? 'assigned' : muscle || side ? 'label' : null }
}
