/** The project's own synthesised recordings as EDF: the same signals as their C3D files, in µV. */
import { c3dFormat } from '../../plugins/c3d-reader/c3d-format.ts'
import { sampleRecordings } from '../../plugins/c3d-reader/samples/index.ts'
import { type EdfVariant, type EdfWriteSpec, writeEdf } from '../../plugins/edf-reader/codec/index.ts'

const MICROVOLTS = 1e6

/** @throws {Error} when there is no such sample */
export function sampleC3d(fileName: string): Uint8Array {
  const sample = sampleRecordings().find((each) => each.fileName === fileName)
  if (!sample) throw new Error(`there is no sample ${fileName}`)
  return sample.bytes()
}

/** The channels of a sample in volts as signals in µV, a second a record. */
export function sampleEdf(
  fileName: string,
  variant: EdfVariant,
  changes: Partial<EdfWriteSpec> = {},
): Uint8Array {
  const { channels } = c3dFormat.read(sampleC3d(fileName))
  return writeEdf({
    variant,
    recordDuration: 1,
    signals: channels
      .filter(({ unit, forcePlate }) => unit === 'V' && !forcePlate)
      .map((channel) => ({
        label: channel.label,
        unit: 'uV',
        transducer: 'Ag/AgCl electrodes',
        prefilter: 'HP:10Hz LP:500Hz',
        samplesPerRecord: channel.rate,
        samples: channel.samples().map((value) => value * MICROVOLTS),
      })),
    ...changes,
  })
}
