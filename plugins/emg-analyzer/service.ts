/** The analysis as a service: of a recording at hand, or of a stored one with all that is known of it. */
import type { Cache, CacheRead } from '../../src/sdk.ts'
import type { Recording, RecordingRow, RecordingService } from '../c3d-reader/index.ts'
import type { ClinicalRecords, MuscleTarget, TherapySession } from '../clinical-records/index.ts'
import type { MvcCascade, MvcQuestion } from '../mvc-cascade/index.ts'
import {
  type AnalysisContext,
  type AnalysisPlan,
  analyzeRecording,
  type ChannelAssignment,
  type ChannelQuestion,
  DEFAULT_TARGETS,
  type GeneralTargets,
  layTargets,
  PIPELINE_VERSION,
  type RecordingAnalysis,
  type Registry,
  type Targets,
} from './analysis/index.ts'
import type { EditStore } from './edits/store.ts'
import { builtInAssignments } from './profiles/built-in.ts'
import type { ProfileStore } from './profiles/store.ts'
import { type AnalysisRequest, isUsual, planOf } from './request.ts'
import type { Sections } from './sections.ts'
import { createSessionViews, type SessionViewCaches, type SessionViews } from './sessions/views.ts'

/** An analysis with the parts that other plugins add. */
export type FullAnalysis = RecordingAnalysis & Readonly<Record<string, unknown>>

/** The analysis of a stored recording, with how the cache served it. */
export interface StoredAnalysis extends CacheRead<FullAnalysis> {
  /** Names everything that the analysis depends on beside the bytes of the recording. */
  readonly inputs: string
  /** The session that the recording belongs to, if any. */
  readonly session: TherapySession | null
}

/** A stored recording with all that its analysis is made with, as it is at this moment. */
export interface PreparedAnalysis {
  /** See {@link StoredAnalysis.inputs}. */
  readonly inputs: string
  /** Names the analysis: the bytes of the recording and the inputs. What is derived from it is kept under this. */
  readonly identity: string
  readonly session: TherapySession | null
  /** The analysis, from the cache or computed now. */
  run(): Promise<CacheRead<RecordingAnalysis>>
}

/** What the caller knows already of a stored recording. */
export interface Known {
  /** Absent: it is looked up. */
  readonly session?: TherapySession
  /** Targets that the patient's own stand over, in place of those of {@link Analyzer.useTargets}. */
  readonly targets?: GeneralTargets
}

/** The targets of all, for a recording of a session or of none. */
export type TargetSource = (session: TherapySession | null) => Promise<GeneralTargets>

/** Analyses recordings, and holds what analyses are made of. */
export interface Analyzer {
  readonly recordings: RecordingService
  readonly records: ClinicalRecords
  readonly profiles: ProfileStore
  readonly edits: EditStore
  /** Metrics, detectors, quality checks and presets; plugins add theirs while they are set up. */
  readonly registry: Registry
  /** Parts of the answer; plugins add theirs while they are set up. */
  readonly sections: Sections
  /** The preset of an analysis that names none. */
  readonly defaultPreset: string
  /**
   * Says where the targets of all are from, which a patient's own and a request's stand over. One plugin may, while it
   * is set up; nobody else's are asked for.
   *
   * @throws {RangeError} when another plugin has
   */
  useTargets(source: TargetSource): void
  /** What is known of the channels of a stored recording, by everyone who says something of them, the last over the first. */
  assignmentsOf(
    row: RecordingRow,
    session: TherapySession | null,
    request?: AnalysisRequest,
  ): Promise<readonly ChannelAssignment[]>
  /** @throws {BadParameters | UnknownName} when it asks for what there is not */
  plan(request: AnalysisRequest): AnalysisPlan
  /** Analyses a recording at hand, without a database. */
  analyze(recording: Recording, plan: AnalysisPlan, request?: AnalysisRequest): Promise<FullAnalysis>
  /**
   * Looks up what an analysis is made with, and so names it, without making it.
   *
   * @throws {BadParameters | UnknownName} when the request asks for what there is not
   */
  prepare(row: RecordingRow, request: AnalysisRequest, known?: Known): Promise<PreparedAnalysis>
  /**
   * The analysis with the parts of {@link Analyzer.sections}.
   *
   * @throws {BadParameters | UnknownName} when the request asks for what there is not
   */
  analyzeStored(row: RecordingRow, request: AnalysisRequest, known?: Known): Promise<StoredAnalysis>
  /** Analyses of sessions by the configured preset. */
  readonly sessions: SessionViews
}

