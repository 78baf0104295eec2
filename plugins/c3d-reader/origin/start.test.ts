import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { patientInPath, timeInName } from './file-name.ts'
import { instantOf } from './local-time.ts'
import { startOf } from './start.ts'

const received = new Date('2026-11-21T10:00:00Z')
const local = (...parts: [number, number, number, number, number, number?, number?]) => new Date(...parts)
const ghostly = (...time: unknown[]) => ({ parameters: { INFO: { TIME: { value: time } } } })
const start = (fileName: string, description: object = {}, stated?: Date) =>
  startOf({ fileName, description: description as never, receivedAt: received, stated })

describe('the start of a recording', () => {
  test.each([
    ['Ghostly_Emg_20230321_17-23-09-0409.c3d', local(2023, 2, 21, 17, 23, 9, 41)],
    ['ghostly emg 20230321 17-23-09.c3d', local(2023, 2, 21, 17, 23, 9)],
    ['P001/2024-02-29T08.05.59 left.edf', local(2024, 1, 29, 8, 5, 59)],
    ['20240229_080559.c3d', local(2024, 1, 29, 8, 5, 59)],
  ])('is that in the name %s', (name, at) => {
    expect(start(name)).toEqual({ at, basis: 'file-name' })
  })

  test.each([
    'recording.c3d',
    '20230229_17-23-09.c3d',
    '20231321_17-23-09.c3d',
    '20230321_24-23-09.c3d',
    '20230321_17-60-09.c3d',
    '18990321_17-23-09.c3d',
    '120230321_17-23-091.c3d',
    '2023-0321_17-23-09.c3d',
    '20230321.c3d',
  ])('is the arrival where the name is %s', (name) => {
    expect(start(name)).toEqual({ at: received, basis: 'received' })
  })

  test('is that of the metadata, with the seconds of a name that agrees', () => {
    const description = ghostly('2023', '3', '21', '17', '23')
    expect(start('x.c3d', description)).toEqual({ at: local(2023, 2, 21, 17, 23), basis: 'metadata' })
    expect(start('Ghostly_Emg_20230321_17-23-09-0409.c3d', description)).toEqual({
      at: local(2023, 2, 21, 17, 23, 9, 41),
      basis: 'metadata',
    })
    expect(start('Ghostly_Emg_20240321_17-23-09-0409.c3d', description)).toEqual({
      at: local(2023, 2, 21, 17, 23),
      basis: 'metadata',
    })
    expect(start('x.edf', { start: '2026-11-21T09:30:00.25' })).toEqual({
      at: local(2026, 10, 21, 9, 30, 0, 250),
      basis: 'metadata',
    })
  })

  test.each([
    [ghostly('2023')],
    [ghostly('2023', '3', '21', '17', '---')],
    [ghostly('2023', '2', '30', '17', '23')],
    [ghostly('2023', null, '21', '17', '23')],
    [{ parameters: { INFO: { TIME: { value: '2023' } } } }],
    [{ start: null }],
    [{ start: '2026-13-21T09:30:00' }],
  ])('is the arrival where the metadata is %j', (description) => {
    expect(start('x.c3d', description)).toEqual({ at: received, basis: 'received' })
  })

  test('is what somebody states, whatever the file says', () => {
    const stated = new Date('2025-01-01T00:00:00Z')
    expect(start('20230321_17-23-09.c3d', ghostly('2023', '3', '21', '17', '23'), stated)).toEqual({
      at: stated,
      basis: 'stated',
    })
  })

  test('every time of 1990 to 2199 comes back from a name', () => {
    const time = fc.record({
      year: fc.integer({ min: 1990, max: 2199 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 28 }),
      hour: fc.integer({ min: 0, max: 23 }),
      minute: fc.integer({ min: 0, max: 59 }),
      second: fc.integer({ min: 0, max: 59 }),
    })
    const two = (n: number) => String(n).padStart(2, '0')
    fc.assert(
      fc.property(time, (each) => {
        const { year, month, day, hour, minute, second } = each
        const name = `a_${year}${two(month)}${two(day)}_${two(hour)}-${two(minute)}-${two(second)}.c3d`
        expect(timeInName(name)).toEqual(each)
        expect(instantOf(each)).toBeInstanceOf(Date)
      }),
    )
  })
})

describe('the patient in a path', () => {
  test.each([
    ['P001/Ghostly_Emg_20230321_17-23-09-0409.c3d', 'P001'],
    ['study/P0012_left.c3d', 'P0012'],
    ['P001/P001.c3d', 'P001'],
    ['P001-S003.c3d', 'P001'],
    ['P001/P002.c3d', null],
    ['P01.c3d', null],
    ['XP001.c3d', null],
    ['P001a.c3d', null],
    ['p001.c3d', null],
    ['P0012345678.c3d', null],
  ])('%s is of %p', (path, code) => {
    expect(patientInPath(path)).toBe(code)
  })
})
