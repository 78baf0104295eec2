import { describe, expect, test } from 'bun:test'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isPluginFault } from '../../src/sdk.ts'
import { c3dFormat } from './c3d-format.ts'
import { createFormats } from './formats.ts'
import { type Recording, type RecordingFormat, UnreadableRecording } from './recording.ts'
import { createReading, READ, type ReadJob, runReadJob } from './recordings/reading.ts'

const state: { reason?: string } = {}
const borrower = {
  name: 'p',
  version: '1.0.0',
  origin: 'external' as const,
  quarantined: () => state.reason,
  onLeave(_: () => void) {},
}

const samples = Float64Array.of(1, 2, 3)
const channel = {
  index: 0,
  label: 'EMG',
  name: 'EMG',
  description: '',
  unit: 'V' as string | null,
  rate: 1000,
  length: 3,
  forcePlate: false,
  samples: () => samples,
}
const recording = (rest: object = {}): Recording => ({
  format: 'own',
  channels: [channel],
  durationS: 0.003,
  warnings: [],
  describe: (options) => ({ analogLabels: ['EMG'], ...(options?.stats ? { mean: 2 } : {}) }),
  ...rest,
})

const formatsWith = (read: RecordingFormat['read']) => {
  const formats = createFormats(c3dFormat)
  formats.lendTo(borrower).add({
    type: 'recording-format',
    id: 'own',
    summary: 's',
    reference: 'r',
    mediaType: 'text/plain',
    extensions: ['.own'],
    signatures: [{ bytes: 'OWN' }],
    read,
  })
  return formats
}
const BYTES = new TextEncoder().encode('OWN file')
const read = (rest?: object) => formatsWith(() => recording(rest)).read(BYTES)

const faultOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (isPluginFault(error)) return `${error.plugin}: ${error.reason}`
    throw error
  }
  return 'none'
}

describe('a format of a plugin from outside', () => {
  test('reads recordings as any other, whose samples are copies', () => {
    const found = read()
    const { samples: own, ...rest } = found.channels[0] as Recording['channels'][number]
    const { samples: _, ...expected } = channel
    expect(rest).toEqual(expected)
    expect(own()).toEqual(samples)
    expect(own()).not.toBe(samples)
    expect(found.describe({ stats: true })).toEqual({ analogLabels: ['EMG'], mean: 2 })
  })

  test('refuses files by the error of formats, and that is no fault', () => {
    const formats = formatsWith(() => {
      throw new UnreadableRecording('TORN', 'the file is torn')
    })
    expect(() => formats.read(BYTES)).toThrow(new UnreadableRecording('TORN', 'the file is torn'))
  })

  test.each([
    [{ format: 'other' }, 'the format is called "other"'],
    [{ durationS: Number.NaN }, '"durationS" is wrong: '],
    [{ describe: 1 }, '"describe" is wrong: '],
    [{ channels: {} }, '"channels" is wrong: '],
    [{ channels: [{ ...channel, rate: 0 }] }, '"channels.0.rate" is wrong: '],
    [{ channels: [{ ...channel, rate: Number.POSITIVE_INFINITY }] }, '"channels.0.rate" is wrong: '],
    [{ channels: [{ ...channel, length: -1 }] }, '"channels.0.length" is wrong: '],
    [{ channels: [{ ...channel, unit: undefined }] }, '"channels.0.unit" is wrong: '],
    [{ channels: [{ ...channel, index: 1 }] }, 'channel 0 calls itself 1'],
    [{ channels: [channel, { ...channel, index: 1 }] }, 'two channels are called "EMG"'],
    [
      { channels: [channel, { ...channel, index: 1, name: 'b', length: 4 }] },
      'of 1000 Hz, channel 0 has 3 samples and channel 1 4',
    ],
  ])('is at fault for %j', (rest, what) => {
    expect(faultOf(() => read(rest))).toStartWith(`p: its format "own" read a recording in which ${what}`)
  })

  test.each([
    [() => [1, 2, 3], 'channel 0 has no Float64Array'],
    [() => new Float64Array(4), 'channel 0 has 4 samples, not 3'],
  ])('is at fault for samples %p', (own, what) => {
    const found = read({ channels: [{ ...channel, samples: own }] })
    expect(faultOf(() => found.channels[0]?.samples())).toBe(
      `p: its format "own" read a recording in which ${what}`,
    )
  })

  test('is at fault for a description that is no object, or of code that throws', () => {
    expect(faultOf(() => read({ describe: () => 'text' }).describe())).toContain(
      'the description is no object',
    )
    expect(faultOf(() => formatsWith(() => null as never).read(BYTES))).toContain('"all" is wrong')
    expect(
      faultOf(() =>
        formatsWith(() => {
          throw new TypeError('no luck')
        }).read(BYTES),
      ),
    ).toBe('p: its code failed: no luck')
  })

  test('is not run while its plugin is quarantined', () => {
    const formats = formatsWith(() => recording())
    state.reason = 'it is tired'
    try {
      const refusal = new UnreadableRecording('PLUGIN_QUARANTINED', 'plugin p is quarantined: it is tired')
      expect(() => formats.read(BYTES)).toThrow(refusal)
      expect(() => formats.require('own')).toThrow(refusal)
    } finally {
      delete state.reason
    }
  })
})

describe('the server reads', () => {
  const file = Bun.file(join(tmpdir(), `myoserve-${crypto.randomUUID()}`))

  test('formats from outside in workers alone, and has all of the recording', async () => {
    await file.write(BYTES)
    try {
      const formats = formatsWith(() => recording())
      const jobs: ReadJob[] = []
      const reading = createReading(formats, {
        async run<Output>(task: string, input: unknown): Promise<Output> {
          expect(task).toBe(READ)
          jobs.push(input as ReadJob)
          return structuredClone(await runReadJob(formats, input as ReadJob)) as Output
        },
      })
      expect(await reading.describe(file)).toEqual({ format: 'own', description: { analogLabels: ['EMG'] } })
      expect(await reading.statistics(file, 'own')).toEqual({ analogLabels: ['EMG'], mean: 2 })
      const opened = await reading.open(file, 'own')
      expect(opened.channels[0]?.samples()).toEqual(samples)
      expect(opened.describe()).toEqual({ analogLabels: ['EMG'] })
      expect(jobs.map(({ want }) => want)).toEqual(['description', 'statistics', 'recording'])
    } finally {
      await file.delete()
    }
  })

  test('those of its own without, and hears why a file is none', async () => {
    await file.write('CSV')
    try {
      const reading = createReading(createFormats(c3dFormat), { run: () => Promise.reject(new Error('no')) })
      await expect(reading.describe(file)).rejects.toThrow(UnreadableRecording)
    } finally {
      await file.delete()
    }
  })
})
