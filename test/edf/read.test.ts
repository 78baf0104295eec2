import { describe, expect, test } from 'bun:test'
import { isUnreadable } from '../../plugins/c3d-reader/index.ts'
import { describeEdf, type EdfRecording, readEdf, writeEdf } from '../../plugins/edf-reader/codec/index.ts'
import { headerSize, ramp, small, smallSpec, withAnnotations, withField, withSignalField } from './support.ts'

const codes = ({ warnings }: EdfRecording): string[] => warnings.map(({ code }) => code)

const refusalOf = (bytes: Uint8Array): string => {
  try {
    readEdf(bytes)
  } catch (error) {
    if (isUnreadable(error)) return error.code
    throw error
  }
  return 'READ'
}

describe('a sound file', () => {
  test.each(['EDF', 'EDF+C', 'EDF+D', 'BDF', 'BDF+C', 'BDF+D'] as const)(
    '%s is read without a warning',
    (variant) => {
      const recording = readEdf(small({ variant }))
      expect(codes(recording)).toEqual([])
      expect(recording).toMatchObject({
        start: '2026-11-21T09:30:05',
        recordsPresent: 4,
        duration: 2,
        gaps: [],
      })
      expect(recording.header.variant).toBe(variant)
      expect(recording.channels).toMatchObject([
        { index: 0, name: 'EMG R VL', unit: 'uV', rate: 200, length: 400 },
        { index: 1, name: 'Angle', unit: 'deg', rate: 20, length: 40 },
      ])
      const step = 100 / (variant.startsWith('BDF') ? 2 ** 24 : 2 ** 16)
      for (const { samples, length } of recording.channels) {
        const expected = ramp(length)
        const read = samples()
        expect(read).toHaveLength(length)
        expect(read.every((value, i) => Math.abs(value - (expected[i] as number)) <= step)).toBe(true)
      }
      expect(recording.events).toEqual(
        variant.includes('+')
          ? [
              { time: 0.25, duration: null, text: 'Contract' },
              { time: 1.5, duration: 0.25, text: 'Entspannen, bitte: 3 µV' },
            ]
          : [],
      )
    },
  )

  test('says what its signals were measured with', () => {
    expect(describeEdf(readEdf(small())).signals[0]).toMatchObject({
      transducer: 'AgAgCl electrodes',
      prefilter: 'HP:20Hz LP:95Hz',
      physicalMin: -50,
      digitalMax: 32767,
    })
  })

  test('is described without what names persons', () => {
    const recording = readEdf(
      small({ recording: 'Startdate 21-NOV-2026 PSG-1234/2026 Dr_Jansen Telemetry03' }),
    )
    expect(recording.header.patient).toBe('MCH-0234567 F 02-MAY-1951 Haagse_Harry')
    const said = JSON.stringify(describeEdf(recording, { stats: true }))
    for (const personal of ['0234567', '1951', 'Harry', 'Jansen', 'PSG-1234'])
      expect(said).not.toContain(personal)
    expect(JSON.parse(said).namesPatient).toBe(true)
    expect(describeEdf(readEdf(small({ patient: 'X X X X' }))).namesPatient).toBe(false)
  })

  test('has statistics of the samples that there are', () => {
    const spec = smallSpec({ variant: 'EDF+D', recordStarts: [0, 0.5, 3, 3.5] })
    const [emg] = describeEdf(readEdf(writeEdf(spec)), { stats: true }).channels ?? []
    expect(emg).toMatchObject({ label: 'EMG R VL', unit: 'uV', min: -50, max: 50, first: -50, last: 50 })
    expect(emg?.mean).toBeCloseTo(0, 6)
    expect(emg?.std).toBeCloseTo(Math.sqrt((100 / 399) ** 2 * ((400 ** 2 - 1) / 12)), 2)
  })
})

