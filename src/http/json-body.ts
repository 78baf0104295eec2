/** JSON objects as bodies: read under a limit, parsed, and checked against a schema. */
import { toJsonSchema } from '@valibot/to-json-schema'
import type { Context } from 'hono'
import * as v from 'valibot'
import { Problem } from './problem.ts'

/** Records are small; nothing that a client means gets near this. */
const MOST_BYTES = 64 * 1024

/** What a route declares under `body` for the OpenAPI document. */
export function jsonBody(schema: v.GenericSchema<unknown, unknown>): Readonly<Record<string, object>> {
  const { $schema: _, ...rest } = toJsonSchema(schema, {
    target: 'draft-2020-12',
    typeMode: 'input',
    errorMode: 'ignore',
  })
  return { 'application/json': rest }
}

/** @throws {Problem} 413 BODY_TOO_LARGE, 400 BAD_JSON where it is not UTF-8 */
export async function readText(request: Request): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let text = ''
  let size = 0
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.length
      if (size > MOST_BYTES) break
      text += decoder.decode(chunk, { stream: true })
    }
    if (size <= MOST_BYTES) return text + decoder.decode()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new Problem(400, 'BAD_JSON', 'The body is not UTF-8.')
  }
  throw new Problem(413, 'BODY_TOO_LARGE', `The body may have up to ${MOST_BYTES} bytes.`)
}

function parse(text: string): object {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Problem(400, 'BAD_JSON', 'The body is not JSON.')
  }
  // valibot takes a list for an object without entries.
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  const message = 'expected an object'
  throw new Problem(400, 'INVALID_REQUEST', `body: ${message}`, { errors: [{ path: 'body', message }] })
}

/** U+0000 and halves of surrogate pairs, as JSON escapes them: PostgreSQL stores none of them, in JSON either. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i

/** @throws {Problem} 400 INVALID_REQUEST */
function requireStorable(text: string, value: unknown): void {
  // What is a pair is one by its escapes only.
  if (!UNSTORABLE.test(text) || !UNSTORABLE.test(JSON.stringify(value))) return
  const message = 'expected text without U+0000 and lone surrogates'
  throw new Problem(400, 'INVALID_REQUEST', `body: ${message}`, { errors: [{ path: 'body', message }] })
}

/**
 * Reads the JSON body of a request.
 *
 * @throws {Problem} 415 UNSUPPORTED_MEDIA_TYPE, 413 BODY_TOO_LARGE, 400 BAD_JSON, 400 INVALID_REQUEST naming each
 *   place that is wrong
 * @example
 * const { muscle, side } = await readJson(c, NewRecord)
 */
export async function readJson<S extends v.GenericSchema<unknown, unknown>>(
  c: Context,
  schema: S,
): Promise<v.InferOutput<S>> {
  const type = c.req.header('content-type') ?? ''
  if (!/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type)) {
    throw new Problem(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/json.')
  }
  const text = await readText(c.req.raw)
  const result = v.safeParse(schema, parse(text))
  if (result.success) {
    requireStorable(text, result.output)
    return result.output
  }
  const errors = result.issues.map((issue) => ({
    path: ['body', v.getDotPath(issue)].filter(Boolean).join('.'),
    message: issue.message,
  }))
  throw new Problem(400, 'INVALID_REQUEST', `${errors[0]?.path}: ${errors[0]?.message}`, { errors })
}
