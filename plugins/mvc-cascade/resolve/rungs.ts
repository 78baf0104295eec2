/** The rungs of the cascade, each judged by itself: what it gives, and what speaks against that. */
import { isPlausible, type MvcLimits } from '../limits.ts'
import type { MvcRecord } from '../records/record.ts'
import { isUnavailable, type MvcCandidates } from './candidates.ts'
import { inForce } from './in-force.ts'
import type { MvcConfidence, MvcResolution } from './resolution.ts'

/** One rung, judged: it holds unless there is an objection. */
export interface Rung {
  readonly value: number | null
  readonly objection: string | null
  readonly unitBasis: MvcResolution['unitBasis']
  readonly method: string | null
  readonly confidence: MvcConfidence
  readonly ageDays: number | null
  readonly recordId: string | null
}

const DAY_MS = 86_400_000

const absent = (objection: string, value: number | null = null): Rung => ({
  value,
  objection,
  unitBasis: null,
  method: null,
  confidence: 'low',
  ageDays: null,
  recordId: null,
})

/** To two decimals: a quarter of an hour. */
const toDays = (ms: number): number => Math.floor((ms / DAY_MS) * 100) / 100

const PLAUSIBILITY = 'it is outside of 1 uV to 10 mV, so it is no MVC'

function confidenceOf({ source, flags }: MvcRecord, isRecent: boolean): MvcConfidence {
  if (source === 'manual') return isRecent ? 'high' : 'moderate'
  if (flags.includes('CLIPPED')) return 'low'
  return flags.length === 0 ? 'high' : 'moderate'
}

/** What speaks against a record at a time; its end is not part of its validity. */
function validityObjection(record: MvcRecord, at: number, validity: number): string | null {
  const from = Date.parse(record.validFrom)
  const isCalibration = record.source === 'calibration'
  if (isCalibration && from - at >= validity) return `it was measured only later, at ${record.validFrom}`
  const configured = isCalibration ? from + validity : Number.POSITIVE_INFINITY
  const until = record.validUntil === null ? configured : Date.parse(record.validUntil)
  return at >= until ? `its validity ended at ${new Date(until).toISOString()}` : null
}

export function judgeStored(
  records: MvcCandidates['records'],
  source: MvcRecord['source'],
  at: Date,
  { validityDays }: MvcLimits,
): Rung {
  if (isUnavailable(records)) return absent(records.unavailable)
  const name = source === 'manual' ? 'manual value' : 'calibration'
  const own = records.filter((record) => record.source === source)
  const record = inForce(own, at)
  if (!record) {
    const [first] = own.map(({ validFrom }) => validFrom).sort()
    return absent(
      first === undefined ? `there is no ${name}` : `the first ${name} holds only from ${first} on`,
    )
  }
  if (record.value === null) return absent(`the manual value was withdrawn at ${record.validFrom}`)
  const from = Date.parse(record.validFrom)
  const age = at.getTime() - from
  const validity = validityDays * DAY_MS
  return {
    value: record.value,
    objection: validityObjection(record, at.getTime(), validity),
    unitBasis: record.unitBasis,
    method: record.method,
    confidence: confidenceOf(record, Math.abs(age) < validity),
    ageDays: toDays(age),
    recordId: record.id,
  }
}

export function judgeMetadata(metadata: MvcCandidates['metadata']): Rung {
  if (metadata === null) return absent('the recording’s metadata names no MVC for it')
  if (isUnavailable(metadata)) return absent(metadata.unavailable)
  const { value, unitBasis, parameter, reason } =
    typeof metadata === 'number'
      ? { value: metadata, unitBasis: null, parameter: null, reason: null }
      : metadata
  if (value === null || reason !== null) {
    return absent(reason ?? 'the recording’s metadata names no MVC for it', value)
  }
  if (!Number.isFinite(value)) return absent('the recording’s metadata holds no number for it')
  return {
    value,
    objection: isPlausible(value) ? null : PLAUSIBILITY,
    unitBasis,
    method: parameter === null ? 'c3d-parameter' : `c3d-parameter ${parameter}`,
    confidence: 'moderate',
    ageDays: null,
    recordId: null,
  }
}

/**
 * A calculated value need not be plausible: percentages of it hold whatever the unit or gain of the recording,
 * and a default in its place would not.
 */
export function judgeCalculated(calculated: MvcCandidates['calculated']): Rung {
  if (calculated === null) return absent('nothing could be calculated from the recording')
  if (isUnavailable(calculated)) return absent(calculated.unavailable)
  const { value, unitBasis = null, method } = calculated
  const isAmplitude = value > 0 && Number.isFinite(value)
  return {
    value: Number.isFinite(value) ? value : null,
    objection: isAmplitude ? null : 'it is not above 0',
    unitBasis,
    method,
    confidence: 'low',
    ageDays: 0,
    recordId: null,
  }
}

export const judgeDefault = ({ defaultValue }: MvcLimits): Rung =>
  defaultValue === null
    ? absent('no default is configured')
    : {
        value: defaultValue,
        objection: isPlausible(defaultValue) ? null : PLAUSIBILITY,
        unitBasis: 'declared',
        method: 'configured',
        confidence: 'low',
        ageDays: null,
        recordId: null,
      }
