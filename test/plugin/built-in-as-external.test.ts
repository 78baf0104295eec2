/**
 * The built-in plugins use nothing that external ones cannot: each is built by `plugin build`, added by `plugin add`, and
 * run by a program that has all others built in and this one not.
 */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { join } from 'node:path'
import { builtInPlugins } from '../../src/built-in.ts'
import { sampleC3d, sampleEdf } from '../edf/samples.ts'
import { runCli } from '../support/cli.ts'
import { startTestDatabases, type TestDatabases } from '../support/database.ts'
import { startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import type { Target } from '../support/targets.ts'
import { takeOut } from './take-out.ts'

setDefaultTimeout(60_000)

const PROGRAM: Target = {
  name: 'source',
  command: [process.execPath, join(import.meta.dir, 'program-without.ts')],
}

type Ask = (path: string, init?: RequestInit) => Promise<{ status: number; body: unknown }>

const SAMPLE = 'knee-extension.c3d'

const upload = (ask: Ask, path: string, bytes: Uint8Array, fileName: string) =>
  ask(`${path}?fileName=${fileName}`, {
    method: 'POST',
    body: bytes,
    headers: { 'content-type': 'application/octet-stream' },
  })

const post = (ask: Ask, path: string, body: unknown) =>
  ask(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })

/** What each of them does, asked of it where it stands as an external one. */
const PROOFS: Readonly<Record<string, (ask: Ask, own: string) => Promise<void>>> = {
  async 'c3d-reader'(ask, own) {
    const stored = await upload(ask, `${own}/recordings`, sampleC3d(SAMPLE), SAMPLE)
    expect(stored).toMatchObject({ status: 201, body: { format: 'c3d', fileName: SAMPLE } })
    const { id } = stored.body as { id: string }
    // A built-in plugin works with what the external one reads.
    expect(await ask(`/api/recordings/${id}/analysis`)).toMatchObject({
      status: 200,
      body: { preset: 'clinical', channels: [{ index: 0 }, { index: 1 }] },
    })
    expect(await upload(ask, `${own}/recordings`, new Uint8Array(600), 'x.c3d')).toMatchObject({
      status: 422,
      body: { code: 'NOT_C3D' },
    })
  },
  async 'edf-reader'(ask) {
    const edf = sampleEdf(SAMPLE, 'EDF+C')
    expect(await upload(ask, '/api/recordings', edf, 'knee.edf')).toMatchObject({
      status: 201,
      body: { format: 'edf' },
    })
  },
  async 'clinical-records'(ask, own) {
    const patient = { status: 201, body: { code: 'P001' } }
    expect(await post(ask, `${own}/patients`, { code: 'P001' })).toMatchObject(patient)
    expect(await ask(`/api/patients/P001/mvc`)).toMatchObject({ status: 200, body: { items: [] } })
  },
  async 'mvc-cascade'(ask, own) {
    await post(ask, '/api/patients', { code: 'P001' })
    const value = { muscle: 'vastus lateralis', side: 'left', value: 2e-4, unit: 'V', recordedBy: 'T1' }
    expect(await post(ask, `${own}/patients/P001/mvc`, value)).toMatchObject({ status: 201 })
    expect(await ask(`${own}/patients/P001/mvc`)).toMatchObject({
      status: 200,
      body: { items: [{ muscle: 'vastus lateralis', value: 2e-4 }] },
    })
  },
  async 'emg-analyzer'(ask, own) {
    const { body } = await upload(ask, '/api/recordings', sampleC3d(SAMPLE), SAMPLE)
    const { id } = body as { id: string }
    expect(await ask(`${own}/recordings/${id}/analysis`)).toMatchObject({
      status: 200,
      body: { preset: 'clinical', channels: [{ metrics: { rms: { value: expect.any(Number) } } }, {}] },
    })
  },
  async 'performance-scoring'(ask, own) {
    const { body } = await ask(`${own}/scoring/configurations`)
    expect((body as { items: unknown[] }).items.length).toBeGreaterThan(0)
  },
  async 'cache-metrics'(ask, own) {
    expect(await ask(`${own}/cache/health`)).toMatchObject({
      status: 200,
      body: { status: expect.any(String) },
    })
  },
  async 'signal-views'(ask, own) {
    const { body } = await upload(ask, '/api/recordings', sampleC3d(SAMPLE), SAMPLE)
    const { id } = body as { id: string }
    expect((await ask(`${own}/recordings/${id}/signals?points=100`)).status).toBe(200)
  },
  async intake(ask, own) {
    await post(ask, '/api/patients', { code: 'P001' })
    expect(await upload(ask, `${own}/patients/P001/recordings`, sampleC3d(SAMPLE), SAMPLE)).toMatchObject({
      status: 201,
      body: { recording: { fileName: SAMPLE }, session: { patientCode: 'P001' } },
    })
  },
  async 'session-analysis'(ask, own) {
    const session = '0190a3f0-7c1e-7b4a-9d2e-3f5a6b7c8d9e'
    expect(await ask(`${own}/sessions/${session}/analyses`)).toMatchObject({
      status: 404,
      body: { code: 'SESSION_NOT_FOUND' },
    })
  },
  async 'job-queue'(ask, own) {
    expect(await ask(`${own}/jobs`)).toMatchObject({ status: 200, body: { items: expect.any(Array) } })
  },
  async webhooks(ask, own) {
    expect(await ask(`${own}/webhooks/subscriptions`)).toMatchObject({ status: 200, body: { items: [] } })
    expect(await post(ask, `${own}/webhooks/storage/c3d-upload`, {})).toMatchObject({
      status: 503,
      body: { code: 'WEBHOOK_NOT_CONFIGURED' },
    })
  },
  async exports(ask, own) {
    const { body } = await upload(ask, '/api/recordings', sampleC3d(SAMPLE), SAMPLE)
    const { id } = body as { id: string }
    expect((await ask(`${own}/recordings/${id}/export?format=json`)).status).toBe(200)
  },
}

