import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { linearRegression } from './regression.ts'

function expectExact(actual: number | null, expected: number, tolerance = 1e-12): void {
  expect(actual).not.toBeNull()
  expect(Math.abs((actual as number) - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected))
}

/** NIST Statistical Reference Datasets: Norris, calibration of ozone monitors. https://www.itl.nist.gov/div898/strd/lls/data/Norris.shtml */
const NORRIS = {
  x: [
    0.2, 337.4, 118.2, 884.6, 10.1, 226.5, 666.3, 996.3, 448.6, 777.0, 558.2, 0.4, 0.6, 775.5, 666.9, 338.0,
    447.5, 11.6, 556.0, 228.1, 995.8, 887.6, 120.2, 0.3, 0.3, 556.8, 339.1, 887.2, 999.0, 779.0, 11.1, 118.3,
    229.2, 669.1, 448.9, 0.5,
  ],
  y: [
    0.1, 338.8, 118.1, 888.0, 9.2, 228.1, 668.5, 998.5, 449.1, 778.9, 559.2, 0.3, 0.1, 778.1, 668.8, 339.3,
    448.9, 10.8, 557.7, 228.3, 998.0, 888.8, 119.6, 0.3, 0.6, 557.6, 339.3, 888.0, 998.5, 778.9, 10.2, 117.6,
    228.9, 668.4, 449.2, 0.2,
  ],
}

describe('linearRegression', () => {
  test('has the values that NIST certifies', () => {
    const line = linearRegression(NORRIS.x, NORRIS.y)
    expect(line.n).toBe(36)
    expectExact(line.slope, 1.00211681802045)
    expectExact(line.intercept, -0.262323073774029)
    expectExact(line.standardError, 0.000429796848199937)
    expectExact(line.r2, 0.999993745883712)
    expect(line.p as number).toBeGreaterThan(0)
    expect(line.p as number).toBeLessThan(1e-80)
  })

  test('keeps them far from zero', () => {
    const line = linearRegression(
      NORRIS.x,
      NORRIS.y.map((value) => value + 2 ** 30),
    )
    expectExact(line.slope, 1.00211681802045, 1e-9)
    expectExact(line.standardError, 0.000429796848199937, 1e-6)
  })

  test('has scipy’s values for few points', () => {
    const line = linearRegression([1, 2, 4, 7, 11], [3.1, 2.9, 4.4, 3.0, 5.2])
    expectExact(line.slope, 0.17727272727272728)
    expectExact(line.intercept, 2.833636363636364)
    expectExact(line.r, 0.7004004309961349)
    expectExact(line.r2, 0.4905607637395715)
    expectExact(line.standardError, 0.10429922694807049)
    expectExact(line.p, 0.1877564026116211)
  })

  test('a line itself has r of 1 and p of 0', () => {
    expect(linearRegression([0, 1, 2], [1, 3, 5])).toEqual({
      n: 3,
      slope: 2,
      intercept: 1,
      r: 1,
      r2: 1,
      standardError: 0,
      p: 0,
    })
  })

  test('no correlation has p of 1', () => {
    expect(linearRegression([-1, 0, 1], [1, 0, 1])).toMatchObject({ slope: 0, r: 0, r2: 0, p: 1 })
  })

  test('two points have a line, and nothing to judge it by', () => {
    expect(linearRegression([1, 3], [5, 1])).toEqual({
      n: 2,
      slope: -2,
      intercept: 7,
      r: -1,
      r2: 1,
      standardError: null,
      p: null,
    })
  })

  const unknown = { slope: null, intercept: null, r: null, r2: null, standardError: null, p: null }

  test('none, one, and an x that does not vary have no line', () => {
    expect(linearRegression([], [])).toEqual({ n: 0, ...unknown })
    expect(linearRegression([1], [2])).toEqual({ n: 1, ...unknown })
    expect(linearRegression([0.1, 0.1, 0.1], [1, 2, 3])).toEqual({ n: 3, ...unknown })
  })

  test('a y that does not vary has a level line, and no correlation', () => {
    expect(linearRegression([1, 2, 3], [0.1, 0.1, 0.1])).toEqual({
      n: 3,
      slope: 0,
      intercept: 0.1,
      r: null,
      r2: null,
      standardError: 0,
      p: null,
    })
  })

  // Whole numbers over 64: neither they nor their scaled likes leave the normal range of numbers.
  const value = fc.integer({ min: -64_000, max: 64_000 }).map((each) => each / 64)
  const points = fc.uniqueArray(fc.tuple(fc.integer({ min: -1000, max: 1000 }), value), {
    minLength: 3,
    maxLength: 40,
    selector: ([x]) => x,
  })

  test('gives a number or null for anything finite, and p as Student’s t gives it', () => {
    fc.assert(
      fc.property(points, (pairs) => {
        const line = linearRegression(
          pairs.map(([x]) => x),
          pairs.map(([, y]) => y),
        )
        for (const figure of Object.values(line))
          expect(figure === null || Number.isFinite(figure)).toBe(true)
        if (line.p !== null) expect(line.p >= 0 && line.p <= 1).toBe(true)
        if (line.r !== null) expect(Math.abs(line.r)).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('r and p know no units', () => {
    fc.assert(
      fc.property(points, (pairs) => {
        const x = pairs.map(([each]) => each)
        const y = pairs.map(([, each]) => each)
        const line = linearRegression(x, y)
        const other = linearRegression(
          x.map((each) => each * 2 ** 200),
          y.map((each) => each * -(2 ** -300)),
        )
        expect(other.r).toBe(line.r === null ? null : -line.r)
        expect(other.p).toBe(line.p)
      }),
    )
  })

  test.each([
    ['different lengths', [1, 2], [1]],
    ['a NaN', [1, 2, Number.NaN], [1, 2, 3]],
    ['an infinite value', [1, 2, 3], [1, Number.POSITIVE_INFINITY, 3]],
    ['only infinite values', [1, 2], [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]],
    ['values too far apart', [1, 2, 3], [1e308, -1e308, 0]],
    ['a line too steep', [0, 1e-300], [0, 1e300]],
  ])('refuses %s', (_, x, y) => {
    expect(() => linearRegression(x, y)).toThrow(RangeError)
  })
})
