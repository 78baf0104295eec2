import { describe, expect, test } from 'bun:test'
import * as v from 'valibot'
import type { TherapySession } from '../../clinical-records/index.ts'
import { muscle, scoreOf } from '../score/fixtures.ts'
import type { ScoreRow } from '../sessions/store.ts'
import { LONGEST_TREND, TrendSchema, trendOf } from './trend.ts'

const DAY_MS = 86_400_000

const sessionAt = (day: number): TherapySession => ({
  id: `session ${day}`,
  patientId: 'patient',
  patientCode: 'P001',
  recordingId: null,
  startedAt: new Date(day * DAY_MS),
  startedAtBasis: 'stated',
  rpe: null,
  bfr: { left: null, right: null },
  game: null,
  settings: null,
  status: 'pending',
  failure: null,
  createdAt: new Date(day * DAY_MS),
  version: 1,
})

const amplitude = {
  muscle: 'quadriceps',
  side: 'left',
  value: 75,
  unit: '%',
  n: 12,
  mvcSource: 'manual',
  reason: null,
} as const

const ANALYSIS = {
  recordingId: 'recording',
  sha256: 'hash',
  preset: 'clinical',
  pipelineVersion: '1',
  inputs: 'inputs',
}

function rowOf(day: number, changes: Partial<ScoreRow> = {}): ScoreRow {
  const score = scoreOf({ muscles: [muscle(), muscle({ side: 'right' })], rpe: 5 })
  return {
    id: `score ${day}`,
    sessionId: `session ${day}`,
    configurationId: score.configuration.id,
    version: score.configuration.version,
    chosenBy: 'active',
    overall: score.overall.value,
    input: { muscles: [], bfr: { left: null, right: null }, rpe: null, game: null },
    score,
    analysis: { ...ANALYSIS, amplitudes: [amplitude] },
    computedAt: new Date(day * DAY_MS + 1),
    ...changes,
  }
}

describe('a trend', () => {
  test('is of its schema, and shows the figures of the score with their reasons', () => {
    const row = rowOf(1)
    const trend = trendOf([sessionAt(1)], [row])
    expect(v.parse(TrendSchema, trend)).toEqual(trend)
    const { overall, components, configuration } = row.score
    expect(trend.sessions[0]).toMatchObject({
      score: {
        id: 'score 1',
        overall: { value: overall.value, reason: null },
        components: {
          effort: { value: components.effort.value, reason: null },
          game: { value: null, reason: components.game.reason },
        },
        configuration: { id: configuration.id, version: 3, name: 'test' },
      },
      amplitudes: [amplitude],
      amplitudesReason: null,
    })
    expect(components.game.reason).toBeString()
  })

  test('goes from the oldest session to the newest, those without a score among them', () => {
    const { sessions } = trendOf([3, 2, 1].map(sessionAt), [rowOf(1), rowOf(3)])
    expect(sessions.map(({ sessionId, score }) => [sessionId, score?.id])).toEqual([
      ['session 1', 'score 1'],
      ['session 2', undefined],
      ['session 3', 'score 3'],
    ])
    expect(sessions[1]).toMatchObject({
      score: null,
      scoreReason: 'no score of the session is stored',
      amplitudes: null,
      amplitudesReason: 'no score of the session is stored',
    })
  })

  test('says why a score has no amplitudes', () => {
    const { sessions } = trendOf([2, 1].map(sessionAt), [
      rowOf(1, { analysis: null }),
      rowOf(2, { analysis: ANALYSIS }),
    ])
    expect(sessions.map(({ amplitudes, amplitudesReason }) => [amplitudes, amplitudesReason])).toEqual([
      [null, 'the session had no recording when it was scored'],
      [null, 'it was scored before amplitudes were kept: score it again'],
    ])
  })

  test('of nobody’s sessions is empty', () => {
    expect(trendOf([], [])).toEqual({ sessions: [], hasEarlier: false })
  })

  test('leaves out the oldest sessions past its length, and says so', () => {
    const days = Array.from({ length: LONGEST_TREND + 1 }, (_, i) => LONGEST_TREND + 1 - i)
    const whole = trendOf(days.slice(0, -1).map(sessionAt), [])
    expect([whole.sessions.length, whole.hasEarlier]).toEqual([LONGEST_TREND, false])
    const cut = trendOf(days.map(sessionAt), [])
    expect([cut.sessions.length, cut.sessions[0]?.sessionId, cut.hasEarlier]).toEqual([
      LONGEST_TREND,
      'session 2',
      true,
    ])
  })
})
