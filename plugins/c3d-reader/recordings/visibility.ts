/** Which recordings are whose: of a patient, whom another plugin keeps, or of whoever has uploaded them. */
import { and, type Column, eq, inArray, not, or, type SQL, sql } from 'drizzle-orm'
import type { Database, Identity, PatientScope } from '../../../src/sdk.ts'
import { recordings, recordingUploaders } from './tables.ts'

/** What the plugin that keeps patients says of recordings, as conditions on the id of one. */
export interface RecordingOwners {
  /** It belongs to a patient in scope. */
  ofPatients(recordingId: Column, scope: Exclude<PatientScope, 'all'>): SQL
  /** It belongs to a patient. */
  ofAnyPatient(recordingId: Column): SQL
}

/** Who asks for recordings, or brings one: a viewer, an identity. */
export type RecordingUser = Pick<Identity, 'id' | 'scope'>

/** Which recordings somebody may see. */
export interface RecordingVisibility {
  /** Said once, by the plugin that keeps patients. Before that, nobody has any recording but their own uploads. */
  ownedBy(owners: RecordingOwners): void
  /**
   * Those of the patients in scope, and of those that are nobody's the user's own uploads, as a condition on the table
   * of recordings; undefined for whoever sees all patients.
   */
  condition(user: RecordingUser): SQL | undefined
  /** The same for what names recordings. @param column the one with the id of a recording */
  ofVisible(column: Column | SQL, user: RecordingUser): SQL | undefined
  /** Whether somebody has uploaded a recording, be it that it was there already. */
  wasUploadedBy(recordingId: string, identity: string): Promise<boolean>
}

export function createRecordingVisibility(db: Database): RecordingVisibility {
  let owners: RecordingOwners | undefined

  const uploads = (identity: string): SQL =>
    inArray(
      recordings.id,
      db
        .select({ id: recordingUploaders.recordingId })
        .from(recordingUploaders)
        .where(eq(recordingUploaders.identity, identity)),
    )

  function condition({ id, scope }: RecordingUser): SQL | undefined {
    if (scope === 'all') return undefined
    if (!owners) return uploads(id)
    const own = and(uploads(id), not(owners.ofAnyPatient(recordings.id)))
    return or(owners.ofPatients(recordings.id, scope), own)
  }

  return {
    ownedBy(given) {
      owners = given
    },
    condition,
    ofVisible(column, user) {
      const visible = condition(user)
      return visible && sql`${column} in (select ${recordings.id} from ${recordings} where ${visible})`
    },
    async wasUploadedBy(recordingId, identity) {
      const [found] = await db
        .select({ found: sql`1` })
        .from(recordingUploaders)
        .where(
          and(eq(recordingUploaders.recordingId, recordingId), eq(recordingUploaders.identity, identity)),
        )
      return found !== undefined
    },
  }
}
