import { expect, test } from 'bun:test'
import * as v from 'valibot'
import { plugin } from '../fixtures.ts'
import { checkDeclaration } from './declaration.ts'

const schema = v.object({})
const run = (): void => undefined
const event = { name: 'grip.measured', schema }

test('jobs, events and handlers as they should be are not malformed', () => {
  const whole = plugin('grip', {
    jobs: [{ name: 'measure', schema, run, retries: 1 }],
    emits: [event],
    on: [{ event, handle: run }],
  })
  expect(checkDeclaration(whole)).toBeUndefined()
})

test.each([
  [{ jobs: 'all' }, 'jobs'],
  [{ jobs: [{ name: 'measure', run }] }, 'jobs.0.schema'],
  [{ jobs: [{ name: 'measure', schema }] }, 'jobs.0.run'],
  [{ jobs: [{ name: 'measure', schema, run, backoff: 3 }] }, 'jobs.0.backoff'],
  [{ emits: [{ name: 7, schema }] }, 'emits.0.name'],
  [{ on: [{ handle: run }] }, 'on.0.event'],
])('a declaration is refused that is malformed at %#', (rest, place) => {
  expect(checkDeclaration(plugin('grip', rest))).toStartWith(`its declaration is malformed at "${place}": `)
})
