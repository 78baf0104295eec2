import { describe, expect, test } from 'bun:test'
import { readEdf } from '../read.ts'
import type { EdfWriteSpec } from './spec.ts'
import { writeEdf } from './write.ts'

const spec = (changes: Partial<EdfWriteSpec> = {}): EdfWriteSpec => ({
  variant: 'EDF',
  recordDuration: 1,
  signals: [{ label: 'EMG', unit: 'uV', samplesPerRecord: 2, samples: [1, -1, 0.5, 0] }],
  ...changes,
})

const signal = (changes: object) => ({ signals: [{ ...spec().signals[0], ...changes } as never] })

const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to))

describe('a written file', () => {
  test('has the fields where the specification wants them', () => {
    const bytes = writeEdf(
      spec({
        variant: 'EDF+C',
        start: { year: 2026, month: 3, day: 2, hour: 7, minute: 8, second: 9 },
        signals: [{ ...spec().signals[0], range: [-200, 200.5] } as never],
      }),
    )
    expect(ascii(bytes, 0, 8)).toBe('0       ')
    expect(ascii(bytes, 8, 88).trimEnd()).toBe('X X X X')
    expect(ascii(bytes, 88, 168).trimEnd()).toBe('Startdate 02-MAR-2026 X X X')
    expect(ascii(bytes, 168, 256)).toBe(`02.03.2607.08.09768     ${'EDF+C'.padEnd(44)}2       1       2   `)
    expect(ascii(bytes, 256, 288)).toBe('EMG             EDF Annotations ')
    expect(ascii(bytes, 256 + 2 * 104, 256 + 2 * 104 + 64)).toBe(
      '-200    -1      200.5   1       -32768  -32768  32767   32767   ',
    )
  })

  test('of 24 bits begins as BDF does', () => {
    const bytes = writeEdf(spec({ variant: 'BDF' }))
    expect(ascii(bytes, 0, 8)).toBe('\xffBIOSEMI')
    expect(ascii(bytes, 192, 236).trimEnd()).toBe('24BIT')
  })

  test('stores the ends of the range as the ends of the numbers, lowest byte first', () => {
    const bytes = writeEdf(spec(signal({ range: [-1, 1] })))
    expect([...bytes.subarray(512, 516)]).toEqual([0xff, 0x7f, 0x00, 0x80])
    const wide = writeEdf(spec({ variant: 'BDF', ...signal({ range: [-1, 1] }) }))
    expect([...wide.subarray(512, 518)]).toEqual([0xff, 0xff, 0x7f, 0x00, 0x00, 0x80])
  })

  test('begins each record of EDF+ with its time', () => {
    const bytes = writeEdf(spec({ variant: 'EDF+D', recordStarts: [0, 7.25] }))
    const size = (bytes.length - 768) / 2
    expect(ascii(bytes, 772, 777)).toBe('+0\x14\x14\0')
    expect(ascii(bytes, 772 + size, 772 + size + 8)).toBe('+7.25\x14\x14\0')
  })

  test('of silence is silence', () => {
    const [channel] = readEdf(writeEdf(spec(signal({ samples: [0, 0] })))).channels
    expect(Math.abs(channel?.samples()[0] as number)).toBeLessThan(2 ** -15)
  })
})

test.each([
  ['a label of 17 letters', signal({ label: 'x'.repeat(17) }), 'signals[0].label'],
  ['a unit that is not ASCII', signal({ unit: 'µV' }), 'signals[0].unit'],
  ['a patient of 81 letters', { patient: 'x'.repeat(81) }, 'patient'],
  ['a sample that is no number', signal({ samples: [1, Number.NaN] }), 'signals[0].samples'],
  ['a sample outside the range', signal({ range: [-0.5, 0.5] }), 'signals[0].samples[0]'],
  ['a range of one number', signal({ range: [1, 1] }), 'signals[0].range'],
  ['a range that 8 characters cannot say', signal({ range: [-1.234567891, 2] }), 'signals[0].range[0]'],
  ['half a record', signal({ samples: [1, 2, 3] }), '1.5'],
  ['no samples', signal({ samples: [] }), 'signals[0].samples'],
  ['records of no samples', signal({ samplesPerRecord: 0 }), 'samplesPerRecord'],
  ['a record duration of 0', { recordDuration: 0 }, 'recordDuration'],
  ['a record duration that 8 characters cannot say', { recordDuration: 1 / 3 }, 'recordDuration'],
  ['annotations in plain EDF', { annotations: [{ time: 0, text: 'x' }] }, 'EDF has no annotations'],
  ['starts of records in what is contiguous', { recordStarts: [0, 1] }, 'recordStarts'],
  ['too few starts of records', { variant: 'EDF+D', recordStarts: [0] }, 'recordStarts'],
  [
    'a text that would end its list',
    { variant: 'EDF+C', annotations: [{ time: 0, text: 'a\x14b' }] },
    'annotations[0]',
  ],
  [
    'a time that is none',
    { variant: 'EDF+C', annotations: [{ time: Number.NaN, text: 'a' }] },
    'annotations[0]',
  ],
  [
    'the 31st of February',
    { start: { year: 2026, month: 2, day: 31, hour: 0, minute: 0, second: 0 } },
    'start',
  ],
  ['the hour 24', { start: { year: 2026, month: 2, day: 3, hour: 24, minute: 0, second: 0 } }, 'start'],
  ['the minute 60', { start: { year: 2026, month: 2, day: 3, hour: 4, minute: 60, second: 0 } }, 'start'],
  ['half a second', { start: { year: 2026, month: 2, day: 3, hour: 4, minute: 5, second: 0.5 } }, 'start'],
  ['the year 1984', { start: { year: 1984, month: 2, day: 3, hour: 0, minute: 0, second: 0 } }, 'start'],
  ['nothing at all', { signals: [] }, 'neither signal nor annotation'],
] as Array<[string, Partial<EdfWriteSpec>, string]>)('%s is refused by name', (_, changes, where) => {
  let message = ''
  try {
    writeEdf(spec(changes))
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError)
    message = (error as Error).message
  }
  expect(message).toContain(where)
})
