/** What is written is read back: every processor and storage, any labels, events, parameters and frame numbers. */

import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import {
  type C3dAnalogSpec,
  type C3dGroupSpec,
  type C3dParameterSpec,
  type C3dPointSpec,
  type C3dProcessor,
  type C3dStorage,
  type C3dWriteSpec,
  describeC3d,
  readC3d,
  writeC3d,
} from '../../src/c3d/index.ts'

const processors: C3dProcessor[] = ['intel', 'dec', 'mips']
const storages: C3dStorage[] = ['int', 'float']

/** Text as a file can hold it: no control characters, no spaces at the ends, up to 40 characters. */
const text = fc
  .string({ unit: 'grapheme', maxLength: 40 })
  .map((raw) => raw.replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069\ufeff]/gu, '').trim())
  .filter((clean) => new TextEncoder().encode(clean).length <= 120)

/** A float32 that also DEC floats hold. */
const float = fc
  .float({ noNaN: true, noDefaultInfinity: true, max: Math.fround(1e30), min: Math.fround(-1e30) })
  .map((value) => (Math.abs(value) < 1e-30 ? 0 : value))

interface Shape {
  frames: number
  samplesPerFrame: number
}

const shape: fc.Arbitrary<Shape> = fc.record({
  frames: fc.integer({ min: 1, max: 12 }),
  samplesPerFrame: fc.integer({ min: 1, max: 5 }),
})

const point = ({ frames }: Shape): fc.Arbitrary<C3dPointSpec> =>
  fc.record({
    label: text,
    unit: fc.constantFrom('mm', 'm', ''),
    description: text,
    xyz: fc
      .array(float, { minLength: 3 * frames, maxLength: 3 * frames })
      .map((values) => Float64Array.from(values)),
    valid: fc.array(fc.boolean(), { minLength: frames, maxLength: frames }),
    cameras: fc.array(fc.integer({ min: 0, max: 127 }), { minLength: frames, maxLength: frames }),
  })

const channel = ({ frames, samplesPerFrame }: Shape): fc.Arbitrary<C3dAnalogSpec> =>
  fc.record({
    label: text,
    unit: fc.constantFrom('V', 'mV', 'µV', ''),
    description: text,
    samples: fc.array(float, { minLength: frames * samplesPerFrame, maxLength: frames * samplesPerFrame }),
  })

const recordings = (processor: C3dProcessor, storage: C3dStorage): fc.Arbitrary<C3dWriteSpec> =>
  shape.chain((size) =>
    fc
      .record({
        pointRate: fc.integer({ min: 1, max: 500 }),
        firstFrame: fc.integer({ min: 1, max: 3000 }),
        points: fc.array(point(size), { maxLength: 4 }),
        analogs: fc.array(channel(size), { minLength: 1, maxLength: 5 }),
        analogFormat: fc.constantFrom('signed' as const, 'unsigned' as const),
        events: fc.array(
          fc.record({
            label: text,
            time: fc.double({ noNaN: true, min: 0, max: 500 }),
            context: text,
            subject: text,
          }),
          { maxLength: 4 },
        ),
      })
      .map((made) => ({ processor, storage, samplesPerFrame: size.samplesPerFrame, ...made })),
  )

/** The largest magnitude, from which the writer takes its quantisation. */
const largest = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0)

