import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import {
  canRetry,
  codesIn,
  type Entry,
  type Event,
  type Failure,
  isOver,
  isUnsent,
  MOST_FOLLOWED,
  MOST_SENDING,
  nextDue,
  type Queue,
  reduce,
  type Stored,
  toFollow,
  toSend,
  totalsOf,
} from './queue.ts'

const file = (id: number, more: Partial<Entry> = {}) => ({
  id,
  name: `trial ${id}.c3d`,
  size: 100,
  patientCode: 'P001',
  ...more,
})
const stored: Stored = {
  recordingId: 'r',
  sessionId: 's',
  startedAt: '2026-01-31T09:30:00Z',
  startedAtBasis: 'metadata',
  isKnown: false,
  warnings: [],
}
const lost: Failure = { code: 'UNREACHABLE', status: 0, detail: '', requestId: null }
const busy: Failure = { code: 'RATE_LIMITED', status: 429, detail: '', requestId: null }

const after = (...events: Event[]): Queue => events.reduce(reduce, [])
const kinds = (queue: Queue) => queue.map(({ state }) => state.kind)
const added = (...entries: Array<Omit<Entry, 'state'>>): Event => ({ type: 'added', entries })

describe('a file that is added', () => {
  test('waits to be sent', () => expect(kinds(after(added(file(1))))).toEqual(['waiting']))

  test('fails at once where it is empty: no server has to say so', () => {
    const [entry] = after(added(file(1, { size: 0 })))
    expect(entry?.state).toMatchObject({ kind: 'failed', failure: { code: 'EMPTY' } })
  })

  test('is doubtful where its name or folder says another patient than the one chosen', () => {
    for (const name of ['P002_gait.c3d', 'P002/gait.c3d', 'P001 and P002.c3d']) {
      expect(kinds(after(added(file(1, { name }))))).toEqual(['doubtful'])
    }
    for (const name of ['P001_gait.c3d', 'XP002.c3d', 'P0021a.c3d', 'P02.c3d']) {
      expect(kinds(after(added(file(1, { name }))))).toEqual(['waiting'])
    }
  })

  test('of no patient is nobody’s, whatever its name says', () => {
    expect(kinds(after(added(file(1, { name: 'P002.c3d', patientCode: null }))))).toEqual(['waiting'])
  })
})

test('the codes in a name are told once each', () => {
  expect(codesIn('P001/P001-P123456789.c3d')).toEqual(['P001', 'P123456789'])
  expect(codesIn('')).toEqual([])
})

test('a doubtful file is sent to whom somebody says, and never before', () => {
  const doubtful = after(added(file(1, { name: 'P002.c3d' })))
  expect(toSend(doubtful, 0)).toEqual([])
  const [entry] = reduce(doubtful, { type: 'settled', id: 1, patientCode: 'P002' })
  expect(entry).toMatchObject({ patientCode: 'P002', state: { kind: 'waiting' } })
})

test('a file that waits keeps its patient, whatever is settled late', () => {
  const [entry] = after(added(file(1)), { type: 'settled', id: 1, patientCode: 'P009' })
  expect(entry?.patientCode).toBe('P001')
})

