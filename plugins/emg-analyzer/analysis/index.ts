/** The analysis itself: pure functions from a recording to figures. */
export { channelEnvelope } from './channel.ts'
export { type ChannelAssignment, ChannelAssignmentSchema } from './channels/assign.ts'
export { type ChannelChoice, chooseChannels, type Exclusion } from './channels/choose.ts'
export { conditionStepwise } from './conditioning/condition.ts'
export type { Gaps } from './conditioning/gaps.ts'
export { type PreparedChannel, prepareChannel, rateOf } from './conditioning/prepare.ts'
export { type ContractionEdit, ContractionEditSchema } from './edits.ts'
export { AnalysisParametersSchema, MAX_RATE, MIN_RATE } from './parameters.ts'
export { type AnalysisPlan, BadParameters, type ParameterOverrides, planAnalysis } from './presets.ts'
export {
  type AnalysisContext,
  analyzeRecording,
  type ChannelQuestion,
  examineRecording,
  PIPELINE_VERSION,
  WITHOUT_CONTEXT,
} from './recording.ts'
export { createRegistry, KEEPER, type Registry, UnknownName } from './registry.ts'
export { type ChannelAnalysis, type RecordingAnalysis, RecordingAnalysisSchema } from './schema.ts'
export { DEFAULT_TARGETS, type GeneralTargets, layTargets, type Targets, TargetsSchema } from './targets.ts'
export { OtherPlugins, openTools, quarantinedProblem, type Selection, selectTools } from './tools.ts'
