/** A recording whose every text means harm, with all that a report has to show. */
import { synthesiseEmg } from '../../plugins/c3d-reader/samples/index.ts'
import { writeC3d } from '../../src/sdk.ts'

export const RATE = 1000
export const SAMPLES = 20_000
/** A person that no report may name. */
export const NAME = 'Erika Mustermann'
/** Markup, quotes, entities, an override of direction, a control character. */
export const LABEL = 'EMG <script>alert("1")</script> \'&amp; \u202egpj.exe\u2066 \u0007 L VL'
export const FORMULA = '</style><svg onload="x()">'

const emg = (seed: number): Float64Array =>
  synthesiseEmg({
    seed,
    rate: RATE,
    durationS: SAMPLES / RATE,
    baselineRms: 3e-3,
    bursts: [1, 4, 7, 10, 13, 16].map((at, i) => ({
      startMs: 1000 * at,
      endMs: 1000 * at + (i % 2 === 0 ? 2100 : 900),
      rms: 0.2,
    })),
  }).samples

/** Where the second channel has no signal. */
export const DROPOUT = { start: 9300, end: 9570 } as const

export function hostileBytes(): Uint8Array {
  const second = emg(2).map((x) => Math.max(-0.3, Math.min(0.3, x)))
  return writeC3d({
    processor: 'intel',
    storage: 'float',
    pointRate: 100,
    samplesPerFrame: 10,
    points: [],
    analogs: [
      { label: LABEL, description: `Left vastus lateralis ${FORMULA}`, unit: 'mV', samples: emg(1) },
      { label: 'EMG R VL', unit: 'mV', samples: second.fill(-5.5, DROPOUT.start, DROPOUT.end) },
      { label: FORMULA, unit: '"><b>N', samples: emg(3) },
    ],
    parameters: [
      { name: 'SUBJECTS', parameters: [{ name: 'NAMES', type: 'char', value: [NAME] }] },
      {
        name: 'INFO',
        parameters: [
          { name: 'PLAYER_NAME', type: 'char', value: [NAME] },
          { name: 'GAME_NAME', type: 'char', value: [`Ghost ${FORMULA} & "co"`] },
        ],
      },
    ],
  })
}
