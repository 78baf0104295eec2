/**
 * How fast C3D files are read, every channel scaled, beside a plain copy of the same bytes.
 *
 * `bun bench/c3d-read.ts` prints a table, `--json` rows of `{name, ours, peer, ratio, unit}` with ours and peer
 * in MB of file a second. The sum of all samples is checked against a second reader, which knows nothing of the
 * first and reads sample by sample through a DataView.
 */

import { existsSync, readdirSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type C3dProcessor, type C3dStorage, readC3d, writeC3d } from '../src/c3d/index.ts'

const REAL = join(import.meta.dir, '../../shared/data/c3d/ghostly')
const LARGE_BYTES = 300e6
/** Enough that the frames stay below 65535, where the header's own count ends. */
const LARGE_CHANNELS = 64
const ROUNDS = 15

interface Row {
  name: string
  ours: number
  peer: number
  ratio: number
  unit: 'MB/s'
}

/** What the large file's own process reports. */
interface LargeReport {
  seconds: number
  copySeconds: number
  peakRss: number
  sum: number
}

function synthesise(
  processor: C3dProcessor,
  storage: C3dStorage,
  channels: number,
  seconds: number,
): Uint8Array {
  const [pointRate, samplesPerFrame] = [33, 30]
  const frames = Math.round(pointRate * seconds)
  const samples = frames * samplesPerFrame
  return writeC3d({
    processor,
    storage,
    pointRate,
    samplesPerFrame,
    points: [{ label: 'P', unit: 'mm', xyz: new Float32Array(3 * frames).map((_, i) => i % 1000) }],
    analogs: Array.from({ length: channels }, (_, c) => ({
      label: `CH${c + 1}`,
      unit: 'V',
      samples: new Float32Array(samples).map((_, i) => Math.fround(Math.sin(i * 0.01 * (c + 1)) * 1e-3)),
    })),
  })
}

/** The sum of all scaled samples and their number, by the layout of the format and nothing else. */
function sumByDataView(bytes: Uint8Array): { sum: number; count: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const section = (bytes[0]! - 1) * 512
  const code = bytes[section + 3]!
  const little = code !== 86
  const u16 = (at: number) => view.getUint16(at, little)
  const i16 = (at: number) => view.getInt16(at, little)
  const f32 = (at: number) => {
    if (code !== 85) return view.getFloat32(at, little)
    const swapped = new DataView(new ArrayBuffer(4))
    swapped.setUint16(0, u16(at))
    swapped.setUint16(2, u16(at + 2))
    return swapped.getFloat32(0) / 4
  }
  const analog = new Map<string, number[]>()
  let analogId = 0
  const waiting: [number, string, number[]][] = []
  for (let at = section + 4; bytes[at] !== 0; ) {
    const name = new TextDecoder().decode(bytes.subarray(at + 2, at + 2 + Math.abs(view.getInt8(at))))
    const id = view.getInt8(at + 1)
    const offset = at + 2 + name.length
    if (id < 0 && name === 'ANALOG') analogId = -id
    if (id > 0) {
      const type = view.getInt8(offset + 2)
      const dims = Array.from(bytes.subarray(offset + 4, offset + 4 + bytes[offset + 3]!))
      const start = offset + 4 + dims.length
      const length = type > 1 ? dims.reduce((a, b) => a * b, 1) : 0
      waiting.push([
        id,
        name,
        Array.from({ length }, (_, i) => (type === 4 ? f32(start + 4 * i) : i16(start + 2 * i))),
      ])
    }
    at = offset + u16(offset)
  }
  for (const [id, name, values] of waiting) if (id === analogId) analog.set(name, values)
  const [points, words, subFrames] = [u16(2), u16(4), u16(18)]
  const channels = words / subFrames
  const frames = u16(8) - u16(6) + 1
  const isFloat = f32(12) < 0
  const size = isFloat ? 4 : 2
  const general = analog.get('GEN_SCALE')?.[0] ?? 1
  let at = (u16(16) - 1) * 512
  let sum = 0
  for (let frame = 0; frame < frames; frame++) {
    at += points * 4 * size
    for (let i = 0; i < words; i++, at += size) {
      const raw = isFloat ? f32(at) : i16(at)
      const c = i % channels
      sum += (raw - (analog.get('OFFSET')?.[c] ?? 0)) * (analog.get('SCALE')?.[c] ?? 1) * general
    }
  }
  return { sum, count: frames * words }
}

function sumAll(channels: readonly Float64Array[]): number {
  let sum = 0
  for (const channel of channels) for (let i = 0; i < channel.length; i++) sum += channel[i]!
  return sum
}

function sameAnswer(name: string, bytes: Uint8Array): void {
  const ours = readC3d(bytes).allAnalogSamples()
  const theirs = sumByDataView(bytes)
  const count = ours.reduce((total, { length }) => total + length, 0)
  const sum = sumAll(ours)
  const scale = ours.reduce((total, channel) => total + channel.reduce((a, b) => a + Math.abs(b), 0), 0)
  if (count !== theirs.count || Math.abs(sum - theirs.sum) > 1e-9 * scale)
    throw new Error(
      `${name}: ${sum} of ${count} samples, where a DataView reads ${theirs.sum} of ${theirs.count}`,
    )
}

