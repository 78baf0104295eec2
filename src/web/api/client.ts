/** The one way to ask the server: typed by its OpenAPI document, and every failure a {@link ApiProblem}. */
import type { Operations } from './operations.ts'

export type Operation = keyof Operations
/** What a request answers, such as `Answer<'GET /api/patients'>`. */
export type Answer<O extends Operation> = Operations[O]['answer']
/** What a request takes as its body. */
export type Body<O extends Operation> = Operations[O] extends { body: infer B } ? B : never
/** The parameters of a request's path. */
export type Path<O extends Operation> = Operations[O] extends { path: infer P } ? P : never
/** The parameters of a request's query. */
export type Query<O extends Operation> = Operations[O] extends { query: infer Q } ? Q : never

type Part<O extends Operation, Name extends 'path' | 'query' | 'body'> =
  Operations[O] extends Record<Name, infer P>
    ? Record<never, never> extends P
      ? { readonly [K in Name]?: P }
      : { readonly [K in Name]: P }
    : { readonly [K in Name]?: never }

/** What a request is made with. */
export type Asked<O extends Operation> = Part<O, 'path'> &
  Part<O, 'query'> &
  Part<O, 'body'> & {
    /** The entity tag of the version that was seen; another one since is 412 VERSION_MISMATCH. */
    readonly ifMatch?: string | undefined
    readonly signal?: AbortSignal | undefined
  }

/** An answer with what its head says. */
export interface Answered<T> {
  readonly data: T
  /** To be sent back as `ifMatch` with a change of what was read. */
  readonly etag: string | null
}

/** An error that the server answered, or `UNREACHABLE` when it did not. @see https://www.rfc-editor.org/rfc/rfc9457 */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'

  constructor(
    /** 0 when no answer came. */
    readonly status: number,
    /** Stable name of the error. */
    readonly code: string,
    /** One English sentence. */
    readonly detail: string,
    readonly errors: ReadonlyArray<{ readonly path: string; readonly message: string }> = [],
    readonly requestId: string | null = null,
    /** How long the server asks to wait before another try; null where it says nothing. */
    readonly retryAfterS: number | null = null,
  ) {
    super(detail)
  }
}

/** Whom to tell when a request turns out to come from nobody: a login session that has ended. */
let onSignedOut: () => void = () => {}
export const whenSignedOut = (tell: () => void): void => {
  onSignedOut = tell
}

/** The address of a request, with its parameters in place. Those of the query that are undefined or null are left out. */
export function urlOf(
  operation: Operation,
  asked: { readonly path?: unknown; readonly query?: unknown },
): string {
  const [, pattern = ''] = operation.split(' ')
  const path = (asked.path ?? {}) as Readonly<Record<string, unknown>>
  const filled = pattern.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name])))
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(asked.query ?? {}))
    if (value !== undefined && value !== null) query.set(name, String(value))
  const text = query.toString()
  return text === '' ? filled : `${filled}?${text}`
}

/** Seconds, as the server says them. @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 */
const waitOf = (header: string | null): number | null =>
  header !== null && /^\d{1,9}$/.test(header) ? Number(header) : null

/** The problem that an answer stands for. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body = (await response.json().catch(() => ({}))) as Partial<ApiProblem>
  const code = body.code ?? 'UNEXPECTED_ANSWER'
  if (response.status === 401) onSignedOut()
  return new ApiProblem(
    response.status,
    code,
    body.detail ?? `The server answered ${response.status}.`,
    body.errors ?? [],
    response.headers.get('x-request-id'),
    waitOf(response.headers.get('retry-after')),
  )
}

/**
 * Fetches, and makes a problem of everything that is no success.
 *
 * @throws {ApiProblem}, or an `AbortError` when the signal says so
 */
export async function fetchAnswer(url: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(url, init)
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new ApiProblem(0, 'UNREACHABLE', 'The server does not answer.')
  }
  if (!response.ok) throw await problemOf(response)
  return response
}

/**
 * Asks the server, and gives its answer with the entity tag.
 *
 * @example
 * const { data, etag } = await ask('GET /api/patients/{code}', { path: { code: 'P001' } })
 * @throws {ApiProblem}
 */
export async function ask<O extends Operation>(operation: O, asked: Asked<O>): Promise<Answered<Answer<O>>> {
  const [method = 'GET'] = operation.split(' ')
  const headers: Record<string, string> = { accept: 'application/json' }
  if (asked.body !== undefined) headers['content-type'] = 'application/json'
  if (asked.ifMatch !== undefined) headers['if-match'] = asked.ifMatch
  const response = await fetchAnswer(urlOf(operation, asked), {
    method,
    headers,
    ...(asked.body !== undefined && { body: JSON.stringify(asked.body) }),
    ...(asked.signal && { signal: asked.signal }),
  })
  const text = await response.text()
  return {
    data: (text === '' ? undefined : JSON.parse(text)) as Answer<O>,
    etag: response.headers.get('etag'),
  }
}