describe('time', () => {
  test('what is missing between records of EDF+D is NaN, so that a place is a time', () => {
    const recording = readEdf(small({ variant: 'EDF+D', recordStarts: [0, 0.5, 3.125, 3.625] }))
    expect(codes(recording)).toEqual(['GAPS'])
    expect(recording.gaps).toEqual([{ start: 1, duration: 2.125 }])
    expect(recording.duration).toBe(4.125)
    const [emg, angle] = recording.channels.map(({ samples }) => samples()) as [Float64Array, Float64Array]
    expect([emg.length, angle.length]).toEqual([825, 83])
    expect(emg.findIndex(Number.isNaN)).toBe(200)
    expect(emg.findLastIndex(Number.isNaN)).toBe(624)
    expect(emg[625]).toBeCloseTo(ramp(400)[200] as number, 2)
    expect(angle.filter(Number.isNaN)).toHaveLength(43)
    expect(angle.at(-1)).toBe(50)
  })

  test('many small gaps do not add up to an error', () => {
    const starts = Array.from({ length: 1000 }, (_, i) => i * 0.5003)
    const signals = [{ label: 'EMG', unit: 'uV', samplesPerRecord: 500, samples: ramp(500_000) }]
    const recording = readEdf(small({ variant: 'EDF+D', signals, recordStarts: starts, annotations: [] }))
    const whole = 999 * 0.5003 + 0.5
    expect(Math.abs((recording.channels[0]?.length as number) - 1000 * whole)).toBeLessThanOrEqual(1)
    expect(recording.duration).toBeCloseTo(whole, 3)
  })

  test('a time that is off by less than half a sample is neither a gap nor an overlap', () => {
    for (const off of [0.0024, -0.0024]) {
      const recording = readEdf(small({ variant: 'EDF+D', recordStarts: [0, 0.5 + off, 1 + off, 1.5] }))
      expect([codes(recording), recording.channels[0]?.length]).toEqual([[], 400])
    }
    const apart = readEdf(small({ variant: 'EDF+D', recordStarts: [0, 0.5026, 1.0026, 1.5026] }))
    expect([codes(apart), apart.channels[0]?.length]).toEqual([['GAPS'], 401])
    const over = readEdf(small({ variant: 'EDF+D', recordStarts: [0, 0.4974, 1, 1.5] }))
    expect([codes(over), over.channels[0]?.length]).toEqual([['RECORD_TIME'], 400])
  })

  test('of several annotation signals, the first one keeps the time', () => {
    let bytes = withSignalField(small({ variant: 'EDF+D' }), 1, 'label', 'EDF Annotations')
    const recordSize = (bytes.length - headerSize(bytes)) / 4
    for (let i = 0; i < 4; i++) {
      const at = headerSize(bytes) + i * recordSize + 200
      bytes.fill(0, at, at + 20)
      bytes.set(new TextEncoder().encode(`+${i}\x14\x14\0`), at)
      bytes = withAnnotations(bytes, i, `+${i + 0.25}\x14Step\x14\0`)
    }
    const recording = readEdf(bytes)
    expect(recording.gaps.map(({ start }) => start)).toEqual([0.5, 1.5, 2.5])
    expect(recording.events.map(({ time }) => time)).toEqual([0.25, 1.25, 2.25, 3.25])
  })

  test('the fraction of a second that a recording starts behind its header is no part of its time', () => {
    let bytes = small()
    for (let i = 0; i < 4; i++) bytes = withAnnotations(bytes, i, `+${i * 0.5 + 0.25}\x14\x14\0`)
    bytes = withAnnotations(bytes, 3, '+1.75\x14\x14\0+1.25\x14Here\x14\0')
    const recording = readEdf(bytes)
    expect(codes(recording)).toEqual([])
    expect(recording.start).toBe('2026-11-21T09:30:05.25')
    expect(recording.events).toEqual([{ time: 1, duration: null, text: 'Here' }])
  })

  test.each([
    ['before the end of the one before', '+0.3\x14\x14\0'],
    ['not at all', ''],
    ['as what is no number', '+0,5\x14\x14\0'],
  ])('a record whose time is stated %s follows the one before', (_, text) => {
    const recording = readEdf(withAnnotations(small({ variant: 'EDF+D' }), 1, text))
    expect(codes(recording)).toContain('RECORD_TIME')
    expect(recording.duration).toBe(2)
    expect(recording.channels[0]?.samples().some(Number.isNaN)).toBe(false)
  })

  test('what is declared contiguous is read so, and what its records say otherwise is told', () => {
    const recording = readEdf(
      withField(small({ variant: 'EDF+D', recordStarts: [0, 0.5, 3, 3.5] }), 'reserved', 'EDF+C'),
    )
    expect(codes(recording)).toEqual(['NOT_CONTIGUOUS'])
    expect([recording.duration, recording.channels[0]?.length]).toEqual([2, 400])
  })

  test('a time that would make memory of nothing is refused', () => {
    const bytes = small({ variant: 'EDF+D' })
    expect(refusalOf(withAnnotations(bytes, 3, '+99999999999\x14\x14\0'))).toBe('GAP_LIMIT')
    expect(refusalOf(withAnnotations(bytes, 3, `+${'9'.repeat(31)}\x14\x14\0`))).toBe('GAP_LIMIT')
    expect(refusalOf(withAnnotations(bytes, 3, '+3600\x14\x14\0'))).toBe('READ')
  })

  test('more gaps than a link can have are refused', () => {
    const recordStarts = Array.from({ length: 100_002 }, (_, i) => 2 * i)
    const signals = [{ label: 'EMG', unit: 'uV', samplesPerRecord: 1, samples: ramp(100_002) }]
    const bytes = small({ variant: 'EDF+D', recordDuration: 1, signals, recordStarts, annotations: [] })
    expect(refusalOf(bytes)).toBe('GAP_LIMIT')
  })
})

