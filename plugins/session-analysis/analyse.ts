/** The job that analyses the recording of a session, and keeps what came of it. */
import * as v from 'valibot'
import { type Database, type Events, inOneTransaction, type JobRun, job, type Logger } from '../../src/sdk.ts'
import type { ClinicalRecords, TherapySession } from '../clinical-records/index.ts'
import type { Analyzer } from '../emg-analyzer/index.ts'
import { analysisCompleted, analysisFailed } from './events.ts'
import { type AnalysisFailure, failureOf } from './failure.ts'
import type { ResultStore } from './store.ts'

/** Attempts beside the first. */
const RETRIES = 2

/** Longer than an analysis may take, and shorter than anybody would wait. */
const TIMEOUT_MS = 5 * 60_000

const Input = v.object({ sessionId: v.pipe(v.string(), v.uuid()) })

/** What the analysis of a session works with. */
export interface SessionAnalysisParts {
  readonly db: Database
  readonly events: Events
  readonly log: Logger
  readonly records: ClinicalRecords
  readonly analyzer: Analyzer
  readonly results: ResultStore
}

type Subject = TherapySession & { readonly recordingId: string }
type Run = JobRun<v.InferOutput<typeof Input>, SessionAnalysisParts>

const subjectOf = ({ id: sessionId, patientCode, recordingId }: Subject) => ({
  sessionId,
  patientCode,
  recordingId,
})

async function complete({ service, complete: done, progress }: Run, session: Subject): Promise<void> {
  const { db, events, records, analyzer, results } = service
  const row = await analyzer.recordings.store.find(session.recordingId)
  if (!row) throw new Error(`session ${session.id} names a recording that is not there`)
  const { value: result, inputs } = await analyzer.analyzeStored(row, {}, { session })
  progress(90, 'storing')
  await inOneTransaction(db, async (work) => {
    const { id, recordingId } = session
    const state = { status: 'completed', failure: null } as const
    // Somebody may have given the session another recording meanwhile: that one has a job of its own.
    if (await records.sessions.proceed(id, recordingId, state, work)) {
      const analysisId = await results.add({ sessionId: id, recordingId, inputs, result }, work)
      await events.emit(analysisCompleted, { ...subjectOf(session), analysisId }, work.tx)
    }
    await done(work.tx)
  })
}

async function fail(
  { service: { db, events, records }, complete: done }: Run,
  session: Subject,
  { code, reason }: AnalysisFailure,
): Promise<void> {
  await inOneTransaction(db, async (work) => {
    const state = { status: 'failed', failure: { code, reason } } as const
    if (await records.sessions.proceed(session.id, session.recordingId, state, work)) {
      await events.emit(analysisFailed, { ...subjectOf(session), code }, work.tx)
    }
    await done(work.tx)
  })
}

/**
 * A session is `processing` from the first attempt on, and `completed` or `failed` in the transaction that ends the job.
 * What may pass is tried again; what is wrong with the file itself is not.
 */
export const analyse = job({
  name: 'analyse',
  schema: Input,
  retries: RETRIES,
  backoff: { firstS: 1, mostS: 30 },
  timeoutMs: TIMEOUT_MS,
  concurrency: 2,
  async run(run: Run) {
    const { records, log } = run.service
    const session = await records.sessions.find(run.input.sessionId)
    if (!session || session.recordingId === null) return
    const subject = { ...session, recordingId: session.recordingId }
    await records.sessions.proceed(subject.id, subject.recordingId, { status: 'processing', failure: null })
    run.progress(10, 'analysing')
    try {
      await complete(run, subject)
    } catch (error) {
      if (run.signal.aborted) throw error
      const failure = failureOf(error)
      if (failure.passing && run.attempt <= RETRIES) throw error
      log.warn({ sessionId: subject.id, code: failure.code, err: error }, 'analysis of a session failed')
      await fail(run, subject, failure)
    }
  },
})
