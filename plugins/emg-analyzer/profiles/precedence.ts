/** Which channel profiles a recording is read by, and which of them stands over which. */
import type { ChannelAssignment } from '../analysis/index.ts'
import { matchesFile } from './file-pattern.ts'
import type { Profile } from './schema.ts'

/** What profiles are chosen by. */
export interface ReadRecording {
  readonly fileName: string
  /** The patient whose session it is of; null where it is of none. */
  readonly patientCode: string | null
}

type Chosen = Pick<Profile, 'name' | 'patientCode' | 'filePattern' | 'channels'>

/** A patient's own profile stands over one for some files, and that over one for all. */
const rank = ({ patientCode, filePattern }: Chosen): number =>
  (patientCode === null ? 0 : 2) + (filePattern === null ? 0 : 1)

/**
 * What profiles say of the channels of a recording, the general first, so that the special stands over it. Of two that
 * are alike, the one with the later name stands over the other.
 */
export const assignmentsOf = (
  profiles: readonly Chosen[],
  { fileName, patientCode }: ReadRecording,
): ChannelAssignment[] =>
  profiles
    .filter(
      (profile) =>
        (profile.patientCode === null || profile.patientCode === patientCode) &&
        (profile.filePattern === null || matchesFile(profile.filePattern, fileName)),
    )
    .toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1))
    .flatMap(({ channels }) => channels)
