/** Every corrupted file ends in its code or its warnings, in no time and in little memory. */

import { describe, expect, test } from 'bun:test'
import { basename } from 'node:path'
import { describeC3d, readC3d } from '../../src/c3d/index.ts'
import { hasRealFiles, outcome, readReal, realFiles } from './support.ts'

/** By file number: the code of the refusal, or the warnings in order. */
const EXPECTED: Record<string, string | string[]> = {
  '00': 'EMPTY',
  '01': 'TOO_SHORT',
  '02': 'TOO_SHORT',
  '03': 'TOO_SHORT',
  '04': ['TRUNCATED', 'EVENT_TIME'],
  '05': 'NO_FRAMES',
  '06': 'NOT_C3D',
  '07': 'PARAM_POINTER',
  '08': 'PARAM_POINTER',
  '09': 'PARAM_POINTER',
  '10': 'PROCESSOR',
  '11': ['PROCESSOR_SHORT'],
  '12': 'PROCESSOR',
  '13': 'RATE',
  '14': 'RATE',
  '15': ['MISMATCH'],
  '16': 'DATA_START',
  '17': 'DATA_START',
  '18': 'DATA_START',
  '19': ['SCALE_INVALID'],
  '20': ['SCALE_INVALID'],
  '21': ['MISMATCH'],
  '22': ['RATE_INVALID'],
  '23': ['RATE_INVALID'],
  '24': ['RATE_INVALID'],
  '25': ['RATE_INVALID'],
  '26': ['FRAME_RANGE'],
  '27': ['MISMATCH'],
  '28': ['FRAME_RANGE', 'MISMATCH'],
  '29': ['MISMATCH'],
  '30': ['MISMATCH'],
  '31': ['MISMATCH'],
  '32': ['MISMATCH'],
  '45': ['LABELS_SHORT'],
  '46': ['LABELS_SHORT'],
  '50': ['EVENT_COUNT'],
  '53': ['LEADING_ZEROS'],
  '54': ['TRAILING_DATA'],
  '55': 'NOT_C3D',
  '56': 'NOT_C3D',
  '57': ['TEXT_ENCODING'],
  '58': ['TEXT_NUL'],
}

/** What every file that is read still holds, but for the one cut in the middle of its data. */
const WHOLE = {
  points: 26,
  analogs: 16,
  samplesPerFrame: 4,
  framesPresent: 450,
  pointRate: 50,
  analogRate: 200,
}

describe('corrupted files', () => {
  if (!hasRealFiles) test.skip('SKIPPED: the corrupted files are missing (../shared)', () => {})

  const files = realFiles('corrupt')

  test.skipIf(!hasRealFiles)('there is an expectation for each file, and a file for each expectation', () => {
    expect(files.map((path) => basename(path).slice(0, 2)).sort()).toEqual(Object.keys(EXPECTED).sort())
  })

  for (const path of files) {
    const expected = EXPECTED[basename(path).slice(0, 2)]
    test(`${path} ends in ${expected}`, async () => {
      const bytes = await readReal(path)
      const start = performance.now()
      const result = outcome(bytes)
      if ('code' in result) expect(result.code).toBe(expected as string)
      else {
        expect(result.warnings).toEqual(expected as string[])
        const found = describeC3d(result.recording, { stats: true })
        if (!path.includes('/04')) {
          expect(found).toMatchObject(WHOLE)
          expect(found.sumAbsPoints).toBeCloseTo(18953147.064847782, 4)
        } else expect(found.framesPresent).toBe(218)
      }
      expect(performance.now() - start).toBeLessThan(1000)
    })
  }

  test.skipIf(!hasRealFiles)('the text that is not UTF-8 is read as Windows-1252', async () => {
    const path = files.find((one) => one.includes('/57'))!
    expect(readC3d(await readReal(path)).points[0]!.label).toBe('éÿ€Ã')
  })
})
