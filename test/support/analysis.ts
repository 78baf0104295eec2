/** The analysis in tests: with what comes with the plugins, without stored values. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { c3dFormat } from '../../plugins/c3d-reader/c3d-format.ts'
import type { Recording } from '../../plugins/c3d-reader/index.ts'
import {
  type AnalysisContext,
  analyzeRecording,
  createRegistry,
  type ParameterOverrides,
  planAnalysis,
  WITHOUT_CONTEXT,
} from '../../plugins/emg-analyzer/analysis/index.ts'
import { resolveMvc } from '../../plugins/mvc-cascade/index.ts'
import { SHARED } from './shared.ts'

export const registry = createRegistry()

export const planOf = (preset: string, overrides?: ParameterOverrides) =>
  planAnalysis(registry, preset, overrides)

/** @param path below the folder of shared recordings */
export const readShared = (path: string): Recording =>
  c3dFormat.read(readFileSync(join(SHARED as string, 'data/c3d', path)))

export const analyze = (
  recording: Recording,
  plan = planOf('clinical'),
  context: Partial<AnalysisContext> = {},
) =>
  analyzeRecording(
    recording,
    plan,
    registry,
    ({ metadata, calculated }) =>
      resolveMvc({
        candidates: { records: { unavailable: 'there is no database' }, metadata, calculated },
        at: new Date(0),
        limits: { validityDays: 90, defaultValue: null },
      }),
    { ...WITHOUT_CONTEXT, ...context },
  )
