/** The analysis of a recording: its EMG channels, their pairs, and what has to be said of the rest. */
import type { Recording } from '../../c3d-reader/index.ts'
import { type CalculatedMvc, type MvcResolution, readMetadata } from '../../mvc-cascade/index.ts'
import { analyzeSignal, type ChannelSignal } from './channel.ts'
import { type Assigned, assign, type ChannelAssignment } from './channels/assign.ts'
import { chooseChannels } from './channels/choose.ts'
import { type Anatomy, readAnatomies } from './channels/muscles.ts'
import { type Bar, judge } from './contraction.ts'
import type { ContractionEdit } from './edits.ts'
import { notesOf } from './notes.ts'
import { antagonistsIn, coContractionsOf, symmetriesOf } from './pairs/index.ts'
import type { AnalysisPlan } from './presets.ts'
import type { Registry } from './registry.ts'
import type { ChannelAnalysis, ChannelMvc, RecordingAnalysis } from './schema.ts'
import { DEFAULT_TARGETS, type Targets, targetOf } from './targets.ts'
import { openTools, selectTools, type Tools } from './tools.ts'

/** Changes whenever the same input could give another result. */
export const PIPELINE_VERSION = '2.0.0'

/** What the MVC cascade is asked of one channel. */
export interface ChannelQuestion extends Assigned {
  readonly metadata: ReturnType<typeof readMetadata>[number] | null
  /** In V. */
  readonly calculated: CalculatedMvc | null
}

/** What is known of a recording beyond its file. */
export interface AnalysisContext {
  readonly targets: Targets
  readonly assignments: readonly ChannelAssignment[]
  readonly edits: readonly ContractionEdit[]
  readonly affectedSide: 'left' | 'right' | null
}

/** Nothing is known but the file. */
export const WITHOUT_CONTEXT: AnalysisContext = {
  targets: DEFAULT_TARGETS,
  assignments: [],
  edits: [],
  affectedSide: null,
}

const inVolts = (calculated: CalculatedMvc | null, volts: number | null): CalculatedMvc | null =>
  calculated && volts !== null ? { ...calculated, value: calculated.value * volts } : null

/** The request's own value: it stands over the cascade. */
function stated(value: number): MvcResolution {
  const reason = 'the request states a value'
  const passedOver = (['recording-metadata', 'patient-record', 'calculated', 'default'] as const).map(
    (source) => ({ source, value: null, reason }),
  )
  return {
    value,
    unit: 'V',
    unitBasis: 'declared',
    source: 'manual',
    method: 'request',
    confidence: 'moderate',
    ageDays: null,
    recordId: null,
    reason: null,
    passedOver,
  }
}

/** A channel with its MVC, and its contractions held against it. */
function complete(
  signal: ChannelSignal,
  anatomy: Assigned,
  resolution: MvcResolution,
  target: ReturnType<typeof targetOf>,
): ChannelAnalysis {
  const { result, volts } = signal
  const { value } = resolution
  const mvc: ChannelMvc = {
    ...resolution,
    targetPercent: target.mvcPercent,
    threshold: value === null ? null : (value * target.mvcPercent) / 100,
  }
  const bar: Bar = {
    mvc: value === null || volts === null ? null : value / volts,
    percent: target.mvcPercent,
    durationMs: target.durationMs,
  }
  return {
    ...result,
    ...anatomy,
    contractions: signal.contractions.map((contraction) => judge(contraction, bar)),
    mvc,
    target: { durationMs: target.durationMs, contractions: target.contractions },
  }
}

/** A recording whose signals have been analysed, and whose contractions have to be held against something yet. */
export interface ExaminedRecording {
  /** What the MVC cascade is asked. */
  readonly questions: readonly ChannelQuestion[]
  /** @param answers in the order of the questions */
  complete(answers: readonly MvcResolution[]): RecordingAnalysis
}

/** The first part of an analysis: all that takes no knowledge of an MVC. @throws {PluginFault} */
export function examineRecording(
  recording: Recording,
  plan: AnalysisPlan,
  tools: Tools,
  context: AnalysisContext = WITHOUT_CONTEXT,
): ExaminedRecording {
  const { targets, assignments, edits, affectedSide } = context
  const { parameters } = plan
  const choice = chooseChannels(recording.channels, assignments)
  const metadata = readMetadata(recording.describe())
  const read = readAnatomies(choice.emg)
  const anatomies = choice.emg.map((channel, place) => assign(channel, read[place] as Anatomy, assignments))
  const antagonists = new Set(antagonistsIn(anatomies, (anatomy) => anatomy).flatMap(({ both }) => both))
  const examined = choice.emg.map((channel, place) => {
    const anatomy = anatomies[place] as Assigned
    const signal = analyzeSignal({
      channel,
      activated: choice.activated.get(channel.index),
      parameters,
      tools,
      edits: edits.filter((edit) => edit.channel === channel.index),
      isPaired: antagonists.has(anatomy),
    })
    const target = targetOf(
      { ...anatomy, index: channel.index, label: channel.label, name: channel.name },
      targets,
    )
    const question: ChannelQuestion = {
      ...anatomy,
      metadata: metadata.find(({ index }) => index === channel.index) ?? null,
      calculated: inVolts(signal.calculated, signal.volts),
    }
    return { signal, anatomy, target, question }
  })
  const asked = examined.filter(({ target }) => target.mvc === null)
  const missed: ContractionEdit[] = [
    ...edits.filter(({ channel }) => !choice.emg.some(({ index }) => index === channel)),
    ...examined.flatMap(({ signal }) => signal.missedEdits),
  ]
  return {
    questions: asked.map(({ question }) => question),
    complete(answers) {
      const answerOf = new Map(asked.map((each, i) => [each, answers[i] as MvcResolution]))
      const paired = examined.map((each) => {
        const { signal, anatomy, target } = each
        const resolution = answerOf.get(each) ?? stated(target.mvc as number)
        return {
          analysis: complete(signal, anatomy, resolution, target),
          signals: signal.paired,
          volts: signal.volts,
        }
      })
      const channels = paired.map(({ analysis }) => analysis)
      return {
        preset: plan.preset,
        pipelineVersion: PIPELINE_VERSION,
        plugins: [...tools.plugins],
        parameters,
        targets,
        assignments: [...assignments],
        edits: [...edits],
        affectedSide,
        channels,
        pairs: [...symmetriesOf(paired, affectedSide), ...coContractionsOf(paired)],
        exclusions: [...choice.exclusions],
        warnings: notesOf(recording, channels, {
          assumed: choice.assumed,
          filtered: choice.filtered,
          missed,
          parameters,
        }),
      }
    },
  }
}

/**
 * Analyses a recording at hand. The same recording, plan, context and MVC answers give the same result, bit for bit.
 *
 * @param resolveMvc answers for one channel: the cascade of a patient, or one without stored values
 */
export function analyzeRecording(
  recording: Recording,
  plan: AnalysisPlan,
  registry: Registry,
  resolveMvc: (question: ChannelQuestion) => MvcResolution,
  context: AnalysisContext = WITHOUT_CONTEXT,
): RecordingAnalysis {
  const tools = openTools(registry, plan, selectTools(registry, plan))
  const { questions, complete } = examineRecording(recording, plan, tools, context)
  return complete(questions.map(resolveMvc))
}
