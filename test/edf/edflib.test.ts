/** The codec beside EDFlib, which is nobody of this project's: each reads what the other wrote. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { join } from 'node:path'
import { readEdf } from '../../plugins/edf-reader/codec/index.ts'
import { temporaryFolder } from '../support/server.ts'
import { edflib, edflibNote, HAS_EDFLIB, WRITTEN } from './edflib.ts'
import { small } from './support.ts'

setDefaultTimeout(60_000)

let folder: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder[Symbol.asyncDispose]())

/** Units of 100 ns a second. */
const TICKS = 1e7

describe.skipIf(!HAS_EDFLIB)(`EDFlib${edflibNote}`, () => {
  test.each([
    ['EDF', 0],
    ['EDF+C', 1],
    ['BDF', 2],
    ['BDF+C', 3],
  ] as const)('accepts what is written as %s, and reads the same', async (variant, type) => {
    const path = join(folder.path, `${variant}.edf`)
    const bytes = small({ variant })
    await Bun.write(path, bytes)
    const theirs = await edflib('read', path)
    const ours = readEdf(bytes)
    expect(theirs).toMatchObject({ type, start: [2026, 11, 21, 9, 30, 5], duration: 2 * TICKS })
    expect(theirs.signals).toHaveLength(ours.channels.length)
    for (const [i, { header, unit, samples }] of ours.channels.entries()) {
      const { samples: read, ...rest } = theirs.signals[i] as (typeof theirs.signals)[number]
      const { label, prefilter, transducer, samplesPerRecord } = header
      expect(rest).toEqual({ label, unit: unit ?? '', prefilter, transducer, samplesPerRecord })
      expect(read).toHaveLength(samples().length)
      for (const [place, value] of samples().entries()) expect(read[place]).toBeCloseTo(value, 9)
    }
    expect(theirs.annotations.map(({ text }) => text)).toEqual(ours.events.map(({ text }) => text))
    for (const [i, { time, duration }] of ours.events.entries()) {
      expect(theirs.annotations[i]?.onset).toBe(time * TICKS)
      if (duration !== null) expect(theirs.annotations[i]?.duration).toBe(duration * TICKS)
    }
  })

  test('accepts many annotations, and signals of many rates', async () => {
    const path = join(folder.path, 'many.edf')
    const annotations = Array.from({ length: 500 }, (_, i) => ({ time: i / 250, text: `Nr. ${i} – ☺` }))
    await Bun.write(path, small({ annotations }))
    const { annotations: read } = await edflib('read', path)
    expect(read.map(({ text }) => text)).toEqual(annotations.map(({ text }) => text))
    expect(read.map(({ onset }) => onset)).toEqual(annotations.map(({ time }) => Math.round(time * TICKS)))
  })

  test.each(['edf', 'bdf'])('writes a %s file that is read as it meant it', async (kind) => {
    const path = join(folder.path, `theirs.${kind}`)
    await edflib('write', path)
    const recording = readEdf(await Bun.file(path).bytes())
    expect(recording.warnings).toEqual([])
    expect(recording.header.variant).toBe(kind === 'edf' ? 'EDF+C' : 'BDF+C')
    expect([recording.start, recording.duration]).toEqual(['2026-11-21T09:30:05.25', WRITTEN.seconds])
    expect(recording.events).toEqual(
      WRITTEN.annotations.map(({ onset, duration, text }) => ({ time: onset, duration, text })),
    )
    expect(recording.channels).toHaveLength(WRITTEN.signals.length)
    for (const [i, { label, unit, rate, limit, prefilter, transducer }] of WRITTEN.signals.entries()) {
      const channel = recording.channels[i] as (typeof recording.channels)[number]
      expect(channel).toMatchObject({ name: label, unit, rate, length: rate * WRITTEN.seconds })
      expect(channel.header).toMatchObject({ prefilter, transducer })
      const step = (2 * limit) / (kind === 'edf' ? 2 ** 16 : 2 ** 24)
      for (const [place, value] of channel.samples().entries()) {
        expect(Math.abs(value - WRITTEN.sampleOf(i, place))).toBeLessThan(1.01 * step)
      }
    }
  })
})
