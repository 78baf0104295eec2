/** One analysis as a piece of work: a file by its path, everything else as data, so that any process can do it. */
import {
  isUnreadable,
  type Recording,
  type RecordingDescription,
  type RecordingFormats,
} from '../../c3d-reader/index.ts'
import type { MvcResolution } from '../../mvc-cascade/index.ts'
import {
  type AnalysisContext,
  type AnalysisPlan,
  type ChannelQuestion,
  channelEnvelope,
  examineRecording,
  OtherPlugins,
  openTools,
  type RecordingAnalysis,
  type Registry,
  type Selection,
} from '../analysis/index.ts'
import { builtInAssignments } from '../profiles/built-in.ts'

/** One analysis as a worker is told of it. */
export interface AnalysisJob {
  /** Where the bytes are, on this machine. */
  readonly path: string
  /** Id of the format to read them by. */
  readonly format: string
  readonly plan: AnalysisPlan
  readonly selection: Selection
  readonly context: AnalysisContext
  /** Whether profiles that labels tell are to be laid under what is assigned: nobody has looked at the file yet. */
  readonly byLabels: boolean
  /** What is wanted of the recording beside its analysis: its description, and all envelopes, for drawing. */
  readonly show: { readonly description: boolean; readonly envelopes: boolean }
}

/** A recording that was analysed. */
export interface Analysed {
  readonly kind: 'analysed'
  readonly analysis: RecordingAnalysis
  /** Null where it was not wanted. */
  readonly description: RecordingDescription | null
  /** For each channel that was analysed; null where it has none, none where they were not wanted. */
  readonly envelopes: ReadonlyArray<Float64Array | null>
}

/** Why a job came to nothing, as far as that is known. */
export type Refused =
  | { readonly kind: 'unreadable'; readonly code: string; readonly message: string }
  | { readonly kind: 'other-plugins' }

/** Answers the questions about the channels, in their order. */
export type AnswerMvc = (questions: readonly ChannelQuestion[]) => readonly MvcResolution[]

/** What a job is done with. */
export interface Workshop {
  readonly formats: RecordingFormats
  readonly registry: Registry
}

/** With the profiles that the labels of a recording tell, laid under what is assigned. */
const contextOf = ({ context, byLabels }: AnalysisJob, { channels }: Recording): AnalysisContext =>
  byLabels
    ? {
        ...context,
        assignments: [...builtInAssignments(channels.map(({ label }) => label)), ...context.assignments],
      }
    : context

async function analyze(
  job: AnalysisJob,
  { formats, registry }: Workshop,
  ask: (questions: readonly ChannelQuestion[]) => Promise<readonly MvcResolution[]>,
): Promise<Analysed> {
  const { plan, selection, show } = job
  const recording = formats.require(job.format).read(await Bun.file(job.path).bytes())
  const tools = openTools(registry, plan, selection, formats.ownerOf(job.format))
  const { questions, complete } = examineRecording(recording, plan, tools, contextOf(job, recording))
  const answers = questions.length > 0 ? await ask(questions) : []
  const analysis = complete(answers)
  return {
    kind: 'analysed',
    analysis,
    description: show.description ? recording.describe() : null,
    envelopes: show.envelopes
      ? analysis.channels.map(({ index }) => {
          const channel = recording.channels[index]
          return channel ? channelEnvelope(channel, plan.parameters) : null
        })
      : [],
  }
}

/**
 * Does a job. The same bytes, plan, context and answers give the same analysis, bit for bit, in whatever process.
 *
 * @throws {PluginFault} where the code of a plugin from outside fails
 */
export async function runJob(
  job: AnalysisJob,
  workshop: Workshop,
  ask: (questions: readonly ChannelQuestion[]) => Promise<readonly MvcResolution[]>,
): Promise<Analysed | Refused> {
  try {
    return await analyze(job, workshop, ask)
  } catch (error) {
    if (isUnreadable(error)) return { kind: 'unreadable', code: error.code, message: error.message }
    if (error instanceof OtherPlugins) return { kind: 'other-plugins' }
    throw error
  }
}
