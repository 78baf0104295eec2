/** What the time of a refused login tells: nothing. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { createWorld, type Node, type World } from './world.ts'

setDefaultTimeout(60_000)

describe('a login', () => {
  let world: World
  let node: Node
  beforeAll(async () => {
    world = await createWorld()
    node = await world.node()
    await world.user('root', 'admin')
  })
  afterAll(() => world.close())

  test('takes as long for an unknown name as for a wrong password', async () => {
    const times: Record<string, number[]> = { root: [], stranger: [] }
    for (let round = 0; round < 6; round++) {
      await world.database.sql`delete from myoserve.login_throttle`
      for (const name of Object.keys(times)) {
        const start = performance.now()
        await node.ask('POST', '/api/login', { body: { name, password: 'wrong horse battery' } })
        times[name]?.push(performance.now() - start)
      }
    }
    // The fastest of each: what else runs on the machine only adds.
    const ratio = Math.min(...(times.stranger as number[])) / Math.min(...(times.root as number[]))
    expect(ratio).toBeGreaterThan(0.6)
    expect(ratio).toBeLessThan(1.7)
  })
})
