/** The analysis as a service: of a recording at hand, or of a stored one with all that is known of it. */
import { resolve } from 'node:path'
import type { Cache, CacheRead, LoadContext, Workers } from '../../src/sdk.ts'
import {
  type Recording,
  type RecordingFormats,
  type RecordingRow,
  type RecordingService,
  recogniseFile,
} from '../c3d-reader/index.ts'
import type { ClinicalRecords, TherapySession } from '../clinical-records/index.ts'
import type { MvcCascade, MvcResolution } from '../mvc-cascade/index.ts'
import {
  type AnalysisContext,
  type AnalysisPlan,
  analyzeRecording,
  type ChannelAssignment,
  type ChannelQuestion,
  DEFAULT_TARGETS,
  type GeneralTargets,
  layTargets,
  type RecordingAnalysis,
  type Registry,
} from './analysis/index.ts'
import type { EditStore } from './edits/store.ts'
import type { Analysed, AnalysisJob } from './job/job.ts'
import { createJobRunner, withoutFailing } from './job/run.ts'
import { createPreparation, questionOf } from './prepare.ts'
import { builtInAssignments } from './profiles/built-in.ts'
import type { ProfileStore } from './profiles/store.ts'
import { createReportPlace, type ReportPlace } from './report.ts'
import { type AnalysisRequest, planOf } from './request.ts'
import type { Sections } from './sections.ts'
import { createSessionViews, type SessionViewCaches, type SessionViews } from './sessions/views.ts'

/** An analysis with the parts that other plugins add. */
export type FullAnalysis = RecordingAnalysis & Readonly<Record<string, unknown>>

/** The analysis of a file, with what else was wanted of it. */
export interface AnalysedFile extends Omit<Analysed, 'analysis'> {
  readonly analysis: FullAnalysis
}

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
  /**
   * The analysis, from the cache or computed now. Where a plugin fails on the way, it is made without that one: then it
   * is another than {@link PreparedAnalysis.identity} names, and what is derived from it must not be kept under that.
   *
   * @param derived of the load of what is derived from it: is told not to keep that
   * @throws {UnreadableRecording} where the stored bytes cannot be read any more, or by nobody here
   * @throws {Problem} 503 or 504 where it cannot be made, or did not end
   */
  run(derived?: LoadContext): Promise<CacheRead<RecordingAnalysis> & { readonly inputs: string }>
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
export interface Analyzer extends ReportPlace {
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
   * @returns what ends that
   * @throws {RangeError} when another plugin has
   */
  useTargets(source: TargetSource): () => void
  /** What is known of the channels of a stored recording, by everyone who says something of them, the last over the first. */
  assignmentsOf(
    row: RecordingRow,
    session: TherapySession | null,
    request?: AnalysisRequest,
  ): Promise<readonly ChannelAssignment[]>
  /** @throws {BadParameters | UnknownName} when it asks for what there is not */
  plan(request: AnalysisRequest): AnalysisPlan
  /**
   * Analyses a file, without a database; in a worker where plugins from outside take part.
   *
   * @param show what is wanted of the recording beside
   * @throws {UnreadableRecording}
   * @throws {Problem} 503 or 504 where it cannot be made, or did not end
   */
  analyzeFile(
    path: string,
    plan: AnalysisPlan,
    request: AnalysisRequest,
    show: AnalysisJob['show'],
  ): Promise<AnalysedFile>
  /** Analyses a recording at hand, in this process and without a database. */
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
  readonly workers: Pick<Workers, 'run'>
  readonly defaultPreset: string
}

const labelsOf = (description: Readonly<Record<string, unknown>>): string[] =>
  Array.isArray(description.analogLabels) ? description.analogLabels.map(String) : []

const builtInTargets: TargetSource = async () => DEFAULT_TARGETS

/** Whether anything from outside may take part in an analysis. */
const isMixed = ({ metrics, detectors, checks, presets }: Registry, formats: RecordingFormats): boolean =>
  [metrics, detectors, checks, presets, formats].some((shelf) =>
    shelf.list().some(({ id }) => shelf.ownerOf(id).origin === 'external'),
  )

export function createAnalyzer(parts: AnalyzerParts): Analyzer {
  const { recordings, records, mvc, caches, profiles, edits, registry, sections, workers, defaultPreset } =
    parts
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

  const inProcess = createJobRunner({ formats: recordings.formats, registry }, undefined)
  const inWorkers = createJobRunner({ formats: recordings.formats, registry }, workers)
  const prepare = createPreparation({
    recordings,
    records,
    mvc,
    edits,
    caches,
    defaultPreset,
    jobs: inWorkers,
    plan,
    targetsOf: (session) => targetSource(session),
    assignmentsOf,
  })
  const resolveOffline = (question: ChannelQuestion): MvcResolution =>
    mvc.resolveOffline(questionOf(question, new Date(0)))
  const contextOf = (
    assignments: readonly ChannelAssignment[],
    request: AnalysisRequest,
  ): AnalysisContext => ({
    targets: layTargets(DEFAULT_TARGETS, [], request.targets),
    assignments,
    edits: [],
    affectedSide: request.affectedSide ?? null,
  })

  const analyzer: Omit<Analyzer, 'sessions'> = {
    recordings,
    records,
    profiles,
    edits,
    registry,
    sections,
    ...createReportPlace(),
    defaultPreset,
    useTargets(source) {
      if (targetSource !== builtInTargets) throw new RangeError('another plugin says what the targets are')
      targetSource = source
      return () => {
        targetSource = builtInTargets
      }
    },
    assignmentsOf,
    plan,
    async analyze(recording, ownPlan, request = {}) {
      const labels = recording.channels.map(({ label }) => label)
      const context = contextOf([...builtInAssignments(labels), ...(request.channels ?? [])], request)
      const analysis = analyzeRecording(recording, ownPlan, registry, resolveOffline, context)
      return sections.complete(analysis, { session: null })
    },
    async analyzeFile(path, ownPlan, request, show) {
      const format = await recogniseFile(recordings.formats, path)
      const jobs = isMixed(registry, recordings.formats) ? inWorkers : inProcess
      const found = await withoutFailing(async (failed) => {
        const selection = jobs.select(ownPlan, format, failed)
        const context = contextOf(request.channels ?? [], request)
        return jobs.run(
          { path: resolve(path), format, plan: ownPlan, selection, context, byLabels: true, show },
          (questions) => questions.map(resolveOffline),
        )
      })
      return { ...found, analysis: await sections.complete(found.analysis, { session: null }) }
    },
    prepare,
    async analyzeStored(row, request, known) {
      const { session, run } = await prepare(row, request, known)
      const { value, ...provenance } = await run()
      return { ...provenance, session, value: await sections.complete(value, { session }) }
    },
  }
  return { ...analyzer, sessions: createSessionViews(analyzer, caches) }
}
