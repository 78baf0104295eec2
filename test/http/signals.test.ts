/** `/api/recordings/{id}/signals` of a running server, held against the samples that were uploaded. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { c3dFormat } from '../../plugins/c3d-reader/c3d-format.ts'
import type { RecordingChannel } from '../../plugins/c3d-reader/index.ts'
import { synthesiseEmg } from '../../plugins/c3d-reader/samples/index.ts'
import { channelEnvelope } from '../../plugins/emg-analyzer/analysis/index.ts'
import { writeC3d } from '../../src/sdk.ts'
import { planOf } from '../support/analysis.ts'
import { startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import { PROJECT, TARGETS } from '../support/targets.ts'

setDefaultTimeout(60_000)

const RATE = 990
const SAMPLES = 173_370

interface Channel {
  readonly index: number
  readonly name: string
  readonly emg: boolean
  readonly unit: string | null
  readonly unitBasis: string | null
  readonly rate: number
  readonly kind: 'samples' | 'windows'
  readonly start: number
  readonly end: number
  readonly windowSamples: number
  readonly startMs: number
  readonly windowMs: number
  readonly count: number
  readonly reason: string | null
  readonly gaps: ReadonlyArray<{ startMs: number; endMs: number; missing: number; reason: string }>
  readonly values: ReadonlyArray<number | null> | null
  readonly min: ReadonlyArray<number | null> | null
  readonly max: ReadonlyArray<number | null> | null
}
interface Answer {
  readonly preset: string
  readonly parameters: { readonly gaps: { readonly mask: boolean }; readonly notch: object | null }
  readonly channels: readonly Channel[]
}

/** Two EMG channels, the first with a dropout of 270 samples; its activated picture; a force. */
function recordingBytes(): Uint8Array {
  const emg = [1, 2].map(
    (seed) =>
      synthesiseEmg({
        seed,
        rate: RATE,
        durationS: SAMPLES / RATE,
        baselineRms: 3e-6,
        bursts: Array.from({ length: 40 }, (_, i) => ({
          startMs: 1000 + 4000 * i,
          endMs: 3000 + 4000 * i,
          rms: 2e-4,
        })),
      }).samples,
  )
  const [first = new Float64Array(), second = new Float64Array()] = emg
  first.fill(-0.0055, 50_000, 50_270)
  return writeC3d({
    processor: 'intel',
    storage: 'float',
    pointRate: 33,
    samplesPerFrame: 30,
    points: [],
    omit: ['ANALOG:UNITS'],
    analogs: [
      { label: 'CH1 Raw', samples: first },
      { label: 'CH1 activated', samples: first.map((_, i) => (i % 3000 < 900 ? 1e-4 : 0)) },
      { label: 'CH2 Raw', samples: second },
      { label: 'Force', samples: first.map((_, i) => (i % 5000 < 2500 ? 0 : i / 1000)) },
    ],
  })
}

const bytes = recordingBytes()
const { channels: written } = c3dFormat.read(bytes)
const plan = planOf('clinical')

const samplesOf = (index: number): Float64Array => (written[index] as RecordingChannel).samples()

/** Where the first channel has its dropout. */
const isMissing = (index: number, i: number): boolean => index === 0 && i >= 50_000 && i < 50_270

