/** Which recordings are whose: of a patient, whom another plugin keeps, or of whoever has uploaded them. */
import { and, type Column, eq, type SQL, sql } from 'drizzle-orm'
import type { Database, Identity, PatientScope } from '../../../src/sdk.ts'
import { recordings, recordingUploaders } from './tables.ts'

/** What the plugin that keeps patients says of recordings. */
export interface RecordingOwners {
  /** A query of one column: the ids of those that belong to patients in scope. */
  ofPatients(scope: Exclude<PatientScope, 'all'>): SQL
  /** A condition on the id of a recording: it belongs to a patient. */
  isOfPatient(recordingId: Column): SQL
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
  /** Those that belong to no patient, as a condition on the table; undefined where no plugin keeps patients. */
  ofNobody(): SQL | undefined
  /** Whether somebody has uploaded a recording, be it that it was there already. */
  wasUploadedBy(recordingId: string, identity: string): Promise<boolean>
}

export function createRecordingVisibility(db: Database): RecordingVisibility {
  let owners: RecordingOwners | undefined

  /** A query of one column, for which PostgreSQL looks at no more recordings than there are to be seen. */
  function visibleIds({ id, scope }: RecordingUser): SQL | undefined {
    if (scope === 'all') return undefined
    const { recordingId, identity } = recordingUploaders
    const uploads = sql`select ${recordingId} from ${recordingUploaders} where ${eq(identity, id)}`
    return owners
      ? sql`${owners.ofPatients(scope)} union all ${uploads} and not (${owners.isOfPatient(recordingId)})`
      : uploads
  }

  const ofVisible = (column: Column | SQL, user: RecordingUser): SQL | undefined => {
    const ids = visibleIds(user)
    return ids && sql`${column} in (${ids})`
  }

  return {
    ownedBy(given) {
      owners = given
    },
    condition: (user) => ofVisible(recordings.id, user),
    ofNobody: () => owners && sql`not (${owners.isOfPatient(recordings.id)})`,
    ofVisible,
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
