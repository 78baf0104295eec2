/** Durable jobs and events on a real PostgreSQL, by one server and by several. */
import { afterAll, beforeAll, setDefaultTimeout } from 'bun:test'
import { startTestDatabases } from '../support/database.ts'
import { testAttempts } from './attempts.ts'
import { testEnqueue } from './enqueue.ts'
import { testEvents } from './events.ts'
import { testHost } from './host.ts'
import { testKills } from './kills.ts'
import { openNode, type TestNode } from './node.ts'

setDefaultTimeout(60_000)

const at = {} as { -readonly [K in keyof TestNode]: TestNode[K] }
beforeAll(async () => {
  at.databases = await startTestDatabases()
  at.url = await at.databases.create()
  at.node = await openNode(at.url)
})
afterAll(async () => {
  await at.node[Symbol.asyncDispose]()
  await at.databases.stop()
})

testEnqueue(at)
testAttempts(at)
testEvents(at)
testHost(at)
testKills(at)
