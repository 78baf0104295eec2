/** The replay of a day: reads by Zipf's law, newest sessions first, with uploads and edits among them. */
import { deepEquals } from 'bun'
import type { Statistics } from '../../src/cache/statistics.ts'
import { createZipf, randomFrom } from '../cache/workload.ts'
import {
  createPatients,
  editContractions,
  enterMvc,
  type Facts,
  type Patient,
  rate,
  type Session,
  setTargets,
  upload,
} from './clinic.ts'
import type { House, Node } from './house.ts'
import { READS, type ReadKind } from './reads.ts'

export interface DayOptions {
  readonly patients: number
  /** Of them, one for each patient comes in the course of the day. */
  readonly sessions: number
  readonly reads: number
  /** MVC entered, sessions rated, contractions marked, targets set. */
  readonly edits: number
  /** Length of a recording. */
  readonly seconds: number
}

/** What became of the reads of one kind; all times in ms. */
export interface KindResult {
  readonly kind: ReadKind
  readonly reads: number
  /** Of reads that caches answered alone. */
  readonly cached: number[]
  /** Of reads that had to load something. */
  readonly loaded: number[]
  /** Of the same read without any cache. */
  readonly uncached: number[]
  readonly stale: number
}

export interface DayResult {
  readonly kinds: readonly KindResult[]
  readonly uploads: number
  readonly edits: number
}

/** How long the clinic is open. */
const DAY_MS = 10 * 3_600_000

/** The clock of the caches: it moves on with the day, not with the replay. */
export function createDayClock() {
  const opening = Date.now()
  let share = 0
  return {
    now: () => opening + Math.round(share * DAY_MS),
    /** @param done share of the day that is over, 0 to 1 */
    moveTo(done: number) {
      share = Math.max(share, done)
    },
  }
}

/** Reads that caches answered, and reads that had to load, in all namespaces so far. */
function countsOf(statistics: Statistics): { hits: number; misses: number } {
  const counts = { hits: 0, misses: 0 }
  for (const { hits, stale, misses } of statistics.all().values()) {
    counts.hits += hits.memory + hits.redis + hits.postgres + stale
    counts.misses += misses
  }
  return counts
}

/** What the tables say, computed without a cache once after each change that could matter. */
function createTruth({ uncached }: House) {
  const known = new Map<string, { readonly value: unknown; readonly patient: Patient }>()
  return {
    async of(kind: ReadKind, session: Session, times: number[]): Promise<unknown> {
      const name = `${kind.name} ${kind.subject(session)}`
      const found = known.get(name)
      if (found) return found.value
      const start = performance.now()
      const value = await kind.read(uncached, session)
      times.push(performance.now() - start)
      known.set(name, { value, patient: session.patient })
      return value
    },
    forget({ code }: Patient): void {
      for (const [name, { patient }] of known) if (patient.code === code) known.delete(name)
    },
  }
}

export async function replay(
  house: House,
  clock: ReturnType<typeof createDayClock>,
  options: DayOptions,
  tell: (done: number) => void,
): Promise<DayResult> {
  const random = randomFrom(11)
  const below = (count: number): number => Math.floor(random() * count)
  const facts: Facts = { rpe: new Map(), mvc: new Map() }
  const anyNode = (): Node => house.nodes[below(house.nodes.length)] as Node
  const patients = await createPatients(anyNode(), options.patients)
  const anyPatient = (): Patient => patients[below(patients.length)] as Patient
  let entry = 0
  const enter = (patient: Patient, side: 'left' | 'right') =>
    enterMvc(anyNode(), patient, facts, { side, value: 200e-6 + 1e-6 * (entry % 300), entry: entry++ })
  for (const patient of patients) for (const side of ['left', 'right'] as const) await enter(patient, side)

  /** Newest first. */
  const sessions: Session[] = []
  const visit = async (patient: Patient): Promise<void> => {
    const { seconds } = options
    sessions.unshift(await upload(anyNode(), patient, facts, { seed: sessions.length + 1, seconds }))
  }
  const before = options.sessions - options.patients
  for (let i = 0; i < before; i++) await visit(patients[i % patients.length] as Patient)

  const zipf = createZipf(options.sessions, random)
  const pickSession = (): Session => {
    let place = zipf()
    while (place >= sessions.length) place = zipf()
    return sessions[place] as Session
  }
  const truth = createTruth(house)
  const results = READS.map((kind) => ({
    kind,
    reads: 0,
    cached: [] as number[],
    loaded: [] as number[],
    uncached: [] as number[],
    stale: 0,
  }))
  const weights = READS.reduce((sum, { weight }) => sum + weight, 0)
  const pickKind = () => {
    let left = random() * weights
    for (const result of results) {
      left -= result.kind.weight
      if (left < 0) return result
    }
    return results[0] as (typeof results)[number]
  }

  const edits: ReadonlyArray<() => Promise<Patient>> = [
    async () => {
      const patient = anyPatient()
      await enter(patient, random() < 0.5 ? 'left' : 'right')
      return patient
    },
    async () => {
      const session = pickSession()
      await rate(anyNode(), session, facts, below(11))
      return session.patient
    },
    async () => {
      const session = pickSession()
      await editContractions(anyNode(), session, 4000 + 5000 * below(options.seconds / 5 - 2) + below(500))
      return session.patient
    },
    async () => {
      const patient = anyPatient()
      await setTargets(anyNode(), patient, 30 + below(50))
      return patient
    },
  ]

  async function readOnce(): Promise<void> {
    const result = pickKind()
    const { kind } = result
    const session = pickSession()
    const node = anyNode()
    const counted = countsOf(node.cache.statistics)
    const start = performance.now()
    const value = await kind.read(node, session)
    const ms = performance.now() - start
    const { hits, misses } = countsOf(node.cache.statistics)
    if (misses > counted.misses) result.loaded.push(ms)
    else if (hits > counted.hits) result.cached.push(ms)
    result.reads++
    const expected = await truth.of(kind, session, result.uncached)
    const shown = kind.shows?.(value as never, session, facts) ?? true
    if (!shown || !deepEquals(value, expected)) result.stale++
  }

  const uploadEvery = Math.floor(options.reads / options.patients)
  const editEvery = Math.floor(options.reads / options.edits)
  let edited = 0
  let uploads = 0
  for (let i = 0; i < options.reads; i++) {
    clock.moveTo(i / options.reads)
    if (i % uploadEvery === 0 && uploads < patients.length) {
      const patient = patients[uploads++] as Patient
      await visit(patient)
      truth.forget(patient)
    }
    if (i % editEvery === 0 && edited < options.edits) {
      const edit = edits[edited++ % edits.length] as (typeof edits)[number]
      truth.forget(await edit())
    }
    await readOnce()
    if (i % 100 === 0) tell(i / options.reads)
  }
  for (const { cache } of house.nodes) await cache.settle()
  return { kinds: results, uploads, edits: edited }
}
