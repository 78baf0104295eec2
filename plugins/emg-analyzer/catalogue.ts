/** `/api/system/analysis`: what an analysis can be made of, for programs that let people choose. */
import { toJsonSchema } from '@valibot/to-json-schema'
import * as v from 'valibot'
import { type Route, route } from '../../src/sdk.ts'
import { AnalysisParametersSchema, PIPELINE_VERSION } from './analysis/index.ts'
import type { Analyzer } from './service.ts'

const Named = v.object({ id: v.string(), summary: v.string(), reference: v.string() })

const Catalogue = v.object({
  pipelineVersion: v.string(),
  defaultPreset: v.string(),
  presets: v.array(v.object({ ...Named.entries, parameters: AnalysisParametersSchema })),
  metrics: v.array(v.object({ ...Named.entries, unit: v.string() })),
  detectors: v.array(
    v.object({
      ...Named.entries,
      defaults: v.record(v.string(), v.unknown()),
      parameters: v.pipe(v.record(v.string(), v.unknown()), v.description('JSON Schema')),
    }),
  ),
  qualityChecks: v.array(v.object({ ...Named.entries, unit: v.string() })),
})

export const catalogueRoute = ({ registry, defaultPreset }: Analyzer): Route =>
  route({
    method: 'get',
    path: '/api/system/analysis',
    summary: 'Presets, metrics, detectors and quality checks that there are',
    policy: 'analysis:read',
    concerns: 'nothing',
    answers: { 200: { description: 'The catalogue', schema: Catalogue } },
    handle: () => ({
      pipelineVersion: PIPELINE_VERSION,
      defaultPreset,
      presets: registry.presets
        .list()
        .map(({ id, summary, reference, parameters }) => ({ id, summary, reference, parameters })),
      metrics: registry.metrics
        .list()
        .map(({ id, summary, reference, unit }) => ({ id, summary, reference, unit })),
      detectors: registry.detectors.list().map(({ id, summary, reference, defaults, parameters }) => ({
        id,
        summary,
        reference,
        defaults,
        parameters: toJsonSchema(parameters, { errorMode: 'ignore' }),
      })),
      qualityChecks: registry.checks
        .list()
        .map(({ id, summary, reference, unit }) => ({ id, summary, reference, unit })),
    }),
  })
