import { describe, expect, test } from 'bun:test'
import * as v from 'valibot'
import { analyzeAll, channelOf as channel, evenly, recordingOf, synth } from '../analysis/fixtures.ts'
import { channelOf, contractionsOf } from './parts.ts'
import { SessionChannelSchema, SessionContractionsSchema } from './schema.ts'

const whose = {
  sessionId: '0192f0c1-2d3e-7a4b-8c5d-6e7f8a9b0c1d',
  recordingId: '0192f0c1-2d3e-7a4b-8c5d-6e7f8a9b0c1e',
}
const { samples } = synth({ bursts: evenly(5, 5000, 2500, 2e-4) })
const named = (index: number, label: string) => channel(samples, { index, label, name: label })
const analysis = analyzeAll(recordingOf(named(0, 'L VL'), named(1, 'Fz'), named(2, 'R VL')))

describe('parts of an analysis', () => {
  test('have channels left and left out', () => {
    expect(analysis.channels.map(({ index }) => index)).toEqual([0, 2])
    expect(analysis.exclusions.map(({ index }) => index)).toEqual([1])
  })

  test('say whose they are, and all that the whole says of itself', () => {
    const { channels: _, pairs: __, ...whole } = analysis
    const { channels: ___, ...contractions } = contractionsOf(whose, analysis)
    expect(contractions).toEqual({ ...whose, ...whole })
    expect(channelOf(whose, analysis, 2)).toMatchObject({ ...whose, ...whole } as never)
  })

  test('are of their schemas', () => {
    const contractions = contractionsOf(whose, analysis)
    expect(v.parse(SessionContractionsSchema, contractions)).toEqual(contractions)
    const one = channelOf(whose, analysis, 0)
    expect(v.parse(SessionChannelSchema, one)).toEqual(one as never)
  })

  test('show contractions as they are, with what they were held against, and no metrics', () => {
    for (const [i, each] of contractionsOf(whose, analysis).channels.entries()) {
      const { contractions, mvc, target, bursts, thresholds } = analysis.channels[i] ?? {}
      expect(each).toMatchObject({ contractions, mvc, target, bursts, thresholds } as never)
      expect(contractions?.length).toBe(5)
      expect(Object.keys(each)).not.toContain('metrics')
    }
  })

  test('go by the place of a channel in the file, not in the analysis', () => {
    expect(channelOf(whose, analysis, 2)?.channel).toEqual(analysis.channels[1] as never)
    expect([1, 3, -1, Number.NaN].map((index) => channelOf(whose, analysis, index))).toEqual(
      Array(4).fill(null),
    )
  })
})
