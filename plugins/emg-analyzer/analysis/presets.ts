/** The presets: parameters by name, and what is laid over them. */
import * as v from 'valibot'
import { attributed } from '../../../src/sdk.ts'
import { type AnalysisParameters, AnalysisParametersSchema } from './parameters.ts'
import { type Registry, UnknownName } from './registry.ts'

/** A named set of parameters. */
export interface Preset {
  readonly type: 'preset'
  readonly id: string
  /** What it is for, in one line. */
  readonly summary: string
  readonly reference: string
  readonly parameters: AnalysisParameters
}

const over = (metric: string, samples: 'recording' | 'contractions') => ({ metric, over: samples })

/** De Luca et al. (2010), J Biomech 43:1573 for the 20 Hz corner; SENIAM and ISEK for the upper one. */
export const clinical: Preset = {
  type: 'preset',
  id: 'clinical',
  summary: 'Gaps left out, band-pass of 20 to 450 Hz, contractions above a robust baseline',
  reference: 'De Luca et al. (2010), J Biomech 43:1573; SENIAM; ISEK; CEDE-Check, Besomi et al. (2024)',
  parameters: {
    rateOverride: null,
    minimumRateHz: 200,
    gaps: { dropoutMs: 20, mask: true },
    removeOffset: true,
    bandPass: { lowHz: 20, highHz: 450, order: 4, dualPassCorrection: false },
    notch: null,
    envelope: { cutoffHz: 6, order: 2, dualPassCorrection: false, smoothingMs: null },
    detection: {
      method: 'threshold',
      options: {},
      mergeGapMs: 200,
      bridgeGapMs: 500,
      minimumDurationMs: 100,
    },
    metricSignal: 'filtered',
    metrics: {
      rms: over('rms', 'recording'),
      mav: over('mav', 'recording'),
      peak: over('peak', 'recording'),
      iemg: over('iemg', 'recording'),
      activeRms: over('rms', 'contractions'),
      activeMav: over('mav', 'contractions'),
      meanFrequency: over('meanFrequency', 'contractions'),
      medianFrequency: over('medianFrequency', 'contractions'),
      dimitrovIndex: over('dimitrovIndex', 'contractions'),
    },
    spectra: {
      segment: { ms: 250 },
      band: 'filter',
      medianFrequency: 'interpolated',
      dimitrovBandHz: [5, 500],
      minimumRateHz: 400,
    },
    windows: null,
    fatigue: { minimumCount: 5, windowMs: 1000 },
    mvcMethod: 'rms-500',
  },
}

/** What the GHOSTLY+ EMG C3D Analyzer 2.1.0 computes, from the raw signal and with its detector. */
export const ghostly: Preset = {
  type: 'preset',
  id: 'ghostly',
  summary: 'The figures of the GHOSTLY+ EMG C3D Analyzer 2.1.0, for comparing with its results',
  reference: 'GHOSTLY+ EMG C3D Analyzer 2.1.0; docs/ghostly.md lists what is not reproduced',
  parameters: {
    rateOverride: null,
    minimumRateHz: 50,
    gaps: { dropoutMs: 20, mask: false },
    removeOffset: false,
    bandPass: { lowHz: 20, highHz: null, order: 4, dualPassCorrection: false },
    notch: null,
    envelope: { cutoffHz: 10, order: 4, dualPassCorrection: false, smoothingMs: 50 },
    detection: {
      method: 'share-of-maximum',
      options: {},
      mergeGapMs: 200,
      bridgeGapMs: 200,
      minimumDurationMs: 100,
    },
    metricSignal: 'raw',
    metrics: {
      rms: over('rms', 'recording'),
      mav: over('mav', 'recording'),
      peak: over('peak', 'recording'),
      meanFrequency: over('meanFrequency', 'recording'),
      medianFrequency: over('medianFrequency', 'recording'),
      dimitrovIndex: over('dimitrovIndex', 'recording'),
    },
    spectra: {
      segment: { samples: 256 },
      band: null,
      medianFrequency: 'bin',
      dimitrovBandHz: null,
      minimumRateHz: 50,
    },
    windows: {
      lengthMs: 1000,
      overlap: 0.5,
      metrics: ['rms', 'mav', 'meanFrequency', 'medianFrequency', 'dimitrovIndex'],
    },
    fatigue: null,
    mvcMethod: 'p95-envelope',
  },
}

