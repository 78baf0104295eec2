/** Pairs of channels against values computed by hand, and what holds of any pair. */
import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { analyzeAll, channelOf, evenly, planOf, recordingOf, synth } from '../fixtures.ts'
import { type AnalysisContext, DEFAULT_TARGETS } from '../index.ts'
import type { Pair } from '../schema.ts'
import { type Envelopes, falconerWinter, rudolph } from './co-contraction.ts'
import { ghostlySymmetry, type Index, limbSymmetryIndex, robinsonIndex, symmetryAngle } from './symmetry.ts'

const amplitude = fc.double({ min: 1e-9, max: 1e3, noNaN: true })
const known = (index: Index): number => {
  if (index.value === null) throw new Error(index.reason)
  return index.value
}

describe('symmetry of 80 on the left and 120 on the right', () => {
  test('is 40 by Robinson, above zero since the right is larger', () => {
    // (120 - 80) / 100.
    expect(robinsonIndex(80, 120)).toEqual({ value: 40 })
    expect(robinsonIndex(120, 80)).toEqual({ value: -40 })
  })

  test('is 66.7 or 150 of the unaffected limb, by which is affected', () => {
    expect(known(limbSymmetryIndex(80, 120, 'left'))).toBeCloseTo(200 / 3, 12)
    expect(limbSymmetryIndex(80, 120, 'right')).toEqual({ value: 150 })
  })

  test('is an angle of 12.57 by Zifchock', () => {
    // atan(80 / 120) is 33.690 degrees; (45 - 33.690) / 90 is 12.567 %.
    expect(known(symmetryAngle(80, 120))).toBeCloseTo(12.5666, 4)
  })

  test('is 80 of 100 by the trial', () => {
    expect(known(ghostlySymmetry(80, 120))).toBeCloseTo(80, 12)
  })
})

describe('symmetry of any two amplitudes', () => {
  const SIGNED = { robinsonIndex, symmetryAngle }

  test('is even for equal ones', () => {
    fc.assert(
      fc.property(amplitude, (x) => {
        expect(robinsonIndex(x, x)).toEqual({ value: 0 })
        expect(ghostlySymmetry(x, x)).toEqual({ value: 100 })
        expect(known(symmetryAngle(x, x))).toBeCloseTo(0, 12)
        expect(known(limbSymmetryIndex(x, x, 'left'))).toBeCloseTo(100, 12)
      }),
    )
  })

  test('changes its sign, or nothing, when the sides are swapped', () => {
    fc.assert(
      fc.property(amplitude, amplitude, (l, r) => {
        for (const index of Object.values(SIGNED)) {
          expect(known(index(l, r))).toBeCloseTo(-known(index(r, l)), 9)
        }
        expect(ghostlySymmetry(l, r)).toEqual(ghostlySymmetry(r, l))
        expect(limbSymmetryIndex(l, r, 'left')).toEqual(limbSymmetryIndex(r, l, 'right'))
      }),
    )
  })

  test('does not depend on their scale', () => {
    fc.assert(
      fc.property(amplitude, amplitude, fc.integer({ min: -20, max: 20 }), (l, r, power) => {
        const k = 2 ** power
        for (const index of [robinsonIndex, symmetryAngle, ghostlySymmetry]) {
          expect(known(index(k * l, k * r))).toBeCloseTo(known(index(l, r)), 9)
        }
      }),
    )
  })

  test('stays within its bounds, down to a side of 0 and to the smallest numbers', () => {
    const any = fc.oneof(amplitude, fc.constantFrom(0, 5e-324, Number.MIN_VALUE * 3, 1e150))
    fc.assert(
      fc.property(any, any, (l, r) => {
        fc.pre(l + r > 0)
        expect(Math.abs(known(robinsonIndex(l, r)))).toBeLessThan(200 + 1e-9)
        expect(Math.abs(known(symmetryAngle(l, r)))).toBeLessThan(50 + 1e-9)
        const ghostly = known(ghostlySymmetry(l, r))
        expect(ghostly >= 0 && ghostly <= 100).toBeTrue()
      }),
    )
    expect([robinsonIndex(0, 7), symmetryAngle(0, 7), ghostlySymmetry(0, 7)].map(known)).toEqual([200, 50, 0])
    expect([robinsonIndex(7, 0), symmetryAngle(7, 0), ghostlySymmetry(7, 0)].map(known)).toEqual([
      -200, -50, 0,
    ])
  })

  test('grows with the right side', () => {
    fc.assert(
      fc.property(amplitude, amplitude, fc.double({ min: 1.01, max: 100, noNaN: true }), (l, r, more) => {
        for (const index of Object.values(SIGNED)) {
          expect(known(index(l, r * more))).toBeGreaterThan(known(index(l, r)))
        }
      }),
    )
  })

  test('is missing, with the reason, where there is nothing to compare', () => {
    for (const index of [robinsonIndex, symmetryAngle, ghostlySymmetry]) {
      expect(index(0, 0)).toEqual({ value: null, reason: 'both sides are 0' })
    }
    expect(limbSymmetryIndex(1, 2, null)).toEqual({
      value: null,
      reason: 'which side is affected is not known',
    })
    expect(limbSymmetryIndex(0, 1, 'right')).toEqual({ value: null, reason: 'the unaffected side is 0' })
  })
})