describe('a file on its way', () => {
  const sending = [added(file(1)), { type: 'started', id: 1 }] as const satisfies Event[]

  test('is sent, stored, analysed and done', () => {
    let queue = after(...sending, { type: 'progressed', id: 1, sent: 40 })
    expect(queue[0]?.state).toMatchObject({ kind: 'sending', sent: 40 })
    queue = reduce(queue, { type: 'progressed', id: 1, sent: 100 })
    expect(kinds(queue)).toEqual(['storing'])
    queue = reduce(queue, { type: 'stored', id: 1, stored })
    queue = reduce(queue, { type: 'analysing', id: 1, percent: 10, held: null })
    expect(queue[0]?.state).toMatchObject({ kind: 'analysing', percent: 10 })
    queue = reduce(queue, { type: 'analysed', id: 1, quality: { good: 2, usable: 0, poor: 0 } })
    expect(queue[0]?.state).toEqual({ kind: 'done', stored, quality: { good: 2, usable: 0, poor: 0 } })
  })

  test('is not stopped once the server stores it, and what comes late changes nothing', () => {
    const storing = after(...sending, { type: 'progressed', id: 1, sent: 100 }, { type: 'cancelled', id: 1 })
    expect(kinds(storing)).toEqual(['storing'])
    const cancelled = after(...sending, { type: 'cancelled', id: 1 })
    expect(kinds(reduce(cancelled, { type: 'stored', id: 1, stored }))).toEqual(['cancelled'])
    expect(kinds(reduce(cancelled, { type: 'failed', id: 1, failure: lost }))).toEqual(['cancelled'])
  })

  test('that was cancelled or has failed is sent anew when somebody says so', () => {
    for (const end of [
      { type: 'cancelled', id: 1 },
      { type: 'failed', id: 1, failure: lost },
    ] as const) {
      expect(kinds(after(...sending, end, { type: 'retried', id: 1 }))).toEqual(['waiting'])
    }
  })

  test('whose analysis has failed is stored: it is analysed anew, not sent', () => {
    const failed = after(
      ...sending,
      { type: 'stored', id: 1, stored },
      { type: 'followed', id: 1 },
      { type: 'failed', id: 1, failure: { ...lost, code: 'NO_EMG' } },
    )
    expect(failed[0]?.state).toMatchObject({ kind: 'failed', stored })
    const again = reduce(failed, { type: 'retried', id: 1, jobId: 'j' })
    expect(again[0]?.state).toMatchObject({ kind: 'analysing', jobId: 'j', isFollowed: false, stored })
    expect(toSend(again, 0)).toEqual([])
  })

  test('goes by itself when the network is back, and only what was lost does', () => {
    const queue = after(
      added(file(1), file(2)),
      { type: 'failed', id: 1, failure: lost },
      { type: 'failed', id: 2, failure: { ...lost, code: 'NOT_C3D' } },
      { type: 'reconnected' },
    )
    expect(kinds(queue)).toEqual(['waiting', 'failed'])
  })

  test('is put off while the server has too much to do, and not for ever', () => {
    let queue = after(added(file(1)))
    for (let i = 0; i < 5; i++) {
      expect(nextDue(queue, 999)).toBe(i === 0 ? null : 1000)
      expect(toSend(queue, 1000)).toHaveLength(1)
      queue = reduce(reduce(queue, { type: 'started', id: 1 }), {
        type: 'put off',
        id: 1,
        until: 1000,
        failure: busy,
      })
      expect(toSend(queue, 999)).toEqual([])
    }
    queue = reduce(reduce(queue, { type: 'started', id: 1 }), {
      type: 'put off',
      id: 1,
      until: 1000,
      failure: busy,
    })
    expect(queue[0]?.state).toMatchObject({ kind: 'failed', failure: busy })
  })
})

describe('of many files', () => {
  const many = added(...Array.from({ length: 9 }, (_, i) => file(i)))

  test('some are sent at once, and the next follows each that is stored', () => {
    let queue = after(many)
    const start = () => {
      for (const { id } of toSend(queue, 0)) queue = reduce(queue, { type: 'started', id })
    }
    start()
    expect(kinds(queue).filter((kind) => kind === 'sending')).toHaveLength(MOST_SENDING)
    expect(toSend(queue, 0)).toEqual([])
    queue = reduce(queue, { type: 'stored', id: 0, stored })
    start()
    expect(queue[MOST_SENDING]?.state.kind).toBe('sending')
  })

  test('the analyses of a few are followed at once, the oldest first', () => {
    const events = Array.from({ length: 4 }, (_, id): Event[] => [
      { type: 'started', id },
      { type: 'stored', id, stored },
    ])
    let queue = after(many, ...events.flat())
    expect(toFollow(queue).map(({ id }) => id)).toEqual([0, 1].slice(0, MOST_FOLLOWED))
    queue = reduce(queue, { type: 'followed', id: 0 })
    queue = reduce(queue, { type: 'followed', id: 1 })
    expect(toFollow(queue)).toEqual([])
    queue = reduce(queue, { type: 'analysed', id: 0, quality: null })
    expect(toFollow(queue).map(({ id }) => id)).toEqual([2])
  })

  test('those that are over leave the list when it is cleared, and no other', () => {
    const queue = after(many, { type: 'cancelled', id: 3 }, { type: 'cleared' })
    expect(queue.map(({ id }) => id)).not.toContain(3)
    expect(queue).toHaveLength(8)
  })
})

