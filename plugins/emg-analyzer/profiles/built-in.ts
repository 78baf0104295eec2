/** Profiles that come with the plugin: what devices are known to mean by their labels. */
import type { ChannelAssignment } from '../analysis/index.ts'

/** A profile that is told by the labels of a recording. */
export interface BuiltInProfile {
  readonly name: string
  /** All of these have to be there. */
  readonly labels: readonly string[]
  readonly channels: readonly ChannelAssignment[]
}

/** The game's first channel is on the left quadriceps, its second on the right. */
const ghostly: BuiltInProfile = {
  name: 'ghostly',
  labels: ['CH1 Raw', 'CH1 activated'],
  channels: [
    { channel: 'CH1 Raw', muscle: 'quadriceps', side: 'left' },
    { channel: 'CH2 Raw', muscle: 'quadriceps', side: 'right' },
  ],
}

const BUILT_IN: readonly BuiltInProfile[] = [ghostly]

/** The assignments of every built-in profile whose labels are there. */
export const builtInAssignments = (labels: readonly string[]): ChannelAssignment[] =>
  BUILT_IN.filter((profile) => profile.labels.every((label) => labels.includes(label))).flatMap(
    ({ channels }) => channels,
  )
