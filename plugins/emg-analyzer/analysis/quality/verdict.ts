/** The verdict on a channel: every check, and the worst of them. */
import type { ChannelQuality } from '../schema.ts'
import { type CheckInput, type QualityCheck, worstOf } from './check.ts'
import { countClipped } from './clipping.ts'
import { restOf } from './rest.ts'
import { skinVoltsOf } from './scale.ts'

/** Dropouts that are listed; the rest is counted. */
const LISTED = 100

interface Examined extends Omit<CheckInput, 'rest' | 'skinVolts'> {
  readonly unit: string
}

const toMs = (samples: number, rate: number): number => (samples / rate) * 1000

export function examine(examined: Examined, checks: readonly QualityCheck[]): ChannelQuality {
  const { raw, gaps, rate, unit, contractions } = examined
  const rest = restOf(raw.length, contractions, gaps, rate)
  const input: CheckInput = { ...examined, rest, skinVolts: skinVoltsOf(examined) }
  const findings = checks.map((check) => ({ check, finding: check.assess(input) }))
  const lost = gaps.dropouts.reduce((sum, { start, end }) => sum + end - start, 0)
  return {
    verdict: worstOf(findings.map(({ finding }) => finding.status)),
    reasons: findings.flatMap(({ check, finding: { status, message } }) =>
      status === 'usable' || status === 'poor'
        ? [{ check: check.id, status, message: message ?? check.summary }]
        : [],
    ),
    checks: Object.fromEntries(
      findings.map(({ check, finding: { status, value, message, details } }) => [
        check.id,
        {
          status,
          value,
          unit: check.unit.replaceAll('{unit}', unit),
          ...(value === null ? { reason: message ?? 'it was not found' } : {}),
          ...(details === undefined ? {} : { details }),
        },
      ]),
    ),
    dropouts: {
      count: gaps.dropouts.length,
      totalMs: toMs(lost, rate),
      blocks: gaps.dropouts.slice(0, LISTED).map(({ start, end }) => ({
        startMs: toMs(start, rate),
        endMs: toMs(end, rate),
        samples: end - start,
      })),
    },
    clippedPercent: gaps.kept > 0 ? (100 * countClipped(raw, gaps)) / gaps.kept : 0,
    nonFinite: gaps.nonFinite,
  }
}
