import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { assignmentOf } from '../analysis/channels/assign.ts'
import { builtInAssignments } from './built-in.ts'
import { assignmentsOf } from './precedence.ts'

const profile = (name: string, patientCode: string | null, filePattern: string | null, muscle = name) => ({
  name,
  patientCode,
  filePattern,
  channels: [{ channel: 'CH1', muscle }],
})
const ALL = [
  profile('lab', null, null),
  profile('game', null, 'Game_*'),
  profile('patient', 'P001', null),
  profile('patient game', 'P001', 'Game_*'),
  profile('stranger', 'P002', null),
]
const muscles = (fileName: string, patientCode: string | null, profiles = ALL) =>
  assignmentsOf(profiles, { fileName, patientCode }).map(({ muscle }) => muscle)

describe('assignmentsOf', () => {
  test('the general come first: for all, for some files, for the patient, for some files of the patient', () => {
    expect(muscles('game_1.c3d', 'P001')).toEqual(['lab', 'game', 'patient', 'patient game'])
    expect(muscles('walk.c3d', 'P001')).toEqual(['lab', 'patient'])
    expect(muscles('game_1.c3d', null)).toEqual(['lab', 'game'])
    expect(muscles('walk.c3d', 'P003')).toEqual(['lab'])
  })

  test('the order in which they come from the database changes nothing', () => {
    const more = [...ALL, profile('another lab', null, null), profile('Ωmega', null, '*')]
    fc.assert(
      fc.property(fc.shuffledSubarray(more, { minLength: more.length }), (profiles) => {
        expect(muscles('game_1.c3d', 'P001', profiles)).toEqual(muscles('game_1.c3d', 'P001', more))
      }),
    )
    expect(muscles('walk.c3d', null, more)).toEqual(['another lab', 'lab', 'Ωmega'])
  })

  test('what the special does not state is left to the general', () => {
    const profiles = [
      { ...profile('lab', null, null), channels: [{ channel: 'CH1', emg: true, muscle: 'soleus' }] },
      { ...profile('patient', 'P001', null), channels: [{ channel: 'ch1', side: 'left' as const }] },
    ]
    const found = assignmentsOf(profiles, { fileName: 'a', patientCode: 'P001' })
    expect(assignmentOf({ index: 0, label: 'CH1', name: 'CH1' }, found)).toEqual({
      emg: true,
      muscle: 'soleus',
      side: 'left',
    })
  })
})

describe('builtInAssignments', () => {
  const GAME = ['CH1 Raw', 'CH2 Raw', 'CH1 activated', 'CH2 activated']

  test('a recording of the game has its muscles, in whatever order its channels stand', () => {
    const quadriceps = [
      { channel: 'CH1 Raw', muscle: 'quadriceps', side: 'left' },
      { channel: 'CH2 Raw', muscle: 'quadriceps', side: 'right' },
    ] as const
    expect(builtInAssignments(GAME)).toEqual([...quadriceps])
    expect(builtInAssignments([...GAME.toReversed(), 'Sync'])).toEqual([...quadriceps])
  })

  test.each([[['CH1', 'CH2']], [['CH1 Raw', 'CH2 Raw']], [['CH1 activated']], [[]]])(
    '%j is no game',
    (labels) => {
      expect(builtInAssignments(labels)).toEqual([])
    },
  )

  test('stored profiles stand over it', () => {
    const stored = assignmentsOf([profile('clinic', null, null, 'biceps brachii')], {
      fileName: '',
      patientCode: null,
    })
    const all = [...builtInAssignments(GAME), ...stored.map((each) => ({ ...each, channel: 'CH1 Raw' }))]
    expect(assignmentOf({ index: 0, label: 'CH1 Raw', name: 'CH1 Raw' }, all)).toEqual({
      muscle: 'biceps brachii',
      side: 'left',
    })
  })
})
