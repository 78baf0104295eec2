/** What the analysis of a stored recording is made with, looked up and named; then the analysis, from the cache or made. */
import type { CacheRead, LoadContext } from '../../src/sdk.ts'
import type { RecordingRow, RecordingService } from '../c3d-reader/index.ts'
import type { ClinicalRecords, MuscleTarget, TherapySession } from '../clinical-records/index.ts'
import type { MvcCascade, MvcQuestion } from '../mvc-cascade/index.ts'
import {
  type AnalysisContext,
  type ChannelAssignment,
  type ChannelQuestion,
  layTargets,
  PIPELINE_VERSION,
  type RecordingAnalysis,
  type Targets,
} from './analysis/index.ts'
import type { EditStore } from './edits/store.ts'
import { type Failed, type JobRunner, withoutFailing } from './job/run.ts'
import { type AnalysisRequest, isUsual } from './request.ts'
import type { AnalysisCaches, Analyzer, Known, PreparedAnalysis, TargetSource } from './service.ts'

export interface Preparation {
  readonly recordings: RecordingService
  readonly records: ClinicalRecords
  readonly mvc: MvcCascade
  readonly edits: EditStore
  readonly caches: AnalysisCaches
  readonly defaultPreset: string
  readonly jobs: JobRunner
  readonly plan: Analyzer['plan']
  readonly targetsOf: TargetSource
  assignmentsOf(
    row: RecordingRow,
    session: TherapySession | null,
    request: AnalysisRequest,
  ): Promise<readonly ChannelAssignment[]>
}

/** The same bytes and the same inputs give the same analysis, so this names it. */
const hashOf = (...inputs: readonly unknown[]): string =>
  new Bun.CryptoHasher('sha256')
    .update(JSON.stringify([PIPELINE_VERSION, ...inputs]))
    .digest('hex')
    .slice(0, 32)

/** A patient's targets as those of channels. */
const ownTargets = (targets: readonly MuscleTarget[]): Targets['channels'] =>
  targets.map(({ muscle, side, contractions, durationMs, mvcPercent }) => ({
    muscle,
    side,
    ...(contractions === null ? {} : { contractions }),
    ...(durationMs === null ? {} : { durationMs }),
    ...(mvcPercent === null ? {} : { mvcPercent }),
  }))

/** A channel without an anatomy has no stored value: the cascade is asked of a muscle that nobody has. */
export const questionOf = (
  { muscle, side, metadata, calculated }: ChannelQuestion,
  at: Date,
): MvcQuestion => ({ muscle: muscle ?? '', side: side ?? 'none', at, metadata, calculated })

/** Where the stored bytes are. */
function pathOf({ store }: RecordingService, row: RecordingRow): string {
  const { name } = store.file(row)
  if (name === undefined) throw new Error(`recording ${row.id} is no file of this machine`)
  return name
}

export function createPreparation(parts: Preparation): Analyzer['prepare'] {
  const { recordings, records, mvc, edits, caches, defaultPreset, jobs } = parts

  return async (
    row: RecordingRow,
    request: AnalysisRequest,
    known: Known = {},
  ): Promise<PreparedAnalysis> => {
    const plan = parts.plan(request)
    const session = known.session ?? (await records.sessions.ofRecording(row.id)) ?? null
    const patientCode = session?.patientCode ?? null
    const [general, patient, assignments, ownEdits, resolver] = await Promise.all([
      known.targets ?? parts.targetsOf(session),
      patientCode === null ? undefined : records.patients.find(patientCode),
      parts.assignmentsOf(row, session, request),
      edits.inForce(row.id),
      mvc.resolverOf(patientCode),
    ])
    const context: AnalysisContext = {
      targets: layTargets(general, ownTargets(patient?.targets ?? []), request.targets),
      assignments,
      edits: ownEdits,
      affectedSide: request.affectedSide ?? null,
    }
    const at = session?.startedAt ?? row.receivedAt
    const usual = known.targets === undefined && isUsual(request, defaultPreset)

    /** @param failed plugins that the analysis is to be made without */
    function named(failed?: Failed) {
      const selection = jobs.select(plan, row.format, failed)
      // Of the patient, no more than whether there is one: the records are named by the state of the resolver.
      const inputs = hashOf(
        plan,
        context,
        patientCode !== null,
        resolver.state,
        at,
        mvc.limits,
        selection.plugins,
        selection.withheld,
      )
      const identity = `${row.sha256}:${inputs}`
      const load = async ({ signal }: LoadContext): Promise<RecordingAnalysis> => {
        const show = { description: false, envelopes: false }
        const path = pathOf(recordings, row)
        const { analysis } = await jobs.run(
          { path, format: row.format, plan, selection, context, byLabels: false, show },
          (questions) => questions.map((question) => resolver.resolve(questionOf(question, at))),
          signal,
        )
        return analysis
      }
      const read = (): Promise<CacheRead<RecordingAnalysis>> => {
        if (!usual) return caches.recalculated.getOrLoad({ fileHash: row.sha256, inputs }, load)
        if (!session) return caches.ofFile.getOrLoad({ fileHash: row.sha256 }, load, { inputs: identity })
        return caches.ofSession.getOrLoad({ sessionId: session.id }, load, { inputs: identity })
      }
      return { inputs, identity, read }
    }

    const first = named()
    return {
      inputs: first.inputs,
      identity: first.identity,
      session,
      run: (derived) =>
        withoutFailing(async (failed) => {
          const { inputs, identity, read } = failed.size === 0 ? first : named(failed)
          const found = await read()
          if (identity !== first.identity) derived?.doNotKeep()
          return { ...found, inputs }
        }),
    }
  }
}
