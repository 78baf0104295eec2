import { expect, test } from 'bun:test'
import { EMPTY_FORM, identityOf, mistakesIn, patientOf } from './new-patient.ts'

test('an empty form is a patient of the next free code, of whom nothing is known', () => {
  expect(mistakesIn(EMPTY_FORM)).toEqual({})
  expect(patientOf(EMPTY_FORM)).toEqual({ treatmentStart: null, therapist: null })
  expect(identityOf(EMPTY_FORM)).toBeNull()
})

test('a code is taken in capitals, and what is none is said', () => {
  expect(patientOf({ ...EMPTY_FORM, code: ' p012 ' })).toMatchObject({ code: 'P012' })
  for (const code of ['12', 'P12', 'P0123456789', 'Q123', 'P12a']) {
    expect(mistakesIn({ ...EMPTY_FORM, code })).toEqual({ code: true })
  }
  for (const code of ['P012', 'p123456789', '  ']) expect(mistakesIn({ ...EMPTY_FORM, code })).toEqual({})
})

test('blanks are nothing, and one thing that is known is an identity', () => {
  expect(identityOf({ ...EMPTY_FORM, name: '  ', recordNumber: ' 12-34 ' })).toEqual({
    name: null,
    dateOfBirth: null,
    recordNumber: '12-34',
  })
  expect(mistakesIn({ ...EMPTY_FORM, recordNumber: '-/-' })).toEqual({ recordNumber: true })
})
