import { describe, expect, test } from 'bun:test'
import { askedFor } from './asked.ts'

describe('what somebody looks for', () => {
  test('is nothing where nothing is typed', () => {
    expect(askedFor('')).toBeNull()
    expect(askedFor('  ')).toBeNull()
  })

  test('may be the code of a patient, however it is written', () => {
    for (const text of ['P007', 'p007', 'p7', 'P 7', ' p0007 ']) expect(askedFor(text)?.code).toBe('P007')
    expect(askedFor('p1234')?.code).toBe('P1234')
    for (const text of ['7', 'P', 'PX7', 'P1234567890', 'P7 left']) expect(askedFor(text)?.code).toBeNull()
  })

  test('is the beginning of codes as long as it lacks digits', () => {
    for (const text of ['P0', 'P00', 'p01', 'P000']) {
      expect(askedFor(text)?.code).toBeNull()
      expect(askedFor(text)?.text).toBe(text)
    }
  })

  test('may be a day, the day before the month as in Europe, or as programs write it', () => {
    const day = { from: new Date(2026, 0, 31).toISOString(), until: new Date(2026, 1, 1).toISOString() }
    for (const text of ['2026-01-31', '31/01/2026', '31.1.2026', '31-1-26', '31/1/26'])
      expect(askedFor(text)?.day).toEqual(day)
  })

  test('is no day where the calendar has none', () => {
    for (const text of ['31/04/2026', '2026-13-01', '0/1/2026', '2026-02-29', '1/2'])
      expect(askedFor(text)?.day).toBeNull()
    expect(askedFor('29/02/2028')?.day).not.toBeNull()
  })

  test('may be the id of a recording', () => {
    const id = '01a1ff28-44ec-705e-a8fa-d1ec9c323657'
    expect(askedFor(id.toUpperCase())?.id).toBe(id)
    expect(askedFor(id.slice(1))?.id).toBeNull()
  })

  test('is no longer than the server takes', () => {
    expect(askedFor('x'.repeat(500))?.text).toHaveLength(100)
  })
})
