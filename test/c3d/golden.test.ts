/** Every real file gives what the golden values say: counts exactly, values to 1e-6 relative. */

import { describe, expect, test } from 'bun:test'
import { describeC3d, readC3d } from '../../src/c3d/index.ts'
import { GOLDEN, hasRealFiles, outcome, readReal } from './support.ts'

interface Golden {
  path: string
  error?: string
  proc: string
  storage: string
  points: number
  analogs: number
  aspf: number
  frames: number
  frames_declared: number
  point_rate: number
  analog_rate: number
  rotation: boolean
  valid_points?: number
  sumabsP?: number
  resid_sum?: number
  analog_samples?: number
  gen_scale?: number
  sumA?: number
  analog_labels?: string[]
  ana?: Record<(typeof STATISTICS)[number], number>[]
}

const STATISTICS = ['mean', 'std', 'min', 'max', 'first', 'last'] as const

const TOLERANCE = 1e-6

/** Equal to 1e-6 of the expected value; a mean near zero may miss by that much of the deviation. */
function expectClose(actual: number | null | undefined, expected: number, scale = 0): void {
  expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThanOrEqual(
    TOLERANCE * Math.max(Math.abs(expected), 1e-6 * scale),
  )
}

const goldens: Golden[] = hasRealFiles ? await Bun.file(GOLDEN).json() : []

describe('real files', () => {
  if (!hasRealFiles)
    test.skip('SKIPPED: the real files and their golden values are missing (../shared)', () => {})

  for (const golden of goldens) {
    const path = golden.path.replace(/^c3d\//, '')
    if (golden.error) {
      test(`${path} is refused as EMPTY`, async () => {
        expect(outcome(await readReal(path))).toEqual({ code: 'EMPTY' })
      })
      continue
    }
    test(`${path} reads as its golden values say`, async () => {
      const recording = readC3d(await readReal(path))
      const found = describeC3d(recording, { stats: true })
      expect(found).toMatchObject({
        processor: golden.proc.toLowerCase(),
        storage: golden.storage,
        points: golden.points,
        analogs: golden.analogs,
        samplesPerFrame: golden.aspf,
        framesPresent: golden.frames,
        framesDeclared: golden.frames_declared,
      })
      expect(recording.rotation !== null).toBe(golden.rotation)
      expectClose(found.pointRate, golden.point_rate)
      expectClose(found.analogRate, golden.analog_rate)
      if (golden.analog_samples !== undefined) expect(found.analogSamples).toBe(golden.analog_samples)
      if (golden.analog_labels) expect(found.analogLabels).toEqual(golden.analog_labels)
      if (golden.gen_scale !== undefined) expect(recording.genScale).toBe(golden.gen_scale)
      if (golden.valid_points !== undefined) expect(found.validPoints).toBe(golden.valid_points)
      if (golden.sumabsP !== undefined) expectClose(found.sumAbsPoints, golden.sumabsP)
      for (const [i, expected] of golden.ana?.entries() ?? [])
        for (const key of STATISTICS) expectClose(found.channels![i]![key], expected[key], expected.std)
      if (golden.resid_sum !== undefined) expectClose(sumOfResiduals(recording), golden.resid_sum)
      const sum = recording
        .allAnalogSamples()
        .reduce((total, samples) => total + samples.reduce((a, b) => a + b, 0), 0)
      const size = recording
        .allAnalogSamples()
        .reduce((total, samples) => total + samples.reduce((a, b) => a + Math.abs(b), 0), 0)
      if (golden.sumA !== undefined) expectClose(sum, golden.sumA, size)
      expect(() => JSON.parse(JSON.stringify(found))).not.toThrow()
    })
  }
})

/** Residuals of the frames that the golden reader counted: all with a residual of at least 0. */
function sumOfResiduals(recording: ReturnType<typeof readC3d>): number {
  let sum = 0
  for (const point of recording.points)
    for (const residual of point.trajectory().residual) if (residual > 0) sum += residual
  return sum
}
