/** C3D as a recording format. */
import { type C3dRecording, describeC3d, isC3dError, readC3d } from '../../src/sdk.ts'
import { type Recording, type RecordingFormat, UnreadableRecording } from './recording.ts'

function toRecording(c3d: C3dRecording): Recording {
  return {
    format: 'c3d',
    channels: c3d.analogs.map((channel) => ({
      index: channel.index,
      label: channel.label,
      name: channel.name,
      description: channel.description,
      unit: channel.unit,
      rate: c3d.analogRate,
      length: c3d.analogSamples,
      forcePlate: channel.forcePlate !== null,
      samples: () => channel.samples(),
    })),
    durationS: c3d.analogSamples > 0 ? c3d.analogSamples / c3d.analogRate : c3d.framesPresent / c3d.pointRate,
    warnings: c3d.warnings.map(({ code, message }) => ({ code, message })),
    describe: (options) => ({ ...describeC3d(c3d, options) }),
  }
}

/** Reads every C3D file that `readC3d` reads; its refusals keep their codes. */
export const c3dFormat: RecordingFormat = {
  type: 'recording-format',
  id: 'c3d',
  summary: 'C3D, of any maker',
  reference: 'https://www.c3d.org/HTML/default.htm',
  mediaType: 'application/octet-stream',
  extensions: ['.c3d'],
  signatures: [{ offset: 1, bytes: '\x50' }],
  read(bytes) {
    try {
      return toRecording(readC3d(bytes))
    } catch (error) {
      if (isC3dError(error)) throw new UnreadableRecording(error.code, error.message, { cause: error })
      throw error
    }
  },
}
