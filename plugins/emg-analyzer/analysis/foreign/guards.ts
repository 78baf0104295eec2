/** Wraps what plugins from outside add: it runs under their names, and what it answers is held against its shape. */
import * as v from 'valibot'
import { attributed } from '../../../../src/sdk.ts'
import type { Owner } from '../../../c3d-reader/index.ts'
import type { Detector, DetectorInput } from '../detectors/detector.ts'
import type { Metric } from '../metrics/metric.ts'
import type { Preset } from '../presets.ts'
import type { QualityCheck } from '../quality/check.ts'
import { detectionOf, findingOf, measuredOf } from './answers.ts'

/** Wraps a contribution of a plugin from outside; those of built-in ones stay as they are. */
export type Guard<T> = (item: T, owner: Owner) => T

export const guardMetric: Guard<Metric> = (metric, { name }) => {
  const { type, id, summary, unit, reference } = metric
  return {
    type,
    id,
    summary,
    unit,
    reference,
    compute: (input) => attributed(name, () => measuredOf(metric.compute(input), id, name)),
  }
}

export const guardCheck: Guard<QualityCheck> = (check, { name }) => {
  const { type, id, summary, unit, reference } = check
  return {
    type,
    id,
    summary,
    unit,
    reference,
    assess: (input) => attributed(name, () => findingOf(check.assess(input), id, name)),
  }
}

/**
 * Detection comes first of all, so that a detector works on copies: neither what it does to them nor when matters to
 * anything else.
 */
const copyOf = ({ filtered, envelope, activated, gaps, rate }: DetectorInput): DetectorInput => ({
  filtered: filtered.slice(),
  envelope: envelope.slice(),
  activated: activated?.slice() ?? null,
  gaps: structuredClone(gaps),
  rate,
})

/** @throws {RangeError} where its defaults are no parameters of its own */
export const guardDetector: Guard<Detector> = (detector, { name }) => {
  const { type, id, summary, reference, parameters, defaults, finished } = detector
  if (!v.is(parameters, defaults))
    throw new RangeError(`the defaults of the detector "${id}" are no parameters of it`)
  return {
    type,
    id,
    summary,
    reference,
    parameters,
    defaults: structuredClone(defaults),
    finished,
    detect(input, options) {
      const copy = copyOf(input)
      const samples = input.envelope.length
      // The options stand in the result.
      const own = structuredClone(options)
      return attributed(name, () => detectionOf(detector.detect(copy, own), id, name, samples))
    },
  }
}

/** A preset is data: it is kept as it was when it was added. */
export const guardPreset: Guard<Preset> = ({ type, id, summary, reference, parameters }) => ({
  type,
  id,
  summary,
  reference,
  parameters: structuredClone(parameters),
})
