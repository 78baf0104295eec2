import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import * as v from 'valibot'
import { applyEdits, type ContractionEdit, ContractionEditSchema, type MarkedRun } from './edits.ts'

const RATE = 1000
const SAMPLES = 200
const recording = { samples: SAMPLES, rate: RATE }
const apply = (detected: Array<readonly [number, number]>, ...edits: ContractionEdit[]) =>
  applyEdits(
    detected.map(([start, end]) => ({ start, end })),
    edits,
    recording,
  )
type Span = [start: number, end: number, source: MarkedRun['source']]
const spans = (runs: readonly MarkedRun[]) => runs.map(({ start, end, source }): Span => [start, end, source])
const add = (startMs: number, endMs: number): ContractionEdit => ({ kind: 'add', channel: 0, startMs, endMs })
const remove = (atMs: number): ContractionEdit => ({ kind: 'remove', channel: 0, atMs })
const move = (atMs: number, startMs: number, endMs: number): ContractionEdit => ({
  kind: 'move',
  channel: 0,
  atMs,
  startMs,
  endMs,
})

describe('applyEdits', () => {
  test('without edits, everything is as it was detected', () => {
    expect(apply([[10, 20]])).toEqual({ runs: [{ start: 10, end: 20, source: 'detected' }], missed: [] })
  })

  test('adds, moves and removes, and marks what was set', () => {
    const { runs, missed } = apply(
      [
        [10, 20],
        [30, 40],
        [50, 60],
      ],
      add(100, 120),
      move(35, 32, 47),
      remove(50),
    )
    expect(spans(runs)).toEqual([
      [10, 20, 'detected'],
      [32, 47, 'edited'],
      [100, 120, 'edited'],
    ])
    expect(missed).toEqual([])
  })

  test('a contraction begins at its first sample and ends before its last', () => {
    expect(apply([[10, 20]], remove(10)).runs).toEqual([])
    expect(apply([[10, 20]], remove(19)).runs).toEqual([])
    expect(apply([[10, 20]], remove(20)).missed).toEqual([remove(20)])
    expect(apply([[10, 20]], remove(9)).missed).toEqual([remove(9)])
  })

  test('what a new one overlaps gives way to it, what it touches stays', () => {
    const detected: Array<readonly [number, number]> = [
      [10, 20],
      [30, 40],
      [50, 60],
    ]
    expect(spans(apply(detected, add(20, 31)).runs)).toEqual([
      [10, 20, 'detected'],
      [20, 31, 'edited'],
      [50, 60, 'detected'],
    ])
  })

  test('the last word counts: an edit meets what those before it left', () => {
    expect(spans(apply([[10, 20]], add(100, 120), move(110, 130, 140), remove(15)).runs)).toEqual([
      [130, 140, 'edited'],
    ])
  })

  test('what reaches beyond the end is cut there; what lies beyond it is none', () => {
    expect(spans(apply([], add(190, 5000)).runs)).toEqual([[190, 200, 'edited']])
    expect(apply([], add(200, 300))).toEqual({ runs: [], missed: [add(200, 300)] })
    expect(apply([], remove(1e9)).missed).toEqual([remove(1e9)])
  })

  test('a move to where nothing is leaves the contraction where it was', () => {
    const nowhere = [move(15, 300, 400), move(15, 30, 30.1)]
    expect(apply([[10, 20]], ...nowhere)).toEqual({
      runs: [{ start: 10, end: 20, source: 'detected' }],
      missed: nowhere,
    })
  })
})

const time = fc.oneof(
  fc.integer({ min: 0, max: SAMPLES + 40 }),
  fc.double({ min: 0, max: SAMPLES + 40, noNaN: true }),
)
const span = fc
  .tuple(time, time)
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => ({ startMs: Math.min(a, b), endMs: Math.max(a, b) }))
const anEdit: fc.Arbitrary<ContractionEdit> = fc.oneof(
  span.map(({ startMs, endMs }) => add(startMs, endMs)),
  time.map(remove),
  fc.tuple(time, span).map(([at, { startMs, endMs }]) => move(at, startMs, endMs)),
)
const someRuns = fc
  .uniqueArray(fc.integer({ min: 0, max: SAMPLES }), { maxLength: 16 })
  .map((ends) => ends.toSorted((a, b) => a - b))
  .map((ends) =>
    Array.from({ length: Math.floor(ends.length / 2) }, (_, i) => ({
      start: ends[2 * i] as number,
      end: ends[2 * i + 1] as number,
    })),
  )
