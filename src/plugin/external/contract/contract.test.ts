/** The contract finds what it is there to find: a plugin for each fault, and a whole one without any. */
import { describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import * as v from 'valibot'
import { namespace } from '../../../cache/namespace.ts'
import { Problem } from '../../../http/problem.ts'
import { route } from '../../../http/route.ts'
import type { Plugin } from '../../define.ts'
import { plugin as plain } from '../../fixtures.ts'
import { CONTRACT } from './index.ts'
import { createSubject, type SubjectOptions } from './subject.ts'

/** Every fault of a plugin, with the title of the case that found it. */
async function faultsOf(plugin: Plugin, options: Partial<SubjectOptions> = {}): Promise<string[]> {
  const subject = createSubject(plugin, { builtIn: [], database: false, ...options })
  const found: string[] = []
  for (const { examine, database } of CONTRACT) {
    if (!database) found.push(...(await examine(subject).catch((error: Error) => [error.message])))
  }
  await subject.close()
  return found
}

const bad = (rest: object): Plugin => plain('bad', rest)

const at = (rest: object): Plugin =>
  bad({
    permissions: ['bad:read'],
    routes: () => [
      route({
        method: 'get',
        path: '/api/plugins/bad',
        summary: 's',
        policy: 'bad:read',
        answers: { 200: { description: 'd', schema: v.object({ a: v.number() }) } },
        handle: () => ({ a: 1 }),
        ...rest,
      } as Parameters<typeof route>[0]),
    ],
  })

const Id = v.object({ id: v.pipe(v.string(), v.uuid()) })

describe('the contract finds nothing wrong with', () => {
  test('a plugin that does nothing', async () => {
    expect(await faultsOf(plain('idle'))).toEqual([])
  })

  test('one that does everything as it should', async () => {
    const grip = plain('grip', {
      permissions: ['grip:read'],
      caches: {
        force: namespace({
          key: 'grip:{hand}:{patientCode}',
          ttl: '1h',
          negativeTtl: '1min',
          personal: ['patientCode'],
          schema: v.nullable(v.object({ newtons: v.pipe(v.number(), v.minValue(0)), at: v.string() })),
        }),
      },
      setup: () => ({ asked: 0 }),
      routes: (service: { asked: number }) => [
        route({
          method: 'get',
          path: '/api/plugins/grip/{id}',
          summary: 's',
          policy: 'grip:read',
          params: Id,
          query: v.object({ limit: v.optional(v.pipe(v.string(), v.digits(), v.transform(Number))) }),
          answers: {
            200: { description: 'd', schema: v.object({ id: v.string() }) },
            404: { description: 'GRIP_NOT_FOUND' },
          },
          handle({ params, query }) {
            service.asked++
            if (query.limit === 50) throw new Problem(404, 'GRIP_NOT_FOUND', 'There is none.')
            return params
          },
        }),
      ],
      metrics: ({ asked }: { asked: number }) => [
        { name: 'myoserve_grip_asked_total', help: 'h', type: 'counter', samples: [{ value: asked }] },
      ],
      health: () => ({ status: 'degraded', reason: 'it is tired' }),
    })
    expect(await faultsOf(grip)).toEqual([])
  })
})

let kept: unknown
let collected = 0
let counter = 5

describe('the contract finds', () => {
  const shared = { asked: 0 }
  const timer = () => void setInterval(() => undefined, 1e6).unref()
  test.each<readonly [what: string, plugin: Plugin, sentence: string | RegExp]>([
    ['a malformed declaration', bad({ caches: { a: {} } }), /malformed at "caches.a/],
    ['a summary of nothing', bad({ summary: ' ' }), 'its summary is empty'],
    ['a permission twice', bad({ permissions: ['a:b', 'a:b'] }), 'it declares the permission a:b twice'],
    [
      'the database in setup',
      bad({
        setup: ({ db }: { db: Record<string, unknown> }) => {
          try {
            return db.select
          } catch {
            return {}
          }
        },
      }),
      'its setup uses the database',
    ],
    [
      'the blob store in setup',
      bad({
        setup: ({ blobs }: { blobs: Record<string, unknown> }) => {
          try {
            return blobs.open
          } catch {
            return {}
          }
        },
      }),
      'its setup uses the blob store',
    ],
    [
      'a file in setup',
      bad({ setup: () => readFileSync('/dev/null') }),
      'its setup uses the disk (readFileSync of node:fs)',
    ],
    [
      'a promise of a file in setup',
      bad({ setup: async () => [await readFile('/dev/null')] }),
      'its setup uses the disk (readFile of node:fs/promises)',
    ],
    [
      "a file of Bun's in setup",
      bad({ setup: async () => [await Bun.file('/dev/null').text()] }),
      'its setup uses the disk (Bun.file().text)',
    ],
    [
      'a process in setup',
      bad({ setup: () => [Bun.spawnSync(['true'])] }),
      'its setup uses another process (Bun.spawnSync)',
    ],
    [
      'a service of all',
      bad({ setup: () => shared }),
      'both setups gave the same service: make it in the setup, not beside it',
    ],
    [
      'state beside the service',
      bad({
        setup: () => ({}),
        permissions: ['bad:read'],
        routes: () => at({ handle: () => ({ a: ++shared.asked }) }).routes?.(null) ?? [],
        metrics: () => [
          {
            name: 'myoserve_bad_asked_total',
            help: 'h',
            type: 'counter',
            samples: [{ value: shared.asked }],
          },
        ],
      }),
      'requests to one service change the metrics of the other',
    ],
    [
      'a setup that works once',
      bad({
        setup() {
          if (kept) throw new Error('twice')
          kept = {}
        },
      }),
      /twice/,
    ],
    [
      'a key that is too long',
      bad({
        caches: { a: { ...namespace({ key: 'a:{b}', ttl: '1h', schema: v.string() }), lengths: { b: 400 } } },
      }),
      /caches.a: cache key "a:\{b\}" can be 42\d characters long; 250 is the most/,
    ],
    [
      'a value that does not survive',
      bad({
        caches: {
          a: namespace({
            key: 'a',
            ttl: '1h',
            schema: v.object({
              at: v.pipe(
                v.string(),
                v.transform((text) => new Date(text)),
              ),
            }),
          }),
        },
      }),
      /caches.a: its schema refuses what it gave itself, after JSON|no value can be made up/,
    ],
    [
      'nothing that is remembered and refused',
      bad({ caches: { a: namespace({ key: 'a', ttl: '1h', negativeTtl: '1h', schema: v.string() }) } }),
      'caches.a: it remembers that there is nothing, and its schema refuses null',
    ],
    ['a route without a summary', at({ summary: '' }), 'GET /api/plugins/bad has no summary'],
    [
      'a route that never ends well',
      at({ answers: { 404: { description: 'd' } } }),
      'GET /api/plugins/bad declares no answer but failures',
    ],
    [
      'an answer without a shape',
      at({ answers: { 200: { description: 'd' } } }),
      'GET /api/plugins/bad declares neither schema nor media type of its answer 200',
    ],
    [
      'a parameter that is not declared',
      at({ path: '/api/plugins/bad/{id}' }),
      'GET /api/plugins/bad/{id} does not declare its parameter id',
    ],
    [
      'a parameter that is not there',
      at({ params: Id }),
      'GET /api/plugins/bad declares the parameter id, which its path has not',
    ],
    [
      'an answer that has no status',
      at({
        answers: { 200: { description: 'd', mediaType: 'text/plain' }, 99999: { description: 'd' } },
      }),
      /the OpenAPI document is not valid at/,
    ],
    [
      'a handler that throws',
      at({
        handle: () => {
          throw new Error('oh')
        },
      }),
      /it fails with 500 INTERNAL_ERROR \(.*: oh\)/,
    ],
    [
      'a parameter that it trips over',
      at({
        path: '/api/plugins/bad/{n}',
        params: v.object({ n: v.string() }),
        handle: ({ params }: { params: { n: string } }) => ({
          a: Number(BigInt(params.n)),
        }),
      }),
      /with a path as n: it fails with 500/,
    ],
    [
      'a body that it trusts',
      at({
        method: 'post',
        body: { 'application/json': { type: 'object' } },
        handle: async ({ c }: { c: { req: { json(): Promise<{ a: number }> } } }) => ({
          a: (await c.req.json()).a ?? 1,
        }),
      }),
      /with (?:no body|half a body): it fails with 500/,
    ],
    [
      'a body that it does not look at',
      at({ method: 'post', body: { 'application/json': { type: 'object' } } }),
      /with null as its body: it is taken, and answered 200/,
    ],
    [
      'an answer of another shape',
      at({ handle: () => ({ a: 'x' }) }),
      /the answer 200 is not as declared at "a"/,
    ],
    [
      'an answer that is not declared',
      at({ handle: () => new Response(null, { status: 204 }) }),
      /204 is not declared/,
    ],
    [
      'an error that is no problem',
      at({ handle: () => new Response('no', { status: 400 }) }),
      /400 is bare, not application\/problem\+json/,
    ],
    [
      'a problem that is not declared',
      at({
        handle: () => {
          throw new Problem(409, 'ODD', 'd')
        },
      }),
      /409 ODD is not declared/,
    ],
    [
      'metrics that come and go',
      bad({
        metrics: () =>
          collected++ % 2 === 0
            ? []
            : [{ name: 'myoserve_bad_a', help: 'h', type: 'gauge', samples: [{ value: 1 }] }],
      }),
      'it does not stand in every collection: myoserve_bad_a (gauge): h',
    ],
    [
      'a counter that goes back',
      bad({
        metrics: () => [
          { name: 'myoserve_bad_a_total', help: 'h', type: 'counter', samples: [{ value: counter-- }] },
        ],
      }),
      /^the counter myoserve_bad_a_total went back from -?\d to -?\d$/,
    ],
    [
      'a metric of another name',
      bad({ metrics: () => [{ name: 'myoserve_good_a', help: 'h', type: 'gauge', samples: [] }] }),
      'myoserve_good_a does not begin with myoserve_bad_',
    ],
    [
      'a health that hangs',
      bad({ health: () => new Promise(() => {}) }),
      'its health throws where it should say that it failed: its health took longer than 1000 ms',
    ],
    [
      'a failure without a reason',
      bad({ health: () => ({ status: 'failed' }) }),
      'it is failed without a reason',
    ],
    ['a timer that goes on', bad({ start: timer }), 'each life of it leaves 1 timers behind'],
    [
      'a socket that stays',
      bad({
        start: () => void Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data() {} } }).unref(),
      }),
      'each life of it leaves 1 sockets behind',
    ],
    [
      'a listener that stays',
      bad({ start: () => void process.on('SIGUSR2', () => undefined) }),
      'each life of it leaves 1 listeners of the process behind',
    ],
  ])('%s', async (_, plugin, sentence) => {
    expect(await faultsOf(plugin)).toContainEqual(
      typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
    )
  })

  test('what a plugin adds to another that does not hold', async () => {
    const shelf = plain('shelf', {
      setup: () => ({ items: [] as string[] }),
      contributions: ({ items }: { items: string[] }) =>
        items.map((id) => ({ kind: 'item', id, examine: () => (id === 'sound' ? [] : ['it is broken']) })),
    })
    const adding = (id: string) =>
      bad({
        needs: { shelf },
        setup: ({ needs }: { needs: { shelf: { items: string[] } } }) => void needs.shelf.items.push(id),
      })
    expect(await faultsOf(adding('sound'), { builtIn: [shelf] })).toEqual([])
    expect(await faultsOf(adding('cracked'), { builtIn: [shelf] })).toEqual([
      'the item cracked: it is broken',
    ])
  })

  describe('a route that does not say whom it concerns, where its path names', () => {
    const clinic = plain('clinic', {
      records: () => ({
        patient: { visible: () => false, missing: () => new Problem(404, 'PATIENT_NOT_FOUND', 'd') },
      }),
    })
    const naming = (path: string, concerns?: unknown) =>
      at({
        path: `/api/plugins/bad/${path}`,
        params: v.object({ [/\{(\w+)\}/.exec(path)?.[1] ?? '']: v.string() }),
        ...(concerns === undefined ? {} : { concerns }),
      })
    const found = (plugin: Plugin) => faultsOf(plugin, { builtIn: [clinic] })

    test.each<readonly [path: string, parameter: string]>([
      ['patients/{code}', 'code'],
      ['grips/{patient}', 'patient'],
      ['{patientCode}/grips', 'patientCode'],
    ])('one as %s', async (path, parameter) => {
      const fault = `GET /api/plugins/bad/${path} does not say that it concerns the patient that ${parameter} names`
      expect(await found(naming(path))).toEqual([fault])
      expect(await found(naming(path, 'nothing'))).toEqual([fault])
      expect(await found(naming(path, 'filtered'))).toEqual([])
      expect(await found(naming(path, { patient: parameter }))).toEqual([])
    })

    test('no record, or one of a kind that nobody has', async () => {
      expect(await found(naming('grips/{id}'))).toEqual([])
      expect(await found(naming('sessions/{id}'))).toEqual([])
    })
  })

  test('what a plugin takes away from another', async () => {
    const shelf = plain('shelf', {
      setup: () => ({ items: ['first'] }),
      contributions: ({ items }: { items: string[] }) =>
        items.map((id) => ({ kind: 'item', id, examine: () => [] })),
    })
    const thief = bad({
      needs: { shelf },
      setup: ({ needs }: { needs: { shelf: { items: string[] } } }) => void needs.shelf.items.pop(),
    })
    expect(await faultsOf(thief, { builtIn: [shelf] })).toEqual(['gone with it: the item first of shelf'])
  })
})
