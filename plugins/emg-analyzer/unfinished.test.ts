import { describe, expect, test } from 'bun:test'
import { Problem, TaskCrash, TaskMemory, TaskTimeout } from '../../src/sdk.ts'
import { unfinishedProblem, type WorkerWork } from './unfinished.ts'

const BAKING: WorkerWork = {
  name: 'baking',
  codes: { TASK_TIMEOUT: 'BAKING_TIMEOUT', TASK_MEMORY: 'BAKING_MEMORY', TASK_CRASH: 'BAKING_CRASH' },
}

describe('work that did not end by itself', () => {
  test.each([
    [new TaskTimeout(), 504, 'BAKING_TIMEOUT', 'The baking took too long, and was ended.'],
    [new TaskMemory(), 503, 'BAKING_MEMORY', 'The baking took too much memory, and was ended.'],
    [new TaskCrash(), 503, 'BAKING_CRASH', 'The process of the baking ended before it did.'],
  ])('is said by its ending: %s', (error, status, code, message) => {
    const problem = unfinishedProblem(BAKING, error)
    expect(problem).toBeInstanceOf(Problem)
    expect(problem).toMatchObject({ status, code, message, extra: { headers: { 'retry-after': '1' } } })
  })

  test('is no other error', () => {
    const error = new Error('flour')
    expect(unfinishedProblem(BAKING, error)).toBe(error)
  })
})
