/** Recordings for tests of the page: synthesised, of both legs. */
import { synthesiseEmg } from '../../plugins/c3d-reader/samples/index.ts'
import { writeC3d } from '../../src/sdk.ts'

const RATE = 990

/** Both legs in turn for as long as it takes; strong contractions, and every third one weak. */
export const legSamples = (seed: number, samples: number, rms: number): Float64Array =>
  synthesiseEmg({
    seed,
    rate: RATE,
    durationS: samples / RATE,
    baselineRms: 3e-6,
    bursts: Array.from({ length: Math.floor(((samples / RATE) * 1000) / 5000) }, (_, i) => ({
      startMs: 5000 * i + 800 + 300 * (seed % 5),
      endMs: 5000 * i + 3000 + 300 * (seed % 5),
      rms: i % 3 === 2 ? rms / 3 : rms,
    })),
  }).samples

/**
 * The bytes of a recording of the left and the right vastus lateralis.
 *
 * @param seed another one gives another recording
 * @param samples of each channel, at 990 Hz
 * @param rms of a strong contraction, in V
 */
export const legRecording = (seed: number, samples = 29_700, rms = 120e-6): Uint8Array =>
  writeC3d({
    processor: 'intel',
    storage: 'float',
    pointRate: 33,
    samplesPerFrame: 30,
    points: [],
    analogs: (['L VL', 'R VL'] as const).map((label, i) => ({
      label,
      unit: 'V',
      samples: legSamples(2 * seed + i, samples, rms * (1 - 0.2 * i)),
    })),
  })
