/** Records and candidates for tests of the cascade. */
import type { MvcLimits } from '../limits.ts'
import type { MvcRecord } from '../records/record.ts'
import type { MvcCandidates } from './candidates.ts'
import { resolveMvc } from './resolve.ts'

const DAY = 86_400_000
export const AT = new Date('2026-06-01T12:00:00.000Z')
export const daysAgo = (days: number) => new Date(AT.getTime() - days * DAY).toISOString()
export const LIMITS: MvcLimits = { validityDays: 90, defaultValue: 1.5e-4 }

let made = 0
export const record = (rest: Partial<MvcRecord> = {}): MvcRecord => ({
  id: `record-${++made}`,
  patientCode: 'P001',
  muscle: 'vastus lateralis',
  side: 'left',
  value: 3e-4,
  unit: 'V',
  unitBasis: 'declared',
  source: 'manual',
  method: 'manual',
  recordingId: null,
  channel: null,
  trials: null,
  spreadPercent: null,
  flags: [],
  recordedBy: null,
  recordedAt: daysAgo(1),
  validFrom: daysAgo(1),
  validUntil: null,
  supersedes: null,
  ...rest,
})

const NONE: MvcCandidates = { records: [], metadata: null, calculated: null }
export const resolve = (candidates: Partial<MvcCandidates>, limits = LIMITS, at = AT) =>
  resolveMvc({ candidates: { ...NONE, ...candidates }, at, limits })
