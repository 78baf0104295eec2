/**
 * kill -9 of the server, of its PostgreSQL, and of both, 20 times in a row: every acknowledged upload stays.
 * More rounds: KILL_ROUNDS=200 bun test test/server/kill.test.ts
 */
import { describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { findPostmaster, isAlive, waitForEnd } from '../../src/database/embedded/postmaster.ts'
import { writeC3d } from '../../src/sdk.ts'
import { until } from '../support/redis.ts'
import { startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import { TARGETS } from '../support/targets.ts'

const ROUNDS = Number(process.env.KILL_ROUNDS ?? 20)
const VICTIMS = ['parent', 'child', 'both'] as const

const recording = (n: number): Uint8Array =>
  writeC3d({
    processor: 'intel',
    storage: 'float',
    pointRate: 50,
    samplesPerFrame: 20,
    points: [],
    analogs: [
      { label: 'EMG', unit: 'V', samples: Float64Array.from({ length: 1000 }, (_, i) => Math.sin(i + n)) },
    ],
  })
const sha256 = (bytes: Uint8Array): string => new Bun.CryptoHasher('sha256').update(bytes).digest('hex')

/** Uploads until it is told to stop; answers what was acknowledged. */
async function uploadFrom(
  server: TestServer,
  first: number,
  acknowledged: Map<string, string>,
  stop: AbortSignal,
): Promise<number> {
  let n = first
  for (; !stop.aborted; n++) {
    const bytes = recording(n)
    try {
      const answer = await fetch(`${server.url}/api/recordings`, { method: 'POST', body: bytes })
      if (answer.status !== 201) return n
      const { id } = (await answer.json()) as { id: string }
      acknowledged.set(id, sha256(bytes))
    } catch {
      return n
    }
  }
  return n
}

async function expectAll(server: TestServer, acknowledged: ReadonlyMap<string, string>): Promise<void> {
  for (const [id, hash] of acknowledged) {
    const file = await fetch(`${server.url}/api/recordings/${id}/file`)
    expect([id, file.status]).toEqual([id, 200])
    expect(sha256(await file.bytes())).toBe(hash)
  }
}

/** Waits until the server says that it can work again. */
async function ready(server: TestServer): Promise<void> {
  for (let i = 0; i < 400; i++) {
    const answer = await fetch(`${server.url}/readyz`)
    if (answer.status === 200) return
    expect(answer.status).toBe(503)
    await Bun.sleep(50)
  }
  throw new Error(`not ready again: ${server.log()}`)
}

describe.each(TARGETS.filter(({ name, missing }) => name === 'compiled' && missing === undefined))(
  '$name',
  (target) => {
    test(
      `${ROUNDS} times kill -9 while uploads come in`,
      async () => {
        await using folder = await temporaryFolder()
        const cluster = join(folder.path, 'postgres/cluster')
        const acknowledged = new Map<string, string>()
        let server = await startTestServer(target, { data: folder.path })
        let next = 0
        for (let round = 0; round < ROUNDS; round++) {
          const victim = VICTIMS[round % VICTIMS.length]
          const stop = new AbortController()
          const uploads = uploadFrom(server, next, acknowledged, stop.signal)
          const atFirst = acknowledged.size
          await Bun.sleep(300 + 37 * (round % 5))
          // On a machine that is busy an upload takes longer than that.
          await until(() => acknowledged.size > atFirst, 20_000, 'an upload')
          const before = findPostmaster(cluster)
          if (victim !== 'child') await server.kill('SIGKILL')
          if (victim !== 'parent' && before) {
            process.kill(before.pid, 'SIGKILL')
            await waitForEnd(before.pid, 5000)
          }
          // An upload may outlive the database, which is there again before it is asked.
          stop.abort()
          next = (await uploads) + 1
          if (victim === 'child') await ready(server)
          else server = await startTestServer(target, { data: folder.path })
          if (victim === 'parent') expect(findPostmaster(cluster)?.pid).toBe(before?.pid as number)
          await expectAll(server, acknowledged)
        }
        expect(acknowledged.size).toBeGreaterThanOrEqual(ROUNDS)
        expect(await server.kill('SIGTERM')).toBe(0)
        const left = findPostmaster(cluster)
        expect(left && isAlive(left.pid)).toBeUndefined()
      },
      ROUNDS * 20_000,
    )
  },
)
