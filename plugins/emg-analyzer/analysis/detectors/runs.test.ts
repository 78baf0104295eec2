import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { runsAbove, runsOfWindows, stretchesOf } from './runs.ts'

const whole = (x: ArrayLike<number>) => ({ start: 0, end: x.length })

test('stretches are what the gaps leave', () => {
  expect(stretchesOf(5, null)).toEqual([{ start: 0, end: 5 }])
  expect(stretchesOf(0, null)).toEqual([])
  expect(stretchesOf(6, Uint8Array.of(1, 0, 0, 1, 1, 0))).toEqual([
    { start: 1, end: 3 },
    { start: 5, end: 6 },
  ])
  expect(stretchesOf(2, Uint8Array.of(1, 1))).toEqual([])
})

test('runs above a level end with the stretch, and a NaN is above none', () => {
  const x = Float64Array.of(5, 5, 1, 5, Number.NaN, 5, 5)
  expect(runsAbove(x, 1, whole(x))).toEqual([
    { start: 0, end: 2 },
    { start: 3, end: 4 },
    { start: 5, end: 7 },
  ])
  expect(runsAbove(x, 1, { start: 1, end: 6 })).toEqual([
    { start: 1, end: 2 },
    { start: 3, end: 4 },
    { start: 5, end: 6 },
  ])
})

describe('runsOfWindows', () => {
  test('joins windows that touch, and dates each run by what is above the level', () => {
    const x = Float64Array.of(0, 0, 9, 9, 0, 9, 0, 0, 0, 0, 9, 9, 9, 0)
    const mean = (start: number) => ((x[start] as number) + (x[start + 1] as number)) / 2
    expect(runsOfWindows(x, 5, whole(x), 2, (start) => mean(start) > 5)).toEqual([
      { start: 2, end: 4 },
      { start: 10, end: 13 },
    ])
    expect(runsOfWindows(x, 5, whole(x), 2, (start) => mean(start) > 4)).toEqual([
      { start: 2, end: 6 },
      { start: 10, end: 13 },
    ])
  })

  test('covers what any active window does, never leaves the stretch, and asks of each window once', () => {
    const values = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 60 })
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 8 }), fc.nat({ max: 10 }), (x, length, cut) => {
        const signal = Float64Array.from(x)
        const stretch = { start: Math.min(cut, x.length), end: x.length }
        const asked: number[] = []
        const active = (start: number) =>
          x.slice(start, start + length).filter((each) => each > 1).length >= 2
        const runs = runsOfWindows(signal, 1, stretch, length, (start) => {
          asked.push(start)
          return active(start)
        })
        const covered = x.map(() => false)
        for (let start = stretch.start; start + length <= x.length; start++) {
          if (active(start)) covered.fill(true, start, start + length)
        }
        const inside = (i: number) => runs.some(({ start, end }) => i >= start && i < end)
        for (const [i, each] of x.entries()) {
          if (inside(i)) expect(covered[i]).toBe(true)
          if (covered[i] && each > 1) expect(inside(i)).toBe(true)
        }
        for (const { start, end } of runs)
          expect(Math.min(x[start] as number, x[end - 1] as number)).toBeGreaterThan(1)
        expect(asked).toEqual(asked.map((_, i) => stretch.start + i))
      }),
      { numRuns: 500 },
    )
  })
})
