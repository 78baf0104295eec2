/** Which configuration a patient or a session was given. */
import { desc, eq } from 'drizzle-orm'
import type { Announce, Bump, Database, Events } from '../../../src/sdk.ts'
import { assignments } from '../tables.ts'
import { scoringChanged } from './events.ts'
import type { Configuration } from './schema.ts'
import type { ConfigurationRef, ConfigurationStore } from './store.ts'

/** Whom a configuration is assigned to. */
export type Subject = { readonly patientId: string } | { readonly sessionId: string }

/** Which patient or session is scored by which configuration. */
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
  announce: Announce,
  events: Events,
): AssignmentStore {
  async function find(
    subject: Subject,
    connection: Pick<Database, 'select'> = db,
  ): Promise<ConfigurationRef | undefined> {
    const [row] = await connection
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

  async function announceChange(tx: Database, subject: Subject): Promise<Bump> {
    const changed =
      'patientId' in subject
        ? { scope: 'patient' as const, patientId: subject.patientId }
        : { scope: 'session' as const, sessionId: subject.sessionId }
    await events.emit(scoringChanged, changed, tx)
    return announce(
      [
        'patientId' in subject
          ? ['patient.assigned:{patientId}', { patientId: subject.patientId }]
          : ['session.assigned:{sessionId}', { sessionId: subject.sessionId }],
      ],
      tx,
    )
  }

  return {
    find: (subject) => find(subject),
    async assign(subject, id, version) {
      const { chosen, change } = await db.transaction(async (tx) => {
        const chosen = await configurations.choose(tx, id, version)
        await tx.insert(assignments).values({ ...subject, configurationId: id, version: chosen.version })
        return { chosen, change: await announceChange(tx, subject) }
      })
      await change.settled()
      return chosen
    },
    async lift(subject) {
      const change = await db.transaction(async (tx) => {
        if (!(await find(subject, tx))) return
        await tx.insert(assignments).values(subject)
        return announceChange(tx, subject)
      })
      await change?.settled()
    },
  }
}