/** A preset by name, with its parameters as they are used. */
export interface AnalysisPlan {
  readonly preset: string
  readonly parameters: AnalysisParameters
}

/** Parameters laid over a preset: objects are laid over key by key, everything else replaces. */
export type ParameterOverrides = { readonly [K in keyof AnalysisParameters]?: unknown }

/** The overrides are no parameters: the message says which and why. */
export class BadParameters extends Error {
  override readonly name = 'BadParameters'
}

const isBadParameters = (error: unknown): boolean => error instanceof BadParameters

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Choices between shapes: laying one over another would mix them. */
const WHOLE = new Set(['segment', 'metrics'])

function layOver(base: unknown, over: unknown, key = ''): unknown {
  if (over === undefined) return base
  if (!isPlain(base) || !isPlain(over) || WHOLE.has(key)) return over
  const keys = [...new Set([...Object.keys(base), ...Object.keys(over)])]
  return Object.fromEntries(keys.map((each) => [each, layOver(base[each], over[each], each)]))
}

/** Why a value is none, without the words of the library for keys. */
function reasonOf(issue: v.BaseIssue<unknown>): string {
  if (issue.expected === 'never') return 'there is no such parameter'
  return issue.kind === 'schema' && issue.received === 'undefined' ? 'it is missing' : issue.message
}

function parse<T>(schema: v.GenericSchema<unknown, T>, value: unknown, path = ''): T {
  const result = v.safeParse(schema, value)
  if (result.success) return result.output
  const [issue] = result.issues
  const at = [path, v.getDotPath(issue)].filter(Boolean).join('.')
  throw new BadParameters(at ? `${at}: ${reasonOf(issue)}` : reasonOf(issue))
}

/** Requires a name that stands at a place of the parameters. */
function requireAt<T>(shelf: { require(id: string): T }, id: string, path: string): T {
  try {
    return shelf.require(id)
  } catch (error) {
    throw error instanceof UnknownName ? new BadParameters(`${path}: ${error.message}`) : error
  }
}

/**
 * The plan of an analysis: a preset with overrides, whole and validated.
 *
 * @throws {UnknownName} when there is no such preset
 * @throws {BadParameters} when the method or a metric is unknown, or a value is out of range: `place: why`
 */
export function planAnalysis(
  registry: Registry,
  preset: string,
  overrides: ParameterOverrides = {},
): AnalysisPlan {
  const base = registry.presets.require(preset).parameters
  const laid = parse(AnalysisParametersSchema, layOver(base, overrides))
  const detector = requireAt(registry.detectors, laid.detection.method, 'detection.method')
  // The options of another method mean nothing to this one.
  const kept = laid.detection.method === base.detection.method ? base.detection.options : {}
  const given = isPlain(overrides.detection) ? overrides.detection.options : undefined
  const parseOptions = () =>
    parse(detector.parameters, layOver({ ...detector.defaults, ...kept }, given), 'detection.options')
  const owner = registry.detectors.ownerOf(detector.id)
  // A schema is code too; and what it makes of parameters has to be data.
  const options =
    owner.origin === 'external'
      ? attributed(owner.name, () => structuredClone(parseOptions()), isBadParameters)
      : parseOptions()
  for (const [name, { metric }] of Object.entries(laid.metrics)) {
    requireAt(registry.metrics, metric, `metrics.${name}.metric`)
  }
  for (const [i, metric] of (laid.windows?.metrics ?? []).entries()) {
    requireAt(registry.metrics, metric, `windows.metrics.${i}`)
  }
  return { preset, parameters: { ...laid, detection: { ...laid.detection, options } } }
}
