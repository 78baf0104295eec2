import { describe, expect, test } from 'bun:test'
import { totalsOf } from './count.ts'
import { channelWith, contractionAt } from './fixtures.ts'
import { rowsOf, SORTS, sorted, turned } from './rows.ts'

describe('rows', () => {
  const rows = rowsOf([
    channelWith(0, [
      contractionAt(1000, { mvcPercent: 90 }),
      contractionAt(5000, { mvcPercent: null, meetsMvc: null }),
    ]),
    channelWith(1, [contractionAt(3000, { mvcPercent: 20, meetsMvc: false, isGood: false })]),
  ])

  test('number contractions within their channel', () => {
    expect(rows.map(({ channel, number }) => [channel.index, number])).toEqual([
      [0, 1],
      [0, 2],
      [1, 1],
    ])
  })

  test('put what has no value last, whichever way they are turned', () => {
    const percents = (isDescending: boolean) =>
      sorted(rows, { by: 'percent', isDescending }).map(({ contraction }) => contraction.mvcPercent)
    expect(percents(false)).toEqual([20, 90, null])
    expect(percents(true)).toEqual([90, 20, null])
  })

  test('of one value stand as time goes, and none is lost by any order', () => {
    for (const by of SORTS)
      for (const isDescending of [false, true])
        expect(
          sorted(rows, { by, isDescending }).toSorted((a, b) => rows.indexOf(a) - rows.indexOf(b)),
        ).toEqual(rows)
    expect(
      sorted(rows, { by: 'source', isDescending: true }).map(({ contraction }) => contraction.startMs),
    ).toEqual([1000, 3000, 5000])
  })

  test('turn round when the same heading is pressed again', () => {
    const once = turned({ by: 'start', isDescending: false }, 'percent')
    expect(once).toEqual({ by: 'percent', isDescending: false })
    expect(turned(once, 'percent')).toEqual({ by: 'percent', isDescending: true })
  })
})

describe('totals', () => {
  test('count what reached its targets beside what is asked for', () => {
    const channel = channelWith(0, [
      contractionAt(0),
      contractionAt(2000, { meetsMvc: false, isGood: false }),
      contractionAt(4000, { meetsMvc: null, meetsDuration: null, isGood: null }),
    ])
    expect(totalsOf(channel)).toEqual({
      all: 3,
      reached: 1,
      strong: 1,
      long: 2,
      unheld: 1,
      unjudged: 1,
      asked: 12,
    })
  })

  test('are not known where nothing could be judged, and no 0', () => {
    const none = { all: 0, reached: null, strong: null, long: null, unheld: 0, unjudged: 0, asked: 12 }
    expect(totalsOf(channelWith(0, []))).toEqual(none)
  })

  test('are no 0 either where no contraction could be looked for', () => {
    const blind = { ...channelWith(0, []), thresholds: null }
    expect(totalsOf(blind).all).toBeNull()
    expect(totalsOf({ ...blind, contractions: [contractionAt(0)] }).all).toBe(1)
  })
})
