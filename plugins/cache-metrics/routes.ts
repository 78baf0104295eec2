/** `/api/cache`: how the cache is doing, and what may be done with it. */
import * as v from 'valibot'
import {
  BENCHMARK_BOUNDS,
  BenchmarkRuns,
  type CacheOperator,
  decimal,
  type InvalidationTarget,
  NothingToInvalidate,
  NothingToWarm,
  Problem,
  type Route,
  route,
  wholeNumber,
} from '../../src/sdk.ts'
import {
  Benchmark,
  Dashboard,
  Health,
  Invalidation,
  Keys,
  Namespaces,
  Snapshot,
  Stats,
  WarmingProgress,
  Warmings,
} from './schema.ts'
import type { SnapshotStreams } from './stream.ts'
import { historyOf, snapshotOf, statsOf, warmingOf } from './wire.ts'

/** Namespaces on the dashboard. */
const SHOWN = 10

const READ = 'cache:read'
const OPERATE = 'cache:operate'

const text = (longest: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(longest))

const Targets = {
  pattern: v.optional(v.pipe(text(250), v.description('Keys, with `*` for any text: `session:*`'))),
  tag: v.optional(v.pipe(text(500), v.description('A tag, such as `mvc.changed:P001`'))),
  namespace: v.optional(v.pipe(text(250), v.description('A namespace, such as `mvc-cascade.values`'))),
  key: v.optional(v.pipe(text(250), v.description('One key, as `GET /api/cache/keys` shows it'))),
}

const isOne = (query: object): boolean =>
  Object.values(query).filter((value) => value !== undefined).length === 1

/** @throws {Problem} for what an operator has asked for in vain */
function refused(error: unknown): never {
  if (error instanceof NothingToInvalidate)
    throw new Problem(404, 'NOTHING_TO_INVALIDATE', `${error.message}.`)
  if (error instanceof NothingToWarm) throw new Problem(400, 'NOTHING_TO_WARM', `${error.message}.`)
  if (error instanceof BenchmarkRuns) throw new Problem(409, 'BENCHMARK_RUNNING', `${error.message}.`)
  if (error instanceof RangeError) throw new Problem(400, 'INVALID_REQUEST', `${error.message}.`)
  throw error
}

const showing = (operator: CacheOperator): Route[] => [
  route({
    method: 'get',
    path: '/api/cache/health',
    summary: 'How the cache is doing: each figure against its threshold, with the reason',
    policy: READ,
    concerns: 'nothing',
    answers: { 200: { description: 'Health', schema: Health } },
    handle: () => operator.health(),
  }),
  route({
    method: 'get',
    path: '/api/cache/stats',
    summary: 'Counters by namespace and tier, with what the servers say of themselves',
    policy: READ,
    concerns: 'nothing',
    answers: { 200: { description: 'Counters since the start', schema: Stats } },
    handle: async () => statsOf(await operator.stats()),
  }),
  route({
    method: 'get',
    path: '/api/cache/dashboard',
    summary: 'What a page about the cache shows, in one answer',
    policy: READ,
    concerns: 'nothing',
    answers: { 200: { description: 'Snapshot, health, namespaces and the last hour', schema: Dashboard } },
    async handle() {
      const { namespaces } = await operator.stats()
      return {
        snapshot: snapshotOf(operator.snapshot()),
        health: operator.health(),
        namespaces: namespaces.slice(0, SHOWN),
        warming: warmingOf(operator.warming()),
        history: historyOf(operator.history()),
      }
    },
  }),
  route({
    method: 'get',
    path: '/api/cache/namespaces',
    summary: 'Namespaces as they are declared',
    policy: READ,
    concerns: 'nothing',
    answers: { 200: { description: 'All of them', schema: Namespaces } },
    handle: () => ({ items: operator.namespaces() }),
  }),
  route({
    method: 'get',
    path: '/api/cache/keys',
    summary: 'Keys by prefix, of memory and of every shared tier; never values',
    policy: READ,
    query: v.object({
      prefix: v.optional(v.pipe(v.string(), v.maxLength(250)), ''),
      cursor: v.optional(text(1000)),
      limit: v.optional(wholeNumber(1, 500), 100),
    }),
    answers: {
      200: { description: 'A page', schema: Keys },
      400: { description: 'The cursor is none of this listing' },
    },
    handle: ({ query: { prefix, cursor, limit } }) =>
      operator.keys({ prefix, cursor: cursor ?? null, limit }).catch(refused),
  }),
]

