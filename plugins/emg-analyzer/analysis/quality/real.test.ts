/** Verdicts on real recordings, as somebody who knows their signals would give them. */
import { describe, expect, test } from 'bun:test'
import { analyze, readShared } from '../../../../test/support/analysis.ts'
import { SHARED, sharedNote } from '../../../../test/support/shared.ts'
import type { ChannelQuality } from '../schema.ts'

const qualities = (path: string): Map<string, ChannelQuality> =>
  new Map(analyze(readShared(path)).channels.map(({ label, quality }) => [label, quality]))
const checksOf = ({ reasons }: ChannelQuality): string[] => reasons.map(({ check }) => check)
const lineOf = ({ checks }: ChannelQuality) =>
  (checks.powerLine?.details as { fundamentalHz: number | null } | undefined)?.fundamentalHz

describe.skipIf(!SHARED)(`verdicts on real recordings${sharedNote}`, () => {
  test.each([
    'ghostly/Ghostly_Emg_20230321_17-23-09-0409.c3d',
    'ghostly/Ghostly_Emg_20250310_11-46-23-0823.c3d',
  ])('%s is good: contractions 20 dB above a rest of some microvolts', (path) => {
    for (const quality of qualities(path).values()) {
      expect(quality).toMatchObject({ verdict: 'good', reasons: [], clippedPercent: 0 })
      expect(quality.checks.signalToNoise?.value).toBeGreaterThan(20)
      expect(quality.checks.baselineNoise?.value).toBeWithin(3e-6, 10e-6)
      expect(quality.checks.ecg?.value).toBeNull()
    }
  })

  test('two dropouts make a channel usable, and not the one beside it', () => {
    const found = [...qualities('ghostly/Ghostly_Emg_20230321_17-33-14-0785.c3d').values()]
    expect(found.map(({ verdict }) => verdict)).toEqual(['usable', 'good'])
    expect(found.map(checksOf)).toEqual([['dropouts'], []])
    expect(found[0]?.dropouts.blocks.map(({ samples }) => samples)).toEqual([270, 270])
    expect(found.map(({ clippedPercent }) => clippedPercent)).toEqual([0, 0])
  })

  test('clipping, noise and hum make a channel poor', () => {
    const [first, second] = [...qualities('ghostly/Ghostly_Emg_20231004_13-18-43-0464.c3d').values()]
    if (!first || !second) throw new Error('no channels')
    expect(first.verdict).toBe('poor')
    expect(checksOf(first)).toEqual(['clipping', 'baselineNoise', 'powerLine'])
    expect(first.clippedPercent).toBeWithin(4, 6)
    expect(second.clippedPercent).toBeWithin(0.03, 0.15)
    expect([first, second].map(lineOf)).toEqual([50, 50])
    expect([first, second].map(({ dropouts }) => dropouts.count)).toEqual([0, 0])
  })

  test('volts of an amplifier’s output are told from those at the skin, and no rest is judged in microvolts', () => {
    for (const quality of qualities('vendors/Gait.c3d').values()) {
      expect(checksOf(quality)).toContain('scale')
      expect(checksOf(quality)).not.toContain('baselineNoise')
    }
  })

  test('a channel that its converter of 10 V cut off is clipped, and its neighbours are not', () => {
    const found = [...qualities('vendors/Gait_with_EMG.c3d')]
    expect(found.filter(([, { clippedPercent }]) => clippedPercent > 0).map(([label]) => label)).toEqual([
      'RGAS',
    ])
  })

  test('the strobe of a camera at 120 Hz is not taken for the power line at 60 Hz', () => {
    const lines = [...qualities('vendors/FunctionalWalk.c3d').values()].map(lineOf)
    expect(lines).toHaveLength(16)
    expect(lines).toContain(50)
    expect(lines).not.toContain(60)
  })

  test('channels that nothing was connected to are poor for that one reason', () => {
    for (const quality of qualities('vendors/analogfpscale04i.c3d').values()) {
      expect(quality.verdict).toBe('poor')
      expect(checksOf(quality)).toEqual(['constant'])
    }
  })
})
