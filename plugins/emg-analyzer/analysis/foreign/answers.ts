/** What code of plugins from outside may answer; anything else is said in a sentence of its name. */
import * as v from 'valibot'
import { PluginFault } from '../../../../src/sdk.ts'
import type { Run } from '../conditioning/gaps.ts'
import type { Detection } from '../detectors/detector.ts'
import type { Measured } from '../metrics/metric.ts'
import type { Finding } from '../quality/check.ts'

const MOST_THRESHOLDS = 32
const MOST_TEXT = 500
const MOST_DETAILS = 16_384

/** An answer in as few words as tell what is wrong with it. */
function shown(value: unknown): string {
  if (typeof value === 'string') return `"${value.slice(0, 40)}"`
  if (typeof value === 'function') return 'a function'
  if (typeof value !== 'object' || value === null) return String(value)
  if (value instanceof Promise) return 'a promise'
  return Array.isArray(value) ? 'a list' : 'an object'
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''

/** @throws {PluginFault} where it is neither a finite number nor a reason */
export function measuredOf(answer: unknown, id: string, plugin: string): Measured {
  if (typeof answer === 'number' && Number.isFinite(answer)) return answer
  if (typeof answer === 'object' && answer !== null && 'reason' in answer) {
    const { reason } = answer
    if (isText(reason)) return { reason: reason.slice(0, MOST_TEXT) }
  }
  throw new PluginFault(plugin, `its metric "${id}" answered ${shown(answer)}`)
}

/** What is wrong with a run, given the end of the one before. */
function objection(run: unknown, before: number, samples: number): string | undefined {
  if (typeof run !== 'object' || run === null) return `a run that is ${shown(run)}`
  const { start, end } = run as Partial<Run>
  const name = `a run from ${shown(start)} to ${shown(end)}`
  if (!Number.isInteger(start) || !Number.isInteger(end)) return `${name}, which are no samples`
  const [from, to] = [start as number, end as number]
  if (from < 0 || to > samples) return `${name} of ${samples} samples`
  if (from >= to) return `${name}, which is empty`
  return from < before ? `${name}, though the one before ends at ${before}` : undefined
}

/**
 * @param samples of the signal
 * @throws {PluginFault} where runs are out of order, overlap, or lie outside of the signal, or thresholds are no numbers
 */
export function detectionOf(answer: unknown, id: string, plugin: string, samples: number): Detection | null {
  if (answer === null) return null
  const fail = (what: string): never => {
    throw new PluginFault(plugin, `its detector "${id}" answered ${what}`)
  }
  if (typeof answer !== 'object') return fail(shown(answer))
  const { runs, endInclusive, thresholds } = answer as Partial<Detection>
  if (!Array.isArray(runs)) return fail(`runs that are ${shown(runs)}`)
  if (runs.length > samples) return fail(`${runs.length} runs of ${samples} samples`)
  let before = 0
  const found = runs.map((run: unknown): Run => {
    const wrong = objection(run, before, samples)
    if (wrong !== undefined) return fail(wrong)
    const { start, end } = run as Run
    before = end
    return { start, end }
  })
  if (endInclusive !== undefined && typeof endInclusive !== 'boolean') {
    return fail(`an endInclusive of ${shown(endInclusive)}`)
  }
  if (typeof thresholds !== 'object' || thresholds === null) {
    return fail(`thresholds that are ${shown(thresholds)}`)
  }
  const levels = Object.entries(thresholds)
  if (levels.length > MOST_THRESHOLDS) return fail(`${levels.length} thresholds`)
  for (const [name, level] of levels) {
    if (!Number.isFinite(level)) return fail(`a threshold ${name.slice(0, 40)} of ${shown(level)}`)
  }
  return {
    runs: found,
    ...(endInclusive === undefined ? {} : { endInclusive }),
    thresholds: Object.fromEntries(levels),
  }
}

const FindingShape = v.object({
  status: v.picklist(['good', 'usable', 'poor', 'unknown']),
  value: v.nullable(v.pipe(v.number(), v.finite())),
  message: v.optional(v.pipe(v.string(), v.maxLength(MOST_TEXT))),
  details: v.optional(v.unknown()),
})

/** @throws {PluginFault} where it is no finding, or has no sentence though something is wrong */
export function findingOf(answer: unknown, id: string, plugin: string): Finding {
  const fail = (what: string): never => {
    throw new PluginFault(plugin, `its quality check "${id}" answered ${what}`)
  }
  const result = v.safeParse(FindingShape, answer)
  if (!result.success) {
    const [issue] = result.issues
    const path = v.getDotPath(issue)
    return fail(path === null ? shown(answer) : `what is wrong at "${path}": ${issue.message}`)
  }
  const { status, value, message, details } = result.output
  if (!isText(message) && (status === 'usable' || status === 'poor')) {
    return fail(`${status} without a message`)
  }
  const json = details === undefined ? undefined : JSON.stringify(details)
  if ((json?.length ?? 0) > MOST_DETAILS) {
    return fail(`details of ${json?.length} characters`)
  }
  return {
    status,
    value,
    ...(message === undefined ? {} : { message }),
    ...(json === undefined ? {} : { details: JSON.parse(json) as unknown }),
  }
}
