/** MVC values as a service: what is in force, and new records, with the cache kept true to the table. */
import type { Cache, CacheRead } from '../../src/sdk.ts'
import { normaliseMuscle, type Patient, type PatientStore, type Side } from '../clinical-records/index.ts'
import type { CalculatedMvc } from './calculate.ts'
import type { MvcLimits } from './limits.ts'
import type { MetadataMvc } from './metadata.ts'
import type { MvcRecord } from './records/record.ts'
import type { MvcStore } from './records/store.ts'
import type { Unavailable } from './resolve/candidates.ts'
import type { MvcResolution } from './resolve/resolution.ts'
import { resolveMvc } from './resolve/resolve.ts'
import { defaultsOf, type MvcDefaults } from './schema.ts'

/** What an analysis asks for one muscle and side. */
export interface MvcQuestion {
  readonly muscle: string
  readonly side: Side
  /** The time in question, such as the start of the session. */
  readonly at: Date
  /** From the recording's parameters: an entry of `readMetadata`, or a value in V. */
  readonly metadata: MetadataMvc | number | null
  /** From the recording's samples, in V. */
  readonly calculated: CalculatedMvc | null
}

/** What is in force for a patient without a recording in question. */
export interface PatientMvc {
  readonly at: Date
  readonly items: ReadonlyArray<MvcResolution & { readonly muscle: string; readonly side: Side }>
}

/** The cascade over the records of one patient. */
export interface MvcResolver {
  /** Changes whenever a record is added: the same state and question give the same answer. */
  readonly state: string
  resolve(question: MvcQuestion): MvcResolution
}

/** Which MVC value holds. */
export interface MvcService {
  readonly limits: MvcLimits
  /** The limits with what is plausible at all. */
  defaults(): Promise<CacheRead<MvcDefaults>>
  /**
   * The MVC of a muscle for a recording.
   *
   * @param question.patientCode null where the recording belongs to no patient: the stored rungs are passed over
   */
  resolve(question: MvcQuestion & { readonly patientCode: string | null }): Promise<MvcResolution>
  /**
   * Resolves any number of questions about one patient, by the records as they stand now.
   *
   * @param patientCode null where the recording belongs to no patient
   */
  resolverOf(patientCode: string | null): Promise<MvcResolver>
  /** The same without a database, for programs that run without one: the stored rungs are passed over. */
  resolveOffline(question: MvcQuestion): MvcResolution
  /** What is in force for each muscle and side that has a record or a target, with how the cache served the records. */
  ofPatient(patient: Patient, at: Date): Promise<CacheRead<PatientMvc>>
  /** Appends records; once it resolves, no node answers from what was there before. */
  append: MvcStore['append']
  history: MvcStore['history']
}

const NO_RECORDING: Unavailable = { unavailable: 'no recording is in question' }

const muscleKey = ({ muscle, side }: { readonly muscle: string; readonly side: Side }): string =>
  `${muscle}\n${side}`

export function createMvcService(options: {
  readonly store: MvcStore
  readonly patients: PatientStore
  readonly cache: Cache<{ readonly patientCode: string }, MvcRecord[]>
  readonly defaultsCache: Cache<unknown, MvcDefaults>
  readonly limits: MvcLimits
}): MvcService {
  const { store, patients, cache, defaultsCache, limits } = options

  /** A patient that is not there has no records; the first record forgets that again. */
  async function recordsOf(patientCode: string): Promise<readonly MvcRecord[]> {
    const { value } = await cache.getOrLoad({ patientCode }, async () => {
      const patient = await patients.find(patientCode)
      return patient ? store.ofPatient(patient) : []
    })
    return value
  }

  const resolveWith = (
    records: readonly MvcRecord[] | Unavailable,
    { muscle, side, at, metadata, calculated }: MvcQuestion,
  ): MvcResolution => {
    const name = normaliseMuscle(muscle)
    const own =
      'unavailable' in records
        ? records
        : records.filter((each) => each.muscle === name && each.side === side)
    return resolveMvc({ candidates: { records: own, metadata, calculated }, at, limits })
  }

  async function resolverOf(patientCode: string | null): Promise<MvcResolver> {
    const records =
      patientCode === null
        ? { unavailable: 'the recording belongs to no patient' }
        : await recordsOf(patientCode)
    const last = 'unavailable' in records ? undefined : records.at(-1)
    return { state: last?.id ?? 'none', resolve: (question) => resolveWith(records, question) }
  }

  return {
    limits,
    defaults: () => defaultsCache.getOrLoad({}, () => defaultsOf(limits)),
    resolve: async ({ patientCode, ...question }) => (await resolverOf(patientCode)).resolve(question),
    resolverOf,
    resolveOffline: (question) =>
      resolveWith({ unavailable: 'no stored values: the program runs without a database' }, question),
    async ofPatient(patient, at) {
      const { value, ...provenance } = await cache.getOrLoad({ patientCode: patient.code }, () =>
        store.ofPatient(patient),
      )
      const byMuscle = Map.groupBy<string, MvcRecord>(value, muscleKey)
      for (const target of patient.targets) {
        if (!byMuscle.has(muscleKey(target))) byMuscle.set(muscleKey(target), [])
      }
      const items = [...byMuscle.keys()].sort().map((key) => {
        const [muscle = '', side] = key.split('\n') as [string, Side]
        const records = byMuscle.get(key) ?? []
        const candidates = { records, metadata: NO_RECORDING, calculated: NO_RECORDING }
        return { muscle, side, ...resolveMvc({ candidates, at, limits }) }
      })
      return { ...provenance, value: { at, items } }
    },
    append: store.append,
    history: store.history,
  }
}
