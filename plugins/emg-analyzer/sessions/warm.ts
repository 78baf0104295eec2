/** Warming: analyses that therapists are about to open. */
import type { Warming } from '../../../src/sdk.ts'
import type { TherapySession } from '../../clinical-records/index.ts'
import type { Analyzer } from '../service.ts'

/** Sessions whose analyses are made ready after the start. */
const RECENT = 20

const withRecording = (sessions: readonly TherapySession[]): TherapySession[] =>
  sessions.filter(({ recordingId }) => recordingId !== null)

/** One at a time: an analysis takes the processor from those who wait for answers. */
export function analysisWarmings({ records, sessions }: Analyzer): Warming<TherapySession>[] {
  const load = ({ id }: TherapySession): Promise<unknown> => sessions.analysis(id)
  return [
    {
      name: 'recent-sessions',
      summary: `Analyses of the ${RECENT} newest sessions`,
      priority: 2,
      concurrency: 1,
      items: async () => withRecording(await records.sessions.list({ limit: RECENT })),
      load,
    },
    {
      name: 'patient',
      summary: 'Analyses of a patient’s newest sessions',
      priority: 2,
      concurrency: 1,
      about: 'patientCode',
      async items(patientCode) {
        const patient = patientCode === null ? undefined : await records.patients.find(patientCode)
        return patient ? withRecording(await records.sessions.newestOf(patient, RECENT)) : []
      },
      load,
    },
  ]
}
