import { describe, expect, test } from 'bun:test'
import { bareRows, calibrationOf, isOffered, type Row, rowProblems, rowsOf } from './assign.ts'

const row = (channel: number, muscle: string, changes: Partial<Row> = {}): Row => ({
  channel,
  label: `CH${channel}`,
  muscle,
  side: 'left',
  isSuggested: false,
  isTaken: true,
  ...changes,
})
const all = () => true

test('channels begin with what the analysis takes them for', () => {
  const channel = { index: 2, label: 'L VL', name: 'L VL 2', muscle: 'vastus lateralis', side: 'left' }
  const unknown = { index: 4, label: '', name: 'CH5', muscle: null, side: null }
  expect(rowsOf([channel, unknown] as never)).toEqual([
    { channel: 2, label: 'L VL', muscle: 'vastus lateralis', side: 'left', isSuggested: true, isTaken: true },
    { channel: 4, label: 'CH5', muscle: '', side: 'none', isSuggested: false, isTaken: true },
  ])
  expect(bareRows(['EMG 1', '']).map(({ channel, label, muscle }) => [channel, label, muscle])).toEqual([
    [0, 'EMG 1', ''],
    [1, '#1', ''],
  ])
})

describe('a row has a problem', () => {
  test('without a muscle, and where another is the same one', () => {
    const rows = [row(0, 'Soleus'), row(1, '  soleus '), row(2, ' '), row(3, 'soleus', { side: 'right' })]
    expect([...rowProblems(rows, all)]).toEqual([
      [1, 'twice'],
      [2, 'no muscle'],
    ])
  })

  test('only if it is to be stored', () => {
    const rows = [row(0, 'soleus'), row(1, 'soleus', { isTaken: false }), row(2, '')]
    expect([...rowProblems(rows, (channel) => channel !== 2)]).toEqual([])
  })
})

test('what is sent is what is taken and gives a value', () => {
  const rows = [row(0, ' Soleus '), row(1, 'vastus', { isTaken: false }), row(2, 'rectus')]
  const gives = (channel: number) => channel !== 2
  expect(calibrationOf(rows, gives, new Map())).toEqual([{ channel: 0, muscle: 'Soleus', side: 'left' }])
  const trials = [{ startMs: 3000, endMs: 7000 }]
  expect(calibrationOf(rows, gives, new Map([[0, trials]]))[0]).toMatchObject({ channel: 0, trials })
})

test('a value that is known to be too low is taken by nobody unasked', () => {
  expect([isOffered({ flags: [] }), isOffered({ flags: ['ONE_TRIAL'] })]).toEqual([true, true])
  expect(isOffered({ flags: ['CLIPPED', 'ONE_TRIAL'] })).toBe(false)
})
