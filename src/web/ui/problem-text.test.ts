import { expect, test } from 'bun:test'
import { ApiProblem } from '../api/client.ts'
import { isNoAddress } from './problem-text.ts'

const problem = (status: number, ...paths: string[]) =>
  new ApiProblem(
    status,
    'INVALID_REQUEST',
    'invalid',
    paths.map((path) => ({ path, message: 'Invalid UUID' })),
  )

test('an address that nothing can have is as good as one of nothing', () => {
  expect(isNoAddress(problem(400, 'path.id'))).toBe(true)
  expect(isNoAddress(problem(400, 'path.id', 'path.code'))).toBe(true)
})

test('a field that is wrong is told, whatever the address', () => {
  expect(isNoAddress(problem(400, 'path.id', 'body.rpe'))).toBe(false)
  expect(isNoAddress(problem(400, 'query.path'))).toBe(false)
  expect(isNoAddress(problem(400))).toBe(false)
  expect(isNoAddress(problem(409, 'path.id'))).toBe(false)
})
