/** Every route of the OpenAPI document, asked by everybody: what is written down in matrix.ts holds, cold and warm. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { isDeepStrictEqual } from 'node:util'
import { TARGETS } from '../support/targets.ts'
import { MATRIX } from './matrix.ts'
import { ASKERS, type Asker, type Clinic, openClinic } from './matrix-world.ts'

setDefaultTimeout(120_000)

/** An id that nothing has. */
const NOTHING = '0192f0c1-2d3e-7a4b-8c5d-6e7f8a9b0c1d'

/** What the parameter `id` of a path names, by where it stands. */
const KINDS: Readonly<Record<string, string>> = {
  recordings: 'recording',
  sessions: 'session',
  jobs: 'job',
  users: 'user',
  keys: 'key',
  configurations: 'configuration',
  'channel-profiles': 'profile',
}

const NAMES: Readonly<Record<string, string>> = { noteId: 'note', analysisId: 'analysis' }

/** What a route asks for beside its path. */
const QUERIES: Readonly<Record<string, string>> = {
  'GET /api/sessions': '?patientCode=P001',
  'GET /api/analytics/quality': '?sessionIds=ID',
  'GET /api/scoring/resolve': '?session=ID',
  'GET /api/recordings/{id}/export': '?format=csv&content=metrics',
  'GET /api/sessions/{id}/export': '?format=csv&content=metrics',
}

/** A path of OpenAPI with what its parameters name. */
function fill(path: string, ids: Readonly<Record<string, string>>): string {
  return path.replace(/([\w-]+)\/\{(\w+)\}/g, (_, before: string, name: string) => {
    const kind = name === 'id' && before !== 'me' ? KINDS[before] : (NAMES[name] ?? name)
    return `${before}/${(kind !== undefined && ids[kind]) || NOTHING}`
  })
}

/** A problem without what differs from request to request. */
function told(body: string, ids: readonly string[]): unknown {
  const { requestId: _, ...problem } = JSON.parse(body) as Record<string, unknown>
  return JSON.parse(ids.reduce((text, id) => text.replaceAll(id, 'ID'), JSON.stringify(problem)))
}

describe('the matrix of access', () => {
  let clinic: Clinic
  // The compiled one, where there is one: it is what clinics run.
  const target = TARGETS.findLast(({ missing }) => missing === undefined) as (typeof TARGETS)[number]
  beforeAll(async () => {
    clinic = await openClinic(target)
  })
  afterAll(() => clinic[Symbol.asyncDispose]())

  test('has every route of the document, and no other', async () => {
    const answer = await clinic.ask('nobody', 'GET', '/api/openapi.json')
    const { paths } = JSON.parse(answer.body) as { paths: Record<string, object> }
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(Object.keys(MATRIX).toSorted()).toEqual(routes.toSorted())
  })

  /** A letter of the matrix, from an answer. */
  async function letterOf(route: string, asker: Asker): Promise<string> {
    const [method = '', path = ''] = route.split(' ')
    await clinic.renew(route)
    const full = fill(path, clinic.ids) + (QUERIES[route] ?? '').replace('ID', clinic.ids.session as string)
    const answer = await clinic.ask(asker, method, full)
    if (answer.status >= 500 && answer.status !== 503)
      throw new Error(`${route} as ${asker}: ${answer.status} ${answer.body}`)
    if (answer.status === 401) return 'l'
    if (answer.status === 403) return 'n'
    if (answer.status === 503) return '503'
    if (answer.status !== 404) return method === 'GET' && answer.status >= 400 ? String(answer.status) : 'y'
    const named = Object.values(clinic.ids).filter((id) => id.length > 3 && full.includes(id))
    const missing = await clinic.ask(
      asker,
      method,
      named.reduce((text, id) => text.replace(id, id.startsWith('P') ? 'P999' : NOTHING), full),
    )
    const names = [...named, NOTHING, 'P999']
    return isDeepStrictEqual(told(answer.body, names), told(missing.body, names)) ? 'h' : '404'
  }

  for (const pass of ['cold', 'warm']) {
    test(`holds, ${pass}`, async () => {
      const found: Record<string, string> = {}
      for (const route of Object.keys(MATRIX)) {
        const letters: string[] = []
        for (const asker of ASKERS) letters.push(await letterOf(route, asker))
        found[route] = letters.join(' ')
      }
      expect(found).toEqual({ ...MATRIX })
    })
  }
})