describe('the start', () => {
  test.each([
    ['16.09.87', 'X', '1987-09-16T09:30:05', []],
    ['16.09.84', 'X', '2084-09-16T09:30:05', []],
    ['16/09/26', 'X', '2026-09-16T09:30:05', []],
    ['02.03.02', 'Startdate 02-MAR-2102 X X X', '2102-03-02T09:30:05', []],
    ['02.03.02', 'Startdate 03-MAR-2002 X X X', '2002-03-02T09:30:05', ['START_DISAGREES']],
    ['01.01.85', 'Startdate X X X X', null, []],
    ['31.02.26', 'X', null, ['START_INVALID']],
    ['1.2.26', 'Startdate 01-FEB-2026 X X X', '2026-02-01T09:30:05', ['START_INVALID']],
    ['yy.mm.dd', 'X', null, ['START_INVALID']],
  ])('of %s with "%s" is %s', (date, recording, start, warnings) => {
    const read = readEdf(withField(withField(small(), 'startDate', date), 'recording', recording))
    expect([read.start, codes(read)]).toEqual([start, warnings])
  })

  test.each(['25.00.00', '09.60.00', '9:30', 'hh.mm.ss'])('at %s is none', (time) => {
    const read = readEdf(withField(small(), 'startTime', time))
    expect([read.start, codes(read)]).toEqual([null, ['START_INVALID']])
  })
})

describe('sizes', () => {
  const bytes = small({ variant: 'EDF' })
  const recordSize = (bytes.length - headerSize(bytes)) / 4

  test('a file that was cut off is read to its last whole record', () => {
    const cut = readEdf(bytes.subarray(0, bytes.length - 1))
    expect(codes(cut)).toEqual(['TRUNCATED'])
    expect([cut.recordsPresent, cut.duration, cut.channels[0]?.length]).toEqual([3, 1.5, 300])
    expect(readEdf(bytes).channels[0]?.samples().subarray(0, 300)).toEqual(
      cut.channels[0]?.samples() as Float64Array,
    )
  })

  test.each(['-1', '0', 'many'])('a number of records of %s is counted', (text) => {
    const recording = readEdf(withField(bytes, 'records', text))
    expect([codes(recording), recording.recordsPresent]).toEqual([['RECORDS_UNKNOWN'], 4])
  })

  test('what follows the last record is told, and no record', () => {
    expect(codes(readEdf(withField(bytes, 'records', '3')))).toEqual(['TRAILING_DATA'])
    expect(readEdf(withField(bytes, 'records', '3')).recordsPresent).toBe(3)
    const partial = readEdf(withField(bytes.subarray(0, bytes.length - 1), 'records', '-1'))
    expect(codes(partial)).toEqual(['RECORDS_UNKNOWN', 'TRAILING_DATA'])
  })

  test('a wrong size of the header is told', () => {
    expect(codes(readEdf(withField(bytes, 'size', '512')))).toEqual(['HEADER_SIZE'])
  })

  test.each([
    ['TOO_SHORT', 'seven bytes', bytes.subarray(0, 7)],
    ['TOO_SHORT', 'half a header', bytes.subarray(0, 255)],
    ['TOO_SHORT', 'half the header of its signals', bytes.subarray(0, 600)],
    ['TOO_SHORT', 'a header of 9999 signals', withField(bytes, 'signals', '9999')],
    ['NOT_EDF', 'another version', withField(bytes, 'version', '1')],
    ['NOT_EDF', 'nothing but zeros', new Uint8Array(4096)],
    ['NO_SIGNALS', 'no signals', withField(bytes, 'signals', '0')],
    ['NO_SIGNALS', 'less than none', withField(bytes, 'signals', '-3')],
    ['NO_SIGNALS', 'half a signal', withField(bytes, 'signals', '1.5')],
    ['NO_SIGNALS', 'no number of signals', withField(bytes, 'signals', 'two')],
    ['RECORD_SIZE', 'a negative number of samples', withSignalField(bytes, 0, 'samplesPerRecord', '-100')],
    ['RECORD_SIZE', 'no number of samples', withSignalField(bytes, 1, 'samplesPerRecord', 'ten')],
    [
      'RECORD_SIZE',
      'records without samples',
      withSignalField(withSignalField(bytes, 0, 'samplesPerRecord', '0'), 1, 'samplesPerRecord', '0'),
    ],
    ['NO_RECORDS', 'a record beyond the file', withSignalField(bytes, 0, 'samplesPerRecord', '99999999')],
    ['NO_RECORDS', 'a header alone', bytes.subarray(0, headerSize(bytes))],
    ['NO_RECORDS', 'most of a record', bytes.subarray(0, headerSize(bytes) + recordSize - 1)],
    ['RECORD_DURATION', 'records of no duration', withField(bytes, 'recordDuration', '0')],
    ['RECORD_DURATION', 'records of negative duration', withField(bytes, 'recordDuration', '-1')],
    ['RECORD_DURATION', 'records of a duration that is none', withField(bytes, 'recordDuration', 'NaN')],
    ['RECORD_DURATION', 'records of centuries', withField(bytes, 'recordDuration', '1E10')],
    ['RATE', 'records of a nanosecond', withField(bytes, 'recordDuration', '1E-9')],
  ])('%s: %s', (code, _, broken) => {
    expect(refusalOf(broken)).toBe(code)
  })
})

