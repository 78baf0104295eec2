import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import * as v from 'valibot'
import { configured, evaluate } from './fixtures.ts'
import { type MuscleCounts, type ScoreInput, ScoreInputSchema } from './input.ts'
import { COMPONENTS } from './overall.ts'
import { DEFAULT_RULES, type ScoringRules, ScoringRulesSchema } from './rules.ts'
import { type Score, ScoreSchema, score } from './score.ts'

const upTo = (most: number) => fc.option(fc.integer({ min: 0, max: most }))
const muscle: fc.Arbitrary<MuscleCounts> = upTo(40).chain((total) =>
  fc.record({
    muscle: fc.constantFrom('quadriceps', 'hamstrings', 'gastrocnemius'),
    side: fc.constantFrom('left', 'right', 'none'),
    total: fc.constant(total),
    meetsMvc: total === null ? fc.constant(null) : upTo(total),
    meetsDuration: total === null ? fc.constant(null) : upTo(total),
    target: upTo(30),
  }),
)
const pressure = fc.option(fc.double({ min: 0, max: 100, noNaN: true }))
const input: fc.Arbitrary<ScoreInput> = fc.record({
  muscles: fc.array(muscle, { maxLength: 5 }),
  bfr: fc.record({ left: pressure, right: pressure }),
  rpe: upTo(10),
  game: fc.option(
    fc.record({ points: fc.integer({ min: 0, max: 2000 }), max: fc.integer({ min: 0, max: 1000 }) }),
  ),
})

const split = (names: readonly string[]) =>
  fc
    .array(fc.integer({ min: 0, max: 100 }), { minLength: names.length, maxLength: names.length })
    .filter((parts) => parts.some((part) => part > 0))
    .map((parts) => {
      const whole = parts.reduce((total, each) => total + each, 0)
      return Object.fromEntries(names.map((name, i) => [name, (parts[i] as number) / whole]))
    })
const rules = fc
  .record({
    weights: split(COMPONENTS),
    muscleWeights: split(['completion', 'intensity', 'duration']),
    minimumCoverage: fc.constantFrom(0, 0.5, 1),
  })
  .map((changes) => v.parse(ScoringRulesSchema, { ...DEFAULT_RULES, ...changes }))

const scored = (given: ScoreInput, by: ScoringRules = DEFAULT_RULES): Score => score(given, configured(by))
const figuresOf = ({ overall, components, gate, sides, muscles }: Score) => [
  overall,
  gate,
  ...Object.values(components),
  ...Object.values(sides),
  ...muscles.flatMap((each) => [each.completion, each.intensity, each.duration, each.score]),
]
const near = (a: number | null, b: number | null): boolean =>
  a === null || b === null ? a === b : Math.abs(a - b) < 1e-9

describe('of any input and any rules', () => {
  test('the generated input is what REST takes', () => {
    fc.assert(fc.property(input, (given) => expect(v.is(ScoreInputSchema, given)).toBe(true)))
  })

  test('every score lies in 0 to 100, every rate in 0 to 1, and every null has a reason', () => {
    fc.assert(
      fc.property(input, rules, (given, by) => {
        const result = scored(given, by)
        expect(v.safeParse(ScoreSchema, result).issues).toBeUndefined()
        for (const { value, reason } of figuresOf(result)) expect(value === null).toBe(reason !== null)
      }),
    )
  })

  test('the explanation gives the value to whoever computes it', () => {
    fc.assert(
      fc.property(input, rules, (given, by) => {
        for (const { value, explanation } of figuresOf(scored(given, by))) {
          if (value === null) expect(explanation.working).toBeNull()
          else expect(near(evaluate(explanation.formula, explanation.values, by), value)).toBe(true)
        }
      }),
    )
  })

  test('what is missing has no value, no weight and is not called measured', () => {
    fc.assert(
      fc.property(input, rules, (given, by) => {
        const { components, overall, completeness } = scored(given, by)
        for (const id of COMPONENTS) {
          if (components[id].value !== null) expect(completeness[id].state).not.toBe('missing')
          else {
            expect(completeness[id].state).toBe('missing')
            expect(overall.effectiveWeights[id]).toBe(0)
          }
        }
        if (given.rpe === null) expect(components.effort.value).toBeNull()
        if (given.muscles.length === 0) expect(components.compliance.value).toBeNull()
        if (given.bfr.left === null && given.bfr.right === null) {
          expect(completeness.bfr.state).toBe('missing')
        }
      }),
    )
  })

  test('an overall score of 100 takes 100 in every component that carries weight', () => {
    fc.assert(
      fc.property(input, rules, (given, by) => {
        const { components, overall } = scored(given, by)
        if (overall.value === null || overall.value < 100) return
        for (const id of COMPONENTS) {
          if (overall.effectiveWeights[id] > 0) expect(components[id].value).toBeCloseTo(100, 9)
        }
      }),
    )
  })

  test('the effective weights add up to 1 where there is an overall score', () => {
    fc.assert(
      fc.property(input, rules, (given, by) => {
        const { value, effectiveWeights } = scored(given, by).overall
        if (value === null) return
        const sum = Object.values(effectiveWeights).reduce((total, each) => total + each, 0)
        expect(Math.abs(sum - 1)).toBeLessThan(1e-12)
      }),
    )
  })

  test('the order of the muscles changes nothing, to the bit', () => {
    const shuffled = input.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray(given.muscles, { minLength: given.muscles.length })),
    )
    fc.assert(
      fc.property(shuffled, rules, ([given, muscles], by) => {
        const [before, after] = [scored(given, by), scored({ ...given, muscles }, by)]
        expect(after.overall.value).toBe(before.overall.value)
        for (const id of COMPONENTS) expect(after.components[id].value).toBe(before.components[id].value)
      }),
    )
  })

  test('left and right changed over give the same score', () => {
    const other = { left: 'right', right: 'left', none: 'none' } as const
    fc.assert(
      fc.property(input, (given) => {
        const muscles = given.muscles.map((each) => ({ ...each, side: other[each.side] }))
        const mirrored = { ...given, muscles, bfr: { left: given.bfr.right, right: given.bfr.left } }
        expect(scored(mirrored).overall.value).toBe(scored(given).overall.value)
      }),
    )
  })
})

