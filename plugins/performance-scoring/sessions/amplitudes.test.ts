import { describe, expect, test } from 'bun:test'
import * as v from 'valibot'
import { amplitudesOf, type MeasuredChannel, NormalisedAmplitudeSchema } from './amplitudes.ts'

const channel = (changes: Partial<MeasuredChannel> = {}): MeasuredChannel => ({
  name: 'CH1',
  muscle: 'quadriceps',
  side: 'left',
  thresholds: { onset: 1 },
  contractions: [{ mvcPercent: 60 }, { mvcPercent: 90 }],
  mvc: { source: 'patient-record', reason: null },
  ...changes,
})

describe('normalised amplitudes', () => {
  test('are means over the contractions, with where the MVC is from', () => {
    const found = amplitudesOf([channel()])
    expect(found).toEqual([
      {
        muscle: 'quadriceps',
        side: 'left',
        value: 75,
        unit: '%',
        n: 2,
        mvcSource: 'patient-record',
        reason: null,
      },
    ])
    expect(v.parse(v.array(NormalisedAmplitudeSchema), found)).toEqual(found)
  })

  test('leave out contractions whose amplitude is not known, and do not count them', () => {
    const [found] = amplitudesOf([
      channel({ contractions: [{ mvcPercent: null }, { mvcPercent: 120 }, { mvcPercent: 0 }] }),
    ])
    expect([found?.value, found?.n]).toEqual([60, 2])
  })

  test('are null with the reason where there is nothing to take the mean of', () => {
    const unknown = [{ mvcPercent: null }]
    const found = amplitudesOf([
      channel({ contractions: [] }),
      channel({ contractions: [], thresholds: null }),
      channel({ contractions: unknown, mvc: { source: null, reason: 'no MVC is recorded' } }),
      channel({ contractions: unknown }),
      channel({ contractions: unknown, mvc: null }),
    ])
    expect(found.map(({ value, n, reason }) => [value, n, reason])).toEqual([
      [null, 0, 'there is no contraction'],
      [null, 0, 'the contractions could not be counted'],
      [null, 0, 'no MVC is recorded'],
      [null, 0, 'no amplitude in % of an MVC is known of any contraction'],
      [null, 0, 'no amplitude in % of an MVC is known of any contraction'],
    ])
    expect(found.at(-1)?.mvcSource).toBeNull()
  })

  test('of a channel without a muscle go by its name, and have no side', () => {
    expect(amplitudesOf([channel({ muscle: null, side: null })])[0]).toMatchObject({
      muscle: 'CH1',
      side: 'none',
    })
  })
})
