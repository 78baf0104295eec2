/** Signals as channels: their names, their scales, their samples. */
import type { EdfHeader, EdfSignalHeader } from './header.ts'
import { sampleAt, type Timeline } from './timeline.ts'
import type { WarningLog } from './warnings.ts'

/** One signal with its samples, which stay in the file's bytes until they are asked for. */
export interface EdfChannel {
  /** Place among the signals that hold samples, from 0. */
  readonly index: number
  /** As the header has it; blank where it says nothing. */
  readonly header: EdfSignalHeader
  /** Unique display name. */
  readonly name: string
  /** Physical dimension, such as `uV`; null where none is stated. */
  readonly unit: string | null
  /** Samples per second. */
  readonly rate: number
  /** Samples, those of gaps included. */
  readonly length: number
  /**
   * Samples in {@link unit}; NaN where a gap is, and throughout where nothing says what the stored numbers mean. Computed
   * anew on each call.
   */
  samples(): Float64Array
}

/** How stored numbers become physical ones: `(stored - digitalMin) * gain + physicalMin`. */
interface Scale {
  readonly gain: number
  readonly digitalMin: number
  readonly physicalMin: number
}

function scaleOf(signal: EdfSignalHeader, width: 2 | 3, log: WarningLog): Scale {
  const { physicalMin, physicalMax, digitalMin, digitalMax } = signal
  const where = `signal ${signal.place + 1}`
  const isStated = physicalMin !== null && physicalMax !== null && digitalMin !== null && digitalMax !== null
  const gain = isStated ? (physicalMax - physicalMin) / (digitalMax - digitalMin) : Number.NaN
  if (!isStated || gain === 0 || !Number.isFinite(gain)) {
    log.place('SCALE_INVALID', 'nothing says what the stored numbers mean; the samples are missing', where)
    return { gain: Number.NaN, digitalMin: 0, physicalMin: 0 }
  }
  const limit = 2 ** (8 * width - 1)
  if (digitalMin > digitalMax || digitalMin < -limit || digitalMax >= limit) {
    const sentence = 'the digital minimum is not below the maximum, or outside what a sample can hold'
    log.place('DIGITAL_RANGE', sentence, where)
  }
  return { gain, digitalMin, physicalMin }
}

/** Every label that others share gets a number; a blank one is called by its place. */
function uniqueNames(signals: readonly EdfSignalHeader[], log: WarningLog): string[] {
  const wanted = signals.map(({ label, place }) => label || `Signal ${place + 1}`)
  const reserved = new Set(wanted)
  const taken = new Set<string>()
  const next = new Map<string, number>()
  return signals.map(({ label, place }, i) => {
    const plain = wanted[i] as string
    let name = plain
    if (taken.has(plain)) {
      let number = next.get(plain) ?? 2
      while (reserved.has(`${plain} (${number})`)) number++
      next.set(plain, number + 1)
      name = `${plain} (${number})`
    }
    taken.add(name)
    if (name !== label) {
      log.place('LABELS_DUPLICATE', 'not unique or blank; shown as another', `signal ${place + 1}`)
    }
    return name
  })
}

/** Decodes one signal of `records` data records, the first of them at `at`, into `target` from `to` on. */
type Gather = (
  data: Uint8Array,
  at: number,
  layout: { readonly records: number; readonly recordSize: number; readonly samplesPerRecord: number },
  scale: Scale,
  target: Float64Array,
  to: number,
) => void

// One loop for each width, since a test within it would cost as much as the rest of it.

const gather16: Gather = (data, at, { records, recordSize, samplesPerRecord }, scale, target, to) => {
  const { gain, digitalMin, physicalMin } = scale
  let sample = to
  for (let record = 0; record < records; record++) {
    let byte = at + record * recordSize
    for (let i = 0; i < samplesPerRecord; i++, byte += 2) {
      const stored = (((data[byte + 1] as number) << 24) >> 16) | (data[byte] as number)
      target[sample++] = (stored - digitalMin) * gain + physicalMin
    }
  }
}

const gather24: Gather = (data, at, { records, recordSize, samplesPerRecord }, scale, target, to) => {
  const { gain, digitalMin, physicalMin } = scale
  let sample = to
  for (let record = 0; record < records; record++) {
    let byte = at + record * recordSize
    for (let i = 0; i < samplesPerRecord; i++, byte += 3) {
      const high = ((data[byte + 2] as number) << 24) >> 8
      const stored = high | ((data[byte + 1] as number) << 8) | (data[byte] as number)
      target[sample++] = (stored - digitalMin) * gain + physicalMin
    }
  }
}

/**
 * The signals that hold samples.
 *
 * @param data the data records
 */
export function channelsOf(
  signals: readonly EdfSignalHeader[],
  data: Uint8Array,
  { width, recordDuration, recordSize }: EdfHeader,
  timeline: Timeline,
  log: WarningLog,
): EdfChannel[] {
  const names = uniqueNames(signals, log)
  const gather = width === 2 ? gather16 : gather24
  return signals.map((header, index) => {
    const { samplesPerRecord, offset } = header
    const rate = samplesPerRecord / (recordDuration as number)
    const scale = scaleOf(header, width, log)
    const length = samplesIn(timeline, rate, samplesPerRecord)
    return {
      index,
      header,
      name: names[index] as string,
      unit: header.unit || null,
      rate,
      length,
      samples() {
        const target = new Float64Array(length)
        if (timeline.runs.length > 1) target.fill(Number.NaN)
        for (const run of timeline.runs) {
          const layout = { records: run.records, recordSize, samplesPerRecord }
          gather(data, run.record * recordSize + offset, layout, scale, target, sampleAt(run, rate))
        }
        return target
      },
    }
  })
}

/** Samples of a signal from the first data record to the last, those of gaps included. */
export function samplesIn({ runs }: Timeline, rate: number, samplesPerRecord: number): number {
  const last = runs.at(-1)
  return last ? sampleAt(last, rate) + last.records * samplesPerRecord : 0
}
