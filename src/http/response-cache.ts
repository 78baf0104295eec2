/** Answers of GET routes that opt in, kept as the bytes that were sent. */
import type { Context } from 'hono'
import * as v from 'valibot'
import { openCaches } from '../cache/cache.ts'
import { buildTag } from '../cache/key.ts'
import { namespace } from '../cache/namespace.ts'
import type { CacheSystem } from '../cache/system.ts'
import { milliseconds } from '../config/duration.ts'
import { counting } from '../identity/acting.ts'
import { subjectOf } from '../identity/identity.ts'
import type { Viewer } from '../identity/viewer.ts'
import { cacheHeaders } from './cache-headers.ts'
import { matchesTag, packResponse, unpackResponse } from './packed-response.ts'
import { requestKey } from './request-key.ts'
import type { CachedRoute } from './route.ts'

/** Larger answers are not kept. */
const MAX_BYTES = 2 * 2 ** 20

/** Stands for an answer that is not kept: an error, a stream, one that is too large. */
const PASSED = new Uint8Array(0)

function isPacked(value: unknown): boolean {
  if (!(value instanceof Uint8Array)) return false
  try {
    return value === PASSED || unpackResponse(value).etag !== ''
  } catch {
    return false
  }
}

/**
 * The request, whose path may name a patient, stands in the key as a keyed hash. Redis alone shares answers: to ask
 * PostgreSQL for them costs as much as to make most of them.
 */
export const RESPONSES = namespace({
  key: 'http:response:{request}',
  ttl: '1h',
  grace: '30s',
  personal: ['request'],
  sharing: 'redis',
  maxBytes: MAX_BYTES,
  schema: v.custom<Uint8Array>(isPacked),
})

export interface ResponseCache {
  /** Answers from the cache, or by the handler of a route, which gets what was validated of the request. */
  answer(
    route: CachedRoute,
    request: {
      readonly c: Context
      readonly params: unknown
      readonly query: unknown
      readonly viewer: Viewer
    },
  ): Promise<Response>
}

/** Says that an answer is for this caller alone. */
const isPrivate = ({ headers }: Response): boolean =>
  headers.has('set-cookie') || /\bno-store\b/.test(headers.get('cache-control') ?? '')

const isStream = ({ headers }: Response): boolean =>
  headers.get('content-type')?.startsWith('text/event-stream') === true

type BodyReader = Pick<ReadableStreamDefaultReader<Uint8Array>, 'read' | 'cancel'>

/** What was read of a body, then the rest of it. */
function putBack(read: readonly Uint8Array[], reader: BodyReader) {
  const left = [...read]
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const chunk = left.shift() ?? (await reader.read()).value
      if (chunk) controller.enqueue(chunk)
      else controller.close()
    },
    cancel: (reason) => reader.cancel(reason),
  })
}

/** The whole body, or the answer as it was where there is more than `most` of it. */
async function readUpTo(answer: Response, most: number): Promise<Uint8Array | Response> {
  if (!answer.body) return new Uint8Array(0)
  const reader: BodyReader = answer.body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return Buffer.concat(chunks, size)
    chunks.push(value)
    size += value.byteLength
    if (size > most) return new Response(putBack(chunks, reader), answer)
  }
}

/** How many records the answer of a list holds; null for any other. */
export function countOf(answer: unknown): number | null {
  const { items } = (answer ?? {}) as { readonly items?: unknown }
  return Array.isArray(items) ? items.length : null
}

/** Keeps that count with an answer that is kept. It is not sent. */
const COUNT = 'x-items'

/** Packs what may be kept; gives back the answer that may not. */
async function pack(answer: unknown): Promise<Uint8Array | Response> {
  if (!(answer instanceof Response)) {
    const headers = new Headers({ 'content-type': 'application/json' })
    const count = countOf(answer)
    if (count !== null) headers.set(COUNT, String(count))
    return packResponse(Buffer.from(JSON.stringify(answer)), headers)
  }
  if (answer.status !== 200 || isPrivate(answer) || isStream(answer)) return answer
  const body = await readUpTo(answer, MAX_BYTES)
  return body instanceof Response ? body : packResponse(body, answer.headers)
}

/**
 * Opens the cache of answers.
 *
 * @param release names the program and plugins that make the answers; those of another one are none
 */
export function openResponseCache(system: CacheSystem, release: string): ResponseCache {
  const { responses } = openCaches(system, 'http', { responses: RESPONSES })
  const inputs = new Bun.CryptoHasher('sha256').update(release).digest('hex').slice(0, 16)

  const tagsOf = ({ cache }: CachedRoute, params: unknown, query: unknown): string[] => {
    const changes = cache.tags?.({ params, query }) ?? []
    if (changes.length === 0) return []
    const personal = new Set(system.namespaces().flatMap(({ space }) => space.personal))
    return changes.map(([tag, each]) => buildTag(tag, each, personal, system.secret))
  }

  return {
    async answer(route, { c, params, query, viewer }) {
      const subject = subjectOf(viewer)
      const make = async (): Promise<unknown> => route.handle({ params, query, viewer })
      let passed: Response | undefined
      let served = false
      const request = requestKey(route, { subject, params: c.req.param(), query: c.req.query() })
      const read = await responses.getOrLoad(
        { request },
        async ({ ttl, doNotKeep }) => {
          ttl(milliseconds(route.cache.ttl))
          const answer = await pack(await make())
          if (!(answer instanceof Response)) return answer
          doNotKeep()
          // A refresh in the background has nobody to give it to.
          if (served) await answer.body?.cancel()
          else passed = answer
          return PASSED
        },
        { tags: tagsOf(route, params, query), inputs },
      )
      served = true
      if (read.value === PASSED) return passed ?? toResponse(await make())
      const { headers, etag, body } = unpackResponse(read.value)
      const count = headers.get(COUNT)
      if (count !== null) counting(Number(count))
      headers.delete(COUNT)
      for (const [name, value] of Object.entries(cacheHeaders(read))) headers.set(name, value)
      headers.set('cache-control', 'private, no-cache')
      if (!matchesTag(c.req.header('if-none-match'), etag)) return new Response(body, { headers })
      headers.delete('content-type')
      return new Response(null, { status: 304, headers })
    },
  }
}

const toResponse = (answer: unknown): Response =>
  answer instanceof Response ? answer : Response.json(answer)
