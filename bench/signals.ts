/**
 * How long it takes to thin a long channel out for drawing and to serve it, beside numpy taking the extremes of the same
 * windows.
 *
 * `bun bench/signals.ts` prints a table, `--json` rows of `{name, ours, peer, ratio, unit}` with ours and peer in ms and
 * the ratio as peer over ours. The extremes of both sides are compared first. Served answers have no peer. Without
 * python3 and numpy our own times are printed, and that is said.
 */
import type { RecordingChannel } from '../plugins/c3d-reader/index.ts'
import { synthesiseEmg } from '../plugins/c3d-reader/samples/index.ts'
import { gridOf } from '../plugins/signal-views/decimation/grid.ts'
import { drawLevel, drawSamples, levelOf, type Picture } from '../plugins/signal-views/decimation/level.ts'
import { drawPicture, VIEWS } from '../plugins/signal-views/picture.ts'
import { writeC3d } from '../src/sdk.ts'
import { planOf } from '../test/support/analysis.ts'
import { startTestServer, temporaryFolder } from '../test/support/server.ts'
import { TARGETS } from '../test/support/targets.ts'
import { askPython } from './peers/python.ts'

const SAMPLES = 173_370
const RATE = 990
const POINTS = 2000
const ROUNDS = 101

interface Row {
  name: string
  ours: number
  peer: number | null
  ratio: number | null
  unit: 'ms'
}

const median = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[times.length >> 1] as number

/** Milliseconds of the middle run after warm-up. */
async function measure(run: (round: number) => unknown): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS + 10; round++) {
    const start = performance.now()
    await run(round)
    if (round >= 10) times.push(performance.now() - start)
  }
  return median(times)
}

function synthesise(samples: number, seed = 1): Float64Array {
  const seconds = samples / RATE
  const bursts = Array.from({ length: Math.floor((seconds - 2) / 4) }, (_, i) => ({
    startMs: 1000 + i * 4000,
    endMs: 3000 + i * 4000,
    rms: 150e-6,
  }))
  return synthesiseEmg({ seed, rate: RATE, durationS: seconds, baselineRms: 3e-6, bursts }).samples
}

/** The extremes of the windows, all whole ones at once and the last by itself, as numpy does it best. */
const NUMPY = `
import json, sys, time
import numpy as np
request = json.load(sys.stdin)
x = np.fromfile(request['path'], dtype='<f8')
length, rounds = request['length'], request['rounds']
def extremes():
    whole = len(x) // length * length
    rows = x[:whole].reshape(-1, length)
    low, high = rows.min(axis=1), rows.max(axis=1)
    if whole < len(x):
        low, high = np.append(low, x[whole:].min()), np.append(high, x[whole:].max())
    return low, high
times = []
for i in range(rounds + 10):
    start = time.perf_counter()
    low, high = extremes()
    if i >= 10: times.append((time.perf_counter() - start) * 1000)
json.dump({'version': np.__version__, 'ms': sorted(times)[len(times) // 2], 'min': low.tolist(), 'max': high.tolist()}, sys.stdout)
`

interface PeerAnswer {
  readonly version: string
  readonly ms: number
  readonly min: readonly number[]
  readonly max: readonly number[]
}

const rows: Row[] = []
const row = (name: string, ours: number, peer: number | null = null): void => {
  rows.push({ name, ours, peer, ratio: peer === null ? null : peer / ours, unit: 'ms' })
}

const x = synthesise(SAMPLES)
const picture: Picture = { x, mask: null, source: x }
const grid = gridOf({ start: 0, end: SAMPLES }, SAMPLES, POINTS)
const { block } = grid
if (block === null) throw new Error('the windows of a long channel are not whole blocks')

const peer = await askPython<PeerAnswer>(['-c', NUMPY], [x], { length: grid.length, rounds: ROUNDS })
const drawn = drawSamples(picture, grid)
if (peer && 'min' in drawn) {
  const same = (a: Float64Array, b: readonly number[]) =>
    a.length === b.length && a.every((each, i) => each === b[i])
  if (!same(drawn.min, peer.min) || !same(drawn.max, peer.max)) throw new Error('numpy has other extremes')
}
row(
  `extremes of ${SAMPLES} samples, ${grid.count} windows`,
  await measure(() => drawSamples(picture, grid)),
  peer?.ms,
)
row(
  'the same by a pyramid, made now',
  await measure(() => drawLevel(levelOf(picture, block), { ...grid, block })),
  peer?.ms,
)
const level = levelOf(picture, block)
row('the same from a pyramid at hand', await measure(() => drawLevel(level, { ...grid, block })), peer?.ms)

