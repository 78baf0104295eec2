import { describe, expect, test } from 'bun:test'
import type { C3dWriteSpec } from './spec.ts'
import { writeC3d } from './write.ts'

const spec = (changes: Partial<C3dWriteSpec> = {}): C3dWriteSpec => ({
  processor: 'intel',
  storage: 'float',
  pointRate: 50,
  samplesPerFrame: 2,
  points: [{ label: 'P', unit: 'mm', xyz: Float32Array.of(1, 2, 3) }],
  analogs: [{ label: 'EMG', unit: 'V', samples: [4, 5] }],
  ...changes,
})

/** The words of the header, as the format's documentation numbers them. */
const words = (bytes: Uint8Array) => {
  const view = new DataView(bytes.buffer)
  return (index: number) => view.getUint16(2 * (index - 1), true)
}

describe('a written file', () => {
  test('is whole blocks, and its header says what the documentation wants', () => {
    const bytes = writeC3d(
      spec({ firstFrame: 7, pointScale: 0.5, headerEvents: [{ label: 'RHS', time: 1.5 }] }),
    )
    const word = words(bytes)
    expect(bytes.length % 512).toBe(0)
    expect([...bytes.subarray(0, 2)]).toEqual([2, 0x50])
    expect([2, 3, 4, 5, 10].map(word)).toEqual([1, 2, 7, 7, 2])
    const view = new DataView(bytes.buffer)
    expect(view.getFloat32(12, true)).toBe(-0.5)
    expect(view.getFloat32(20, true)).toBe(50)
    expect([150, 151].map(word)).toEqual([12345, 1])
    expect(view.getFloat32(304, true)).toBe(1.5)
    expect(bytes[376]).toBe(1)
    expect(new TextDecoder().decode(bytes.subarray(396, 400))).toBe('RHS ')
    expect([...bytes.subarray(512, 516)]).toEqual([1, 0x50, 1, 84])
  })

  test('stores a frame as its points and then its sub-frames', () => {
    const bytes = writeC3d(
      spec({
        analogs: [
          { label: 'A', samples: [4, 5] },
          { label: 'B', samples: [6, 7] },
        ],
      }),
    )
    const start = (words(bytes)(9) - 1) * 512
    expect([...new Float32Array(bytes.buffer, start, 8)]).toEqual([1, 2, 3, 0, 4, 6, 5, 7])
  })

  test('stores integers in steps of their scales, and invalid points as residual -1', () => {
    const points = [
      {
        label: 'P',
        xyz: Float64Array.of(1, -2, 3, 0, 0, 0),
        valid: [1, 0],
        residual: [1, 0],
        cameras: [3, 0],
      },
    ]
    const analogs = [{ label: 'A', scale: 0.25, offset: 10, samples: [1, 2, 3, -4] }]
    const bytes = writeC3d(spec({ storage: 'int', pointScale: 0.5, points, analogs }))
    const start = (words(bytes)(9) - 1) * 512
    expect([...new Int16Array(bytes.buffer, start, 12)]).toEqual([
      2,
      -4,
      6,
      3 * 256 + 2,
      14,
      18,
      0,
      0,
      0,
      -1,
      22,
      -6,
    ])
  })

  test('tells more than 65535 frames by words that stop, LONG_FRAMES and TRIAL', () => {
    const bytes = writeC3d(
      spec({ samplesPerFrame: 1, points: [], analogs: [{ label: 'A', samples: new Float32Array(65540) }] }),
    )
    expect([4, 5].map(words(bytes))).toEqual([1, 65535])
    const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2048))
    for (const name of ['LONG_FRAMES', 'ACTUAL_START_FIELD', 'ACTUAL_END_FIELD']) expect(head).toContain(name)
  })
})

