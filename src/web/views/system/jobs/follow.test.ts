import { describe, expect, test } from 'bun:test'
import { followed, type Job, mayCancel, mayRetry, STATES, totalsOf, withNews } from './follow.ts'

const job = (id: string, state: Job['state']): Job => ({
  id,
  plugin: 'session-analysis',
  name: 'analyse',
  state,
  attempts: 1,
  priority: 0,
  enqueuedAt: '2026-11-21T12:00:00.000Z',
  notBefore: '2026-11-21T12:00:00.000Z',
  startedAt: null,
  finishedAt: null,
  errorCode: null,
  progress: null,
  held: null,
})

describe('jobs that are followed', () => {
  test('are those that run before those that wait, three at most', () => {
    const jobs = [
      job('a', 'waiting'),
      job('b', 'completed'),
      job('c', 'running'),
      job('d', 'waiting'),
      job('e', 'waiting'),
    ]
    expect(followed(jobs)).toEqual(['c', 'a', 'd'])
  })

  test('are those that were tried again before those that wait, listed or not, and none of them twice', () => {
    const jobs = [job('a', 'waiting'), job('b', 'running'), job('c', 'waiting')]
    expect(followed(jobs, ['x', 'b'])).toEqual(['b', 'x', 'a'])
    expect(followed([], ['x'])).toEqual(['x'])
  })

  test('are none where all have ended', () => {
    expect(followed([job('a', 'failed'), job('b', 'cancelled'), job('c', 'completed')])).toEqual([])
  })
})

describe('a list with news', () => {
  test('says the newer of both', () => {
    const news = new Map([['a', job('a', 'running')]])
    expect(withNews([job('a', 'waiting'), job('b', 'waiting')], news).map(({ state }) => state)).toEqual([
      'running',
      'waiting',
    ])
  })

  test('says that a job has ended where the list says so, whatever was heard before', () => {
    expect(withNews([job('a', 'completed')], new Map([['a', job('a', 'running')]]))[0]?.state).toBe(
      'completed',
    )
  })
})

test('what was given up is tried again, what has not ended is cancelled, and nothing else', () => {
  expect(STATES.filter((state) => mayRetry(job('a', state)))).toEqual(['failed'])
  expect(STATES.filter((state) => mayCancel(job('a', state)))).toEqual(['waiting', 'running'])
})

test('queues are added up', () => {
  const queue = { plugin: 'a', name: 'b', waiting: 1, running: 2, failed: 3 }
  expect(totalsOf([queue, queue])).toEqual({ waiting: 2, running: 4, failed: 6 })
  expect(totalsOf([])).toEqual({ waiting: 0, running: 0, failed: 0 })
})
