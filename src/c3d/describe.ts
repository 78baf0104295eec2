/** The JSON that says what a recording holds: plain data, no NaN, nothing a terminal or page could trip over. */

import type { C3dEvent } from './events.ts'
import type { C3dGroup, C3dParameter } from './parameters.ts'
import type { C3dProcessor, C3dStorage } from './processor.ts'
import type { C3dRecording } from './recording.ts'
import { type ChannelStatistics, statistics } from './statistics.ts'
import type { C3dWarning } from './warnings.ts'

/** Channels read at a time: enough for one pass to serve many, few enough to stay small beside the file. */
const CHANNELS_AT_A_TIME = 8

/**
 * Most parameter values that a description spells out. No program writes so many; a file made to exhaust memory
 * would, one JavaScript value for each of its bytes.
 */
const MOST_VALUES = 1_000_000

/** One parameter in JSON. */
export interface C3dParameterDescription {
  type: C3dParameter['type']
  dimensions: readonly number[]
  /**
   * A single value without dimensions (text: with one), else all in file order; null for what is no number, and
   * for all values together when the file has over a million of them.
   */
  value: string | number | null | readonly (string | number | null)[]
  /** Left out when the file has none. */
  description?: string
  /** Left out when not locked. */
  locked?: true
}

/** Statistics of one channel in JSON. */
export interface C3dChannelDescription extends ChannelStatistics {
  label: string
  unit: string | null
}

/** One recording in JSON. */
export interface C3dDescription {
  processor: C3dProcessor
  storage: C3dStorage
  /** Number of 3D points. */
  points: number
  /** Number of analog channels. */
  analogs: number
  framesDeclared: number
  framesPresent: number
  firstFrame: number
  /** Hz. */
  pointRate: number
  /** Hz; 0 without channels. */
  analogRate: number
  /** Other rates that the file suggests. */
  alternativeRates: readonly { kind: 'point' | 'analog'; value: number; source: string }[]
  samplesPerFrame: number
  /** Samples of each channel. */
  analogSamples: number
  pointLabels: readonly string[]
  analogLabels: readonly string[]
  /** ANALOG:UNITS of each channel, null where the file states none. */
  analogUnits: readonly (string | null)[]
  events: readonly C3dEvent[]
  forcePlates: readonly { type: number | null; channels: readonly number[] }[]
  rotations: number
  parameters: Readonly<Record<string, Readonly<Record<string, C3dParameterDescription>>>>
  /** With `stats`: valid points over all frames. */
  validPoints?: number
  /** With `stats`: sum of |x| + |y| + |z| over the valid points, in point units. */
  sumAbsPoints?: number | null
  /** With `stats`: every channel in physical units. */
  channels?: readonly C3dChannelDescription[]
  warnings: readonly { code: string; message: string }[]
}

/**
 * Describes a recording as plain JSON data.
 *
 * Statistics leave out samples that are not finite; `first` and `last` are null when those samples are not. The
 * recording's warnings say how many there are.
 *
 * @param options.stats read every sample too
 * @example
 * ```ts
 * console.log(JSON.stringify(describeC3d(readC3d(bytes), { stats: true }), undefined, 2))
 * ```
 */
export function describeC3d(recording: C3dRecording, options: { stats?: boolean } = {}): C3dDescription {
  const { points, analogs, forcePlates, rotation } = recording
  const { parameters, omitted } = describeParameters(recording.parameters)
  return {
    processor: recording.processor,
    storage: recording.storage,
    points: points.length,
    analogs: analogs.length,
    framesDeclared: recording.framesDeclared,
    framesPresent: recording.framesPresent,
    firstFrame: recording.firstFrame,
    pointRate: recording.pointRate,
    analogRate: recording.analogRate,
    alternativeRates: recording.alternativeRates,
    samplesPerFrame: recording.samplesPerFrame,
    analogSamples: recording.analogSamples,
    pointLabels: points.map(({ label }) => label),
    analogLabels: analogs.map(({ label }) => label),
    analogUnits: analogs.map(({ unit }) => unit),
    events: recording.events,
    forcePlates: forcePlates.map(({ type, channels }) => ({ type: finite(type), channels })),
    rotations: rotation?.used ?? 0,
    parameters,
    ...(options.stats ? describeSamples(recording) : {}),
    warnings: [...recording.warnings, ...omitted].map(({ code, message }) => ({ code, message })),
  }
}

function describeParameters(groups: readonly C3dGroup[]) {
  let kept = 0
  let left = 0
  const describe = (parameter: C3dParameter): C3dParameterDescription => {
    const count = elements(parameter)
    if (kept + count <= MOST_VALUES) {
      kept += count
      return describeParameter(parameter)
    }
    left++
    return { type: parameter.type, dimensions: parameter.dimensions, value: null }
  }
  // A file may name a group __proto__; fromEntries makes it a property like any other.
  const parameters = Object.fromEntries(
    groups.map((group) => [
      group.name,
      Object.fromEntries(group.parameters.map((parameter) => [parameter.name, describe(parameter)])),
    ]),
  )
  const message = `The values of ${left} parameters were left out: there are over ${MOST_VALUES}.`
  const omitted: C3dWarning[] = left > 0 ? [{ code: 'PARAM_OMITTED', message, count: left }] : []
  return { parameters, omitted }
}

/** How many values a parameter has at most, without decoding any. */
const elements = ({ type, dimensions }: C3dParameter): number =>
  (type === 'char' ? dimensions.slice(1) : dimensions).reduce((product, size) => product * size, 1)

function describeParameter(parameter: C3dParameter): C3dParameterDescription {
  const { type, dimensions, values, description, locked } = parameter
  const list = Array.from<string | number, string | number | null>(
    values as ArrayLike<string | number>,
    (value) => (typeof value === 'number' ? finite(value) : value),
  )
  const single = dimensions.length <= (type === 'char' ? 1 : 0)
  return {
    type,
    dimensions,
    value: single ? (list[0] ?? (type === 'char' ? '' : null)) : list,
    ...(description === '' ? {} : { description }),
    ...(locked ? { locked } : {}),
  }
}

function describeSamples(recording: C3dRecording) {
  const { analogs, analogSamples } = recording
  const { valid, sumAbs } = recording.pointTotals()
  const buffers = Array.from(
    { length: Math.min(CHANNELS_AT_A_TIME, analogs.length) },
    () => new Float64Array(analogSamples),
  )
  const channels: C3dChannelDescription[] = []
  for (let from = 0; from < analogs.length; from += CHANNELS_AT_A_TIME) {
    const some = analogs.slice(from, from + CHANNELS_AT_A_TIME)
    const samples = recording.analogSamplesOf(
      some.map(({ index }) => index),
      buffers,
    )
    for (const [i, { label, unit }] of some.entries())
      channels.push({ label, unit, ...statistics(samples[i]!) })
  }
  return { validPoints: valid, sumAbsPoints: finite(sumAbs), channels }
}

const finite = (value: number | null): number | null =>
  value !== null && Number.isFinite(value) ? value : null
