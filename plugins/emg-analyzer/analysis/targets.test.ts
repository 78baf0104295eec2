import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import * as v from 'valibot'
import { type Aim, DEFAULT_TARGETS, layTargets, type Targets, TargetsSchema, targetOf } from './targets.ts'

const channel: Aim = {
  index: 2,
  label: 'R VL',
  name: 'R VL (2)',
  muscle: 'vastus lateralis',
  side: 'right',
  anatomyBasis: 'label',
}
const of = (targets: Targets, aim = channel) => targetOf(aim, targets)
const among = (...channels: Targets['channels']): Targets => ({ ...DEFAULT_TARGETS, channels })

describe('targetOf', () => {
  test('without entries, the targets are those of all', () => {
    expect(of(DEFAULT_TARGETS)).toEqual({ mvc: null, mvcPercent: 75, durationMs: 2000, contractions: 12 })
  })

  test.each([
    [{ channel: 'r vl' }],
    [{ channel: 'R VL (2) ' }],
    [{ channel: '#2' }],
    [{ muscle: 'vastus lateralis' }],
    [{ side: 'right' }],
    [{ channel: '#2', muscle: 'vastus lateralis', side: 'right' }],
  ] as const)('%j means the channel', (aimed) => {
    expect(of(among({ ...aimed, mvcPercent: 50 })).mvcPercent).toBe(50)
  })

  test.each([
    [{ channel: 'VL' }],
    [{ channel: '#3' }],
    [{ muscle: 'vastus medialis' }],
    [{ side: 'left' }],
    [{ side: 'none' }],
    [{ channel: '#2', side: 'left' }],
    [{ channel: '#3', muscle: 'vastus lateralis' }],
  ] as const)('%j does not mean it', (aimed) => {
    expect(of(among({ ...aimed, mvcPercent: 50 })).mvcPercent).toBe(75)
  })

  test('a side that is not known is one that is not told apart', () => {
    const targets = among({ muscle: 'vastus lateralis', side: 'none', mvcPercent: 50 })
    expect(of(targets, { ...channel, side: null }).mvcPercent).toBe(50)
    expect(of(targets, { ...channel, side: 'none' }).mvcPercent).toBe(50)
  })

  test('a muscle that is not known is meant by no muscle', () => {
    const unknown = { ...channel, muscle: null, side: null }
    expect(of(among({ muscle: 'vastus lateralis', mvcPercent: 50 }), unknown).mvcPercent).toBe(75)
  })

  test('what a later entry states counts, and leaves what it does not state', () => {
    const targets = among(
      { side: 'right', mvcPercent: 50, durationMs: null, mvc: 1e-4 },
      { channel: '#2', mvcPercent: 60, contractions: null },
    )
    expect(of(targets)).toEqual({ mvc: 1e-4, mvcPercent: 60, durationMs: null, contractions: null })
  })
})

const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const amounts = fc.record({
  mvcPercent: some(fc.integer({ min: 1, max: 200 })),
  durationMs: some(fc.option(fc.integer({ min: 0, max: 9000 }))),
  contractions: some(fc.option(fc.integer({ min: 1, max: 30 }))),
})
const entry = fc.tuple(amounts, fc.constantFrom('left', 'right', undefined)).map(([stated, side]) => ({
  ...stated,
  muscle: 'vastus lateralis',
  ...(side && { side }),
}))
const KEYS = ['mvcPercent', 'durationMs', 'contractions'] as const

describe('layTargets', () => {
  const general = { mvcPercent: 75, durationMs: 2000, contractions: 12 }
  const patient = [{ muscle: 'vastus lateralis', side: 'right' as const, mvcPercent: 60, durationMs: 1000 }]

  test('the patient stands over all, the request over both', () => {
    const lay = (asked?: Partial<Targets>) => of(layTargets(general, patient, asked))
    expect(lay()).toEqual({ mvc: null, mvcPercent: 60, durationMs: 1000, contractions: 12 })
    expect(lay({ mvcPercent: 40 })).toMatchObject({ mvcPercent: 40, durationMs: 1000 })
    expect(lay({ durationMs: null })).toMatchObject({ mvcPercent: 60, durationMs: null })
    expect(lay({ channels: [{ side: 'right', mvcPercent: 30 }] })).toMatchObject({
      mvcPercent: 30,
      durationMs: 1000,
    })
    expect(lay({ mvcPercent: 40, channels: [{ side: 'right', mvcPercent: 30 }] })).toMatchObject({
      mvcPercent: 30,
    })
  })

  test('each amount is that of the last who states it: all, patient, request for all, request for the channel', () => {
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 3 }),
        amounts,
        fc.array(entry, { maxLength: 3 }),
        (own, forAll, asked) => {
          const laid = of(
            layTargets(general, own as Targets['channels'], { ...forAll, channels: asked } as Targets),
          )
          const mine = (entries: typeof asked) => entries.filter(({ side }) => side !== 'left')
          for (const key of KEYS) {
            const stated = [general, ...mine(own), forAll, ...mine(asked)].map((each) => each[key])
            expect(laid[key]).toBe(stated.findLast((each) => each !== undefined) as never)
          }
        },
      ),
    )
  })

  test('what is laid is a value of the schema', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 3 }), (own) => {
        const laid = JSON.parse(JSON.stringify(layTargets(general, own as Targets['channels'], {})))
        expect(v.is(TargetsSchema, laid)).toBe(true)
      }),
    )
  })
})

describe('TargetsSchema', () => {
  test.each([
    ['no share at all', { mvcPercent: 0 }],
    ['a share that nobody means', { mvcPercent: 201 }],
    ['a length before the start', { durationMs: -1 }],
    ['half a contraction', { contractions: 0.5 }],
    ['an entry for nobody', { channels: [{ mvcPercent: 50 }] }],
    ['an MVC of nothing', { channels: [{ channel: '#0', mvc: 0 }] }],
    ['another word', { percent: 50 }],
  ])('refuses %s', (_, changes) => {
    expect(v.is(TargetsSchema, { ...DEFAULT_TARGETS, ...changes })).toBe(false)
  })
})