const bytes = writeC3d({
  processor: 'intel',
  storage: 'float',
  pointRate: 33,
  samplesPerFrame: 30,
  points: [],
  analogs: [1, 2, 3, 4].map((seed) => ({
    label: `EMG${seed}`,
    unit: 'V',
    samples: synthesise(SAMPLES, seed),
  })),
})

const compiled = TARGETS.find(({ name, missing }) => name === 'compiled' && missing === undefined)
for (const target of [TARGETS[0], compiled]) {
  if (!target) continue
  await using folder = await temporaryFolder()
  const server = await startTestServer(target, { data: folder.path })
  try {
    const upload = await fetch(`${server.url}/api/recordings`, { method: 'POST', body: bytes })
    const { id } = (await upload.json()) as { id: string }
    const ask = async (query: string, accept = 'application/json'): Promise<void> => {
      const url = `${server.url}/api/recordings/${id}/signals?channels=0&points=${POINTS}&${query}`
      const answer = await fetch(url, { headers: { accept } })
      if (answer.status !== 200) throw new Error(`${query}: ${answer.status}`)
      await answer.arrayBuffer()
    }
    for (const view of VIEWS.filter((each) => each !== 'activated')) {
      // Another rate is another picture: nothing of it is at hand.
      const cold = await measure((round) => ask(`view=${view}&rate=${1000 + round / 1000}`))
      row(`${target.name}: ${view} over HTTP, not cached`, cold)
      row(`${target.name}: ${view} over HTTP, cached`, await measure(() => ask(`view=${view}`)))
    }
    row(
      `${target.name}: envelope over HTTP as bytes, cached`,
      await measure(() => ask('view=envelope', 'application/vnd.myoserve.signals')),
    )
    row(
      `${target.name}: 2 s of envelope over HTTP, from the samples`,
      await measure(() => ask('view=envelope&from=50000&to=52000')),
    )
  } finally {
    await server.kill()
  }
}

/** The longest that nobody else got a turn while ten minutes of eight channels were drawn, and how long it all took. */
async function holdUp(): Promise<{ longest: number; all: number }> {
  const channels = Array.from({ length: 8 }, (_, index): RecordingChannel => {
    const samples = synthesise(600 * 2000, index + 1)
    const rest = {
      index,
      label: 'EMG',
      name: 'EMG',
      description: '',
      unit: 'V',
      rate: 2000,
      forcePlate: false,
    }
    return { ...rest, length: samples.length, samples: () => samples }
  })
  let longest = 0
  let drawing = true
  const others = (async () => {
    for (let last = performance.now(); drawing; ) {
      await new Promise((resolve) => setImmediate(resolve))
      const now = performance.now()
      longest = Math.max(longest, now - last)
      last = now
    }
  })()
  const start = performance.now()
  for (const channel of channels) {
    const made = await drawPicture('envelope', { channel, emg: true }, planOf('clinical'))
    if ('reason' in made) throw new Error(made.reason)
    levelOf(made, 256)
  }
  const all = performance.now() - start
  drawing = false
  await others
  return { longest, all }
}

const { longest, all } = await holdUp()
row('longest hold-up while envelopes of 10 min x 8 channels at 2000 Hz are drawn', longest)

if (process.argv.includes('--json')) console.log(JSON.stringify(rows))
else {
  console.table(
    rows.map(({ name, ours, peer: theirs, ratio }) => ({
      signals: name,
      'ours ms': ours.toFixed(3),
      'numpy ms': theirs?.toFixed(3) ?? '',
      'numpy / ours': ratio?.toFixed(1) ?? '',
    })),
  )
  console.log(`All eight envelopes of ten minutes took ${all.toFixed(0)} ms.`)
  if (peer) console.log(`The peer is numpy ${peer.version}.`)
}
if (!peer) console.error('SKIPPED: the peer, since there is no python3 with numpy.')
if (!compiled) console.error('SKIPPED: the compiled server, since dist/myoserve is not built.')
