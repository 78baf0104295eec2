/** What an answer says, held against what its route declares. */
import * as v from 'valibot'
import { ProblemBody } from '../../../http/problem.ts'
import type { Route } from '../../../http/route.ts'

/** Problems that the host itself answers with, at any route. */
const OF_THE_HOST = new Set([
  'INVALID_REQUEST',
  'BAD_JSON',
  'BODY_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'METHOD_NOT_ALLOWED',
  'NOT_FOUND',
  'DATABASE_UNAVAILABLE',
])

async function problemFaults(route: Route, answer: Response): Promise<string[]> {
  const { status } = answer
  const type = answer.headers.get('content-type') ?? ''
  if (!type.startsWith('application/problem+json'))
    return [`${status} is ${type || 'bare'}, not application/problem+json`]
  const body = v.safeParse(ProblemBody, await answer.json())
  if (!body.success) return [`the problem of ${status} is malformed: ${body.issues[0].message}`]
  const { code, status: stated } = body.output
  if (stated !== status) return [`the problem says ${stated}, the answer ${status}`]
  if (status >= 500 && code !== 'DATABASE_UNAVAILABLE') return [`it fails with ${status} ${code}`]
  if (!(status in route.answers) && !OF_THE_HOST.has(code)) return [`${status} ${code} is not declared`]
  return []
}

async function goodFaults(route: Route, answer: Response): Promise<string[]> {
  const { status } = answer
  const declared = route.answers[status]
  if (!declared) return [`${status} is not declared`]
  const type = answer.headers.get('content-type') ?? ''
  if (declared.mediaType || !declared.schema) {
    await answer.body?.cancel()
    const mediaType = declared.mediaType?.split(';')[0] ?? ''
    return mediaType && !mediaType.includes('*') && !type.startsWith(mediaType)
      ? [`${status} is ${type || 'bare'}, not ${mediaType}`]
      : []
  }
  if (!type.startsWith('application/json')) return [`${status} is ${type || 'bare'}, not application/json`]
  const result = v.safeParse(declared.schema, await answer.json())
  if (result.success) return []
  const [issue] = result.issues
  return [`the answer ${status} is not as declared at "${v.getDotPath(issue) ?? ''}": ${issue.message}`]
}

/**
 * @param refused whether the request is one that no route can take
 * @returns what is wrong, a sentence each
 */
export async function answerFaults(route: Route, answer: Response, refused: boolean): Promise<string[]> {
  if (answer.status >= 400) return problemFaults(route, answer)
  if (refused) {
    await answer.body?.cancel()
    return [`it is taken, and answered ${answer.status}`]
  }
  if (answer.status === 304) return []
  return goodFaults(route, answer)
}
