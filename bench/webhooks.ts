/**
 * How soon a webhook is acknowledged while 50 senders announce recordings, each its next one as soon as the last is
 * acknowledged, and while the server fetches and analyses what they have announced.
 *
 * `bun bench/webhooks.ts` prints a table, `--json` rows of `{name, p50, p95, max, perSecond, unit}` in ms. Every recording
 * is another one. Senders, storage, server, its workers and PostgreSQL share this machine. Afterwards a sample of what
 * was acknowledged is looked up: it has to be there.
 */
import { sampleRecordings } from '../plugins/c3d-reader/samples/index.ts'
import { signed } from '../plugins/webhooks/signature.ts'
import { startTestServer, temporaryFolder } from '../test/support/server.ts'
import { TARGETS } from '../test/support/targets.ts'

const SENDERS = 50
const MESSAGES = 40
const SECRET = 'the secret of this benchmark'

interface Row {
  readonly name: string
  readonly p50: number
  readonly p95: number
  readonly max: number
  readonly perSecond: number
  readonly unit: 'ms'
}

const sample = sampleRecordings()[0]?.bytes() ?? new Uint8Array()

/** A recording for every path, told apart by its last bytes. */
const storage = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  fetch({ url }) {
    const bytes = Uint8Array.from(sample)
    new DataView(bytes.buffer).setUint32(bytes.length - 4, Number(/(\d+)\.c3d/.exec(url)?.[1]), true)
    return new Response(bytes)
  },
})

const percentile = (sorted: readonly number[], p: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] as number

let announced = 0

/** Announces one. @returns its status route, and the ms until it was acknowledged */
async function announce(server: string): Promise<{ readonly ms: number; readonly statusUrl: string }> {
  const body = JSON.stringify({ url: `${storage.url}P001/${++announced}.c3d` })
  const headers = {
    'content-type': 'application/json',
    ...signed(SECRET, Math.floor(Date.now() / 1000), body),
  }
  const start = performance.now()
  const answer = await fetch(`${server}/api/webhooks/storage/c3d-upload`, { method: 'POST', body, headers })
  const { statusUrl } = (await answer.json()) as { statusUrl: string }
  if (answer.status !== 202) throw new Error(`a message was answered with ${answer.status}`)
  return { ms: performance.now() - start, statusUrl }
}

/** Analyses that have ended since the start of the server. */
async function analysed(server: string): Promise<number> {
  const text = await (await fetch(`${server}/metrics`)).text()
  return Number(
    /^myoserve_job_queue_completed_total\{plugin="session-analysis",job="analyse"\} (\d+)/m.exec(text)?.[1] ??
      0,
  )
}

async function measure(name: string, server: string, pauseMs: number): Promise<Row> {
  const before = await analysed(server)
  const start = performance.now()
  const all = await Promise.all(
    Array.from({ length: SENDERS }, async (_, sender) => {
      await Bun.sleep((sender / SENDERS) * pauseMs)
      const own = []
      for (let message = 0; message < MESSAGES; message++) {
        own.push(await announce(server))
        await Bun.sleep(pauseMs)
      }
      return own
    }),
  )
  const seconds = (performance.now() - start) / 1000
  const analyses = (await analysed(server)) - before
  if (analyses === 0) throw new Error('no analysis has ended meanwhile')
  const times = all
    .flat()
    .map(({ ms }) => ms)
    .sort((a, b) => a - b)
  for (const { statusUrl } of all.flat().filter((_, i) => i % 97 === 0)) {
    if ((await fetch(server + statusUrl)).status !== 200)
      throw new Error('one that was acknowledged is not there')
  }
  return {
    name: `${name}; ${analyses} analyses ended meanwhile`,
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    max: times.at(-1) as number,
    perSecond: times.length / seconds,
    unit: 'ms',
  }
}

const rows: Row[] = []
const compiled = TARGETS.find(({ name, missing }) => name === 'compiled' && missing === undefined)
for (const target of [TARGETS[0], compiled]) {
  if (!target) continue
  await using folder = await temporaryFolder()
  const env = {
    WEBHOOK_SECRET: SECRET,
    WEBHOOK_ORIGINS: storage.url.origin,
    // All senders are at one address here.
    RATE_LIMIT_WEBHOOKS: '0',
    LOG_LEVEL: 'error',
  }
  const server = await startTestServer(target, { data: folder.path, env })
  try {
    const patient = {
      method: 'POST',
      body: '{"code":"P001"}',
      headers: { 'content-type': 'application/json' },
    }
    await fetch(`${server.url}/api/patients`, patient)
    for (let i = 0; i < 20; i++) await announce(server.url)
    await Bun.sleep(1500)
    rows.push(await measure(`${target.name}: ${SENDERS} senders, one every second each`, server.url, 1000))
    rows.push(await measure(`${target.name}: ${SENDERS} senders without a pause`, server.url, 0))
  } finally {
    await server.kill('SIGKILL')
  }
}
await storage.stop(true)

if (process.argv.includes('--json')) console.log(JSON.stringify(rows, null, 2))
else {
  console.table(
    rows.map(({ name, p50, p95, max, perSecond }) => ({
      '': name,
      'p50 ms': p50.toFixed(1),
      'p95 ms': p95.toFixed(1),
      'max ms': max.toFixed(1),
      'a second': perSecond.toFixed(0),
    })),
  )
}
process.exit(0)
