/** Errors that cross the border to a plugin are told by marks: a copy of a class is no other error. */
import { expect, test } from 'bun:test'
import { Failure, isFailure } from '../../exit.ts'
import { isProblem, Problem } from '../../http/problem.ts'
import { isRefusal, PluginRefused } from './refusal.ts'

const KINDS = [
  ['a failure', isFailure, new Failure(65, 'no'), 'myoserve:failure'],
  ['a problem', isProblem, new Problem(404, 'NONE', 'no'), 'myoserve:problem'],
  ['a refusal', isRefusal, new PluginRefused('no'), 'myoserve:plugin-refused'],
] as const

test.each(KINDS)('%s is known by its mark', (_, is, own, mark) => {
  expect(is(own)).toBe(true)
  expect(is(Object.assign(new Error('of another copy'), { [Symbol.for(mark)]: true }))).toBe(true)
  expect(is(new Error('no'))).toBe(false)
  expect(is(undefined)).toBe(false)
  for (const [, other] of KINDS.filter(([, each]) => each !== is)) expect(other(own)).toBe(false)
})
