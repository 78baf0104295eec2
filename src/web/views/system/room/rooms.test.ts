import { describe, expect, test } from 'bun:test'
import { ROOMS, roomsFor } from './rooms.ts'

const seenBy = (...held: readonly string[]) => roomsFor((each) => held.includes(each)).map(({ word }) => word)

describe('rooms of the system', () => {
  test('are none to somebody without a permission', () => {
    expect(seenBy()).toEqual([])
  })

  test('are jobs and scoring to a therapist, who runs no server', () => {
    expect(seenBy('jobs:read', 'scoring:read', 'sessions:write')).toEqual(['jobs', 'scoring'])
  })

  test('begin with the overview for whoever may see the cache', () => {
    expect(seenBy('cache:read')).toEqual(['overview', 'cache', 'plugins'])
  })

  test('stand at different addresses', () => {
    expect(new Set(ROOMS.map(({ path }) => path)).size).toBe(ROOMS.length)
  })
})
