import { describe, expect, test } from 'bun:test'
import { createTrust, momentOf } from './trust.ts'

function setUp() {
  const time = { monotonic: 1000, wall: 5_000_000 }
  const clocks = { monotonic: () => time.monotonic, wall: () => time.wall }
  const pass = (ms: number): void => {
    time.monotonic += ms
    time.wall += ms
  }
  const trust = createTrust(clocks, 1200)
  const changes: boolean[] = []
  trust.onChange((trusted) => changes.push(trusted))
  return { time, clocks, pass, trust, changes }
}

describe('trust', () => {
  test('is not there before the first canary', () => {
    expect(setUp().trust.isTrusted()).toBe(false)
  })

  test('lasts from the sending of the canary, not from its return', () => {
    const { clocks, pass, trust } = setUp()
    const sent = momentOf(clocks)
    pass(1000)
    trust.heardAllUntil(sent)
    pass(199)
    expect(trust.isTrusted()).toBe(true)
    pass(1)
    expect(trust.isTrusted()).toBe(false)
  })

  test('is not given by a canary that comes back too late', () => {
    const { clocks, pass, trust, changes } = setUp()
    const sent = momentOf(clocks)
    pass(1200)
    trust.heardAllUntil(sent)
    expect(trust.isTrusted()).toBe(false)
    expect(changes).toEqual([])
  })

  test('ends when the machine has slept, though the monotonic clock stood still', () => {
    const { time, clocks, trust } = setUp()
    trust.heardAllUntil(momentOf(clocks))
    time.wall += 60_000
    expect(trust.isTrusted()).toBe(false)
  })

  test('does not last longer when the clock is set back', () => {
    const { time, clocks, trust } = setUp()
    trust.heardAllUntil(momentOf(clocks))
    time.wall -= 60_000
    time.monotonic += 1200
    expect(trust.isTrusted()).toBe(false)
  })

  test('tells of each change once, also of a lapse that nobody looked at', () => {
    const { clocks, pass, trust, changes } = setUp()
    trust.heardAllUntil(momentOf(clocks))
    pass(400)
    trust.heardAllUntil(momentOf(clocks))
    expect(changes).toEqual([true])
    pass(5000)
    trust.heardAllUntil(momentOf(clocks))
    expect(changes).toEqual([true, false, true])
    trust.lose()
    trust.lose()
    expect(changes).toEqual([true, false, true, false])
    expect(trust.isTrusted()).toBe(false)
  })

  test('tells by itself when it runs out', async () => {
    const trust = createTrust({ monotonic: () => performance.now(), wall: Date.now }, 30)
    const lost = Promise.withResolvers<void>()
    trust.onChange((trusted) => !trusted && lost.resolve())
    trust.heardAllUntil({ monotonic: performance.now(), wall: Date.now() })
    await lost.promise
    expect(trust.isTrusted()).toBe(false)
  })
})