describe('round trips', () => {
  for (const processor of processors)
    for (const storage of storages)
      test(`${processor} ${storage}: samples, points, labels and events come back`, () => {
        fc.assert(
          fc.property(recordings(processor, storage), (spec) => {
            const recording = readC3d(writeC3d(spec))
            expect(recording).toMatchObject({
              processor,
              storage,
              pointRate: spec.pointRate,
              firstFrame: spec.firstFrame,
            })
            expect(recording.framesPresent).toBe(spec.analogs[0]!.samples.length / spec.samplesPerFrame)
            spec.analogs.forEach(({ label, unit, description, samples }, c) => {
              const read = recording.analogs[c]!
              const blank = spec.analogs.every((one) => one.label === '')
              expect(read).toMatchObject({
                label: blank ? read.name : label,
                unit: unit || null,
                description,
              })
              const step = storage === 'int' ? largest(samples) / 32767 : 0
              read.samples().forEach((value, i) => {
                expect(Math.abs(value - samples[i]!)).toBeLessThanOrEqual(step * 0.51 + 1e-6 * step * 32768)
              })
            })
            const all = spec.points.flatMap(({ xyz }) => Array.from(xyz))
            const step = storage === 'int' ? largest(all) / 32000 : 0
            spec.points.forEach(({ label, xyz, valid, cameras }, p) => {
              const blank = spec.points.every((one) => one.label === '')
              expect(recording.points[p]!.label).toBe(blank ? recording.points[p]!.name : label)
              const read = recording.points[p]!.trajectory()
              for (let frame = 0; frame < recording.framesPresent; frame++) {
                expect(read.valid[frame]).toBe(valid![frame] ? 1 : 0)
                if (!valid![frame]) continue
                expect(read.cameras[frame]).toBe(cameras![frame]!)
                for (const [axis, values] of [read.x, read.y, read.z].entries())
                  expect(Math.abs(values[frame]! - xyz[3 * frame + axis]!)).toBeLessThanOrEqual(
                    step * 0.51 + 1e-6 * step * 32000,
                  )
              }
            })
            expect(
              recording.events.map(({ label, context, subject }) => ({ label, context, subject })),
            ).toEqual(
              spec.events!.map(({ label, context = '', subject = '' }) => ({ label, context, subject })),
            )
            recording.events.forEach(({ time }, i) => {
              expect(Math.abs(time! - spec.events![i]!.time)).toBeLessThanOrEqual(1e-5 * 60)
            })
          }),
          { numRuns: 60 },
        )
      })

  const numberOf = { int8: [-128, 127], int16: [-32768, 32767] } as const

  const parameter: fc.Arbitrary<C3dParameterSpec> = fc
    .record({
      type: fc.constantFrom('int8' as const, 'int16' as const, 'float' as const, 'char' as const),
      dimensions: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 7 }),
      locked: fc.boolean(),
      description: text,
    })
    .chain(({ type, dimensions, ...rest }) => {
      const size = dimensions.reduce((product, one) => product * one, 1)
      const value =
        type === 'char'
          ? fc.uint8Array({ min: 0x21, max: 0x7e, minLength: size, maxLength: size })
          : fc.array(
              type === 'float' ? float : fc.integer({ min: numberOf[type][0], max: numberOf[type][1] }),
              {
                minLength: size,
                maxLength: size,
              },
            )
      return value.map((made) => ({ name: '', type, dimensions, value: made, ...rest }))
    })

  const groups: fc.Arbitrary<C3dGroupSpec[]> = fc
    .array(
      fc.record({
        locked: fc.boolean(),
        description: text,
        parameters: fc.array(parameter, { maxLength: 4 }),
      }),
      { maxLength: 4 },
    )
    .map((list) =>
      list.map((group, g) => ({
        name: `GROUP${g}`,
        ...group,
        parameters: group.parameters.map((one, p) => ({ ...one, name: `PARAMETER${p}` })),
      })),
    )

  for (const processor of processors)
    test(`${processor}: parameters of any type up to 7 dimensions come back, locks and descriptions too`, () => {
      fc.assert(
        fc.property(groups, (parameters) => {
          const analogs = [{ label: 'EMG', unit: 'V', samples: [1, 2] }]
          const spec: C3dWriteSpec = {
            processor,
            storage: 'float',
            pointRate: 50,
            samplesPerFrame: 1,
            points: [],
            analogs,
            parameters,
          }
          const recording = readC3d(writeC3d(spec))
          const read = recording.parameters.filter(({ name }) => name.startsWith('GROUP'))
          expect(read.map(({ name, locked, description }) => ({ name, locked, description }))).toEqual(
            parameters.map(({ name, locked, description }) => ({
              name,
              locked: locked!,
              description: description!,
            })),
          )
          read.forEach((group, g) => {
            group.parameters.forEach((one, p) => {
              const wrote = parameters[g]!.parameters[p]!
              expect(one).toMatchObject({
                name: wrote.name,
                type: wrote.type,
                locked: wrote.locked!,
                description: wrote.description!,
              })
              expect([...one.dimensions]).toEqual([...wrote.dimensions!])
              if (one.type === 'char')
                expect((one.values as string[]).join('')).toBe(
                  String.fromCharCode(...(wrote.value as Uint8Array)),
                )
              else
                expect(Array.from(one.values as ArrayLike<number>)).toEqual(
                  Array.from(wrote.value as number[]).map((v) => v + 0),
                )
            })
          })
        }),
        { numRuns: 100 },
      )
    })

  test('frame numbers up to and past a word come back, with events in trial time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200_000 }),
        fc.constantFrom(1, 2, 300, 65_534, 65_535, 65_536, 70_000, 131_073),
        fc.constantFrom(...processors),
        (firstFrame, frames, processor) => {
          const samples = new Float32Array(frames)
          samples[frames - 1] = 5
          const recording = readC3d(
            writeC3d({
              processor,
              storage: 'float',
              pointRate: 100,
              samplesPerFrame: 1,
              firstFrame,
              points: [],
              analogs: [{ label: 'EMG', unit: 'V', samples }],
              events: [{ label: 'E', time: 0.01 }],
            }),
          )
          expect(recording).toMatchObject({ firstFrame, framesDeclared: frames, framesPresent: frames })
          expect(recording.analogs[0]!.samples().at(-1)).toBe(5)
          expect(Math.abs(recording.events[0]!.time! - 0.01)).toBeLessThan(1e-3)
        },
      ),
      { numRuns: 40 },
    )
  })

  test('a description is JSON that says what was written', () => {
    fc.assert(
      fc.property(fc.constantFrom(...processors), fc.constantFrom(...storages), (processor, storage) => {
        const analogs = [{ label: 'EMG', unit: 'mV', scale: 0.5, samples: [1, -2, 3, 6] }]
        const found = describeC3d(
          readC3d(writeC3d({ processor, storage, pointRate: 50, samplesPerFrame: 2, points: [], analogs })),
          { stats: true },
        )
        expect(JSON.parse(JSON.stringify(found))).toEqual(found as unknown as Record<string, unknown>)
        expect(found).toMatchObject({
          processor,
          storage,
          points: 0,
          analogs: 1,
          framesDeclared: 2,
          framesPresent: 2,
          firstFrame: 1,
          pointRate: 50,
          analogRate: 100,
          analogSamples: 4,
          pointLabels: [],
          analogLabels: ['EMG'],
          events: [],
          validPoints: 0,
          sumAbsPoints: 0,
          channels: [
            { label: 'EMG', unit: 'mV', mean: 2, std: Math.sqrt(8.5), min: -2, max: 6, first: 1, last: 6 },
          ],
        })
        expect(found.parameters.ANALOG!.UNITS).toEqual({ type: 'char', dimensions: [2, 1], value: ['mV'] })
        expect(found.parameters.POINT!.RATE).toEqual({ type: 'float', dimensions: [], value: 50 })
      }),
      { numRuns: 6 },
    )
  })
})