/** Seconds of the middle run: half of them were faster, half slower. */
function median(run: () => void): number {
  for (let i = 0; i < 5; i++) run()
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now()
    run()
    return performance.now() - start
  })
  return times.sort((a, b) => a - b)[ROUNDS >> 1]! / 1000
}

function measure(name: string, bytes: Uint8Array): Row {
  sameAnswer(name, bytes)
  const copy = new Uint8Array(bytes.length)
  const seconds = median(() => readC3d(bytes).allAnalogSamples())
  const copySeconds = median(() => copy.set(bytes))
  return row(name, bytes.length, seconds, copySeconds)
}

function row(name: string, bytes: number, seconds: number, copySeconds: number): Row {
  const [ours, peer] = [bytes / seconds / 1e6, bytes / copySeconds / 1e6]
  return { name, ours, peer, ratio: ours / peer, unit: 'MB/s' }
}

/** Reads the file in this process, eight channels at a time into the same arrays, and reports on itself. */
async function reportLarge(path: string): Promise<LargeReport> {
  const bytes = await Bun.file(path).bytes()
  const start = performance.now()
  const recording = readC3d(bytes)
  const buffers = Array.from({ length: 8 }, () => new Float64Array(recording.analogSamples))
  let sum = 0
  // The kernel's own high-water mark would be the parent's, which is larger.
  let peakRss = process.memoryUsage.rss()
  for (let from = 0; from < recording.analogs.length; from += 8) {
    const some = recording.analogs.slice(from, from + 8).map(({ index }) => index)
    sum += sumAll(recording.analogSamplesOf(some, buffers))
    peakRss = Math.max(peakRss, process.memoryUsage.rss())
  }
  const seconds = (performance.now() - start) / 1000
  const target = new Uint8Array(1 << 26)
  const copyStart = performance.now()
  for (let at = 0; at < bytes.length; at += target.length) target.set(bytes.subarray(at, at + target.length))
  return { seconds, copySeconds: (performance.now() - copyStart) / 1000, peakRss, sum }
}

async function measureLarge(): Promise<{ row: Row; seconds: number; rssRatio: number }> {
  const path = join(tmpdir(), `myoserve-bench-${process.pid}.c3d`)
  const bytes = synthesise('intel', 'float', LARGE_CHANNELS, LARGE_BYTES / (990 * LARGE_CHANNELS * 4))
  const expected = sumByDataView(bytes)
  await Bun.write(path, bytes)
  try {
    const child = Bun.spawn([process.execPath, import.meta.path, '--large', path], {
      stdout: 'pipe',
      stderr: 'inherit',
    })
    const report = (await new Response(child.stdout).json()) as LargeReport
    if (Math.abs(report.sum - expected.sum) > 1e-9 * expected.count)
      throw new Error(`large file: sum ${report.sum}, where a DataView reads ${expected.sum}`)
    const name = `${Math.round(bytes.length / 1e6)} MB, intel float, ${LARGE_CHANNELS} channels`
    return {
      row: row(name, bytes.length, report.seconds, report.copySeconds),
      seconds: report.seconds,
      rssRatio: report.peakRss / bytes.length,
    }
  } finally {
    unlinkSync(path)
  }
}

async function main(): Promise<void> {
  const rows: Row[] = []
  if (existsSync(REAL))
    for (const file of readdirSync(REAL)) rows.push(measure(file, await Bun.file(join(REAL, file)).bytes()))
  else console.error('SKIPPED: the real recordings, since ../shared is missing')
  for (const processor of ['intel', 'dec', 'mips'] as const)
    for (const storage of ['float', 'int'] as const)
      rows.push(
        measure(`synthesised ${processor} ${storage}, 4 channels`, synthesise(processor, storage, 4, 75)),
      )
  rows.push(measure('synthesised intel float, 64 channels', synthesise('intel', 'float', 64, 75)))
  rows.push(measure('synthesised intel float, 922 channels', synthesise('intel', 'float', 922, 10)))
  const large = await measureLarge()
  rows.push(large.row)
  if (process.argv.includes('--json')) return console.log(JSON.stringify(rows))
  console.table(
    rows.map(({ name, ours, peer, ratio }) => ({
      file: name,
      'read MB/s': Math.round(ours),
      'copy MB/s': Math.round(peer),
      'read / copy': ratio.toFixed(3),
    })),
  )
  console.log(
    `The large file took ${large.seconds.toFixed(2)} s and ${large.rssRatio.toFixed(2)} times its size at most.`,
  )
}

const largeFile = process.argv[process.argv.indexOf('--large') + 1]
if (process.argv.includes('--large') && largeFile) console.log(JSON.stringify(await reportLarge(largeFile)))
else await main()