test('totals count what is meant to be sent', () => {
  const queue = after(
    added(file(1), file(2), file(3, { size: 0 })),
    { type: 'started', id: 1 },
    { type: 'progressed', id: 1, sent: 30 },
    { type: 'cancelled', id: 2 },
  )
  expect(totalsOf(queue)).toEqual({ files: 2, done: 0, failed: 1, doubtful: 0, size: 100, sent: 30 })
})

test('whatever happens in whichever order, no more are sent than may be, and sums hold', () => {
  const id = fc.integer({ min: 0, max: 5 })
  const event: fc.Arbitrary<Event> = fc.oneof(
    id.map((each): Event => ({ type: 'started', id: each })),
    fc.tuple(id, fc.nat(150)).map(([each, sent]): Event => ({ type: 'progressed', id: each, sent })),
    id.map((each): Event => ({ type: 'stored', id: each, stored })),
    id.map((each): Event => ({ type: 'failed', id: each, failure: lost })),
    id.map((each): Event => ({ type: 'cancelled', id: each })),
    id.map((each): Event => ({ type: 'retried', id: each })),
    id.map((each): Event => ({ type: 'followed', id: each })),
    id.map((each): Event => ({ type: 'analysed', id: each, quality: null })),
    id.map((each): Event => ({ type: 'removed', id: each })),
    fc.constantFrom<Event>({ type: 'reconnected' }, { type: 'cleared' }),
  )
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      let queue = after(added(...Array.from({ length: 6 }, (_, i) => file(i))))
      for (const each of events) {
        // As the page does it: only what is to be started is.
        if (each.type === 'started' && !toSend(queue, 0).some((entry) => entry.id === each.id)) continue
        queue = reduce(queue, each)
        const sending = kinds(queue).filter((kind) => kind === 'sending' || kind === 'storing')
        expect(sending.length).toBeLessThanOrEqual(MOST_SENDING)
        const { sent, size, files, done, failed } = totalsOf(queue)
        expect(sent).toBeLessThanOrEqual(size)
        expect(done + failed).toBeLessThanOrEqual(files)
        for (const entry of queue) expect(isOver(entry) && isUnsent(entry)).toBe(false)
      }
    }),
  )
})

test('what may go better another time may be tried again, and what is wrong with the file may not', () => {
  const refusal = (code: string, status: number): Failure => ({ ...lost, code, status })
  for (const failure of [
    lost,
    refusal('RATE_LIMITED', 429),
    refusal('X', 503),
    refusal('SESSION_ENDED', 401),
  ]) {
    expect(canRetry({ kind: 'failed', failure, stored: null })).toBe(true)
  }
  for (const failure of [
    refusal('NOT_C3D', 422),
    refusal('RECORDING_TOO_LARGE', 413),
    refusal('RECORDING_TAKEN', 409),
    refusal('EMPTY', 0),
    refusal('FILE_UNREADABLE', 0),
  ]) {
    expect(canRetry({ kind: 'failed', failure, stored: null })).toBe(false)
    expect(canRetry({ kind: 'failed', failure, stored })).toBe(true)
  }
  expect(canRetry({ kind: 'cancelled' })).toBe(true)
  expect(canRetry({ kind: 'waiting', notBefore: 0, putOff: 0 })).toBe(false)
})
