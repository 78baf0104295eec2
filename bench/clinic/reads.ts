/** What is read in a clinic, by whom it is read, and what a read must show. */
import type { RecordingAnalysis } from '../../plugins/emg-analyzer/index.ts'
import type { Facts, Session } from './clinic.ts'
import { factOf } from './clinic.ts'
import type { Services } from './house.ts'

export interface ReadKind {
  readonly name: string
  /** The cache namespace that answers it, as its plugin declares it. */
  readonly namespace: string
  /** Share of the reads. */
  readonly weight: number
  /** What is read about a session: the session itself, or its patient. */
  subject(session: Session): string
  read(services: Services, session: Session): Promise<unknown>
  /** Whether a value shows what was entered last; kinds without one are held against the tables alone. */
  shows?(value: never, session: Session, facts: Facts): boolean
}

/** The time that MVC values are asked for: after all that was entered. */
const AT = new Date('2026-12-31T00:00:00Z')

/** Sessions of a patient on one page. */
const LISTED = 20

const ofSession = ({ id }: Session): string => id
const ofPatient = ({ patient }: Session): string => patient.code

type Named = { readonly side: string; readonly value: number | null }

export const READS: readonly ReadKind[] = [
  {
    name: 'analysis',
    namespace: 'emg-analyzer.ofSession',
    weight: 30,
    subject: ofSession,
    read: async ({ analyzer }, { id }) => (await analyzer.sessions.analysis(id)).stored.value,
    shows: ({ channels }: RecordingAnalysis, { patient }, facts) =>
      channels.every(
        ({ side, mvc }) => mvc !== null && mvc.value === facts.mvc.get(factOf(patient, side ?? '')),
      ),
  },
  {
    name: 'contractions',
    namespace: 'emg-analyzer.contractions',
    weight: 10,
    subject: ofSession,
    read: async ({ analyzer }, { id }) => (await analyzer.sessions.contractions(id)).value,
  },
  {
    name: 'analysis of a channel',
    namespace: 'emg-analyzer.channel',
    weight: 5,
    subject: ofSession,
    read: async ({ analyzer }, { id }) => (await analyzer.sessions.channel(id, 0)).value,
  },
  {
    name: 'session lookup',
    namespace: 'clinical-records.metadata',
    weight: 20,
    subject: ofSession,
    read: ({ records }, { id }) => records.sessions.find(id),
    shows: (value: { rpe: number | null } | undefined, { id }, facts) => value?.rpe === facts.rpe.get(id),
  },
  {
    name: 'session list',
    namespace: 'clinical-records.sessionList',
    weight: 10,
    subject: ofPatient,
    read: ({ records }, { patient }) => records.sessions.newestOf(patient, LISTED),
    shows: (value: ReadonlyArray<{ id: string; rpe: number | null }>, { id }, facts) =>
      value.some((each) => each.id === id) && value.every((each) => each.rpe === facts.rpe.get(each.id)),
  },
  {
    name: 'MVC values',
    namespace: 'mvc-cascade.values',
    weight: 15,
    subject: ofPatient,
    async read({ records, mvc }, { patient: { code } }) {
      const patient = await records.patients.find(code)
      return patient && (await mvc.ofPatient(patient, AT)).value.items
    },
    shows: (value: readonly Named[] | undefined, { patient }, facts) =>
      value?.every(({ side, value: volts }) => volts === facts.mvc.get(factOf(patient, side))) === true,
  },
  {
    name: 'performance scores',
    namespace: 'performance-scoring.scores',
    weight: 7,
    subject: ofSession,
    read: async ({ scoring }, { id }) => (await scoring.newestScores(id, LISTED))?.value,
    shows: (value: ReadonlyArray<{ input: { rpe: number | null } }> | undefined, { id }, facts) =>
      value?.[0]?.input.rpe === facts.rpe.get(id),
  },
  {
    name: 'performance trends',
    namespace: 'analytics.trend',
    weight: 3,
    subject: ofPatient,
    async read({ records, analytics }, { patient: { code } }) {
      const patient = await records.patients.find(code)
      return patient && (await analytics.trendOf(patient))
    },
  },
]
