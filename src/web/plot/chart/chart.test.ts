/** The parts of a chart that need no browser. */
import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { lookOf } from './look.ts'
import { runs } from './runs.ts'
import { categoryTicks, digitsOf, timeTicks } from './ticks.ts'

describe('Points that are joined', () => {
  test('are never joined over a missing one', () => {
    expect(runs([1, 2, null, 4, Number.NaN, 6, 7])).toEqual([
      [0, 1],
      [3, 3],
      [5, 6],
    ])
  })

  test('are never joined where what they differ in changes', () => {
    expect(runs([1, 2, 3, 4], ['preset', 'preset', 'pipeline version', null])).toEqual([
      [0, 1],
      [2, 2],
      [3, 3],
    ])
  })

  test('are none where nothing was measured', () => {
    expect(runs([])).toEqual([])
    expect(runs([null, null])).toEqual([])
  })

  test('are each in exactly one stretch, and missing ones in none', () => {
    const values = fc.array(fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: null }))
    fc.assert(
      fc.property(values, (all) => {
        const counts = all.map(() => 0)
        for (const [first, last] of runs(all)) for (let i = first; i <= last; i++) (counts[i] as number)++
        expect(counts).toEqual(all.map((value) => (value === null ? 0 : 1)))
      }),
    )
  })
})

describe('Series', () => {
  test('differ from each other by shape or dash as well as by colour, twenty of them', () => {
    const looks = Array.from({ length: 20 }, (_, i) => lookOf({ id: `${i}`, label: '', values: [] }, i))
    expect(new Set(looks.map(({ marker, dash }) => `${marker} ${dash}`)).size).toBe(20)
  })
})

describe('Ticks', () => {
  test('have as many digits as tell them apart', () => {
    expect([20, 1, 2.5, 0.25, 0.001, 0].map(digitsOf)).toEqual([0, 0, 1, 2, 3, 0])
  })

  test('of days name the day, and the year where there are several', () => {
    const day = 86_400_000
    const from = Date.parse('2026-12-30T00:00:00Z')
    expect(timeTicks([from, from + day], day, 'en-GB', 'UTC')).toEqual(['30 Dec', '31 Dec'])
    expect(timeTicks([from, from + 2 * day, from + 4 * day], 2 * day, 'en-GB', 'UTC')).toEqual([
      '30 Dec\n2026',
      '1 Jan\n2027',
      '3 Jan',
    ])
  })

  test('of hours name the day where it begins, in the language of the page', () => {
    const hour = 3_600_000
    const from = Date.parse('2026-02-05T23:00:00Z')
    expect(timeTicks([from, from + hour], hour, 'fr', 'UTC')).toEqual(['23:00\n5 févr.', '00:00\n6 févr.'])
  })

  test('of categories are left out evenly where they do not fit', () => {
    expect(categoryTicks(4, 10)).toEqual([0, 1, 2, 3])
    expect(categoryTicks(10, 4)).toEqual([0, 3, 6, 9])
    expect(categoryTicks(0, 4)).toEqual([])
  })
})
