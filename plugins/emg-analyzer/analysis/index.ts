/** The analysis itself: pure functions from a recording to figures. */
export { channelEnvelope } from './channel.ts'
export {
  type AnalysisPlan,
  MAX_RATE,
  MIN_RATE,
  PRESET_NAMES,
  type PresetName,
  planAnalysis,
} from './parameters.ts'
export { analyzeRecording, PIPELINE_VERSION } from './recording.ts'
export { type ChannelAnalysis, type RecordingAnalysis, RecordingAnalysisSchema } from './schema.ts'
