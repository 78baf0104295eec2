/** Errors on the wire: RFC 9457 problem details with a stable `code`. */
import * as v from 'valibot'

/** One thing that is wrong with a request, with where it stands. */
export interface ProblemIssue {
  /** Such as `query.limit`. */
  readonly path: string
  readonly message: string
}

/** The body of every error answer. @see https://www.rfc-editor.org/rfc/rfc9457#section-3 */
export const ProblemBody = v.object({
  type: v.pipe(v.string(), v.description('`about:blank`: the status says it all, `code` says it exactly')),
  title: v.pipe(v.string(), v.description('What the status means')),
  status: v.pipe(v.number(), v.integer()),
  detail: v.pipe(v.string(), v.description('One sentence about this occurrence')),
  code: v.pipe(v.string(), v.description('Stable name of the error, for programs')),
  requestId: v.optional(v.string()),
  errors: v.optional(v.array(v.object({ path: v.string(), message: v.string() }))),
})

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  411: 'Length Required',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  421: 'Misdirected Request',
  422: 'Unprocessable Content',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

const PROBLEM = Symbol.for('myoserve:problem')

/**
 * An error that a client shall see. Throw it anywhere below a route.
 *
 * @example throw new Problem(404, 'RECORDING_NOT_FOUND', 'There is no recording with this id.')
 */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly [PROBLEM] = true

  constructor(
    readonly status: keyof typeof TITLES & number,
    readonly code: string,
    detail: string,
    readonly extra: { errors?: readonly ProblemIssue[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail)
  }

  /** The answer, as `application/problem+json`. */
  toResponse(requestId?: string): Response {
    const body = {
      type: 'about:blank',
      title: TITLES[this.status] ?? 'Error',
      status: this.status,
      detail: this.message,
      code: this.code,
      ...(requestId ? { requestId } : {}),
      ...(this.extra.errors ? { errors: this.extra.errors } : {}),
    }
    return new Response(JSON.stringify(body), {
      status: this.status,
      headers: {
        'content-type': 'application/problem+json',
        'cache-control': 'no-store',
        ...this.extra.headers,
      },
    })
  }
}

/** Whether an error is a {@link Problem}, of this module or of the copy that a plugin brings. */
export const isProblem = (error: unknown): error is Problem => error instanceof Error && PROBLEM in error
