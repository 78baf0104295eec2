/** `/api/recordings/{id}/signals`: what a page draws, in JSON or as bytes. */
import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import * as v from 'valibot'
import { cacheHeaders, jsonBody, matchesTag, Problem, type Route, readJson, route } from '../../src/sdk.ts'
import { isUnreadable, RecordingId, type RecordingService, requireRecording } from '../c3d-reader/index.ts'
import { ofBody, ofQuery, SignalsBody, SignalsQuery, type SignalsRequest } from './request.ts'
import type { SignalViews } from './service.ts'
import { BINARY_TYPE, binaryAnswer } from './wire/binary.ts'
import { jsonParts, SignalsAnswerSchema } from './wire/json.ts'

const params = v.object({ id: RecordingId })

const answers = {
  200: {
    description: `The view; as ${BINARY_TYPE} where Accept asks for that or for application/octet-stream`,
    schema: SignalsAnswerSchema,
  },
  400: { description: 'BAD_PARAMETERS, BAD_RANGE, TOO_MANY_POINTS or INVALID_REQUEST' },
  404: { description: 'RECORDING_NOT_FOUND or CHANNEL_NOT_FOUND' },
  422: { description: 'The stored file cannot be read any more: the code says why' },
}

type Form = 'json' | 'binary'

function formOf(c: Context): Form {
  const type = accepts(c, {
    header: 'Accept',
    supports: ['application/json', BINARY_TYPE, 'application/octet-stream'],
    default: 'application/json',
  })
  return type === 'application/json' ? 'json' : 'binary'
}

function unreadable(error: unknown): never {
  if (isUnreadable(error)) throw new Problem(422, error.code, error.message)
  throw error
}

export function signalRoutes(views: SignalViews, { store }: RecordingService): Route[] {
  async function answer(c: Context, id: string, request: SignalsRequest): Promise<Response> {
    const row = await requireRecording(store, id)
    const form = formOf(c)
    const prepared = await views.prepare(row, request).catch(unreadable)
    const etag = `"${prepared.identity}-${form}"`
    const headers = { etag, 'cache-control': 'private, no-cache', vary: 'Accept' }
    if (c.req.method === 'GET' && matchesTag(c.req.header('if-none-match'), etag)) {
      return new Response(null, { status: 304, headers })
    }
    const made = await prepared.read().catch(unreadable)
    const type = form === 'json' ? 'application/json' : BINARY_TYPE
    const all = { ...headers, ...cacheHeaders(made.provenance), 'content-type': type }
    if (form === 'binary') return new Response(binaryAnswer(id, made), { headers: all })
    let body = ''
    for (const part of jsonParts(id, made)) {
      body += part
      await new Promise((resolve) => setImmediate(resolve))
    }
    return new Response(body, { headers: all })
  }

  return [
    route({
      method: 'get',
      path: '/api/recordings/{id}/signals',
      summary:
        'Signals of a recording for drawing: samples of a short range, extremes of windows of a long one',
      policy: 'signals:read',
      concerns: { recording: 'id' },
      params,
      query: SignalsQuery,
      answers: { ...answers, 304: { description: 'The client has it already, by If-None-Match' } },
      handle: ({ c, params: { id }, query }) => answer(c, id, ofQuery(query)),
    }),
    route({
      method: 'post',
      path: '/api/recordings/{id}/signals',
      summary: 'Signals of a recording by other parameters than those of a preset; nothing is stored',
      policy: 'signals:read',
      concerns: { recording: 'id' },
      params,
      body: jsonBody(SignalsBody),
      answers,
      handle: async ({ c, params: { id } }) => answer(c, id, ofBody(await readJson(c, SignalsBody))),
    }),
  ]
}