const operating = (operator: CacheOperator): Route[] => [
  route({
    method: 'post',
    path: '/api/cache/invalidate',
    summary: 'Make entries invalid on every node: by pattern, tag, namespace or key',
    policy: OPERATE,
    query: v.pipe(
      v.object(Targets),
      v.check(isOne, 'expected exactly one of pattern, tag, namespace and key'),
    ),
    answers: {
      200: { description: 'No node serves them any more', schema: Invalidation },
      400: { description: 'Not exactly one of them was given' },
      404: { description: 'NOTHING_TO_INVALIDATE: there is no such namespace' },
    },
    handle: ({ query }) =>
      // Exactly one of them is there, as the schema has checked.
      operator.invalidate(query as InvalidationTarget).catch(refused),
  }),
  route({
    method: 'get',
    path: '/api/cache/warm',
    summary: 'What can be warmed, and how far it is',
    policy: READ,
    concerns: 'nothing',
    answers: { 200: { description: 'Warmings', schema: Warmings } },
    handle: () => ({
      ...warmingOf(operator.warming()),
      available: operator.warmings().map((each) => ({ ...each, about: each.about ?? null })),
    }),
  }),
  route({
    method: 'post',
    path: '/api/cache/warm',
    summary: 'Fill the cache with what will be asked for; goes on after the answer',
    policy: OPERATE,
    query: v.object({
      name: v.optional(v.pipe(text(250), v.description('One warming; absent: all that need no `about`'))),
      about: v.optional(v.pipe(text(250), v.description('What it is about, such as a patient code'))),
    }),
    answers: {
      202: {
        description: 'It runs; or another one ran already, and this is how far it is',
        schema: WarmingProgress,
      },
      400: { description: 'NOTHING_TO_WARM: there is no such warming, or `about` is missing' },
    },
    handle({ query: { name, about }, c }) {
      const request = { ...(name === undefined ? {} : { name }), ...(about === undefined ? {} : { about }) }
      try {
        return c.json(warmingOf(operator.warm(request)), 202)
      } catch (error) {
        return refused(error)
      }
    },
  }),
  route({
    method: 'post',
    path: '/api/cache/benchmark',
    summary: 'Measure memory and every shared tier, with entries of its own that are removed again',
    policy: OPERATE,
    query: v.object({
      entries: v.optional(wholeNumber(1, BENCHMARK_BOUNDS.entries), 200),
      bytes: v.optional(wholeNumber(1, BENCHMARK_BOUNDS.bytes), 1024),
      seconds: v.optional(decimal(0.1, BENCHMARK_BOUNDS.seconds), 2),
    }),
    answers: {
      200: { description: 'What was measured', schema: Benchmark },
      409: { description: 'BENCHMARK_RUNNING' },
    },
    handle: ({ query }) => operator.benchmark(query).catch(refused),
  }),
]

export const cacheRoutes = (operator: CacheOperator, streams: SnapshotStreams): Route[] => [
  ...showing(operator),
  ...operating(operator),
  route({
    method: 'get',
    path: '/api/cache/stream',
    summary: 'Snapshots as server-sent events, the first at once',
    policy: READ,
    concerns: 'nothing',
    query: v.object({
      interval: v.optional(v.pipe(decimal(0.5, 60), v.description('Seconds from one to the next')), 5),
    }),
    answers: {
      200: {
        description: 'Events named `snapshot`, each with a snapshot as JSON',
        schema: Snapshot,
        mediaType: 'text/event-stream',
      },
      503: { description: 'TOO_MANY_STREAMS' },
    },
    handle: ({ query: { interval }, c }) => streams.open(interval * 1000, c.req.raw.signal),
  }),
]
