/** The verdict on a channel: every check, and the worst of them. */
import type { ChannelQuality } from '../schema.ts'
import { type CheckInput, type Finding, type QualityCheck, worstOf } from './check.ts'
import { countClipped } from './clipping.ts'
import { restOf } from './rest.ts'
import { skinVoltsOf } from './scale.ts'

/** Dropouts that are listed; the rest is counted. */
const LISTED = 100

/** Everything but what follows from the rest. */
export type Examined = Omit<CheckInput, 'rest' | 'skinVolts'>

/** What a check has found. */
export interface Judged {
  readonly check: QualityCheck
  readonly finding: Finding
}

const toMs = (samples: number, rate: number): number => (samples / rate) * 1000

/** What the checks look at. */
export const checkInputOf = (examined: Examined): CheckInput => ({
  ...examined,
  rest: restOf(examined.raw.length, examined.contractions, examined.gaps, examined.rate),
  skinVolts: skinVoltsOf(examined),
})

export const judgeBy = (checks: readonly QualityCheck[], input: CheckInput): Judged[] =>
  checks.map((check) => ({ check, finding: check.assess(input) }))

/** What of a channel's quality is counted, not judged. */
export type Counted = Pick<ChannelQuality, 'dropouts' | 'clippedPercent' | 'nonFinite'>

export function countFaults({ raw, gaps, rate }: CheckInput): Counted {
  const lost = gaps.dropouts.reduce((sum, { start, end }) => sum + end - start, 0)
  return {
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

/** @param unit of the channel */
export function verdictOf(judged: readonly Judged[], counted: Counted, unit: string): ChannelQuality {
  return {
    verdict: worstOf(judged.map(({ finding }) => finding.status)),
    reasons: judged.flatMap(({ check, finding: { status, message } }) =>
      status === 'usable' || status === 'poor'
        ? [{ check: check.id, status, message: message ?? check.summary }]
        : [],
    ),
    checks: Object.fromEntries(
      judged.map(({ check, finding: { status, value, message, details } }) => [
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
    ...counted,
  }
}
