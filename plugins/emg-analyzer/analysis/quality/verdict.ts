/** The verdict on a channel: every check, and the worst of them. */
import { dsp } from '../../../../src/sdk.ts'
import { type Gaps, type Run, solidParts } from '../conditioning/gaps.ts'
import type { Signals } from '../conditioning/signals.ts'
import { spectrumOver } from '../conditioning/spectrum-over.ts'
import type { ChannelQuality } from '../schema.ts'
import { type CheckInput, type QualityCheck, worstOf } from './check.ts'
import { countClipped } from './clipping.ts'
import { restOf } from './rest.ts'

/** Length of the segments that the power line is looked for in: bins of half a hertz. They need not overlap: the line stays. */
const SEGMENT_S = 2

/** Dropouts that are listed; the rest is counted. */
const LISTED = 100

interface Examined {
  readonly raw: Float64Array
  readonly gaps: Gaps
  readonly rate: number
  readonly unit: string
  readonly volts: number | null
  readonly signals: Signals | null
  readonly contractions: readonly Run[]
}

function inputOf({ raw, gaps, rate, volts, signals, contractions }: Examined): CheckInput {
  let spectrum: dsp.Spectrum | null | undefined
  return {
    raw,
    gaps,
    rate,
    volts,
    signals,
    contractions,
    rest: restOf(raw.length, contractions, gaps, rate),
    spectrum() {
      if (spectrum === undefined) {
        const segment = 2 ** Math.round(Math.log2(SEGMENT_S * rate))
        const parts = solidParts({ start: 0, end: raw.length }, gaps)
        spectrum =
          segment >= 8 ? spectrumOver(raw, parts, dsp.createWelch({ rate, segment, overlap: 0 })) : null
      }
      return spectrum
    },
  }
}

const toMs = (samples: number, rate: number): number => (samples / rate) * 1000

export function examine(examined: Examined, checks: readonly QualityCheck[]): ChannelQuality {
  const { raw, gaps, rate, unit } = examined
  const input = inputOf(examined)
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
