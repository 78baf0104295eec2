/** How long a server takes to be ready, and to be gone. */
import { describe, expect, setDefaultTimeout, test } from 'bun:test'
import { startTestServer, temporaryFolder } from '../support/server.ts'
import { TARGETS } from '../support/targets.ts'

setDefaultTimeout(60_000)

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  test('is ready within 5 s the first time, and within 1 s after that', async () => {
    await using folder = await temporaryFolder()
    for (const limit of [5000, 1000]) {
      const begun = performance.now()
      const server = await startTestServer(target, { data: folder.path })
      expect(performance.now() - begun).toBeLessThan(limit)
      await server.kill()
    }
  })

  test('ends within 1 s when it has nothing to do, whenever it is told to', async () => {
    await using folder = await temporaryFolder()
    for (const after of [0, 130, 370, 610]) {
      const server = await startTestServer(target, { data: folder.path })
      await Bun.sleep(after)
      const told = performance.now()
      expect(await server.kill()).toBe(0)
      expect(performance.now() - told).toBeLessThan(1000)
    }
  })
})