const envelopes = (a: readonly number[], b: readonly number[], rest: Partial<Envelopes> = {}): Envelopes => ({
  a: Float64Array.from(a),
  b: Float64Array.from(b),
  scaleA: 1,
  scaleB: 1,
  masks: [null, null],
  ...rest,
})

describe('co-contraction', () => {
  const a = [0, 0.2, 0.8, 1]
  const b = [0, 0.1, 0.4, 0]

  test('is what it is by hand', () => {
    // Common 0.1 + 0.4; both together 0.3 + 1.2 + 1.
    expect(falconerWinter(envelopes(a, b))).toBeCloseTo((200 * 0.5) / 2.5, 12)
    // Half of 0.3, half of 1.2, nothing of 1; the sample where both rest counts as nothing.
    expect(rudolph(envelopes(a, b))).toBeCloseTo((0.15 + 0.6) / 4, 12)
  })

  test('leaves out what is masked in either', () => {
    const masks = [Uint8Array.of(0, 1, 0, 0), Uint8Array.of(0, 0, 0, 1)]
    expect(falconerWinter(envelopes(a, b, { masks }))).toBeCloseTo((200 * 0.4) / 1.2, 12)
    expect(rudolph(envelopes(a, b, { masks }))).toBeCloseTo(0.6 / 2, 12)
  })

  test('divides each by its own scale', () => {
    const scaled = envelopes([0, 20, 80, 100], [0, 0.3, 1.2, 0], { scaleA: 100, scaleB: 3 })
    expect(falconerWinter(scaled)).toBeCloseTo(40, 12)
    expect(rudolph(scaled)).toBeCloseTo(0.75 / 4, 12)
  })

  test('takes what undershoots zero for rest', () => {
    expect(falconerWinter(envelopes([-0.1, 1], [0.5, 1]))).toBeCloseTo((200 * 1) / 2.5, 12)
    expect(rudolph(envelopes([-0.1, -1], [-0.5, 0]))).toBe(0)
  })

  test('of nothing at all is missing', () => {
    expect(falconerWinter(envelopes([0, 0], [0, 0]))).toBeNull()
    expect(rudolph(envelopes([0, 0], [0, 0]))).toBe(0)
    expect(falconerWinter(envelopes([], []))).toBeNull()
    expect(rudolph(envelopes([], []))).toBeNull()
    const masks = [Uint8Array.of(1), null]
    expect(rudolph(envelopes([1], [1], { masks }))).toBeNull()
  })

  const samples = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 50 })
  const two = fc.tuple(samples, samples).filter(([x, y]) => x.some((v, i) => v > 1e-9 && i < y.length))

  test('is 0 to 100 %, and as much the other way round', () => {
    fc.assert(
      fc.property(two, ([x, y]) => {
        const value = falconerWinter(envelopes(x, y)) as number
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThanOrEqual(100 + 1e-9)
        expect(falconerWinter(envelopes(y, x))).toBeCloseTo(value, 9)
        // Rudolph's is at most twice the lower of two shares of 1.
        expect(rudolph(envelopes(x, y))).toBeCloseTo(rudolph(envelopes(y, x)) as number, 9)
        expect(rudolph(envelopes(x, y)) as number).toBeLessThanOrEqual(2)
      }),
    )
  })

  test('of a muscle with itself is all there is', () => {
    fc.assert(
      fc.property(two, ([x]) => {
        expect(falconerWinter(envelopes(x, x))).toBeCloseTo(100, 9)
        const mean = x.reduce((sum, each) => sum + each, 0) / x.length
        expect(rudolph(envelopes(x, x))).toBeCloseTo(2 * mean, 9)
      }),
    )
  })

  test('scales with the envelopes by Rudolph, and not at all by Falconer and Winter', () => {
    fc.assert(
      fc.property(two, fc.integer({ min: -10, max: 10 }), ([x, y], power) => {
        const rest = { scaleA: 2 ** power, scaleB: 2 ** power }
        expect(falconerWinter(envelopes(x, y, rest))).toBeCloseTo(
          falconerWinter(envelopes(x, y)) as number,
          9,
        )
        expect((rudolph(envelopes(x, y, rest)) as number) * 2 ** power).toBeCloseTo(
          rudolph(envelopes(x, y)) as number,
          9,
        )
      }),
    )
  })
})

