/** What a caller may ask of an analysis: everything absent is as the preset, the profiles and the patient have it. */
import * as v from 'valibot'
import {
  type AnalysisPlan,
  ChannelAssignmentSchema,
  MAX_RATE,
  MIN_RATE,
  planAnalysis,
  type Registry,
  TargetsSchema,
} from './analysis/index.ts'

/** The schema of an analysis request: all parts are optional. */
export const AnalysisRequestSchema = v.strictObject({
  preset: v.optional(v.pipe(v.string(), v.description('Absent: the configured one'))),
  parameters: v.optional(
    v.pipe(
      v.record(v.string(), v.unknown()),
      v.description('Laid over those of the preset, key by key: see `parameters` of an answer'),
    ),
  ),
  targets: v.optional(v.partial(TargetsSchema)),
  channels: v.optional(
    v.pipe(
      v.array(ChannelAssignmentSchema),
      v.maxLength(256),
      v.description('What channels are, over what file and profiles say'),
    ),
  ),
  affectedSide: v.optional(
    v.pipe(v.picklist(['left', 'right']), v.description('For the limb symmetry index')),
  ),
})

/** What a caller asks an analysis for. */
export type AnalysisRequest = v.InferOutput<typeof AnalysisRequestSchema>

/** Whether a request asks for what is configured, and nothing else. */
export const isUsual = ({ preset, ...rest }: AnalysisRequest, defaultPreset: string): boolean =>
  (preset === undefined || preset === defaultPreset) &&
  Object.values(rest).every((each) => each === undefined)

/** Sampling rates that may be stated. */
export const RATES = { least: MIN_RATE, most: MAX_RATE } as const

/**
 * The plan of a request.
 *
 * @throws {BadParameters | UnknownName} when it asks for what there is not
 */
export const planOf = (
  registry: Registry,
  { preset, parameters }: AnalysisRequest,
  defaultPreset: string,
): AnalysisPlan => planAnalysis(registry, preset ?? defaultPreset, parameters)
