import { describe, expect, test } from 'bun:test'
import { DrizzleQueryError } from 'drizzle-orm'
import postgres from 'postgres'
import { loggedError } from './logged-error.ts'

/** As postgres.js makes one of what the server says. */
const postgresError = (fields: object): Error =>
  new (postgres.PostgresError as unknown as new (fields: object) => Error)(fields)

const failed = (cause: Error): Error =>
  new DrizzleQueryError('insert into notes values ($1, $2)', ['Meier', 7], cause)

describe('an error as it is logged', () => {
  test('shows a query without what it was asked with, and what the database says without the row', () => {
    const cause = postgresError({
      message: 'duplicate key value violates unique constraint "notes_pkey"',
      severity: 'ERROR',
      code: '23505',
      detail: 'Key (name)=(Meier) already exists.',
      constraint_name: 'notes_pkey',
    })
    const logged = loggedError(failed(cause)) as { stack: string }
    expect(logged).toMatchObject({
      message: 'Failed query: insert into notes values ($1, $2)',
      cause: { code: '23505', constraint_name: 'notes_pkey', message: cause.message },
    })
    expect(logged.stack).toContain('logged-error.test.ts')
    expect(JSON.stringify(logged)).not.toContain('Meier')
  })

  test('leaves out the value that the database could not take', () => {
    const cause = postgresError({
      message: 'invalid input syntax for type uuid: "Meier"',
      severity: 'ERROR',
      code: '22P02',
    })
    const text = JSON.stringify(loggedError(failed(cause)))
    expect(text).toContain('invalid input syntax for type uuid')
    expect(text).not.toContain('Meier')
  })

  test('keeps what other errors say, their codes, and those within', () => {
    const error = new AggregateError([Object.assign(new Error('away'), { code: 'ECONNREFUSED' })], 'both')
    expect(loggedError(error)).toMatchObject({
      type: 'AggregateError',
      message: 'both',
      errors: [{ message: 'away', code: 'ECONNREFUSED' }],
    })
    const circular = new Error('again')
    circular.cause = circular
    expect(JSON.stringify(loggedError(circular)).match(/again/g)).toHaveLength(6)
    expect(loggedError('words')).toBe('words')
  })
})