describe('what the format cannot hold is refused by name', () => {
  const cases: [string, Partial<C3dWriteSpec>, string][] = [
    [
      'channels of different lengths',
      {
        analogs: [
          { label: 'A', samples: [1, 2] },
          { label: 'B', samples: [1] },
        ],
      },
      'analogs[1].samples',
    ],
    [
      'points of another number of frames',
      {
        analogs: [],
        points: [
          { label: 'P', xyz: new Float32Array(3) },
          { label: 'Q', xyz: new Float32Array(6) },
        ],
      },
      'points[1].xyz',
    ],
    ['part of a frame', { points: [], analogs: [{ label: 'A', samples: [1, 2, 3] }] }, '1.5'],
    ['a rate of 0', { pointRate: 0 }, 'pointRate'],
    ['half a sub-frame', { samplesPerFrame: 0.5 }, 'samplesPerFrame'],
    ['a scale of 0', { analogs: [{ label: 'A', scale: 0, samples: [1, 2] }] }, 'analogs[0].scale'],
    ['a general scale of NaN', { genScale: Number.NaN }, 'genScale'],
    [
      'an offset past a word',
      { analogs: [{ label: 'A', offset: 40000, samples: [1, 2] }] },
      'analogs[0].offset',
    ],
    ['a negative first frame', { firstFrame: -1 }, 'firstFrame'],
    [
      'a sample past its word',
      { storage: 'int', analogs: [{ label: 'A', scale: 1, samples: [1, 40000] }] },
      'analogs[0].samples',
    ],
    [
      'a NaN sample as an integer',
      { storage: 'int', analogs: [{ label: 'A', scale: 1, samples: [1, Number.NaN] }] },
      'analogs[0].samples',
    ],
    ['a coordinate past its word', { storage: 'int', pointScale: 1e-6 }, 'points[0].xyz'],
    [
      'a residual past its byte',
      { pointScale: 1, points: [{ label: 'P', xyz: new Float32Array(3), residual: [300] }] },
      'points[0].residual',
    ],
    [
      'a NaN sample as a DEC float',
      { processor: 'dec', analogs: [{ label: 'A', samples: [1, Number.NaN] }] },
      'DEC',
    ],
    ['19 header events', { headerEvents: Array.from({ length: 19 }, () => ({ label: 'E', time: 0 })) }, '18'],
    ['a header label of 5 letters', { headerEvents: [{ label: 'ABCDE', time: 0 }] }, 'ABCDE'],
    ['a label over 255 bytes', { analogs: [{ label: 'x'.repeat(256), samples: [1, 2] }] }, 'ANALOG:LABELS'],
    [
      'a parameter without a name',
      { parameters: [{ name: 'G', parameters: [{ name: '', type: 'int16', value: 1 }] }] },
      'G:',
    ],
    [
      'a description over 255 bytes',
      { parameters: [{ name: 'G', description: 'd'.repeat(256), parameters: [] }] },
      'G',
    ],
    [
      '8 dimensions',
      {
        parameters: [
          { name: 'G', parameters: [{ name: 'P', type: 'int16', dimensions: Array(8).fill(1), value: [1] }] },
        ],
      },
      'G:P',
    ],
    [
      'dimensions that do not match',
      {
        parameters: [{ name: 'G', parameters: [{ name: 'P', type: 'int16', dimensions: [3], value: [1] }] }],
      },
      'G:P',
    ],
    [
      'an int16 of 70000',
      { parameters: [{ name: 'G', parameters: [{ name: 'P', type: 'int16', value: 70000 }] }] },
      '70000',
    ],
    [
      'a text where a number belongs',
      { parameters: [{ name: 'G', parameters: [{ name: 'P', type: 'float', value: 'x' }] }] },
      'G:P',
    ],
    [
      'a number where a text belongs',
      { parameters: [{ name: 'G', parameters: [{ name: 'P', type: 'char', value: 5 }] }] },
      'G:P',
    ],
    [
      'a parameter over 65535 bytes',
      {
        parameters: [
          {
            name: 'G',
            parameters: [
              { name: 'P', type: 'float', dimensions: [255, 100], value: new Float32Array(25500) },
            ],
          },
        ],
      },
      'G:P',
    ],
    [
      '128 groups',
      { parameters: Array.from({ length: 128 }, (_, i) => ({ name: `G${i}`, parameters: [] })) },
      '127',
    ],
  ]
  for (const [name, changes, where] of cases)
    test(name, () => {
      let message = ''
      try {
        writeC3d(spec(changes))
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
        message = (error as Error).message
      }
      expect(message).toContain(where)
    })
})