describe('pairs of a recording', () => {
  const exercise = (rms: number, seed: number) =>
    synth({ seed, bursts: evenly(6, 4500, 2000, rms), baselineRms: 2e-6 }).samples
  const assignments = (...names: ReadonlyArray<readonly [string, 'left' | 'right']>) =>
    names.map(([muscle, side], i) => ({ channel: `#${i}`, emg: true, muscle, side }))
  const pairsOf = (
    channels: readonly Float64Array[],
    names: ReadonlyArray<readonly [string, 'left' | 'right']>,
    context: Partial<AnalysisContext> = {},
    preset = 'clinical',
    units: ReadonlyArray<string | null> = [],
  ): readonly Pair[] =>
    analyzeAll(
      recordingOf(
        ...channels.map((samples, index) =>
          channelOf(samples, { index, label: `EMG${index}`, name: `EMG${index}`, unit: units[index] ?? 'V' }),
        ),
      ),
      planOf(preset),
      { ...context, assignments: assignments(...names) },
    ).pairs
  const VASTI = [
    ['vastus lateralis', 'left'],
    ['vastus lateralis', 'right'],
  ] as const

  test('left and right of one muscle are compared by the RMS of their contractions', () => {
    const [pair, ...others] = pairsOf([exercise(80e-6, 1), exercise(120e-6, 2)], VASTI, {
      affectedSide: 'left',
    })
    expect(others).toEqual([])
    if (pair?.kind !== 'symmetry') throw new Error('no symmetry')
    expect(pair).toMatchObject({ muscle: 'vastus lateralis', left: 0, right: 1, of: 'amplitude' })
    expect((pair.leftValue as number) / 80e-6).toBeWithin(0.95, 1.02)
    expect((pair.rightValue as number) / 120e-6).toBeWithin(0.95, 1.02)
    expect(known(pair.robinsonIndex)).toBeWithin(37, 43)
    expect(known(pair.limbSymmetryIndex)).toBeWithin(65, 69)
    expect(known(pair.ghostlySymmetry)).toBeWithin(78, 82)
  })

  test('units are taken into account', () => {
    const left = exercise(100e-6, 1)
    const inMillivolts = left.map((value) => value * 1000)
    const [pair] = pairsOf([left, inMillivolts], VASTI, {}, 'clinical', ['V', 'mV'])
    if (pair?.kind !== 'symmetry') throw new Error('no symmetry')
    expect(known(pair.robinsonIndex)).toBeCloseTo(0, 9)
  })

  test('a side without a contraction is missing with its reason, and rest does not stand in for it', () => {
    const [pair] = pairsOf([synth().samples, exercise(100e-6, 2)], VASTI, { affectedSide: 'left' })
    if (pair?.kind !== 'symmetry') throw new Error('no symmetry')
    const missing = { value: null, reason: 'the left side has no amplitude: there is no contraction' }
    expect(pair).toMatchObject({
      leftValue: null,
      robinsonIndex: missing,
      limbSymmetryIndex: missing,
      symmetryAngle: missing,
      ghostlySymmetry: missing,
    })
    expect(pair.rightValue).toBeGreaterThan(90e-6)
  })

  test('a measured MVC makes them shares of it', () => {
    const targets = {
      ...DEFAULT_TARGETS,
      channels: [
        { channel: '#0', mvc: 200e-6 },
        { channel: '#1', mvc: 400e-6 },
      ],
    }
    const [pair] = pairsOf([exercise(100e-6, 1), exercise(100e-6, 2)], VASTI, { targets })
    if (pair?.kind !== 'symmetry') throw new Error('no symmetry')
    expect(pair.of).toBe('mvc-percent')
    expect(pair.leftValue).toBeWithin(47, 51)
    expect(pair.rightValue).toBeWithin(23.5, 25.5)
  })

  const THIGH = [
    ['rectus femoris', 'left'],
    ['biceps femoris', 'left'],
  ] as const

  test('muscles that work at the same time co-contract more than those that take turns', () => {
    const early = exercise(100e-6, 1)
    const late = synth({
      seed: 2,
      baselineRms: 2e-6,
      bursts: evenly(6, 4500, 2000, 100e-6).map(({ startMs, endMs, rms }) => ({
        startMs: startMs + 2250,
        endMs: endMs + 2250,
        rms,
      })),
    }).samples
    const [together] = pairsOf([early, exercise(100e-6, 3)], THIGH)
    const [inTurn] = pairsOf([early, late], THIGH)
    if (together?.kind !== 'co-contraction' || inTurn?.kind !== 'co-contraction') throw new Error('no pair')
    expect(together).toMatchObject({ side: 'left', channels: [0, 1], normalisation: 'peak' })
    expect(known(together.falconerWinter)).toBeWithin(75, 100)
    expect(known(inTurn.falconerWinter)).toBeWithin(0, 20)
    expect(known(together.rudolph)).toBeGreaterThan(4 * known(inTurn.rudolph))
  })

  test('co-contraction with a channel that holds nothing is missing with its reason', () => {
    const [pair] = pairsOf([exercise(100e-6, 1), new Float64Array(30_000)], THIGH)
    const missing = { value: null, reason: 'one of the channels has no envelope' }
    expect(pair).toMatchObject({ kind: 'co-contraction', falconerWinter: missing, rudolph: missing })
  })

  test('envelopes are divided by measured MVCs where both are known', () => {
    const both = [exercise(100e-6, 1), exercise(100e-6, 3)]
    const mvcs = (first: number, second: number) => ({
      ...DEFAULT_TARGETS,
      channels: [first, second].map((mvc, i) => ({ channel: `#${i}`, mvc })),
    })
    const rudolphOf = (first: number, second: number): number => {
      const [pair] = pairsOf(both, THIGH, { targets: mvcs(first, second) })
      if (pair?.kind !== 'co-contraction') throw new Error('no pair')
      expect(pair.normalisation).toBe('mvc')
      return known(pair.rudolph)
    }
    // Twice the MVC of both makes half of everything; of one, the lower of both a half.
    expect(rudolphOf(400e-6, 400e-6) / rudolphOf(200e-6, 200e-6)).toBeCloseTo(0.5, 9)
    expect(rudolphOf(200e-6, 400e-6)).toBeLessThan(rudolphOf(200e-6, 200e-6))
  })

  test('channels of different sampling rates do not co-contract, and say so', () => {
    const channels = [1000, 2000].map((rate, index) =>
      channelOf(exercise(100e-6, index), { index, rate, label: `EMG${index}`, name: `EMG${index}` }),
    )
    const { pairs } = analyzeAll(recordingOf(...channels), planOf('clinical'), {
      assignments: assignments(...THIGH),
    })
    const missing = { value: null, reason: 'the channels have different sampling rates' }
    expect(pairs).toMatchObject([{ kind: 'co-contraction', falconerWinter: missing, rudolph: missing }])
  })

  test('one muscle, or muscles of two sides that do not belong together, make no pair', () => {
    const one = exercise(100e-6, 1)
    expect(pairsOf([one], [['soleus', 'left']])).toEqual([])
    expect(
      pairsOf(
        [one, one],
        [
          ['rectus femoris', 'left'],
          ['biceps femoris', 'right'],
        ],
      ),
    ).toEqual([])
  })
})
