/** Erases a patient from everything that plugins keep, in one transaction, and from what the server keeps beside them. */
import { sql } from 'drizzle-orm'
import { generationTag } from '../cache/key.ts'
import { sweepCache } from '../cache/sweep.ts'
import type { Database } from '../database/connection.ts'
import { HOST } from '../database/host-migrations.ts'
import type { UnitOfWork } from '../database/unit-of-work.ts'
import { Problem } from '../http/problem.ts'
import { eraseJobs } from '../jobs/erase.ts'
import { marked } from '../workers/marked.ts'
import { inTime } from './in-time.ts'
import { type HostState, isAlive, type Slot } from './slot.ts'

/** A patient by both names. */
export interface PatientNames {
  readonly patientId: string
  readonly patientCode: string
}

/** A patient who is erased, with the records that are erased for that. */
export interface ErasedPatient extends PatientNames {
  readonly sessionIds: readonly string[]
  /** Recordings that are this patient's alone. */
  readonly recordingIds: readonly string[]
}

/** Has all plugins take part when a patient is erased. */
export interface PatientErasure {
  /** The recordings that plugins know to be a patient's, beside those of sessions. */
  recordingsOf(patient: PatientNames, tx: Database): Promise<string[]>
  /**
   * Has every plugin remove what it keeps of a patient, those first that need others; then jobs that name the patient or
   * any of what was removed. What is cached of anybody is invalid from the commit on.
   *
   * @throws {Problem} 409 ERASE_BLOCKED while a plugin that has tables here is not at work; whatever a plugin throws
   */
  erase(patient: ErasedPatient, work: UnitOfWork): Promise<void>
  /**
   * Removes what is cached of anybody from the tiers that nodes share. It is invalid since the commit; this has it be
   * nowhere.
   *
   * @throws {Error} where one of them did not answer
   */
  sweep(): Promise<void>
}

/** The transaction holds locks as long as a plugin takes. */
const LONGEST_MS = 30_000

const alive = ({ slots }: HostState): Slot[] => slots.filter(isAlive)

async function inItsName<T>({ plugin, origin }: Slot, work: () => T | Promise<T>): Promise<T> {
  const late = () => new Error(`${plugin.name} took longer than ${LONGEST_MS / 1000} s to erase a patient`)
  const run = async () => marked(plugin.name, work)
  return origin === 'built-in' ? run() : inTime(LONGEST_MS, run, late)
}

/** What a plugin keeps that is not at work would be left. */
async function requireAll(host: HostState, tx: Database): Promise<void> {
  const rows = await tx.execute<{ plugin: string }>(
    sql`select distinct plugin from myoserve.migrations order by plugin`,
  )
  const there = new Set([HOST, ...alive(host).map(({ plugin }) => plugin.name)])
  const missing = rows.map(({ plugin }) => plugin).filter((name) => !there.has(name))
  if (missing.length === 0) return
  throw new Problem(
    409,
    'ERASE_BLOCKED',
    `What these plugins keep of the patient cannot be erased, since they are not at work: ${missing.join(', ')}.`,
  )
}

export const createErasure = (host: HostState): PatientErasure => ({
  async recordingsOf(patient, tx) {
    const found: string[] = []
    for (const slot of alive(host)) {
      const { plugin, service } = slot
      if (plugin.recordingsOf) {
        found.push(...(await inItsName(slot, () => plugin.recordingsOf?.(service, patient, tx) ?? [])))
      }
    }
    return [...new Set(found)]
  },
  async erase(patient, work) {
    const { cache } = host.services
    await requireAll(host, work.tx)
    const named = [patient.patientCode, patient.patientId, ...patient.sessionIds, ...patient.recordingIds]
    for (const slot of alive(host).reverse()) {
      const { plugin, service } = slot
      if (plugin.erase)
        named.push(...((await inItsName(slot, () => plugin.erase?.(service, patient, work))) ?? []))
    }
    await eraseJobs(work.tx, named)
    const generations = cache.namespaces().map(({ name }) => generationTag(name))
    work.afterCommit((await cache.invalidate(generations, work.tx)).settled)
  },
  async sweep() {
    const unreachable = await sweepCache(host.services.cache)
    if (unreachable.length > 0) throw new Error(`the cache in ${unreachable.join(' and ')} did not answer`)
  },
})
