/** Which configuration a patient or a session was given. */
import { desc, eq } from 'drizzle-orm'
import type { Database } from '../../../src/sdk.ts'
import { assignments } from '../tables.ts'
import type { Configuration } from './schema.ts'
import type { ConfigurationRef, ConfigurationStore } from './store.ts'

/** Whom a configuration is assigned to. */
export type Subject = { readonly patientId: string } | { readonly sessionId: string }

export interface AssignmentStore {
  /**
   * Assigns a version, the newest where none is named. It stays at this version.
   *
   * @throws {Problem} 404 SCORING_CONFIGURATION_NOT_FOUND or SCORING_VERSION_NOT_FOUND, 409 SCORING_CONFIGURATION_RETIRED
   */
  assign(subject: Subject, id: string, version?: number): Promise<Configuration>
  /** Takes the assignment back; nothing happens where there is none. */
  lift(subject: Subject): Promise<void>
  /** What is assigned now, or undefined. */
  find(subject: Subject): Promise<ConfigurationRef | undefined>
}

export function createAssignmentStore(
  db: Database,
  configurations: Pick<ConfigurationStore, 'choose'>,
): AssignmentStore {
  async function find(subject: Subject): Promise<ConfigurationRef | undefined> {
    const [row] = await db
      .select({ id: assignments.configurationId, version: assignments.version })
      .from(assignments)
      .where(
        'patientId' in subject
          ? eq(assignments.patientId, subject.patientId)
          : eq(assignments.sessionId, subject.sessionId),
      )
      .orderBy(desc(assignments.id))
      .limit(1)
    return row && row.id !== null && row.version !== null ? { id: row.id, version: row.version } : undefined
  }
  return {
    find,
    assign: (subject, id, version) =>
      db.transaction(async (tx) => {
        const chosen = await configurations.choose(tx, id, version)
        await tx.insert(assignments).values({ ...subject, configurationId: id, version: chosen.version })
        return chosen
      }),
    async lift(subject) {
      if (await find(subject)) await db.insert(assignments).values(subject)
    },
  }
}
