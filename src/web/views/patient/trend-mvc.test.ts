import { expect, test } from 'bun:test'
import { mvcDifferences } from './trend-mvc.ts'
import type { TrendMuscle, TrendPoint } from './trend-series.ts'

type Source = TrendMuscle['amplitude']['mvcSource']

const session = (...muscles: [TrendMuscle['side'], number | null, Source, number?][]) =>
  ({
    muscles: muscles.map(([side, mvc, mvcSource, value]) => ({
      muscle: 'quadriceps',
      side,
      amplitude: { value: mvc === null ? null : (value ?? 60), mvc, mvcSource },
    })),
  }) as unknown as TrendPoint
const sides = (keys: readonly { readonly side: string }[]) => keys.map(({ side }) => side)

test('sessions that hold a muscle against one MVC compare', () => {
  const points = [session(['left', 2e-4, 'manual']), session(), session(['left', 2e-4, 'manual', 70])]
  expect(mvcDifferences(points)).toEqual({ changed: [], isCalculated: false })
  expect(mvcDifferences([])).toEqual({ changed: [], isCalculated: false })
})

test('a muscle whose MVC was entered anew does not compare, the other does', () => {
  const found = mvcDifferences([
    session(['left', 2e-4, 'manual'], ['right', 3e-4, 'manual']),
    session(['left', 2.4e-4, 'manual'], ['right', 3e-4, 'manual']),
  ])
  expect([sides(found.changed), found.isCalculated]).toEqual([['left'], false])
})

test('an MVC out of each recording is said to be one', () => {
  const found = mvcDifferences([
    session(['left', 2e-4, 'calculated'], ['right', 3e-4, 'manual']),
    session(['left', 2.1e-4, 'calculated'], ['right', 3.3e-4, 'manual']),
  ])
  expect([sides(found.changed), found.isCalculated]).toEqual([['left', 'right'], true])
})

test('a session without an MVC says nothing of the others', () => {
  expect(mvcDifferences([session(['left', null, null]), session(['left', 2e-4, 'manual'])]).changed).toEqual(
    [],
  )
})