describe('signals', () => {
  const bytes = small({ variant: 'EDF' })

  test('without a scale have no samples but missing ones', () => {
    for (const broken of [
      withSignalField(bytes, 0, 'physicalMax', '-50'),
      withSignalField(bytes, 0, 'digitalMax', '-32768'),
      withSignalField(bytes, 0, 'physicalMin', ''),
      withSignalField(bytes, 0, 'digitalMin', '1e999'),
      withSignalField(withSignalField(bytes, 0, 'physicalMin', '-1E308'), 0, 'physicalMax', '1E308'),
    ]) {
      const recording = readEdf(broken)
      expect(codes(recording)).toEqual(['SCALE_INVALID'])
      expect(recording.channels[0]?.samples().every(Number.isNaN)).toBe(true)
      expect(recording.channels[1]?.samples().some(Number.isNaN)).toBe(false)
      expect(describeEdf(recording, { stats: true }).channels?.[0]).toMatchObject({
        mean: null,
        std: null,
        min: null,
      })
    }
  })

  test('whose digital range is turned round are turned round', () => {
    const turned = readEdf(
      withSignalField(withSignalField(bytes, 0, 'digitalMin', '32767'), 0, 'digitalMax', '-32768'),
    )
    expect(codes(turned)).toEqual(['DIGITAL_RANGE'])
    expect(turned.channels[0]?.samples()[0]).toBe(50)
  })

  test('keep their place in time whatever the signals before them are', () => {
    const recording = readEdf(withSignalField(bytes, 1, 'label', 'EDF Annotations'))
    expect(recording.channels.map(({ index, name }) => [index, name])).toEqual([[0, 'EMG R VL']])
    expect(codes(recording)).toContain('PLUS_UNDECLARED')
    const second = readEdf(withSignalField(bytes, 0, 'label', 'EDF Annotations'))
    expect(second.channels.map(({ index, name }) => [index, name])).toEqual([[0, 'Angle']])
    expect(second.channels[0]?.samples()).toEqual(readEdf(bytes).channels[1]?.samples() as Float64Array)
  })

  test('of one label, or of none, have names that tell them apart', () => {
    const one = { unit: 'uV', samplesPerRecord: 10, samples: ramp(10) }
    const labels = ['EMG', 'EMG (2)', 'EMG', '', 'EMG']
    const recording = readEdf(
      small({ variant: 'EDF', recordDuration: 1, signals: labels.map((label) => ({ label, ...one })) }),
    )
    expect(recording.channels.map(({ name }) => name)).toEqual([
      'EMG',
      'EMG (2)',
      'EMG (3)',
      'Signal 4',
      'EMG (4)',
    ])
    expect(recording.channels.map(({ header }) => header.label)).toEqual(labels)
    expect(codes(recording)).toEqual(['LABELS_DUPLICATE'])
  })

  test('without samples are left out', () => {
    const empty = withSignalField(withField(bytes, 'records', '-1'), 1, 'samplesPerRecord', '0')
    const recording = readEdf(empty)
    expect(codes(recording)).toContain('SIGNAL_EMPTY')
    expect(recording.channels.map(({ name }) => name)).toEqual(['EMG R VL'])
  })

  test('may be none but annotations', () => {
    const recording = readEdf(small({ signals: [] }))
    expect(codes(recording)).toEqual(['NO_ANALOG'])
    expect(recording.events).toHaveLength(2)
    expect(describeEdf(recording, { stats: true })).toMatchObject({
      analogs: 0,
      analogRate: null,
      channels: [],
    })
    const timeless = readEdf(withField(small({ signals: [] }), 'recordDuration', '0'))
    expect(timeless.events).toHaveLength(2)
  })

  test('of old programs have a µ and decimal commas', () => {
    const odd = withSignalField(withSignalField(bytes, 0, 'unit', '\xb5V'), 0, 'physicalMax', '50,5')
    const recording = readEdf(odd)
    expect(recording.channels[0]?.unit).toBe('µV')
    expect(recording.channels[0]?.samples().at(-1)).toBe(50.5)
    expect(codes(recording)).toEqual(['TEXT_ENCODING', 'NUMBER_FORM'])
  })

  test('cannot reach into the terminal by their labels', () => {
    const recording = readEdf(withSignalField(bytes, 0, 'label', 'EMG\x1b[31m L'))
    expect(recording.channels[0]?.name).toBe('EMG [31m L')
    expect(codes(recording)).toEqual(['TEXT_CONTROL'])
  })
})

