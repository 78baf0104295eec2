/** EDF and BDF as recording formats. */
import type { Recording, RecordingFormat } from '../c3d-reader/index.ts'
import { describeEdf, readEdf } from './codec/index.ts'

/** @param format id of the format that reads it */
function toRecording(bytes: Uint8Array, format: string): Recording {
  const edf = readEdf(bytes)
  return {
    format,
    channels: edf.channels.map(({ index, header, name, unit, rate, length, samples }) => ({
      index,
      label: header.label,
      name,
      description: [header.transducer, header.prefilter].filter(Boolean).join('; '),
      unit,
      rate,
      length,
      forcePlate: false,
      samples,
    })),
    durationS: edf.duration,
    warnings: edf.warnings,
    describe: (options) => ({ ...describeEdf(edf, options) }),
  }
}

const EXTENT = 'continuous or not, with annotations as events'

/** EDF and EDF+. */
export const edfFormat: RecordingFormat = {
  type: 'recording-format',
  id: 'edf',
  summary: `EDF and EDF+, ${EXTENT}`,
  reference: 'https://www.edfplus.info/specs/edfplus.html',
  mediaType: 'application/x-edf',
  extensions: ['.edf'],
  signatures: [{ bytes: '0       ' }],
  read: (bytes) => toRecording(bytes, 'edf'),
}

/** BDF and BDF+: the same with 24 bits a sample. */
export const bdfFormat: RecordingFormat = {
  type: 'recording-format',
  id: 'bdf',
  summary: `BDF and BDF+, ${EXTENT}`,
  reference: 'https://www.teuniz.net/edfbrowser/bdfplus%20format%20description.html',
  mediaType: 'application/x-bdf',
  extensions: ['.bdf'],
  signatures: [{ bytes: '\xffBIOSEMI' }],
  read: (bytes) => toRecording(bytes, 'bdf'),
}
