import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { adherence, protocolWindow } from './adherence.ts'

const start = new Date('2026-03-02T00:00:00Z')
const at = (text: string) => protocolWindow(start, new Date(text))

describe('the days that count', () => {
  test.each([
    ['2026-03-02T00:00:00.000Z', 1, '2026-03-02T00:00:00.001Z'],
    ['2026-03-02T23:59:59.999Z', 1, '2026-03-03T00:00:00.000Z'],
    ['2026-03-03T00:00:00.000Z', 2, '2026-03-03T00:00:00.001Z'],
    ['2026-03-15T12:00:00.000Z', 14, '2026-03-15T12:00:00.001Z'],
    ['2026-03-16T00:00:00.000Z', 14, '2026-03-16T00:00:00.000Z'],
    ['2027-01-01T00:00:00.000Z', 14, '2026-03-16T00:00:00.000Z'],
  ])('at %s are %i, until %s', (now, day, until) => {
    expect(at(now)).toEqual({ day, from: start, until: new Date(until) })
  })

  test('are none before the treatment begins, or where its start is not known', () => {
    expect(at('2026-03-01T23:59:59.999Z')).toBe('the treatment has not begun')
    expect(protocolWindow(null, start)).toBe('the start of the treatment is not known')
  })
})

describe('adherence', () => {
  test.each([
    [1, 3],
    [2, 4],
  ])('on day %i is null, whatever was done', (day, completed) => {
    expect(adherence({ day, completed })).toMatchObject({
      score: null,
      category: null,
      reason: `day ${day} of the protocol; adherence counts from day 3`,
      completed,
    })
  })

  test.each([
    [7, 15, 100, 'excellent'],
    [7, 20, 100, 'excellent'],
    [14, 25.5, 85, 'excellent'],
    [7, 12, 80, 'good'],
    [14, 21, 70, 'good'],
    [4, 6, 70, 'good'],
    [6, 9, 70, 'good'],
    [14, 20, 200 / 3, 'moderate'],
    [14, 15, 50, 'moderate'],
    [14, 14, 140 / 3, 'poor'],
    [3, 0, 0, 'poor'],
  ] as const)('on day %i after %f sessions is %f: %s', (day, completed, score, category) => {
    const found = adherence({ day, completed })
    expect(found.score).toBeCloseTo(score, 10)
    expect(found.category).toBe(category)
  })

  test('grows with each session and stays in 0 to 100', () => {
    const day = fc.integer({ min: 3, max: 14 })
    fc.assert(
      fc.property(day, fc.nat({ max: 100 }), (on, completed) => {
        const [now, more] = [completed, completed + 1].map(
          (sessions) => adherence({ day: on, completed: sessions }).score as number,
        ) as [number, number]
        expect(now).toBeGreaterThanOrEqual(0)
        expect(more).toBeLessThanOrEqual(100)
        expect(more).toBeGreaterThanOrEqual(now)
      }),
    )
  })
})
