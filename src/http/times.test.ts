import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import * as v from 'valibot'
import { CalendarDate, calendarDate, Instant } from './times.ts'

describe('a calendar date', () => {
  test.each(['2026-02-28', '2024-02-29', '1900-01-01', '2199-12-31'])(
    '%p comes out as it went in',
    (text) => {
      expect(calendarDate(v.parse(CalendarDate, text))).toBe(text)
    },
  )

  test.each([
    '2026-02-29',
    '2026-02-30',
    '2026-13-01',
    '2026-1-1',
    '1899-12-31',
    '2026-01-01T00:00:00Z',
    '',
    20260101,
  ])('%p is none', (text) => {
    expect(v.is(CalendarDate, text)).toBe(false)
  })
})

describe('an instant', () => {
  test.each([
    ['2026-03-01T10:00:00Z', '2026-03-01T10:00:00.000Z'],
    ['2026-03-01T10:00:00+02:00', '2026-03-01T08:00:00.000Z'],
    ['2026-03-01T10:00-09:30', '2026-03-01T19:30:00.000Z'],
    ['2026-03-01T10:00:00.5Z', '2026-03-01T10:00:00.500Z'],
    ['2026-03-01T23:59:59.123456789Z', '2026-03-01T23:59:59.123Z'],
  ])('%p is %p', (text, utc) => {
    expect(v.parse(Instant, text).toISOString()).toBe(utc)
  })

  test.each([
    '2026-03-01T10:00:00',
    '2026-03-01',
    '2026-02-30T10:00:00Z',
    '2026-03-01T24:00:00Z',
    '2026-03-01T10:60:00Z',
    '0001-03-01T10:00:00Z',
    '2026-03-01 10:00:00Z',
    '+002026-03-01T10:00:00Z',
    1767225600000,
  ])('%p is none', (text) => {
    expect(v.is(Instant, text)).toBe(false)
  })

  test('as the server writes one, it reads it', () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('1900-01-01T00:00:00Z'),
          max: new Date('2199-12-31T00:00:00Z'),
          noInvalidDate: true,
        }),
        (date) => {
          expect(v.parse(Instant, date.toISOString())).toEqual(date)
        },
      ),
    )
  })
})