const someEdits = fc.array(anEdit, { maxLength: 12 })

/** The same, on a row of samples that each say which contraction they are of. */
function painted(
  detected: ReadonlyArray<{ start: number; end: number }>,
  edits: readonly ContractionEdit[],
): Span[] {
  const row: number[] = Array(SAMPLES).fill(0)
  let next = 0
  const edited = new Set<number>()
  const paint = (start: number, end: number): void => {
    next++
    for (let i = start; i < end; i++) row[i] = next
  }
  const erase = (of: number): void => {
    for (let i = 0; i < SAMPLES; i++) if (row[i] === of) row[i] = 0
  }
  for (const { start, end } of detected) paint(start, end)
  const at = (ms: number) => Math.min(SAMPLES, Math.round((ms * RATE) / 1000))
  for (const edit of edits) {
    const own = edit.kind === 'add' ? 0 : (row[at(edit.atMs)] ?? 0)
    const [start, end] = edit.kind === 'remove' ? [0, 1] : [at(edit.startMs), at(edit.endMs)]
    if (start >= end || (edit.kind !== 'add' && own === 0)) continue
    if (own !== 0) erase(own)
    if (edit.kind === 'remove') continue
    for (const each of new Set(row.slice(start, end))) if (each !== 0) erase(each)
    paint(start, end)
    edited.add(next)
  }
  const order = [...new Set(row)].filter((each) => each !== 0)
  return order.map((each) => [
    row.indexOf(each),
    row.lastIndexOf(each) + 1,
    edited.has(each) ? 'edited' : 'detected',
  ])
}

describe('applyEdits, whatever the edits', () => {
  test('gives what painting each sample gives', () => {
    fc.assert(
      fc.property(someRuns, someEdits, (detected, edits) => {
        expect(spans(applyEdits(detected, edits, recording).runs)).toEqual(painted(detected, edits))
      }),
      { numRuns: 500 },
    )
  })

  test('contractions come in order, overlap nowhere and lie within the recording', () => {
    fc.assert(
      fc.property(someRuns, someEdits, (detected, edits) => {
        let before = 0
        for (const { start, end } of applyEdits(detected, edits, recording).runs) {
          expect(start).toBeGreaterThanOrEqual(before)
          expect(end).toBeGreaterThan(start)
          before = end
        }
        expect(before).toBeLessThanOrEqual(SAMPLES)
      }),
    )
  })

  test('those that missed change nothing: without them it is the same', () => {
    fc.assert(
      fc.property(someRuns, someEdits, (detected, edits) => {
        const { runs, missed } = applyEdits(detected, edits, recording)
        const made = edits.filter((edit) => !missed.includes(edit))
        expect(applyEdits(detected, made, recording)).toEqual({ runs, missed: [] })
      }),
    )
  })

  test('an added contraction that is removed leaves what it did not overlap', () => {
    fc.assert(
      fc.property(someRuns, span, (detected, { startMs, endMs }) => {
        const start = Math.round(startMs)
        fc.pre(start < Math.min(SAMPLES, Math.round(endMs)))
        const { runs } = applyEdits(detected, [add(startMs, endMs), remove(start)], recording)
        const apart = detected.filter((run) => run.end <= start || run.start >= Math.round(endMs))
        expect(spans(runs)).toEqual(apart.map(({ start, end }) => [start, end, 'detected']))
      }),
    )
  })
})

describe('ContractionEditSchema', () => {
  test.each([
    [{ kind: 'add', channel: 0, startMs: 5, endMs: 5 }, 'expected startMs before endMs'],
    [{ kind: 'move', channel: 0, atMs: 1, startMs: 6, endMs: 5 }, 'expected startMs before endMs'],
    [{ kind: 'shift', channel: 0 }, 'Expected ("add" | "remove" | "move")'],
    [{ kind: 'remove', channel: -1, atMs: 0 }, 'Expected >=0'],
    [{ kind: 'remove', channel: 0.5, atMs: 0 }, 'Invalid integer'],
    [{ kind: 'remove', channel: 0, atMs: -1 }, 'Expected >=0'],
    [{ kind: 'remove', channel: 0 }, 'Expected "atMs"'],
    [{ kind: 'remove', channel: 0, atMs: 0, endMs: 3 }, 'Expected never'],
  ])('refuses %j', (edit, message) => {
    const { issues } = v.safeParse(ContractionEditSchema, edit)
    expect(issues?.[0]?.message).toContain(message)
  })
})
