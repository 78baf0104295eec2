import { describe, expect, test } from 'bun:test'
import { PgDialect } from 'drizzle-orm/pg-core'
import fc from 'fast-check'
import type { PatientScope } from '../../../src/sdk.ts'
import { isVisiblePatient, therapistName, visiblePatients } from './scope.ts'

const written = (scope: PatientScope) => {
  const condition = visiblePatients(scope)
  return condition && new PgDialect().sqlToQuery(condition)
}
const patient = (therapist: string | null, code = 'P001') => ({ code, therapist })

describe('a patient', () => {
  test('is seen by the therapist who is named, however the clinic writes the name', () => {
    for (const name of ['anna.k', 'Anna.K', 'ANNA.K']) {
      expect(isVisiblePatient(patient(name), { therapist: 'anna.k' })).toBe(true)
    }
    for (const name of ['anna', 'anna.k2', 'ann%', 'anna.\u212A', '', null]) {
      expect(isVisiblePatient(patient(name), { therapist: 'anna.k' })).toBe(false)
    }
  })

  test('is seen by its code alone where codes are given, and by nobody where there are none', () => {
    expect(isVisiblePatient(patient('anna'), { patients: ['P002', 'P001'] })).toBe(true)
    expect(isVisiblePatient(patient('anna', 'P0010'), { patients: ['P001'] })).toBe(false)
    expect(isVisiblePatient(patient('anna'), { patients: [] })).toBe(false)
  })

  test('of nobody is seen by those who see all', () => {
    expect(isVisiblePatient(patient(null), 'all')).toBe(true)
    expect(isVisiblePatient(patient(null), { therapist: '' })).toBe(false)
  })
})

describe('the condition on patients', () => {
  test('is none for those who see all, and false for those who see nobody', () => {
    expect(visiblePatients('all')).toBeUndefined()
    expect(written({ patients: [] })?.sql).toBe('false')
  })

  test('names what is given as parameters only', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        const of = written({ therapist: name })
        expect(of?.sql).toBe(`lower("clinical_records"."patients"."therapist" collate "C") = $1`)
        expect(of?.params).toEqual([therapistName(name)])
        expect(written({ patients: [name, 'P001'] })?.params).toEqual([name, 'P001'])
      }),
    )
  })
})

test('a name in lower case stays as it is, and one of other letters than A to Z keeps them', () => {
  fc.assert(fc.property(fc.string(), (name) => therapistName(therapistName(name)) === therapistName(name)))
  expect(therapistName('ÅSA \u212A İ')).toBe('Åsa \u212A İ')
})