let databases: TestDatabases
let root: Awaited<ReturnType<typeof temporaryFolder>>
const pluginsOf = (name: string): string => join(root.path, `plugins-of-${name}`)
const envOf = (name: string) => ({ MYOSERVE_TEST_WITHOUT: name, MYOSERVE_PLUGINS: pluginsOf(name) })

/** Builds and adds a plugin as its author would. */
async function install(name: string): Promise<void> {
  await takeOut(name, join(root.path, name))
  for (const args of [
    ['build', name],
    ['add', `dist/${name}.js`],
  ]) {
    const { exitCode, stderr } = await runCli(PROGRAM, ['plugin', ...args], {
      cwd: root.path,
      env: envOf(name),
    })
    expect([args, exitCode, stderr]).toEqual([args, 0, ''])
  }
}

beforeAll(async () => {
  ;[databases, root] = await Promise.all([startTestDatabases(), temporaryFolder('myoserve-as-external-')])
  await Promise.all(builtInPlugins.map(({ name }) => install(name)))
})
/** Servers that are told to end, while the next one starts. */
const ending: Array<Promise<number | null>> = []
afterAll(async () => {
  expect([...new Set(await Promise.all(ending))]).toEqual([0])
  await databases.stop()
  await root[Symbol.asyncDispose]()
})

describe.each(builtInPlugins.map(({ name }) => name))('%s', (name) => {
  let server: TestServer
  const own = `/api/plugins/${name}`
  const ask: Ask = async (path, init) => {
    const answer = await fetch(server.url + path, init)
    const text = await answer.text()
    return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : text }
  }

  beforeAll(async () => {
    server = await startTestServer(PROGRAM, {
      data: join(root.path, `data-of-${name}`),
      env: { ...envOf(name), DATABASE_URL: await databases.create() },
    })
  })
  afterAll(() => void ending.push(server.kill()))

  test('runs from outside, beside all others', async () => {
    const { plugins } = (await ask('/health')).body as { plugins: Array<{ name: string; state: string }> }
    expect(plugins.filter(({ state }) => state !== 'running')).toEqual([])
    expect(plugins.map((each) => each.name).sort()).toEqual(builtInPlugins.map((each) => each.name).sort())
  })

  test('answers where it stands', async () => {
    const { paths } = (await ask('/api/openapi.json')).body as {
      paths: Record<string, { get?: { responses: Record<string, { content?: object }> } }>
    }
    const streams = (path: string): boolean =>
      'text/event-stream' in (paths[path]?.get?.responses[200]?.content ?? {})
    const lists = Object.keys(paths).filter(
      (path) => path.startsWith(own) && paths[path]?.get && !path.includes('{') && !streams(path),
    )
    for (const path of lists) {
      const { status, body } = await ask(path)
      expect([path, status < 500, (body as { code?: string }).code]).not.toEqual([path, false, 'NOT_FOUND'])
      expect([path, status]).not.toEqual([path, 404])
    }
  })

  const proof = PROOFS[name]
  test.skipIf(!proof)(
    proof
      ? 'does what it is there for'
      : 'does what it is there for (skipped: nobody has written how to tell)',
    () => proof?.(ask, own),
  )
})
