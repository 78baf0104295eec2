/** Errors as they are logged: what has failed and where, without the values that it failed with, which may name a person. */

/** What tells where an error comes from; what else hangs on one may be anything. */
const KEPT = [
  'code',
  'syscall',
  'errno',
  'constraint_name',
  'schema_name',
  'table_name',
  'column_name',
] as const

/** Causes are followed no further. */
const DEEPEST = 5

/** Drizzle puts the parameters of a query behind its text. */
const PARAMETERS = /\nparams: [\s\S]*$/

/** SQLSTATE class 22, data exception: PostgreSQL quotes the value that it could not take. */
const DATA_EXCEPTION = /^22/

function messageOf(error: Error & { readonly code?: unknown }): string {
  const message = error.message.replace(PARAMETERS, '')
  const quotes = typeof error.code === 'string' && DATA_EXCEPTION.test(error.code) && 'severity' in error
  return quotes ? message.replace(/: [\s\S]*$/, '') : message
}

/** Frames alone: the message stands above them. */
const framesOf = ({ stack = '' }: Error): string[] =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim())

/** For a log of JSON lines; what is no error is given back as it is. */
export function loggedError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error
  const kept = KEPT.flatMap((name) => {
    const value = (error as unknown as Record<string, unknown>)[name]
    return typeof value === 'string' || typeof value === 'number' ? [[name, value]] : []
  })
  return {
    type: error.name,
    message: messageOf(error),
    ...Object.fromEntries(kept),
    stack: framesOf(error).join('\n'),
    ...(error instanceof AggregateError && {
      errors: error.errors.map((each) => loggedError(each, depth + 1)),
    }),
    ...(error.cause !== undefined && depth < DEEPEST && { cause: loggedError(error.cause, depth + 1) }),
  }
}
