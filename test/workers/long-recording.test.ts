/** What the analysis of a long recording takes: ten minutes of eight channels at 2000 Hz, in a worker of 400 MiB. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { synthesiseEmg } from '../../plugins/c3d-reader/samples/index.ts'
import type { RecordingAnalysis } from '../../plugins/emg-analyzer/index.ts'
import { writeC3d } from '../../src/c3d/index.ts'
import { startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import { TARGETS } from '../support/targets.ts'

setDefaultTimeout(60_000)

const RATE = 2000
const SECONDS = 600
/** Two muscles of four work against each other on either side, so that their envelopes are kept. */
const LABELS = ['R VL', 'L VL', 'R RF', 'L RF', 'R VM', 'L VM', 'R BF', 'L BF']

/** Twelve seconds with two contractions, again and again. */
function longRecording(): Uint8Array<ArrayBuffer> {
  const analogs = LABELS.map((label, seed) => {
    const bursts = [1000, 7000].map((startMs) => ({ startMs, endMs: startMs + 2500, rms: 120e-6 }))
    const part = synthesiseEmg({
      seed: seed + 1,
      rate: RATE,
      durationS: 12,
      baselineRms: 3e-6,
      bursts,
    }).samples
    const samples = new Float64Array(RATE * SECONDS)
    for (let at = 0; at < samples.length; at += part.length) samples.set(part, at)
    return { label, unit: 'V', samples }
  })
  const format = { processor: 'intel', storage: 'float', pointRate: 100, samplesPerFrame: 20 } as const
  return writeC3d({ ...format, points: [], analogs })
}

const bytes = longRecording()

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  let server: TestServer
  let recording: string

  beforeAll(async () => {
    folder = await temporaryFolder()
    server = await startTestServer(target, {
      data: folder.path,
      // One worker does both analyses: what the first has left behind counts too.
      env: { WORKER_MEMORY: '400MiB', WORKERS: '1' },
    })
    const headers = { 'content-type': 'application/octet-stream' }
    const response = await fetch(`${server.url}/api/recordings`, { method: 'POST', headers, body: bytes })
    expect(response.status).toBe(201)
    recording = ((await response.json()) as { id: string }).id
  })
  afterAll(async () => {
    await server.kill()
    await folder[Symbol.asyncDispose]()
  })

  // All signals of all channels at once are 400 MiB, and twice that with garbage.
  test.each(['clinical', 'ghostly'])('has room for the %s preset', async (preset) => {
    const response = await fetch(`${server.url}/api/recordings/${recording}/analysis`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ preset }),
    })
    const { channels, pairs } = (await response.json()) as RecordingAnalysis
    expect(response.status).toBe(200)
    expect(channels.map(({ samples, contractions }) => [samples, contractions.length >= 100])).toEqual(
      LABELS.map(() => [RATE * SECONDS, true]),
    )
    expect(pairs.filter(({ kind }) => kind === 'co-contraction')).toHaveLength(4)
  })
})

for (const { name, missing } of TARGETS) {
  if (missing) test.skip(`${name}: ${missing}`, () => undefined)
}
