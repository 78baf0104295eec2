/** What is known of a channel beyond its file: whether it is EMG, its muscle and its side. */
import * as v from 'valibot'
import type { RecordingChannel } from '../../../c3d-reader/index.ts'
import { MuscleName, type Side, SideName } from '../../../clinical-records/index.ts'
import { readAnatomy } from './muscles.ts'

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

export type ChannelAssignment = v.InferOutput<typeof ChannelAssignmentSchema>

export interface Assigned {
  readonly muscle: string | null
  readonly side: Side | null
  /** Where muscle and side are from; null where neither is known. */
  readonly anatomyBasis: 'assigned' | 'label' | null
}

const normal = (text: string): string => text.trim().toLowerCase()

/** The entry for a channel: the last that names it, so that a request stands over a profile. */
export function assignmentOf(
  { index, label, name }: Pick<RecordingChannel, 'index' | 'label' | 'name'>,
  assignments: readonly ChannelAssignment[],
): ChannelAssignment | undefined {
  const names = new Set([normal(label), normal(name), `#${index}`])
  return assignments.findLast(({ channel }) => names.has(normal(channel)))
}

/** Muscle and side of a channel, by its assignment, else by what its label says. */
export function assign(channel: RecordingChannel, assignments: readonly ChannelAssignment[]): Assigned {
  const given = assignmentOf(channel, assignments)
  const read = readAnatomy(`${channel.label} ${channel.description}`)
  const muscle = given?.muscle ?? read.muscle
  const side = given?.side ?? read.side
  const assigned = given?.muscle !== undefined || given?.side !== undefined
  return { muscle, side, anatomyBasis: assigned ? 'assigned' : muscle || side ? 'label' : null }
}