describe('more is never less', () => {
  test('another contraction that is strong and long enough raises compliance or leaves it', () => {
    fc.assert(
      fc.property(fc.array(muscle, { minLength: 1, maxLength: 4 }), rules, (muscles, by) => {
        const [first, ...rest] = muscles as [MuscleCounts, ...MuscleCounts[]]
        const more = {
          ...first,
          total: (first.total ?? 0) + 1,
          meetsMvc: first.meetsMvc === null ? null : first.meetsMvc + 1,
          meetsDuration: first.meetsDuration === null ? null : first.meetsDuration + 1,
        }
        const of = (list: readonly MuscleCounts[]) =>
          scored({ muscles: [...list], bfr: { left: null, right: null }, rpe: null, game: null }, by)
        const [before, after] = [of([first, ...rest]), of([more, ...rest])]
        const [a, b] = [before.muscles[0]?.score.value, after.muscles[0]?.score.value]
        if (typeof a === 'number') expect(b as number).toBeGreaterThanOrEqual(a - 1e-9)
        const [c, d] = [before.components.compliance.value, after.components.compliance.value]
        if (c !== null && typeof a === 'number') expect(d as number).toBeGreaterThanOrEqual(c - 1e-9)
      }),
    )
  })

  test('a contraction that comes to meet a criterion raises its muscle or leaves it', () => {
    fc.assert(
      fc.property(muscle, rules, fc.constantFrom('meetsMvc', 'meetsDuration'), (counts, by, criterion) => {
        const count = counts[criterion]
        fc.pre(count !== null && count < (counts.total as number))
        const of = (each: MuscleCounts) =>
          scored({ muscles: [each], bfr: { left: null, right: null }, rpe: null, game: null }, by).muscles[0]
            ?.score.value ?? null
        const [before, after] = [of(counts), of({ ...counts, [criterion]: (count as number) + 1 })]
        if (before === null) return expect(after).toBeNull()
        expect(after as number).toBeGreaterThanOrEqual(before - 1e-9)
      }),
    )
  })

  test('a better effort raises the overall score or leaves it', () => {
    const ratings = fc.tuple(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 10 }))
    fc.assert(
      fc.property(input, rules, ratings, (given, by, [a, b]) => {
        const of = (rpe: number) => scored({ ...given, rpe }, by)
        const [one, two] = [of(a), of(b)]
        if (one.overall.value === null || two.overall.value === null) {
          return expect(one.overall.value).toBe(two.overall.value)
        }
        const better = Math.sign(
          (two.components.effort.value as number) - (one.components.effort.value as number),
        )
        expect(better * (two.overall.value - one.overall.value)).toBeGreaterThanOrEqual(-1e-9)
      }),
    )
  })

  test('a pressure that is kept scores no less than one that is not', () => {
    fc.assert(
      fc.property(input, rules, (given, by) => {
        const of = (pressureLeft: number) =>
          scored({ ...given, bfr: { left: pressureLeft, right: null } }, by).overall.value
        const [kept, failed] = [of(50), of(80)]
        if (kept === null) return expect(failed).toBeNull()
        expect(failed).toBe(0)
        expect(kept).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})