describe('annotations', () => {
  const events = (text: string): [EdfRecording['events'], string[]] => {
    const recording = readEdf(
      withAnnotations(small({ annotations: [{ time: 0, text: 'x'.repeat(400) }] }), 0, text),
    )
    return [recording.events, codes(recording)]
  }

  test('several of one time, of one list, and of several lists in a row', () => {
    expect(events('+0\x14\x14\0+0.5\x150.25\x14One\x14Two\x14\0\0\0-0.25\x14Before\x14\0')).toEqual([
      [
        { time: 0.5, duration: 0.25, text: 'One' },
        { time: 0.5, duration: 0.25, text: 'Two' },
        { time: -0.25, duration: null, text: 'Before' },
      ],
      [],
    ])
  })

  test('one by which a record starts keeps its time', () => {
    expect(events('+0\x14Stimulus\x14\0')).toEqual([[{ time: 0, duration: null, text: 'Stimulus' }], []])
  })

  test('outside the recording are told', () => {
    expect(events('+0\x14\x14\0+99\x14Late\x14\0')[1]).toEqual(['ANNOTATION_TIME'])
  })

  test.each([
    ['without a sign', '0.5\x14No\x14'],
    ['without a separator', '+0.5'],
    ['of a number that is none', '+0.5e3\x14No\x14'],
    ['of a number that never ends', `+${'1'.repeat(200)}\x14No\x14`],
    ['of a negative duration', '+0.5\x15-1\x14No\x14'],
    ['of a duration without an end', '+0.5\x151'],
  ])('a list %s is none', (_, list) => {
    expect(events(`+0\x14\x14\0${list}\0+1\x14Yes\x14\0`)).toEqual([
      [{ time: 1, duration: null, text: 'Yes' }],
      ['ANNOTATION_JUNK'],
    ])
  })

  test('of more characters than are kept are cut, between characters', () => {
    const long = small({ annotations: [{ time: 1, text: '😀'.repeat(300) }] })
    const recording = readEdf(long)
    expect(recording.events[0]?.text).toBe('😀'.repeat(250))
    expect(codes(recording)).toEqual(['ANNOTATIONS_OMITTED'])
    const shifted = readEdf(small({ annotations: [{ time: 1, text: `ab${'😀'.repeat(300)}` }] }))
    expect(shifted.events[0]?.text).toBe(`ab${'😀'.repeat(248)}`)
    expect(codes(shifted)).toEqual(['ANNOTATIONS_OMITTED'])
  })

  test('of more than are kept are left out', () => {
    const annotations = Array.from({ length: 20_010 }, (_, i) => ({ time: i / 20_000, text: `${i}` }))
    const recording = readEdf(small({ annotations }))
    expect(recording.events.map(({ text }) => text)).toEqual(
      annotations.slice(0, 20_000).map(({ text }) => text),
    )
    expect(codes(recording)).toEqual(['ANNOTATIONS_OMITTED'])
    expect(recording.warnings[0]?.message).toStartWith('10 annotations were left out or cut')
  })
})
