import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { type EdfWriteSpec, readEdf, writeEdf } from '../../plugins/edf-reader/codec/index.ts'
import { small } from './support.ts'

const ascii = (maxLength: number) =>
  fc
    .array(fc.integer({ min: 0x20, max: 0x7e }), { maxLength })
    .map((codes) => String.fromCharCode(...codes).trim())

const records = fc.integer({ min: 1, max: 8 })

const signal = (count: number) =>
  fc
    .record({
      label: ascii(16).filter((label) => !label.endsWith('DF Annotations')),
      unit: ascii(8),
      transducer: ascii(80),
      prefilter: ascii(80),
      samplesPerRecord: fc.integer({ min: 1, max: 40 }),
      scale: fc.integer({ min: -12, max: 12 }),
      seed: fc.nat(1000),
    })
    .map(({ scale, seed, ...rest }) => ({
      ...rest,
      samples: Float64Array.from(
        { length: count * rest.samplesPerRecord },
        (_, i) => Math.sin(seed + i * 0.7) * 10 ** scale,
      ),
    }))

/** A text of annotations: anything but control characters and those that a reader replaces. */
const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
  .map((each) => each.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim())
  .filter((each) => each !== '')

const annotation = fc
  .record(
    {
      // Whole microseconds, which is what a list holds.
      time: fc.integer({ min: 0, max: 5e6 }).map((us) => us / 1e6),
      duration: fc.integer({ min: 0, max: 5e6 }).map((us) => us / 1e6),
      text,
    },
    { requiredKeys: ['time', 'text'] },
  )
  .map(({ duration, ...rest }) => (duration === undefined ? rest : { ...rest, duration }))

const spec: fc.Arbitrary<EdfWriteSpec> = records.chain((count) =>
  fc
    .record({
      variant: fc.constantFrom('EDF', 'EDF+C', 'EDF+D', 'BDF', 'BDF+C', 'BDF+D'),
      recordDuration: fc.constantFrom(0.1, 0.25, 0.5, 1, 2, 0.123456, 30),
      signals: fc.array(signal(count), { minLength: 1, maxLength: 5 }),
      annotations: fc.array(annotation, { maxLength: 20 }),
      gaps: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: count, maxLength: count }),
    })
    .map(({ annotations, gaps, ...rest }): EdfWriteSpec => {
      let at = 0
      // A start is stated to the microsecond, and records of the odd duration end on one.
      const recordStarts = gaps.map((gap, i) => {
        const start = i === 0 ? 0 : at + gap
        at = start + rest.recordDuration
        return Math.round(start * 1e6) / 1e6
      })
      return {
        ...rest,
        ...(rest.variant.includes('+') ? { annotations } : {}),
        ...(rest.variant.endsWith('D') ? { recordStarts } : {}),
      }
    }),
)

test('whatever is written is read again: samples to half a step, texts, times and gaps as they were', () => {
  fc.assert(
    fc.property(spec, (written) => {
      const read = readEdf(writeEdf(written))
      expect(read.header.variant).toBe(written.variant)
      expect(read.channels).toHaveLength(written.signals.length)
      const starts = written.recordStarts ?? []
      for (const [
        i,
        { label, unit, transducer, prefilter, samplesPerRecord, samples },
      ] of written.signals.entries()) {
        const channel = read.channels[i] as (typeof read.channels)[number]
        expect(channel.header).toMatchObject({ label, transducer, prefilter, samplesPerRecord })
        expect(channel.unit).toBe(unit || null)
        expect(channel.rate).toBe(samplesPerRecord / written.recordDuration)
        const { physicalMin, physicalMax } = channel.header
        const steps = written.variant.startsWith('BDF') ? 2 ** 24 - 1 : 2 ** 16 - 1
        const half = ((physicalMax as number) - (physicalMin as number)) / steps / 2
        const values = channel.samples()
        for (let sample = 0; sample < samples.length; sample++) {
          const record = Math.floor(sample / samplesPerRecord)
          const start = starts[record] ?? record * written.recordDuration
          const at = Math.round(start * channel.rate) + (sample % samplesPerRecord)
          const error = Math.min(
            ...[at - 1, at, at + 1]
              .map((place) => Math.abs((values[place] as number) - (samples[sample] as number)))
              .filter((each) => !Number.isNaN(each)),
          )
          if (!(error <= half * 1.001))
            throw new Error(`sample ${sample} is off by ${error / half} half steps`)
        }
        const present = values.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0)
        expect(present).toBe(samples.length)
      }
      expect(read.events.map(({ text }) => text)).toEqual((written.annotations ?? []).map(({ text }) => text))
      for (const [i, { time, duration = null }] of (written.annotations ?? []).entries()) {
        expect(read.events[i]?.time).toBeCloseTo(time, 9)
        expect(read.events[i]?.duration).toBe(duration)
      }
    }),
    { numRuns: 400 },
  )
})

test('the range of a signal is the narrowest that 7 characters can say, within a hundredth', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), (most) => {
      const signals = [{ label: 'EMG', unit: 'uV', samplesPerRecord: 2, samples: [most, -most] }]
      const [channel] = readEdf(writeEdf({ variant: 'BDF', recordDuration: 1, signals })).channels
      const limit = channel?.header.physicalMax as number
      expect(channel?.header.physicalMin).toBe(-limit)
      expect(limit).toBeGreaterThanOrEqual(most)
      expect(limit / most).toBeLessThan(1.0101)
    }),
  )
})

test('the same recording is the same bytes', () => {
  expect(small()).toEqual(small())
})