/** Where analyses are kept, by what they are of. Each entry names its inputs, and is none where they differ. */
export interface AnalysisCaches extends SessionViewCaches {
  /** Of a session's recording, as configured. */
  readonly ofSession: Cache<{ readonly sessionId: string }, RecordingAnalysis>
  /** Of a recording that belongs to no session, as configured. */
  readonly ofFile: Cache<{ readonly fileHash: string }, RecordingAnalysis>
  /** By other parameters, targets or channels. */
  readonly recalculated: Cache<{ readonly fileHash: string; readonly inputs: string }, RecordingAnalysis>
}

export interface AnalyzerParts {
  readonly recordings: RecordingService
  readonly records: ClinicalRecords
  readonly mvc: MvcCascade
  readonly caches: AnalysisCaches
  readonly profiles: ProfileStore
  readonly edits: EditStore
  readonly registry: Registry
  readonly sections: Sections
  readonly defaultPreset: string
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

const labelsOf = (description: Readonly<Record<string, unknown>>): string[] =>
  Array.isArray(description.analogLabels) ? description.analogLabels.map(String) : []

/** A channel without an anatomy has no stored value: the cascade is asked of a muscle that nobody has. */
const questionOf = ({ muscle, side, metadata, calculated }: ChannelQuestion, at: Date): MvcQuestion => ({
  muscle: muscle ?? '',
  side: side ?? 'none',
  at,
  metadata,
  calculated,
})

const builtInTargets: TargetSource = async () => DEFAULT_TARGETS

export function createAnalyzer(parts: AnalyzerParts): Analyzer {
  const { recordings, records, mvc, caches, profiles, edits, registry, sections, defaultPreset } = parts
  let targetSource = builtInTargets
  const plan = (request: AnalysisRequest): AnalysisPlan => planOf(registry, request, defaultPreset)

  const assignmentsOf: Analyzer['assignmentsOf'] = async (row, session, request) => [
    ...builtInAssignments(labelsOf(row.description)),
    ...(await profiles.assignmentsFor({
      fileName: row.fileName,
      patientCode: session?.patientCode ?? null,
    })),
    ...(request?.channels ?? []),
  ]

  async function prepare(
    row: RecordingRow,
    request: AnalysisRequest,
    known: Known = {},
  ): Promise<PreparedAnalysis> {
    const ownPlan = plan(request)
    const session = known.session ?? (await records.sessions.ofRecording(row.id)) ?? null
    const patientCode = session?.patientCode ?? null
    const [general, patient, assignments, ownEdits, resolver] = await Promise.all([
      known.targets ?? targetSource(session),
      patientCode === null ? undefined : records.patients.find(patientCode),
      assignmentsOf(row, session, request),
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
    // Of the patient, no more than whether there is one: the records are named by the state of the resolver.
    const inputs = hashOf(ownPlan, context, patientCode !== null, resolver.state, at, mvc.limits)
    const identity = `${row.sha256}:${inputs}`
    const load = async (): Promise<RecordingAnalysis> =>
      analyzeRecording(
        await recordings.store.open(row),
        ownPlan,
        registry,
        (question) => resolver.resolve(questionOf(question, at)),
        context,
      )
    const usual = known.targets === undefined && isUsual(request, defaultPreset)
    return {
      inputs,
      identity,
      session,
      run() {
        if (!usual) return caches.recalculated.getOrLoad({ fileHash: row.sha256, inputs }, load)
        if (!session) return caches.ofFile.getOrLoad({ fileHash: row.sha256 }, load, { inputs: identity })
        return caches.ofSession.getOrLoad({ sessionId: session.id }, load, { inputs: identity })
      },
    }
  }

  const analyzer: Omit<Analyzer, 'sessions'> = {
    recordings,
    records,
    profiles,
    edits,
    registry,
    sections,
    defaultPreset,
    useTargets(source) {
      if (targetSource !== builtInTargets) throw new RangeError('another plugin says what the targets are')
      targetSource = source
    },
    assignmentsOf,
    plan,
    async analyze(recording, ownPlan, request = {}) {
      const labels = recording.channels.map(({ label }) => label)
      const context: AnalysisContext = {
        targets: layTargets(DEFAULT_TARGETS, [], request.targets),
        assignments: [...builtInAssignments(labels), ...(request.channels ?? [])],
        edits: [],
        affectedSide: request.affectedSide ?? null,
      }
      const at = new Date(0)
      const resolve = (question: ChannelQuestion) => mvc.resolveOffline(questionOf(question, at))
      const analysis = analyzeRecording(recording, ownPlan, registry, resolve, context)
      return { ...analysis, ...(await sections.computeAll(analysis, { session: null })) }
    },
    prepare,
    async analyzeStored(row, request, known) {
      const { inputs, session, run } = await prepare(row, request, known)
      const { value, ...provenance } = await run()
      return {
        ...provenance,
        inputs,
        session,
        value: { ...value, ...(await sections.computeAll(value, { session })) },
      }
    },
  }
  return { ...analyzer, sessions: createSessionViews(analyzer, caches) }
}
