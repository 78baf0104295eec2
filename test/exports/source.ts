/** A recording to export, with all that makes trouble: a formula for a label, a dropout, a name in the file. */
import { c3dFormat } from '../../plugins/c3d-reader/c3d-format.ts'
import { synthesiseEmg } from '../../plugins/c3d-reader/samples/index.ts'
import { readSignals } from '../../plugins/exports/signals.ts'
import type { ExportSource } from '../../plugins/exports/source.ts'
import { chooseExport, writeExport } from '../../plugins/exports/write.ts'
import { writeC3d } from '../../src/sdk.ts'
import { analyze, planOf } from '../support/analysis.ts'

export const RATE = 1000
export const SAMPLES = 20_500
/** A person that no export may name. */
export const NAME = 'Erika Mustermann'
/** What a spreadsheet would take for a formula, and RFC 4180 for more than one cell. */
export const FORMULA_LABEL = '=EMG "VL", left'

/** Samples of the second channel without a signal. */
export const DROPOUT = { start: 9000, end: 9270 } as const

const emg = (seed: number): Float64Array =>
  synthesiseEmg({
    seed,
    rate: RATE,
    durationS: SAMPLES / RATE,
    baselineRms: 3e-3,
    bursts: [2, 7, 12, 17].map((at) => ({ startMs: 1000 * at, endMs: 1000 * at + 2000, rms: 0.2 })),
  }).samples

/** A C3D file of two EMG channels in mV, a force and a marker. @param seed another one gives other bytes */
export function recordingBytes({ seed = 1 }: { readonly seed?: number } = {}): Uint8Array {
  const second = emg(2).fill(-5.5, DROPOUT.start, DROPOUT.end)
  const frames = SAMPLES / 10
  return writeC3d({
    processor: 'intel',
    storage: 'float',
    pointRate: 100,
    samplesPerFrame: 10,
    points: [
      {
        label: 'HEEL',
        unit: 'mm',
        description: NAME,
        xyz: Float32Array.from({ length: 3 * frames }, (_, i) => i / 8),
      },
    ],
    analogs: [
      { label: FORMULA_LABEL, unit: 'mV', samples: emg(seed) },
      { label: 'EMG R VM', unit: 'mV', description: NAME, samples: second },
      { label: 'Fz1', unit: 'N', samples: emg(3) },
    ],
    events: [{ label: 'Foot Strike', time: 1.25, context: 'Left', subject: NAME, description: NAME }],
    parameters: [
      { name: 'SUBJECTS', parameters: [{ name: 'NAMES', type: 'char', value: [NAME] }] },
      {
        name: 'INFO',
        parameters: [
          { name: 'PLAYER_NAME', type: 'char', value: [NAME] },
          { name: 'TITLE', type: 'char', value: [NAME] },
        ],
      },
      {
        name: 'FORCE_PLATFORM',
        parameters: [
          { name: 'USED', type: 'int16', value: 1 },
          { name: 'TYPE', type: 'int16', value: [1] },
          { name: 'OPERATOR', type: 'char', value: [NAME] },
        ],
      },
    ],
  })
}

/** Of the bytes, or of any other recording. */
export async function sourceOf(
  bytes = recordingBytes(),
  changes: Partial<ExportSource> = {},
): Promise<ExportSource> {
  const recording = c3dFormat.read(bytes)
  const plan = planOf('clinical')
  const analysis = analyze(recording, plan) as ExportSource['analysis']
  return {
    recordingId: '0192f0c1-2d3e-7a4b-8c5d-6e7f8a9b0c1d',
    sha256: new Bun.CryptoHasher('sha256').update(bytes).digest('hex'),
    session: {
      id: '0192f0c1-2d3e-7a4b-8c5d-6e7f8a9b0c1e',
      patientCode: 'P001',
      startedAt: '2026-03-05T09:30:15.000Z',
      rpe: 4,
      bfr: { left: 50, right: null },
      game: null,
    },
    identification: null,
    analysis,
    bytes: async () => bytes,
    recording: async () => recording,
    signals: () =>
      readSignals(
        recording,
        analysis.channels.map(({ index }) => index),
        plan,
      ),
    ...changes,
  }
}

/** Makes a file, and puts its parts together. */
export async function exportOf(source: ExportSource, format: string, table?: string) {
  const { name, parts } = writeExport(source, chooseExport(format, table))
  return { name, bytes: new Uint8Array(Buffer.concat(await Array.fromAsync(parts))) }
}

/** What a full export tells of it. */
export const IDENTIFICATION: NonNullable<ExportSource['identification']> = {
  patient: {
    name: NAME,
    dateOfBirth: '1950-04-30',
    recordNumber: 'MRN 17',
    phone: null,
    email: null,
    address: null,
  },
  fileName: `${NAME}.c3d`,
  description: {},
  settings: null,
  notes: [],
}
