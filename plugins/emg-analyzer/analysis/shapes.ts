/** The shapes of what plugins add, held against what no compiler has seen. */
import * as v from 'valibot'
import { Line } from '../../c3d-reader/index.ts'
import { AnalysisParametersSchema } from './parameters.ts'

const common = {
  id: v.pipe(
    v.string(),
    v.regex(
      /^[A-Za-z][\w-]{0,63}$/,
      'expected up to 64 letters, digits, hyphens and underscores, a letter first',
    ),
  ),
  summary: Line,
  reference: Line,
}

const unit = v.pipe(v.string(), v.maxLength(32))

const Schema = v.custom<v.GenericSchema<unknown, Readonly<Record<string, unknown>>>>(
  (value) => typeof value === 'object' && value !== null && '~run' in value,
  'expected a valibot schema',
)

export const MetricShape = v.object({ type: v.literal('metric'), ...common, unit, compute: v.function() })

export const CheckShape = v.object({
  type: v.literal('quality-check'),
  ...common,
  unit,
  assess: v.function(),
})

export const DetectorShape = v.object({
  type: v.literal('detector'),
  ...common,
  parameters: Schema,
  defaults: v.record(v.string(), v.unknown()),
  finished: v.boolean(),
  detect: v.function(),
})

/** Whether its names of metrics and detectors exist is seen when it is used: another plugin may add them. */
export const PresetShape = v.object({
  type: v.literal('preset'),
  ...common,
  parameters: AnalysisParametersSchema,
})
