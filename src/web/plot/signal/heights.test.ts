import { describe, expect, test } from 'bun:test'
import type { PlotChannel } from './contract.ts'
import { heightsOf, levelsOf, together } from './heights.ts'
import { axisUnit, drawnUnit } from './units.ts'
import { LOOKS, VERDICTS, verdictOf, verdictsOf } from './verdict.ts'

const channel: PlotChannel = {
  index: 0,
  label: 'R VL',
  side: 'right',
  unit: 'mV',
  durationS: 10,
  contractions: [],
  thresholds: { onset: 0.02, boundary: 0.01 },
  mvc: { value: 2e-4, threshold: 1.5e-4, targetPercent: 75 },
}

describe('levels', () => {
  test('are in µV, whatever the unit of the channel, the largest first', () => {
    expect(levelsOf(channel, 'envelope')).toEqual([
      { kind: 'mvc', value: 200 },
      { kind: 'target', value: expect.closeTo(150) as unknown as number },
      { kind: 'detection', value: 20 },
    ])
  })

  test('are drawn in the envelope alone, and no MVC in a channel that is no voltage', () => {
    for (const view of ['raw', 'filtered', 'activated'] as const) expect(levelsOf(channel, view)).toEqual([])
    expect(levelsOf({ ...channel, unit: 'N' }, 'envelope')).toEqual([{ kind: 'detection', value: 0.02 }])
  })

  test('of other signals than the envelope are none of its', () => {
    expect(levelsOf({ ...channel, mvc: null, thresholds: { zeta: 7 } }, 'envelope')).toEqual([])
  })
})

describe('heights', () => {
  test('show a level that is near, and are not pressed flat by one that is far', () => {
    const level = (value: number) => [{ kind: 'mvc' as const, value }]
    expect(heightsOf([0, 100], level(200), 'envelope')[1]).toBeGreaterThan(200)
    expect(heightsOf([0, 100], level(1000), 'envelope')[1]).toBeLessThan(120)
  })

  test('have some room around a signal, and are never nothing', () => {
    expect(heightsOf([-100, 100], [], 'raw')).toEqual([-110, 110])
    for (const view of ['raw', 'envelope'] as const)
      for (const extent of [null, [0, 0], [5, 5]] as const) {
        const [least, most] = heightsOf(extent, [], view)
        expect(most).toBeGreaterThan(least)
      }
  })

  test('of several are those of all', () => {
    expect(
      together([
        [-1, 5],
        [-3, 2],
      ]),
    ).toEqual([-3, 5])
  })
})

describe('units', () => {
  test('of voltage are drawn in µV, others as they are', () => {
    expect(drawnUnit('V')).toEqual({ name: 'µV', factor: 1e6, isVoltage: true })
    expect(drawnUnit('mV').factor).toBe(1000)
    expect(drawnUnit('uV').factor).toBe(1)
    expect(drawnUnit('\u03bcV').factor).toBe(1)
    expect(drawnUnit('N')).toEqual({ name: 'N', factor: 1, isVoltage: false })
    expect(drawnUnit(null)).toEqual({ name: '', factor: 1, isVoltage: false })
  })

  test('of an axis are mV from 10 mV on', () => {
    expect(axisUnit(drawnUnit('V'), 9999)).toEqual({ name: 'µV', factor: 1 })
    expect(axisUnit(drawnUnit('V'), 10_000)).toEqual({ name: 'mV', factor: 1e-3 })
    expect(axisUnit(drawnUnit('N'), 1e6)).toEqual({ name: 'N', factor: 1 })
  })
})

describe('verdicts', () => {
  const KNOWN = [true, false, null]

  test('tell what is reached from what is missed, and from what is not known', () => {
    const all = KNOWN.flatMap((meetsMvc) =>
      KNOWN.map((meetsDuration) => verdictOf({ meetsMvc, meetsDuration })),
    )
    expect(all).toEqual([
      'both',
      'tooShort',
      'strong',
      'tooWeak',
      'neither',
      'weak',
      'long',
      'short',
      'unknown',
    ])
    expect(new Set(all)).toEqual(new Set(VERDICTS))
  })

  test('are good where the analysis says so: both are reached, or the one that is known', () => {
    for (const meetsMvc of KNOWN)
      for (const meetsDuration of KNOWN) {
        const known = [meetsMvc, meetsDuration].filter((each) => each !== null)
        const isGood = known.length > 0 && known.every(Boolean)
        expect(LOOKS[verdictOf({ meetsMvc, meetsDuration })].tone === 'good').toBe(isGood)
      }
  })

  test('that differ in colour differ in shape or pattern too', () => {
    const looks = Object.values(LOOKS)
    for (const a of looks)
      for (const b of looks)
        if (a.tone !== b.tone) expect(`${a.pattern} ${a.glyph}`).not.toBe(`${b.pattern} ${b.glyph}`)
  })

  test('of a legend are those that occur', () => {
    const base = { startMs: 0, endMs: 1, source: 'detected' as const }
    expect(
      verdictsOf([
        { ...base, meetsMvc: null, meetsDuration: null },
        { ...base, meetsMvc: true, meetsDuration: true },
        { ...base, meetsMvc: true, meetsDuration: true },
      ]),
    ).toEqual(['both', 'unknown'])
  })
})