/** Every window, or sample, looked at one by one. */
function expectExact(channel: Channel, x: Float64Array): void {
  const expected = { min: [] as Array<number | null>, max: [] as Array<number | null> }
  for (let k = 0; k < channel.count; k++) {
    const from = channel.start + k * channel.windowSamples
    const to = Math.min(channel.end, from + channel.windowSamples)
    const kept = Array.from(x.subarray(from, to)).filter((_, i) => !isMissing(channel.index, from + i))
    expected.min.push(kept.length > 0 ? Math.min(...kept) : null)
    expected.max.push(kept.length > 0 ? Math.max(...kept) : null)
  }
  if (channel.kind === 'samples') expect(channel.values).toEqual(expected.min)
  else expect({ min: channel.min, max: channel.max }).toEqual(expected)
}

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  let server: TestServer
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  let id = ''
  beforeAll(async () => {
    folder = await temporaryFolder()
    server = await startTestServer(target, { data: folder.path })
    const answer = await fetch(`${server.url}/api/recordings?fileName=long.c3d`, {
      method: 'POST',
      body: bytes,
    })
    id = ((await answer.json()) as { id: string }).id
  })
  afterAll(async () => {
    expect(await server.kill()).toBe(0)
    expect(server.log()).not.toContain('"error"')
    await folder[Symbol.asyncDispose]()
  })

  const ask = (query: string, init?: RequestInit): Promise<Response> =>
    fetch(`${server.url}/api/recordings/${id}/signals?${query}`, init)
  const get = async (query: string): Promise<Answer> => {
    const answer = await ask(query)
    expect([query, answer.status]).toEqual([query, 200])
    return (await answer.json()) as Answer
  }
  const post = (body: object): Promise<Response> =>
    fetch(`${server.url}/api/recordings/${id}/signals`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })

  test('shows the EMG channels unless others are asked for, with the exact extremes of every window', async () => {
    const { channels } = await get('points=2000')
    expect(channels.map(({ name }) => name)).toEqual(['CH1 Raw', 'CH2 Raw'])
    for (const channel of channels) {
      expect(channel).toMatchObject({
        kind: 'windows',
        start: 0,
        end: SAMPLES,
        windowSamples: 176,
        count: 986,
        rate: RATE,
        unit: 'V',
        unitBasis: 'assumed',
        windowMs: (176 * 1000) / RATE,
      })
      expectExact(channel, samplesOf(channel.index))
    }
    expect(channels[0]?.gaps).toEqual([
      { startMs: 50_000_000 / RATE, endMs: 50_270_000 / RATE, missing: 270, reason: 'DROPOUT' },
    ])
    expect(channels[1]?.gaps).toEqual([])
  })

  test('is exact at every zoom, in every view', async () => {
    const envelope = channelEnvelope(written[0] as RecordingChannel, plan.parameters) as Float64Array
    for (const [from, to, points] of [
      [0, 175_121, 300],
      [50_000, 52_000, 500],
      [50_400, 50_900, 2000],
      [12_345.6, 98_765.4, 33],
      [49_000, 52_000, 100_000],
      [170_000, 999_999, 400],
    ]) {
      const range = `channels=0&from=${from}&to=${to}&points=${points}`
      const [raw] = (await get(range)).channels
      expectExact(raw as Channel, samplesOf(0))
      const [smooth] = (await get(`${range}&view=envelope`)).channels
      expectExact(smooth as Channel, envelope)
      expect(smooth).toMatchObject({ start: raw?.start, end: raw?.end, count: raw?.count, gaps: raw?.gaps })
    }
  })

  test('has null where a window is all dropout, and says why', async () => {
    const [channel] = (await get('channels=0&from=50505&to=50777&points=60')).channels
    expect(channel?.min?.every((each) => each === null)).toBe(true)
    expect(channel?.gaps[0]?.reason).toBe('DROPOUT')
    const [short] = (await get('channels=0&from=50500&to=50510&points=60')).channels
    expect(short).toMatchObject({ kind: 'samples', windowSamples: 1 })
    expect(short?.values?.map((each) => each === null)).toEqual(
      short?.values?.map((_, i) => isMissing(0, (short?.start as number) + i)) as boolean[],
    )
  })

  test('draws the device’s own picture where there is one, and says where there is none', async () => {
    const { channels } = await get('view=activated&points=900')
    expectExact(channels[0] as Channel, samplesOf(1).slice())
    expect(channels[1]).toMatchObject({
      name: 'CH2 Raw',
      reason: 'the recording has no activated picture of it',
      values: null,
      min: null,
      max: null,
    })
  })

  test('takes channels by index and by name, others than EMG too, in the order that they are asked for', async () => {
    const { channels } = await get(`channels=${encodeURIComponent('Force,0,CH1 Raw')}&points=64`)
    expect(channels.map(({ index, emg, unit }) => [index, emg, unit])).toEqual([
      [3, false, null],
      [0, true, 'V'],
    ])
    expectExact(channels[0] as Channel, samplesOf(3))
    expect(channels[0]?.gaps).toEqual([])
  })

  test('filters as the analysis is told to', async () => {
    const usual = await get('channels=0&view=filtered&points=500')
    const notched = await post({
      channels: [0],
      view: 'filtered',
      points: 500,
      parameters: { notch: { frequencyHz: 50, harmonics: 3, qualityFactor: 30 } },
    })
    const other = (await notched.json()) as Answer
    expect(usual.parameters.notch).toBeNull()
    expect(other.parameters.notch).toEqual({ frequencyHz: 50, harmonics: 3, qualityFactor: 30 })
    expect(other.channels[0]?.max).not.toEqual(usual.channels[0]?.max as never)
    const ghostly = await get('channels=0&preset=ghostly&points=500')
    expect(ghostly).toMatchObject({ preset: 'ghostly', parameters: { gaps: { mask: false } } })
    const [whole] = ghostly.channels as [Channel]
    expect(whole.gaps).toEqual([])
    expect(Math.min(...(whole.min as number[]))).toBeCloseTo(-0.0055, 9)
    const [rated] = (await get('channels=0&rate=1000&from=1000&to=1010&points=100')).channels
    expect(rated).toMatchObject({ rate: 1000, start: 1000, end: 1010, windowMs: 1 })
  })

  test('is made once, and then served from the cache, whatever part of it is asked for', async () => {
    const served = async (query: string) => (await ask(query)).headers.get('x-cache')
    expect(await served('channels=2&view=envelope&points=1234')).toStartWith('MISS')
    expect(await served('channels=2&view=envelope&points=1234')).toStartWith('HIT; tier=memory')
    expect(await served('channels=2&view=envelope&points=1000&from=10000&to=160000')).toStartWith('HIT')
    expect(await served('channels=2&view=filtered&points=1234')).toStartWith('MISS')
  })

  test('has a tag for what it shows, in each form', async () => {
    const first = await ask('points=100')
    const etag = first.headers.get('etag') as string
    expect(first.headers.get('vary')).toContain('Accept')
    const again = await ask('points=100', { headers: { 'if-none-match': etag } })
    expect([again.status, await again.text()]).toEqual([304, ''])
    for (const query of [
      'points=200',
      'points=100&view=envelope',
      'points=100&preset=ghostly',
      'points=100&channels=0',
    ]) {
      expect((await ask(query, { headers: { 'if-none-match': etag } })).status).toBe(200)
    }
    const binary = await ask('points=100', {
      headers: { 'if-none-match': etag, accept: 'application/vnd.myoserve.signals' },
    })
    expect(binary.status).toBe(200)
    expect(binary.headers.get('etag')).not.toBe(etag)
  })

  test('comes as bytes that docs/signals.md tells how to read', async () => {
    const page = readFileSync(join(PROJECT, 'docs/signals.md'), 'utf8')
    const [, code = ''] = /^```js\n([\s\S]*?)^```$/m.exec(page) ?? []
    // What the page shows is run as it is.
    const read = new Function('buffer', `${code}\nreturn readSignals(buffer)`) as (buffer: ArrayBuffer) => {
      readonly channels: ReadonlyArray<
        Channel & { readonly values: Float32Array; readonly min: Float32Array; readonly max: Float32Array }
      >
    }
    for (const query of ['points=2000&view=envelope', 'channels=0&from=50490&to=50800&points=2000']) {
      for (const accept of ['application/vnd.myoserve.signals', 'application/octet-stream']) {
        const answer = await ask(query, { headers: { accept } })
        expect(answer.headers.get('content-type')).toBe('application/vnd.myoserve.signals')
        const { channels } = read(await answer.arrayBuffer())
        const json = await get(query)
        expect(channels).toHaveLength(json.channels.length)
        for (const [i, { values, min, max, ...head }] of json.channels.entries()) {
          const own = channels[i]
          expect(own).toMatchObject(head)
          for (const [mine, theirs] of [
            [values, own?.values],
            [min, own?.min],
            [max, own?.max],
          ] as const) {
            const rounded = mine?.map((each) => (each === null ? Number.NaN : Math.fround(each)))
            expect(theirs && Array.from(theirs)).toEqual(rounded as number[])
          }
        }
      }
    }
  })

  test('refuses what cannot be, with a code', async () => {
    const codeOf = async (query: string): Promise<[number, string]> => {
      const answer = await ask(query)
      return [answer.status, ((await answer.json()) as { code: string }).code]
    }
    expect(await codeOf('channels=9')).toEqual([404, 'CHANNEL_NOT_FOUND'])
    expect(await codeOf('channels=CH9')).toEqual([404, 'CHANNEL_NOT_FOUND'])
    expect(await codeOf('from=10&to=10')).toEqual([400, 'BAD_RANGE'])
    expect(await codeOf('from=-1')).toEqual([400, 'INVALID_REQUEST'])
    expect(await codeOf('points=1')).toEqual([400, 'INVALID_REQUEST'])
    expect(await codeOf('points=100001')).toEqual([400, 'INVALID_REQUEST'])
    expect(await codeOf('points=9.5')).toEqual([400, 'INVALID_REQUEST'])
    expect(await codeOf('view=rms')).toEqual([400, 'INVALID_REQUEST'])
    expect(await codeOf('preset=none')).toEqual([400, 'BAD_PARAMETERS'])
    const bad = await post({ parameters: { bandPass: { lowHz: -1 } } })
    expect([bad.status, ((await bad.json()) as { code: string }).code]).toEqual([400, 'BAD_PARAMETERS'])
    const nowhere = await fetch(`${server.url}/api/recordings/0192f0c1-2d3e-7a4b-8c5d-6e7f8a9b0c1d/signals`)
    expect(nowhere.status).toBe(404)
  })

  test('of a range behind the end has nothing, and is no error', async () => {
    const [channel] = (await get('channels=0&from=9999999')).channels
    expect(channel).toMatchObject({ kind: 'samples', count: 0, values: [], reason: null })
  })

  test('answers two thousand points of the long channel in little time, first and again', async () => {
    const time = async (query: string): Promise<number> => {
      const start = performance.now()
      await (await ask(query)).arrayBuffer()
      return performance.now() - start
    }
    const fresh = (i: number) => `channels=0&points=2000&view=filtered&rate=${990 + i}`
    const cold: number[] = []
    const warm: number[] = []
    for (let i = 1; i <= 9; i++) {
      cold.push(await time(fresh(i)))
      warm.push(await time(fresh(i)))
    }
    const median = (list: number[]): number => list.toSorted((a, b) => a - b)[list.length >> 1] as number
    // Many times what an idle machine takes: this catches work that grew, not a machine that is busy.
    expect(median(cold)).toBeLessThan(100)
    expect(median(warm)).toBeLessThan(20)
  })
})
