import { describe, expect, test } from 'bun:test'
import { filtersOf, isChanging, isFiltered, isReversed, queryOf, searchOf } from './filters.ts'

const of = (address: string) => filtersOf(new URLSearchParams(address))

describe('filters of an address', () => {
  test('that says nothing are any, newest first', () => {
    expect(of('')).toEqual({ status: '', patient: '', from: '', until: '', sort: '-startedAt' })
    expect(isFiltered(of('sort=startedAt'))).toBe(false)
    expect(queryOf(of(''))).toEqual({ sort: '-startedAt', limit: '50' })
  })

  test('that cannot be are any: no request is made that the server refuses', () => {
    expect(of('status=done&patient=P1&from=2026-02-31&until=yesterday&sort=rpe')).toEqual(of(''))
  })

  test('stand in the address as they were', () => {
    const filters = of('status=failed&patient=p007&from=2026-01-30&until=2026-02-01&sort=startedAt')
    const written = new URLSearchParams(
      Object.entries(searchOf(filters)).filter((pair): pair is [string, string] => pair[1] !== null),
    )
    expect(filtersOf(written)).toEqual(filters)
    expect(written.get('patient')).toBe('P007')
    expect(isFiltered(filters)).toBe(true)
  })
})

test('the last day is included, whole, by the clock here', () => {
  const { from, until } = queryOf(of('from=2026-03-29&until=2026-03-29'))
  expect(new Date(from as string)).toEqual(new Date(2026, 2, 29))
  expect(new Date(until as string)).toEqual(new Date(2026, 2, 30))
})

test('a last day before the first is said, a single day is not', () => {
  expect(isReversed(of('from=2026-03-02&until=2026-03-01'))).toBe(true)
  expect(isReversed(of('from=2026-03-02&until=2026-03-02'))).toBe(false)
  expect(isReversed(of('from=2026-03-02'))).toBe(false)
})

test('what is under way is looked at again, and what waits for nothing is not', () => {
  expect(isChanging({ status: 'processing', recordingId: 'r' })).toBe(true)
  expect(isChanging({ status: 'pending', recordingId: 'r' })).toBe(true)
  expect(isChanging({ status: 'pending', recordingId: null })).toBe(false)
  expect(isChanging({ status: 'failed', recordingId: 'r' })).toBe(false)
})
