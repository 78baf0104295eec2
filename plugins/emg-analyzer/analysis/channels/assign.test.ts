import { describe, expect, test } from 'bun:test'
import * as v from 'valibot'
import { assign, assignmentOf, ChannelAssignmentSchema } from './assign.ts'

const channel = { index: 3, label: ' R VL ', name: 'R VL (2)' }
const read = { muscle: 'vastus lateralis', side: 'right' } as const
const nothing = { muscle: null, side: null }

describe('assignmentOf', () => {
  test.each(['R VL', 'r vl', '  R VL', 'R VL (2)', 'r vl (2) ', '#3'])('%j names the channel', (name) => {
    expect(assignmentOf(channel, [{ channel: name, muscle: 'soleus' }])).toEqual({ muscle: 'soleus' })
  })

  test.each(['VL', 'R VL 2', '3', '#03', '#4', 'R*', ''])('%j does not', (name) => {
    expect(assignmentOf(channel, [{ channel: name, muscle: 'soleus' }])).toEqual({})
  })

  test('what the last states counts, and leaves what it does not state', () => {
    const lab = { channel: 'R VL', emg: true, muscle: 'quadriceps', side: 'right' } as const
    const patient = { channel: '#3', side: 'left' } as const
    expect(assignmentOf(channel, [lab, patient])).toEqual({ emg: true, muscle: 'quadriceps', side: 'left' })
    expect(assignmentOf(channel, [patient, lab])).toEqual({ emg: true, muscle: 'quadriceps', side: 'right' })
  })

  test('the last of three that name it counts', () => {
    const entries = ['soleus', 'gracilis', 'sartorius'].map((muscle, i) => ({
      channel: ['#3', 'R VL', '#4'][i] as string,
      muscle,
    }))
    expect(assignmentOf(channel, entries).muscle).toBe('gracilis')
  })
})

describe('assign', () => {
  test('what is not assigned is read from the label', () => {
    expect(assign(channel, read, [])).toEqual({ ...read, anatomyBasis: 'label' })
    expect(assign(channel, nothing, [])).toEqual({ ...nothing, anatomyBasis: null })
    expect(assign(channel, read, [{ channel: '#3', side: 'none' }])).toEqual({
      muscle: 'vastus lateralis',
      side: 'none',
      anatomyBasis: 'assigned',
    })
    expect(assign(channel, read, [{ channel: '#3', emg: true }])).toEqual({ ...read, anatomyBasis: 'label' })
  })
})

describe('ChannelAssignmentSchema', () => {
  test('normalises muscles as they are stored, and refuses what it does not know', () => {
    expect(v.parse(ChannelAssignmentSchema, { channel: 'X', muscle: ' Vastus  LATERALIS' })).toEqual({
      channel: 'X',
      muscle: 'vastus lateralis',
    })
    for (const wrong of [
      { muscle: 'soleus' },
      { channel: '' },
      { channel: 'X', side: 'L' },
      { channel: 'X', muscle: ' ' },
      { channel: 'X', emg: 1 },
      { channel: 'X', colour: 'red' },
    ]) {
      expect(v.is(ChannelAssignmentSchema, wrong)).toBe(false)
    }
  })
})
