/** What holds of the cascade whatever it is given. */
import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { translatedSentence } from '../../../src/sdk.ts'
import type { MvcLimits } from '../limits.ts'
import { FLAGS } from '../records/record.ts'
import type { MvcCandidates } from './candidates.ts'
import { daysAgo, record, resolve } from './fixtures.ts'
import { SOURCES } from './resolution.ts'

const time = fc.integer({ min: -2000, max: 2000 }).map((quarter) => daysAgo(quarter / 4))
const volts = fc.double({ min: 1e-6, max: 1e-2, noNaN: true })
const anyRecord = fc
  .record({
    source: fc.constantFrom('manual' as const, 'calibration' as const),
    value: volts,
    withdrawn: fc.boolean(),
    undated: fc.boolean(),
    validFrom: time,
    validUntil: fc.option(time),
    flags: fc.uniqueArray(fc.constantFrom(...FLAGS)),
  })
  .map(({ withdrawn, undated, ...rest }) =>
    record({
      ...rest,
      ...(undated ? { recordedAt: rest.validFrom } : {}),
      value: withdrawn && rest.source === 'manual' ? null : rest.value,
    }),
  )
const anyCandidates: fc.Arbitrary<MvcCandidates> = fc.record({
  records: fc.oneof(
    fc.array(anyRecord, { maxLength: 6 }),
    fc.constant({ unavailable: 'the recording belongs to no patient' }),
  ),
  metadata: fc.option(fc.double()),
  calculated: fc.option(
    fc.record({ value: fc.double(), method: fc.constant('rms-500' as const), n: fc.nat() }),
  ),
})
const anyLimits = fc.record({
  validityDays: fc.integer({ min: 1, max: 400 }),
  defaultValue: fc.option(volts),
})

describe('whatever the candidates', () => {
  const check = (property: (candidates: MvcCandidates, limits: MvcLimits) => void) =>
    fc.assert(
      fc.property(anyCandidates, anyLimits, (candidates, limits) => property(candidates, limits)),
      { numRuns: 500 },
    )

  test('every rung is taken or passed over with a reason, in order, and none twice', () => {
    check((candidates, limits) => {
      const { source, passedOver } = resolve(candidates, limits)
      expect(passedOver.map((each) => each.source)).toEqual(SOURCES.filter((each) => each !== source))
      for (const { reason } of passedOver) {
        expect(reason.length).toBeGreaterThan(5)
        // Whoever reads it may read French.
        expect([reason, translatedSentence('fr', reason)]).not.toContain(null)
      }
    })
  })

  test('a value has a source, a method and a confidence; no value has a reason and none of them', () => {
    check((candidates, limits) => {
      const { value, source, method, confidence, recordId, reason, ageDays } = resolve(candidates, limits)
      if (value === null) {
        expect([source, method, confidence, recordId, ageDays]).toEqual([null, null, null, null, null])
        expect(reason).not.toBeNull()
      } else {
        expect(value).toBeGreaterThan(0)
        expect([source, method, confidence]).not.toContain(null)
        expect(reason).toBeNull()
        expect(recordId !== null).toBe(source === 'manual' || source === 'patient-record')
        expect(ageDays === null).toBe(source === 'recording-metadata' || source === 'default')
      }
    })
  })

  test('all that comes before the source has an objection of its own', () => {
    check((candidates, limits) => {
      const { source, passedOver } = resolve(candidates, limits)
      const place = source === null ? SOURCES.length : SOURCES.indexOf(source)
      for (const { source: other, reason } of passedOver) {
        if (SOURCES.indexOf(other) < place) expect(reason).not.toEndWith('comes before it')
      }
    })
  })

  test('a candidate that is missing is never a number', () => {
    check((candidates, limits) => {
      const { passedOver, source } = resolve({ ...candidates, metadata: null, calculated: null }, limits)
      expect(['recording-metadata', 'calculated']).not.toContain(source)
      for (const each of passedOver) {
        if (['recording-metadata', 'calculated'].includes(each.source)) expect(each.value).toBeNull()
      }
    })
  })

  test('no number goes out that JSON cannot hold, and the same candidates give the same answer', () => {
    check((candidates, limits) => {
      const answer = resolve(candidates, limits)
      for (const { value } of [answer, ...answer.passedOver]) {
        if (value !== null) expect(value).toBeFinite()
      }
      expect(resolve(candidates, limits)).toEqual(answer)
    })
  })
})
