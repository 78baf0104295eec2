import { expect, test } from 'bun:test'
import { isUnrecorded, type Muscle, recordedIn } from './recorded.ts'

const left: Muscle = { muscle: 'quadriceps', side: 'left' }
const right: Muscle = { muscle: 'quadriceps', side: 'right' }

test('muscles of sessions are found once, those of the newest session first', () => {
  const soleus: Muscle = { muscle: 'soleus', side: 'none' }
  expect(recordedIn([{ muscles: [left, left] }, { muscles: [] }, { muscles: [soleus, left] }])).toEqual([
    soleus,
    left,
  ])
  expect(recordedIn([])).toEqual([])
})

test('a muscle is the same however its name is typed, and another on the other side', () => {
  expect(isUnrecorded({ muscle: ' Quadriceps ', side: 'left' }, [left])).toBe(false)
  expect(isUnrecorded(right, [left])).toBe(true)
  expect(isUnrecorded({ muscle: 'vastus lateralis', side: 'left' }, [left, right])).toBe(true)
})

test('nothing is said where no session is known', () => {
  expect(isUnrecorded(left, [])).toBe(false)
})
