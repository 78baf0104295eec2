import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { createBreaker } from './breaker.ts'

function setUp(random = () => 0.999) {
  let time = 0
  const breaker = createBreaker({ now: () => time, random })
  return {
    breaker,
    pass: (ms: number) => {
      time += ms
    },
    fail: (times: number) => {
      for (let i = 0; i < times; i++) breaker.enter()?.failed()
    },
  }
}

describe('createBreaker', () => {
  test('opens at the third failure in a row', () => {
    const { breaker, fail } = setUp()
    fail(2)
    breaker.enter()?.succeeded()
    fail(2)
    expect(breaker.state()).toBe('closed')
    fail(1)
    expect(breaker.state()).toBe('open')
    expect(breaker.isOpenToCalls()).toBe(false)
    expect(breaker.enter()).toBeNull()
  })

  test('lets one probe through after at most a second, and closes when it succeeds', () => {
    const { breaker, pass, fail } = setUp()
    fail(3)
    pass(1000)
    expect(breaker.state()).toBe('half-open')
    const probe = breaker.enter()
    expect(probe).not.toBeNull()
    expect(breaker.enter()).toBeNull()
    expect(breaker.isOpenToCalls()).toBe(false)
    probe?.succeeded()
    expect(breaker.state()).toBe('closed')
    fail(2)
    expect(breaker.state()).toBe('closed')
  })

  test('waits longer after each failed probe, but never more than 3 s', () => {
    const { breaker, pass, fail } = setUp(() => 0.999_999)
    fail(3)
    const waits: number[] = []
    for (let probe = 0; probe < 6; probe++) {
      let waited = 0
      while (breaker.state() === 'open') {
        pass(10)
        waited += 10
      }
      waits.push(waited)
      fail(1)
    }
    expect(waits).toEqual([1000, 2000, 3000, 3000, 3000, 3000])
  })

  test('spreads its probes: between half the wait and the whole', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), (random) => {
        const { breaker, pass, fail } = setUp(() => random)
        fail(3)
        pass(499)
        expect(breaker.state()).toBe('open')
        pass(501)
        expect(breaker.state()).toBe('half-open')
      }),
    )
  })

  test('does not heed calls that were let through before it opened', () => {
    const { breaker, pass, fail } = setUp()
    const early = breaker.enter()
    const other = breaker.enter()
    fail(3)
    early?.succeeded()
    expect(breaker.state()).toBe('open')
    pass(1000)
    const probe = breaker.enter()
    other?.failed()
    expect(breaker.state()).toBe('half-open')
    probe?.succeeded()
    expect(breaker.state()).toBe('closed')
  })

  test('offers the probe again when it was withdrawn', () => {
    const { breaker, pass, fail } = setUp()
    fail(3)
    pass(1000)
    breaker.enter()?.withdrawn()
    expect(breaker.isOpenToCalls()).toBe(true)
  })

  test('probes at once when told that the server may be back', () => {
    const { breaker, fail } = setUp()
    fail(3)
    breaker.retryNow()
    expect(breaker.state()).toBe('half-open')
    breaker.enter()?.succeeded()
    expect(breaker.state()).toBe('closed')
  })

  test('whatever happens, lets calls through again within 3 s, and never two probes at once', () => {
    const step = fc.constantFrom('enter', 'succeed', 'fail', 'withdraw', 'retry', 'pass')
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const { breaker, pass } = setUp()
        const held: Array<NonNullable<ReturnType<typeof breaker.enter>>> = []
        for (const action of steps) {
          const before = breaker.state()
          if (action === 'enter') {
            const permit = breaker.enter()
            if (permit) held.push(permit)
            if (before === 'half-open') expect(breaker.isOpenToCalls()).toBe(false)
          } else if (action === 'retry') breaker.retryNow()
          else if (action === 'pass') pass(100)
          else {
            const permit = held.pop()
            if (action === 'succeed') permit?.succeeded()
            if (action === 'fail') permit?.failed()
            if (action === 'withdraw') permit?.withdrawn()
          }
        }
        for (const permit of held) permit.withdrawn()
        pass(3000)
        expect(breaker.isOpenToCalls()).toBe(true)
      }),
    )
  })
})
