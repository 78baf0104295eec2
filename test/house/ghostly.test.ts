/** docs/ghostly.md is true: its names correspond on real recordings, its tests are there, and these hold the rest. */
import { describe, expect, test } from 'bun:test'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { c3dFormat } from '../../plugins/c3d-reader/c3d-format.ts'
import { synthesiseEmg } from '../../plugins/c3d-reader/samples/index.ts'
import type { ChannelAnalysis } from '../../plugins/emg-analyzer/index.ts'
import { writeC3d } from '../../src/sdk.ts'
import { analyze, planOf, readShared } from '../support/analysis.ts'
import { SHARED, sharedNote } from '../support/shared.ts'
import { PROJECT } from '../support/targets.ts'
import { codeIn, read, rowsOf, sectionOf } from './pages/read.ts'

const page = read('docs/ghostly.md')

/** The value at `windows.rms.mean`. @throws {Error} when there is no such path */
const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((each, key) => {
    if (typeof each !== 'object' || each === null || !(key in each)) throw new Error(`there is no ${path}`)
    return (each as Record<string, unknown>)[key]
  }, value)

const ghostly = planOf('ghostly')
const GOLDENS = SHARED ? join(SHARED, 'data/golden/ghostly') : ''
const goldens = SHARED
  ? readdirSync(GOLDENS).map((file) => file.replace(/\.json$/, ''))
  : ['recordings of a game']

/** Names of the predecessor with ours; the second table of the section is of settings. */
const names = rowsOf(sectionOf(page, '## Names'))
  .map(([theirs, ours]) => [codeIn(theirs), codeIn(ours)] as const)
  .filter(([theirs, ours]) => theirs !== '' && !/^(?:detection|targets)\./.test(ours))

describe('names', () => {
  test('are many', () => {
    expect(names.length).toBeGreaterThan(20)
  })

  test.skipIf(!SHARED).each(goldens)(`correspond, value for value: %s${sharedNote}`, (name) => {
    const { analytics_default } = JSON.parse(readFileSync(join(GOLDENS, `${name}.json`), 'utf8')) as {
      analytics_default: Record<string, unknown>
    }
    for (const [i, channel] of analyze(readShared(`ghostly/${name}`), ghostly).channels.entries()) {
      for (const [theirs, ours] of names) {
        const expected = at(analytics_default[`CH${i + 1}`], theirs)
        const actual = at(channel, ours)
        const alike =
          typeof expected === 'number'
            ? Math.abs((actual as number) - expected) <= 1e-8 * Math.abs(expected)
            : actual === expected
        expect([theirs, ours, actual, expected, alike]).toEqual([theirs, ours, actual, expected, true])
      }
    }
  })
})

test('every test that covers a deviation is there', () => {
  const covered = rowsOf(sectionOf(page, '## Not reproduced')).flatMap(([, , cell = '']) =>
    cell ? [cell] : [],
  )
  expect(covered.length).toBeGreaterThan(20)
  for (const cell of covered) {
    const path = codeIn(cell)
    const title = cell.slice(cell.indexOf('`: ') + 3)
    expect([cell, existsSync(join(PROJECT, path))]).toEqual([cell, true])
    expect([cell, read(path).includes(`${title}'`)]).toEqual([cell, true])
  }
})

const RATE = 1000
const emg = (durationS: number, bursts: Array<{ startMs: number; endMs: number; rms: number }> = []) =>
  synthesiseEmg({ seed: 1, rate: RATE, durationS, baselineRms: 3e-6, bursts }).samples

const BURSTS = Array.from({ length: 8 }, (_, i) => ({
  startMs: 1000 + 4000 * i,
  endMs: 3000 + 4000 * i,
  rms: 1e-4,
}))

/** A recording of the game: two raw channels, and what the device made of them. */
const recordingOf = (samples: Float64Array) =>
  writeC3d({
    processor: 'intel',
    storage: 'float',
    pointRate: 50,
    samplesPerFrame: 20,
    points: [],
    analogs: ['CH1 Raw', 'CH2 Raw'].map((label) => ({ label, samples })),
    parameters: [
      {
        name: 'INFO',
        parameters: [
          { name: 'TIME', type: 'char', value: ['2023', '3', '21', '17', '23'] },
          { name: 'GAME_LEVEL', type: 'int16', value: 0 },
        ],
      },
    ],
  })

const channelsOf = (samples: Float64Array, context = {}): readonly ChannelAnalysis[] =>
  analyze(c3dFormat.read(recordingOf(samples)), ghostly, context).channels

describe('what the predecessor got wrong', () => {
  test('a recording of 75 s lasts 75 s', () => {
    expect(channelsOf(emg(75)).map(({ durationS }) => durationS)).toEqual([75, 75])
  })

  test('parameters keep all their values, and 0 is one', () => {
    const description = c3dFormat.read(recordingOf(emg(2))).describe()
    expect(at(description, 'parameters.INFO.TIME.value')).toEqual(['2023', '3', '21', '17', '23'])
    expect(at(description, 'parameters.INFO.GAME_LEVEL.value')).toBe(0)
  })

  test('an analysis is a small part of its recording', () => {
    const bytes = recordingOf(emg(75, BURSTS))
    const analysis = analyze(c3dFormat.read(bytes), ghostly)
    expect(analysis.channels[0]?.contractions).toHaveLength(8)
    expect(JSON.stringify(analysis).length).toBeLessThan(bytes.length / 20)
  })

  test('without a target the contractions stay, and the flag is null', () => {
    const targets = { mvcPercent: 75, durationMs: null, contractions: null, channels: [] }
    for (const { contractions } of channelsOf(emg(35, BURSTS), { targets })) {
      expect(contractions).toHaveLength(8)
      for (const { meetsDuration, meetsMvc, isGood } of contractions) {
        expect(meetsDuration).toBeNull()
        expect(isGood).toBe(meetsMvc)
      }
    }
  })

  test('without a contraction there is no duration, instead of 0', () => {
    for (const { bursts, contractions } of channelsOf(
      new Float64Array(20_000).map((_, i) => (i % 2 ? 1e-12 : 2e-12)),
    )) {
      expect(contractions).toEqual([])
      expect([bursts.count, bursts.meanDurationMs, bursts.maxDurationMs]).toEqual([0, null, null])
    }
  })

  test('fatigue that is not computed is null, instead of 0', () => {
    expect(channelsOf(emg(35, BURSTS)).map(({ fatigue }) => fatigue)).toEqual([null, null])
  })
})
